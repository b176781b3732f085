"""What a school is told of domestic abuse at a child's home. The rules say what is missing."""

from collections.abc import Iterable
from typing import Any

from django import forms

from referrals.rules import school_notices as rules
from referrals.rules.school_notices import Written
from referrals.vocabulary import NoNotice, NoticePlace, Seen, WasThere
from referrals.web.forms.checks import say_what_is_missing
from referrals.web.forms.deciding import radios
from referrals.web.forms.deciding import words as large_box
from sharing_agreements.fields import BaseForm
from sharing_agreements.models import Agency

NONE = "none:"
NOT_FOR_OFFICERS = {NoNotice.WRONG_CHILD}
"""Said elsewhere, by marking the child of the report as wrong."""


class WriteNoticeForm(BaseForm):
    """Which school, whether the child was there, how they were, and what happened in a sentence."""

    marks_optional = False
    school = forms.ChoiceField(label="Which school does the child go to?", required=False)
    none_words = forms.CharField(
        label="If you told the school by telephone: who was told, at which school, when?",
        required=False,
        max_length=200,
    )
    there = radios("Was the child there?", WasThere.choices)
    place = radios("Where was it?", NoticePlace.choices, help_text="The school is not told an address.")
    happened_time = forms.TimeField(
        label="At what time?",
        required=False,
        help_text="For example, 21:40",
        widget=forms.TimeInput(format="%H:%M"),
    )
    police_reference = forms.CharField(label="Police reference", required=False, max_length=60)
    seen = radios("Was the child seen, and spoken to alone?", Seen.choices)
    seemed = large_box("How did the child seem?", 300, "What you saw: calm, crying, half asleep.")
    words = large_box("What did the child say?", 2000, "In the child's own words. Leave it empty if they said nothing.")
    circumstances = large_box(
        "What happened, in a sentence?",
        500,
        "For example: police were called to an argument between two adults. Name no adult, and say nobody's guilt.",
    )

    def __init__(self, *args: Any, schools: Iterable[Agency], at_home: Agency | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.schools = {str(one.pk): one for one in schools}
        home = [(f"home:{at_home.pk}", "Educated at home: the council's officer is told")] if at_home else []
        self.at_home = {value: at_home for value, _ in home}
        none = [(f"{NONE}{one.value}", one.label) for one in NoNotice if one not in NOT_FOR_OFFICERS]
        known = [(key, one.name) for key, one in self.schools.items()]
        self.fields["school"].choices = [  # type: ignore[attr-defined]
            ("", "Choose"),
            ("Schools", known),
            ("No school here", [*home, *none]),
        ]

    def chosen(self) -> Agency | None:
        """The agency the notice goes to."""
        said = self.cleaned_data.get("school", "")
        return self.schools.get(said) or self.at_home.get(said)

    def none(self) -> NoNotice | None:
        """Why no notice goes to anybody."""
        said = self.cleaned_data.get("school", "")
        return NoNotice(said.removeprefix(NONE)) if said.startswith(NONE) else None

    def clean(self) -> dict[str, Any]:
        """Say beside each field what the rules still miss."""
        data = super().clean() or {}
        said = Written(
            school=self.chosen() is not None,
            none=self.none(),
            none_words=data.get("none_words", ""),
            there=WasThere(data["there"]) if data.get("there") else None,
            place=NoticePlace(data["place"]) if data.get("place") else None,
            circumstances=data.get("circumstances", ""),
        )
        say_what_is_missing(self, rules.missing_from(said))
        return data
