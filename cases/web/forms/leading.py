"""Forms of who leads, covers and helps."""

from typing import Any

from django import forms

from sharing_agreements.fields import BaseForm, DateBoxesField
from sharing_agreements.models import Agency, Post


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
        help_text="The story in short, what is promised, what comes next: the family must not have to retell it",
    )


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
