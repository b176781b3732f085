"""Examples of an agreement in a random world: made up, written down, and judged by the oracle."""

import dataclasses
import datetime
import json
import random
from dataclasses import dataclass

from psycopg2.extensions import cursor as Cursor

from sharing_agreements.vocabulary import (
    AgencyType,
    AgreementState,
    ExampleGroup,
    Kind,
    Level,
    Purpose,
    RecordAge,
    Role,
    Stage,
)
from tests import oracle, proving
from tests.oracle import LONDON, Agreement, Involvement, Record, Viewer, World
from tests.worlds import DISTRICTS, KINDS, PURPOSES, TYPES

CHILD = 1


@dataclass(frozen=True)
class Example:
    """One example. Recipient and provider are an agency's number or a type; `group` says which of a type."""

    must_see: bool
    recipient: int | AgencyType
    group: ExampleGroup | None
    district: str
    role: Role
    purpose: Purpose
    provider: int | AgencyType
    kind: Kind
    level: Level
    is_involved: bool
    agrees: bool
    stage: Stage
    age: RecordAge


def make(world: World, at: int, source: random.Random) -> Example:
    """An example close to one clause of the agreement at this place of the world."""
    agreement = world.agreements[at]
    clause = source.choice(agreement.clauses)
    near = lambda likely, all_: likely if source.randrange(16) else source.choice(all_)  # noqa: E731
    numbers = [a.no for a in world.agencies]
    recipient = near(clause.recipient, source.choice([numbers, TYPES]))
    group = None if isinstance(recipient, int) else source.choice(list(ExampleGroup))
    named = group in {ExampleGroup.INSIDE, ExampleGroup.OUTSIDE}
    return Example(
        must_see=source.random() < 0.5,
        recipient=recipient,
        group=group,
        district=source.choice(DISTRICTS) if named else "",
        role=near(source.choice(sorted(clause.roles)), list(Role)),
        purpose=near(source.choice(sorted(agreement.purposes)), PURPOSES),
        provider=near(clause.provider, source.choice([numbers, TYPES])),
        kind=near(clause.kind, KINDS),
        level=near(clause.level, list(Level)),
        is_involved=bool(source.randrange(6)),
        agrees=bool(source.randrange(5)),
        stage=near(source.choice(sorted(clause.stages or set(Stage))), list(Stage)),
        age=source.choice(list(RecordAge)),
    )


def as_if_signed(world: World, at: int) -> World:
    """The same world after every party of one agreement has signed it today and it has begun."""
    before = world.agreements[at]
    now = datetime.datetime.combine(world.today, datetime.time(12), LONDON)
    done = [move for move in before.moves if move[0].astimezone(LONDON).date() <= world.today]
    signed: Agreement = dataclasses.replace(
        before,
        moves=(*done, (now, AgreementState.SIGNED), *before.moves[len(done) :]),
        starts_on=min(before.starts_on, world.today),
        parties=tuple(
            p if oracle._had_signed(p, world.today) else dataclasses.replace(p, signed_at=now) for p in before.parties
        ),
    )
    agreements = [signed if place == at else one for place, one in enumerate(world.agreements)]
    return dataclasses.replace(world, agreements=agreements)


def holds(world: World, at: int, example: Example) -> bool:
    """What the oracle says of it."""
    opening = [_opening(world, reader, owner, example) for reader, owner in _pairs(world, at, example)]
    if example.must_see:
        return bool(opening) and all(at in found for found in opening)
    return not any(opening)


def _pairs(world: World, at: int, example: Example) -> list[tuple[int, int]]:
    agreement = world.agreements[at]
    members = {p.agency for p in agreement.parties if p.left_on is None or world.today < p.left_on}
    speaks_of = {
        None: lambda a: True,
        ExampleGroup.EVERY: lambda a: True,
        ExampleGroup.PARTY: lambda a: a.no in members,
        ExampleGroup.STRANGER: lambda a: a.no not in members,
        ExampleGroup.INSIDE: lambda a: a.district == example.district,
        ExampleGroup.OUTSIDE: lambda a: a.district != example.district,
    }[example.group]
    readers = [a.no for a in world.agencies if example.recipient in {a.no, a.type} and speaks_of(a)]
    owners = [a.no for a in world.agencies if example.provider in {a.no, a.type} and a.no in members]
    return [(reader, owner) for reader in readers for owner in owners if reader != owner]


def _opening(world: World, reader: int, owner: int, example: Example) -> set[int]:
    """Places of the agreements that open the made-up record to the made-up reader."""
    day = world.today
    tale = dataclasses.replace(
        world,
        involvements=[Involvement(CHILD, reader, None, "team", day, None)] if example.is_involved else [],
        consents=[(CHILD, day)] if example.agrees else [],
        stages=[(CHILD, example.stage)],
        merges=[],
        overdue=set(),
    )
    viewer = Viewer(0, reader, None, example.role, example.purpose)
    record = Record(
        no=0,
        level=example.level,
        kind=example.kind,
        owner=owner,
        author=0,
        team=None,
        main=CHILD,
        about=frozenset({CHILD}),
        happened_on=oracle.months_before(day, example.age),
        sent_to=None,
        sent_to_practitioner=None,
        hidden_from=frozenset(),
    )
    return {which for _, which, _ in oracle._releasing(tale, viewer, record)}


def write(cursor: Cursor, at: int, examples: list[Example]) -> None:
    """Write them down as the examples of one agreement, numbered from 1, as eh_owner in maintenance."""
    columns = (
        "id, agreement_id, number, must_see, recipient_agency_id, recipient_type, recipient_group, recipient_district, "
        "role, purpose, provider_agency_id, provider_type, kind, level, is_involved, agrees, stage, age"
    )
    rows = [
        (
            proving._uuid(9, at * 100 + number),
            proving._uuid(5, at),
            number,
            one.must_see,
            *_side(one.recipient),
            one.group or "",
            one.district,
            one.role,
            one.purpose,
            *_side(one.provider),
            *(one.kind, one.level, one.is_involved, one.agrees, one.stage, one.age),
        )
        for number, one in enumerate(examples, start=1)
    ]
    template = f"({', '.join(['%s::uuid', '%s::uuid', '%s', '%s', '%s::uuid', *['%s'] * 5, '%s::uuid', *['%s'] * 7])})"
    proving._insert(cursor, "sharing_agreements_agreementexample", columns, rows, template)


def _side(side: int | AgencyType) -> tuple[str | None, str]:
    return (None, side) if isinstance(side, str) else (proving.agency_id(side), "")


def tried(cursor: Cursor, at: int, *, signed: bool) -> dict[int, bool]:
    """What the gate says of each, by number: as things stand, or as if it were signed today."""
    own = proving._uuid(5, at)
    cursor.execute(
        "select e.number, t.holds from gate.example_results("
        "array(select e from sharing_agreements_agreementexample e where e.agreement_id = %s), "
        "case when %s then array[jsonb_populate_record(null::gate.supposed, %s::jsonb)] else '{}' end) t "
        "join sharing_agreements_agreementexample e on e.id = t.example_id",
        [own, signed, json.dumps({"agreement_id": own, "verb": "sign"})],
    )
    return dict(cursor.fetchall())
