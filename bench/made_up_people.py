"""Made-up people in households, with twins, and accounts of them as agencies write them down: with 0 to 3 changes of
two dozen kinds. The same for the same seed. Nobody here exists; family names are put together from syllables.
"""

import csv
import datetime
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

VARIANTS = Path(__file__).resolve().parent.parent / "sharing_agreements" / "matching" / "name_variants_1.csv"
TWIN_BIRTHS = 0.016
GIRLS = """
olivia amelia isla ava mia ivy lily isabella rosie sophia grace freya willow florence emily ella poppy evie
charlotte daisy evelyn sienna phoebe sofia ruby alice matilda millie maya sophie ellie eva luna maisie mila
harper penelope erin thea elsie eleanor imogen jessica aria maria ada emma bonnie violet robyn arabella chloe
harriet zara aurora scarlett mabel olive iris aisha fatima zainab maryam hannah lottie martha nancy beatrice
darcie megan anna lucy orla elizabeth holly layla heidi summer amber eliza abigail jasmine lola georgia lara
lexi molly sarah katherine rebecca bethany francesca victoria natalia zofia oliwia maja amina safa hafsa khadija
inaya simran jaya priya ananya wren nora eden margot juniper clara edith rose lyra hazel gracie paige tilly skye
niamh kayleigh shannon courtney
""".split()
BOYS = """
noah oliver george arthur muhammad leo harry oscar archie theodore freddie henry charlie jack luca finley alfie
louie jude rory theo edward albie isaac hugo alexander william james joshua roman thomas max lucas benjamin arlo
reuben samuel daniel adam ethan joseph mason logan jacob sebastian elijah toby yusuf ibrahim ali hassan omar
bilal hamza ahmed tommy teddy ronnie reggie frankie jayden tyler riley caleb nathan luke dylan harrison michael
david matthew zachary finn kai ryan callum cameron owen rhys evan gabriel dominic patrick liam connor aidan
jakub filip antoni szymon kacper mateusz arjun rohan kian aaron jayden cody bobby stanley ralph otis ezra albert
frederick louis rowan felix blake jenson ollie harvey bailey kyle jordan brandon reece corey kieran sean
""".split()
FRONT = """
ash barn birch black brad brom burn calder cart chad clay cold cran crom dar den dun east elm fair fen gar green
hag hal hart hather hed hol hors hud ing kirk lang leigh lind lock mar mid mor nor oak or pem pres rad raven red
ridge ros sal sed shel stan stock sud sut thorn thur tow wad wal ward west whit win wood wor
""".split()
BACK = (
    "bury by croft dale den field ford gate ham hurst land ley low man more son stead stone ton well wick worth".split()
)
COMMON = """
smith jones taylor brown williams wilson johnson davies patel khan ahmed hussain singh begum ali evans walker
wright robinson thompson white hughes edwards green hall kaur wood harris lewis martin jackson clarke turner
cooper hill ward morris moore clark lee king baker harrison mcdonald oneill nowak kowalski popescu okafor mensah
chen
""".split()
STREETS = (
    "mill church station high park victoria albert chapel school green king queen bridge river north south".split()
)
KINDS = "road street lane close avenue drive terrace grove crescent way".split()
TOWNS = "Marlbeck Fenwater Quarryhill Oakgreen Thornby Eastleigh Kirkdale Lowfield".split()


@dataclass(frozen=True)
class Person:
    """Somebody as they are. `twin_of` names the other twin's number, `home` the household's."""

    no: int
    home: int
    given: str
    family: str
    other_family: str
    born: datetime.date
    sex: str
    line: str
    town: str
    postcode: str
    nhs: str
    upn: str
    phone: str
    twin: int | None = None


@dataclass(frozen=True)
class Account:
    """Somebody as an agency wrote them down; `of` is the person's number."""

    of: int
    given: str
    family: str
    born: datetime.date | None
    how: str
    sex: str
    line: str
    town: str
    postcode: str
    known_as: str = ""
    nhs: str = ""
    upn: str = ""
    phone: str = ""
    changes: int = 0


