"""Three years of concern reports, how the hub graded and decided them, and what reporters were told."""

import datetime
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cases.models import ChildLevel, Event, EventDetail
from cases.vocabulary import ConsentState, EventSource
from earlyhelp.demonstration import district, names
from earlyhelp.demonstration.families import Home, Member, account
from earlyhelp.demonstration.world import World
from referrals.models import (
    Contact,
    Decision,
    DecisionDetail,
    Feedback,
    GradeChange,
    Report,
    ReportDetail,
    ReportedAdult,
    ReportedChild,
    ReportedChildDetail,
    ReportPlace,
)
from referrals.rules import clocks
from referrals.rules import report as report_rules
from referrals.rules.feedback import words_for
from referrals.vocabulary import (
    Agreed,
    Answer,
    ConcernKind,
    ContactStatus,
    LawfulBasis,
    LevelOfNeed,
    Outcome,
    Seen,
    Urgency,
)
from sharing_agreements.models import Post
from sharing_agreements.vocabulary import SCHOOLS, Kind, Precision, Role
from sharing_agreements.working_time import LONDON, Calendar

SOURCES = {"police": 32, "education": 24, "health": 16, "council": 8, "other": 20}
AGENCIES_OF = {
    "police": {district.POLICE: 30, district.TRANSPORT: 2},
    "education": {district.QUARRY: 9, district.OAK: 6, district.FENWATER: 7, district.BRIDGE: 2},
    "health": {district.HEALTH: 8, district.HOSPITAL: 5, district.SURGERY: 3},
    "council": {district.EARLY: 8},
    "other": {district.HOMES: 4, district.KITE: 8, district.YOUTH: 3},
}
CONCERNS = {
    ConcernKind.DOMESTIC_ABUSE: 26, ConcernKind.NEGLECT: 14, ConcernKind.BEHAVIOUR: 8, ConcernKind.PARENT_MIND: 7,
    ConcernKind.PARENT_SUBSTANCES: 7, ConcernKind.MISSING: 6, ConcernKind.PHYSICAL: 6, ConcernKind.EXPLOITATION: 3,
    ConcernKind.SEXUAL: 2, ConcernKind.CHILD_MIND: 5, ConcernKind.EDUCATION: 5, ConcernKind.EMOTIONAL: 4,
    ConcernKind.HOME_MONEY: 4, ConcernKind.UNBORN: 3,
}  # fmt: skip
GRADES = {Urgency.RED: 8, Urgency.AMBER: 27, Urgency.GREEN: 50, Urgency.BLUE: 15}
LATE = {Urgency.RED: 0.08, Urgency.AMBER: 0.12, Urgency.GREEN: 0.16, Urgency.BLUE: 0.1}
OUTCOMES = {
    "police": (46, 13, 10, 16, 6, 9),
    "education": (18, 20, 16, 15, 22, 9),
    "health": (22, 16, 16, 10, 22, 14),
    "council": (33, 18, 12, 11, 15, 11),
    "other": (33, 18, 12, 11, 15, 11),
}
AGREEMENT = {
    ConsentState.AGREED: 58, ConsentState.PARTLY: 8, ConsentState.DECLINED: 9, ConsentState.WITHDRAWN: 2,
    ConsentState.NOT_ASKED: 21, ConsentState.OVERRIDDEN: 2,
}  # fmt: skip
AGREED = {Agreed.AGREED: 6, Agreed.PARTLY: 1, Agreed.DECLINED: 2}
SEEN = {Seen.ALONE: 29, Seen.WITH_OTHERS: 22, Seen.SEEN_ONLY: 20, Seen.HEARD: 9, Seen.NOT_SEEN: 20}
LEVELS = {
    Outcome.NO_FURTHER_ACTION: LevelOfNeed.UNIVERSAL, Outcome.ADVICE: LevelOfNeed.UNIVERSAL,
    Outcome.SINGLE_AGENCY: LevelOfNeed.ADDITIONAL, Outcome.HUB_FOLLOW_UP: LevelOfNeed.ADDITIONAL,
    Outcome.EARLY_HELP: LevelOfNeed.INTENSIVE, Outcome.STEP_UP: LevelOfNeed.SPECIALIST,
}  # fmt: skip
NEXT = {
    Outcome.NO_FURTHER_ACTION: ("", ""),
    Outcome.ADVICE: ("The reporter's agency", "Talk to the family about the services named in the advice"),
    Outcome.SINGLE_AGENCY: ("The school nurse", "See the child and the parent"),
    Outcome.HUB_FOLLOW_UP: ("The hub navigator", "Ring the school and the health visitor"),
    Outcome.EARLY_HELP: ("Early help", "Ring the family and offer early help"),
    Outcome.STEP_UP: ("Children's social care", "Confirm receipt and begin an assessment"),
}


