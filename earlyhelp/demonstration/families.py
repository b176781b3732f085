"""Families: who is in them, where they live, which school the children go to."""

import datetime
from dataclasses import dataclass, field
from uuid import UUID

from earlyhelp.demonstration import names
from earlyhelp.demonstration.district import FENWATER, OAK, QUARRY
from earlyhelp.demonstration.world import World
from sharing_agreements.models import Address, Agency, Family, Identity, Post
from sharing_agreements.vocabulary import InvolvementReason, Precision

SIZES = {1: 48, 2: 28, 3: 14, 4: 7, 5: 3}


@dataclass
class Member:
    """Somebody in a family, as everybody tells it."""

    person: UUID
    given: str
    surname: str
    born: datetime.date | None
    precision: Precision
    sex: str
    is_child: bool = True
    is_unborn: bool = False
    school: Agency | None = None
    known_to: set[UUID] = field(default_factory=set)

    def age_on(self, day: datetime.date) -> int | None:
        """Age in years, or None while the date of birth is not known."""
        if self.born is None:
            return None
        return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))


@dataclass
class Home:
    """A family at an address."""

    family: UUID
    children: list[Member]
    mother: Member
    father: Member | None
    line: str
    postcode: str
    town: str
    elsewhere: set[UUID] = field(default_factory=set)

    @property
    def everybody(self) -> list[Member]:
        """Children first."""
        return [*self.children, self.mother, *([self.father] if self.father else [])]

    @property
    def people(self) -> list[UUID]:
        """Everybody's anchor."""
        return [member.person for member in self.everybody]


def make_family(world: World) -> Home:
    """A new family, known to nobody yet."""
    dice = world.dice
    surname = dice.choice(names.SURNAMES)
    family = Family(id=world.uid())
    world.load.add(family)
    ages = _ages(world, world.pick(SIZES))
    children: list[Member] = []
    for days in ages:
        children.append(_child(world, surname, days, {child.given for child in children}))
    grown = max(ages) + _YOUNGEST_PARENT
    own_name = surname if world.chance(0.7) else dice.choice(names.SURNAMES)
    mother = adult(world, dice.choice(names.WOMEN), own_name, "F", at_least=grown)
    father = adult(world, dice.choice(names.MEN), surname, "M", at_least=grown) if world.chance(0.6) else None
    town = dice.choice(names.TOWNS)
    line = f"{dice.randrange(1, 120)} {dice.choice(names.STREETS)}"
    postcode = f"ZZ{dice.randrange(1, 30)} {dice.randrange(1, 9)}{dice.choice('ABDEFGHJ')}{dice.choice('LNPQRSTU')}"
    return Home(family.id, children, mother, father, line, postcode, town)


_YEAR = 365
_BETWEEN_BIRTHS = 330
"""Days between two children of one mother, at least; twins are a cameo."""
_YOUNGEST_PARENT = 16 * _YEAR


def _ages(world: World, how_many: int) -> list[int]:
    """Ages of brothers and sisters in days, the oldest first, none under a month or over 17."""
    dice = world.dice
    drawn = sorted(
        dice.randrange(30, 5 * _YEAR) if world.chance(0.35) else dice.randrange(5 * _YEAR, 17 * _YEAR)
        for _ in range(how_many)
    )
    oldest = 18 * _YEAR - 1
    for place in range(1, how_many):
        drawn[place] = max(drawn[place], drawn[place - 1] + _BETWEEN_BIRTHS)
    for place in reversed(range(how_many)):
        drawn[place] = min(drawn[place], oldest - (how_many - 1 - place) * _BETWEEN_BIRTHS)
    return drawn[::-1]


def _child(world: World, surname: str, days: int, taken: set[str]) -> Member:
    dice = world.dice
    sex = dice.choice("FM")
    born: datetime.date | None = world.today - datetime.timedelta(days=days)
    precision = Precision.DAY
    if world.chance(0.12) and born:
        precision = dice.choice([Precision.MONTH, Precision.YEAR, Precision.UNKNOWN])
        born = {Precision.MONTH: born.replace(day=1), Precision.YEAR: born.replace(month=1, day=1)}.get(precision)
    given = dice.choice([name for name in (names.GIRLS if sex == "F" else names.BOYS) if name not in taken])
    child = Member(world.person(), given, surname, born, precision, sex)
    age = days // 365
    if age >= 4:
        no = dice.choice([QUARRY, OAK]) if age < 11 else FENWATER
        if age < 11 or world.chance(0.7):
            child.school = world.agencies[no]
            world.involve(
                [child.person], child.school, InvolvementReason.ON_ROLL, world.today - datetime.timedelta(days=800)
            )
    return child


def adult(world: World, given: str, surname: str, sex: str, *, at_least: int = 19 * _YEAR) -> Member:
    """A grown-up of so many days at least, known to nobody yet."""
    days = max(at_least, world.dice.randrange(19 * _YEAR, 48 * _YEAR))
    born = world.today - datetime.timedelta(days=days)
    return Member(world.person(), given, surname, born, Precision.DAY, sex, is_child=False)


def account(world: World, member: Member, home: Home, by: Post, at: datetime.datetime, **more: object) -> Identity:
    """One agency's account of who somebody is, and (the first time) of where they live."""
    row = Identity(
        **world.owned(by, at, person_id=member.person, **more),
        given_name=member.given, family_name=member.surname, born_on=member.born, born_precision=member.precision,
        sex=member.sex, is_child=member.is_child, is_unborn=member.is_unborn,
    )  # fmt: skip
    world.load.add(row)
    if by.agency_id not in member.known_to:
        member.known_to.add(by.agency_id)
        world.load.add(
            Address(
                **world.owned(by, at, person_id=member.person, **more),
                line=home.line, town=home.town, postcode=home.postcode,
            )
        )  # fmt: skip
    return row
