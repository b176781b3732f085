"""Letting in an officer of another force: ask for a code, send it by e-mail, and open with it (decision 0080)."""

import secrets
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from referrals import refusals
from referrals.rules.outside import CODE_LASTS, DIGITS
from sharing_agreements.actions.mailing import carrier, sends_mail
from sharing_agreements.actions.owing import owe
from sharing_agreements.models import Post
from sharing_agreements.refusals import Refused, require
from sharing_agreements.rules.mail import Mail

JOB = "send_outside_code"


@transaction.atomic
def ask_for_code(*, email: str, name: str, phone: str) -> UUID:
    """Owe a code to this address; gives the id of the wish, which the browser keeps.

    Refused `no_mail` where no e-mail can be sent, `force_not_known` for an address of no approved domain,
    `too_many_codes` after three in an hour for one address or sixty for one force.
    """
    require(None if sends_mail() else refusals.NO_MAIL)
    access = uuid4()
    with connection.cursor() as cursor:
        cursor.execute("select gate.ask_outside_code(%s, %s, %s, %s)", [access, email, name, phone])
        answer = cursor.fetchone()[0]
    if answer != "asked":
        raise Refused(refusals.OUTSIDE_REFUSED[answer])
    owe(job=JOB, key=f"{JOB}:{access}", payload={"access": access})
    return access


def send_code(*, access: UUID) -> None:
    """The job: make a code, let the gate keep its digest, and send it. The e-mail holds nothing else about anybody.

    Run again after a failure it sends a new code, and only that one opens. Nothing is sent when it is no longer wanted.
    """
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    with connection.cursor() as cursor:
        cursor.execute("select gate.make_outside_code(%s, %s)", [access, digest(access, code)])
        address = cursor.fetchone()[0]
    if address:
        minutes = int(CODE_LASTS.total_seconds() // 60)
        carrier().send(
            Mail(
                to=address,
                subject="Your code",
                text=f"Your code is {code}\n\nIt opens once, for {minutes} minutes, in the window where you asked for "
                "it.\nIf you did not ask for it, do nothing.\n",
                reference="",
            )
        )


def open_with(*, access: UUID, code: str) -> Post | None:
    """The post this code opens, or None: wrong, used, run out and tried five times are one answer.

    A try is counted for good: call it outside the transaction of a request that may be taken back.
    """
    with connection.cursor() as cursor:
        cursor.execute("select gate.open_outside_access(%s, %s)", [access, digest(access, code)])
        post = cursor.fetchone()[0]
    return Post.objects.select_related("practitioner").get(pk=post) if post else None


def digest(access: UUID, code: str) -> bytes:
    """What is kept of a code, 32 bytes: keyed with the site's secret, for a million values are soon tried."""
    return salted_hmac("referrals.outside", f"{access}:{code}", algorithm="sha256").digest()
