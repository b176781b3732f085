"""Questions to other agencies: whom the hub can ask, what it asked, who answered; and each agency's own list."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.db.models.expressions import RawSQL

from cases.vocabulary import ConsentState
from referrals.models import AgencyCheck, CheckAnswer, ChecksOpening, Contact, ReleaseRefusal, ReleaseRequest
from sharing_agreements.models import Agency, Post, Practitioner, RecordException
from sharing_agreements.queries.exceptions import shared_records
from sharing_agreements.vocabulary import AgencyType, ExceptionVerb, Role

RANKS = (
    frozenset({Role.MANAGER, Role.COORDINATOR}),
    frozenset({Role.SUPERVISOR}),
    frozenset({Role.LEAD_PRACTITIONER}),
    frozenset({Role.TEAM_MEMBER}),
)
"""Who answers for an agency: whoever receives for it; where nobody does, a named person of the first rank it has."""

SHOWN = 50
SHARES_ASKED_FOR = RecordException.objects.filter(
    Q(ended_at=None) | Q(ended_at__gt=OuterRef("asked_at")),
    record_id=OuterRef("check_answer_id"),
    agency_id=OuterRef("agency_id"),
    verb=ExceptionVerb.SHARE,
    until__gte=OuterRef("happened_on"),
)
LET_OUT = Exists(SHARES_ASKED_FOR)
"""Of a request: the owner shares the answer as asked, or did since. gate.releases_granted tells the hub the same."""
HAS_ANSWER = Exists(CheckAnswer.objects.filter(check_asked=OuterRef("pk")))


@dataclass(frozen=True)
class Desk:
    """Where a question can be put: an agency, or a named person of an agency where nobody receives for it."""

    agency: Agency
    practitioner: Practitioner | None = None

    @property
    def key(self) -> str:
        """What a form sends for this desk."""
        return f"{self.agency.pk}:{self.practitioner.pk}" if self.practitioner else str(self.agency.pk)

    @property
    def name(self) -> str:
        """In words."""
        return f"{self.agency.name}: {self.practitioner.name}" if self.practitioner else self.agency.name


def desks_for(contact: Contact, *, today: datetime.date) -> list[Desk]:
    """Whom the hub can ask about a contact today, by name: never a hub, nor an agency this contact is hidden from."""
    rows = Post.objects.held_on(today).filter(
        agency__district=contact.owner.district, practitioner__is_active=True, role__in=frozenset().union(*RANKS)
    )
    rows = rows.exclude(agency__type=AgencyType.HUB).exclude(agency__no__in=contact.hidden_from)
    posts: dict[Agency, list[Post]] = defaultdict(list)
    for post in rows.select_related("agency", "practitioner").order_by("agency__name", "practitioner__name"):
        posts[post.agency].append(post)
    return [desk for agency, held in posts.items() for desk in _desks_of(agency, held)]


def _desks_of(agency: Agency, posts: list[Post]) -> list[Desk]:
    """One desk where somebody receives for the agency, else one for each person of the first rank there is."""
    rank = next(rank for rank in RANKS if any(post.role in rank for post in posts))
    if rank is RANKS[0]:
        return [Desk(agency)]
    return [Desk(agency, post.practitioner) for post in posts if post.role in rank]


def managers_of(agencies: Iterable[UUID], *, today: datetime.date) -> dict[UUID, Practitioner]:
    """The manager of each of these agencies today; the first by name where there are several."""
    rows = Post.objects.held_on(today).filter(agency_id__in=list(agencies), role=Role.MANAGER)
    held = rows.filter(practitioner__is_active=True).select_related("practitioner").order_by("-practitioner__name")
    return {post.agency_id: post.practitioner for post in held}


def latest_answer_of_family(contact: Contact) -> ConsentState | None:
    """What the family last said about asking other agencies, as the hub recorded it; None while nothing is."""
    said = ChecksOpening.objects.filter(contact_id=contact.pk).order_by("-at", "-pk").first()
    return ConsentState(said.state) if said else None


def checks_of(contacts: Iterable[UUID], post: Post) -> QuerySet[AgencyCheck]:
    """What this hub asked about these contacts, with `is_answered`, the soonest due first."""
    rows: QuerySet[AgencyCheck] = AgencyCheck.objects.visible().filter(
        owner_no=post.agency.no, contact_id__in=list(contacts)
    )
    return with_answered(rows).select_related("sent_to", "sent_to_practitioner").order_by("due_at", "pk")


def with_answered(checks: QuerySet[AgencyCheck]) -> QuerySet[AgencyCheck]:
    """With whether there is an answer this reader may see: the asking hub and the asked agency always may."""
    return checks.annotate(is_answered=HAS_ANSWER)


def answers_to(checks: QuerySet[AgencyCheck]) -> QuerySet[CheckAnswer]:
    """Every answer to these, with its detail and hub-only box as far as the reader may see them, the newest first.

    `refused`: what the hub asked to be let out and the owner would not, with who said so, when and why.
    """
    rows: QuerySet[CheckAnswer] = CheckAnswer.objects.visible().filter(check_asked__in=checks.order_by().values("pk"))
    rows = rows.select_related("detail", "hub_only", "author", "owner").order_by("-answered_at", "-pk")
    refused = ReleaseRefusal.objects.visible().select_related("request__agency", "author").order_by("-refused_at")
    return rows.prefetch_related(Prefetch("release_refusals", refused, to_attr="refused"))


class Refused(NamedTuple):
    """That an agency would not let an answer out to another as the hub asked, and why. Nothing of the answer."""

    at: datetime.datetime
    by: str
    hub: str
    kept_from: str
    reason: str


def releases_refused(*, since: datetime.datetime) -> list[Refused]:
    """Refusals by or to the acting governance lead's agency since a moment, newest first. Empty for anybody else."""
    with connection.cursor() as cursor:
        cursor.execute("select * from gate.releases_refused(%s, %s)", [since, SHOWN])
        rows = cursor.fetchall()
    names = dict(Agency.objects.filter(pk__in={key for row in rows for key in row[1:4]}).values_list("pk", "name"))
    return [Refused(at, names[by], names[hub], names[agency], reason) for at, by, hub, agency, reason in rows]


