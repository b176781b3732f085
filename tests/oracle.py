"""Who may read what, said once more in plain Python, from the words of the documents and not from the SQL.

The database decides (docs/decisions/0016); this oracle only checks it. It works on a `World`: a handful of
agencies, people, agreements and records held in memory. It is written to be read, not to be fast.
"""

import calendar
import datetime
import functools
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from sharing_agreements.vocabulary import (
    HUB_ROLES,
    LOCATING_KINDS,
    NEVER_SHARED,
    STAGE_PRECEDENCE,
    AgencyType,
    AgreementState,
    Kind,
    Level,
    Purpose,
    Role,
    Stage,
)

LONDON = ZoneInfo("Europe/London")
DEPTH = {Level.EXISTENCE: 1, Level.SUMMARY: 2, Level.FULL: 3}

WHOLE_AGENCY = HUB_ROLES | {Role.COORDINATOR, Role.MANAGER}
"""Roles that look after everything their agency holds."""
RECEIVING = WHOLE_AGENCY
"""Roles that open what another agency sends to theirs."""
NO_CASEWORK = frozenset({Role.GOVERNANCE_LEAD, Role.ANALYST, Role.ADMINISTRATOR})
"""Roles that never open a record about a family, not even one of their own."""


@dataclass(frozen=True)
class Agency:
    """An agency by number, with the district it works in."""

    no: int
    type: AgencyType
    district: str = "Marlbeck"


@dataclass(frozen=True)
class Clause:
    """Who releases what to whom. Provider and recipient are an agency's number or a type, in a district or any ("")."""

    provider: int | AgencyType
    recipient: int | AgencyType
    roles: frozenset[Role]
    kind: Kind
    level: Level
    needs_involvement: bool
    needs_consent: bool
    stages: frozenset[Stage]
    how_far_back: int
    provider_district: str = ""
    recipient_district: str = ""


@dataclass(frozen=True)
class Party:
    """An agency's signature under an agreement."""

    agency: int
    signed_at: datetime.datetime | None
    left_on: datetime.date | None


@dataclass(frozen=True)
class Agreement:
    """One version of an agreement.

    `moves`: when it came to which state, oldest first. `replaces`: the place in the world of the version before it.
    """

    moves: tuple[tuple[datetime.datetime, AgreementState], ...]
    purposes: frozenset[Purpose]
    starts_on: datetime.date
    ends_on: datetime.date
    parties: tuple[Party, ...]
    clauses: tuple[Clause, ...]
    replaces: int | None = None


@dataclass(frozen=True)
class Involvement:
    """An agency, or one practitioner of it, works with a person; both days are included."""

    person: int
    agency: int
    practitioner: int | None
    reason: str
    starts_on: datetime.date
    ends_on: datetime.date | None


@dataclass(frozen=True)
class Record:
    """A governed row. `main` is its main person; `about` everybody it is about, the main person included."""

    no: int
    level: Level
    kind: Kind
    owner: int
    author: int
    team: int | None
    main: int | None
    about: frozenset[int]
    happened_on: datetime.date
    sent_to: int | None
    sent_to_practitioner: int | None
    hidden_from: frozenset[int]


@dataclass(frozen=True)
class Emergency:
    """A practitioner opened these people, under a post of theirs, until a moment so many minutes from now."""

    practitioner: int
    under_own_post: bool
    people: frozenset[int]
    minutes_left: int
    ended: bool


@dataclass(frozen=True)
class Share:
    """The owner of a record shares it with an agency, or with one practitioner of it."""

    record: int
    agency: int
    practitioner: int | None
    level: Level
    until: datetime.date | None
    ended: bool


@dataclass(frozen=True)
class Viewer:
    """A practitioner acting under one post for one purpose."""

    practitioner: int
    agency: int
    team: int | None
    role: Role
    purpose: Purpose


