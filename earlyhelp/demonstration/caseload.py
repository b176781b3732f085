"""Early help spells: offered, waiting, assessed, planned, reviewed, kept in touch with, stepped up, closed."""

import datetime
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from cases import lifecycle
from cases.models import (
    Action,
    Answer,
    Assessment,
    AssessmentDetail,
    Case,
    CaseMove,
    ChildInCase,
    ChildSeen,
    ChildWords,
    ClosingDetail,
    ClosingSummary,
    ConsentToHelp,
    Event,
    EventDetail,
    FamilyMember,
    LeadAssignment,
    Meeting,
    Need,
    NeedDetail,
    Note,
    NoteDetail,
    Relationship,
    Review,
    ReviewDetail,
    ReviewScore,
    TeamMember,
    Watch,
    WatchPrompt,
)
from cases.models import Outcome as WishedFor
from cases.vocabulary import (
    ActionStatus,
    AssignmentWhy,
    CaseState,
    Change,
    ClosingReason,
    ConsentState,
    EventSource,
    FamilyPart,
    NoteKind,
    OutcomeHeading,
    RelationshipType,
    ReviewResult,
    Seen,
    WatchAnswer,
)
from earlyhelp.demonstration import district, names
from earlyhelp.demonstration.families import Household, account
from earlyhelp.demonstration.world import World
from sharing_agreements.models import Post
from sharing_agreements.vocabulary import InvolvementReason, Kind, Precision, Role

LEADING_AGENCIES = {
    district.EARLY: 40, district.QUARRY: 14, district.HEALTH: 16, district.KITE: 12, district.FENWATER: 9,
    district.POLICE: 3, district.YOUTH: 3, district.BRIDGE: 3,
}  # fmt: skip
HELPING = (district.QUARRY, district.HEALTH, district.KITE, district.EARLY, district.POLICE)
SHARE_WEEK, WATCH_WEEKS = 7, 26
CLOSINGS = {
    ClosingReason.NEEDS_MET: 48, ClosingReason.SINGLE_AGENCY: 17, ClosingReason.DECLINED: 12,
    ClosingReason.NOT_REACHED: 4, ClosingReason.MOVED: 4, ClosingReason.OTHER: 1,
}  # fmt: skip


@dataclass
class Fate:
    """How a spell stands today, and what has stalled in it, if anything."""

    state: CaseState
    ended_on: datetime.date | None = None
    stalled: str = ""


@dataclass
class Spell:
    """One family's time in early help, while it is written."""

    world: World
    home: Household
    opened: datetime.datetime
    fate: Fate
    case: Case
    children: list[ChildInCase]
    lead: Post
    team: list[Post] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)

    @property
    def people(self) -> list[UUID]:
        """The children's anchors."""
        return [child.person_id for child in self.children]

    @property
    def until(self) -> datetime.date:
        """The last day something may have been written."""
        return self.fate.ended_on or self.world.today

    def row(self, by: Post, at: datetime.datetime, person: UUID | None = None, **more: Any) -> dict[str, Any]:
        """Columns of a row of this case: about one person, or about all its children."""
        columns = self.world.owned(by, at, person_id=person, family_id=self.home.family, **more)
        columns["sent_to"] = self.world.agencies[district.EARLY]
        return columns if person else {**columns, "about": self.people}

    def add(self, *rows: Any) -> None:
        """Keep rows for the copy."""
        self.world.load.add(*rows)

    def tell(self, by: Post, at: datetime.datetime, kind: Kind, source: EventSource, source_id: UUID, title: str,
             text: str = "") -> None:  # fmt: skip
        """A line of the chronology for each child."""
        shared = self.world.uid() if len(self.people) > 1 else None
        for person in self.people:
            event = Event(
                **self.row(by, at, person), kind=kind, title=title[:300], source_kind=source, source_id=source_id,
                event_id=shared, precision=Precision.DAY, significant=kind == Kind.CASE,
            )  # fmt: skip
            self.add(event)
            if text:
                self.add(EventDetail(**self.row(by, at, person), kind=kind, event=event, text=text))

    def move(self, by: Post, at: datetime.datetime, state: CaseState, reason: str) -> None:
        """Every child's case goes to a state."""
        for child in self.children:
            self.add(
                CaseMove(
                    **self.row(by, at, child.person_id), case=self.case, child=child, from_state=child.state,
                    to_state=state, at=at, reason=reason,
                )
            )  # fmt: skip
            child.state, child.since = state, at
        self.world.stage(self.people, lifecycle.STAGE[state], at)
        self.tell(by, at, Kind.CASE, EventSource.STEP, self.case.id, f"{state.label}: {reason}")


