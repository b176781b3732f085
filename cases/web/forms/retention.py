"""What becomes of a case whose time is over."""

from typing import Any

from django import forms

from cases.vocabulary import HoldReason, RetentionStatus
from sharing_agreements.fields import BaseForm, DateBoxesField, VersionedForm

SAYS = {
    RetentionStatus.KEPT: "Keep it until a day",
    RetentionStatus.HELD: "Hold it: nothing may be disposed of",
    RetentionStatus.PROPOSED: "Propose it for disposal: a second manager must agree",
    RetentionStatus.MARKED: "Agree to its disposal",
}


class FilterRetentionForm(BaseForm):
    """Which part of the list."""

    status = forms.ChoiceField(label="Show", choices=RetentionStatus.choices, required=False)

    def chosen(self) -> RetentionStatus:
        """What was asked for; those that wait, without or with a wrong answer."""
        said = self.cleaned_data.get("status") if self.is_valid() else ""
        return RetentionStatus(said or RetentionStatus.WAITING)


class AnswerRetentionForm(VersionedForm):
    """One answer, with what it needs."""

    status = forms.TypedChoiceField(
        label="What becomes of these records?", coerce=RetentionStatus, widget=forms.RadioSelect
    )
    until = DateBoxesField(label="Until when are they kept?", future=True, required=False, help_text="To keep them")
    hold = forms.TypedChoiceField(
        label="What are they held for?",
        choices=[("", "Nothing"), *HoldReason.choices],
        coerce=lambda said: HoldReason(said) if said else None,
        empty_value=None,
        required=False,
        help_text="To hold them",
    )
    reason = forms.CharField(
        label="Why?", max_length=300, widget=forms.Textarea, error_messages={"required": "Say why"}
    )

    def __init__(self, *args: Any, offered: list[RetentionStatus], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [(one.value, SAYS[one]) for one in offered]  # type: ignore[attr-defined]
