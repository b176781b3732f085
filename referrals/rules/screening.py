"""Whether a child may be used by others: when the questions open, and which answers cannot stand together.

No score: a screening is what one person saw on one day, and it is looked at again.
"""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from referrals.rules.report import Known
from referrals.vocabulary import ScreeningAnswer, ScreeningResult


class Ask(NamedTuple):
    """One question of a screening."""

    code: str
    question: str


class Asked(NamedTuple):
    """One version of the questions, and on which signs and main concern they open."""

    version: int
    asks: tuple[Ask, ...]
    opens_on_signs: frozenset[str]
    opens_on_concerns: frozenset[str]

    def opens(self, known: Known) -> bool:
        """Whether what was ticked so far opens the questions. They are about children who can be named on the page."""
        return bool(known.names) and (
            known.concern in self.opens_on_concerns or not self.opens_on_signs.isdisjoint(known.signs)
        )

    def answered(
        self, result: ScreeningResult, said: Mapping[str, str], *, needs_help: bool, again_on: datetime.date | None
    ) -> "Screening":
        """What is kept of answers by code; each question stands as it was put, and those left out are left out."""
        answers = tuple((one.question, ScreeningAnswer(said[one.code])) for one in self.asks if said.get(one.code))
        return Screening(self.version, result, answers, needs_help, again_on.isoformat() if again_on else "")


class Screening(NamedTuple):
    """What one person answered of one child. `answers` keep each question as it was put."""

    version: int
    result: ScreeningResult
    answers: tuple[tuple[str, ScreeningAnswer], ...]
    needs_help: bool
    again_on: str

    def as_kept(self) -> Mapping[str, Any]:
        """The same for the database."""
        answers = [[question, str(answer)] for question, answer in self.answers]
        return {**self._asdict(), "result": str(self.result), "answers": answers}


def why_not_none_now(answers: Iterable[str], *, may_be_under_13: bool, needs_help: bool) -> str:
    """Why "no sign of it now" cannot be the result, as a sentence; empty when it can."""
    if ScreeningAnswer.YES in answers:
        return "You answered yes to a question. Choose one of the other two."
    if may_be_under_13:
        return "A child under 13, or whose age is not known, is never without risk. Choose one of the other two."
    if needs_help:
        return "A child who needs help to understand is never without risk. Choose one of the other two."
    return ""
