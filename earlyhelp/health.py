"""GET /healthz: are the web server, database, broker, worker and beat all alive?

The body is one word and holds no detail, for anyone may ask. Beat sends a small task every five seconds. Two keys
in Redis live fifteen seconds: beat sets one when it has sent the task, the worker sets the other when its pool has
done it. A key that is there is therefore a heartbeat under fifteen seconds old, whatever the clocks say.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from celery import shared_task
from celery.signals import after_task_publish
from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from redis import Redis, RedisError

from sharing_agreements.web.doors import open_to_all

PATH = "/healthz"
EVERY_SECONDS = 5
FRESH_SECONDS = 15
PATIENCE_SECONDS = 2
TASK = "earlyhelp.beat_heart"


@cache
def broker() -> Redis:
    """This process's connection to Redis."""
    return Redis.from_url(settings.REDIS_URL, socket_timeout=PATIENCE_SECONDS, socket_connect_timeout=PATIENCE_SECONDS)


def heartbeat_key(of: str) -> str:
    """Where the heartbeat of "worker" or "beat" is kept."""
    return f"earlyhelp:heartbeat:{of}"


def has_heartbeat(of: str) -> bool:
    """Did the worker or beat show life in the last fifteen seconds? No when Redis is away."""
    try:
        return bool(broker().exists(heartbeat_key(of)))
    except RedisError:
        return False


def has_database() -> bool:
    """Does PostgreSQL answer this process?"""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except Error:
        connection.close()
        return False
    return True


@shared_task(name=TASK, ignore_result=True, expires=FRESH_SECONDS)
def beat_heart() -> None:
    """Done by the worker's pool: the worker is alive."""
    broker().set(heartbeat_key("worker"), 1, ex=FRESH_SECONDS)


@after_task_publish.connect(sender=TASK)
def note_beat(**_signal: Any) -> None:
    """Beat has put the task on the broker: beat is alive."""
    broker().set(heartbeat_key("beat"), 1, ex=FRESH_SECONDS)


@open_to_all
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 "ok" or 503 "not ok"."""
    well = has_database() and has_heartbeat("worker") and has_heartbeat("beat")
    return HttpResponse(
        "ok\n" if well else "not ok\n",
        status=200 if well else 503,
        content_type="text/plain",
        headers={"Cache-Control": "no-store"},
    )


class AnswerHealthFirst:
    """Answers /healthz before any other middleware, which would need the very database it asks about."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The health page, or the rest of the site."""
        return healthz(request) if request.path_info == PATH else self.get_response(request)
