"""What an answer to sharing stops at once and what carries on, by agency and role, from the gate's own lines."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sharing_agreements.models import Agency
from sharing_agreements.presenting.seeing import LEVELS
from sharing_agreements.vocabulary import Kind, Role


@dataclass(frozen=True)
class WouldSee:
    """How many records of a kind, level and owner close to posts of an agency in a role, stay open, or open."""

    agency_no: int
    role: str
    posts: tuple[UUID, ...]
    kind: Kind
    level: int
    owner: str
    closes: int
    stays: int
    opens: int


@dataclass(frozen=True)
class Effect:
    """What one agency and role loses, keeps or gains: of which kinds, and each kind and level with its number."""

    agency: str
    role: str
    what: list[str]
    kinds: frozenset[Kind] = frozenset()


@dataclass(frozen=True)
class Together:
    """Agencies for which the same happens, and the kinds of record that it happens to."""

    agencies: list[str]
    kinds: list[str]


@dataclass(frozen=True)
class Effects:
    """What stops at once, what carries on, and what opens: role by role, and the same in few lines."""

    stops: list[Effect]
    carries_on: list[Effect]
    opens: list[Effect]

    @property
    def stops_in_short(self) -> list[Together]:
        """What stops, agencies that lose the same kinds together."""
        return together(self.stops)

    @property
    def opens_in_short(self) -> list[Together]:
        """What opens, agencies that gain the same kinds together."""
        return together(self.opens)

    @property
    def role_by_role(self) -> dict[str, list[Effect]]:
        """Everything, under the same three words; roles of an agency that are alike stand in one line."""
        return {
            "stops": equal_roles(self.stops),
            "carries_on": equal_roles(self.carries_on),
            "opens": equal_roles(self.opens),
        }

    @property
    def goes_on_unchanged(self) -> list[str]:
        """Agencies that read neither less nor more than before."""
        touched = {one.agency for one in (*self.stops, *self.opens)}
        return sorted({one.agency for one in self.carries_on} - touched)

    @property
    def goes_on_in_part(self) -> list[str]:
        """Agencies that lose something, and go on reading something else."""
        return sorted({one.agency for one in self.carries_on} & {one.agency for one in self.stops})


def equal_roles(some: Iterable[Effect]) -> list[Effect]:
    """Roles of one agency for which exactly the same is said, as one line."""
    roles: dict[tuple[str, tuple[str, ...], frozenset[Kind]], list[str]] = defaultdict(list)
    for one in some:
        roles[one.agency, tuple(one.what), one.kinds].append(one.role)
    return [Effect(agency, ", ".join(those), list(what), kinds) for (agency, what, kinds), those in roles.items()]


def together(some: Iterable[Effect]) -> list[Together]:
    """Equal lines as one: agency by agency, its roles together, and agencies with the same kinds in one line."""
    kinds: dict[str, frozenset[Kind]] = {}
    for one in some:
        kinds[one.agency] = kinds.get(one.agency, frozenset()) | one.kinds
    agencies: dict[frozenset[Kind], list[str]] = defaultdict(list)
    for agency, of in sorted(kinds.items()):
        agencies[of].append(agency)
    return [
        Together(names, [f"{kind.label[:1].lower()}{kind.label[1:]}" for kind in sorted(of)])
        for of, names in agencies.items()
    ]


def effects(lines: Iterable[WouldSee], *, agencies: Mapping[int, Agency]) -> Effects:
    """Agency by agency. Sensitive agencies are left out, and what they own: the page is for those who work with the
    family (users 2.21)."""
    hidden = {one.name for one in agencies.values() if one.sensitive}
    shown = [one for one in lines if agencies[one.agency_no].name not in hidden and one.owner not in hidden]
    return Effects(
        stops=_effects([(one, one.closes) for one in shown], agencies),
        carries_on=_effects([(one, one.stays) for one in shown], agencies),
        opens=_effects([(one, one.opens) for one in shown], agencies),
    )


def _effects(lines: list[tuple[WouldSee, int]], agencies: Mapping[int, Agency]) -> list[Effect]:
    """Lines of one agency and role together, each kind and level once. Where posts of a role see different records,
    the number is that of the post with most."""
    by_posts: dict[tuple[str, str, tuple[UUID, ...]], Counter[tuple[Kind, int]]] = defaultdict(Counter)
    for line, records in lines:
        if records:
            by_posts[agencies[line.agency_no].name, line.role, line.posts][line.kind, line.level] += records
    found: dict[tuple[str, str], Counter[tuple[Kind, int]]] = defaultdict(Counter)
    for (agency, role, _), kinds in by_posts.items():
        found[agency, role] |= kinds
    return [
        Effect(
            agency,
            Role(role).label,
            [_said(kind, level, kinds[kind, level]) for kind, level in sorted(kinds)],
            frozenset(kind for kind, _ in kinds),
        )
        for (agency, role), kinds in sorted(found.items())
    ]


def _said(kind: Kind, level: int, records: int) -> str:
    return f"{kind.label}, {LEVELS[level]}: {records:,} {'record' if records == 1 else 'records'}"
