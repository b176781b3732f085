"""How much each lead of an agency carries and what has stood still; and the families of one lead, to be handed on."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Max, Q, QuerySet

from cases.lifecycle import TO_BE_LED, WITH_A_LEAD
from cases.models import Case, Cover, Flag, LeadAssignment
from cases.queries.pages.caseload import CaseLine, lines_for, to_be_led, with_child_in
from cases.queries.pages.known import join
from cases.queries.pages.leading import answer_to, handover_of
from cases.queries.pages.paging import mark, older_than
from cases.rules.flags import STOOD_STILL
from cases.rules.standing import Held, Standing, standing_of
from cases.vocabulary import AssignmentWhy
from sharing_agreements.models import Post, PostCover, Practitioner
from sharing_agreements.working_time import LONDON

READ = 1000
"""Leads counted at most: those with the most families."""
SHOWN = 100
PAGE = 25


@dataclass(frozen=True)
class Stands:
    """How a lead stands today: whom they lead for, whether they still can, and who covers."""

    agency: str = ""
    """The agency they lead for, where it is not the reader's own."""
    standing: Standing = field(default_factory=Standing)
    is_away: bool = False
    covering: str = ""
    covered: int = 0
    until: datetime.date | None = None


@dataclass(frozen=True)
class LeadLine:
    """What one practitioner leads in the reader's sight; without a practitioner, what nobody leads."""

    who: Practitioner | None
    stands: Stands
    running: int
    in_touch: int
    flags: int
    climbed: int
    still: int

    @property
    def place(self) -> tuple[bool, int, int, str]:
        """Who needs looking at first: families whose lead is gone, then what stood still, then the most families."""
        is_led = self.who is not None and not self.stands.standing.is_missing
        return (is_led, -self.still, -self.running, self.who.name if self.who else "")


@dataclass(frozen=True)
class LeadsPage:
    """The lines in the order they need looking at, and whether some are not shown."""

    lines: list[LeadLine]
    is_capped: bool


def _led(by: Post) -> QuerySet[Case]:
    """Cases that are led, or ought to be, of those an agency owns or was sent."""
    ours = Q(owner=by.agency_id) | Q(sent_to=by.agency_id)
    is_led = Q(with_child_in(WITH_A_LEAD), lead_no__isnull=False)
    cases: QuerySet[Case] = Case.objects.visible().filter(ours).filter(is_led | to_be_led())
    return cases


def leads_of(by: Post, *, today: datetime.date) -> LeadsPage:
    """A line for each lead of the running families of an agency, and one for those without: seven queries."""
    led = _led(by)
    runs = Count("pk", filter=with_child_in(TO_BE_LED))
    counts = led.values("lead_no").annotate(running=runs, families=Count("pk")).order_by("-families", "lead_no")
    rows = list(counts[: READ + 1])
    flags = {row["case__lead_no"]: row for row in _flags_of(led)}
    people = {who.no: who for who in Practitioner.objects.filter(no__in=[row["lead_no"] for row in rows[:READ]])}
    stands = _stands(led, people, by=by, today=today)
    lines = [_line(row, flags.get(row["lead_no"], {}), people, stands) for row in rows[:READ]]
    wanted = sorted((one for one in lines if one.running or one.stands.standing.is_missing), key=lambda one: one.place)
    return LeadsPage(wanted[:SHOWN], len(wanted) > SHOWN or len(rows) > READ)


def _flags_of(led: QuerySet[Case]) -> Iterable[dict[str, Any]]:
    """Of each lead: open flags, those that climbed, and families that have stood still."""
    rows = Flag.objects.visible().filter(case__in=led, cleared_at__isnull=True).values("case__lead_no")
    climbed = Count("pk", filter=Q(climbed_at__isnull=False))
    still = Count("case", distinct=True, filter=Q(rule__in=list(STOOD_STILL)))
    counted: Iterable[dict[str, Any]] = rows.annotate(flags=Count("pk"), climbed=climbed, still=still).order_by()
    return counted


def _line(
    row: dict[str, Any], flags: dict[str, Any], people: dict[int, Practitioner], stands: dict[int, Stands]
) -> LeadLine:
    return LeadLine(
        people.get(row["lead_no"]),
        stands.get(row["lead_no"], Stands()),
        row["running"],
        row["families"] - row["running"],
        flags.get("flags", 0),
        flags.get("climbed", 0),
        flags.get("still", 0),
    )


def _stands(
    led: QuerySet[Case], people: dict[int, Practitioner], *, by: Post, today: datetime.date
) -> dict[int, Stands]:
    """How each of these leads stands today, in four queries. `led`: the families in sight."""
    nos = list(people)
    yes = LeadAssignment.objects.visible().filter(case__in=led, answer__accepted=True, practitioner__no__in=nos)
    lead_for = defaultdict(set)
    for no, agency in (
        yes.filter(practitioner__no=F("case__lead_no")).values_list("practitioner__no", "agency").distinct()
    ):
        lead_for[no].add(agency)
    posts = defaultdict(list)
    for post in Post.objects.filter(practitioner__no__in=nos).select_related("agency", "practitioner"):
        posts[post.practitioner.no].append(post)
    days = {"ended_at": None, "starts_on__lte": today, "ends_on__gte": today}
    away = {one.post.practitioner.no: one for one in _away(nos, days)}
    covers = {row["case__lead_no"]: row for row in _covers(led, days)}
    return {
        no: _stand(who, posts[no], frozenset(lead_for[no]), away.get(no), covers.get(no, {}), by=by, today=today)
        for no, who in people.items()
    }


