"""The people a visitor of the demonstration is shown: one story each, findable by name."""

import datetime
from typing import Any

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType

from cases.models import KeepApart, NotSafeToTell, SchoolPlace, StaffSafetyNote
from cases.vocabulary import CaseState
from earlyhelp.demonstration import asking, district, together
from earlyhelp.demonstration.caseload import help_family
from earlyhelp.demonstration.families import Home, Member, adult, make_family
from earlyhelp.demonstration.reports import Desk, Filed
from earlyhelp.demonstration.spell import Fate, Spell
from earlyhelp.demonstration.world import World
from referrals.rules import clocks
from referrals.vocabulary import ConcernKind, ContactStatus, Outcome, Urgency
from sharing_agreements.models import Conflict, IdentityDetail, Person, PersonUserObjectPermission, Post
from sharing_agreements.models.facts import HiddenAddress, RestrictedPerson
from sharing_agreements.vocabulary import InvolvementReason, Precision, Role

FIRST_NUMBER = 700


def tell(world: World, desk: Desk) -> None:
    """Write every cameo."""
    number = FIRST_NUMBER
    for story in (_marsh_end, _keep_apart, _twins, _unborn, _frequent, _restricted, _named_worker, _back_in_week_9,
                  _interpreter, _doing_well, _asked_around, _together):  # fmt: skip
        number += 1
        story(world, desk, number)


def grade_some(desk: Desk, filed: Filed, place: int) -> None:
    """Today's queue: two in three graded, some claimed, one waiting for an answer."""
    world, contact = desk.world, filed.contact
    if place % 3 == 2:
        return
    by = world.post(district.HUB, Role.DECISION_MAKER)
    grades = (Urgency.RED, Urgency.AMBER, Urgency.GREEN, Urgency.AMBER, Urgency.GREEN, Urgency.BLUE)
    desk.grade(contact, grades[place % 6], by, contact.received_at + datetime.timedelta(minutes=12))
    contact.status = ContactStatus.SCREENING
    if place % 2:
        contact.claimed_by, contact.claimed_at = by.practitioner, contact.graded_at
    if place % 9 == 4:
        contact.status, contact.waiting_since = ContactStatus.WAITING, contact.graded_at


def _born(world: World, years: float) -> datetime.date:
    return world.today - datetime.timedelta(days=round(years * 365.25))


def _named(world: World, surname: str, *children: tuple[str, float, str]) -> Home:
    """A family with these children (given name, age in years, sex)."""
    home = make_family(world)
    home.children = [
        Member(world.person(), given, surname, _born(world, age), Precision.DAY, sex)
        for given, age, sex in children
    ]  # fmt: skip
    home.mother.surname = surname
    if home.father:
        home.father.surname = surname
    return home


def _open(world: World, desk: Desk, home: Home, number: int, *, days: int, lead: Post | None = None,
          state: CaseState = CaseState.PLAN_ACTIVE, ended: datetime.date | None = None) -> Spell:  # fmt: skip
    opened = world.moment(world.today - datetime.timedelta(days=days))
    desk.file(home, opened - datetime.timedelta(days=4), outcome=Outcome.EARLY_HELP)
    return help_family(world, home, opened, Fate(state, ended), number=number, lead=lead)


def _eddie(world: World) -> Post:
    return next(p for p in world.posts if p.practitioner.name == "Eddie Sharpe" and p.role == Role.LEAD_PRACTITIONER)


def _allow(world: World, codename: str, person: Member, *posts: Post) -> None:
    """Put named people on a restricted person's allow-list."""
    kind = ContentType.objects.get_for_model(Person)
    permission = Permission.objects.get(codename=codename, content_type=kind)
    for post in posts:
        world.load.add(
            PersonUserObjectPermission(
                id=world.dice.getrandbits(30),
                permission=permission,
                user=post.practitioner,
                content_object_id=person.person,
            )
        )


