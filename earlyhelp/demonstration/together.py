"""What a team around a family writes together: a meeting with its points, a copy for the family, a plan of a school."""

import datetime
from typing import Any

from cases.models import (
    Event,
    FamilyCopy,
    Meeting,
    MeetingInvitation,
    MeetingPlace,
    MeetingPoint,
    Objection,
    OwnPlan,
    OwnPlanAim,
)
from cases.vocabulary import Attendance, EventSource, HandedBy, MeetingPart, Objected, OutcomeHeading
from earlyhelp.demonstration.families import Member
from earlyhelp.demonstration.spell import Spell
from sharing_agreements.models import Post
from sharing_agreements.vocabulary import Kind, Precision

MINUTES = (
    (MeetingPart.AGENDA, "Mornings: what has changed since the last meeting"),
    (MeetingPart.AGENDA, "Who talks to the landlord"),
    (MeetingPart.SAID, "Mother says that two mornings in three are calm now."),
    (MeetingPart.SAID, "School: there every day for three weeks."),
    (MeetingPart.DECIDED, "The school nurse rings mother before half term."),
)
COPY = (
    ("What we work on", "Mornings that work for everybody"),
    ("Who does what", "The school keeps a place at breakfast club"),
    ("How it is going", "Getting to school: better"),
)
"""Lines of a family copy under their headings, as cases.queries.pages.family_copies composes them."""


def meet(spell: Spell, day: datetime.date) -> None:
    """A meeting that was held, with who came, where, and its points; and the next, to which somebody cannot come."""
    lead = spell.lead
    at = spell.world.moment(day)
    held = _meeting(spell, at, at - datetime.timedelta(days=10), "1", held=True, decided=MINUTES[-1][1])
    _invite(spell, held, Attendance.CAME)
    for part, text in MINUTES:
        written = held.recorded_at if part == MeetingPart.AGENDA else at
        spell.add(MeetingPoint(**spell.row(lead, written), kind=Kind.REVIEW, meeting=held, part=part, text=text))
    coming = _meeting(spell, spell.world.moment(spell.world.today + datetime.timedelta(days=8)), spell.world.now, "2")
    _invite(spell, coming, Attendance.INVITED)
    spell.add(
        MeetingPoint(
            **spell.row(lead, spell.world.now), kind=Kind.REVIEW, meeting=coming, part=MeetingPart.AGENDA,
            text="Is everybody who helps at the table?",
        )
    )  # fmt: skip
    for part, text in ((MeetingPart.APOLOGIES, "Cannot come"), (MeetingPart.REPORT, "Weight and sleep are both well.")):
        columns = spell.row(spell.team[0], spell.world.now)
        columns |= {"sent_to": lead.agency, "sent_to_practitioner": lead.practitioner}
        spell.add(MeetingPoint(**columns, kind=Kind.REVIEW, meeting=coming, part=part, text=text))


def _meeting(spell: Spell, at: datetime.datetime, made: datetime.datetime, number: str, **more: Any) -> Meeting:
    row = spell.row(spell.lead, made)
    meeting = Meeting(**row, case=spell.case, starts_at=at, reference=f"{spell.case.reference}-{number}", **more)
    place = MeetingPlace(**spell.row(spell.lead, made), meeting=meeting, venue="The family room at Quarry Hill")
    spell.add(meeting, place)
    return meeting


def _invite(spell: Spell, meeting: Meeting, attendance: Attendance) -> None:
    at = meeting.recorded_at
    mother = spell.row(spell.lead, at, spell.home.mother.person)
    spell.add(MeetingInvitation(**mother, meeting=meeting, attendance=attendance))
    for post in (spell.lead, *spell.team):
        columns = {**spell.row(spell.lead, at), "sent_to": post.agency, "sent_to_practitioner": post.practitioner}
        spell.add(
            MeetingInvitation(
                **columns, meeting=meeting, practitioner=post.practitioner, agency=post.agency, attendance=attendance
            )
        )


def hand_over_copy(spell: Spell, day: datetime.date) -> None:
    """Mother was given her copy, and says that one thing in it is wrong."""
    lead, mother, at = spell.lead, spell.home.mother, spell.world.moment(day)
    who = ("Who works with you", f"{lead.practitioner.name}, {lead.agency.name}, leads. Ring {lead.practitioner.phone}")
    spell.add(
        FamilyCopy(
            **spell.row(lead, at, mother.person), case=spell.case, way=HandedBy.IN_PERSON,
            lines=[list(line) for line in (who, *COPY)],
        ),
        Objection(
            **spell.row(lead, at, mother.person), case=spell.case, against=Objected.PLAN,
            words="Breakfast club is full on Mondays. Nobody told us.",
        ),
    )  # fmt: skip


def own_plan(spell: Spell, child: Member, by: Post, day: datetime.date) -> None:
    """A school's pastoral support programme for one child, which the team has not brought into its plan yet."""
    world, at = spell.world, spell.world.moment(day)
    columns = {"person_id": child.person, "family_id": spell.home.family}
    why = "Out of lessons most afternoons"
    plan = OwnPlan(
        **world.owned(by, at, **columns), title="Pastoral support programme", why=why,
        review_on=world.today + datetime.timedelta(days=30), asked=[spell.team[0].agency.no],
    )  # fmt: skip
    aims = (
        (
            OutcomeHeading.EDUCATION,
            "Stays in lessons after lunch",
            "A quiet room, and one adult for ten minutes",
        ),
        (OutcomeHeading.HEALTH, "Somebody to tell when it is too much", "The mentor sees him on Tuesdays"),
    )
    spell.add(plan)
    for heading, aim, doing in aims:
        spell.add(OwnPlanAim(**world.owned(by, at, **columns), plan=plan, heading=heading, aim=aim, doing=doing))
    spell.add(
        Event(
            **world.owned(by, at, **columns), kind=Kind.PLAN, precision=Precision.DAY, source_kind=EventSource.PLAN,
            source_id=plan.id, title=f"{plan.title}, a plan of {by.agency.short_name}: {why}",
        )
    )  # fmt: skip