@dataclass
class World:
    """Everything that decides. People, practitioners, teams and agencies are numbers."""

    today: datetime.date
    agencies: list[Agency]
    teams: dict[int, int]
    practitioners: list[int]
    people: list[int]
    agreements: list[Agreement]
    involvements: list[Involvement] = field(default_factory=list)
    consents: list[tuple[int, datetime.date | None]] = field(default_factory=list)
    """Person and last day agreed to (None: not agreed), oldest first."""
    stages: list[tuple[int, Stage]] = field(default_factory=list)
    """Person and stage reached, oldest first."""
    merges: list[tuple[int, int]] = field(default_factory=list)
    restricted: set[int] = field(default_factory=set)
    address_hidden: set[int] = field(default_factory=set)
    may_see_restricted: set[tuple[int, int]] = field(default_factory=set)
    """Practitioner and person."""
    may_see_address: set[tuple[int, int]] = field(default_factory=set)
    conflicts: set[tuple[int, int]] = field(default_factory=set)
    """Practitioner and person: a declared connection that has not ended."""
    past_conflicts: set[tuple[int, int]] = field(default_factory=set)
    """Practitioner and person: a declared connection that has ended, and closes nothing any more."""
    is_person: dict[int, int] = field(default_factory=dict)
    """Practitioner -> the person in the records they themselves are."""
    overdue: set[int] = field(default_factory=set)
    """People for whom a day of change has passed and the refresh has not run."""
    emergencies: list[Emergency] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    viewers: list[Viewer] = field(default_factory=list)

    def type_of(self, agency: int) -> AgencyType:
        """What sort of organisation this is."""
        return next(a.type for a in self.agencies if a.no == agency)

    def district_of(self, agency: int) -> str:
        """Where it works."""
        return next(a.district for a in self.agencies if a.no == agency)

    def same(self, person: int) -> frozenset[int]:
        """Everybody a merge says is this person."""
        group = {person}
        while True:
            more = {x for pair in self.merges if group & set(pair) for x in pair} | group
            if more == group:
                return frozenset(group)
            group = more

    def same_as_any(self, people: frozenset[int]) -> frozenset[int]:
        """Everybody a merge says is one of these people."""
        return frozenset().union(*(self.same(p) for p in people))


def may_read(world: World, viewer: Viewer, record: Record) -> bool:
    """Whether this row may reach this reader."""
    if _is_closed(world, viewer, record):
        return False
    return (
        _is_own(world, viewer, record)
        or _was_sent(viewer, record)
        or _is_released(world, viewer, record)
        or opened_in_emergency(world, viewer, record)
        or was_shared(world, viewer, record)
    )


def may_change(world: World, viewer: Viewer, record: Record) -> bool:
    """Whether this reader may update the row's own words: a readable row of the agency they act for."""
    return may_read(world, viewer, record) and record.owner == viewer.agency and viewer.role not in NO_CASEWORK


def _is_closed(world: World, viewer: Viewer, record: Record) -> bool:
    """What nothing can open: conflict of interest, hidden from an agency, restricted, hidden address.

    Somebody who wrote a row goes on reading their own words although the person became restricted; but nobody who is
    not named reads where a person with a hidden address is (users 2.5), whoever wrote it down.
    """
    everybody = world.same_as_any(record.about)
    connected = {p for who, p in world.conflicts if who == viewer.practitioner}
    if viewer.practitioner in world.is_person:
        connected.add(world.is_person[viewer.practitioner])
    if connected & everybody or viewer.agency in record.hidden_from:
        return True
    hidden = record.kind in LOCATING_KINDS and bool(everybody & world.same_as_any(frozenset(world.address_hidden)))
    if record.author == viewer.practitioner and not hidden:
        return False
    if any(_shut(world, viewer, p, world.restricted, world.may_see_restricted) for p in record.about):
        return True
    return record.kind in LOCATING_KINDS and any(
        _shut(world, viewer, p, world.address_hidden, world.may_see_address) for p in record.about
    )


def _shut(world: World, viewer: Viewer, person: int, shut: set[int], named: set[tuple[int, int]]) -> bool:
    """Whether this person is in `shut` and the viewer is not among the named; merged people count as one."""
    group = world.same(person)
    return bool(group & shut) and not any((viewer.practitioner, p) in named for p in group)


def _is_own(world: World, viewer: Viewer, record: Record) -> bool:
    """Own agency's rows, as far as the role goes: own agency is not a master key (users 2.1)."""
    if record.owner != viewer.agency or viewer.role in NO_CASEWORK:
        return False
    if record.author == viewer.practitioner:
        return True
    if record.kind in NEVER_SHARED:
        return viewer.role in HUB_ROLES and world.type_of(viewer.agency) == AgencyType.HUB
    if viewer.role in WHOLE_AGENCY:
        return True
    if viewer.practitioner in _workers(world, record):
        return True
    same_team = record.team is not None and record.team == viewer.team
    if viewer.role == Role.SUPERVISOR:
        return same_team
    return viewer.role == Role.LEAD_PRACTITIONER and same_team and record.kind in {Kind.IDENTITY, Kind.CASE}


