"""Sessions kept in PostgreSQL so that reading the table lets nobody in.

The cookie holds the session key; the table holds only its digest. A row read by injected SQL cannot be turned
back into a cookie, and a row written by it fails the signature Django puts on the data (decision 6).
"""

import datetime
import hashlib
import logging
from typing import Any

from asgiref.sync import sync_to_async
from django.contrib.sessions.backends import db
from django.core.exceptions import SuspiciousOperation
from django.utils import timezone

logger = logging.getLogger(__name__)
TO_THE_MINUTE = datetime.timedelta(minutes=1)
"""How long a session may go without being written down again; a page's own burst of requests writes it once."""


def digest(session_key: str | None) -> str:
    """The first 160 bits of SHA-256 as 40 hex digits: what Django's session table has room for."""
    return hashlib.sha256((session_key or "").encode()).hexdigest()[:40]


class SessionStore(db.SessionStore):
    """Django's database store, with the digest in the place of the key wherever the table is touched."""

    @classmethod
    def get_model_class(cls) -> type:
        """Django's own session table."""
        return db.SessionStore.get_model_class()

    def _get_session_from_db(self) -> Any:
        """The row for this cookie, to be saved again when it has run for a minute.

        None when it is unknown or over; then the key is forgotten too.
        """
        try:
            row = self.model.objects.get(session_key=digest(self.session_key), expire_date__gt=timezone.now())
            whole = timezone.now() + datetime.timedelta(seconds=self.get_session_cookie_age())
            self.modified = self.modified or whole - row.expire_date > TO_THE_MINUTE
            return row
        except self.model.DoesNotExist:
            self._session_key = None
        except SuspiciousOperation:
            logger.warning("A session row failed its signature.")
            self._session_key = None
        return None

    def exists(self, session_key: str) -> bool:
        """Is a session kept under this key?"""
        return self.model.objects.filter(session_key=digest(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row to save."""
        return self.model(
            session_key=digest(self._get_or_create_session_key()),  # type: ignore[attr-defined]
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
        )

    def delete(self, session_key: str | None = None) -> None:
        """Forget the session under this key, or this session."""
        key = session_key or self.session_key
        if key:
            self.model.objects.filter(session_key=digest(key)).delete()

    # Django's asynchronous twins go to the table with the bare key, so each is sent round by the methods above.
    async def _aget_session_from_db(self) -> Any:
        return await sync_to_async(self._get_session_from_db)()

    async def aexists(self, session_key: str) -> bool:
        """As `exists`."""
        return await sync_to_async(self.exists)(session_key)

    async def acreate_model_instance(self, data: dict[str, Any]) -> Any:
        """As `create_model_instance`."""
        return await sync_to_async(self.create_model_instance)(data)

    async def adelete(self, session_key: str | None = None) -> None:
        """As `delete`."""
        await sync_to_async(self.delete)(session_key)
