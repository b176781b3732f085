"""Random worlds for the oracle and the database to disagree about.

One generator serves two purposes: Hypothesis drives it (and shrinks it) in `bin/test`, a plain seeded
random source drives it in `bin/prove`. Choices lean towards what nearly opens or nearly closes a row: dates
sit on the edge, agencies repeat, few kinds are used.
"""

import dataclasses
import datetime
import random

from hypothesis import strategies as st

from sharing_agreements.vocabulary import (
    NEVER_SHARED,
    AgencyType,
    AgreementState,
    HowFarBack,
    InvolvementReason,
    Kind,
    Level,
    Purpose,
    Role,
    Stage,
)
from tests import cast, supposing
from tests.oracle import (
    LONDON,
    Agency,
    Agreement,
    Clause,
    Emergency,
    Involvement,
    Party,
    Record,
    Share,
    Viewer,
    World,
    months_before,
)

KINDS = [Kind.IDENTITY, Kind.ADDRESS, Kind.CONCERN, Kind.HUB_ONLY, Kind.HEALTH, Kind.CASE, Kind.FEEDBACK]
TYPES = [AgencyType.HUB, AgencyType.POLICE, AgencyType.SCHOOL, AgencyType.COMMUNITY_HEALTH]
PURPOSES = [Purpose.TRIAGE, Purpose.EARLY_HELP]
DISTRICTS = ["Marlbeck", "Marlbeck", "Stonewick"]


def make(source: random.Random, today: datetime.date) -> World:
    """A world whose every choice comes from `source`."""
    return Maker(source, today).world()


def worlds() -> st.SearchStrategy[World]:
    """Hypothesis strategy for worlds."""
    return st.randoms(use_true_random=False).map(lambda source: make(source, cast.today()))