def _marsh_end(world: World, desk: Desk, number: int) -> None:
    """Hidden address with a change of school: the old school lost sight that day."""
    home = _named(world, "Marshend", ("Ottilie", 8, "F"))
    spell = _open(world, desk, home, number, days=90, lead=_eddie(world))
    girl, by, moved = home.children[0], _eddie(world), world.today - datetime.timedelta(days=30)
    world.involve([girl.person], world.agencies[district.OAK], InvolvementReason.ON_ROLL,
                  world.today - datetime.timedelta(days=800), end=moved - datetime.timedelta(days=1))  # fmt: skip
    world.involve([girl.person], world.agencies[district.QUARRY], InvolvementReason.ON_ROLL, moved)
    world.load.add(
        HiddenAddress(id=world.uid(), person_id=girl.person, set_at=world.moment(moved)),
        SchoolPlace(**spell.row(by, world.moment(moved), girl.person), school=world.agencies[district.QUARRY],
                    name="Quarry Hill Primary", from_date=moved),
    )  # fmt: skip
    _allow(world, "see_hidden_address", girl, by, world.post(district.HUB, Role.DECISION_MAKER))


def _keep_apart(world: World, desk: Desk, number: int) -> None:
    """Parents who must not meet, and a father who must not be told."""
    home = _named(world, "Kettlewell", ("Rowan", 6, "M"), ("Ivy", 3, "F"))
    father = home.father = home.father or adult(world, "Craig", "Kettlewell", "M")
    home.elsewhere.add(father.person)
    spell = _open(world, desk, home, number, days=120, lead=_eddie(world))
    review, at = world.today + datetime.timedelta(days=60), spell.opened
    world.load.add(
        KeepApart(
            **{**spell.row(_eddie(world), at, home.mother.person), "about": [home.mother.person, father.person]},
            from_person_id=father.person, reason="A court order keeps them apart.", review_on=review,
        ),
        NotSafeToTell(
            **spell.row(_eddie(world), at, father.person), review_on=review,
            reason="Father must not learn of visits or letters.",
        ),
    )  # fmt: skip


def _twins(world: World, desk: Desk, number: int) -> None:
    """Twins, and a half-brother who lives elsewhere."""
    home = _named(world, "Twisleton", ("Ada", 9, "F"), ("Alma", 9, "F"), ("Kit", 14, "M"))
    home.children[1].born = home.children[0].born
    home.elsewhere.add(home.children[2].person)
    _open(world, desk, home, number, days=200)


def _unborn(world: World, desk: Desk, number: int) -> None:
    """A young couple expecting a baby."""
    home = _named(world, "Norwood", ("Unborn", -0.3, "U"))
    baby = home.children[0]
    baby.given, baby.is_unborn, baby.precision = "", True, Precision.DUE
    _open(world, desk, home, number, days=40, state=CaseState.ASSESSING)


def _frequent(world: World, desk: Desk, number: int) -> None:
    """A family that rang the police again and again until help fitted together."""
    home = _named(world, "Lancaster", ("Jody", 11, "F"), ("Nathan", 7, "M"))
    police = ("police", world.post(district.POLICE, Role.REPORTER))
    for days in (300, 280, 262, 240, 233, 214, 201, 190):
        desk.file(home, world.moment(world.today - datetime.timedelta(days=days), office=False), by=police,
                  concern=ConcernKind.DOMESTIC_ABUSE, outcome=Outcome.NO_FURTHER_ACTION)  # fmt: skip
    _open(world, desk, home, number, days=180)


def _restricted(world: World, desk: Desk, number: int) -> None:
    """A restricted child with a new report: only named people see it."""
    home = _named(world, "Quillfeather", ("Sorrel", 12, "F"))
    girl = home.children[0]
    world.load.add(RestrictedPerson(id=world.uid(), person_id=girl.person, reason="Known to staff.", set_at=world.now))
    _allow(world, "see_restricted", girl, world.post(district.HUB, Role.MANAGER))
    desk.file(home, world.now - datetime.timedelta(minutes=70), decide=False)


def _named_worker(world: World, desk: Desk, number: int) -> None:
    """A worker who is kin to a family and is denied everything about it."""
    home = _named(world, "Fisk", ("Tamsin", 10, "F"))
    lena = next(p for p in world.posts if p.practitioner.name == "Lena Fisk")
    _open(world, desk, home, number, days=100, lead=_eddie(world))
    world.load.add(
        Conflict(
            id=world.uid(), practitioner=lena.practitioner, person_id=home.children[0].person,
            reason="My niece.", declared_at=world.now,
        )
    )  # fmt: skip


