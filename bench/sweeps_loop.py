"""The rules of the watch as an application loop: a batch of cases with what belongs to them prefetched, a few Python
tests each, one save per flag. Written to be as quick as such a loop is in fair hands."""

import datetime
from uuid import UUID

from django.db.models import Prefetch

from cases.actions import watching
from cases.models import Action, Assessment, Case, ChildInCase, Event, Flag, Note, Review, Threshold, Watch, WatchPrompt
from cases.vocabulary import FAMILY_CONTACT, FlagRule
from sharing_agreements import queries
from sharing_agreements.models import Agency, Practitioner
from sharing_agreements.row_security import as_job
from sharing_agreements.working_time import LONDON, Calendar, add_working_days

_BATCH = 1_000
_WORKING = {"assessing", "plan_active"}


def case_ids(cases: int) -> list[UUID]:
    """The cases the loop goes through."""
    return [UUID(f"00000000-0000-4000-a000-{n:012x}") for n in range(1, cases + 1)]


class Rules:
    """Today's numbers, and each rule as a question to one loaded case: its episode, or None."""

    def __init__(self, as_of: datetime.date, calendar: Calendar) -> None:
        self.as_of = as_of
        days = dict(Threshold.objects.values_list("rule", "days"))
        self.cutoff = {rule: add_working_days(as_of, -days[rule], calendar) for rule in FlagRule}
        self.never_begun = add_working_days(as_of, -days[FlagRule.ASSESSMENT_OVERDUE] - 10, calendar)
        self.sensitive = set(Agency.objects.filter(sensitive=True).values_list("pk", flat=True))
        gone = self.cutoff[FlagRule.NO_LEAD]
        self.working = {
            p.no
            for p in Practitioner.objects.filter(is_active=True).prefetch_related("posts")
            if any(o.starts_on <= as_of and (o.ends_on is None or o.ends_on >= gone) for o in p.posts.all())
        }

    def before(self, rule: FlagRule, at: datetime.datetime) -> bool:
        return at.astimezone(LONDON).date() < self.cutoff[rule]

    def fired(self, case: Case) -> list[tuple[FlagRule, object, UUID, list[UUID]]]:
        states = {child.state for child in case.children.all()}
        found = []
        if states & (_WORKING | {"waiting"}):
            found += self.without_lead(case)
        if states & _WORKING:
            found += self.left_alone(case)
        if "plan_active" in states:
            found += self.reviews(case)
        if "assessing" in states:
            found += self.assessment(case)
        for watch in case.watches.all():
            for prompt in watch.prompts.all():
                if prompt.answered_on is None and prompt.due_on <= self.as_of:
                    found.append((FlagRule.IN_TOUCH_DUE, watch, prompt.pk, [prompt.pk]))
        return found

    def began(self, case: Case, states: set[str]) -> datetime.datetime:
        return min(child.since for child in case.children.all() if child.state in states)

    def without_lead(self, case: Case):
        gone = case.lead_no is None or case.lead_no not in self.working
        old = self.before(FlagRule.NO_LEAD, self.began(case, _WORKING | {"waiting"}))
        covered = any(cover.starts_on <= self.as_of <= cover.ends_on for cover in case.covers.all())
        return [(FlagRule.NO_LEAD, case, case.pk, [])] if gone and old and not covered else []

    def left_alone(self, case: Case):
        found = []
        began = self.began(case, _WORKING)
        late = sorted(
            (a.due_on, a.pk)
            for a in case.actions.all()
            if a.status == "open" and a.due_on < self.cutoff[FlagRule.ACTIONS_OVERDUE]
        )
        if late:
            found.append((FlagRule.ACTIONS_OVERDUE, case, late[0][1], [pk for _due, pk in late][:20]))
        if self.before(FlagRule.SILENT, began) and not any(
            not self.before(FlagRule.SILENT, e.recorded_at) and self.counts(case, e) for e in case.family.lines
        ):
            found.append((FlagRule.SILENT, case, case.pk, []))
        if self.before(FlagRule.NEVER_CONTACTED, began) and not any(
            n.note_kind in FAMILY_CONTACT and not n.hidden_from and n.owner_id not in self.sensitive
            for n in case.notes.all()
        ):
            found.append((FlagRule.NEVER_CONTACTED, case, case.pk, []))
        return found

    def counts(self, case: Case, event: Event) -> bool:
        shared = event.kind != 4 and not event.hidden_from and (not event.restricted or case.restricted)
        return bool(shared and event.owner_id not in self.sensitive and event.source_kind != "report")

    def reviews(self, case: Case):
        found = []
        held = sorted(case.reviews.all(), key=lambda r: (r.happened_on, r.recorded_at), reverse=True)
        began = self.began(case, {"plan_active"}).astimezone(LONDON).date()
        due = (held[0].next_review_on or held[0].happened_on + datetime.timedelta(42)) if held else None
        if (due or began + datetime.timedelta(42)) < self.cutoff[FlagRule.REVIEW_OVERDUE]:
            latest = held[0].pk if held else case.pk
            found.append((FlagRule.REVIEW_OVERDUE, case, latest, [latest] if held else []))
        if len(held) > 1 and not any(
            a.status == "done" and a.settled_at.astimezone(LONDON).date() >= held[1].happened_on
            for a in case.actions.all()
        ):
            found.append((FlagRule.NOTHING_DONE, case, held[0].pk, [held[0].pk, held[1].pk]))
        return found

    def assessment(self, case: Case):
        made = max(case.assessments.all(), key=lambda a: a.recorded_at, default=None)
        if made is None:
            late = self.began(case, {"assessing"}).astimezone(LONDON).date() < self.never_begun
        else:
            late = made.finished_at is None and made.due_on < self.cutoff[FlagRule.ASSESSMENT_OVERDUE]
        if not late:
            return []
        return [(FlagRule.ASSESSMENT_OVERDUE, case, made.pk if made else case.pk, [made.pk] if made else [])]


