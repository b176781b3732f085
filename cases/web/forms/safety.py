"""Forms that end what was written to keep people safe: each wants a reason, nothing else."""

from django import forms

from sharing_agreements.fields import BaseForm

SAY_WHY = {"required": "Say why"}


class EndKeepApartForm(BaseForm):
    """Two people need not be kept apart any more."""

    reason = forms.CharField(
        label="Why may they meet again?", max_length=300, widget=forms.Textarea, error_messages=SAY_WHY
    )


class EndStaffSafetyForm(BaseForm):
    """A staff-safety note holds no longer."""

    reason = forms.CharField(
        label="Why does it hold no longer?", max_length=300, widget=forms.Textarea, error_messages=SAY_WHY
    )


class EndSafeContactForm(BaseForm):
    """A way to reach somebody is safe no longer."""

    reason = forms.CharField(
        label="Why is it safe no longer?",
        max_length=300,
        widget=forms.Textarea,
        error_messages=SAY_WHY,
        help_text="For example, the number changed, or somebody else reads the messages",
    )


class LiftNotSafeToTellForm(BaseForm):
    """It is safe to tell somebody again."""

    reason = forms.CharField(
        label="Why is it safe again?", max_length=300, widget=forms.Textarea, error_messages=SAY_WHY
    )
