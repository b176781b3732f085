"""The prompted questions of a report: every one may be left. Offered on the page where answers are checked."""

from functools import cache
from typing import Any, ClassVar

from django import forms
from django.template.loader import render_to_string

from referrals.queries.guidance import help_with_signs
from referrals.queries.variants import variant_for
from referrals.rules.report import typed_name
from referrals.rules.signs import HEADINGS, Heading, Sign
from referrals.vocabulary import Basis, Check, CheckResult, ConcernKind
from referrals.web.forms.reporting import StepForm
from referrals.web.forms.rows import RowForm, row_set
from sharing_agreements.models import Agency
from sharing_agreements.naming import within

PARAGRAPH = {"rows": 3}


class SignsForm(StepForm):
    """Coded signs with their guidance; early years first, and only when a child is unborn or under five."""

    marks_optional = False

    def ask(self) -> None:
        """Every heading that fits, in this agency's order."""
        for name, heading, signs in self._headings():
            self.fields[name] = forms.MultipleChoiceField(
                label=heading,
                required=False,
                choices=[(sign.code, sign.words) for sign in signs],
                widget=forms.CheckboxSelectMultiple,
            )
            self.components[name] = {
                "classes": "govuk-checkboxes--small",
                "items": {sign.code: _beside(sign) for sign in signs},
            }

    def _headings(self) -> list[Heading]:
        first = ("early_years", *variant_for(self.known.agency_type).signs_first)
        shown = [one for one in HEADINGS if one[0] != "early_years" or self.known.under_five]
        return sorted(shown, key=lambda one: first.index(one[0]) if one[0] in first else len(first))


@cache
def _beside(sign: Sign) -> dict[str, Any]:
    """What stands beside one sign: a few words in sight where they cannot wait, the rest behind Help."""
    said = help_with_signs()[sign.code]
    shown = {"hint": {"text": said.at_once}} if said.at_once else {}
    return {**shown, "aside": render_to_string("referrals/sign_help.html", {"sign": sign, "help": said})}


class TagsForm(StepForm):
    """Other kinds of concern than the main one."""

    tags = forms.MultipleChoiceField(
        label="What other kinds of concern are there?",
        required=False,
        choices=[one for one in ConcernKind.choices if one[0] != ConcernKind.NOT_KNOWN],
        widget=forms.CheckboxSelectMultiple,
    )


class WordsForm(StepForm):
    """Each child's own words."""

    def ask(self) -> None:
        """Two questions for each child."""
        for place, typed in enumerate(self.known.names):
            name = within(typed_name(typed))
            self.fields[f"words_{place}"] = forms.CharField(
                label=f"What did {name} say, in their own words?",
                required=False,
                max_length=5000,
                widget=forms.Textarea(attrs=PARAGRAPH),
            )
            self.fields[f"said_with_{place}"] = forms.CharField(
                label=f"Who was there when {name} said it?", required=False, max_length=200
            )


class AdultRow(RowForm):
    """One adult."""

    name = forms.CharField(label="Name", max_length=160)
    relation = forms.CharField(
        label="Who are they to the children?", max_length=120, required=False, help_text="Mother, partner, neighbour"
    )
    with_child = forms.BooleanField(label="Was with a child at the time", required=False)


class AdultsForm(row_set(AdultRow, prefix="adult", most=10, least=0)):  # type: ignore[misc]
    """Adults with the child or at the home."""

    adds = "Add another adult"
    noun = "Adult"


class FamilyForm(StepForm):
    """Strengths, what they asked for, what they were told, who must not be told."""

    page = "family"
    strengths = forms.CharField(
        label="What is going well?", required=False, max_length=5000, widget=forms.Textarea(attrs=PARAGRAPH)
    )
    asked_for = forms.CharField(
        label="What did the family ask for, in their words?",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs=PARAGRAPH),
    )
    told_words = forms.CharField(
        label="What did you tell the family?", required=False, max_length=5000, widget=forms.Textarea(attrs=PARAGRAPH)
    )
    not_safe_because = forms.CharField(
        label="Is there anybody who must not be told, and why?",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs=PARAGRAPH),
    )


class HomeForm(StepForm):
    """Where the family lives, for matching; and school."""

    page = "home"
    home_line = forms.CharField(label="Home address", required=False, max_length=160)
    home_postcode = forms.CharField(label="Postcode", required=False, max_length=10)
    school = forms.CharField(label="School or nursery", required=False, max_length=120)
    components: ClassVar[dict[str, dict[str, Any]]] = {"home_postcode": {"classes": "govuk-input--width-10"}}


class SafetyForm(StepForm):
    """What the next person at the door needs to know."""

    dog_or_weapon = forms.CharField(
        label="Is there a dog, a weapon, or another danger?", required=False, max_length=300
    )
    language = forms.CharField(label="What language does the family speak best?", required=False, max_length=60)
    interpreter = forms.BooleanField(label="They need an interpreter", required=False)


class ChecksForm(StepForm):
    """References, and which systems were looked in."""

    page = "checks"
    police_reference = forms.CharField(label="Police reference", required=False, max_length=60)

    def ask(self) -> None:
        """One question for each system."""
        for code, words in Check.choices:
            self.fields[f"check_{code}"] = forms.ChoiceField(
                label=words, required=False, choices=CheckResult.choices, widget=forms.RadioSelect
            )
            self.components[f"check_{code}"] = {"classes": "govuk-radios--small govuk-radios--inline"}


class HubOnlyForm(StepForm):
    """Read by the hub alone: no agreement can release it."""

    informant = forms.CharField(
        label="Who told you, and how can the hub reach them?",
        required=False,
        max_length=300,
        help_text="Leave empty if you saw it yourself.",
    )
    family_may_know_informant = forms.BooleanField(label="The family may know who said it", required=False)
    hub_only = forms.CharField(
        label="Anything else for the hub only",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs=PARAGRAPH),
    )


class StatementRow(RowForm):
    """One thing said, with how the reporter knows it."""

    words = forms.CharField(label="What was said or seen", max_length=1000, widget=forms.Textarea(attrs=PARAGRAPH))
    basis = forms.ChoiceField(label="How do you know?", choices=Basis.choices, widget=forms.RadioSelect)
    told_by = forms.CharField(label="If somebody told you, who?", max_length=160, required=False)


class StatementsForm(row_set(StatementRow, prefix="statement", most=10, least=0)):  # type: ignore[misc]
    """Fact, hearsay and opinion kept apart."""

    adds = "Add another statement"
    noun = "Statement"


class WorksForm(StepForm):
    """A concern about somebody who works or volunteers with children: closed to their agency at once."""

    works_at = forms.ModelChoiceField(
        label="Which agency do they work or volunteer for?",
        queryset=Agency.objects.none(),
        required=False,
        empty_label="Choose an agency",
        help_text="Nobody at that agency will see this report. If it is your own agency, nor will you.",
    )
    not_listed = forms.BooleanField(label="Their agency is not in this list, or I do not know it", required=False)

    def ask(self) -> None:
        """Every agency but hubs."""
        self.fields["works_at"].queryset = Agency.objects.exclude(type="hub").order_by("name")

    def clean(self) -> dict[str, Any]:
        """Asked of every report that is mainly about such a person: nobody's silence opens it to their agency."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        is_about_one = self.known.concern == ConcernKind.WORKS_WITH_CHILDREN
        if is_about_one and not said.get("works_at") and not said.get("not_listed"):
            self.add_error("works_at", "Choose the agency, or say that it is not in this list")
        return said