def sweep_by_loop(*, as_of: datetime.date, now: datetime.datetime, cases: int) -> None:
    """Flag the first `cases` cases, one transaction per 1,000."""
    ids = case_ids(cases)
    for start in range(0, cases, _BATCH):
        with as_job(watching.JOB):
            rules = Rules(as_of, queries.calendar())
            for case in _load(ids[start : start + _BATCH]):
                for rule, subject, episode, evidence in rules.fired(case):
                    _raise(case, rule, subject, episode, evidence, as_of, now)


def _load(ids: list[UUID]):
    related = [
        Prefetch("children", ChildInCase.objects.all()),
        Prefetch("reviews", Review.objects.all()),
        Prefetch("actions", Action.objects.all()),
        Prefetch("notes", Note.objects.all()),
        Prefetch("assessments", Assessment.objects.all()),
        Prefetch("watches", Watch.objects.filter(ended_on=None)),
        Prefetch("watches__prompts", WatchPrompt.objects.all()),
        "covers",
    ]
    cases = list(Case.objects.filter(pk__in=ids).select_related("family").prefetch_related(*related))
    lines: dict[UUID, list[Event]] = {}
    for event in Event.objects.filter(family_id__in=[case.family_id for case in cases]):
        lines.setdefault(event.family_id, []).append(event)
    for case in cases:
        case.family.lines = lines.get(case.family_id, [])
    return cases


def _raise(case, rule, subject, episode, evidence, as_of, now) -> None:
    if Flag.objects.filter(rule=rule, subject_id=subject.pk, episode=episode, cleared_at=None).exists():
        return
    Flag.objects.create(
        owner_id=subject.owner_id,
        family_id=subject.family_id,
        person_id=subject.person_id,
        about=subject.about,
        hidden_from=subject.hidden_from,
        happened_on=as_of,
        recorded_at=now,
        case=case,
        rule=rule,
        subject_id=subject.pk,
        episode=episode,
        evidence=evidence,
        raised_at=now,
        raised_on=as_of,
    )
