"""Forms of a plan one agency makes by itself, and of the agencies that should be in the team."""

from typing import Any

from django import forms

from cases.actions.own_plans import Aim
from cases.vocabulary import OutcomeHeading
from cases.web.forms.people import FamilyForm, person_field
from sharing_agreements.fields import BaseForm, DateBoxesField
from sharing_agreements.models import Agency

AIMS = 3
"""A plan of one agency asks for three aims at most; more is a team's work."""


class RecordOwnPlanForm(FamilyForm):
    """What one agency does for one child by itself."""

    person = person_field("Which child is it for?", error_messages={"required": "Choose a child"})
    title = forms.CharField(
        label="What do you call it?", max_length=120, help_text="For example, Pastoral support programme"
    )
    why = forms.CharField(label="Why is it needed?", max_length=300, widget=forms.Textarea)
    review_on = DateBoxesField(label="When do you look at it again?", future=True)
    asked = forms.ModelMultipleChoiceField(
        label="Which agencies have you asked to help?",
        queryset=Agency.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Nothing is sent to them from here",
    )

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asked"].queryset = agencies
        for number in range(1, AIMS + 1):
            optional = number > 1
            self.fields[f"aim_{number}"] = forms.CharField(
                label=f"{number}. What should change?",
                max_length=160,
                required=not optional,
                error_messages={"required": "Say at least one thing the plan works towards"},
            )
            self.fields[f"doing_{number}"] = forms.CharField(
                label=f"{number}. What do you do about it?",
                max_length=200,
                required=not optional,
                error_messages={"required": "Say what you do about it"},
            )
            self.fields[f"heading_{number}"] = forms.TypedChoiceField(
                label=f"{number}. Which outcome does it belong to?",
                choices=OutcomeHeading.choices,
                coerce=OutcomeHeading,
                initial=OutcomeHeading.EDUCATION,
                required=not optional,
                empty_value=OutcomeHeading.EDUCATION,
            )
        first = ["person", "title", "why"]
        self.order_fields(first + [name for name in self.fields if name not in {*first, "review_on", "asked"}])

    def clean(self) -> dict[str, Any]:
        """An aim needs what is done about it, and the other way round."""
        said = super().clean() or self.cleaned_data
        for number in range(2, AIMS + 1):
            aim, doing = said.get(f"aim_{number}", ""), said.get(f"doing_{number}", "")
            if aim and not doing:
                self.add_error(f"doing_{number}", "Say what you do about it")
            if doing and not aim:
                self.add_error(f"aim_{number}", "Say what should change")
        return said

    def aims(self) -> list[Aim]:
        """Each aim that was written down."""
        said = self.cleaned_data
        numbers = [number for number in range(1, AIMS + 1) if said.get(f"aim_{number}")]
        return [Aim(said[f"heading_{n}"], said[f"aim_{n}"], said[f"doing_{n}"]) for n in numbers]


class JoinOwnPlanForm(BaseForm):
    """Bringing a plan into the team's; `concludes` while the assessment runs."""

    conclusion = forms.CharField(
        label="Conclusion of the assessment",
        max_length=500,
        widget=forms.Textarea,
        help_text="In words the family and the team may read. The plan starts with it",
        error_messages={"required": "Write the conclusion of the assessment"},
    )

    def __init__(self, *args: Any, concludes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not concludes:
            del self.fields["conclusion"]


class ExpectAgencyForm(BaseForm):
    """Which agency should be in the team."""

    agency = forms.ModelChoiceField(
        label="Which agency should be in the team?",
        queryset=Agency.objects.none(),
        empty_label="Choose an agency",
        error_messages={"required": "Choose an agency"},
    )
    why = forms.CharField(label="Why?", max_length=200, error_messages={"required": "Say why"})

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies


class EndExpectationForm(BaseForm):
    """One button."""
