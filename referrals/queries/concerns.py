"""Adults of concern, only ever beside a report that names them: nobody lists them, and nobody opens one by itself."""

from collections.abc import Iterable
from uuid import UUID

from referrals.models import AdultOfConcern, ReportedAdult
from sharing_agreements.queries import same_people


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
