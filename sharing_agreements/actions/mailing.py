"""E-mail, whoever carries it: a mail server, or GOV.UK Notify. One way to send, and one way to ask what became of it.

Nothing about anybody is in an e-mail of this service: it says that something waits, or holds a code somebody asked for.
"""

from dataclasses import dataclass
from email.utils import parseaddr
from smtplib import SMTPRecipientsRefused
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage

from sharing_agreements.actions.notify import GovernmentNotify
from sharing_agreements.rules.mail import Fate, Mail, NeverTaken


class Carrier(Protocol):
    """Who takes an e-mail. `send` answers the carrier's own id for it, empty when it has none.

    It raises `NeverTaken` for an address that no second try will reach, and anything else when it may work later.
    """

    def send(self, mail: Mail) -> str:
        """Hand it over."""

    def fate(self, theirs: str) -> Fate:
        """What became of the e-mail with this id of theirs."""


@dataclass(frozen=True)
class MailServer:
    """A mail server takes it, or (in a demonstration) a folder does. It never says later what became of it."""

    def send(self, mail: Mail) -> str:
        """Hand it to the server. Refused for good: a fifth-class answer about the address (RFC 5321, 4.2.1)."""
        message = EmailMessage(mail.subject, mail.text, None, [parseaddr(mail.to)[1]])
        try:
            message.send()
        except SMTPRecipientsRefused as refused:
            if all(code >= 500 for code, _ in refused.recipients.values()):
                raise NeverTaken from refused
            raise
        return ""

    def fate(self, theirs: str) -> Fate:
        """A mail server says no more than that it took it."""
        return Fate.UNKNOWN


def sends_mail() -> bool:
    """Whether this service can send e-mail at all."""
    return bool(settings.NOTIFY_KEY or settings.EMAIL_HOST or settings.EMAIL_FILE_PATH)


def carrier() -> Carrier:
    """Who carries e-mail here: GOV.UK Notify where it has a key, else the mail server."""
    if settings.NOTIFY_KEY:
        return GovernmentNotify(settings.NOTIFY_KEY, settings.NOTIFY_TEMPLATE, settings.NOTIFY_ADDRESS)
    return MailServer()
