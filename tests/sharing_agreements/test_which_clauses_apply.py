"""Which clauses apply on a day, as things stand and as they would: gate.rules_supposing against the oracle, row by row.

Small agreements by chance, always the same ones, with moves, signatures and dates around the days that are asked about.
"""

import dataclasses
import datetime
import random

import pytest
from django.db import connection, transaction

from sharing_agreements.vocabulary import AgreementState, Purpose, Role
from tests import cast, oracle, proving, supposing, worlds

AWAY = (-501, -500, -300, -2, -1, 0, 1, 2, 20, 21, 400, 401)
FEW = 4
STANDING, ASKED, CHANGED = range(0, 48, FEW), range(100, 116, FEW), range(200, 256, FEW)
VERBS = ["sign", "resume", "suspend", "end", "join", "leave", "dates"]
RULES = """
select r.agreement_id, r.clause_id, r.recipient_no, r.role, r.purpose, r.provider_no, r.kind, r.level, r.back,
       r.needs_involvement, r.needs_consent, r.stages
  from gate.rules_supposing({}, %s, %s::smallint, %s, %s) r
"""


def days() -> list[datetime.date]:
    """The days on which each question is asked."""
    return [cast.in_days(number) for number in AWAY]


def expected(world, day):
    """Every rule of that day: a clause, who receives under which role and purpose, and who provides."""
    found = []
    for number, agreement in enumerate(world.agreements):
        if not oracle.in_force(world, agreement, day):
            continue
        bound = [p.agency for p in agreement.parties if p.left_on is None or day < p.left_on]
        for at, clause in enumerate(agreement.clauses):
            conditions = (
                clause.kind,
                oracle.DEPTH[clause.level],
                clause.how_far_back,
                clause.needs_involvement,
                clause.needs_consent,
                sum(1 << s for s in clause.stages) or 255,
            )
            found += [
                (number, at, to, role, purpose, of, *conditions)
                for to in bound
                for of in bound
                if to != of
                and is_side(world, clause.recipient, clause.recipient_district, to)
                and is_side(world, clause.provider, clause.provider_district, of)
                for role in clause.roles
                for purpose in agreement.purposes
            ]
    return sorted(found)


def is_side(world, side, district, agency):
    """Whether a clause's side, an agency's number or a type in a district, is this agency."""
    if side == agency and isinstance(side, int) and not hasattr(side, "label"):
        return True
    return side == world.type_of(agency) and district in {"", world.district_of(agency)}


def rules(cursor, day, supposed=(), to=None, role=None, purpose=None):
    """The gate's answer in the oracle's words."""
    cursor.execute(RULES.format(_made(cursor, supposed)), [day, to, role, purpose])
    return sorted((_number(a), _number(c) % 100, *rest) for a, c, *rest in cursor.fetchall())


def _made(cursor, supposed):
    """Supposed changes as SQL."""
    made = [
        cursor.mogrify("gate.suppose(%s, %s, %s, %s, %s)", [c.agreement_id, c.verb, c.agency_id, *c.dates]).decode()
        for c in supposed
    ]
    return f"array[{', '.join(made)}]::gate.supposed[]"


def _number(key):
    return int(str(key).replace("-", ""), 16) & 0xFFFF


@pytest.fixture
def cursor(db):
    with connection.cursor() as wrapped:
        wrapped.cursor.execute("set local role eh_owner")
        yield wrapped.cursor


def each(first, many=FEW, *, edges=False):
    """Worlds of agencies and agreements alone, two of them versions of one another more often than not."""
    for number in range(first, first + many):
        source = random.Random(number)
        world = worlds.make(source, cast.today())
        world.people, world.is_person, world.merges = [], {}, []
        shapes = [supposing._SHAPES[0 if edges else (number + at) % 3] for at in range(len(world.agreements))]
        world.agreements = [
            _agreement(shape(one, cast.today()), at - 1 if at and source.randrange(10) < 6 else None)
            for at, (shape, one) in enumerate(zip(shapes, world.agreements, strict=True))
        ]
        yield source, world


