"""The birth of a child who was expected."""

from django import forms

from cases.web.forms.people import FamilyForm, person_field
from sharing_agreements.fields import DateBoxesField
from sharing_agreements.models import Identity


class RecordBirthForm(FamilyForm):
    """Which child, when, and the name if there is one yet."""

    person = person_field("Which child was born?")
    born_on = DateBoxesField(label="When was the child born?", past=True)
    given_name = forms.CharField(
        label="Given name", max_length=80, required=False, help_text="Leave it empty if there is none yet."
    )
    family_name = forms.CharField(label="Family name", max_length=80, required=False)
    sex = forms.ChoiceField(
        label="Sex", choices=Identity._meta.get_field("sex").choices, initial="U", widget=forms.RadioSelect
    )


class RecordDeathForm(FamilyForm):
    """Who, and the day."""

    person = person_field("Who is it?")
    on = DateBoxesField(label="On which day?", past=True)
