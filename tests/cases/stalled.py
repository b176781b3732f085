"""Cases at every stage for tests of the watch: a case that runs well, to be spoilt in one way at a time."""

import datetime
from dataclasses import dataclass
from uuid import uuid4

from cases.models import Action, Case, ChildInCase, Event, Note, Review, Watch, WatchPrompt
from cases.vocabulary import CaseState, EventSource, NoteKind, ReviewResult
from sharing_agreements.actions import facts
from sharing_agreements.models import Family, Person, Post
from sharing_agreements.vocabulary import InvolvementReason, Kind
from sharing_agreements.working_time import LONDON
from tests.cast import Cast, person

AS_OF = datetime.date(2026, 11, 18)  # a Wednesday; 10 working days earlier is 4 November, 20 is 21 October


def noon(day: datetime.date) -> datetime.datetime:
    """Midday in London."""
    return datetime.datetime.combine(day, datetime.time(12), LONDON)


def days_ago(days: int) -> datetime.date:
    """So many calendar days before AS_OF."""
    return AS_OF - datetime.timedelta(days=days)


@dataclass
class Work:
    """One case with one child."""

    case: Case
    child: Person
    family: Family
    owner: Post

    def common(self, day: datetime.date) -> dict[str, object]:
        """What every governed row of this case needs."""
        return {
            "owner": self.owner.agency,
            "author": self.owner.practitioner,
            "family": self.family,
            "person": self.child,
            "happened_on": day,
            "recorded_at": noon(day),
        }

    def review(self, held: datetime.date, due: datetime.date | None) -> Review:
        """A review held on one day that plans the next for another."""
        result = ReviewResult.CONTINUE if due else ReviewResult.STEP_DOWN
        return Review.objects.create(
            **self.common(held), case=self.case, result=result, summary="As planned.", next_review_on=due
        )

    def action(self, due: datetime.date, *, done: datetime.date | None = None) -> Action:
        """An action due on a day, and perhaps done."""
        settled = {"status": "done", "settled_at": noon(done)} if done else {}
        return Action.objects.create(
            **self.common(days_ago(60)),
            case=self.case,
            title="Ring the school",
            doer=self.owner.practitioner,
            doer_agency=self.owner.agency,
            due_on=due,
            **settled,
        )

    def entry(self, day: datetime.date, source: EventSource = EventSource.NOTE, **more: object) -> Event:
        """A line of the chronology written on a day."""
        return Event.objects.create(
            **{**self.common(day), "kind": Kind.NOTE, **more}, title="Rang home.", source_kind=source
        )

    def note(self, day: datetime.date, kind: NoteKind = NoteKind.PHONE) -> Note:
        """A note of contact."""
        return Note.objects.create(**self.common(day), case=self.case, note_kind=kind, headline="Rang home.")

    def in_touch(self, *, due: datetime.date) -> WatchPrompt:
        """Keeping in touch with the child, with one prompt."""
        watch = Watch.objects.create(
            **self.common(days_ago(30)),
            case=self.case,
            starts_on=days_ago(30),
            ends_on=days_ago(30) + datetime.timedelta(weeks=26),
            family_told_on=days_ago(30),
            family_view="Glad of it.",
        )
        return WatchPrompt.objects.create(**self.common(days_ago(30)), watch=watch, week=4, due_on=due)


def work(cast: Cast, *, state: CaseState = CaseState.PLAN_ACTIVE, began: int = 100, lead: Post | None = None) -> Work:
    """A case of Marlbeck Early Help, `began` days ago, led by Eddie unless told otherwise."""
    child, family = person(), Family.objects.create()
    lead = lead or cast.eddie
    common = {
        "owner": cast.early_help,
        "author": cast.esi.practitioner,
        "family": family,
        "happened_on": days_ago(began),
        "recorded_at": noon(days_ago(began)),
    }
    if state is not CaseState.WAITING:
        facts.involve(
            people=[child.pk],
            agency=lead.agency_id,
            practitioner=lead.practitioner_id,
            reason=InvolvementReason.LEAD,
            starts_on=days_ago(began),
        )
    case = Case.objects.create(**common, about=[child.pk], reference=f"EH-{uuid4().hex[:8]}", why="Help with mornings.")
    ChildInCase.objects.create(**common, person=child, case=case, state=state, since=noon(days_ago(began)))
    return Work(case, child, family, cast.esi)


def running_well(cast: Cast) -> Work:
    """A case with nothing to flag: reviewed, contacted, written about, every action in time."""
    one = work(cast)
    one.review(days_ago(20), days_ago(-20))
    one.action(days_ago(-5))
    one.entry(days_ago(3))
    one.note(days_ago(3))
    return one