def _agreement(one, replaces):
    return dataclasses.replace(one, replaces=replaces, ends_on=max(one.starts_on, one.ends_on))


class _Undo(Exception):
    """Ends a world's savepoint."""


def in_the_gate(cursor, world, ask):
    """What `ask` answers of a world that is loaded and taken back."""
    answer = []
    try:
        with transaction.atomic():
            proving._load_agencies(cursor, world)
            for number, agreement in enumerate(world.agreements):
                proving._load_agreement(cursor, agreement, number)
            cursor.execute("set local role eh_gate")
            answer = ask()
            cursor.execute("set local role eh_owner")
            raise _Undo
    except _Undo:
        return answer


def suppose(source, world, number, verb):
    """A change of one agreement, and that agreement after it; None where gate.why_not_suppose refuses it."""
    one = world.agreements[number]
    needs = {"sign": AgreementState.PROPOSED, "resume": AgreementState.SUSPENDED}.get(verb, AgreementState.SIGNED)
    if oracle.state_on(one, cast.today()) != needs or (verb != "dates" and one.ends_on < cast.today()):
        return None
    bound = [p for p in one.parties if p.left_on is None or cast.today() < p.left_on]
    signed = [p.agency for p in bound if p.signed_at and p.signed_at.astimezone(oracle.LONDON).date() <= cast.today()]
    late = datetime.datetime.combine(cast.today(), datetime.time(23, 59, 59), oracle.LONDON)
    after = {"resume": AgreementState.SIGNED, "suspend": AgreementState.SUSPENDED, "end": AgreementState.ENDED}
    if verb in after:
        moves = tuple(move for move in one.moves if move[0] <= late)
        return supposing.Change(number, verb), dataclasses.replace(one, moves=(*moves, (late, after[verb])))
    if verb == "sign":
        parties = tuple(p if p.agency in signed else dataclasses.replace(p, signed_at=late) for p in one.parties)
        moves = ((one.moves[0][0], AgreementState.PROPOSED), (late, AgreementState.SIGNED))
        starts_on = min(one.starts_on, cast.today())
        return supposing.Change(number, verb), dataclasses.replace(
            one, moves=moves, parties=parties, starts_on=starts_on
        )
    if verb == "join":
        out = [no for no in [a.no for a in world.agencies] if no not in {p.agency for p in bound}]
        if not out:
            return None
        agency = source.choice(out)
        parties = tuple(p for p in one.parties if p.agency != agency)
        joined = dataclasses.replace(one, parties=(*parties, oracle.Party(agency, late, None)))
        return supposing.Change(number, verb, agency), joined
    if verb == "leave":
        if not signed:
            return None
        agency = source.choice(signed)
        left = tuple(dataclasses.replace(p, left_on=cast.today()) if p.agency == agency else p for p in one.parties)
        return supposing.Change(number, verb, agency), dataclasses.replace(one, parties=left)
    first = cast.today() + datetime.timedelta(days=source.choice([-30, -1, 0, 1]))
    last = first + datetime.timedelta(days=source.choice([0, 1, 29, 60]))
    dated = dataclasses.replace(one, starts_on=first, ends_on=last)
    return supposing.Change(number, "dates", None, (first, last)), dated


def questions(source, world):
    """A day and a dozen narrower questions: for whom, under which role, for which purpose."""
    agencies = [None, *(a.no for a in world.agencies)]
    asked = [
        (source.choice(agencies), source.choice([None, *Role]), source.choice([None, *Purpose])) for _ in range(12)
    ]
    return source.choice(days()[4:8]), asked


def asked_for(one, lines):
    """Of all rules those that a narrower question is about."""
    to, role, purpose = one
    return [line for line in lines if to in (None, line[2]) and role in (None, line[3]) and purpose in (None, line[4])]