def help_family(
    world: World, home: Household, opened: datetime.datetime, fate: Fate, *, number: int, lead: Post | None = None
) -> Spell:
    """Write one spell, from the offer to where it stands today."""
    hub = world.post(district.HUB, Role.DECISION_MAKER)
    lead = lead or world.post(world.pick(LEADING_AGENCIES), Role.LEAD_PRACTITIONER)
    case = Case(
        **{**world.owned(hub, opened, family_id=home.family), "about": [c.person for c in home.children]},
        sent_to=world.agencies[district.EARLY], reference=f"EH-{1000 + number}",
        why="Needs in several headings; the family would like help that fits together.",
    )  # fmt: skip
    spell = Spell(world, home, opened, fate, case, [], lead)
    spell.children = [
        ChildInCase(
            **{**world.owned(hub, opened, person_id=child.person, family_id=home.family)}, case=case,
            sent_to=world.agencies[district.EARLY], state=CaseState.OFFERED, since=opened,
        )
        for child in home.children
    ]  # fmt: skip
    world.load.add(case, *spell.children)
    world.stage(spell.people, lifecycle.STAGE[CaseState.OFFERED], opened)
    world.involve(home.people, world.agencies[district.EARLY], InvolvementReason.TEAM, opened.date(), end=_end(spell))
    spell.tell(hub, opened, Kind.CASE, EventSource.CASE, case.id, "Early help offered")
    _who_is_who(spell)
    if fate.state != CaseState.OFFERED:
        _begin(spell)
    return spell


def _end(spell: Spell) -> datetime.date | None:
    return None if spell.fate.state in lifecycle.WORKING or spell.fate.ended_on is None else spell.fate.ended_on


def _who_is_who(spell: Spell) -> None:
    """The family as early help writes it down: accounts, parts, parents."""
    world, home, by = spell.world, spell.home, spell.world.post(district.EARLY, Role.COORDINATOR)
    at = spell.opened
    for member in home.everybody:
        part = FamilyPart.CHILD if member.is_child else FamilyPart.PARENT
        part = FamilyPart.UNBORN if member.is_unborn else part
        account(world, member, home, by, at, family_id=home.family)
        spell.add(FamilyMember(**world.owned(by, at, person_id=member.person, family_id=home.family), part=part))
    for parent in [home.mother, *([home.father] if home.father else [])]:
        for child in home.children:
            columns = world.owned(by, at, person_id=parent.person, family_id=home.family)
            spell.add(
                Relationship(
                    **{**columns, "about": [parent.person, child.person]}, to_person_id=child.person,
                    type=RelationshipType.PARENT, parental_responsibility=True, main_carer=parent is home.mother,
                )
            )  # fmt: skip


