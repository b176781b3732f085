"""Forms about requests for sharing. Kinds and roles only: a request is no place for a child's name."""

from typing import Any

from django import forms

from sharing_agreements.fields import BaseForm, VersionedForm
from sharing_agreements.models import Agency
from sharing_agreements.vocabulary import NEVER_SHARED, Kind, Level, RequestState

KINDS = [(kind.value, kind.label) for kind in Kind if kind not in NEVER_SHARED]
LEVELS = [(Level.SUMMARY.value, "The summary"), (Level.FULL.value, "The whole record")]


class AskForSharingForm(BaseForm):
    """Which kind of whose records, how much, and what for."""

    asked = forms.ModelChoiceField(
        label="Whose records?",
        queryset=Agency.objects.none(),
        empty_label="Choose an agency",
        error_messages={"required": "Choose the agency whose records you need"},
    )
    kind = forms.TypedChoiceField(
        label="Which kind?",
        choices=[("", "Choose a kind of record"), *KINDS],
        coerce=lambda said: Kind(int(said)),
        error_messages={"required": "Choose the kind of record you need"},
    )
    level = forms.TypedChoiceField(
        label="How much of it?",
        choices=LEVELS,
        coerce=Level,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how much of it you need"},
    )
    why = forms.CharField(
        label="What does your work need it for?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Write about your work, not about a family: name no child, and say nothing that points to one.",
        error_messages={"required": "Say what your work needs it for"},
    )

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asked"].queryset = agencies


class AnswerAgreementRequestForm(VersionedForm):
    """What becomes of a request."""

    state = forms.TypedChoiceField(
        label="What becomes of it?",
        choices=[choice for choice in RequestState.choices if choice[0] != RequestState.WAITING],
        coerce=RequestState,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what becomes of it"},
    )
    answer = forms.CharField(
        label="Your answer",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Whoever asked reads this. Where it will not be shared, the reason.",
        error_messages={"required": "Write an answer"},
    )