def changes(verb, first, *, edges=False):
    """Changes that may be asked about, with the world before and after each.

    `edges`: every agreement keeps its moves, signatures and dates by chance, around today.
    """
    for source, world in each(first, edges=edges):
        number = source.randrange(len(world.agreements))
        one = world.agreements[number]
        if verb == "sign":
            one = dataclasses.replace(one, moves=((one.moves[0][0], AgreementState.PROPOSED),))
        before = dataclasses.replace(world, agreements=_with(world, number, one))
        if made := suppose(source, before, number, verb):
            yield made[0], before, dataclasses.replace(world, agreements=_with(before, number, made[1]))


def _with(world, number, agreement):
    return [agreement if at == number else one for at, one in enumerate(world.agreements)]


@pytest.mark.parametrize("first", STANDING)
def test_as_things_stand_on_any_day(cursor, first):
    for _source, world in each(first):
        got = in_the_gate(cursor, world, lambda: [rules(cursor, day) for day in days()])
        wanted = [expected(world, day) for day in days()]
        assert got == wanted, [day for day, g, w in zip(days(), got, wanted, strict=True) if g != w]


@pytest.mark.parametrize("first", ASKED)
def test_for_one_recipient_role_or_purpose(cursor, first):
    for source, world in each(first):
        day, asked = questions(source, world)
        got = in_the_gate(cursor, world, lambda: [rules(cursor, day, (), *one) for one in asked])  # noqa: B023
        for one, lines in zip(asked, got, strict=True):
            assert lines == asked_for(one, expected(world, day))


@pytest.mark.parametrize("first", CHANGED)
@pytest.mark.parametrize("verb", VERBS)
def test_as_they_would_be_with_one_change(cursor, verb, first):
    for change, before, after in changes(verb, first):
        got = in_the_gate(cursor, before, lambda: rules(cursor, cast.today(), [change]))  # noqa: B023
        assert got == expected(after, cast.today()), change


def first_day(agreement):
    """The first day on which it stands, the oracle walking day by day; None if there is none."""
    days = (agreement.ends_on - agreement.starts_on).days + 1
    every = (agreement.starts_on + datetime.timedelta(days=n) for n in range(days))
    return next((day for day in every if oracle.stands(agreement, day)), None)


def first_days(cursor, supposed=()):
    """First days by number of the agreement, as the gate has them."""
    cursor.execute(f"select * from gate.first_days_supposing({_made(cursor, supposed)}, %s)", [cast.today()])
    return {_number(agreement): day for agreement, day in cursor.fetchall()}


@pytest.mark.parametrize("verb", ["nothing", *VERBS[:4], "dates"])
@pytest.mark.parametrize("first", range(300, 316, FEW))
def test_the_first_day_in_force_is_the_first_on_which_it_stands(cursor, verb, first):
    if verb == "nothing":
        cases = [(None, world, world) for _source, world in each(first)]
    else:
        cases = list(changes(verb, first, edges=True))
    for change, before, after in cases:
        got = in_the_gate(cursor, before, lambda: first_days(cursor, [change] if change else []))  # noqa: B023
        wanted = {at: day for at, one in enumerate(after.agreements) if (day := first_day(one))}
        assert got == wanted, change


def test_what_is_asked_about_matters():
    """Without this the tests above could compare nothing with nothing."""
    standing = sum(bool(expected(world, day)) for first in STANDING for _s, world in each(first) for day in days())
    assert standing > len(STANDING) * FEW
    for first in ASKED:
        for source, world in each(first):
            day, asked = questions(source, world)
            standing += sum(bool(asked_for(one, expected(world, day))) for one in asked)
    assert standing > (len(STANDING) + len(ASKED)) * FEW
    for verb in VERBS:
        cases = [case for first in CHANGED for case in changes(verb, first)]
        today = cast.today()
        assert sum(expected(before, today) != expected(after, today) for _c, before, after in cases) > 3, verb