def _was_sent(viewer: Viewer, record: Record) -> bool:
    """Sending is a disclosure: who receives for that agency, or the one practitioner named, may read it."""
    return record.sent_to == viewer.agency and (
        viewer.role in RECEIVING or record.sent_to_practitioner == viewer.practitioner
    )


def opened_in_emergency(world: World, viewer: Viewer, record: Record) -> bool:
    """Emergency access that has not ended opens everything about its people but the hub-only box."""
    return record.kind not in NEVER_SHARED and any(
        _is_running(e, viewer) and bool(world.same_as_any(e.people) & record.about) for e in world.emergencies
    )


def _is_running(emergency: Emergency, viewer: Viewer) -> bool:
    return (
        emergency.practitioner == viewer.practitioner
        and emergency.under_own_post
        and not emergency.ended
        and emergency.minutes_left > 0
    )


def was_shared(world: World, viewer: Viewer, record: Record) -> bool:
    """The owner's word opens this one row: to who receives for the agency, or to the one practitioner named."""
    return record.kind not in NEVER_SHARED and any(
        s.record == record.no and DEPTH[s.level] >= DEPTH[record.level] and _is_shared_with(s, world, viewer)
        for s in world.shares
    )


def _is_shared_with(share: Share, world: World, viewer: Viewer) -> bool:
    return (
        share.agency == viewer.agency
        and not share.ended
        and (share.until is None or share.until >= world.today)
        and (viewer.role in RECEIVING if share.practitioner is None else share.practitioner == viewer.practitioner)
    )


def _is_released(world: World, viewer: Viewer, record: Record) -> bool:
    """Some clause of some agreement in force today opens it."""
    return bool(_releasing(world, viewer, record))


def opened_by(world: World, viewer: Viewer, record: Record) -> set[tuple[str, int, int]]:
    """Every way in which a row is open to a reader: ("own" or "sent", 0, 0), and ("clause", agreement, its clause)."""
    if _is_closed(world, viewer, record):
        return set()
    own = {("own", 0, 0)} if _is_own(world, viewer, record) else set()
    sent = {("sent", 0, 0)} if _was_sent(viewer, record) else set()
    emergency = {("emergency", 0, 0)} if opened_in_emergency(world, viewer, record) else set()
    shared = {("shared", 0, 0)} if was_shared(world, viewer, record) else set()
    return own | sent | emergency | shared | _releasing(world, viewer, record)


def _releasing(world: World, viewer: Viewer, record: Record) -> set[tuple[str, int, int]]:
    """The clauses that open it, by place."""
    return {
        ("clause", which, at)
        for which, agreement in enumerate(world.agreements)
        if in_force(world, agreement, world.today)
        for at, clause in enumerate(agreement.clauses)
        if clause_opens(world, agreement, clause, viewer, record)
    }


def in_force(world: World, agreement: Agreement, day: datetime.date) -> bool:
    """It stands that day, and no newer version of it has ever stood until then."""
    newer = [a for a in world.agreements if a.replaces is not None and world.agreements[a.replaces] is agreement]
    return stands(agreement, day) and not any(has_stood(a, day) for a in newer)


def stands(agreement: Agreement, day: datetime.date) -> bool:
    """Signed that day, inside its dates, and signed by that day by every party that has not left."""
    bound = [p for p in agreement.parties if p.left_on is None or day < p.left_on]
    return (
        state_on(agreement, day) == AgreementState.SIGNED
        and agreement.starts_on <= day <= agreement.ends_on
        and all(_had_signed(p, day) for p in bound)
    )


@functools.lru_cache(maxsize=64)
def has_stood(agreement: Agreement, until: datetime.date) -> bool:
    """Whether it stood on any day up to and including this one."""
    days = (until - agreement.starts_on).days + 1
    return any(stands(agreement, agreement.starts_on + datetime.timedelta(days=n)) for n in range(days))


def state_on(agreement: Agreement, day: datetime.date) -> AgreementState | None:
    """What was last done to it by the end of that day in London; None before its first move."""
    done = [state for at, state in agreement.moves if at.astimezone(LONDON).date() <= day]
    return done[-1] if done else None


