"""Finding the family somebody asks about."""

from django import forms

from sharing_agreements.fields import BaseForm, DateBoxesField


class AskAboutFamilyForm(BaseForm):
    """What the person who asks says of themselves or of their child."""

    marks_optional = False
    name = forms.CharField(label="Whole name", max_length=160, help_text="Given name and family name")
    born = DateBoxesField(label="Date of birth", past=True)
