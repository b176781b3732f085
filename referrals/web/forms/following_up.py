"""What is asked about a step of what the hub follows up, and about its end. The rules are referrals.rules."""

import datetime
from typing import Any

from django import forms

from referrals.actions.following_up import Ending, Step
from referrals.rules import following_up as rules
from referrals.vocabulary import FollowUpEnd
from referrals.web.forms.checks import say_what_is_missing
from referrals.web.forms.deciding import radios, words
from sharing_agreements.fields import DateBoxesField, VersionedForm
from sharing_agreements.models import Post


class TakeStepForm(VersionedForm):
    """What was done, what comes next, and whose it is."""

    marks_optional = False
    did = words("What was done?", 4000)
    next_what = forms.CharField(label="What comes next?", required=False, max_length=300)
    next_by = DateBoxesField(label="By which day?", required=False)
    whose = forms.ChoiceField(label="Who does it?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, colleagues: list[Post], today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues, self.today = {str(post.practitioner_id): post for post in colleagues}, today
        said = [
            (key, f"{post.practitioner.name}, {post.get_role_display().lower()}")
            for key, post in self.colleagues.items()
        ]
        self.fields["whose"].choices = said  # type: ignore[attr-defined]

    def step(self) -> Step:
        """The answers as the action takes them."""
        data = self.cleaned_data
        return Step(data["did"], data["next_what"], data["next_by"], self.colleagues[data["whose"]])

    def clean(self) -> dict[str, Any]:
        """Say beside each field what the rules still miss."""
        cleaned = super().clean() or {}
        said = {"did": cleaned.get("did", ""), "next_what": cleaned.get("next_what", "")}
        missing = rules.missing_from_step(**said, next_by=cleaned.get("next_by"), today=self.today)
        say_what_is_missing(self, missing)
        return cleaned


class EndFollowUpForm(VersionedForm):
    """How it ends, and why."""

    marks_optional = False
    ending = radios("How does it end?", FollowUpEnd.choices)
    agency = forms.CharField(
        label="If one agency is best placed: which, and who there?", required=False, max_length=120
    )
    why = words("Why?", 4000, "For the hub. The reporter reads stock words.")
    components = {
        "ending": {
            "items": {
                FollowUpEnd.READY.value: {"hint": {"text": "The family manages, and says so."}},
                FollowUpEnd.ONE_AGENCY.value: {"hint": {"text": "It has said yes to going on."}},
                FollowUpEnd.MORE.value: {"hint": {"text": "The contact goes back into the queue for this child."}},
            }
        }
    }

    def end(self) -> Ending:
        """The answers as the action takes them."""
        data = self.cleaned_data
        return Ending(FollowUpEnd(data["ending"]), data["why"], data["agency"])

    def clean(self) -> dict[str, Any]:
        """Say beside each field what the rules still miss."""
        cleaned = super().clean() or {}
        ending = FollowUpEnd(cleaned["ending"]) if cleaned.get("ending") else None
        said = {"why": cleaned.get("why", ""), "agency": cleaned.get("agency", "")}
        say_what_is_missing(self, rules.missing_from_end(ending=ending, **said))
        return cleaned