class Maker:
    """Makes one world. Small on purpose: disagreements are read by people."""

    kinds = KINDS
    purposes = PURPOSES
    clauses = (3, 6, 9)

    def __init__(self, source: random.Random, today: datetime.date) -> None:
        self.source = source
        self.today = today
        self.pick = source.choice
        numbers = list(range(1, 6))
        self.agencies = [
            Agency(no, AgencyType.HUB if no == 1 else self.pick(TYPES), self.pick(DISTRICTS)) for no in numbers
        ]
        self.numbers = numbers
        self.teams = {no: self.pick(numbers[:3]) for no in range(1, 4)}
        self.practitioners = list(range(1, 9))
        self.people = list(range(1, 6))

    def chance(self, of_ten: int) -> bool:
        return self.source.randrange(10) < of_ten

    def some(self, values: list, at_least: int = 0) -> list:
        size = self.source.randrange(at_least, len(values) + 1)
        return self.source.sample(values, size)

    def day(self, *offsets: int) -> datetime.date:
        return self.today + datetime.timedelta(days=self.pick(offsets))

    def world(self) -> World:
        world = World(
            today=self.today,
            agencies=self.agencies,
            teams=self.teams,
            practitioners=self.practitioners,
            people=self.people,
            agreements=self.versions([self.agreement() for _ in range(self.pick([1, 2, 3]))]),
        )
        world.involvements = [self.involvement() for _ in range(self.pick([4, 8, 12]))]
        world.consents = [(self.pick(self.people), self.consent_day()) for _ in range(self.pick([2, 5, 8]))]
        world.stages = [(self.pick(self.people), self.pick(list(Stage))) for _ in range(self.pick([2, 5, 8]))]
        world.merges = self.merges()
        world.restricted = self.few_people()
        world.address_hidden = self.few_people()
        world.may_see_restricted = self.named(world.restricted)
        world.may_see_address = self.named(world.address_hidden)
        world.conflicts = {(self.pick(self.practitioners), p) for p in self.few_people()}
        world.is_person = {self.pick(self.practitioners): p for p in self.few_people()}
        if self.chance(5):
            world.overdue = set(world.same(self.pick(world.involvements).person))
        world.records = [self.record(no) for no in range(1, 19)]
        world.viewers = [self.viewer() for _ in range(6)]
        world.emergencies = [self.emergency() for _ in range(self.pick([0, 0, 1, 2]))]
        world.shares = [self.share() for _ in range(self.pick([0, 2, 6]))]
        if self.chance(8):
            supposing.bring_closer(world, self.source, self.pick([0, 1]))
        world.past_conflicts = {(self.pick(self.practitioners), p) for p in self.few_people()} - world.conflicts
        return world

    def few_people(self) -> set[int]:
        return {self.pick(self.people)} if self.chance(3) else set()

    def named(self, people: set[int]) -> set[tuple[int, int]]:
        return {(who, p) for p in people for who in self.some(self.practitioners)}

    def merges(self) -> list[tuple[int, int]]:
        """Links from a duplicate to a person with a smaller number, so never in a ring."""
        return [(p, self.pick(self.people[: p - 1])) for p in self.people[1:] if self.chance(2)]

    def consent_day(self) -> datetime.date | None:
        return None if self.chance(2) else self.day(-1, 0, 0, 1, 300)

    def versions(self, agreements: list[Agreement]) -> list[Agreement]:
        """Some agreements are newer versions of the one before them."""
        return [
            dataclasses.replace(one, replaces=at - 1) if at and self.chance(3) else one
            for at, one in enumerate(agreements)
        ]

    def moment(self, *offsets: int) -> datetime.datetime:
        hour = self.pick([datetime.time(0, 0, 1), datetime.time(12), datetime.time(23, 59, 59)])
        return datetime.datetime.combine(self.day(*offsets), hour, LONDON)

    def moves(self) -> tuple[tuple[datetime.datetime, AgreementState], ...]:
        """Signed long ago and left alone, or anything, around midnight."""
        if self.chance(7):
            return ((self.moment(-500), AgreementState.SIGNED),)
        moments = sorted(self.moment(-300, -2, -1, 0, 1) for _ in range(self.pick([1, 2, 3, 4])))
        likely = [AgreementState.SIGNED] * 4 + list(AgreementState)
        return tuple((at, self.pick(likely)) for at in moments)

    def agreement(self) -> Agreement:
        usual = self.chance(8)
        return Agreement(
            moves=self.moves(),
            purposes=frozenset(self.some(self.purposes, at_least=1)),
            starts_on=self.day(-400, -400, -1, 0, 1) if usual else self.day(-1, 0, 1),
            ends_on=self.day(0, 1, 400) if usual else self.today + datetime.timedelta(days=self.pick([1, 2])),
            parties=tuple(self.party(no) for no in self.some(self.numbers, at_least=3)),
            clauses=tuple(self.clause() for _ in range(self.pick(self.clauses))),
        )

    def party(self, agency: int) -> Party:
        signed_at = self.moment(-300, -1, 0) if self.chance(9) else self.moment(0, 1)
        return Party(
            agency,
            None if self.source.randrange(40) == 0 else signed_at,
            self.day(-1, 0, 1) if self.chance(1) else None,
        )

    def side(self) -> int | AgencyType:
        return self.pick(self.numbers) if self.chance(4) else self.pick(TYPES)

    def place(self, side: int | AgencyType) -> str:
        return "" if isinstance(side, int) or self.chance(7) else self.pick(DISTRICTS)

    def clause(self) -> Clause:
        provider, recipient = self.side(), self.side()
        return Clause(
            provider=provider,
            recipient=recipient,
            provider_district=self.place(provider),
            recipient_district=self.place(recipient),
            roles=frozenset(self.some(list(Role), at_least=6)),
            kind=self.pick([k for k in self.kinds if k not in NEVER_SHARED]),
            level=self.pick(list(Level)),
            needs_involvement=self.chance(6),
            needs_consent=self.chance(4),
            stages=frozenset(self.some(list(Stage), at_least=2)) if self.chance(3) else frozenset(),
            how_far_back=self.pick(list(HowFarBack)),
        )

    def involvement(self) -> Involvement:
        starts_on = self.day(-60, -1, 0, 1)
        return Involvement(
            person=self.pick(self.people),
            agency=self.pick(self.numbers),
            practitioner=self.pick(self.practitioners) if self.chance(7) else None,
            reason=self.pick(list(InvolvementReason)),
            starts_on=starts_on,
            ends_on=None if self.chance(5) else max(starts_on, self.day(-1, 0, 1)),
        )

    def emergency(self) -> Emergency:
        return Emergency(
            practitioner=self.pick(self.practitioners),
            under_own_post=self.chance(9),
            people=frozenset(self.some(self.people, at_least=1)),
            minutes_left=self.pick([-1, 1, 240]),
            ended=self.chance(1),
        )

    def share(self) -> Share:
        return Share(
            record=self.source.randrange(1, 19),
            agency=self.pick(self.numbers),
            practitioner=self.pick(self.practitioners) if self.chance(3) else None,
            level=self.pick([Level.SUMMARY, Level.FULL]),
            until=self.day(-1, 0, 1) if self.chance(7) else None,
            ended=self.chance(1),
        )

    def happened_on(self) -> datetime.date:
        edge = months_before(self.today, self.pick([12, 36]))
        return self.pick([self.today, self.day(-40, 1), edge, edge + datetime.timedelta(days=1), self.day(-2000)])

    def record(self, no: int) -> Record:
        about = frozenset(self.some(self.people[:4])) if self.chance(3) else frozenset({self.pick(self.people)})
        main = self.pick(sorted(about)) if about and self.chance(7) else None
        kind = self.pick(self.kinds)
        sent = self.chance(2)
        hubs = [a.no for a in self.agencies if a.type == AgencyType.HUB]
        return Record(
            no=no,
            level=list(Level)[no % 3],
            kind=kind,
            owner=self.pick(self.numbers),
            author=self.pick(self.practitioners),
            team=self.pick(list(self.teams)) if self.chance(5) else None,
            main=main,
            about=about,
            happened_on=self.happened_on(),
            sent_to=self.pick(hubs if kind in NEVER_SHARED else self.numbers) if sent else None,
            sent_to_practitioner=self.pick(self.practitioners) if sent and self.chance(4) else None,
            hidden_from=frozenset(self.some(self.numbers[:2])) if self.chance(1) else frozenset(),
        )

    def viewer(self) -> Viewer:
        return Viewer(
            practitioner=self.pick(self.practitioners),
            agency=self.pick(self.numbers),
            team=self.pick(list(self.teams)) if self.chance(5) else None,
            role=self.pick(list(Role)),
            purpose=self.pick(PURPOSES) if self.chance(9) else Purpose.GOVERNANCE,
        )