def nhs_number(dice: random.Random) -> str:
    """Ten digits with a true check digit, from the range kept for tests."""
    while True:
        nine = f"999{dice.randrange(10**6):06}"
        check = (11 - sum(int(digit) * (10 - at) for at, digit in enumerate(nine)) % 11) % 11
        if check < 10:
            return f"{nine}{check}"


def pupil_number(dice: random.Random) -> str:
    """A unique pupil number with a true check letter."""
    twelve = f"{dice.randrange(10**12):012}"
    return "ABCDEFGHJKLMNPQRTUVWXYZ"[sum(int(digit) * at for at, digit in enumerate(twelve, 2)) % 23] + twelve


def surnames() -> tuple[list[str], list[float]]:
    """About 1,500 family names and how common each is."""
    made = [front + back for front in FRONT for back in BACK]
    return [*COMMON, *made], [*(30 / (1 + n / 6) for n in range(len(COMMON))), *(1.0 for _ in made)]


class World:
    """Households of one to five children until there are `size` people."""

    def __init__(self, seed: int, today: datetime.date = datetime.date(2026, 11, 18)) -> None:
        self.dice = random.Random(seed)
        self.today = today
        self.names, self.shares = surnames()
        self.stands_for: dict[str, list[str]] = {}
        for row in csv.DictReader(VARIANTS.open(encoding="utf-8")):
            self.stands_for.setdefault(row["stands_for"], []).append(row["name"])
            self.stands_for.setdefault(row["name"], []).append(row["stands_for"])

    def postcode(self) -> str:
        """One of some thousands; about 15 homes each in a set of a hundred thousand people."""
        dice = self.dice
        return f"ZZ{dice.randrange(1, 40)} {dice.randrange(1, 10)}{dice.choice('ABDEFGHJ')}{dice.choice('LNPQRSTU')}"

    def line(self) -> str:
        """Number and street."""
        dice = self.dice
        return f"{dice.randrange(1, 140)} {dice.choice(FRONT)}{dice.choice(STREETS)} {dice.choice(KINDS)}"

    def given(self, sex: str) -> str:
        """Names at the front of the list are commoner."""
        names = GIRLS if sex == "F" else BOYS
        return names[min(int(self.dice.expovariate(2.2) * len(names)), len(names) - 1)]

    def people(self, size: int) -> Iterator[Person]:
        """Children, household by household."""
        no = home = 0
        while no < size:
            home += 1
            for child in self._household(no, home)[: size - no]:
                yield child
                no += 1

    def _household(self, no: int, home: int) -> list[Person]:
        dice = self.dice
        family, other = dice.choices(self.names, self.shares, k=2)
        family = f"{family}-{other}" if dice.random() < 0.04 else family
        line, town, postcode = self.line(), dice.choice(TOWNS), self.postcode()
        phone = f"07700 9{dice.randrange(10**5):05}"
        born = self.today - datetime.timedelta(days=dice.randrange(10, 6500))
        children: list[Person] = []
        for _ in range(dice.choices((1, 2, 3, 4, 5), (46, 30, 15, 6, 3))[0]):
            twins = 2 if dice.random() < TWIN_BIRTHS else 1
            for place in range(twins):
                sex = dice.choice("FM")
                taken = {one.given for one in children}
                given = self.given(sex)
                while given in taken:
                    given = self.given(sex)
                at = no + len(children)
                twin = (at + 1 if place == 0 else at - 1) if twins == 2 else None
                own = other if dice.random() < 0.06 and twins == 1 else family
                where = (line, town, postcode, nhs_number(dice), pupil_number(dice), phone)
                children.append(Person(at, home, given, own, other, born, sex, *where, twin))
            born -= datetime.timedelta(days=dice.randrange(300, 1500))
        return children

    def account(self, one: Person, changes: int) -> Account:
        """How an agency wrote this person down."""
        dice = self.dice
        found = Account(
            *(one.no, one.given, one.family, one.born, "day", one.sex, one.line, one.town, one.postcode),
            nhs=nhs_number(dice) if dice.random() < 0.004 else one.nhs if dice.random() < 0.3 else "",
            upn=one.upn if dice.random() < 0.25 else "",
            phone=one.phone if dice.random() < 0.3 else "",
        )
        for change in self.dice.sample(CHANGES, changes):
            found = change(self, one, found)
        return replace(found, changes=changes)

    def typo(self, word: str) -> str:
        """One letter more, less, other, or two the other way round."""
        if len(word) < 2:
            return word
        at = self.dice.randrange(len(word) - 1)
        letter = self.dice.choice("aeioulnrstdm")
        return self.dice.choice(
            [
                word[:at] + word[at + 1 :],
                word[: at + 1] + letter + word[at + 1 :],
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            ]
        )


