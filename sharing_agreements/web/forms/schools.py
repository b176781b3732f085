"""A file of schools, and a yes to what is in it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from sharing_agreements.fields import BaseForm

MOST_BYTES = 500_000


class SchoolsFileForm(BaseForm):
    """The file."""

    file = forms.FileField(
        label="A file of schools (CSV)",
        help_text="The first line names the columns: name, urn, email, phone. There may also be uprn and district.",
    )

    def clean_file(self) -> str:
        """The words of it."""
        given: Any = self.cleaned_data["file"]
        if given.size > MOST_BYTES:
            raise ValidationError("The file must be smaller than 500 KB")
        try:
            return str(given.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise ValidationError("The file must be saved as CSV in UTF-8") from None


class AddSchoolsForm(BaseForm):
    """The words of a file that was shown, sent back with a yes."""

    words = forms.CharField(widget=forms.HiddenInput, strip=False, max_length=MOST_BYTES)
