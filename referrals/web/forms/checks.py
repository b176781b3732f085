"""What is asked before and when other agencies are asked, and what an agency answers. The rules are referrals.rules."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet

from cases.vocabulary import ConsentState
from referrals.actions.checking import Named, Wording
from referrals.queries.checks import Desk
from referrals.rules import checks as rules
from referrals.rules.checks import Asked, Given, Opening
from referrals.rules.deciding import Missing
from referrals.vocabulary import AgencyAnswer, Handling, LawfulBasis, LooksBack
from referrals.web.forms.deciding import radios, words
from sharing_agreements.actions.exceptions import Share
from sharing_agreements.fields import BaseForm, DateBoxesField, Reader, ReaderField, VersionedForm
from sharing_agreements.models import Agency
from sharing_agreements.vocabulary import AgencyType, Level


def say_what_is_missing(form: BaseForm, missing: list[Missing]) -> None:
    """Put each sentence of the rules beside its field, unless that field has an error of its own."""
    for name, message in missing:
        if name not in form.errors:
            form.add_error(name, message)


class RecordFamilyAnswerForm(VersionedForm):
    """What the family said about asking other agencies, or why a decider goes on without."""

    marks_optional = False
    state = radios("What did the family say about asking other agencies?", ConsentState.choices)
    said_by = forms.CharField(
        label="Who was asked, and how?", required=False, max_length=120, help_text="For example: mother, by telephone"
    )
    reason = words("Why, or what they agreed to", 300, "Needed unless they agreed to all of it or said no.")
    lawful_basis = radios("If not asked or overridden: the lawful basis", LawfulBasis.choices)

    def __init__(self, *args: Any, is_decider: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_decider = is_decider
        hints = {
            ConsentState.NOT_ASKED: "A decider says why. Agencies can then be asked.",
            ConsentState.OVERRIDDEN: "A decider says why, and on what lawful basis.",
            ConsentState.DECLINED: "Agencies are not asked; questions nobody answered are taken back.",
        }
        self.components = {"state": {"items": {state.value: {"hint": {"text": hint}} for state, hint in hints.items()}}}

    def opening(self) -> Opening:
        """The answers as the rules take them."""
        data = self.cleaned_data
        return Opening(
            state=ConsentState(data["state"]) if data.get("state") else None,
            said_by=data.get("said_by", ""),
            reason=data.get("reason", ""),
            basis=LawfulBasis(data["lawful_basis"]) if data.get("lawful_basis") else None,
            is_decider=self.is_decider,
        )

    def clean(self) -> dict[str, Any]:
        """Say beside each field what the rules still miss."""
        cleaned = super().clean() or {}
        say_what_is_missing(self, rules.missing_from(self.opening()))
        return cleaned


def ticks(label: str, hint: str) -> forms.MultipleChoiceField:
    """Any of several, left to the rules to require."""
    return forms.MultipleChoiceField(label=label, required=False, widget=forms.CheckboxSelectMultiple, help_text=hint)


class AskAgenciesForm(VersionedForm):
    """Whom to ask, about whom, what, and how far back."""

    marks_optional = False
    agencies = ticks("Whom do you ask?", "Each gets the same question. Ask only those who may know something.")
    people = ticks("About whom?", "They are told names and dates of birth, never where anybody lives.")
    question = words("What do you need to know?", 2000, "One clear question. They read exactly these words.")
    looks_back = forms.TypedChoiceField(
        label="How far back?", choices=LooksBack.choices, coerce=int, widget=forms.RadioSelect, initial=LooksBack.YEAR
    )
    adult_reason = words(
        "If you ask for an adult's health record: why is it needed to keep a child safe?",
        300,
        "An adult's health record is asked for by itself, not together with a child's.",
    )

    def __init__(self, *args: Any, desks: list[Desk], people: list[Named], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.desks, self.named = {one.key: one for one in desks}, {str(one.person): one for one in people}
        self.fields["agencies"].choices = [(key, one.name) for key, one in self.desks.items()]  # type: ignore[attr-defined]
        self.fields["people"].choices = [(key, f"{one.name}, {one.born}") for key, one in self.named.items()]  # type: ignore[attr-defined]

    def chosen_desks(self) -> list[Desk]:
        """The desks ticked."""
        return [self.desks[key] for key in self.cleaned_data.get("agencies", [])]

    def chosen_people(self) -> list[Named]:
        """The people ticked."""
        return [self.named[key] for key in self.cleaned_data.get("people", [])]

    def wording(self) -> Wording:
        """The question as it is sent."""
        data = self.cleaned_data
        return Wording(data.get("question", ""), LooksBack(data["looks_back"]), data.get("adult_reason", ""))

    def clean(self) -> dict[str, Any]:
        """Say beside each field what the rules still miss."""
        cleaned = super().clean() or {}
        people, kinds = self.chosen_people(), [AgencyType(one.agency.type) for one in self.chosen_desks()]
        children = sum(one.is_child for one in people)
        said = (cleaned.get("question", ""), cleaned.get("adult_reason", ""))
        say_what_is_missing(self, rules.missing_to_ask(Asked(kinds, children, len(people) - children, *said)))
        return cleaned


class AnswerCheckForm(BaseForm):
    """What an agency answers to the hub."""

    marks_optional = False
    answer = radios("Does your agency know them?", AgencyAnswer.choices)
    headline = forms.CharField(
        label="If there is something that matters: the most important thing, in one sentence",
        required=False,
        max_length=200,
    )
    detail = words("The rest", 8000, "What you saw or did, when, and how you know. Facts before opinion.")
    handling = radios("How may the hub use this?", Handling.choices)
    conditions = forms.CharField(label="If there are conditions: which?", required=False, max_length=300)
    hub_only = words(
        "For the hub only",
        4000,
        "Nobody outside the hub ever reads this, whatever agreements say. Not even your own colleagues.",
    )
    components = {
        "answer": {
            "items": {
                AgencyAnswer.NOTHING.value: {"hint": {"text": "A full answer: nothing more is needed."}},
                AgencyAnswer.CANNOT_SAY.value: {"hint": {"text": "Say below what keeps you from it."}},
            }
        }
    }

    def given(self) -> Given:
        """The answers as the rules take them."""
        data = self.cleaned_data
        return Given(
            answer=AgencyAnswer(data["answer"]) if data.get("answer") else None,
            headline=data.get("headline", ""),
            detail=data.get("detail", ""),
            handling=Handling(data["handling"]) if data.get("handling") else None,
            conditions=data.get("conditions", ""),
            hub_only=data.get("hub_only", ""),
        )

    def clean(self) -> dict[str, Any]:
        """Say beside each field what the rules still miss."""
        cleaned = super().clean() or {}
        say_what_is_missing(self, rules.missing_from_answer(self.given()))
        return cleaned


class LetOutAnswerForm(BaseForm):
    """The owner lets one answer out of the room: to whom, how much, until when, why."""

    reader = ReaderField()
    level = forms.TypedChoiceField(
        label="How much of it?",
        choices=[(Level.SUMMARY.value, "The headline"), (Level.FULL.value, "The headline and the rest")],
        coerce=Level,
        widget=forms.RadioSelect,
    )
    until = DateBoxesField(label="Last day they can read it", future=True)
    reason = forms.CharField(
        label="Why?",
        min_length=10,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Your agency and its governance lead read this. The other agency does not.",
    )

    def __init__(self, *args: Any, readers: list[Reader], wished: UUID | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: ReaderField = self.fields["reader"]  # type: ignore[assignment]
        field.offer(readers)
        field.initial = field.only_one_at(wished) if wished else ""

    def share(self) -> Share:
        """What the owner decided."""
        data = self.cleaned_data
        who: Reader = data["reader"]
        return Share(who.agency, data["level"], data["until"], data["reason"], who.practitioner)


class RefuseReleaseForm(BaseForm):
    """Why an answer stays in the hub."""

    reason = forms.CharField(
        label="Why not?",
        min_length=10,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Say what stands against it: the law, your duty or somebody's safety. Name nobody.",
    )


class AskReleaseForm(BaseForm):
    """Who should read an answer, and why."""

    agency = forms.ModelChoiceField(
        label="Which agency should read it?", queryset=Agency.objects.none(), empty_label="Choose an agency"
    )
    why = forms.CharField(
        label="Why do they need it?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The owner of the answer reads exactly these words.",
    )

    def __init__(self, *args: Any, agencies: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
