"""Adults of concern, only ever beside a report that names them: nobody lists them, and nobody opens one by itself."""

from collections.abc import Iterable
from uuid import UUID

from cases.models import StaffSafetyNote
from referrals.models import AdultOfConcern, Contact, HubFlag, ReportedAdult, ReportedChild
from referrals.vocabulary import HubRule
from sharing_agreements.queries import same_people

RING_FIRST = "Ring the hub before you visit."
"""All that anybody outside the hub reads of an adult of concern (users 2.11)."""


def is_recorded(adult: ReportedAdult) -> bool:
    """Whether this adult of this report is recorded as a risk already, as far as the reader may know."""
    return bool(AdultOfConcern.objects.visible().filter(reported_adult=adult).exists())


def concerns_about(adults: Iterable[ReportedAdult]) -> dict[UUID, list[AdultOfConcern]]:
    """By person of these adults, what the reader may read of the risk they are, newest first. Two queries."""
    anchors = same_people([adult.main_person for adult in adults])
    rows = AdultOfConcern.objects.visible().filter(person_id__in=list(anchors)).select_related("owner")
    found: dict[UUID, list[AdultOfConcern]] = {}
    for row in rows.order_by("-recorded_at"):
        found.setdefault(anchors[row.main_person], []).append(row)
    return found


def about_ringing(contact: Contact) -> dict[str, bool]:
    """Whether a flag says that an adult of concern joined these children, and whether visitors read to ring first."""
    flags = HubFlag.objects.visible().filter(contact=contact, rule=HubRule.ADULT_JOINED, cleared_at=None)
    children = ReportedChild.objects.visible().filter(report_id=contact.report_id).values_list("person_id", flat=True)
    notes = StaffSafetyNote.objects.visible().filter(owner_id=contact.owner_id, what=RING_FIRST, ended_on=None)
    return {"has_joined": flags.exists(), "asked": notes.filter(about__overlap=list(children)).exists()}
