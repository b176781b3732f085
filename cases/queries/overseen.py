"""Families with something waiting for whoever oversees an agency: found by what waits, however old the case is."""

import datetime
from itertools import chain
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.lifecycle import TO_BE_LED
from cases.models import Action, ChildInCase, Flag, LeadNotice, Meeting, Note, PlanConcern, SignOff
from cases.rules.flags import OF_EVERYBODY
from cases.vocabulary import DECIDING_NOTES, ActionStatus, CaseState, NoteKind
from sharing_agreements.models import Post

THIS_WEEK = datetime.timedelta(days=7)
EACH_READ = 20
"""Cases read of each sort of thing that waits: those that wait longest."""
ROWS_OF_ONE = 4
"""So many rows of one case may come together, as its children do."""


def waiting_cases(post: Post, *, since: datetime.datetime, today: datetime.date) -> set[UUID]:
    """Cases of the agency, or sent to it, in which something waits for those who oversee them.

    A sign-off, nobody who leads, an offer without an answer, news of the hub, a flag that climbed or tells everybody,
    a worry about the plan that nobody answered, what was decided and is due, quick notes since a moment; and what they
    do or are invited to themselves this week, without being of the team. One short query each.
    """
    ours = Q(case__owner=post.agency_id) | Q(case__sent_to=post.agency_id)
    children = ChildInCase.objects.visible().filter(ours)
    awake = Q(snoozed_until__isnull=True) | Q(snoozed_until__lt=today)
    flagged = Flag.objects.visible().filter(awake, owner_no=post.agency.no, cleared_at__isnull=True)
    told = LeadNotice.objects.visible().filter(rung_at__isnull=True, withdrawn_at__isnull=True)
    noticed = Note.objects.visible().filter(note_kind=NoteKind.QUICK, recorded_at__gt=since)
    later = Note.objects.filter(
        Q(happened_on__gt=OuterRef("happened_on"))
        | Q(happened_on=OuterRef("happened_on"), recorded_at__gt=OuterRef("recorded_at")),
        case=OuterRef("case"),
        note_kind__in=list(DECIDING_NOTES),
    )
    decided = Note.objects.visible().filter(~Exists(later), ours, note_kind__in=list(DECIDING_NOTES))
    own = Action.objects.visible().filter(doer=post.practitioner_id, status=ActionStatus.OPEN)
    to_come = Meeting.objects.visible().filter(held__isnull=True, starts_at__date__range=(today, today + THIS_WEEK))
    found: list[tuple[QuerySet[Any], str]] = [
        (SignOff.objects.visible().filter(ours, answer__isnull=True), "recorded_at"),
        (children.filter(state__in=TO_BE_LED, lead_no__isnull=True, case__lead_no__isnull=True), "since"),
        (children.filter(state=CaseState.OFFERED), "since"),
        (told.filter(sent_to_no=post.agency.no), "recorded_at"),
        (flagged.filter(climbed_at__isnull=False), "climbed_at"),
        (flagged.filter(climbed_at__isnull=True, rule__in=OF_EVERYBODY), "raised_on"),
        (PlanConcern.objects.visible().filter(ours, answered_on__isnull=True), "recorded_at"),
        (decided.filter(due_on__lte=today + THIS_WEEK), "due_on"),
        (own.filter(due_on__lte=today + THIS_WEEK), "due_on"),
        (to_come.filter(invitations__practitioner=post.practitioner_id), "starts_at"),
        (noticed.filter(sent_to_no=post.agency.no, sent_to_practitioner__isnull=True), "recorded_at"),
    ]
    return set(chain.from_iterable(_longest_waits(rows, first) for rows, first in found))


def _longest_waits(rows: QuerySet[Any], first: str) -> list[UUID]:
    """The cases of the rows that come first: brothers and sisters, and several flags, are one case."""
    cases = rows.filter(case__isnull=False).order_by(first, "id").values_list("case_id", flat=True)
    return list(dict.fromkeys(cases[: EACH_READ * ROWS_OF_ONE]))[:EACH_READ]
