"""The questions about being used by others, once for each child they are about. Asked only when signs open them."""

from typing import Any

from django import forms

from referrals.queries.screening import screening
from referrals.rules.report import typed_name
from referrals.rules.screening import Screening, why_not_none_now
from referrals.vocabulary import ScreeningAnswer, ScreeningResult
from referrals.web.forms.rows import RowForm, row_set
from sharing_agreements.fields import DateBoxesField

SMALL = {"classes": "govuk-radios--small govuk-radios--inline"}


class ScreeningRow(RowForm):
    """One child: the questions, the result, and when somebody looks again."""

    child = forms.TypedChoiceField(label="Which child is it about?", widget=forms.RadioSelect, coerce=int)
    needs_help = forms.BooleanField(
        label="This child has a learning disability, or needs help to understand", required=False
    )
    result = forms.ChoiceField(
        label="What do you think, all in all?", choices=ScreeningResult.choices, widget=forms.RadioSelect
    )
    again_on = DateBoxesField(
        label="When should somebody look again?",
        future=True,
        required=False,
        help_text="Needed unless they are being used now.",
    )
    marks_optional = False

    def ask(self) -> None:
        """The children by name, and every question before the result."""
        self.fields["child"].choices = [(place, typed_name(name)) for place, name in enumerate(self.known.names)]
        last = {name: self.fields.pop(name) for name in ("needs_help", "result", "again_on")}
        for one in screening().asks:
            self.fields[one.code] = forms.ChoiceField(
                label=one.question, choices=ScreeningAnswer.choices, required=False, widget=forms.RadioSelect
            )
            self.components[one.code] = SMALL
        self.fields |= last

    def clean(self) -> dict[str, Any]:
        """Refuse “no sign of it now” where it would be false comfort; ask when somebody looks again."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        result, place = said.get("result"), said.get("child")
        if not self.has_changed() or result is None or place is None:
            return said
        if result == ScreeningResult.NONE_NOW:
            answers = [said.get(one.code, "") for one in screening().asks]
            young = self.known.may_be_under_13[place]
            if why := why_not_none_now(answers, may_be_under_13=young, needs_help=said["needs_help"]):
                self.add_error("result", why)
        if result != ScreeningResult.BEING_USED and not said.get("again_on") and "again_on" not in self.errors:
            self.add_error("again_on", "Say when somebody should look again")
        return said

    def screening(self) -> Screening:
        """The valid row as it is kept; questions left out are left out."""
        said = self.cleaned_data
        return screening().answered(
            ScreeningResult(said["result"]), said, needs_help=said["needs_help"], again_on=said["again_on"]
        )


class ScreeningForm(row_set(ScreeningRow, prefix="screening", most=20, least=0)):  # type: ignore[misc]
    """One row a child; the same child twice is refused."""

    adds = "Answer for another child"
    noun = "Screening"

    def clean(self) -> None:
        """A child is screened once in a report."""
        places = [row.cleaned_data["child"] for row in self.forms if row.is_valid() and row.cleaned_data]
        if len(places) != len(set(places)):
            raise forms.ValidationError("Two screenings are about the same child. Remove one.")
