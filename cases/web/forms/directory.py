"""Forms of the services directory: searching, bringing in a file, checking an entry, referring and following."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cases.models import Service
from cases.queries.directory import Wanted
from cases.rules.directory import CLOSED_FOR_NOW, MOST_AGE, Door
from cases.vocabulary import OutcomeHeading, ReferralState
from sharing_agreements.fields import BaseForm, VersionedForm

MOST_BYTES = 8_000_000
ANY_NEED = [("", "Any need"), *OutcomeHeading.choices]


class SearchServicesForm(BaseForm):
    """What is looked for; every box may stay empty."""

    marks_optional = False
    words = forms.CharField(label="Words", max_length=80, required=False)
    heading = forms.ChoiceField(label="Need", choices=ANY_NEED, required=False)
    age = forms.IntegerField(label="Age in years", min_value=0, max_value=MOST_AGE, required=False)
    place = forms.CharField(label="Place", max_length=60, required=False, help_text="A town or area")
    components = {"age": {"classes": "govuk-input--width-2"}}

    def wanted(self) -> Wanted:
        """What to look for; a box that is wrong asks nothing."""
        self.is_valid()
        said = self.cleaned_data
        return Wanted(said.get("words", ""), said.get("heading", ""), said.get("age"), said.get("place", ""))


class ServicesFileForm(BaseForm):
    """The file."""

    file = forms.FileField(
        label="A file of services (JSON)",
        help_text="In the shape of Open Referral UK, version 3: a list of services, or a page that holds one",
    )

    def clean_file(self) -> str:
        """The words of it."""
        given: Any = self.cleaned_data["file"]
        if given.size > MOST_BYTES:
            raise ValidationError("The file must be smaller than 8 MB")
        try:
            return str(given.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise ValidationError("The file must be saved as JSON in UTF-8") from None


class CheckServiceForm(VersionedForm):
    """That an entry holds, and which needs it meets."""

    headings = forms.MultipleChoiceField(
        label="Which needs does it meet?",
        choices=OutcomeHeading.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    keeps_list = forms.BooleanField(
        label="It keeps a waiting list while it is closed",
        help_text="Families can be put on it, and are told that nothing begins yet",
        required=False,
    )

    def __init__(self, *args: Any, service: Service, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if service.status != CLOSED_FOR_NOW:
            del self.fields["keeps_list"]


class ReferForm(BaseForm):
    """To which service, and from which area the family comes."""

    service = forms.ChoiceField(label="Which service?", widget=forms.RadioSelect)
    area = forms.CharField(
        label="Ward or town the family lives in",
        max_length=80,
        required=False,
        help_text="Never an address. It is counted where no help comes.",
    )
    what = forms.CharField(label="How you referred, and to whom", max_length=300, required=False)
    onto_list = forms.BooleanField(
        label="They have put the family on their waiting list",
        help_text="All that a service does that is closed for now",
        required=False,
    )

    def __init__(self, *args: Any, services: list[Service], asks_area: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].choices = [(str(one.pk), one.name) for one in services]
        told = {str(one.pk): ". ".join(filter(None, [one.organization, one.door_said])) for one in services}
        hints = {key: {"hint": {"text": said}} for key, said in told.items() if said}
        self.components["service"] = {"items": hints}
        if not asks_area:
            del self.fields["area"]
        if not any(one.door == Door.WAITING_LIST for one in services):
            del self.fields["onto_list"]


class FollowReferralForm(BaseForm):
    """What became of a referral."""

    state = forms.TypedChoiceField(label="How does it stand?", coerce=ReferralState, widget=forms.RadioSelect)
    what = forms.CharField(label="What you heard", max_length=300, required=False, widget=forms.Textarea)

    def __init__(self, *args: Any, follows: list[ReferralState], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [(one.value, one.label) for one in follows]