def _begin(spell: Spell) -> None:
    """The family says yes (or no), somebody leads, the plan is made; then on to where it stands."""
    world, fate = spell.world, spell.fate
    coordinator, manager = world.post(district.EARLY, Role.COORDINATOR), world.post(district.EARLY, Role.MANAGER)
    at = spell.opened + datetime.timedelta(days=2)
    says = ConsentState.DECLINED if fate.state == CaseState.DECLINED else ConsentState.AGREED
    for adult in [spell.home.mother.person]:
        spell.add(ConsentToHelp(**spell.row(coordinator, at, adult), case=spell.case, state=says))
    if fate.state == CaseState.DECLINED:
        spell.move(manager, at + datetime.timedelta(days=3), CaseState.DECLINED, "the family does not want help now")
        return
    world.agree_to_sharing(spell.home.people, world.today + datetime.timedelta(days=300), at)
    spell.move(coordinator, at, CaseState.WAITING, "the family said yes")
    if fate.state == CaseState.WAITING:
        return
    began = at + datetime.timedelta(days=world.dice.randrange(2, 9))
    _lead(spell, coordinator, began)
    spell.move(spell.lead, began, CaseState.ASSESSING, "the lead has accepted")
    planned = min(began + datetime.timedelta(days=world.dice.randrange(7, 18)), world.now)
    assessment = Assessment(
        **spell.row(spell.lead, began), case=spell.case, due_on=(began + datetime.timedelta(days=14)).date(),
        finished_at=None if fate.state == CaseState.ASSESSING else planned,
        conclusion="" if fate.state == CaseState.ASSESSING else "A plan with the family, reviewed every six weeks.",
    )  # fmt: skip
    spell.add(assessment)
    if fate.state == CaseState.ASSESSING:
        return
    spell.add(
        AssessmentDetail(
            **spell.row(spell.lead, planned), assessment=assessment, worries="Rows at home and missed school.",
            strengths="A mother who asked, a grandmother close by.", needs_to_happen="Mornings that work; a quiet home.",
            family_view="We want the same people to keep coming.", child_view=world.dice.choice(names.WORDS),
        )
    )  # fmt: skip
    _team(spell, planned)
    spell.move(spell.lead, planned, CaseState.PLAN_ACTIVE, "a plan the family agreed to")
    _plan(spell, planned)
    _work(spell, planned)
    _finish(spell, manager)


def _lead(spell: Spell, asked_by: Post, at: datetime.datetime) -> None:
    world, lead = spell.world, spell.lead
    asked = LeadAssignment(
        **{**spell.row(asked_by, at), "sent_to": lead.agency, "sent_to_practitioner": lead.practitioner},
        case=spell.case, practitioner=lead.practitioner, agency=lead.agency, why=AssignmentWhy.FIRST,
    )  # fmt: skip
    yes = Answer(
        **{**spell.row(lead, at), "sent_to": asked_by.agency, "sent_to_practitioner": asked_by.practitioner},
        kind=Kind.CASE, assignment=asked, accepted=True,
    )  # fmt: skip
    spell.add(asked, yes)
    world.involve(
        spell.home.people,
        lead.agency,
        InvolvementReason.LEAD,
        at.date(),
        practitioner=lead.practitioner,
        end=_end(spell),
    )
    title = f"{lead.practitioner.name}, {lead.agency.short_name}, is lead practitioner"
    spell.tell(lead, at, Kind.CASE, EventSource.LEAD, asked.id, title)


def _team(spell: Spell, at: datetime.datetime) -> None:
    world = spell.world
    others = [no for no in HELPING if no != spell.lead.agency.no]
    for no in world.dice.sample(others, 2):
        member = world.post(no, Role.LEAD_PRACTITIONER, Role.TEAM_MEMBER)
        row = TeamMember(
            **{**spell.row(spell.lead, at), "sent_to": member.agency, "sent_to_practitioner": member.practitioner},
            kind=Kind.CASE, case=spell.case, practitioner=member.practitioner, agency=member.agency,
            part=member.title, ended_on=_end(spell),
        )  # fmt: skip
        yes = Answer(
            **{**spell.row(member, at), "sent_to": spell.lead.agency, "sent_to_practitioner": spell.lead.practitioner},
            kind=Kind.CASE, team_member=row, accepted=True,
        )  # fmt: skip
        spell.add(row, yes)
        spell.team.append(member)
        world.involve(
            spell.home.people, member.agency, InvolvementReason.TEAM, at.date(), practitioner=member.practitioner,
            end=_end(spell),
        )  # fmt: skip


