"""What is asked when the hub works its queue. Shapes only: the rules are in referrals.rules."""

from typing import Any

from django import forms

from referrals.rules.clocks import URGENCY_MEANS
from referrals.rules.queue import Wanted
from referrals.vocabulary import QueueGrade, QueueWhose, Urgency
from sharing_agreements.fields import BaseForm, DateBoxesField, VersionedForm
from sharing_agreements.models import Post


class GradeContactForm(VersionedForm):
    """The hub's grade, and why it differs."""

    urgency = forms.ChoiceField(
        label="How soon must the hub decide?", choices=Urgency.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label="Why",
        required=False,
        widget=forms.Textarea,
        max_length=2000,
        help_text="Needed when your grade differs from the reporter's or from the one before. Both are kept.",
    )
    components = {"urgency": {"items": {u.value: {"hint": {"text": text}} for u, text in URGENCY_MEANS.items()}}}


class AcknowledgeContactForm(BaseForm):
    """Who is acting on the danger."""

    doing = forms.CharField(
        label="What is being done now, and by whom?",
        widget=forms.Textarea,
        max_length=1000,
        help_text="Your name and the time are kept with it. The alarm stops for everybody.",
    )


class TellReporterForm(VersionedForm):
    """Nothing to fill in: the words are the hub's own."""


class HandOverContactForm(VersionedForm):
    """Who takes the contact on."""

    to = forms.ChoiceField(label="Who takes it on?", widget=forms.RadioSelect)
    note = forms.CharField(label="What they must know", required=False, widget=forms.Textarea, max_length=1000)

    def __init__(self, *args: Any, colleagues: list[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (str(post.pk), f"{post.practitioner.name}, {post.get_role_display().lower()}") for post in colleagues
        ]


class AskReporterForm(VersionedForm):
    """A question back to whoever sent the report."""

    text = forms.CharField(
        label="Your question",
        widget=forms.Textarea,
        max_length=2000,
        help_text="The reporter reads exactly these words. Do not write what other agencies told you.",
    )


class SettleMatchForm(BaseForm):
    """The same person or not."""

    answer = forms.ChoiceField(
        label="Are they the same person?",
        choices=[("same", "Yes, the same person"), ("different", "No, not the same person")],
        widget=forms.RadioSelect,
    )
    components = {
        "answer": {
            "items": {
                "same": {"hint": {"text": "Earlier contacts and open help will show. This can be undone."}},
                "different": {"hint": {"text": "It is remembered and not suggested again."}},
            }
        }
    }


class TakeLinkBackForm(BaseForm):
    """Why two are not one person."""

    why = forms.CharField(label="Why are they not the same person?", max_length=300)


class LookAtDecisionForm(BaseForm):
    """A second person's answer."""

    answer = forms.ChoiceField(
        label="Do you agree with this decision?",
        choices=[("agree", "Yes, it counts from now"), ("back", "No, send it back to the decider")],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Why", required=False, widget=forms.Textarea, max_length=2000, help_text="Needed when you send it back."
    )

    def clean(self) -> dict[str, Any]:
        """Sending back takes a reason."""
        cleaned = super().clean() or {}
        if cleaned.get("answer") == "back" and not cleaned.get("reason", "").strip():
            self.add_error("reason", "Say why the decision goes back to the decider")
        return cleaned


class PutOffFlagForm(VersionedForm):
    """Until when, and why."""

    until = DateBoxesField(label="Put it off until", future=True, help_text="At most 28 days ahead")
    reason = forms.CharField(
        label="Why can it wait?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=300,
        help_text="The hub's screeners and manager read it",
        error_messages={"required": "Enter why it can wait"},
    )


class FilterQueueForm(BaseForm):
    """What to see of the queue."""

    marks_optional = False
    whose = forms.ChoiceField(label="Whose?", choices=[("", "Everybody's"), *QueueWhose.choices], required=False)
    grade = forms.ChoiceField(label="Hub's grade", choices=[("", "All"), *QueueGrade.choices], required=False)

    def wanted(self) -> Wanted:
        """The answers as the rule takes them."""
        data = self.cleaned_data
        return Wanted(
            QueueWhose(data["whose"]) if data["whose"] else None, QueueGrade(data["grade"]) if data["grade"] else None
        )