def is_let_out(wish: ReleaseRequest) -> bool:
    """Whether the owner let the agency read the answer since the hub asked. As the owner reads it; the hub reads
    `releases_granted`."""
    return ReleaseRequest.objects.filter(LET_OUT, pk=wish.pk).exists()


class Granted(NamedTuple):
    """That an answer was let out as the hub asked: the last day, and whether it still is."""

    last_day: datetime.date
    is_open: bool


def releases_granted(answers: Iterable[UUID]) -> dict[UUID, Granted]:
    """Which requests of the acting hub about these answers were granted, by request. Empty for anybody else."""
    with connection.cursor() as cursor:
        cursor.execute("select * from gate.releases_granted(%s::uuid[])", [list(answers)])
        return {wish: Granted(last_day, is_open) for wish, last_day, is_open in cursor.fetchall()}


@dataclass(frozen=True)
class Wish:
    """What the hub last asked about an answer and one agency, and what became of it."""

    agency: str
    asked_at: datetime.datetime
    is_refused: bool
    granted: Granted | None

    @property
    def is_let_out(self) -> bool:
        """Whether the agency may read the answer now."""
        return self.granted is not None and self.granted.is_open

    @property
    def waits(self) -> bool:
        """Whether the owner has not said anything yet."""
        return self.granted is None and not self.is_refused


def wishes_about(answers: Iterable[UUID], *, by: Post, **which: Any) -> dict[UUID, list[Wish]]:
    """What this hub asked to be let out of these answers: by answer, the latest for each agency."""
    rows = ReleaseRequest.objects.visible().filter(owner_no=by.agency.no, check_answer__in=list(answers), **which)
    asked = rows.annotate(is_refused=Exists(ReleaseRefusal.objects.filter(request=OuterRef("pk"))))
    latest = {
        (one.check_answer_id, one.agency_id): one for one in asked.select_related("agency").order_by("asked_at", "pk")
    }
    granted = releases_granted(answer for answer, _ in latest) if latest else {}
    found: dict[UUID, list[Wish]] = defaultdict(list)
    for (answer, _), one in latest.items():
        found[answer].append(Wish(one.agency.name, one.asked_at, one.is_refused, granted.get(one.pk)))
    return found


def asked_of(post: Post) -> QuerySet[AgencyCheck]:
    """What hubs asked this agency, as far as this reader may see it, with `is_answered`."""
    rows: QuerySet[AgencyCheck] = AgencyCheck.objects.visible().filter(sent_to_no=post.agency.no)
    return with_answered(rows).select_related("owner", "sent_to", "sent_to_practitioner")


def waiting_for(post: Post) -> list[AgencyCheck]:
    """What this agency owes an answer to: what its manager was told of first, then by time left."""
    rows = asked_of(post).filter(~HAS_ANSWER, withdrawn_at=None)
    return list(rows.order_by(F("climbed_at").asc(nulls_last=True), "due_at", "pk")[:SHOWN])


def settled_by(post: Post, *, since: datetime.datetime) -> list[AgencyCheck]:
    """What was answered, or taken back by the hub, of the questions asked since; the newest first."""
    rows = asked_of(post).filter(HAS_ANSWER | Q(withdrawn_at__isnull=False), asked_at__gte=since)
    return list(rows.order_by("-asked_at", "pk")[:SHOWN])


def answers_let_out() -> list[CheckAnswer]:
    """Answers of other agencies that their owner let out of the hub to the reader's agency, newest first."""
    rows = CheckAnswer.objects.visible().filter(pk__in=shared_records()).select_related("owner", "detail")
    return list(rows.order_by("-answered_at", "-pk")[:SHOWN])


def answers_not_opened(page: str) -> list[CheckAnswer]:
    """Answers let out to the reader that this page, which shows them, has not shown to them yet; the oldest first."""
    shared = shared_records()
    if not shared:
        return []
    unread = RawSQL("select gate.not_looked_at(%s::uuid[], %s)", [shared, page])
    rows = CheckAnswer.objects.visible().filter(pk__in=unread).select_related("owner")
    return list(rows.order_by("answered_at", "pk")[:SHOWN])


def wishes_to(post: Post) -> QuerySet[ReleaseRequest]:
    """What hubs ever asked this agency to let out, of the answers that this reader may read."""
    readable = Exists(CheckAnswer.objects.visible().filter(pk=OuterRef("check_answer_id")))
    rows: QuerySet[ReleaseRequest] = ReleaseRequest.objects.visible().filter(readable, sent_to_no=post.agency.no)
    return rows.select_related("agency", "owner")


def releases_asked(post: Post) -> list[ReleaseRequest]:
    """What hubs ask this agency to let out, oldest first, but what it has let out or refused by now."""
    rows = wishes_to(post).filter(~LET_OUT, refusals=None)
    return list(rows.order_by("asked_at", "pk")[:SHOWN])
