"""The forms that suppose a change of an agreement: what happens to it, then which agency or which days."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from sharing_agreements.fields import BaseForm, DateBoxesField
from sharing_agreements.models import Agency, Agreement, Post, Practitioner
from sharing_agreements.vocabulary import SupposedChange


class SimulateForm(BaseForm):
    """What would happen to the agreement."""

    supposed = forms.ChoiceField(
        label="What would change if",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what would happen to the agreement"},
    )

    def __init__(self, *args: Any, possible: Sequence[SupposedChange], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["supposed"].choices = [(one.value, one.label) for one in possible]


class SupposeAgencyForm(BaseForm):
    """Which agency joins the agreement, or leaves it."""

    agency = forms.ModelChoiceField(
        label="Which agency?", queryset=Agency.objects.none(), empty_label="Choose an agency"
    )

    def __init__(self, *args: Any, agreement: Agreement, supposed: SupposedChange, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parties = agreement.parties.filter(left_on=None).values("agency")
        agencies = Agency.objects.order_by("name")
        self.fields["agency"].queryset = (
            agencies.exclude(pk__in=parties) if supposed == SupposedChange.JOIN else agencies.filter(pk__in=parties)
        )


class SupposeDatesForm(BaseForm):
    """The first and the last day the agreement would have. Opened with those it has."""

    starts_on = DateBoxesField(label="First day in force")
    ends_on = DateBoxesField(label="Last day in force", help_text="Sharing stops at the midnight that ends it")

    def __init__(self, *args: Any, agreement: Agreement, supposed: SupposedChange, **kwargs: Any) -> None:
        initial = {"starts_on": agreement.starts_on, "ends_on": agreement.ends_on}
        super().__init__(*args, initial=initial, **kwargs)

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        said = super().clean() or {}
        if said.get("starts_on") and said.get("ends_on") and said["ends_on"] < said["starts_on"]:
            self.add_error("ends_on", "The last day must not be before the first day")
        return said


class SimulateForOneForm(BaseForm):
    """Which practitioner of the acting agency to count it for."""

    practitioner = forms.ModelChoiceField(
        label="Which practitioner of your agency?",
        queryset=Practitioner.objects.none(),
        empty_label="Choose a practitioner",
    )

    def __init__(self, *args: Any, posts: QuerySet[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = Practitioner.objects.filter(pk__in=posts.values("practitioner")).order_by("name")
        self.fields["practitioner"].queryset = held
        self.fields["practitioner"].label_from_instance = lambda one: one.name


MORE_TO_SAY = {
    SupposedChange.JOIN: SupposeAgencyForm,
    SupposedChange.LEAVE: SupposeAgencyForm,
    SupposedChange.DATES: SupposeDatesForm,
}
"""What is supposed only with an agency or with days: the form that asks for them."""
