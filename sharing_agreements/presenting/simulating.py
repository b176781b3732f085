"""A simulation in words: what was supposed, and what each agency would gain and lose."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sharing_agreements.models import SimulationLine, SimulationRun
from sharing_agreements.vocabulary import AgreementState, Kind, Level, Purpose, Role, SupposedChange

_FROM_HERE = {
    AgreementState.DRAFT: [SupposedChange.SIGN],
    AgreementState.PROPOSED: [SupposedChange.SIGN],
    AgreementState.SUSPENDED: [SupposedChange.RESUME],
    AgreementState.SIGNED: [
        SupposedChange.SUSPEND,
        SupposedChange.END,
        SupposedChange.JOIN,
        SupposedChange.LEAVE,
        SupposedChange.DATES,
    ],
}
_HOW_MUCH = {Level.EXISTENCE: "that something is held", Level.SUMMARY: "summary", Level.FULL: "in full"}


def possible(state: str) -> list[SupposedChange]:
    """What can be supposed of an agreement in a state (the gate asks the same in gate.why_not_suppose)."""
    return _FROM_HERE.get(AgreementState(state), [])


def title(run: SimulationRun) -> str:
    """What the run asks, for everybody or for one practitioner."""
    whom = f" for {run.practitioner.name}" if run.practitioner else ""
    return f"What would change{whom} if {_supposition(run)}"


def _supposition(run: SimulationRun) -> str:
    """What the run supposes, as a clause after "if"."""
    on = "today" if run.from_day == run.day else f"on {_day(run.from_day)}"
    return {
        SupposedChange.SIGN: "it came into force today",
        SupposedChange.SUSPEND: f"it was suspended {on}",
        SupposedChange.RESUME: f"it was resumed {on}",
        SupposedChange.END: f"it ended {on}",
        SupposedChange.JOIN: f"{run.agency} joined it {on}",
        SupposedChange.LEAVE: f"{run.agency} left it {on}",
        SupposedChange.DATES: f"it was in force from {_day(run.starts_on)} to {_day(run.ends_on)}",
    }[SupposedChange(run.supposed)]


def _day(one: date | None) -> str:
    return f"{one.day} {one:%B %Y}" if one else ""


@dataclass(frozen=True)
class Change:
    """One line of the table. Roles that gain or lose alike are one line.

    `line`: one of the counted lines it stands for, to ask for examples of.
    """

    line: UUID
    does: str
    roles: str
    purpose: str
    kind: str
    level: str
    records: str
    families: str


@dataclass(frozen=True)
class AgencyChange:
    """One agency: the sentences that sum it up, and its lines."""

    name: str
    sentences: list[str]
    lines: list[Change]
    gains: bool
    loses: bool


def by_agency(run: SimulationRun, lines: Iterable[SimulationLine]) -> list[AgencyChange]:
    """What each agency, or the one practitioner asked about, would gain and lose.

    Load the lines' agencies first, in order of the agencies' names.
    """
    someone = run.practitioner.name if run.practitioner else ""
    found: dict[str, list[SimulationLine]] = {}
    for line in lines:
        found.setdefault(line.agency.name, []).append(line)
    return [
        AgencyChange(
            name,
            _sentences(someone or name, same),
            _changes(same),
            gains=any(line.gained for line in same),
            loses=not all(line.gained for line in same),
        )
        for name, same in found.items()
    ]


def in_all(agencies: list[AgencyChange]) -> str:
    """How many agencies would see more, and how many less."""
    counts = [(sum(one.gains for one in agencies), "more"), (sum(one.loses for one in agencies), "less")]
    said = [f"{many} {'agency' if many == 1 else 'agencies'} would see {what}" for many, what in counts if many]
    return " and ".join(said) + "." if said else "Nobody would see anything more or anything less."


def line_words(line: SimulationLine) -> str:
    """What one line counts: "Police, as Manager: concern report, summary, would open"."""
    does = "would open" if line.gained else "would close"
    kind, level = Kind(line.kind).label.lower(), _HOW_MUCH[Level(line.level)]
    return f"{line.agency}, as {Role(line.role).label.lower()}: {kind}, {level}, {does}"


def _sentences(name: str, lines: list[SimulationLine]) -> list[str]:
    """One for what would open and one for what would close, each naming the kinds."""
    said = []
    for gained, verb in ((True, "would see"), (False, "would no longer see")):
        kinds = dict.fromkeys(Kind(line.kind).label.lower() for line in lines if line.gained == gained)
        if kinds:
            said.append(f"{name} {verb} {_most(lines, gained)}: {'; '.join(kinds)}.")
    return said


def _most(lines: list[SimulationLine], gained: bool) -> str:
    """The role and purpose with the largest change. Kinds and levels of one role and purpose add up; roles overlap."""
    totals: dict[tuple[str, str], int] = {}
    for line in lines:
        if line.gained == gained:
            totals[line.role, line.purpose] = totals.get((line.role, line.purpose), 0) + line.records
    (role, _), most = max(totals.items(), key=lambda item: item[1])
    records = "1 record" if most == 1 else f"{most:,} records"
    return records if len(totals) == 1 else f"up to {records}, the most as {Role(role).label.lower()}"


def _changes(lines: list[SimulationLine]) -> list[Change]:
    together: dict[tuple[bool, str, int, str, int, int], list[SimulationLine]] = {}
    for line in lines:
        key = (line.gained, line.purpose, line.kind, line.level, line.records, line.families)
        together.setdefault(key, []).append(line)
    return [
        Change(
            line=alike[0].pk,
            does="Opens" if gained else "Closes",
            roles=", ".join(Role(line.role).label for line in alike),
            purpose=Purpose(purpose).label,
            kind=Kind(kind).label,
            level=_HOW_MUCH[Level(level)],
            records=f"{records:,}",
            families=f"{families:,}",
        )
        for (gained, purpose, kind, level, records, families), alike in together.items()
    ]
