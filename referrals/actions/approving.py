"""Mail domains of forces without accounts: whoever reads mail there may report for that force. The gate holds who."""

from django.db import connection

from referrals import refusals
from sharing_agreements.actions.exceptions import gate_verb
from sharing_agreements.models import Agency
from sharing_agreements.refusals import require


def mail_domains() -> list[tuple[str, str]]:
    """Each approved domain and its force; nothing for all but administrators."""
    with connection.cursor() as cursor:
        cursor.execute("select domain, force from gate.mail_domains()")
        return [(domain, force) for domain, force in cursor.fetchall()]


def approve_mail_domain(*, domain: str, force: Agency) -> None:
    """Approve a domain for a police force. Refused for what is no domain, and for one that is approved already."""
    require(None if gate_verb("approve_mail_domain", domain, force.pk) else refusals.NO_DOMAIN)


def take_back_mail_domain(*, domain: str) -> bool:
    """Take an approval back; False when it is gone already."""
    return bool(gate_verb("take_back_mail_domain", domain))