@dataclass
class Filed:
    """A report that was sent, and what became of it."""

    report: Report
    contact: Contact
    home: Home
    children: list[Member]
    outcome: Outcome | None
    decided_at: datetime.datetime | None


def reporter(world: World) -> tuple[str, Post]:
    """Who reports, by the district's shares: the source and somebody's post."""
    source = world.pick(SOURCES)
    agency = world.pick(AGENCIES_OF[source])
    roles = (Role.REPORTER, Role.LEAD_PRACTITIONER, Role.TEAM_MEMBER)
    return source, world.post(agency, *roles)


class Desk:
    """Files reports and lets the hub decide them, counting references as the live service does."""

    def __init__(self, world: World, calendar: Calendar) -> None:
        self.world = world
        self.calendar = calendar
        self.number = 0

    def file(
        self, home: Home, at: datetime.datetime, *, by: tuple[str, Post] | None = None, decide: bool = True,
        concern: ConcernKind | None = None, outcome: Outcome | None = None, **more: Any,
    ) -> Filed:  # fmt: skip
        """File one report about a family's children at a time; decide it as the district usually does."""
        world = self.world
        source, post = by or reporter(world)
        concern = concern or world.pick(CONCERNS)
        children = home.children if world.chance(0.8) else home.children[:1]
        report = self._report(home, children, post, at, concern, **more)
        contact = self._contact(report)
        grade = world.pick(GRADES) if world.chance(0.31) else Urgency(report.urgency)
        filed = Filed(report, contact, home, children, None, None)
        if decide:
            filed.outcome = outcome or _outcome(world, source)
            filed.decided_at = self._decide(filed, grade)
        return filed

    def _report(
        self, home: Home, children: list[Member], by: Post, at: datetime.datetime, concern: ConcernKind,
        urgency: Urgency | None = None, danger: bool = False, words: str = "",
    ) -> Report:  # fmt: skip
        world, self.number = self.world, self.number + 1
        hub = world.agencies[district.HUB]
        sent = {"sent_to": hub, "family_id": home.family}
        adults = [home.mother] if world.chance(0.8) else []
        everybody = [member.person for member in (*children, *adults)]
        unsafe = concern == ConcernKind.DOMESTIC_ABUSE and world.chance(0.3)
        knows = not unsafe and world.chance(0.75)
        report = Report(
            **{**world.owned(by, at, **sent), "about": everybody},
            reference=report_rules.reference(self.number, at.astimezone(LONDON).date()), draft=world.uid(),
            concern=concern, tags=sorted({world.pick(CONCERNS), world.pick(CONCERNS)} - {concern})[:2],
            urgency=urgency or world.pick(GRADES), danger=Answer.YES if danger else Answer.NO,
            danger_told="Emergency duty team" if danger else "", danger_told_at=at if danger else None,
            happened_precision=Precision.DAY,
            happened_time=at.astimezone(LONDON).time().replace(second=0, microsecond=0),
            parent_knows=Answer.YES if knows else Answer.NO,
            parent_agreed=world.pick(AGREED) if knows else Agreed.NOT_ASKED,
            safe_to_tell=Answer.NO if unsafe else Answer.YES,
            child_count=len(children), sent_at=at, reporter_title=str(by)[:120],
            under_five=any((child.age_on(world.today) or 9) < 5 for child in children),
        )  # fmt: skip
        told = words or names.SAW.get(concern, "Something was not right and the family could not say what.")
        detail = ReportDetail(
            **{**world.owned(by, at, **sent), "about": everybody}, report=report, account=told,
            strengths=world.dice.choice(names.STRENGTHS), early_years=[], individual=[], family_factors=[],
            school_factors=[], community=[], checks={},
        )  # fmt: skip
        world.load.add(report, detail)
        for place, child in enumerate(children):
            self._child(report, place, child, home, by, at, concern, told, everybody, sent)
        for place, adult in enumerate(adults):
            account(world, adult, home, by, at, **sent)
            world.load.add(
                ReportedAdult(
                    **world.owned(by, at, person_id=adult.person, **sent), report=report, position=place,
                    relation="Mother", with_child=True,
                )
            )  # fmt: skip
        return report

    def _child(
        self, report: Report, place: int, child: Member, home: Home, by: Post, at: datetime.datetime,
        concern: ConcernKind, told: str, everybody: list[UUID], sent: dict[str, Any],
    ) -> None:  # fmt: skip
        world = self.world
        account(world, child, home, by, at, **sent)
        seen = world.pick(SEEN)
        row = ReportedChild(
            **world.owned(by, at, person_id=child.person, **sent), report=report, position=place, seen=seen,
            is_unborn=child.is_unborn, due_on=child.born if child.is_unborn else None,
        )  # fmt: skip
        where = ReportPlace(
            **{**world.owned(by, at, person_id=child.person, **sent), "about": everybody}, report=report,
            happened_at=f"{home.line}, {home.town}", now_at=f"At home with {home.mother.given}",
        )  # fmt: skip
        event = Event(
            **world.owned(by, at, person_id=child.person, **sent), kind=Kind.CONCERN, precision=Precision.DAY,
            title=f"Concern report: {concern.label.lower()}", event_id=report.id, source_kind=EventSource.REPORT,
            source_id=report.id,
        )  # fmt: skip
        text = EventDetail(
            **world.owned(by, at, person_id=child.person, **sent), kind=Kind.CONCERN, event=event, text=told
        )
        world.load.add(row, where, event, text)
        words = world.dice.choice(names.WORDS)
        if words and seen in {Seen.ALONE, Seen.WITH_OTHERS}:
            world.load.add(
                ReportedChildDetail(
                    **world.owned(by, at, person_id=child.person, **sent), reported_child=row, words=words
                )
            )
        report.__dict__.setdefault("reported", []).append((row, child))

    def _contact(self, report: Report) -> Contact:
        hub = self.world.agencies[district.HUB]
        urgent = report.danger == Answer.YES or report.urgency == Urgency.RED
        clock = clocks.first_clock(received_at=report.sent_at, urgent=urgent, calendar=self.calendar)
        schools = {agency.pk for agency in self.world.agencies.values() if agency.type in SCHOOLS}
        contact = Contact(
            id=self.world.uid(), owner=hub, about=report.about, family_id=report.family_id,
            happened_on=report.happened_on,
            recorded_at=report.sent_at, report=report, danger=report.danger == Answer.YES, reported=report.urgency,
            received_at=report.sent_at, grade_by=clock.due_at, status=ContactStatus.RECEIVED,
            **clock.columns(self.calendar),
            feedback_due_at=clocks.feedback_due(
                report.sent_at, from_school=report.owner_id in schools, calendar=self.calendar
            ),
        )  # fmt: skip
        self.world.load.add(contact)
        return contact

    def _decide(self, filed: Filed, grade: Urgency) -> datetime.datetime:
        world, contact = self.world, filed.contact
        by = world.post(district.HUB, Role.DECISION_MAKER)
        self.grade(contact, grade, by, contact.received_at + datetime.timedelta(minutes=world.dice.randrange(20, 300)))
        allowed = (
            (contact.due_at or contact.received_at + datetime.timedelta(days=3)) - contact.received_at
        ).total_seconds()
        share = 1.1 + world.dice.random() if world.chance(LATE[grade]) else 0.3 + 0.65 * world.dice.random()
        decided_at = min(contact.received_at + datetime.timedelta(seconds=allowed * share), world.now)
        contact.status, contact.decided_at = ContactStatus.DECIDED, decided_at
        contact.claimed_by, contact.claimed_at = by.practitioner, contact.graded_at
        for row, child in filed.report.__dict__["reported"]:
            self._decide_child(filed, row, child, by, decided_at)
        return decided_at

    def grade(self, contact: Contact, grade: Urgency, by: Post, at: datetime.datetime) -> None:
        """The hub grades a contact; its clock follows, and a change of grade gives its reason."""
        contact.grade, contact.graded_by, contact.graded_at = grade, by.practitioner, min(at, self.world.now)
        clock = clocks.clock_after_grading(
            urgency=grade, received_at=contact.received_at, graded_at=contact.graded_at, graded_before=None,
            calendar=self.calendar,
        )  # fmt: skip
        contact.__dict__.update(clock.columns(self.calendar))
        if grade != contact.reported:
            self.world.load.add(
                GradeChange(
                    **self.world.owned(by, contact.graded_at, family_id=contact.family_id) | {"about": contact.about},
                    contact=contact, before=contact.reported, after=grade, changed_at=contact.graded_at,
                    reason="What the agencies know changes the picture.",
                )
            )  # fmt: skip

    def _decide_child(self, filed: Filed, row: ReportedChild, child: Member, by: Post, at: datetime.datetime) -> None:
        world, outcome = self.world, filed.outcome or Outcome.NO_FURTHER_ACTION
        who, what = NEXT[outcome]
        columns = {"person_id": child.person, "family_id": filed.home.family}
        decision = Decision(
            **world.owned(by, at, **columns), contact=filed.contact, reported_child=row, outcome=outcome,
            level_of_need=LEVELS[outcome], next_who=who, next_what=what, nobody_next=not who, decided_at=at,
            next_by=at.date() + datetime.timedelta(days=5) if who else None,
            way="offer" if outcome == Outcome.EARLY_HELP else "",
        )  # fmt: skip
        detail = DecisionDetail(
            **world.owned(by, at, **columns), decision=decision, reason=_reason(outcome),
            lawful_basis=LawfulBasis.PUBLIC_TASK, consent_state=world.pick(AGREEMENT),
        )  # fmt: skip
        told = Feedback(
            **world.owned(by, at, **columns, sent_to_id=filed.report.owner_id,
                          sent_to_practitioner_id=filed.report.author_id),
            report=filed.report, reported_child=row, outcome=outcome, text=words_for(outcome),
        )  # fmt: skip
        event = Event(
            **world.owned(by, at, **columns), kind=Kind.DECISION, precision=Precision.DAY, source_id=decision.id,
            title=f"Hub decision: {outcome.label.lower()}", source_kind=EventSource.DECISION,
        )  # fmt: skip
        level = ChildLevel(
            **world.owned(by, at, **columns),
            level=int(LEVELS[outcome]),
            reason=f"Hub decision: {outcome.label.lower()}",
        )
        world.load.add(decision, detail, told, event, level)


def _outcome(world: World, source: str) -> Outcome:
    order = (
        Outcome.NO_FURTHER_ACTION, Outcome.ADVICE, Outcome.SINGLE_AGENCY, Outcome.HUB_FOLLOW_UP, Outcome.EARLY_HELP,
        Outcome.STEP_UP,
    )  # fmt: skip
    shares = dict(zip(order, OUTCOMES[source], strict=True))
    shares[Outcome.EARLY_HELP] = 0  # the reports that led to early help say so themselves
    return world.pick(shares)


def _reason(outcome: Outcome) -> str:
    return {
        Outcome.NO_FURTHER_ACTION: "One event, explained by the family and seen to be safe today. Kept, and counted.",
        Outcome.ADVICE: "The family can use what is there for everybody, and knows where to ask.",
        Outcome.SINGLE_AGENCY: "One agency already knows the family and can help alone.",
        Outcome.HUB_FOLLOW_UP: "Not enough is known yet; the hub asks two agencies and comes back to it.",
        Outcome.EARLY_HELP: "Needs in several headings, and the family would like help that fits together.",
        Outcome.STEP_UP: "The child may be suffering harm; an assessment by social care is due.",
    }[outcome]
