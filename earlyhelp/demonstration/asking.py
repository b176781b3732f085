"""The hub asks agencies about one family of today's queue: answered, not due yet, late, and gone on to a manager."""

import datetime
from typing import NamedTuple

from cases.vocabulary import ConsentState
from earlyhelp.demonstration import district
from earlyhelp.demonstration.reports import Desk, Filed
from earlyhelp.demonstration.world import World
from referrals.models import (
    AgencyCheck,
    CheckAnswer,
    CheckAnswerDetail,
    CheckAnswerHubOnly,
    ChecksOpening,
    ContactEntry,
)
from referrals.rules import clocks
from referrals.rules.checks import kind_of
from referrals.rules.people import age_in_words
from referrals.vocabulary import (
    AgencyAnswer,
    ContactStatus,
    ContactStep,
    Handling,
    LawfulBasis,
    LooksBack,
    Urgency,
)
from sharing_agreements.models import Post
from sharing_agreements.vocabulary import AgencyType

QUESTION = "Has she been brought to appointments and to school? Who has seen the little one this month?"


class Asked(NamedTuple):
    """One agency: who answers there (nobody named where somebody receives for it), how long ago it was asked, and what
    it said, with words for the hub alone."""

    agency: int
    minutes_ago: int
    named: str = ""
    answer: AgencyAnswer | None = None
    headline: str = ""
    detail: str = ""
    hub_only: str = ""


ASKED = (
    Asked(district.HEALTH, 290, "Ben Carrow", AgencyAnswer.KNOWN, "Two appointments missed since September",
          "Was not brought on 9 and 30 September. Seen once in October, thin and quiet.",
          "Mother told the health visitor that she is afraid of her brother."),
    Asked(district.FENWATER, 290, "Martin Hale", AgencyAnswer.NOT_KNOWN),
    Asked(district.POLICE, 290),
    Asked(district.QUARRY, 180, "Amira Haddad"),
    Asked(district.EARLY, 60),
)  # fmt: skip
"""Red: two hours to answer, four until the manager hears of it. So police have climbed, the school is late, and early
help has an hour left."""


def ask_around(desk: Desk, filed: Filed, by: Post) -> None:
    """The contact is graded red and in hand, the mother agreed, and five agencies are asked."""
    world, contact = desk.world, filed.contact
    at = contact.received_at + datetime.timedelta(minutes=5)
    desk.grade(contact, Urgency.RED, by, at)
    contact.status = ContactStatus.SCREENING
    contact.claimed_by, contact.claimed_at = by.practitioner, at
    contact.acknowledged_by, contact.acknowledged_at = by.practitioner, at
    columns = {"family_id": filed.home.family, "about": contact.about}
    said = ConsentState.AGREED
    world.load.add(
        ChecksOpening(
            **world.owned(by, at, **columns), contact=contact, state=said, said_by="Mother, by phone", at=at,
            lawful_basis=LawfulBasis.PUBLIC_TASK,
        ),
        _entry(world, filed, by, at, ContactStep.FAMILY_ANSWER, said.label),
    )  # fmt: skip
    for one in ASKED:
        _ask(desk, filed, by, one)


def _entry(world: World, filed: Filed, by: Post, at: datetime.datetime, what: ContactStep, text: str) -> ContactEntry:
    columns = {"family_id": filed.home.family, "about": filed.contact.about}
    return ContactEntry(**world.owned(by, at, **columns), contact=filed.contact, what=what, text=text, at=at)


def _ask(desk: Desk, filed: Filed, by: Post, one: Asked) -> None:
    world, agency = desk.world, desk.world.agencies[one.agency]
    at = world.now - datetime.timedelta(minutes=one.minutes_ago)
    due_at = clocks.check_due(Urgency.RED, at, desk.calendar)
    climbs_at = clocks.check_climbs(Urgency.RED, at, desk.calendar)
    waits = one.answer is None
    climbed = climbs_at if waits and climbs_at < world.now else None
    to = _named(world, one)
    named = [
        {
            "name": f"{child.given} {child.surname}",
            "born": age_in_words(child.born, child.precision, is_unborn=child.is_unborn, today=world.today),
        }
        for child in filed.children
    ]
    people = sorted(child.person for child in filed.children)
    check = AgencyCheck(
        **world.owned(by, at, family_id=filed.home.family) | {"about": people}, sent_to=agency,
        sent_to_practitioner=to.practitioner if to else None, contact=filed.contact,
        reference=filed.report.reference, named=named, question=QUESTION, looks_back=LooksBack.YEAR,
        urgency=Urgency.RED, asked_at=at, due_at=due_at, climbs_at=climbs_at,
        late_at=due_at if waits and due_at < world.now else None, climbed_at=climbed,
    )  # fmt: skip
    name = f"{agency.name}: {to.practitioner.name}" if to else agency.name
    world.load.add(check, _entry(world, filed, by, at, ContactStep.CHECKED, name))
    if to and one.answer:
        _answer(world, check, to, one.answer, one)


def _named(world: World, one: Asked) -> Post | None:
    """The post of whoever is asked by name."""
    held = (post for post in world.posts if post.agency.no == one.agency and post.ends_on is None)
    return next((post for post in held if post.practitioner.name == one.named), None)


def _answer(world: World, check: AgencyCheck, by: Post, said: AgencyAnswer, one: Asked) -> None:
    at = check.asked_at + datetime.timedelta(minutes=48)
    kind = kind_of(AgencyType(by.agency.type), holds_something=said is AgencyAnswer.KNOWN)
    columns = {"family_id": check.family_id, "about": check.about, "sent_to_id": check.owner_id}
    answer = CheckAnswer(
        **world.owned(by, at, **columns), kind=kind, check_asked=check, answer=said, headline=one.headline,
        answered_at=at,
    )  # fmt: skip
    detail = CheckAnswerDetail(
        **world.owned(by, at, **columns), kind=kind, check_answer=answer, detail=one.detail, handling=Handling.PERMITTED
    )
    world.load.add(answer, detail)
    if one.hub_only:
        world.load.add(CheckAnswerHubOnly(**world.owned(by, at, **columns), check_answer=answer, text=one.hub_only))
