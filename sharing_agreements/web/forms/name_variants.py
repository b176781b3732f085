"""Forms about first names that stand for one another: look for one, add a pair."""

from django import forms

from sharing_agreements.fields import BaseForm
from sharing_agreements.vocabulary import VariantReason


class LookUpNameForm(BaseForm):
    """A name to look up; in the address, for it is nobody's."""

    marks_optional = False
    name = forms.CharField(label="First name", required=False, max_length=40)


class PairNamesForm(BaseForm):
    """Two names and why."""

    name = forms.CharField(label="A name somebody may say", max_length=40, help_text="One word, such as Molly.")
    stands_for = forms.CharField(label="The name it stands for", max_length=40, help_text="One word, such as Mary.")
    why = forms.ChoiceField(label="Why", choices=VariantReason.choices, widget=forms.RadioSelect)
