"""How often a program may ask: manners, not a wall. The wall is the proxy in front (limit_req)."""

import logging
import time
from functools import cache
from typing import Any

from django.conf import settings
from redis import Redis, RedisError
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

logger = logging.getLogger(__name__)
MINUTE = 60


@cache
def counters() -> Redis:
    """This process's connection to Redis."""
    return Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1)


class Limit(BaseThrottle):
    """So many requests of one practitioner or record system in a minute by the clock (settings.API_LIMITS).

    Counted in one step, so that requests at the same time cannot slip past together. While Redis is away nothing is
    counted and everything passes: a report about a child does not wait for a counter.
    """

    _left: float = MINUTE

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count this request; False when it is one too many."""
        now = time.time()
        minute, self._left = int(now // MINUTE), MINUTE - now % MINUTE
        sort = "send" if request.method == "POST" else "read"
        key = f"earlyhelp:api:{sort}:{request._request.post.practitioner_id}:{minute}"  # type: ignore[attr-defined]
        try:
            steps: Any = counters().pipeline()
            count, _ = steps.incr(key).expire(key, 2 * MINUTE).execute()
        except RedisError:
            logger.warning("api_limit_not_counted")
            return True
        return bool(count <= settings.API_LIMITS[sort])

    def wait(self) -> float:
        """Seconds until the next minute."""
        return self._left