def _had_signed(party: Party, day: datetime.date) -> bool:
    return party.signed_at is not None and party.signed_at.astimezone(LONDON).date() <= day


def _is_between(world: World, agreement: Agreement, clause: Clause, viewer: Viewer, provider: int) -> bool:
    """Whether the clause is about what this provider holds and about the agency the reader acts for, both bound."""
    parties = {p.agency for p in agreement.parties if p.left_on is None or world.today < p.left_on}
    return (
        provider != viewer.agency
        and {provider, viewer.agency} <= parties
        and clause.provider in {provider, world.type_of(provider)}
        and clause.recipient in {viewer.agency, world.type_of(viewer.agency)}
        and clause.provider_district in {"", world.district_of(provider)}
        and clause.recipient_district in {"", world.district_of(viewer.agency)}
    )


def clause_opens(world: World, agreement: Agreement, clause: Clause, viewer: Viewer, record: Record) -> bool:
    """Whether one clause of an agreement in force releases this row to this reader."""
    return (
        _is_between(world, agreement, clause, viewer, record.owner)
        and viewer.role in clause.roles
        and viewer.purpose in agreement.purposes
        and clause.kind == record.kind
        and record.kind not in NEVER_SHARED
        and DEPTH[clause.level] >= DEPTH[record.level]
        and (not clause.needs_involvement or viewer.agency in _involved(world, record))
        and (not clause.needs_consent or _agreed(world, record))
        and (not clause.stages or _stage(world, record) in clause.stages)
        and (clause.how_far_back == 0 or record.happened_on > months_before(world.today, clause.how_far_back))
    )


def has_any_right(world: World, viewer: Viewer) -> bool:
    """Whether anything could be open to this reader, whatever rows there are: if not, no row need be looked at."""
    holds = any(viewer.agency in {r.owner, r.sent_to} for r in world.records)
    return (
        (holds and viewer.role not in NO_CASEWORK)
        or any(_gives_something(world, a, viewer) for a in world.agreements if in_force(world, a, world.today))
        or any(_is_running(e, viewer) for e in world.emergencies)
        or any(_is_shared_with(s, world, viewer) for s in world.shares)
    )


def _gives_something(world: World, agreement: Agreement, viewer: Viewer) -> bool:
    """Whether a clause gives this reader something, on whatever conditions, that some other party may hold."""
    return any(
        _is_between(world, agreement, clause, viewer, provider.no)
        and viewer.role in clause.roles
        and viewer.purpose in agreement.purposes
        for clause in agreement.clauses
        for provider in world.agencies
    )


def months_before(day: datetime.date, months: int) -> datetime.date:
    """The same day that many months earlier, or that month's last day."""
    month = day.year * 12 + day.month - 1 - months
    year, month = divmod(month, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _subjects(record: Record) -> frozenset[int]:
    """Whose circumstances count: the main person's alone, so that nothing rides on a sibling; else everybody's."""
    return record.about if record.main is None else frozenset({record.main})


def _current(world: World, record: Record) -> list[Involvement]:
    """Involvement that holds today with those whose circumstances count; none while a refresh is overdue."""
    subjects = world.same_as_any(_subjects(record))
    if subjects & world.overdue:
        return []
    return [
        i
        for i in world.involvements
        if i.person in subjects and i.starts_on <= world.today and (i.ends_on is None or world.today <= i.ends_on)
    ]


def _involved(world: World, record: Record) -> set[int]:
    return {i.agency for i in _current(world, record)}


def _workers(world: World, record: Record) -> set[int]:
    return {i.practitioner for i in _current(world, record) if i.practitioner is not None}


def _agreed(world: World, record: Record) -> bool:
    """Everybody whose circumstances count agreed, at the last asking, to sharing that still holds today."""

    def agrees(person: int) -> bool:
        said = [until for p, until in world.consents if p in world.same(person)]
        return bool(said) and said[-1] is not None and said[-1] >= world.today

    subjects = _subjects(record)
    return bool(subjects) and all(agrees(p) for p in subjects)


def _stage(world: World, record: Record) -> Stage:
    """Where the case stands: each person's last stage, and of several the first in order of precedence."""

    def reached(person: int) -> Stage:
        known = [stage for p, stage in world.stages if p in world.same(person)]
        return known[-1] if known else Stage.NONE

    reached_by_all = {reached(p) for p in _subjects(record)} or {Stage.NONE}
    return min(reached_by_all, key=STAGE_PRECEDENCE.index)