def _plan(spell: Spell, at: datetime.datetime) -> None:
    world = spell.world
    count = world.pick({2: 4, 3: 5, 4: 2, 5: 1})
    for heading in world.dice.sample(sorted(names.NEEDS), count):
        title, wished = names.NEEDS[heading]
        need = Need(
            **spell.row(spell.lead, at), case=spell.case, heading=OutcomeHeading(heading), title=title,
            baseline=world.dice.randrange(2, 6),
        )  # fmt: skip
        spell.needs.append(need)
        spell.add(
            need,
            NeedDetail(**spell.row(spell.lead, at), need=need, description=f"{title}: as the family described it."),
            WishedFor(**spell.row(spell.lead, at), need=need, title=wished),
        )
        for _ in range(world.pick({1: 1, 2: 3})):
            _action(spell, need, at)
    spell.tell(spell.lead, at, Kind.PLAN, EventSource.PLAN, spell.case.id, "A plan was made with the family")


def _action(spell: Spell, need: Need, at: datetime.datetime) -> None:
    world = spell.world
    doer = world.dice.choice([spell.lead, *spell.team])
    due = at.date() + datetime.timedelta(days=world.dice.randrange(14, 84))
    done = due < spell.until and spell.fate.stalled != "nothing_done" and not world.chance(0.12)
    spell.add(
        Action(
            **{**spell.row(spell.lead, at), "sent_to": doer.agency, "sent_to_practitioner": doer.practitioner},
            case=spell.case, need=need, title=world.dice.choice(names.TASKS), doer=doer.practitioner,
            doer_agency=doer.agency, due_on=due, status=ActionStatus.DONE if done else ActionStatus.OPEN,
            settled_at=world.moment(due) if done else None,
        )
    )  # fmt: skip


def _work(spell: Spell, planned: datetime.datetime) -> None:
    """Notes every fortnight or so and a review every six weeks, up to where the spell stands or stalled."""
    world, stalled = spell.world, spell.fate.stalled
    quiet = {"silent": 45, "never_contacted": 10_000, "review_late": 0}.get(stalled, 0)
    day = planned.date() + datetime.timedelta(days=6)
    while day < spell.until - datetime.timedelta(days=quiet):
        _note(spell, world.moment(day))
        day += datetime.timedelta(days=world.dice.randrange(8, 19))
    review = planned.date() + datetime.timedelta(days=world.dice.randrange(36, 46))
    last = spell.until - datetime.timedelta(days=75 if stalled == "review_late" else 0)
    while review < last:
        _review(spell, world.moment(review))
        review += datetime.timedelta(days=world.pick({40: 71, 55: 21, 88: 8}))


def _note(spell: Spell, at: datetime.datetime) -> None:
    world, by = spell.world, spell.lead
    text = world.dice.choice(names.NOTES)
    seen = "school" in text or "visit" in text
    note = Note(
        **spell.row(by, at), case=spell.case, headline=text.split(".")[0],
        note_kind=NoteKind.HOME_VISIT if "visit" in text else NoteKind.PHONE,
    )  # fmt: skip
    spell.add(note, NoteDetail(**spell.row(by, at), note=note, text=text))
    for child in spell.children if seen else []:
        how = world.pick({Seen.ALONE: 5, Seen.WITH_OTHERS: 3, Seen.SEEN_ONLY: 2})
        spell.add(ChildSeen(**spell.row(by, at, child.person_id), note=note, how=how))
        words = world.dice.choice(names.WORDS)
        if words and how == Seen.ALONE:
            spell.add(ChildWords(**spell.row(by, at, child.person_id), note=note, words=words))
    spell.tell(by, at, Kind.NOTE, EventSource.NOTE, note.id, note.headline, text)


