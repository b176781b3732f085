"""A report in words, as its reporter reads it back: on the page, in the copy for the file, and to be corrected."""

import datetime
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone

from referrals.models import Report, ReportedChildDetail
from referrals.rules.signs import HEADINGS, WORDS
from referrals.vocabulary import Check, CheckResult, ConcernKind, ScreeningAnswer, ScreeningResult
from sharing_agreements.models import Identity
from sharing_agreements.naming import name_in_words
from sharing_agreements.part_known import say
from sharing_agreements.vocabulary import Precision

NOBODY = "Somebody we cannot name"


class Line(NamedTuple):
    """One question of a report with its answer."""

    question: str
    answer: str


class Section(NamedTuple):
    """A heading and its lines."""

    heading: str
    lines: list[Line]


def name_of(identity: Identity | None) -> str:
    """What to call somebody on a page."""
    if identity is None:
        return NOBODY
    said = {"is_unborn": identity.is_unborn, "is_child": identity.is_child}
    return name_in_words(identity.given_name, identity.family_name, **said)


def reported_by(report: Report) -> str:
    """Who reported: the author, or who wrote it in the record system that sent it; with post and agency of that day."""
    author = f"{report.author.name if report.author else 'Anonymous'}, {report.reporter_title}"
    if report.verified_email and report.author:
        author += f" ({report.verified_email}, {report.author.phone})"
    return f"{report.writer}, through {author}" if report.writer else author


def born_of(identity: Identity | None) -> str:
    """Date of birth, age or due date, as far as it is known."""
    return say(identity.born_on, identity.born_precision) if identity else "not known"


def born_in_words(identity: Identity | None) -> str:
    """The same behind a name: born when, due when, or that nobody knows."""
    said = born_of(identity)
    if said == "not known":
        return "date of birth not known"
    return said if said.startswith("due ") else f"born {said}"


def sections_of(report: Report, identities: Mapping[UUID, Identity]) -> list[Section]:
    """The whole report but its hub-only box, which is never copied. Unanswered prompted questions are left out."""
    made = [
        Section("What happened", list(_happened(report))),
        *(_child(report, child, identities) for child in report.children.all()),
        *_adults(report, identities),
        Section("The family", list(_family(report))),
        Section("Signs and checks", list(signs_of(report))),
    ]
    return [
        Section(heading, [one for one in lines if one.answer])
        for heading, lines in made
        if any(x.answer for x in lines)
    ]


def _happened(report: Report) -> Iterator[Line]:
    detail = getattr(report, "detail", None)
    place = next(iter(report.places.all()), None)
    yield Line("How urgent", report.get_urgency_display())
    yield Line("A child in danger now", report.get_danger_display())
    told_at = f", {timezone.localtime(report.danger_told_at):%H:%M}" if report.danger_told_at else ""
    yield Line("Told about the danger", report.danger_told + told_at)
    yield Line("Kind of concern", report.get_concern_display())
    yield Line("Other kinds", ", ".join(ConcernKind(tag).label for tag in report.tags))
    yield Line("What was seen and heard", detail.account if detail else "")
    at = f" at {report.happened_time:%H:%M}" if report.happened_time else ""
    yield Line("When", say(report.happened_on, report.happened_precision) + at)
    yield Line("Where it happened", place.happened_at if place else "")


def _child(report: Report, child: object, identities: Mapping[UUID, Identity]) -> Section:
    identity = identities.get(child.person_id)
    place = next((one for one in report.places.all() if one.person_id == child.person_id), None)
    detail = getattr(child, "detail", None)
    lines = [
        Line("Name", name_of(identity)),
        Line("Date of birth or due date", born_of(identity)),
        Line("Seen", child.get_seen_display()),
        Line("Where they were when this was sent", place.now_at if place else ""),
        Line("Their own words", detail.words if detail else ""),
        Line("Who was there when they said it", detail.said_with if detail else ""),
        *screening_of(detail),
    ]
    return Section(f"Child {child.position + 1}", lines)


def screening_of(detail: ReportedChildDetail | None) -> Iterator[Line]:
    """What the reporter answered about this child being used by others; nothing when it was not asked."""
    said = detail.screening if detail else {}
    if not said:
        return
    yield Line("Used by others", ScreeningResult(said["result"]).label)
    if said["again_on"]:
        yield Line("Look again on", say(datetime.date.fromisoformat(said["again_on"]), Precision.DAY))
    yield Line("Needs help to understand", "Yes" if said["needs_help"] else "")
    for question, answer in said["answers"]:
        yield Line(question, ScreeningAnswer(answer).label)


def _adults(report: Report, identities: Mapping[UUID, Identity]) -> Iterator[Section]:
    for adult in report.adults.all():
        lines = [
            Line("Name", name_of(identities.get(adult.person_id))),
            Line("Who they are to the children", adult.relation),
            Line("With a child at the time", "Yes" if adult.with_child else ""),
        ]
        yield Section(f"Adult {adult.position + 1}", lines)


def _family(report: Report) -> Iterator[Line]:
    yield Line("A parent knows of this report", report.get_parent_knows_display())
    yield Line("What they agreed", report.get_parent_agreed_display())
    yield Line("Safe to tell them", report.get_safe_to_tell_display())
    detail = getattr(report, "detail", None)
    if detail is None:
        return
    yield Line("Who must not be told, and why", detail.not_safe_because)
    yield Line("What the family was told", detail.told)
    yield Line("What is going well", detail.strengths)
    yield Line("What the family asked for", detail.asked_for)
    yield Line("Dog, weapon or other danger", detail.dog_or_weapon)
    yield Line("Language", detail.language)
    yield Line("Interpreter needed", "Yes" if detail.interpreter else "")


def signs_of(report: Report) -> Iterator[Line]:
    """Signs ticked, references, checks done, and what only this reporter's kind of agency is asked."""
    detail = getattr(report, "detail", None)
    if detail is None:
        return
    for field, heading, _ in HEADINGS:
        yield Line(heading, "\n".join(WORDS.get(code, code) for code in getattr(detail, field)))
    yield Line("School or nursery", detail.school)
    yield Line("Police reference", detail.police_reference)
    for code, result in detail.checks.items():
        yield Line(f"Looked in: {Check(code).label}", CheckResult(result).label)
    for question, answer in detail.more:
        yield Line(question, answer)
