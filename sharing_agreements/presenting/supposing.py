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
    """What one agency and role loses, keeps or gains."""

    agency: str
    role: str
    what: list[str]


@dataclass(frozen=True)
class Effects:
    """What stops at once, what carries on, and what opens."""

    stops: list[Effect]
    carries_on: list[Effect]
    opens: list[Effect]


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
        Effect(agency, Role(role).label, [_said(kind, level, kinds[kind, level]) for kind, level in sorted(kinds)])
        for (agency, role), kinds in sorted(found.items())
    ]


def _said(kind: Kind, level: int, records: int) -> str:
    return f"{kind.label}, {LEVELS[level]}: {records:,} {'record' if records == 1 else 'records'}"
