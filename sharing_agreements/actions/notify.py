"""GOV.UK Notify as the carrier of e-mails: its HTTP interface, version 2, spoken with what Python brings along.

The service there needs one e-mail template with the placeholders ((subject)) and ((text)) alone.
"""

import base64
import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from sharing_agreements.rules.mail import Fate, Mail, NeverTaken

_TIMEOUT = 20
_FATES = {
    "delivered": Fate.DELIVERED,
    "permanent-failure": Fate.RETURNED,
    "temporary-failure": Fate.RETURNED,
    "technical-failure": Fate.RETURNED,
}
"""Its states of an e-mail that are final; created and sending are not. It tries no more after a temporary failure."""


@dataclass(frozen=True)
class GovernmentNotify:
    """A key as its website gives it (name, service id and secret, 36 characters each at the end), a template, and
    where it listens."""

    key: str
    template: str
    address: str

    def send(self, mail: Mail) -> str:
        """Hand it over; answers its id there. `NeverTaken` when it says that the address itself is wrong."""
        try:
            answer = self._ask(
                "/v2/notifications/email",
                {
                    "email_address": mail.to,
                    "template_id": self.template,
                    "personalisation": {"subject": mail.subject, "text": mail.text},
                    "reference": mail.reference,
                },
            )
        except HTTPError as error:
            if error.code == 400 and _is_about_the_address(error.read()):
                raise NeverTaken from error
            raise
        return str(answer["id"])

    def fate(self, theirs: str) -> Fate:
        """What it says became of one."""
        return _FATES.get(self._ask(f"/v2/notifications/{theirs}")["status"], Fate.UNKNOWN)

    def _ask(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        request = Request(  # noqa: S310  the address is the operator's setting
            f"{self.address}{path}",
            data=json.dumps(body).encode() if body is not None else None,
            headers={"Authorization": f"Bearer {self._token()}", "Content-Type": "application/json"},
        )
        with urlopen(request, timeout=_TIMEOUT) as answer:  # noqa: S310
            said: dict[str, Any] = json.load(answer)
            return said

    def _token(self) -> str:
        """A signed word that holds for half a minute: a JSON Web Token of the service's id, by HMAC-SHA256."""
        service, secret = self.key[-73:-37], self.key[-36:]
        claims = f"{_packed({'typ': 'JWT', 'alg': 'HS256'})}.{_packed({'iss': service, 'iat': int(time.time())})}"
        return f"{claims}.{_plain(hmac.digest(secret.encode(), claims.encode(), hashlib.sha256))}"


def _packed(part: dict[str, Any]) -> str:
    return _plain(json.dumps(part, separators=(",", ":")).encode())


def _plain(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _is_about_the_address(body: bytes) -> bool:
    """Whether a refusal names the address; others are about our key or template, and go once those are mended."""
    try:
        errors = json.loads(body)["errors"]
        return any("email_address" in one["message"] for one in errors)
    except (ValueError, KeyError, TypeError):
        return False
