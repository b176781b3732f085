"""That somebody of a family is in custody, when they are expected home, and that they are out."""

from typing import Any

from django import forms

from cases.vocabulary import CustodyEnd
from cases.web.forms.people import FamilyForm, person_field
from sharing_agreements.fields import DateBoxesField, VersionedForm


def _from_date() -> DateBoxesField:
    return DateBoxesField(label="Since when?", past=True, required=False, help_text="Leave it empty if nobody knows.")


def _release_on() -> DateBoxesField:
    return DateBoxesField(
        label="When is the release expected?", required=False, help_text="Leave it empty if it is not known yet."
    )


def _told_by() -> forms.CharField:
    return forms.CharField(label="Who told you?", max_length=160, help_text="For example, probation or their mother")


def _in_order(form: forms.Form) -> None:
    began, release = form.cleaned_data.get("from_date"), form.cleaned_data.get("release_on")
    if began and release and release < began:
        form.add_error("release_on", "The release must be after custody began")


class RecordCustodyForm(FamilyForm):
    """Who, since when, until when as far as anybody knows, and who said so."""

    person = person_field("Who is in custody?")
    from_date = _from_date()
    release_on = _release_on()
    told_by = _told_by()

    def clean(self) -> dict[str, Any]:
        """Nobody is released before they went."""
        super().clean()
        _in_order(self)
        return self.cleaned_data


class ChangeCustodyForm(VersionedForm):
    """Other days, or nobody knows the day any more."""

    from_date = _from_date()
    release_on = _release_on()
    told_by = _told_by()

    def clean(self) -> dict[str, Any]:
        """Nobody is released before they went."""
        super().clean()
        _in_order(self)
        return self.cleaned_data


class EndCustodyForm(VersionedForm):
    """They are out, or never were in."""

    ended_as = forms.TypedChoiceField(
        label="What happened?", choices=CustodyEnd.choices, coerce=CustodyEnd, widget=forms.RadioSelect
    )
    on = DateBoxesField(label="On which day?", past=True, help_text="For a mistake, the day you noticed it.")
