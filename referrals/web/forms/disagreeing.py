"""What is asked of somebody who disagrees with a decision, and of whoever answers them. The rules are in rules."""

from typing import Any

from django import forms

from referrals.actions.disagreeing import Against, Answered
from referrals.rules import disagreeing as rules
from referrals.vocabulary import Outcome, Rung, RungVerdict
from referrals.web.forms.checks import say_what_is_missing
from referrals.web.forms.deciding import radios, words
from sharing_agreements.fields import BaseForm


class DisagreeForm(BaseForm):
    """Why, and whether a child may come to harm meanwhile."""

    reason = forms.CharField(
        label="Why do you disagree?",
        widget=forms.Textarea,
        max_length=4000,
        help_text="What was not seen or weighed, and what you think should happen. Whoever may see the decision reads "
        "this and each answer.",
    )
    may_harm = forms.ChoiceField(
        label="Might a child come to harm while this waits?",
        choices=[("yes", "Yes, or I do not know"), ("no", "No")],
        widget=forms.RadioSelect,
    )
    components = {
        "may_harm": {
            "items": {
                "yes": {"hint": {"text": "Answered within 24 hours, nights and weekends included."}},
                "no": {"hint": {"text": "Answered within one working day."}},
            }
        }
    }

    def against(self) -> Against:
        """The answers as the action takes them."""
        return Against(self.cleaned_data["reason"], self.cleaned_data["may_harm"] == "yes")


class AnswerRungForm(BaseForm):
    """What becomes of the decision, why, and who answered where that is somebody above the hub."""

    marks_optional = False
    verdict = radios("What becomes of the decision?", RungVerdict.choices)
    words = words("Why", 4000, "Whoever disagrees reads exactly these words.")
    who = forms.CharField(
        label="Who answered?", required=False, max_length=200, help_text="Name, post, and how you spoke."
    )

    def __init__(self, *args: Any, rung: Rung, outcome: Outcome, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rung = rung
        kept = [one for one in RungVerdict if rules.can_be(one, outcome=outcome)]
        self.fields["verdict"].choices = [(one.value, one.label) for one in kept]  # type: ignore[attr-defined]
        hints = {
            RungVerdict.AGAIN: "The contact goes back into the queue for this child.",
            RungVerdict.OTHERWISE: "Say below what is done instead.",
        }
        items = {one.value: {"hint": {"text": hints[one]}} for one in kept if one in hints}
        self.components = {"verdict": {"items": items}}
        if rung < Rung.SENIOR:
            del self.fields["who"]

    def answered(self) -> Answered:
        """The answers as the action takes them."""
        data = self.cleaned_data
        return Answered(RungVerdict(data["verdict"]), data["words"], data.get("who", ""))

    def clean(self) -> dict[str, Any]:
        """Say beside each field what the rules still miss."""
        cleaned = super().clean() or {}
        verdict = RungVerdict(cleaned["verdict"]) if cleaned.get("verdict") else None
        said = {"words": cleaned.get("words", ""), "who": cleaned.get("who", "")}
        say_what_is_missing(self, rules.missing_from_answer(self.rung, verdict=verdict, **said))
        return cleaned
