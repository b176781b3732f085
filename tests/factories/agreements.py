"""What waits for those who see to agreements, with every field that does not matter to a test filled in."""

import datetime

from sharing_agreements.models import Agency, AgreementRequest, Conflict, Post
from sharing_agreements.vocabulary import Kind, Level
from tests import cast


def request_for_sharing(by: Post, whose: Agency, **more: object) -> AgreementRequest:
    """What a post asks of an agency about its records, to be answered by today. Not saved."""
    told = {"agency": by.agency, "asked_by": by.practitioner, "role": by.role, "asked": whose}
    told |= {"kind": Kind.HEALTH, "level": Level.SUMMARY, "why": "The work", "missing": "-"}
    return AgreementRequest(**told | {"asked_at": cast.SIGNED_AT, "due_on": cast.today()} | more)


def found_connection(*posts: Post, at: datetime.datetime = cast.SIGNED_AT, **more: object) -> None:
    """Each of these may know somebody in a record, as far as the gate saw."""
    for post in posts:
        said = {"detected": True, "declared_at": at, "reason": "Same surname", **more}
        Conflict.objects.create(practitioner=post.practitioner, person=cast.person(), **said)
