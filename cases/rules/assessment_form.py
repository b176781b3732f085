"""The form of an assessment: sections with questions, in numbered versions that never change; and what an answer does.

A question keeps its code for ever, so that an answer finds its question in every version. How it is answered and who
answers never change: another sort of answer is another question. What is not asked any more is retired, never removed.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from cases import refusals
from cases.vocabulary import AnswerSort, AskedOf
from sharing_agreements.refusals import Refusal

LEAST, MOST = 0, 10
"""The ends of every scale (issue 5: scaled 0 to 10 with anchor words)."""
MOST_QUESTIONS = 60
"""A form of more is not finished with any family (judgement)."""


@dataclass(frozen=True)
class Question:
    """One question. `low`, `middle` and `high` say what 0, 5 and 10 of a scale mean; `heading` is the outcome that a
    need found here belongs to."""

    code: str
    ask: str
    of: str = AskedOf.FAMILY
    sort: str = AnswerSort.WORDS
    heading: str = ""
    low: str = ""
    middle: str = ""
    high: str = ""
    is_retired: bool = False

    @property
    def is_scale(self) -> bool:
        """Whether it is answered by a number, too."""
        return self.sort == AnswerSort.SCALE


@dataclass(frozen=True)
class Section:
    """Questions under one title."""

    code: str
    title: str
    questions: tuple[Question, ...] = ()
    is_retired: bool = False

    @property
    def asked(self) -> tuple[Question, ...]:
        """The questions that are asked."""
        return tuple(one for one in self.questions if not one.is_retired)


@dataclass(frozen=True)
class Form:
    """One version of the form."""

    version: int
    sections: tuple[Section, ...]

    @property
    def asked(self) -> tuple[Section, ...]:
        """The sections that are asked: those with a question left."""
        return tuple(one for one in self.sections if not one.is_retired and one.asked)

    @property
    def codes(self) -> frozenset[str]:
        """Every code that is taken, of sections and questions, retired ones too."""
        questions = (one.code for section in self.sections for one in section.questions)
        return frozenset({*(section.code for section in self.sections), *questions})

    def section(self, code: str) -> Section | None:
        """The section of this code."""
        return next((one for one in self.sections if one.code == code), None)

    def with_section(self, changed: Section) -> "Form":
        """The next version, with this section in the place of the one of its code, or at the end."""
        sections = tuple(changed if one.code == changed.code else one for one in self.sections)
        if self.section(changed.code) is None:
            sections = (*sections, changed)
        return Form(self.version + 1, sections)


def read_form(version: int, kept: Iterable[Mapping[str, Any]]) -> Form:
    """A form as a file or the database keeps it."""
    return Form(
        version,
        tuple(
            Section(
                code=one["code"],
                title=one["title"],
                questions=tuple(Question(**question) for question in one.get("questions", ())),
                is_retired=one.get("is_retired", False),
            )
            for one in kept
        ),
    )


def as_kept(form: Form) -> list[dict[str, Any]]:
    """The same for the database."""
    return [asdict(section) for section in form.sections]


def code_for(words: str, taken: Iterable[str]) -> str:
    """A code made from the first words, which nobody has yet; a number is added where they have."""
    stem = "_".join(re.findall(r"[a-z0-9]+", words.lower())[:4])[:30] or "question"
    used = set(taken)
    names = (stem if number == 1 else f"{stem}_{number}" for number in range(1, len(used) + 2))
    return next(name for name in names if name not in used)


def why_not_change_form(before: Form, after: Form) -> Refusal | None:
    """A new version keeps every code, how each question is answered and by whom; it asks something, each thing once;
    a scale says what its ends mean."""
    old, new = _by_code(before), _by_code(after)
    if not old.keys() <= new.keys() or not _section_codes(before) <= _section_codes(after):
        return refusals.QUESTION_GONE
    if any((old[code].of, old[code].sort) != (new[code].of, new[code].sort) for code in old):
        return refusals.QUESTION_OTHERWISE
    asked = [one for section in after.asked for one in section.asked]
    if not asked:
        return refusals.NOTHING_ASKED
    if len(asked) > MOST_QUESTIONS:
        return refusals.TOO_MANY_QUESTIONS
    if len({one.ask.strip().lower() for one in asked}) < len(asked):
        return refusals.ASKED_TWICE
    if any(one.is_scale and not (one.low.strip() and one.high.strip()) for one in asked):
        return refusals.NO_ANCHORS
    return refusals.NOTHING_CHANGED if after.sections == before.sections else None


def _by_code(form: Form) -> dict[str, Question]:
    return {one.code: one for section in form.sections for one in section.questions}


def _section_codes(form: Form) -> set[str]:
    return {section.code for section in form.sections}


@dataclass(frozen=True)
class Said:
    """What an answer holds."""

    words: str = ""
    score: int | None = None

    @property
    def is_empty(self) -> bool:
        """Nothing was said."""
        return not self.words.strip() and self.score is None


class Keep:
    """What becomes of an answer that is sent."""

    NOTHING = "nothing"
    WRITTEN = "written"
    CONFIRMED = "confirmed"


def what_to_keep(said: Said, *, now: Said | None, earlier: Said | None, still_right: bool) -> str:
    """Whether an answer is new, confirms an earlier one, or changes nothing.

    `now` is what this assessment holds already, `earlier` what is carried forward while it holds nothing. Carried
    words count as this assessment's only when somebody says so.
    """
    if now is not None:
        return Keep.NOTHING if said == now else Keep.WRITTEN
    if earlier is None:
        return Keep.NOTHING if said.is_empty else Keep.WRITTEN
    if said != earlier:
        return Keep.WRITTEN
    return Keep.CONFIRMED if still_right else Keep.NOTHING


def why_not_answer(question: Question | None, said: Said) -> Refusal | None:
    """An answer is to a question of the form, a number only where there is a scale, from 0 to 10."""
    if question is None:
        return refusals.NOT_ASKED_HERE
    if said.score is None:
        return None
    return None if question.is_scale and LEAST <= said.score <= MOST else refusals.OFF_THE_SCALE
