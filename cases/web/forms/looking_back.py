"""The form that asks for an earlier day."""

from django import forms

from cases.web.forms.reading import FilterForm
from sharing_agreements.fields import DateBoxesField

RECORDED, HAPPENED = "recorded", "happened"


class LookBackForm(FilterForm):
    """Which day, and from when an entry counts."""

    on = DateBoxesField(label="Which day?", past=True, help_text="What could have been seen by the end of that day")
    by = forms.ChoiceField(
        label="From when does an entry of the chronology count?",
        choices=[
            (RECORDED, "From the day it was written down in this service"),
            (HAPPENED, "From the day it happened"),
        ],
        widget=forms.RadioSelect,
    )

    components = {"by": {"items": {HAPPENED: {"hint": {"text": "For a history that was loaded later"}}}}}
