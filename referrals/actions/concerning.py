"""Recording that an adult of a report is a risk to children, for the hub alone."""

import datetime
from uuid import UUID

from django.db import transaction

from cases.actions.recording import owned
from cases.models import StaffSafetyNote
from referrals.models import AdultOfConcern, Contact, ReportedAdult, ReportedChild
from referrals.permissions.flags import why_not_ask_to_ring_first
from referrals.permissions.reporting import why_not_record_adult
from referrals.queries.concerns import RING_FIRST, about_ringing
from referrals.vocabulary import RiskGrade
from sharing_agreements.actions.owing import owe
from sharing_agreements.models import Post
from sharing_agreements.refusals import require
from sharing_agreements.working_time import LONDON

RING_FIRST_FOR = datetime.timedelta(days=182)
"""Until somebody looks at the note again: half of the twelve months such a note may stand (D27)."""


@transaction.atomic
def record_adult_of_concern(
    *,
    adult: ReportedAdult,
    why: str,
    source: str,
    grade: RiskGrade,
    review_on: datetime.date,
    by: Post,
    now: datetime.datetime,
) -> AdultOfConcern:
    """Record it beside the report it became known from, and owe a look at the reports the hub has now.

    Refused to everybody but the report's author at a police force or children's social care, twice for one adult,
    and for longer than 12 months ahead (users 2.11).
    """
    today = now.astimezone(LONDON).date()
    require(why_not_record_adult(adult=adult, by=by, review_on=review_on, today=today))
    row: AdultOfConcern = AdultOfConcern.objects.create(
        owner=by.agency,
        author=by.practitioner,
        person_id=adult.person_id,
        about=[adult.person_id],
        happened_on=today,
        recorded_at=now,
        sent_to_id=adult.report.sent_to_id,
        hidden_from=adult.hidden_from,
        reported_adult=adult,
        why=why,
        source=source,
        grade=grade,
        review_on=review_on,
    )
    _owe_look(row.pk, today)
    return row


@transaction.atomic
def ask_to_ring_first(*, contact: Contact, by: Post, now: datetime.datetime) -> StaffSafetyNote:
    """Tell whoever works with these children to ring the hub before a visit, and nothing more (users 2.11).

    Refused to who may not triage, where no flag says that an adult of concern joined them, and a second time.
    """
    require(why_not_ask_to_ring_first(contact=contact, **about_ringing(contact), by=by))
    today = now.astimezone(LONDON).date()
    children = ReportedChild.objects.visible().filter(report_id=contact.report_id)
    note: StaffSafetyNote = StaffSafetyNote.objects.create(
        **owned(by, now, about=sorted(children.values_list("person_id", flat=True)), hidden_from=contact.hidden_from),
        what=RING_FIRST,
        review_on=today + RING_FIRST_FOR,
    )
    return note


def _owe_look(record: UUID, today: datetime.date) -> None:
    owe(job="watch_contacts", key=f"watch_contacts:{record}", payload={"as_of": today})
