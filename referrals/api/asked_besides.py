"""What is asked besides: of one kind of agency alone, and of a child who may be used by others. As the pages ask it."""

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from referrals.api.fields import Closed, Code, Flag, KnownDate, Text
from referrals.queries import variants
from referrals.queries.screening import screening
from referrals.rules.report import Known, may_be_under_13
from referrals.rules.screening import why_not_none_now
from referrals.rules.variants import Variant
from referrals.vocabulary import ScreeningAnswer, ScreeningResult
from sharing_agreements.part_known import DAY, PartKnownDate

OPENS = "Asked only when the concern is {}, or one of these signs is given: {}.".format(
    " or ".join(sorted(screening().opens_on_concerns)), ", ".join(sorted(screening().opens_on_signs))
)
"""When a screening is taken."""


class ScreeningIn(Closed):
    """Whether this child may be used by others, as far as the writer knows."""

    result = Code(ScreeningResult.choices, help_text="All in all; never worked out from the answers.")
    again_on = KnownDate(DAY, required=False, help_text="When somebody looks again. Required unless being_used.")
    needs_help = Flag(required=False, help_text="The child needs help to understand.")

    def get_fields(self) -> dict[str, Any]:
        """The result, and an answer for each question as it stands."""
        answers = {
            one.code: Code(ScreeningAnswer.choices, required=False, help_text=one.question) for one in screening().asks
        }
        return {**super().get_fields(), "answers": type("ScreeningAnswersIn", (Closed,), answers)(required=False)}


class QuestionsIn(Closed):
    """Answers to what only your kind of agency is asked."""

    def get_fields(self) -> dict[str, Any]:
        """Text for each question of every kind of agency."""
        return {
            code: Text(2000, required=False, help_text=one.label) for code, one in sorted(variants.questions().items())
        }


def more_of(said: Mapping[str, str], asked: Variant) -> tuple[tuple[str, str], ...]:
    """Each answer with the question as it is put to this kind of agency."""
    given = ((one.label, said.get(one.code, "").strip()) for one in asked.questions)
    return tuple((question, answer) for question, answer in given if answer)


def screening_of(said: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """A screening that can be sent, as it is kept; nothing when there is none."""
    if said is None:
        return {}
    again = said["again_on"].date if "again_on" in said else None
    result, answers = ScreeningResult(said["result"]), said.get("answers", {})
    kept = screening().answered(result, answers, needs_help=said.get("needs_help", False), again_on=again)
    return kept.as_kept()


def wrong_screenings(said: Mapping[str, Any], today: datetime.date) -> Iterator[tuple[str, str]]:
    """Where a screening cannot be sent, with a sentence: not asked here, false comfort, nobody looks again."""
    signs = tuple(code for codes in said.get("signs", {}).values() for code in codes)
    is_asked = screening().opens(Known(names=("A child",), concern=said["concern"], signs=signs))
    for place, child in enumerate(said["children"]):
        one, at = child.get("screening"), f"#/children/{place}/screening"
        if one is not None and not is_asked:
            yield at, OPENS
        elif one is not None:
            yield from ((f"{at}/{name}", why) for name, why in _wrong_screening(one, child["born"], today))


def _wrong_screening(
    one: Mapping[str, Any], born: PartKnownDate | None, today: datetime.date
) -> Iterator[tuple[str, str]]:
    if one["result"] == ScreeningResult.NONE_NOW and born is not None:
        answers, young = one.get("answers", {}).values(), may_be_under_13(born, today)
        if why := why_not_none_now(answers, may_be_under_13=young, needs_help=one.get("needs_help", False)):
            yield "result", why
    again: PartKnownDate | None = one.get("again_on")
    if "again_on" not in one:
        if one["result"] != ScreeningResult.BEING_USED:
            yield "again_on", "Say when somebody should look again."
    elif again is None or again.date is None or again.date < today:
        yield "again_on", "This is no day to come."


def wrong_questions(said: Mapping[str, str], asked: Variant) -> Iterator[tuple[str, str]]:
    """Answers to what this kind of agency is not asked."""
    own = {one.code for one in asked.questions}
    return ((f"#/questions/{code}", "Another kind of agency is asked this.") for code in said if code not in own)
