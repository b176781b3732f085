"""The clause editor: choices that read as one sentence."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from sharing_agreements.fields import VersionedForm
from sharing_agreements.models import Agency, Clause
from sharing_agreements.presenting import every_party, upper_first
from sharing_agreements.rules import why_not_from_sensitive
from sharing_agreements.vocabulary import NEVER_SHARED, PARTNERS, HowFarBack, Kind, Level, Role, Stage

KINDS = [(kind.value, kind.label) for kind in Kind if kind not in NEVER_SHARED]
NO_READERS = {Role.GOVERNANCE_LEAD, Role.ADMINISTRATOR}
READING = [(role.value, role.label) for role in Role if role in PARTNERS - NO_READERS]
YES_NO = [("True", "Yes"), ("False", "No")]


def sides(parties: Sequence[Agency], *, in_districts: bool = True) -> list[tuple[str, str]]:
    """What a clause may name: every type that has a party, each in a district too, then the parties one by one."""
    places = {(agency.type, "") for agency in parties}
    places |= {(agency.type, agency.district) for agency in parties if in_districts}
    every = [(_value(type_, district), upper_first(every_party(type_, district))) for type_, district in sorted(places)]
    return [*every, *((str(agency.pk), agency.name) for agency in parties)]


def as_columns(chosen: str, side: str, by_id: Mapping[str, Agency]) -> dict[str, Any]:
    """One of the `sides` as columns of a clause."""
    is_type, type_, district = [*chosen.split(":", 2), "", ""][:3]
    named = is_type == "type"
    return {
        f"{side}_agency": by_id.get(chosen),
        f"{side}_type": type_ if named else "",
        f"{side}_district": district if named else "",
    }


def as_choice(row: Clause, side: str) -> str:
    """A clause's side as one of the `sides`."""
    type_, district = getattr(row, f"{side}_type"), getattr(row, f"{side}_district")
    return str(getattr(row, f"{side}_agency_id") or _value(type_, district))


def _value(type_: str, district: str) -> str:
    return f"type:{type_}{f':{district}' if district else ''}"


def yes_or_no(label: str, **more: Any) -> forms.TypedChoiceField:
    """A question answered yes or no."""
    return forms.TypedChoiceField(
        label=label, choices=YES_NO, coerce=lambda value: value == "True", widget=forms.RadioSelect, **more
    )


class ClauseForm(VersionedForm):
    """Who may see how much of whose records, and when. `many` asks for several kinds at once."""

    recipient = forms.ChoiceField(label="Who may see?")
    recipient_roles = forms.MultipleChoiceField(
        label="Which of their posts?", choices=READING, widget=forms.CheckboxSelectMultiple
    )
    level = forms.ChoiceField(label="How much?", choices=Level.choices, widget=forms.RadioSelect)
    kinds = forms.TypedMultipleChoiceField(
        label="Which kinds of record?", choices=KINDS, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    provider = forms.ChoiceField(label="Whose records?")
    needs_involvement = yes_or_no(
        "Only about people they are involved with?",
        help_text="A school: children on its roll, and families it leads or helps in a team. "
        "Others: families they lead or help in a team, and their registered patients or clients",
    )
    needs_consent = yes_or_no("Only while the person agrees to the sharing?")
    stages = forms.TypedMultipleChoiceField(
        label="Only while the case is at",
        choices=Stage.choices,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Tick none for any stage",
    )
    how_far_back = forms.TypedChoiceField(
        label="How old may the record be?", choices=HowFarBack.choices, coerce=int, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, parties: Sequence[Agency], many: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_id: Mapping[str, Agency] = {str(agency.pk): agency for agency in parties}
        choices = [("", "Choose"), *sides(parties)]
        self.fields["recipient"].choices = self.fields["provider"].choices = choices
        if not many:
            self.fields["kinds"].error_messages["required"] = "Select one kind of record"

    def clean(self) -> dict[str, Any]:
        """The answers as columns of a clause. An agency does not need an agreement with itself."""
        said = super().clean() or {}
        if said.get("provider") and said.get("provider") == said.get("recipient") and said["provider"] in self.by_id:
            self.add_error("provider", "Name another agency: each sees its own records without an agreement")
        for side in ("recipient", "provider"):
            said |= as_columns(said.pop(side, ""), side, self.by_id)
        self._ask_of_sensitive(said)
        return said

    def _ask_of_sensitive(self, said: dict[str, Any]) -> None:
        """A sensitive service's records are opened by consent or step up only."""
        for one in self.by_id.values():
            is_it = one == said["provider_agency"] or one.type == said["provider_type"]
            if one.sensitive and is_it and "needs_consent" in said:
                why_not = why_not_from_sensitive(
                    one.name, needs_consent=said["needs_consent"], stages=said.get("stages", [])
                )
                if why_not:
                    self.add_error("needs_consent", why_not)


def said_by(clause: Clause) -> dict[str, Any]:
    """A clause as its form's first answers."""
    return {
        "recipient": as_choice(clause, "recipient"),
        "provider": as_choice(clause, "provider"),
        "kinds": [clause.kind],
        "recipient_roles": clause.recipient_roles,
        "level": clause.level,
        "needs_involvement": str(clause.needs_involvement),
        "needs_consent": str(clause.needs_consent),
        "stages": clause.stages,
        "how_far_back": clause.how_far_back,
    }
