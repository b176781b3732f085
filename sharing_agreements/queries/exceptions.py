"""Emergency access and decisions on records, as far as the acting principal reads them (row security decides)."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from sharing_agreements.fields import Reader
from sharing_agreements.models import (
    Agency,
    EmergencyAccess,
    EmergencyNotice,
    Post,
    Practitioner,
    RecordException,
    SharedRecord,
)
from sharing_agreements.vocabulary import CASEWORK_ROLES, RECEIVING_ROLES, Role

SHOWN = 100
PEOPLE_OFFERED = 2000


def running_emergency(post: Post, *, now: datetime.datetime) -> EmergencyAccess | None:
    """The emergency access that this post has now; the last to end, where there are two."""
    mine = EmergencyAccess.objects.filter(practitioner_id=post.practitioner_id, post_id=post.pk)
    return mine.filter(ended_at__isnull=True, ends_at__gt=now).order_by("-ends_at").first()


def own_emergencies(post: Post) -> "QuerySet[EmergencyAccess]":
    """The practitioner's own, newest first."""
    return EmergencyAccess.objects.filter(practitioner_id=post.practitioner_id).order_by("-started_at")[:SHOWN]


def emergencies_to_answer_for(post: Post) -> "QuerySet[EmergencyAccess]":
    """Those a governance lead answers for, waiting first and the longest waiting at the top."""
    others = EmergencyAccess.objects.exclude(practitioner_id=post.practitioner_id)
    waiting = others.select_related("practitioner", "reviewed_by").annotate(is_done=Q(reviewed_at__isnull=False))
    return waiting.order_by("is_done", "started_at")[:SHOWN]


def agencies_by_number() -> dict[int, Agency]:
    """Agencies by the small number that rows carry."""
    return Agency.objects.in_bulk(field_name="no")


def told_at(post: Post) -> dict[UUID, datetime.datetime]:
    """When this practitioner was told of each emergency access."""
    mine = EmergencyNotice.objects.filter(practitioner_id=post.practitioner_id)
    return dict(mine.values_list("access_id", "told_at"))


def decisions_on(records: Iterable[SharedRecord]) -> list[RecordException]:
    """What was decided on these records that still holds or once held, newest first, once each."""
    rows = RecordException.objects.filter(record_id__in=[row.pk for row in records])
    named = rows.select_related("agency", "practitioner", "made_by").order_by("-made_at")
    once = {(row.verb, row.agency_id, row.practitioner_id, row.made_at): row for row in named}
    return list(once.values())


@dataclass(frozen=True)
class HandOver:
    """A family's records shown to an agency until a day."""

    agency: Agency
    until: datetime.date
    reason: str
    made_by: str


def handed_over(family: UUID) -> list[HandOver]:
    """To whom the acting agency's records of a family are shown now; empty for who may not take them back."""
    with connection.cursor() as cursor:
        cursor.execute("select agency_id, until, reason, made_by_id from gate.handed_over(%s) order by until", [family])
        rows = cursor.fetchall()
    agencies = Agency.objects.in_bulk([row[0] for row in rows])
    names = Practitioner.objects.in_bulk([row[3] for row in rows])
    return [HandOver(agencies[agency], until, why, names[who].name) for agency, until, why, who in rows]


def shared_records() -> list[UUID]:
    """Ids of the records that others share with the acting post now, whatever agreements say."""
    with connection.cursor() as cursor:
        cursor.execute("select unnest(gate.shared_records(2))")
        return [row[0] for row in cursor.fetchall()]


def agencies_with(roles: Iterable[Role], *, today: datetime.date) -> "QuerySet[Agency]":
    """Agencies where somebody holds a post of these roles today, by name."""
    held = Post.objects.held_on(today).filter(role__in=list(roles), practitioner__is_active=True)
    return Agency.objects.filter(Exists(held.filter(agency=OuterRef("pk")))).order_by("name")


def readers_elsewhere(*, besides: Iterable[int], today: datetime.date) -> list[Reader]:
    """With whom a record can be shared so that somebody reads it, by name; `besides`: agencies left out, by number.

    Every agency where somebody receives today. What is shared with another agency as a whole nobody would read (the
    gate asks gate.receives): of those the people who do casework, one by one.
    """
    left_out = list(besides)
    agencies = list(agencies_with(RECEIVING_ROLES, today=today).exclude(no__in=left_out))
    posts = Post.objects.held_on(today).filter(role__in=CASEWORK_ROLES, practitioner__is_active=True)
    posts = posts.exclude(agency__no__in=left_out).exclude(agency__in=agencies).select_related("agency", "practitioner")
    found = [Reader(agency) for agency in agencies]
    for post in posts.order_by("agency__name", "practitioner__name", "-starts_on")[:PEOPLE_OFFERED]:
        found.append(Reader(post.agency, post.practitioner, post.title or post.get_role_display()))
    once = {one.key: one for one in reversed(found)}
    return sorted(once.values(), key=lambda one: one.name.casefold())


def who_answers_for(agencies: Iterable[int], *, day: datetime.date) -> list[Post]:
    """Posts held on a day that answer for what happens at these agencies, by number.

    Its governance leads; where an agency has none that day, its managers: somebody is always told.
    """
    roles = [Role.GOVERNANCE_LEAD, Role.MANAGER]
    posts = list(Post.objects.held_on(day).filter(agency__no__in=list(agencies), role__in=roles))
    led = {post.agency_id for post in posts if post.role == Role.GOVERNANCE_LEAD}
    return [post for post in posts if post.role == Role.GOVERNANCE_LEAD or post.agency_id not in led]
