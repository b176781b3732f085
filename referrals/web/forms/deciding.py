"""The decision for one child, as it is asked. What is missing is said by referrals.rules.deciding."""

import datetime
from typing import Any

from django import forms

from cases.models import Case
from cases.vocabulary import ConsentState
from referrals.actions.starting import WaysIn
from referrals.rules import deciding as rules
from referrals.rules.deciding import Proposed
from referrals.rules.feedback import WORDS
from referrals.vocabulary import DecisionHeading, EarlyHelpWay, LawfulBasis, LevelOfNeed, Outcome
from sharing_agreements.fields import DateBoxesField, VersionedForm
from sharing_agreements.part_known import say
from sharing_agreements.vocabulary import Precision
from sharing_agreements.working_time import LONDON


def radios(label: str, choices: list[tuple[str, str]], **more: Any) -> forms.ChoiceField:
    """One of several, left to the rules to require."""
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, required=False, **more)


def words(label: str, limit: int, hint: str = "") -> forms.CharField:
    """A large box."""
    return forms.CharField(label=label, required=False, widget=forms.Textarea, max_length=limit, help_text=hint)


class DecideChildForm(VersionedForm):
    """Outcome, level, why, who does what by when; each outcome shows what the reporter will read."""

    marks_optional = False
    outcome = radios("What happens for this child?", Outcome.choices)
    level_of_need = radios("Level of need", LevelOfNeed.choices)
    reason = words("Why", 4000, "For the hub and those with full rights. Never part of what the reporter reads.")
    way = radios("If early help: how does it start?", EarlyHelpWay.choices)
    team_words = words(
        "If early help or step up: why, in words those who take over may read",
        300,
        "No names of who told us, and nothing another agency shared for the hub alone.",
    )
    next_who = forms.CharField(label="Who does something next?", required=False, max_length=120)
    next_what = forms.CharField(label="What do they do?", required=False, max_length=300)
    next_by = DateBoxesField(label="By when?", required=False)
    nobody_next = forms.BooleanField(label="Nobody does anything next", required=False)
    consent_state = radios("What did the family say about help?", ConsentState.choices)
    consent_reason = words("If they were not asked, or their answer is overridden: why", 300)
    lawful_basis = radios(
        "Lawful basis for using and sharing this information",
        LawfulBasis.choices,
        help_text="The family's yes to help is not a lawful basis, and their no does not take it away.",
    )
    components = {
        "outcome": {
            "items": {o.value: {"hint": {"text": f"The reporter will read: {text}"}} for o, text in WORDS.items()}
        }
    }

    def __init__(self, *args: Any, ways: WaysIn, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        joinable, back = ways.join, ways.back
        self.joinable, self.back, self.today = joinable, back, today
        hints = {EarlyHelpWay.JOIN: f"Open now: {joinable.reference}"} if joinable else {}
        if back:
            since = say(back.since.astimezone(LONDON).date(), Precision.DAY)
            hints[EarlyHelpWay.BACK] = f"{back.case.reference}, {back.get_state_display().lower()}, since {since}"
        kept = [one for one in EarlyHelpWay if one in hints or one not in {EarlyHelpWay.JOIN, EarlyHelpWay.BACK}]
        self.fields["way"].choices = [(one.value, one.label) for one in kept]  # type: ignore[attr-defined]
        items = {one.value: {"hint": {"text": hint}} for one, hint in hints.items()}
        self.components = {**self.components, "way": {"items": items}}

        for heading in DecisionHeading:
            self.fields[f"heading_{heading}"] = words(heading.label, 2000)

    @property
    def case(self) -> Case | None:
        """The case that the chosen way leads into, where there is one already."""
        if self.cleaned_data.get("way") == EarlyHelpWay.BACK:
            return self.back.case if self.back else None
        return self.joinable

    @property
    def under_headings(self) -> list[forms.BoundField]:
        """The boxes of the National Decision Model: nobody has to fill one in."""
        return [self[f"heading_{heading}"] for heading in DecisionHeading]

    @property
    def questions(self) -> list[forms.BoundField]:
        """Every other box that is seen, in its order."""
        return [field for field in self.visible_fields() if not field.name.startswith("heading_")]

    def proposed(self) -> Proposed:
        """The answers as the rules take them."""
        data = self.cleaned_data
        outcome = Outcome(data["outcome"]) if data.get("outcome") else None
        return Proposed(
            outcome=outcome,
            level=LevelOfNeed(int(data["level_of_need"])) if data.get("level_of_need") else None,
            reason=data.get("reason", ""),
            agreement=ConsentState(data["consent_state"]) if data.get("consent_state") else None,
            agreement_reason=data.get("consent_reason", ""),
            basis=LawfulBasis(data["lawful_basis"]) if data.get("lawful_basis") else None,
            nobody_next=bool(data.get("nobody_next")),
            next_who=data.get("next_who", ""),
            next_what=data.get("next_what", ""),
            next_by=data.get("next_by"),
            way=EarlyHelpWay(data["way"]) if outcome is Outcome.EARLY_HELP and data.get("way") else None,
            team_words=data.get("team_words", ""),
            headings={heading: data.get(f"heading_{heading}", "") for heading in DecisionHeading},
        )

    def clean(self) -> dict[str, Any]:
        """Say beside each field what the rules still miss."""
        cleaned = super().clean() or {}
        for name, message in rules.missing(self.proposed(), self.today):
            if name not in self.errors:
                self.add_error(name, message)
        return cleaned
