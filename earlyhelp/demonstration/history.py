"""Three years of Marlbeck: how often each family came to notice, and what became of them by today."""

import datetime
from collections.abc import Iterator

from cases.vocabulary import CaseState
from earlyhelp.demonstration import cameos
from earlyhelp.demonstration.caseload import help_family
from earlyhelp.demonstration.families import Home, make_family
from earlyhelp.demonstration.reports import Desk
from earlyhelp.demonstration.services import list_services
from earlyhelp.demonstration.spell import Fate
from earlyhelp.demonstration.world import World, settle
from referrals.vocabulary import Outcome
from sharing_agreements.vocabulary import Stage
from sharing_agreements.working_time import Calendar

DAYS = 36 * 30
LONGEST = 370
CONTACTS = ((1, 1, 1100), (2, 2, 400), (3, 3, 200), (4, 5, 180), (6, 10, 100), (11, 14, 20))
"""(fewest, most, families): how many of 2,000 families came to notice how often in three years."""
STANDING = {CaseState.OFFERED: 11, CaseState.WAITING: 9, CaseState.ASSESSING: 18, CaseState.PLAN_ACTIVE: 112}
"""Spells at each state today; then 70 in touch, and the rest ended (about 610 in three years)."""
IN_TOUCH, ENDED = 70, 390
STALLED = ("review_late",) * 8 + ("silent",) * 5 + ("nothing_done",) * 2 + ("never_contacted",) + ("lead_left",) * 4
ENDS = {CaseState.CLOSED: 70, CaseState.STEPPED_UP: 14, CaseState.DECLINED: 8}


def tell(world: World, calendar: Calendar, families: int) -> None:
    """Fill the world: agencies, families with their reports and early help, today's queue, the named cameos."""
    settle(world)
    desk = Desk(world, calendar)
    share = families / 2000
    homes = [make_family(world) for _ in range(families)]
    spells = list(fates(world, share))[:families]
    helped = dict(zip(world.dice.sample(range(families), len(spells)), spells, strict=True))
    for place, (home, count) in enumerate(zip(homes, _counts(families), strict=False)):
        _reports(desk, home, count, helped[place][1] if place in helped else None)
    for number, (place, (fate, opened)) in enumerate(helped.items(), start=1):
        help_family(world, homes[place], opened, fate, number=number)
    _queue(desk, homes, round(26 * share) or 3)
    cameos.tell(world, desk)
    list_services(world)


def _counts(families: int) -> Iterator[int]:
    """How many reports each family had, most-reported first, so that the shares hold at any size."""
    total = sum(row[2] for row in CONTACTS)
    for fewest, most, of_2000 in reversed(CONTACTS):
        for place in range(round(of_2000 * families / total)):
            yield fewest + place % (most - fewest + 1)
    while True:
        yield 1


def _reports(desk: Desk, home: Home, count: int, opened: datetime.datetime | None) -> None:
    """A family's reports, oldest first. Repeats come close together, as they do; one of them led to early help."""
    world = desk.world
    first = world.dice.randrange(30, DAYS) if count < 4 else world.dice.randrange(DAYS // 2, DAYS)
    moments: list[tuple[datetime.datetime, Outcome | None]] = [
        (_when(world, back), None) for back in {first, *(world.dice.randrange(12, first) for _ in range(count - 1))}
    ]
    if opened:
        moments[0] = (opened - datetime.timedelta(days=world.dice.randrange(5, 10)), Outcome.EARLY_HELP)
    moments.sort(key=lambda one: one[0])
    for at, outcome in moments:
        desk.file(home, at, outcome=outcome)
    world.stage([child.person for child in home.children], Stage.CONTACT, moments[0][0])


def _when(world: World, days_back: int) -> datetime.datetime:
    """A report's moment: 38 in 100 out of hours, Mondays busiest."""
    day = world.today - datetime.timedelta(days=days_back)
    if world.chance(0.12):
        day -= datetime.timedelta(days=day.weekday())
    return world.moment(day, office=not world.chance(0.38))


def fates(world: World, share: float) -> Iterator[tuple[Fate, datetime.datetime]]:
    """Each spell of the three years: where it stands today, and when it began. `share` of 2,000 families' worth."""
    dice, today = world.dice, world.today
    stalls = iter(STALLED)
    for state, of_2000 in STANDING.items():
        for _ in range(round(of_2000 * share) or 1):
            back = {CaseState.OFFERED: 12, CaseState.WAITING: 20, CaseState.ASSESSING: 24}.get(state)
            days = dice.randrange(3, back) if back else dice.randrange(60, 380)
            stalled = next(stalls, "") if state == CaseState.PLAN_ACTIVE else ""
            yield Fate(state, stalled=stalled), world.moment(today - datetime.timedelta(days=days + 8 * bool(stalled)))
    for _ in range(round(IN_TOUCH * share) or 1):
        ended = today - datetime.timedelta(days=dice.randrange(3, 178))
        yield Fate(CaseState.STEPPED_DOWN, ended), world.moment(ended - datetime.timedelta(days=_length(world)))
    for _ in range(round(ENDED * share) or 1):
        state = world.pick(ENDS)
        ended = today - datetime.timedelta(days=dice.randrange(190 if state == CaseState.CLOSED else 20, 700))
        fate = Fate(state, None if state == CaseState.DECLINED else ended)
        yield fate, world.moment(ended - datetime.timedelta(days=_length(world)))


def _length(world: World) -> int:
    """Days a spell was open: median 27 weeks, and never longer than keeps it inside the three years told."""
    return min(max(70, round(world.dice.lognormvariate(5.24, 0.5))), LONGEST)


def _queue(desk: Desk, homes: list[Home], count: int) -> None:
    """Today's undecided contacts: some graded, some overdue, some nobody has looked at yet."""
    world = desk.world
    for place in range(count):
        home = homes[(place * 37) % len(homes)]
        minutes = world.dice.choice([25, 50, 90, 140, 260, 900, 1500, 2600])
        filed = desk.file(home, world.now - datetime.timedelta(minutes=minutes + place), decide=False)
        cameos.grade_some(desk, filed, place)
