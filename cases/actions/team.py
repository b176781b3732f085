"""The team around a family: inviting, yes and no, leaving."""

import datetime

from django.db import transaction

from cases import permissions, queries, refusals
from cases.actions.recording import BASIS, day_of, owned, write_event
from cases.models import Answer, Case, TeamMember
from cases.vocabulary import EventSource
from sharing_agreements.actions import facts
from sharing_agreements.actions.recording import record_sending
from sharing_agreements.models import Agency, Post, Practitioner
from sharing_agreements.refusals import require
from sharing_agreements.vocabulary import InvolvementReason, Kind

_DAY = datetime.timedelta(days=1)


@transaction.atomic
def invite(
    *, case: Case, practitioner: Practitioner, agency: Agency, part: str, by: Post, now: datetime.datetime
) -> TeamMember:
    """Invite a practitioner into the team. Involved from now, to know whom it is about; a no ends it.

    What they then read is for the agreements to say: an agency that signed none sees its own rows only. A
    sensitive agency's place is not opened by a clause about cases, and writes no line in the chronology.
    """
    require(permissions.why_not_lead_work(by=by, case=case, today=now))
    require(None if queries.holds_any_post(practitioner, agency, now) else refusals.NO_POST)
    people = queries.people_of(case)
    facts.involve(
        people=people,
        agency=agency.pk,
        practitioner=practitioner.pk,
        reason=InvolvementReason.TEAM,
        starts_on=day_of(now),
    )
    place = TeamMember(
        **owned(by, now, family_id=case.family_id, about=people, sent_to=agency, sent_to_practitioner=practitioner),
        case=case,
        practitioner=practitioner,
        agency=agency,
        part=part[:120],
    )
    place.save()
    record_sending(what="invited to the team", by=by, record_ids=[place.pk], family=case.family_id, basis=BASIS, at=now)
    return place


@transaction.atomic
def accept_place(*, place: TeamMember, by: Post, now: datetime.datetime) -> None:
    """Say yes to joining the team."""
    require(permissions.why_not_answer_place(by=by, place=place))
    _answer(place, accepted=True, reason="", by=by, now=now)
    if not place.agency.sensitive:
        write_event(
            people=place.about,
            family=place.family_id,
            kind=Kind.CASE,
            title=f"{by.practitioner.name}, {by.agency.short_name}, joined the team",
            source=EventSource.TEAM,
            source_id=place.pk,
            by=by,
            now=now,
        )


@transaction.atomic
def decline_place(*, place: TeamMember, reason: str, by: Post, now: datetime.datetime) -> None:
    """Say no, with a reason; sight of the family ends with this."""
    require(permissions.why_not_answer_place(by=by, place=place))
    require(None if reason.strip() else refusals.NO_REASON)
    _answer(place, accepted=False, reason=reason, by=by, now=now)
    _end_involvement(place, day_of(now) - _DAY)


@transaction.atomic
def end_place(*, place: TeamMember, by: Post, now: datetime.datetime) -> None:
    """Somebody leaves the team; sight of the family ends today. The lead's, or their own, to do."""
    if place.practitioner_id != by.practitioner_id:
        require(permissions.why_not_lead_work(by=by, case=place.case, today=now))
    rows = TeamMember.objects.filter(pk=place.pk, ended_on__isnull=True)
    rows.update(ended_on=day_of(now), version=place.version + 1)
    _end_involvement(place, day_of(now) - _DAY)


def _answer(place: TeamMember, *, accepted: bool, reason: str, by: Post, now: datetime.datetime) -> None:
    columns = owned(
        by,
        now,
        family_id=place.family_id,
        about=place.about,
        kind=place.kind,
        sent_to_id=place.owner_id,
        sent_to_practitioner_id=place.author_id,
    )
    Answer(**columns, team_member=place, accepted=accepted, reason=reason[:300]).save()


def _end_involvement(place: TeamMember, last_day: datetime.date) -> None:
    facts.end_involvement(
        people=place.about,
        agency=place.agency_id,
        practitioner=place.practitioner_id,
        reason=InvolvementReason.TEAM,
        last_day=last_day,
    )
