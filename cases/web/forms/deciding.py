"""Forms of the owner's decisions: share or withhold an entry, hand a family's records over."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from sharing_agreements.actions.exceptions import Share
from sharing_agreements.fields import BaseForm, DateBoxesField, Reader, ReaderField
from sharing_agreements.models import Agency
from sharing_agreements.vocabulary import Level


class ReasonForm(BaseForm):
    """Why."""

    reason = forms.CharField(
        label="Why?",
        min_length=10,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Your agency and its governance lead read this. The other agency does not.",
        error_messages={"required": "Say why", "min_length": "Say why in a few more words"},
    )


class DecideForm(ReasonForm):
    """Which other agency, and why."""

    agency = forms.ModelChoiceField(
        label="Which agency?",
        queryset=Agency.objects.none(),
        empty_label="Choose an agency",
        error_messages={"required": "Choose an agency"},
    )
    field_order = ["agency", "reason"]

    def __init__(self, *args: Any, agencies: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies


class WithholdEntryForm(DecideForm):
    """Withhold an entry from an agency."""


class HandOverRecordsForm(DecideForm):
    """Hand a family's records over to one agency until a day."""

    until = DateBoxesField(label="Last day they can see them", future=True)
    field_order = ["agency", "until", "reason"]


class ShareEntryForm(ReasonForm):
    """Share an entry with an agency or one person of it: how much of it, until when."""

    reader = ReaderField()
    level = forms.TypedChoiceField(
        label="How much of it?",
        choices=[(Level.SUMMARY.value, "The headline"), (Level.FULL.value, "The headline and the full text")],
        coerce=Level,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how much of it"},
    )
    until = DateBoxesField(label="Last day they can see it", future=True)
    field_order = ["reader", "level", "until", "reason"]

    def __init__(self, *args: Any, readers: list[Reader], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reader"].offer(readers)

    def share(self) -> Share:
        """What the owner decided."""
        data = self.cleaned_data
        who: Reader = data["reader"]
        return Share(who.agency, data["level"], data["until"], data["reason"], who.practitioner)


class EndDecisionForm(BaseForm):
    """Ending a decision: which agency's, and which it was."""

    agency = forms.ModelChoiceField(queryset=Agency.objects.all(), widget=forms.HiddenInput)
