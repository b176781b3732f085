"""Forms of who leads, covers and helps."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

from django import forms

from sharing_agreements.fields import BaseForm, DateBoxesField
from sharing_agreements.models import Agency, Post

RETELL = "The story in short, what is promised, what comes next: the family must not have to retell it"


class ChooseAgencyForm(BaseForm):
    """Sent by GET: at which agency to look for somebody."""

    marks_optional = False
    idempotency_key = None  # type: ignore[assignment]
    agency = forms.ModelChoiceField(label="Agency", queryset=Agency.objects.none(), required=False)

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies

    def chosen(self, otherwise: Agency) -> Agency:
        """The agency picked, else this one."""
        return (self.cleaned_data.get("agency") if self.is_valid() else None) or otherwise


class ChoosePostForm(BaseForm):
    """Picks somebody by the post they hold; `who` cleans to the Post."""

    who = forms.TypedChoiceField(label="Who", widget=forms.RadioSelect, error_messages={"required": "Choose somebody"})

    def __init__(self, *args: Any, posts: list[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [
            (str(post.pk), f"{post.practitioner.name}, {post.title or post.get_role_display()}") for post in posts
        ]
        self.fields["who"].coerce = {str(post.pk): post for post in posts}.get


def handover_heading(*, is_led: bool) -> str:
    """What heads the words for the next lead: the first lead takes over from nobody."""
    return "Handover" if is_led else "What to know first"


class AssignLeadForm(ChoosePostForm):
    """Ask somebody to lead."""

    message = forms.CharField(label="Message to them", max_length=300, required=False, widget=forms.Textarea)
    handover = forms.CharField(
        label="Handover",
        required=False,
        widget=forms.Textarea,
        help_text="The story in short, what is promised, what comes next",
    )

    def __init__(self, *args: Any, is_led: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handover"].label = handover_heading(is_led=is_led)
        self.fields["handover"].required = is_led


class HandOverCaseForm(ChoosePostForm):
    """The lead hands over."""

    summary = forms.CharField(
        label="Handover summary",
        widget=forms.Textarea,
        help_text=RETELL,
    )


class HandOnFamiliesForm(BaseForm):
    """Families of one lead: which are handed on, each to whom and with words of its own. Nothing is asked of a family
    that is not ticked. Which families somebody is asked to lead says the database, so it carries no key."""

    marks_optional = False
    idempotency_key = None  # type: ignore[assignment]
    agency = forms.ModelChoiceField(
        label="Agency of whoever takes over", queryset=Agency.objects.none(), required=False, empty_label=None
    )

    def __init__(
        self, *args: Any, agencies: Any, at: Agency, families: Mapping[UUID, str], posts: list[Post], **kwargs: Any
    ) -> None:
        self.agencies, self.at, self.families = agencies, at, families
        self.posts = {str(post.pk): post for post in posts}
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        """Three boxes for each family."""
        self.fields["agency"].queryset = self.agencies
        self.fields["agency"].initial = self.at.pk
        choices = [("", "Choose somebody"), *((key, self._words(post)) for key, post in self.posts.items())]
        for case, name in self.families.items():
            self.fields[f"tick_{case}"] = forms.BooleanField(label="Hand on this family", required=False)
            self.fields[f"who_{case}"] = forms.TypedChoiceField(
                label="Who takes over?",
                choices=choices,
                coerce=self.posts.get,
                empty_value=None,
                required=False,
                error_messages={"invalid_choice": f"{name}: choose who takes over"},
            )
            self.fields[f"handover_{case}"] = forms.CharField(
                label="Handover",
                required=False,
                widget=forms.Textarea,
                help_text=RETELL,
            )

    def _words(self, post: Post) -> str:
        elsewhere = "" if post.agency_id == self.at.pk else f", {post.agency.name}"
        return f"{post.practitioner.name}, {post.title or post.get_role_display()}{elsewhere}"

    def clean(self) -> dict[str, Any]:
        """A ticked family has somebody who takes over, and words for them. Of the others nothing is judged."""
        said = super().clean() or self.cleaned_data
        for case, name in self.families.items():
            who, handover = f"who_{case}", f"handover_{case}"
            if not said.get(f"tick_{case}"):
                self.errors.pop(who, None)
                continue
            if who not in self.errors and not said.get(who):
                self.add_error(who, f"{name}: choose who takes over")
            if not said.get(handover):
                self.add_error(handover, f"{name}: write the handover")
        return said

    def has_ticked(self) -> bool:
        """Whether anything is asked at all; says so if not."""
        if not self.ticked:
            self.add_error(None, "Tick at least one family")
        return bool(self.ticked)

    @property
    def ticked(self) -> dict[UUID, tuple[Post, str]]:
        """Who takes over each ticked family, and what they must know of it."""
        said = self.cleaned_data
        return {case: (said[f"who_{case}"], said[f"handover_{case}"]) for case in self.families if said[f"tick_{case}"]}

    def refuse(self, case: UUID, sentence: str) -> None:
        """Say at its family why one asking was refused; above all, where the family has no boxes any more."""
        self.add_error(f"who_{case}" if case in self.families else None, sentence)

    def boxes(self, case: UUID) -> list[forms.BoundField]:
        """The boxes of one family."""
        return [self[f"{box}_{case}"] for box in ("tick", "who", "handover")] if case in self.families else []


def typed_handovers(data: Mapping[str, str]) -> dict[UUID, str]:
    """Every handover somebody typed, by case, whether or not its family still has boxes on the page."""
    typed = {}
    for name, text in data.items():
        box, _, case = name.partition("_")
        if box == "handover" and text.strip():
            with suppress(ValueError):
                typed[UUID(case)] = "\n".join(text.splitlines()).strip()
    return typed


def chosen_posts(data: Mapping[str, str]) -> list[UUID]:
    """The posts chosen for families, of whichever agency."""
    found = []
    for name, value in data.items():
        if name.startswith("who_"):
            with suppress(ValueError):
                found.append(UUID(value))
    return found


class CoverLeadForm(ChoosePostForm):
    """Somebody stands in for the lead."""

    starts_on = DateBoxesField(label="First day of cover", future=True)
    ends_on = DateBoxesField(label="Last day of cover", future=True)
    reason = forms.CharField(label="Why cover is needed", max_length=160)


class AnswerLeadForm(BaseForm):
    """Yes or no to leading."""

    accepted = forms.TypedChoiceField(
        label="Will you lead?",
        choices=[("yes", "Yes, I will be the lead practitioner"), ("no", "No")],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label="If not, why?", max_length=300, required=False, widget=forms.Textarea)

    def clean(self) -> dict[str, Any]:
        """A no has a reason."""
        said = super().clean() or self.cleaned_data
        if said.get("accepted") is False and not said.get("reason"):
            self.add_error("reason", "Say why, so that somebody else can be found")
        return said


class AnswerInvitationForm(AnswerLeadForm):
    """Yes or no to joining the team."""

    accepted = forms.TypedChoiceField(
        label="Will you join the team?",
        choices=[("yes", "Yes, I will join"), ("no", "No")],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )


class AnswerSignOffForm(AnswerLeadForm):
    """A manager's yes or no."""

    accepted = forms.TypedChoiceField(
        label="Do you agree?",
        choices=[("yes", "Yes, I agree"), ("no", "No")],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )


class InvitePractitionerForm(ChoosePostForm):
    """Ask somebody into the team."""

    part = forms.CharField(label="What they bring", max_length=120, help_text="For example, speech therapy for Ada")


class EndMembershipForm(BaseForm):
    """Somebody leaves the team; nothing to fill in, one button to confirm."""


class EndCoverForm(BaseForm):
    """The lead is back; nothing to fill in, one button to confirm."""


class TakeBackForm(BaseForm):
    """An asking is taken back; nothing to fill in, one button to confirm."""
