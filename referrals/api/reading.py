"""A report as a program sends it: the same questions as the pages ask, and what makes one that cannot be sent."""

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from rest_framework import serializers

from referrals.api.asked_besides import (
    OPENS,
    QuestionsIn,
    ScreeningIn,
    more_of,
    screening_of,
    wrong_questions,
    wrong_screenings,
)
from referrals.api.fields import Clock, Closed, Code, Flag, KnownDate, Text
from referrals.api.problems import NOT_SENDABLE, Faulty
from referrals.rules.report import Adult, Child, ReportAnswers, Statement
from referrals.rules.signs import HEADINGS
from referrals.rules.variants import Variant
from referrals.vocabulary import (
    Answer,
    Basis,
    Check,
    CheckResult,
    ConcernKind,
    FamilyTold,
    Seen,
    Urgency,
)
from sharing_agreements.models import Agency
from sharing_agreements.naming import UNBORN_BABY
from sharing_agreements.part_known import PAST, PartKnownDate
from sharing_agreements.vocabulary import AgencyType, Precision


class WriterIn(Closed):
    """Who wrote it in the record system, and how the hub reaches them."""

    name = Text(100)
    reach = Text(50, help_text="Telephone or extension.")


class ChildIn(Closed):
    """One child."""

    name = Text(160, required=False, help_text="Left out for an unborn child. Write “not known” if you do not know.")
    born = KnownDate()
    seen = Code(Seen.choices)
    elsewhere = Text(300, required=False, help_text="Where this child is, when not where now_at says.")
    words = Text(5000, required=False, help_text="What the child said, in their own words.")
    said_with = Text(200, required=False, help_text="Who was there when they said it.")
    screening = ScreeningIn(required=False, help_text=OPENS)


class AdultIn(Closed):
    """One adult."""

    name = Text(160)
    relation = Text(120, required=False, help_text="To the children: mother, partner, neighbour.")
    with_child = Flag(required=False)


class StatementIn(Closed):
    """A thing said, with how the writer knows it."""

    words = Text(1000)
    basis = Code(Basis.choices)
    told_by = Text(160, required=False)


class SignsIn(Closed):
    """Signs that were seen, by where they were seen."""

    def get_fields(self) -> dict[str, Any]:
        """A list of codes for each heading."""
        return {
            name: serializers.ListField(
                child=Code([(sign.code, sign.words) for sign in signs]), required=False, max_length=len(signs)
            )
            for name, _, signs in HEADINGS
        }


class ChecksIn(Closed):
    """Systems that were looked in, and what each gave."""

    def get_fields(self) -> dict[str, Any]:
        """One answer for each system."""
        return {code: Code(CheckResult.choices, required=False) for code in Check.values}


class ReportIn(Closed):
    """A report. What is required here is required on the pages too."""

    writer = WriterIn()
    danger = Code(Answer.choices, help_text="Is a child in danger now? Ring 999 first: nobody waits for this request.")
    danger_told = Text(200, required=False, help_text="Who has been told. Required when danger is yes.")
    danger_told_at = Clock(required=False)
    account = Text(20000, help_text="What was seen and heard. Facts first, then opinion.")
    concern = Code(ConcernKind.choices)
    tags = serializers.ListField(
        child=Code([one for one in ConcernKind.choices if one[0] != ConcernKind.NOT_KNOWN]),
        required=False,
        max_length=len(ConcernKind),
    )
    happened = KnownDate(PAST)
    happened_time = Clock(required=False)
    happened_at = Text(300)
    children = serializers.ListField(child=ChildIn(), min_length=1, max_length=20)
    now_at = Text(300, help_text="Where the children are now, and who with.")
    told = Code(FamilyTold.choices)
    urgency = Code(Urgency.choices)
    signs = SignsIn(required=False)
    adults = serializers.ListField(child=AdultIn(), required=False, max_length=10)
    statements = serializers.ListField(child=StatementIn(), required=False, max_length=10)
    strengths = Text(5000, required=False)
    asked_for = Text(5000, required=False, help_text="What the family asked for, in their words.")
    told_words = Text(5000, required=False, help_text="What the family was told.")
    not_safe_because = Text(2000, required=False, help_text="Who must not be told, and why.")
    school = Text(120, required=False)
    home_line = Text(160, required=False)
    home_postcode = Text(10, required=False)
    police_reference = Text(60, required=False, help_text="Your own system's number for it.")
    checks = ChecksIn(required=False)
    questions = QuestionsIn(required=False)
    dog_or_weapon = Text(300, required=False)
    interpreter = Flag(required=False)
    language = Text(60, required=False)
    hub_only = Text(5000, required=False, help_text="No agreement can release this, nor the informant.")
    informant = Text(300, required=False)
    family_may_know_informant = Flag(required=False)
    works_at = Text(120, required=False, help_text="The name of the agency of whoever the concern is about.")
    works_at_not_listed = Flag(required=False)


