"""Forms for photographs and papers of a report."""

from typing import Any, ClassVar

from django import forms

from referrals.rules.files import MOST_BYTES
from sharing_agreements.fields import BaseForm, VersionedForm


class AttachForm(BaseForm):
    """One file, what it shows, and the statement about children's bodies."""

    file = forms.FileField(
        label="The file",
        help_text="A photograph, a PDF, or a Word, Excel or OpenDocument file, up to 10 MB. "
        "Place, time and camera are taken out of photographs; papers are kept as they are.",
    )
    shows = forms.CharField(
        label="What does it show?", max_length=120, help_text="For example: the kitchen; a letter from the landlord"
    )
    not_a_body = forms.BooleanField(
        label="This shows no part of a child\u2019s body and nothing sexual",
        error_messages={"required": "Confirm that this shows no part of a child\u2019s body and nothing sexual"},
    )
    components: ClassVar[dict[str, dict[str, Any]]] = {
        "file": {"attributes": {"accept": ".jpg,.jpeg,.png,.webp,.pdf,.docx,.xlsx,.odt"}}
    }

    def clean_file(self) -> bytes:
        """The content; a file that is too big is said to be, without reading it."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError("The file must be 10 MB or less")
        return bytes(file.read())


class ReleaseAttachmentForm(VersionedForm):
    """Why others may see it."""

    reason = forms.CharField(
        label="Why is it right that others see it?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Your name and the time are kept with it.",
    )
