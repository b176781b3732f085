"""The work of a spell: its plan, notes and reviews, and how it ends."""

import datetime

from cases.models import (
    Action,
    ChildSeen,
    ChildWords,
    ClosingDetail,
    ClosingSummary,
    Meeting,
    Need,
    NeedDetail,
    Note,
    NoteDetail,
    Review,
    ReviewDetail,
    ReviewScore,
    Watch,
    WatchPrompt,
)
from cases.models import Outcome as WishedFor
from cases.vocabulary import (
    ActionStatus,
    CaseState,
    Change,
    ClosingReason,
    EventSource,
    NoteKind,
    OutcomeHeading,
    ReviewResult,
    Seen,
    WatchAnswer,
)
from earlyhelp.demonstration import names
from earlyhelp.demonstration.spell import Spell
from sharing_agreements.models import Post
from sharing_agreements.vocabulary import Kind

WATCH_WEEKS = 26
CLOSINGS = {
    ClosingReason.NEEDS_MET: 48, ClosingReason.SINGLE_AGENCY: 17, ClosingReason.DECLINED: 12,
    ClosingReason.NOT_REACHED: 4, ClosingReason.MOVED: 4, ClosingReason.OTHER: 1,
}  # fmt: skip


def make_plan(spell: Spell, at: datetime.datetime) -> None:
    """Needs, what is wished for, and actions with an owner and a date."""
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
    status = _status(spell, due)
    spell.add(
        Action(
            **{**spell.row(spell.lead, at), "sent_to": doer.agency, "sent_to_practitioner": doer.practitioner},
            case=spell.case, need=need, title=world.dice.choice(names.TASKS),
            measure="Seen at the next review", doer=doer.practitioner, doer_agency=doer.agency,
            due_on=due, status=status,
            settled_at=None if status == ActionStatus.OPEN else world.moment(min(due, spell.until)),
        )
    )  # fmt: skip


def _status(spell: Spell, due: datetime.date) -> ActionStatus:
    """Nothing stays open in an ended spell; in a running one about a fifth of what fell due lately is overdue."""
    if spell.fate.ended_on:
        return ActionStatus.DONE if due <= spell.fate.ended_on else ActionStatus.CANCELLED
    if due >= spell.world.today or spell.fate.stalled == "nothing_done":
        return ActionStatus.OPEN
    is_late = due > spell.world.today - datetime.timedelta(days=35) and spell.world.chance(0.22)
    return ActionStatus.OPEN if is_late else ActionStatus.DONE


def work(spell: Spell, planned: datetime.datetime) -> None:
    """Notes every fortnight or so and a review every six weeks, up to where the spell stands or stalled."""
    world, stalled = spell.world, spell.fate.stalled
    quiet = {"silent": 45, "never_contacted": 10_000, "lead_left": 12}.get(stalled, 0)
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


def finish(spell: Spell, manager: Post) -> None:
    """Step down, up or close, when the spell has ended; nothing while it goes on."""
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
        family_view="Happy for school to keep an eye.", on_lists=True,
        ended_on=min(ends, world.today) if over else None,
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
