"""Find: what is known of somebody, and why they are looked for."""

from typing import Any

from django import forms

from referrals.vocabulary import FindPurpose
from sharing_agreements.fields import BaseForm, PartKnownDateField


class FindForm(BaseForm):
    """One fact at the hub, two elsewhere; a reference alone is enough for what one may see anyway."""

    marks_optional = False
    reference = forms.CharField(
        label="Reference", required=False, max_length=20, help_text="Of a report or a case, such as CN-26-004213"
    )
    name = forms.CharField(label="Name", required=False, max_length=160, help_text="Any order, as well as you know it")
    born = PartKnownDateField(label="Date of birth, or age", required=False, age=True, due=False, unknown=False)
    place = forms.CharField(
        label="Address or postcode", required=False, max_length=160, help_text="First line, or the whole postcode"
    )
    phone = forms.CharField(label="Telephone number", required=False, max_length=30)
    purpose = forms.ChoiceField(
        label="Why are you looking?",
        choices=FindPurpose.choices,
        widget=forms.RadioSelect,
        help_text="Kept with your name and the time.",
    )

    def __init__(self, *args: Any, facts_needed: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facts_needed = facts_needed

    def clean(self) -> dict[str, Any]:
        """Enough facts, or say how many are needed."""
        cleaned = super().clean() or {}
        given = [name for name in ("name", "born", "place", "phone") if cleaned.get(name)]
        if not cleaned.get("reference") and len(given) < self.facts_needed and not self.errors:
            needed = "two of name, date of birth, address and telephone" if self.facts_needed == 2 else "something"
            raise forms.ValidationError(f"Enter a reference, or {needed}, to look for")
        return cleaned
