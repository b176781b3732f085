"""An adult who is a risk to children: why, from what source, how sure, until when."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from referrals.rules.concerns import LONGEST
from referrals.vocabulary import RiskGrade
from sharing_agreements.fields import BaseForm, DateBoxesField


class AdultOfConcernForm(BaseForm):
    """Four answers; nothing about a victim belongs here."""

    why = forms.CharField(
        label="What is the risk to children?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="A sentence or two. Name no victim.",
    )
    source = forms.CharField(
        label="Where does it come from?",
        max_length=200,
        help_text="An order, a conviction, a record, with its reference.",
    )
    grade = forms.ChoiceField(label="How sure is it?", choices=RiskGrade.choices, widget=forms.RadioSelect)
    review_on = DateBoxesField(
        label="When must it be looked at again?",
        future=True,
        help_text="Within 12 months. After that day it raises nothing.",
    )

    def clean_review_on(self) -> datetime.date:
        """A year at most."""
        day: Any = self.cleaned_data["review_on"]
        if day > timezone.localdate() + LONGEST:
            raise ValidationError("Choose a day within 12 months", params={"parts": ["year"]})
        return day
