"""Forms of an agreement's examples: one written by hand, and those its clauses suggest."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms

from sharing_agreements.fields import VersionedForm
from sharing_agreements.models import Agency
from sharing_agreements.vocabulary import (
    NEVER_SHARED,
    AgencyType,
    ExampleGroup,
    Kind,
    Level,
    Purpose,
    RecordAge,
    Role,
    Stage,
)
from sharing_agreements.web.forms.clauses import as_columns, sides, yes_or_no

KINDS = [(kind.value, kind.label) for kind in Kind if kind not in NEVER_SHARED]
OF_A_DISTRICT = {ExampleGroup.INSIDE, ExampleGroup.OUTSIDE}


class ExampleForm(VersionedForm):
    """Somebody made up, a record made up, and whether they must see it."""

    must_see = forms.TypedChoiceField(
        label="What must be so?",
        choices=[("False", "They must not see it"), ("True", "They must see it")],
        coerce=lambda value: value == "True",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether they must see it"},
    )
    recipient = forms.ChoiceField(label="Who?")
    recipient_group = forms.ChoiceField(
        label="Which of that type?",
        choices=ExampleGroup.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text="Where you chose a type and not one agency",
    )
    recipient_district = forms.ChoiceField(label="Which district?", required=False)
    role = forms.ChoiceField(label="In which post?", choices=[("", "Choose"), *Role.choices])
    purpose = forms.ChoiceField(label="What for?")
    level = forms.ChoiceField(label="How much?", choices=Level.choices, widget=forms.RadioSelect)
    kind = forms.TypedChoiceField(label="Which kind of record?", choices=[("", "Choose"), *KINDS], coerce=int)
    provider = forms.ChoiceField(label="Whose record?")
    is_involved = yes_or_no("Do they work with the person it is about?")
    agrees = yes_or_no("Does the person agree to the sharing?")
    stage = forms.TypedChoiceField(label="Where is the case?", choices=Stage.choices, coerce=int)
    age = forms.TypedChoiceField(
        label="When did it happen?", choices=RecordAge.choices, coerce=int, widget=forms.RadioSelect
    )

    def __init__(
        self, *args: Any, parties: Sequence[Agency], agencies: Iterable[Agency], purposes: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        all_ = list(agencies)
        self.by_id: Mapping[str, Agency] = {str(agency.pk): agency for agency in all_}
        types = sorted({agency.type for agency in all_}, key=lambda one: AgencyType(one).label)
        each = [(f"type:{one}", f"Agencies of the type {AgencyType(one).label.lower()}") for one in types]
        districts = sorted({agency.district for agency in all_ if agency.district})
        self.fields["recipient"].choices = [
            ("", "Choose"),
            *each,
            *((key, agency.name) for key, agency in self.by_id.items()),
        ]
        self.fields["recipient_district"].choices = [("", "None"), *((one, one) for one in districts)]
        self.fields["provider"].choices = [("", "Choose"), *sides(parties, in_districts=False)]
        self.fields["purpose"].choices = [(one, Purpose(one).label) for one in purposes]

    def clean(self) -> dict[str, Any]:
        """The answers as columns of an example."""
        said = super().clean() or {}
        is_type = said.get("recipient", "").startswith("type:")
        group = said.get("recipient_group", "") if is_type else ""
        if is_type and not group and "recipient_group" not in self.errors:
            self.add_error("recipient_group", "Choose which agencies of that type")
        if group in OF_A_DISTRICT and not said.get("recipient_district") and "recipient_district" not in self.errors:
            self.add_error("recipient_district", "Choose the district")
        district = said.get("recipient_district", "") if group in OF_A_DISTRICT else ""
        for side in ("recipient", "provider"):
            said |= as_columns(said.pop(side, ""), side, self.by_id)
        del said["provider_district"]
        return said | {"recipient_group": group, "recipient_district": district}


class SuggestionsForm(VersionedForm):
    """Which of the suggested examples to keep; all of them unless the lead says otherwise."""

    kept = forms.MultipleChoiceField(
        label="Examples to keep",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick the examples to keep"},
    )

    def __init__(self, *args: Any, offered: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kept"].choices = [(self.key(words), words) for words in offered]
        self.fields["kept"].initial = [self.key(words) for words in offered]

    @staticmethod
    def key(words: str) -> str:
        """Tells one sentence from another, so that a list that has changed meanwhile keeps nothing else by mistake."""
        return hashlib.sha256(words.encode()).hexdigest()[:16]
