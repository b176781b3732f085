"""What heads every page of a family: whose it is, its case, and what must be read before anything else."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from cases.models import Case, ChildInCase, FamilyMember, KeepApart, NotSafeToTell, StaffSafetyNote
from cases.queries.pages.known import KnownPeople, family_name, known_as
from cases.vocabulary import CHILD_PARTS, CaseState
from sharing_agreements.models import IdentityDetail, Post
from sharing_agreements.part_known import MONTHS
from sharing_agreements.queries import accounts_of, best_accounts, same_people

MEMBERS_SHOWN = 60
CASES_READ = 20
HIDDEN = "Hidden address"
QUIET = ("Keep apart", HIDDEN)
"""Lines of the strip because of which an invitation says no more than time, length and reference (users 2.20)."""
ENDED = (CaseState.CLOSED, CaseState.DECLINED, CaseState.STEPPED_UP)


@dataclass(frozen=True)
class StripLine:
    """One line of the safety strip."""

    word: str
    content: str


@dataclass(frozen=True)
class FamilyTop:
    """A family as far as this reader may see it."""

    family: UUID
    name: str
    case: Case | None
    members: list[FamilyMember]
    places_in_case: list[ChildInCase]
    known: KnownPeople
    anchors: dict[UUID, UUID]
    strip: list[StripLine]

    @property
    def caption(self) -> str:
        """The case's reference, else what this page is."""
        return self.case.reference if self.case else "Family"

    @property
    def keeps_quiet(self) -> bool:
        """Somebody is kept apart or hidden: who comes to a meeting and where it is are for whoever arranges it."""
        return any(line.word in QUIET for line in self.strip)

    @property
    def children(self) -> list[UUID]:
        """The children: those in the case, then the other children of the family."""
        in_case = [place.whom for place in self.places_in_case]
        others = [member.whom for member in self.members if member.part in CHILD_PARTS]
        return list(dict.fromkeys([*in_case, *others]))

    @property
    def people(self) -> list[UUID]:
        """Everybody, children first."""
        return list(dict.fromkeys([*self.children, *(member.whom for member in self.members)]))

    @property
    def unborn(self) -> list[UUID]:
        """Children of the family who are not born yet."""
        return [person for person in self.people if self.known[person].is_unborn and not self.known[person].has_died]


def family_top(family: UUID, *, for_post: Post, today: datetime.date) -> FamilyTop | None:
    """The head of a family's pages; None when the reader may see nothing of it (answer as if it did not exist)."""
    still = Q(to_date__isnull=True) | Q(to_date__gte=today)
    members, children, cases = (
        list(FamilyMember.objects.visible().filter(still, family=family).order_by("recorded_at")[:MEMBERS_SHOWN]),
        list(ChildInCase.objects.visible().filter(family=family).order_by("recorded_at", "id")[:MEMBERS_SHOWN]),
        list(
            Case.objects.visible()
            .filter(family=family)
            .select_related("author", "owner")
            .order_by("-recorded_at")[:CASES_READ]
        ),
    )
    if not members and not children:
        return None
    case = _current_case(cases, children)
    in_case = [child for child in children if case is None or child.case_id == case.pk]
    people = [row.whom for row in (*in_case, *members)]
    anchors = same_people(people)
    told = {
        name: list(rows)
        for name, rows in {"accounts": accounts_of(anchors), **_strip_lists(list(anchors), today)}.items()
    }
    known = known_as(best_accounts(told["accounts"], people, anchors, for_post=for_post), today=today)
    kids = [row.whom for row in in_case] or [row.whom for row in members if row.part in CHILD_PARTS]
    return FamilyTop(
        family=family,
        name=family_name(kids, known),
        case=case,
        members=_once(members),
        places_in_case=in_case,
        known=known,
        anchors=anchors,
        strip=_strip(told, anchors, known, today),
    )


def _once(members: Iterable[FamilyMember]) -> list[FamilyMember]:
    """One row per person, however many agencies say that they belong."""
    return list({row.whom: row for row in members}.values())


def _current_case(cases: list[Case], children: list[ChildInCase]) -> Case | None:
    """The family's running case, else its newest; `cases` come newest first."""
    running = {child.case_id for child in children if child.state not in ENDED}
    return next((case for case in cases if case.pk in running), cases[0] if cases else None)


def _strip_lists(people: list[UUID], today: datetime.date) -> dict[str, QuerySet[Any, Any]]:
    """What the safety strip is made from."""
    still = Q(ended_on__isnull=True) | Q(ended_on__gte=today)
    about = {"about__overlap": people}
    return {
        "markers": NotSafeToTell.objects.visible().filter(lifted__isnull=True, **about)[:10],
        "apart": KeepApart.objects.visible().filter(still, **about).order_by("review_on")[:10],
        "notes": StaffSafetyNote.objects.visible().filter(still, **about).order_by("review_on")[:10],
        "spoken": IdentityDetail.objects.filter(person__in=people, interpreter=True).order_by("-recorded_at")[:10],
    }


def _strip(
    told: dict[str, list[Any]], anchors: dict[UUID, UUID], known: KnownPeople, today: datetime.date
) -> list[StripLine]:
    lifted = lifted_markers(told["markers"])

    def name(person: UUID) -> str:
        return known[anchors.get(person, person)].name

    lines = [
        StripLine("Not safe to tell", f"{name(m.person_id)}. Send and say nothing to them. {m.reason}")
        for m in told["markers"]
        if m.pk not in lifted
    ]
    lines += [
        StripLine("Keep apart", f"{name(k.person_id)} and {name(k.from_person_id)}. {k.reason}") for k in told["apart"]
    ]
    lines += [StripLine("Staff safety", _safety_words(note, today)) for note in told["notes"]]
    hidden = _hidden_addresses(list(anchors))
    if hidden:
        lines.append(StripLine(HIDDEN, f"{known.names(dict.fromkeys(anchors[p] for p in hidden))}. {TELL_NOBODY}"))
    languages = dict.fromkeys((name(d.person_id), d.language or "language not recorded") for d in told["spoken"])
    lines += [StripLine("Interpreter", f"{who}: {language}") for who, language in languages]
    return lines


def lifted_markers(markers: Iterable[NotSafeToTell]) -> set[UUID]:
    """Those of these markers that the hub has lifted, be its reason readable or not. No query where there are none."""
    asked = [marker.pk for marker in markers]
    if not asked:
        return set()
    with connection.cursor() as cursor:
        cursor.execute("select * from gate.lifted_markers(%s::uuid[])", [asked])
        return {row[0] for row in cursor.fetchall()}


TELL_NOBODY = "Say and write nothing about where they live, learn or are seen."


def _safety_words(note: StaffSafetyNote, today: datetime.date) -> str:
    due = f"{note.review_on.day} {MONTHS[note.review_on.month - 1]} {note.review_on.year}"
    return f"{note.what} ({'review was due' if note.review_on < today else 'review by'} {due})"


def _hidden_addresses(people: list[UUID]) -> list[UUID]:
    """Those of these people whose whereabouts are closed. That it is so protects them; where it is stays closed."""
    with connection.cursor() as cursor:
        cursor.execute("select * from gate.hidden_addresses(%s::uuid[])", [people])
        return [row[0] for row in cursor.fetchall()]
