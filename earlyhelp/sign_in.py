"""How a local account proves who it is. Agency sign-on will be another backend keyed by its own provider."""

from typing import Any
from uuid import UUID

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from sharing_agreements.models import Practitioner


class LocalAccountBackend(BaseBackend):
    """E-mail and password, for accounts whose provider is `local`."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> Practitioner | None:
        """The active practitioner with this e-mail and password, or None. Takes as long for an unknown e-mail."""
        try:
            practitioner = Practitioner.objects.get_by_natural_key(username)
        except Practitioner.DoesNotExist:
            Practitioner().set_password(password)
            return None
        if practitioner.check_password(password or "") and practitioner.is_active:
            return practitioner
        return None

    def get_user(self, user_id: UUID) -> Practitioner | None:
        """The active practitioner of a session, or None."""
        return Practitioner.objects.filter(pk=user_id, is_active=True).first()
