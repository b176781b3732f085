"""Forms of the agreement editor's pages: words, parties, what it rests on, papers."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from sharing_agreements.fields import BaseForm, DateBoxesField, VersionedForm
from sharing_agreements.models import Agency, Agreement
from sharing_agreements.rules.law import Power
from sharing_agreements.rules.odrl import Unreadable, read
from sharing_agreements.vocabulary import Capacity, Purpose

SHARING = (
    Purpose.REPORTING,
    Purpose.TRIAGE,
    Purpose.EARLY_HELP,
    Purpose.KEEPING_IN_TOUCH,
    Purpose.SCHOOL_NOTICE,
    Purpose.OVERSIGHT,
    Purpose.EVALUATION,
)
"""Purposes an agreement may be for; the others are the system's own."""
MOST_BYTES = 5_000_000
PAPERS = (".pdf", ".odt", ".docx", ".txt")


class WordsForm(VersionedForm):
    """What an agreement is called, what it is for, when it holds and who answers for it."""

    title = forms.CharField(label="Title", max_length=160)
    reference = forms.CharField(label="Reference", max_length=30, help_text="Short and unique, such as MB-12")
    overarching = forms.TypedChoiceField(
        label="Which tier is it?",
        choices=[("True", "Overarching: others hang below it"), ("False", "Specific: says what is shared")],
        coerce=lambda value: value == "True",
        widget=forms.RadioSelect,
    )
    parent = forms.ModelChoiceField(
        label="Overarching agreement it hangs below", queryset=Agreement.objects.none(), required=False
    )
    aim = forms.CharField(
        label="What is the sharing for?", widget=forms.Textarea, help_text="In words a family can read"
    )
    lawful_basis = forms.CharField(
        label="How the law allows it, in your words",
        widget=forms.Textarea,
        help_text="The powers themselves come later",
    )
    starts_on = DateBoxesField(label="First day in force")
    ends_on = DateBoxesField(label="Last day in force", help_text="Sharing stops at the midnight that ends it")
    review_on = DateBoxesField(label="Review due", help_text="Within 12 months is usual")
    retention = forms.CharField(label="How long is what was received kept, and then what?", widget=forms.Textarea)
    incident_contact = forms.CharField(label="Whom to tell when something goes wrong", max_length=200)
    rights_contact = forms.CharField(label="Where families ask about their information", max_length=200)
    dpia_reference = forms.CharField(label="Reference of the impact assessment", max_length=120)

    def __init__(self, *args: Any, agreement: Agreement | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = agreement.pk if agreement else None
        self.fields["parent"].queryset = Agreement.objects.filter(overarching=True).exclude(pk=own)

    def clean(self) -> dict[str, Any]:
        """Dates in order: the last day and the review are not before the first day."""
        said = super().clean() or {}
        first = said.get("starts_on")
        for name, what in (("ends_on", "The last day"), ("review_on", "The review")):
            if first and said.get(name) and said[name] < first:
                self.add_error(name, f"{what} must not be before the first day")
        return said


class PartiesForm(VersionedForm):
    """Which agencies are parties, each with its capacity."""

    def __init__(self, *args: Any, agencies: Sequence[Agency], chosen: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for agency in agencies:
            self.fields[f"agency_{agency.pk}"] = forms.ChoiceField(
                label=agency.name,
                choices=[("", "Not a party"), *Capacity.choices],
                initial=chosen.get(str(agency.pk), ""),
                required=False,
            )
        self.marks_optional = False  # type: ignore[misc]

    def clean(self) -> dict[str, Any]:
        """Parties by id with their capacity; at least two."""
        said = super().clean() or {}
        chosen = {
            name.removeprefix("agency_"): value for name, value in said.items() if name[:7] == "agency_" and value
        }
        if len(chosen) < 2:
            raise forms.ValidationError("An agreement has at least two parties")
        return {**{name: said[name] for name in ("idempotency_key", "version")}, "parties": chosen}


class PurposesForm(VersionedForm):
    """What the sharing is for."""

    purposes = forms.MultipleChoiceField(
        label="What is the sharing for?",
        choices=[(purpose.value, purpose.label) for purpose in SHARING],
        widget=forms.CheckboxSelectMultiple,
    )


class PowersForm(VersionedForm):
    """For each purpose, the law it rests on."""

    marks_optional = False

    def __init__(
        self,
        *args: Any,
        powers: Sequence[Power],
        purposes: Sequence[str],
        chosen: Mapping[str, Sequence[str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.purposes = [purpose for purpose in SHARING if purpose in purposes]
        for purpose in self.purposes:
            serving = [power for power in powers if purpose in power.purposes]
            self.fields[purpose.value] = forms.MultipleChoiceField(
                label=purpose.label,
                choices=[(power.code, power.title) for power in sorted(serving, key=lambda p: not p.is_gateway)],
                initial=[code for code in chosen.get(purpose, [])],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
            hints = {power.code: {"hint": {"text": power.says}} for power in serving}
            self.components[purpose.value] = {"items": hints}

    def clean(self) -> dict[str, Any]:
        """Purpose -> codes."""
        said = super().clean() or {}
        chosen = {purpose.value: said.get(purpose.value) or [] for purpose in self.purposes}
        return {**{name: said[name] for name in ("idempotency_key", "version")}, "powers": chosen}


class DocumentForm(BaseForm):
    """A paper that belongs to the agreement."""

    title = forms.CharField(
        label="What is it?", max_length=160, help_text="Such as: Impact assessment; Appropriate policy document"
    )
    paper = forms.FileField(label="The file", help_text="PDF, ODT, DOCX or plain text, up to 5 MB")
    components: ClassVar[dict[str, dict[str, Any]]] = {}

    def clean_paper(self) -> Any:
        """A paper of a known sort, not too long."""
        paper = self.cleaned_data["paper"]
        if not paper.name.lower().endswith(PAPERS):
            raise forms.ValidationError("The file must be PDF, ODT, DOCX or plain text")
        if paper.size > MOST_BYTES:
            raise forms.ValidationError("The file must be 5 MB or less")
        return paper


class ImportForm(BaseForm):
    """An agreement from a file, as a draft."""

    paper = forms.FileField(label="The file", help_text="ODRL 2.2 in JSON-LD, as this site saves it")
    reference = forms.CharField(
        label="Reference here", max_length=30, required=False, help_text="Only if its own reference is taken here"
    )

    def clean_paper(self) -> Any:
        """The agreement's words, or a sentence that says what cannot be read."""
        paper = self.cleaned_data["paper"]
        if paper.size > MOST_BYTES:
            raise forms.ValidationError("The file must be 5 MB or less")
        try:
            return read(json.loads(paper.read()))
        except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
            raise forms.ValidationError("The file is not JSON") from None
        except Unreadable as error:
            raise forms.ValidationError(str(error)) from None