def _back_in_week_9(world: World, desk: Desk, number: int) -> None:
    """Stepped down nine weeks ago; a new report came this morning."""
    home = _named(world, "Wainwright", ("Leo", 5, "M"), ("Mia", 8, "F"))
    ended = world.today - datetime.timedelta(weeks=9)
    _open(world, desk, home, number, days=260, lead=_eddie(world), state=CaseState.STEPPED_DOWN, ended=ended)
    filed = desk.file(home, world.now - datetime.timedelta(minutes=35), decide=False, concern=ConcernKind.NEGLECT)
    filed.contact.provisional, filed.contact.watched_since = True, ended
    red = clocks.decision_clock(Urgency.RED, filed.contact.received_at, desk.calendar)
    filed.contact.__dict__.update(red.columns(desk.calendar))


def _interpreter(world: World, desk: Desk, number: int) -> None:
    """A family that needs an interpreter, and a dog at the door."""
    home = _named(world, "Kowalczyk", ("Zofia", 7, "F"))
    spell = _open(world, desk, home, number, days=75)
    for member in home.everybody:
        names: list[Any] = world.load.rows_of("Identity")
        identity = next(row for row in reversed(names) if row.person_id == member.person)
        world.load.add(
            IdentityDetail(
                **{**spell.row(world.post(district.EARLY, Role.COORDINATOR), spell.opened, member.person)},
                identity=identity, language="Polish", interpreter=not member.is_child, nhs_number=_nhs(world),
            )
        )  # fmt: skip
    world.load.add(
        StaffSafetyNote(
            **{**spell.row(spell.lead, spell.opened), "about": home.people},
            what="A large dog; ask for it to be shut in.", review_on=world.today + datetime.timedelta(days=200),
        )
    )  # fmt: skip


def _nhs(world: World) -> str:
    """A number from the range kept for tests (999...), with its check digit."""
    while True:
        nine = f"999{world.dice.randrange(10**6):06d}"
        check = 11 - sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True)) % 11
        if check != 10:
            return nine + str(check % 11)


def _asked_around(world: World, desk: Desk, number: int) -> None:
    """A report of this morning about which five agencies were asked: two answered, one is late, one has climbed."""
    home = _named(world, "Penhallow", ("Tess", 9, "F"), ("Arlo", 2, "M"))
    before = world.moment(world.today - datetime.timedelta(days=70))
    desk.file(home, before, concern=ConcernKind.NEGLECT, outcome=Outcome.ADVICE)
    at = world.now - datetime.timedelta(minutes=300)
    filed = desk.file(home, at, decide=False, concern=ConcernKind.NEGLECT, urgency=Urgency.RED)
    hana = next(post for post in world.posts if post.practitioner.name == "Hana Whitlock")
    asking.ask_around(desk, filed, hana)


def _together(world: World, desk: Desk, number: int) -> None:
    """A team with the points of its meetings, a copy the mother was given, and a plan of a school's own."""
    home = _named(world, "Ashdown", ("Finn", 8, "M"), ("Isla", 5, "F"))
    spell = _open(world, desk, home, number, days=110, lead=_eddie(world))
    amira = next(p for p in world.posts if p.practitioner.name == "Amira Haddad" and p.role == Role.LEAD_PRACTITIONER)
    day = datetime.timedelta(days=1)
    world.involve([home.children[0].person], amira.agency, InvolvementReason.ON_ROLL, world.today - 600 * day)
    together.meet(spell, world.today - 21 * day)
    together.hand_over_copy(spell, world.today - 18 * day)
    together.own_plan(spell, home.children[0], amira, world.today - 12 * day)


def _doing_well(world: World, desk: Desk, number: int) -> None:
    """One that is doing well."""
    home = _named(world, "Bright", ("Hope", 13, "F"))
    ended = world.today - datetime.timedelta(weeks=20)
    _open(world, desk, home, number, days=400, state=CaseState.STEPPED_DOWN, ended=ended)
