"""The form that supposes a change of an agreement."""

from collections.abc import Sequence
from typing import Any

from django import forms

from sharing_agreements.fields import BaseForm
from sharing_agreements.models import Agency
from sharing_agreements.vocabulary import SupposedChange


class SimulateForm(BaseForm):
    """What would happen to the agreement, and to which agency where one joins or leaves."""

    supposed = forms.ChoiceField(
        label="What would change if",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what would happen to the agreement"},
    )
    agency = forms.ModelChoiceField(
        label="Which agency joins or leaves?",
        queryset=Agency.objects.none(),
        required=False,
        empty_label="No agency joins or leaves",
    )

    def __init__(self, *args: Any, possible: Sequence[SupposedChange], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["supposed"].choices = [(one.value, one.label) for one in possible]
        if SupposedChange.JOIN in possible:
            self.fields["agency"].queryset = Agency.objects.order_by("name")
        else:
            del self.fields["agency"]

    def clean(self) -> dict[str, Any]:
        """An agency is named exactly where one joins or leaves."""
        said = super().clean() or self.cleaned_data
        needs = said.get("supposed") in {SupposedChange.JOIN, SupposedChange.LEAVE}
        if needs and not said.get("agency") and "agency" not in self.errors:
            self.add_error("agency", "Choose the agency that joins or leaves")
        said["agency"] = said.get("agency") if needs else None
        return said