BY_EAR = (
    ("ph", "f"),
    ("ck", "k"),
    ("ie", "y"),
    ("ee", "ea"),
    ("ll", "l"),
    ("s", "z"),
    ("c", "k"),
    ("i", "y"),
    ("tt", "t"),
)


def by_ear(word: str) -> str:
    """As somebody writes it who only heard it."""
    for heard, written in BY_EAR:
        word = word.replace(heard, written)
    return word


Change = Callable[[World, Person, Account], Account]


def _nickname(world: World, one: Person, a: Account) -> Account:
    return replace(a, given=world.dice.choice(world.stands_for.get(one.given, [one.given])))


def _middle(world: World, one: Person, a: Account) -> Account:
    return replace(a, given=f"{a.given} {world.given(one.sex)}")


def _known_as(world: World, one: Person, a: Account) -> Account:
    return replace(a, given=world.given(one.sex), known_as=a.given)


def _double(world: World, one: Person, a: Account) -> Account:
    return replace(a, family=f"{a.family}-{one.other_family}" if "-" not in a.family else a.family.split("-")[0])


def _digit(world: World, one: Person, a: Account) -> Account:
    if a.born is None:
        return a
    day = world.dice.choice([a.born.day % 28 + 1, (a.born.day + 9) % 28 + 1])
    year = a.born.year + world.dice.choice([-1, 1]) if world.dice.random() < 0.4 else a.born.year
    return replace(a, born=datetime.date(year, a.born.month, day if year == a.born.year else min(a.born.day, 28)))


def _flipped(world: World, one: Person, a: Account) -> Account:
    if a.born is None or a.born.day > 12:
        return replace(a, born=a.born and a.born + datetime.timedelta(days=1))
    return replace(a, born=datetime.date(a.born.year, a.born.day, a.born.month))


def _first_of(part: str) -> Change:
    def change(world: World, one: Person, a: Account) -> Account:
        if a.born is None:
            return a
        whole = a.born.replace(day=1) if part == "month" else a.born.replace(month=1, day=1)
        return replace(a, born=whole, how="day" if part == "guess" else part)

    return change


def _moved(world: World, one: Person, a: Account) -> Account:
    return replace(a, line=world.line(), postcode=world.postcode(), town=world.dice.choice(TOWNS))


def _postcode(world: World, one: Person, a: Account) -> Account:
    return replace(a, postcode=a.postcode[:-1] + world.dice.choice("LNPQRSTU") if a.postcode else "")


CHANGES: list[Change] = [
    lambda w, o, a: replace(a, given=w.typo(a.given)),
    lambda w, o, a: replace(a, given=w.typo(a.given)),
    _nickname,
    _nickname,
    _middle,
    _known_as,
    lambda w, o, a: replace(a, given=a.given[:1]),
    lambda w, o, a: replace(a, given=by_ear(a.given)),
    lambda w, o, a: replace(a, family=by_ear(a.family)),
    lambda w, o, a: replace(a, family=w.typo(a.family)),
    lambda w, o, a: replace(a, family=w.typo(a.family)),
    _double,
    lambda w, o, a: replace(a, family=o.other_family),
    lambda w, o, a: replace(a, given=a.family, family=a.given),
    _digit,
    _flipped,
    _first_of("month"),
    _first_of("year"),
    _first_of("guess"),
    lambda w, o, a: replace(a, born=None, how="unknown"),
    _moved,
    _moved,
    _postcode,
    lambda w, o, a: replace(a, line=w.typo(a.line)),
    lambda w, o, a: replace(a, line="", postcode="", town=""),
    lambda w, o, a: replace(a, sex="U"),
]
