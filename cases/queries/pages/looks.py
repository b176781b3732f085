"""Pages over the disclosure log: who looked at a family, what one looked at oneself, looks that are unusual."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cases.models import ChildInCase
from cases.queries.pages.known import family_name, known_people
from cases.queries.pages.paging import mark, place_of
from sharing_agreements.models import Agency, Post, Practitioner
from sharing_agreements.presenting.looks import opened_words, outcome_words, page_words, reason_words
from sharing_agreements.queries import looks
from sharing_agreements.vocabulary import Kind, Purpose, Role

PAGE = 50


@dataclass(frozen=True)
class Line:
    """One look: when, what, by whom, of which family. `reasons`: why it is unusual, or the kinds it touched.

    `opened`: what opened the reader's agency's records to it, once `is_told`.
    """

    at: datetime.datetime
    page: str
    outcome: str = ""
    who: str = ""
    place: str = ""
    purpose: str = ""
    family: UUID | None = None
    name: str = ""
    records: int = 0
    reasons: Sequence[str] = ()
    id: UUID | None = None
    opened: Sequence[str] = ()
    is_told: bool = True


@dataclass(frozen=True)
class Looks:
    """A page of looks, and where the next one begins."""

    lines: list[Line]
    older: str


def looks_by_name(family: UUID, *, owner: str, after: str) -> Looks:
    """Who looked at a family, newest first, by name; for managers and governance leads of the agency `owner`."""
    found = looks.who_looked(family, after=place_of(after), most=PAGE + 1)
    names, agencies = _names(one.practitioner for one in found), _agencies()
    return _page(
        found,
        lambda one: Line(
            one.at,
            page_words(one.what),
            outcome_words(one.outcome),
            who=names.get(one.practitioner, ""),
            place=f"{Role(one.role).label}, {agencies[one.agency_no]}",
            purpose=Purpose(one.purpose).label,
            opened=opened_words(one.opened, owner),
            is_told=one.told is not None,
        ),
    )


def looks_by_agency(family: UUID) -> list[tuple[str, looks.AgencyLooks]]:
    """Agencies that looked, the latest first, as far as they may be named to whoever asks."""
    agencies = _agencies()
    return [(agencies[one.agency_no], one) for one in looks.agencies_that_looked(family)]


def own_looks(post: Post, *, today: datetime.date, after: str) -> Looks:
    """What the practitioner looked at, newest first. A family is named as far as the acting post may know it now."""
    found = looks.my_looks(after=place_of(after), most=PAGE + 1)
    agencies = _agencies()
    names = _families({one.family for one in found if one.family}, post, today)
    return _page(
        found,
        lambda one: Line(
            one.at,
            page_words(one.what),
            outcome_words(one.outcome),
            place=f"{Role(one.role).label}, {agencies[one.agency_no]}" if one.agency_no else "",
            purpose=Purpose(one.purpose).label if one.purpose else "",
            family=one.family if one.family in names else None,
            name=names.get(one.family, ""),
            records=one.records,
            id=one.id if one.post == post.pk and one.records else None,
        ),
    )


def unusual(*, after: str) -> Looks:
    """Looks of the governance lead's agency that somebody should ask about."""
    found = looks.unusual_looks(after=place_of(after), most=PAGE + 1)
    names = _names(one.practitioner for one in found)
    return _page(
        found,
        lambda one: Line(
            one.at,
            "",
            who=names.get(one.practitioner, ""),
            place=Role(one.role).label,
            family=one.family if one.holds else None,
            reasons=reason_words(one.reasons, one.families),
        ),
    )


def by_others(*, after: str) -> Looks:
    """Looks of other agencies at what the governance lead's agency holds."""
    found = looks.looks_by_others(after=place_of(after), most=PAGE + 1)
    names, agencies = _names(one.practitioner for one in found), _agencies()
    return _page(
        found,
        lambda one: Line(
            one.at,
            page_words(one.what),
            who=names.get(one.practitioner, ""),
            place=f"{Role(one.role).label}, {agencies[one.agency_no]}",
            purpose=Purpose(one.purpose).label,
            family=one.family,
            records=one.records,
            reasons=[Kind(kind).label for kind in one.kinds],
        ),
    )


def _page(found: list[Any], line: Any) -> Looks:
    older = mark(found[PAGE - 1].at, found[PAGE - 1].id) if len(found) > PAGE else ""
    return Looks([line(one) for one in found[:PAGE]], older)


def _names(practitioners: Iterable[UUID]) -> dict[UUID, str]:
    return dict(Practitioner.objects.filter(pk__in=set(practitioners)).values_list("pk", "name"))


def _agencies() -> dict[int, str]:
    return dict(Agency.objects.values_list("no", "name"))


def _families(families: set[UUID], post: Post, today: datetime.date) -> dict[UUID, str]:
    """What these families are called, where the post may read of a child's case in them."""
    children: dict[UUID, list[UUID]] = {}
    for place in ChildInCase.objects.visible().filter(family__in=families).only("family_id", "person_id"):
        children.setdefault(place.family_id, []).append(place.person_id)
    known = known_people({one for many in children.values() for one in many}, for_post=post, today=today)
    return {family: family_name(many, known) for family, many in children.items()}
