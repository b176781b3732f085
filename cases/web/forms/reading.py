"""Filters of lists. What is not on offer filters nothing."""

import datetime
from urllib.parse import urlencode
from uuid import UUID

from django import forms

from cases.queries.pages.caseload import NO_LEAD
from cases.queries.pages.chronology import Wanted
from cases.queries.pages.family_top import FamilyTop
from cases.queries.pages.history import History
from cases.vocabulary import CaseState
from sharing_agreements.fields import BaseForm
from sharing_agreements.vocabulary import Kind

ALL = [("", "All")]


class FilterForm(BaseForm):
    """A form sent by GET that is never wrong: a value it does not offer is no filter."""

    marks_optional = False
    idempotency_key = None  # type: ignore[assignment]

    def chosen(self, name: str) -> str:
        """The value picked, or "" when none on offer was."""
        self.is_valid()
        return self.cleaned_data.get(name, "")


class FilterCaseloadForm(FilterForm):
    """Which families to list."""

    state = forms.ChoiceField(
        label="Where the help stands",
        choices=[*ALL, (NO_LEAD, "No lead practitioner"), *CaseState.choices],
        required=False,
    )


MONTHS_BACK = {"3": "The last 3 months", "12": "The last 12 months", "36": "The last 3 years"}
A_MONTH = datetime.timedelta(days=30.4375)


class FilterChronologyForm(FilterForm):
    """Whose history, which agency tells it, which kind of record, when, and whether only what is pinned."""

    person = forms.ChoiceField(label="Person", required=False)
    agency = forms.ChoiceField(label="Agency that tells it", required=False)
    kind = forms.ChoiceField(label="Kind of record", required=False)
    period = forms.ChoiceField(label="When", required=False)
    show = forms.ChoiceField(
        label="Show", choices=[("", "Everything"), ("pinned", "Only what matters most")], required=False
    )

    def __init__(self, *args: object, top: FamilyTop, history: History, today: datetime.date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["person"].choices = ALL + [(str(person), top.known[person].name_and_age) for person in top.people]
        self.fields["agency"].choices = ALL + [(str(agency), name) for agency, name in history.agencies.items()]
        self.fields["kind"].choices = ALL + [(str(kind), Kind(kind).label) for kind in history.kinds]
        years = [(str(year), str(year)) for year in history.years]
        self.fields["period"].choices = ALL + list(MONTHS_BACK.items()) + years

    @property
    def wanted(self) -> Wanted:
        """What was picked, as the chronology asks for it."""
        first, last = self._days()
        return Wanted(
            person=UUID(self.chosen("person")) if self.chosen("person") else None,
            kind=int(self.chosen("kind")) if self.chosen("kind") else None,
            agency=UUID(self.chosen("agency")) if self.chosen("agency") else None,
            first=first,
            last=last,
            pinned=self.chosen("show") == "pinned",
        )

    def _days(self) -> tuple[datetime.date | None, datetime.date | None]:
        """The first and last day of the period picked."""
        period = self.chosen("period")
        if period in MONTHS_BACK:
            return self.today - int(period) * A_MONTH, None
        return (datetime.date(int(period), 1, 1), datetime.date(int(period), 12, 31)) if period else (None, None)

    @property
    def asked(self) -> str:
        """What was picked, for an address; the empty text where nothing was."""
        picked = {name: self.chosen(name) for name in self.fields if self.chosen(name)}
        return urlencode(picked)

    @property
    def in_words(self) -> str:
        """What was picked, for the head of a file."""
        said = [dict(self.fields[name].choices)[self.chosen(name)] for name in self.fields if self.chosen(name)]
        return "; ".join(said) or "Everything"