def _away(nos: list[int], days: dict[str, Any]) -> QuerySet[PostCover]:
    return PostCover.objects.filter(post__practitioner__no__in=nos, **days).select_related(
        "post__practitioner", "practitioner"
    )


def _covers(led: QuerySet[Case], days: dict[str, Any]) -> Iterable[dict[str, Any]]:
    rows = Cover.objects.visible().filter(case__in=led, **days).values("case__lead_no")
    names = ArrayAgg("practitioner__name", distinct=True, default=[])
    covered = Count("case", distinct=True)
    counted: Iterable[dict[str, Any]] = rows.annotate(names=names, covered=covered, until=Max("ends_on")).order_by()
    return counted


def _stand(
    who: Practitioner,
    posts: list[Post],
    lead_for: frozenset[UUID],
    away: PostCover | None,
    cover: dict[str, Any],
    *,
    by: Post,
    today: datetime.date,
) -> Stands:
    standing = standing_of(
        [Held(post.agency_id, post.starts_on, post.ends_on) for post in posts],
        leads_for=lead_for,
        is_active=who.is_active,
        trained_until=who.trained_until,
        today=today,
    )
    # Posts come newest first; where nobody may see who was asked, they tell where somebody works.
    where = {post.agency_id: post.agency.name for post in posts if not lead_for or post.agency_id in lead_for}
    agency = "" if by.agency_id in (lead_for or where) else next(iter(where.values()), "")
    names = cover.get("names") or ([away.practitioner.name] if away else [])
    until = cover.get("until") or (away.ends_on if away else None)
    return Stands(agency, standing, away is not None, join(names), cover.get("covered", 0), until)


@dataclass(frozen=True)
class FamilyLed:
    """One family of a lead: its line in the caseload, and its open flags."""

    line: CaseLine
    flags: list[Flag]

    @property
    def key(self) -> UUID:
        """The case."""
        return self.line.case.pk

    @property
    def title(self) -> str:
        """The family as a list of families tells it from another of that name."""
        return f"{self.line.name}, {self.line.case.reference}"

    @property
    def asked(self) -> LeadAssignment | None:
        """Who is asked to lead next and has not answered."""
        return self.line.leading.asked

    @property
    def led_since(self) -> datetime.date | None:
        """The day on which the lead said yes, as far as that may be seen."""
        said = answer_to(self.line.leading.lead_by) if self.line.leading.lead_by else None
        return said.recorded_at.astimezone(LONDON).date() if said else None

    def was_told(self, words: str) -> bool:
        """Whether the next lead, asked or leading by now, was told just these words."""
        leading = self.line.leading
        told = [handover.summary for one in (leading.asked, leading.lead_by) if (handover := handover_of(one))]
        return words in {"\n".join(text.splitlines()).strip() for text in told}


@dataclass(frozen=True)
class FamiliesLed:
    """Some of the families that one practitioner leads in the reader's sight, and where the next page begins."""

    who: Practitioner | None
    stands: Stands
    lines: list[FamilyLed]
    older: str

    @property
    def why(self) -> AssignmentWhy:
        """Why the next lead is asked."""
        return AssignmentWhy.LEAD_LEFT if self.stands.standing.has_left else AssignmentWhy.HANDOVER


def families_led(practitioner: UUID, *, by: Post, after: str, today: datetime.date) -> FamiliesLed:
    """Twenty-five families of a lead, newest first, of those the reader's agency owns or was sent. `after`: as in the
    caseload. Nobody and nothing where there is no such lead, or none whose families may be seen."""
    led = _led(by)
    who = Practitioner.objects.filter(pk=practitioner).first()
    theirs = led.filter(lead_no=who.no if who else 0)
    rows = list(older_than(theirs, "recorded_at", after).order_by("-recorded_at", "-id")[: PAGE + 1])
    if who is None or not rows:
        return FamiliesLed(None, Stands(), [], "")
    older = mark(rows[PAGE - 1].recorded_at, rows[PAGE - 1].pk) if len(rows) > PAGE else ""
    stands = _stands(theirs, {who.no: who}, by=by, today=today)[who.no]
    return FamiliesLed(who, stands, _families(rows[:PAGE], by=by, today=today), older)


def families_of(cases: Iterable[UUID], *, by: Post, today: datetime.date) -> dict[UUID, FamilyLed]:
    """Those of these cases that may be seen, whoever leads them."""
    rows = list(Case.objects.visible().filter(pk__in=list(cases))[:PAGE])
    return {family.key: family for family in _families(rows, by=by, today=today)}


def _families(cases: list[Case], *, by: Post, today: datetime.date) -> list[FamilyLed]:
    flags = defaultdict(list)
    for flag in Flag.objects.visible().filter(case__in=cases, cleared_at__isnull=True).order_by("raised_at", "pk"):
        flags[flag.case_id].append(flag)
    return [FamilyLed(line, flags[line.case.pk]) for line in lines_for(cases, for_post=by, today=today)]