EXAMPLE = {
    "writer": {"name": "PC Ann Reed 4471", "reach": "01632 960555"},
    "danger": "no",
    "account": "Shouting from the flat. Mother had a cut lip.",
    "concern": "domestic_abuse",
    "happened": "2026-03-02",
    "happened_at": "14 Fen Lane",
    "children": [{"name": "Kayden Marsh", "born": "2016-05-09", "seen": "alone"}],
    "now_at": "At home with his mother",
    "told": "agreed",
    "urgency": "amber",
}
"""The least that can be sent, for the description of the API."""


def answers_of(said: Mapping[str, Any], today: datetime.date, *, asked: Variant) -> ReportAnswers:
    """What a valid body says; `asked`: how the report speaks to this kind of agency. Raises Faulty `not_sendable` with
    all that makes it no report to send."""
    agency = _agency(said.get("works_at", ""))
    wrong = [
        *_wrong(said, today),
        *_wrong_agency(said, agency),
        *_wrong_children(said["children"], today),
        *wrong_screenings(said, today),
        *wrong_questions(said.get("questions", {}), asked),
    ]
    if wrong:
        raise Faulty(NOT_SENDABLE, wrong)
    plain = {name: said[name].strip() for name in _PLAIN if said.get(name)}
    flags = {name: said.get(name, False) for name in ("interpreter", "family_may_know_informant")}
    return ReportAnswers(
        danger=Answer(said["danger"]),
        concern=ConcernKind(said["concern"]),
        tags=tuple(dict.fromkeys(said.get("tags", ()))),
        happened=said["happened"],
        happened_time=said.get("happened_time"),
        danger_told_at=said.get("danger_told_at"),
        children=tuple(_child(child) for child in said["children"]),
        told=FamilyTold(said["told"]),
        urgency=Urgency(said["urgency"]),
        signs={name: list(dict.fromkeys(codes)) for name, codes in said.get("signs", {}).items() if codes},
        adults=tuple(
            Adult(one["name"].strip(), one.get("relation", "").strip(), one.get("with_child", False))
            for one in said.get("adults", ())
        ),
        statements=tuple(
            Statement(one["words"].strip(), one["basis"], one.get("told_by", "").strip())
            for one in said.get("statements", ())
        ),
        checks=dict(said.get("checks", {})),
        more=more_of(said.get("questions", {}), asked),
        works_at_no=agency.no if agency else None,
        works_at=agency.name if agency else "",
        writer=", ".join(part.strip() for part in said["writer"].values()),
        **{"danger_told": "", **plain},
        **flags,
    )


_PLAIN = (
    "account happened_at now_at danger_told strengths asked_for told_words not_safe_because school home_line "
    "home_postcode police_reference dog_or_weapon language hub_only informant"
).split()


def _child(said: Mapping[str, Any]) -> Child:
    return Child(
        name=said.get("name", "").strip() or UNBORN_BABY,
        born=said["born"],
        seen=Seen(said["seen"]),
        elsewhere=said.get("elsewhere", "").strip(),
        words=said.get("words", "").strip(),
        said_with=said.get("said_with", "").strip(),
        screening=screening_of(said.get("screening")),
    )


def _agency(name: str) -> Agency | None:
    return Agency.objects.exclude(type=AgencyType.HUB).filter(name=name.strip()).first() if name.strip() else None


def _wrong(said: Mapping[str, Any], today: datetime.date) -> Iterator[tuple[str, str]]:
    if said["danger"] == Answer.YES and not said.get("danger_told", "").strip():
        yield "#/danger_told", "Say who has been told of the danger; “nobody yet” is an answer."
    if said["happened"] is None or _is_ahead(said["happened"], today):
        yield "#/happened", "This is no day that has been."


def _wrong_agency(said: Mapping[str, Any], agency: Agency | None) -> Iterator[tuple[str, str]]:
    if said.get("works_at", "").strip() and agency is None:
        yield "#/works_at", "No agency here has this name. Say works_at_not_listed instead."
    if said["concern"] == ConcernKind.WORKS_WITH_CHILDREN and not (agency or said.get("works_at_not_listed")):
        yield "#/works_at", "Name the agency they work for, or say works_at_not_listed."


def _wrong_children(children: list[Mapping[str, Any]], today: datetime.date) -> Iterator[tuple[str, str]]:
    for place, child in enumerate(children):
        born: PartKnownDate | None = child["born"]
        if born is None or (born.precision != Precision.DUE and _is_ahead(born, today)):
            yield f"#/children/{place}/born", "This is no day on which a child can have been born."
        elif not child.get("name", "").strip() and born.precision != Precision.DUE:
            yield f"#/children/{place}/name", "Give the child's name, or write “not known”."


def _is_ahead(known: PartKnownDate, today: datetime.date) -> bool:
    return known.date is not None and known.date > today