def _review(spell: Spell, at: datetime.datetime) -> None:
    world, by = spell.world, spell.lead
    meeting = Meeting(
        **spell.row(by, at), case=spell.case, starts_at=at, reference=f"TAF-{spell.case.reference[3:]}", held=True,
        decided="Carry on; the next review in six weeks.",
    )  # fmt: skip
    row = Review(
        **spell.row(by, at), case=spell.case, meeting=meeting, family_score=world.dice.randrange(3, 9),
        result=ReviewResult.CONTINUE, summary="The team and the family went through the plan.",
        next_review_on=at.date() + datetime.timedelta(days=42),
    )  # fmt: skip
    spell.add(meeting, row)
    spell.add(
        ReviewDetail(**spell.row(by, at), review=row, what_changed="Mornings are calmer.", family_view="It helps.")
    )
    for need in spell.needs:
        change = Change.SAME if spell.fate.stalled == "nothing_done" else world.pick(
            {Change.BETTER: 52, Change.SAME: 33, Change.WORSE: 15}
        )  # fmt: skip
        spell.add(ReviewScore(**spell.row(by, at), review=row, need=need, change=change))
    spell.tell(by, at, Kind.REVIEW, EventSource.REVIEW, row.id, "Review: carry on with the plan")


def _finish(spell: Spell, manager: Post) -> None:
    world, fate = spell.world, spell.fate
    if fate.ended_on is None:
        return
    at = world.moment(fate.ended_on)
    for need in spell.needs:
        need.ended_on, need.end_score, need.ended_because = fate.ended_on, 7, "As the last review found."
    reason = world.pick(CLOSINGS) if fate.state == CaseState.CLOSED else ClosingReason.NEEDS_MET
    if fate.state == CaseState.STEPPED_UP:
        reason = ClosingReason.STEPPED_UP
    closing = ClosingSummary(
        **spell.row(spell.lead, at), case=spell.case, reason=reason,
        summary="Rows at home and missed school. Mornings changed; the arguments less so.",
        if_they_return="Ask grandmother first; mother finds letters hard.",
    )  # fmt: skip
    detail = ClosingDetail(
        **spell.row(spell.lead, at), closing=closing, what_changed="Attendance is up and the rent is paid.",
        not_achieved="Father did not take part.", family_view="It came at the right time.", who_stays="The school.",
    )  # fmt: skip
    spell.add(closing, detail)
    if fate.state != CaseState.STEPPED_UP:
        spell.move(spell.lead, at, CaseState.STEPPED_DOWN, "the family told us they are ready")
        _watch(spell, fate.ended_on, at)
    if fate.state == CaseState.CLOSED:
        later = min(at + datetime.timedelta(weeks=WATCH_WEEKS), world.now)
        spell.move(manager, later, CaseState.CLOSED, reason.label.lower())
    if fate.state == CaseState.STEPPED_UP:
        spell.move(spell.lead, at, CaseState.STEPPED_UP, "the plan is not enough")


def _watch(spell: Spell, start: datetime.date, at: datetime.datetime) -> None:
    world = spell.world
    ends = start + datetime.timedelta(weeks=WATCH_WEEKS)
    over = spell.fate.state == CaseState.CLOSED
    watch = Watch(
        **spell.row(spell.lead, at), case=spell.case, starts_on=start, ends_on=ends, family_told_on=start,
        family_view="Happy for school to keep an eye.", on_lists=True, ended_on=min(ends, world.today) if over else None,
        ended_answer=WatchAnswer.DOING_WELL if over else "", ended_because="Six quiet months." if over else "",
    )  # fmt: skip
    spell.add(watch)
    for week in (4, 12, 26):
        due = start + datetime.timedelta(weeks=week)
        answered = due < world.today - datetime.timedelta(days=5) or over
        spell.add(
            WatchPrompt(
                **spell.row(spell.lead, at), watch=watch, week=week, due_on=due,
                answer=WatchAnswer.DOING_WELL if answered else "", answered_on=due if answered else None,
                words="Rang mother: all well." if answered else "",
            )
        )  # fmt: skip
