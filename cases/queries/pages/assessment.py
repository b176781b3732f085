"""An assessment as it stands for a reader: each question with its answer, or with what was said earlier.

Nothing is copied. While an assessment holds no answer of its own, the latest earlier one that the reader may see stands
in its place, marked with its day until somebody confirms or changes it: words of another agency stay that agency's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from cases.models import Assessment, AssessmentAnswer
from cases.queries.assessment_forms import form_of, shipped
from cases.queries.pages.family_top import FamilyTop
from cases.rules.assessment_form import Form, Question, Said, Section
from cases.vocabulary import AskedOf, FamilyPart

ANSWERS_READ = 3000
ASSESSMENTS_SHOWN = 20
GROWN = frozenset({FamilyPart.PARENT, FamilyPart.CARER})

Key = tuple[str, UUID | None]
"""A question, and the person it is asked about (None: the family)."""


@dataclass(frozen=True)
class Line:
    """One question about one person or the family. `now`: this assessment's answer; `earlier`: the latest before it."""

    question: Question
    person: UUID | None
    name: str
    now: AssessmentAnswer | None
    earlier: AssessmentAnswer | None

    @property
    def key(self) -> str:
        """Its name in a form."""
        return f"{self.question.code}__{self.person.hex if self.person else 'family'}"

    @property
    def is_carried(self) -> bool:
        """Whether what stands here was said in an earlier assessment and nobody has confirmed it."""
        return self.now is None and self.earlier is not None

    @property
    def stands(self) -> AssessmentAnswer | None:
        """What stands: this assessment's own answer, else the earlier one."""
        return self.now or self.earlier

    @property
    def said(self) -> Said:
        """The same as plain words and a number."""
        return said_in(self.stands) or Said()

    @property
    def label(self) -> str:
        """The question, and about whom."""
        return f"{self.question.ask} ({self.name})" if self.name else self.question.ask


@dataclass(frozen=True)
class SectionPage:
    """A section with its lines."""

    section: Section
    lines: list[Line]

    @property
    def answered(self) -> int:
        """Lines that hold an answer of this assessment."""
        return sum(1 for line in self.lines if line.now)

    @property
    def carried(self) -> int:
        """Lines that are carried forward and not confirmed."""
        return sum(1 for line in self.lines if line.is_carried)


@dataclass(frozen=True)
class AssessmentPage:
    """The whole of it. `others`: earlier answers to what this form does not ask, or about somebody it does not ask."""

    assessment: Assessment
    form: Form
    sections: list[SectionPage]
    others: list[AssessmentAnswer]
    before: Assessment | None

    def lines_in(self, section: str) -> list[Line]:
        """The lines of one section; none where this form does not ask it."""
        return [line for one in self.sections if one.section.code == section for line in one.lines]

    @property
    def carried(self) -> int:
        """Answers that nobody has confirmed."""
        return sum(one.carried for one in self.sections)


def assessments_of(top: FamilyTop) -> list[Assessment]:
    """The family's assessments that the reader may see, newest first, those of earlier cases too."""
    rows = Assessment.objects.visible().filter(family=top.family).select_related("owner")
    return list(rows.order_by("-recorded_at")[:ASSESSMENTS_SHOWN])


def running_assessment(top: FamilyTop) -> Assessment | None:
    """The assessment of this case that is being written, if there is one."""
    return next(
        (one for one in assessments_of(top) if one.finished_at is None and top.case and one.case_id == top.case.pk),
        None,
    )


def said_in(row: AssessmentAnswer | None) -> Said | None:
    """What an answer holds, as plain words."""
    return Said(row.words, row.score) if row else None


def assessment_page(top: FamilyTop, assessment: Assessment) -> AssessmentPage:
    """An assessment of this family as the reader may see it. Three queries."""
    return pages_of(top, assessment, assessments_of(top))


def pages_of(top: FamilyTop, assessment: Assessment, listed: Iterable[Assessment]) -> AssessmentPage:
    """The same with the family's assessments read already."""
    form = form_of(assessment.form_version) or shipped()
    before = [one for one in listed if one.recorded_at < assessment.recorded_at]
    rows = AssessmentAnswer.objects.visible().filter(family=top.family, assessment__in=[assessment, *before])
    now: dict[Key, AssessmentAnswer] = {}
    earlier: dict[Key, AssessmentAnswer] = {}
    order = ("assessment__recorded_at", "revision", "recorded_at")
    for row in rows.select_related("owner", "author").order_by(*order)[:ANSWERS_READ]:
        person = top.anchors.get(row.person_id, row.person_id) if row.person_id else None
        (now if row.assessment_id == assessment.pk else earlier)[row.question, person] = row
    sections = [
        SectionPage(one, [line for ask in one.asked for line in _lines(top, assessment, ask, now, earlier)])
        for one in form.asked
    ]
    shown = {(line.question.code, line.person) for one in sections for line in one.lines}
    others = [row for key, row in {**earlier, **now}.items() if key not in shown and said_in(row) != Said()]
    return AssessmentPage(assessment, form, sections, others, before[0] if before else None)


def _lines(
    top: FamilyTop,
    assessment: Assessment,
    ask: Question,
    now: dict[Key, AssessmentAnswer],
    earlier: dict[Key, AssessmentAnswer],
) -> list[Line]:
    people = _asked_about(top, assessment, ask.of)
    lines = [
        Line(ask, one, top.known[one].name if one else "", now.get((ask.code, one)), earlier.get((ask.code, one)))
        for one in people
    ]
    # What was written before there was one box for each person stands for all of them.
    whole = now.get((ask.code, None))
    return lines if whole is None or None in people else [*lines, Line(ask, None, "everybody", whole, None)]


def _asked_about(top: FamilyTop, assessment: Assessment, of: str) -> list[UUID | None]:
    """Whom a question is asked about: once, or of each child assessed, or of each parent and carer."""
    if of == AskedOf.FAMILY:
        return [None]
    if of == AskedOf.CHILD:
        assessed = {top.anchors.get(person, person) for person in assessment.about}
        return [child for child in top.children if child in assessed]
    return list(dict.fromkeys(member.whom for member in top.members if member.part in GROWN))


def newest_in(lines: Iterable[Line]) -> int:
    """The last save of these lines that the reader may see; nought when there was none."""
    return max((line.now.revision for line in lines if line.now), default=0)
