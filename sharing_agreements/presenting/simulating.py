"""A simulation in words: what was supposed, and what each agency would gain and lose."""

from collections.abc import Iterable
from dataclasses import dataclass

from sharing_agreements.models import SimulationLine, SimulationRun
from sharing_agreements.vocabulary import AgreementState, Kind, Level, Purpose, Role, SupposedChange

_FROM_HERE = {
    AgreementState.DRAFT: [SupposedChange.SIGN],
    AgreementState.PROPOSED: [SupposedChange.SIGN],
    AgreementState.SUSPENDED: [SupposedChange.SIGN],
    AgreementState.SIGNED: [SupposedChange.END, SupposedChange.JOIN, SupposedChange.LEAVE],
}
_HOW_MUCH = {Level.EXISTENCE: "that something is held", Level.SUMMARY: "summary", Level.FULL: "in full"}


def possible(state: str) -> list[SupposedChange]:
    """What can be supposed of an agreement in a state (the gate asks the same in gate.why_not_suppose)."""
    return _FROM_HERE.get(AgreementState(state), [])


def supposition(run: SimulationRun) -> str:
    """What the run supposes, as a clause after "if"."""
    return {
        SupposedChange.SIGN: "it came into force today",
        SupposedChange.END: "it stopped today, suspended or ended",
        SupposedChange.JOIN: f"{run.agency} joined it today",
        SupposedChange.LEAVE: f"{run.agency} left it today",
    }[SupposedChange(run.supposed)]


@dataclass(frozen=True)
class Change:
    """One line of the table. Roles that gain or lose alike are one line."""

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


def by_agency(lines: Iterable[SimulationLine]) -> list[AgencyChange]:
    """What each agency would gain and lose. Load the lines' agencies first, in order of the agencies' names."""
    found: dict[str, list[SimulationLine]] = {}
    for line in lines:
        found.setdefault(line.agency.name, []).append(line)
    return [AgencyChange(name, _sentences(name, same), _changes(same)) for name, same in found.items()]


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
    together: dict[tuple[bool, str, int, str, int, int], list[str]] = {}
    for line in lines:
        key = (line.gained, line.purpose, line.kind, line.level, line.records, line.families)
        together.setdefault(key, []).append(Role(line.role).label)
    return [
        Change(
            does="Opens" if gained else "Closes",
            roles=", ".join(roles),
            purpose=Purpose(purpose).label,
            kind=Kind(kind).label,
            level=_HOW_MUCH[Level(level)],
            records=f"{records:,}",
            families=f"{families:,}",
        )
        for (gained, purpose, kind, level, records, families), roles in together.items()
    ]
