"""What a governed row carries, column by column, in random worlds: the facts, the numbers and the bit.

The policy reads nothing else of a row, so a column that is wrong by one lies to every reader. Half of the rows are
written before the facts (gate.fan_out brings them), half after (gate.stamp does).
"""

import datetime
import uuid

import pytest
from django.db import DatabaseError, connection, transaction

from sharing_agreements.vocabulary import STAGE_PRECEDENCE, Kind, Purpose, Role
from tests import cast, proving, worlds
from tests.conftest import as_web
from tests.proving import TABLES

NEVER = datetime.date(9999, 12, 31)
FEW = 3
COLUMNS = (
    "id, about::text[], owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, kind, bit, stage, "
    "involved, workers, lead_no, consent_until, facts_until, restricted, allowed"
)


@pytest.fixture
def cursor(db):
    with connection.cursor() as wrapped:
        proving.prepare(wrapped.cursor)
        yield wrapped.cursor


def of_person(world, person):
    """Stage, agencies, workers, possible leads, consent and the day it all changes, of somebody and their doubles."""
    same = world.same(person)
    mine = [i for i in world.involvements if i.person in same]
    active = [i for i in mine if i.starts_on <= cast.today() and (i.ends_on is None or i.ends_on >= cast.today())]
    to_come = [i for i in mine if i.starts_on > cast.today() and (i.ends_on is None or i.ends_on >= i.starts_on)]
    stages = [stage for p, stage in world.stages if p in same]
    consents = [until for p, until in world.consents if p in same]
    changes = [i.ends_on for i in active if i.ends_on] + [i.starts_on - datetime.timedelta(days=1) for i in to_come]
    return {
        "stage": stages[-1] if stages else 0,
        "involved": {i.agency for i in active},
        "workers": {i.practitioner for i in active if i.practitioner},
        "leads": {i.practitioner for i in active if i.reason == "lead"} or {None},
        "consent_until": consents[-1] if consents else None,
        "facts_until": min(changes, default=NEVER),
    }


def allowed(world, closings):
    """Who is named, for each who is closed, for the sort of closing; None where nobody is closed."""
    if not closings:
        return None
    return [who for who in world.practitioners if all(any((who, p) in named for p in same) for same, named in closings)]


def carried(world, record):
    """What the row must carry, by column; `lead_no` as the set of who it may be."""
    people = [of_person(world, p) for p in ([record.main] if record.main else sorted(record.about))]
    stage = next((s for s in STAGE_PRECEDENCE if s in {one["stage"] for one in people}), 0)
    consents = [one["consent_until"] for one in people]
    locates = record.kind == Kind.ADDRESS
    shut = [world.same(p) for p in sorted(record.about) if world.same(p) & world.restricted]
    hidden = [world.same(p) for p in sorted(record.about) if world.same(p) & world.address_hidden] if locates else []
    closings = [(same, world.may_see_restricted) for same in shut] + [(same, world.may_see_address) for same in hidden]
    leads = [one["leads"] for one in people if one["leads"] != {None}]
    return {
        "about": sorted(proving.person_id(p) for p in record.about),
        "owner_no": record.owner,
        "author_no": record.author,
        "team_no": record.team,
        "sent_to_no": record.sent_to,
        "sent_to_practitioner_no": record.sent_to_practitioner,
        "kind": record.kind,
        "bit": (record.owner * 32 + record.kind) * 16 + stage * 2,
        "stage": stage,
        "involved": sorted(set().union(*(one["involved"] for one in people))),
        "workers": sorted(set().union(*(one["workers"] for one in people))),
        "lead_no": leads[0] if leads else {None},
        "consent_until": None if None in consents or not consents else min(consents),
        "facts_until": min((one["facts_until"] for one in people), default=NEVER),
        "restricted": bool(shut) + 2 * bool(hidden),
        "allowed": allowed(world, closings),
    }


def read(cursor):
    """Every row by number: its columns by name."""
    cursor.execute(" union all ".join(f"select {COLUMNS} from {table}" for table in TABLES.values()))
    names = [column.name for column in cursor.description]
    rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return {uuid.UUID(str(row.pop("id"))).int & 0xFFFF: row for row in rows}


class _Undo(Exception):
    """Ends a world's savepoint."""


def each(first):
    """Worlds whose facts are up to date."""
    for number in range(first, first + FEW):
        world = worlds.make(proving.seeded(number), cast.today())
        world.overdue, world.shares, world.emergencies = set(), [], []
        yield world


@pytest.mark.parametrize("first", range(0, 60, FEW))
def test_a_row_carries_what_the_base_rows_say_of_whom_it_is_about(cursor, first):
    for world in each(first):
        rows = {}
        try:
            with transaction.atomic():
                proving.load(cursor, world)
                rows = read(cursor)
                raise _Undo
        except _Undo:
            pass
        for record in world.records:
            wanted, got = carried(world, record), rows[record.no]
            assert got.pop("lead_no") in wanted.pop("lead_no")
            assert got == wanted, record


def insert(by, **more):
    """One row in the table of proof in the name of `by`, as the web login or the owner writes it."""
    values = {
        "id": uuid.uuid4(),
        "owner_id": by.agency_id,
        "author_id": by.practitioner_id,
        "about": [],
        "hidden_from": [],
        "happened_on": cast.today(),
        "version": 1,
        "kind": 1,
        **more,
    }
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into proof_full ({', '.join(values)}) values ({', '.join(['%s'] * len(values))})",
            list(values.values()),
        )
        cursor.execute(f"select {COLUMNS}, author_id from proof_full where id = %s", [values["id"]])
        return dict(zip([column.name for column in cursor.description], cursor.fetchone(), strict=True))


def refused(by, **more):
    """Code and words of the refusal of such a row."""
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        insert(by, **more)
    return caught.value.__cause__.pgcode, str(caught.value).partition("\n")[0]


@pytest.mark.parametrize(("kind", "is_one"), [(0, False), (1, True), (31, True), (32, False), (-1, False)])
def test_a_row_has_a_kind_from_1_to_31(cursor, kind, is_one):
    cleo = cast.assemble().cleo
    assert insert(cleo, kind=2)["kind"] == 2
    if is_one:
        assert insert(cleo, kind=kind)["kind"] == kind
    else:
        assert refused(cleo, kind=kind) == ("23514", "a governed row needs a kind from 1 to 31")


def test_a_row_of_a_table_of_one_kind_is_of_that_kind_whatever_was_sent(cursor):
    cleo = cast.assemble().cleo
    cursor.execute("create trigger stamp_of_one_kind before insert on proof_full for each row "
                   "execute function gate.stamp('3')")  # fmt: skip
    assert insert(cleo, kind=5)["kind"] == 3
    assert insert(cleo, kind=None)["kind"] == 3


def test_a_row_is_about_people_with_an_anchor(cursor):
    cleo = cast.assemble().cleo
    child, nobody = cast.person().pk, uuid.uuid4()
    wanted = ("23503", "a governed row is about people with an anchor only")
    assert refused(cleo, about=[nobody]) == wanted
    assert refused(cleo, about=[child, nobody]) == wanted
    assert refused(cleo, about=[child], person_id=nobody) == wanted
    assert insert(cleo, about=[child, child], person_id=child)["about"] == [str(child)]


def test_the_hub_only_box_is_sent_to_hubs_alone(cursor):
    who = cast.assemble()
    wanted = ("23514", "the hub-only box is sent to a hub only")
    assert refused(who.cleo, kind=4, sent_to_id=who.health.pk) == wanted
    assert insert(who.cleo, kind=4, sent_to_id=who.hub.pk)["sent_to_no"] == who.hub.no
    assert insert(who.cleo, kind=4)["sent_to_no"] is None
    assert insert(who.cleo, kind=3, sent_to_id=who.health.pk)["sent_to_no"] == who.health.no


def test_whoever_acts_is_the_author_whatever_was_sent(cursor):
    who = cast.assemble()
    child = cast.person().pk
    with as_web(who.cleo, Purpose.EARLY_HELP):
        row = insert(who.cleo, author_id=who.hana.practitioner_id, team_no=77, about=[child])
    assert (row["author_id"], row["author_no"], row["team_no"]) == (
        who.cleo.practitioner_id,
        who.cleo.practitioner.no,
        None,
    )


def test_whoever_acts_writes_for_the_team_of_their_post(cursor):
    who = cast.assemble()
    with connection.cursor() as plain:
        plain.execute(
            "insert into sharing_agreements_team (id, no, agency_id, name) values (%s, 7, %s, 'North') returning id",
            [uuid.uuid4(), who.police.pk],
        )
        team = plain.fetchone()[0]
    post = cast.post("Sam", who.police, Role.SUPERVISOR, team_id=team)
    child = cast.person().pk
    with as_web(post, Purpose.EARLY_HELP):
        assert insert(post, about=[child])["team_no"] == 7
    assert insert(post, team_no=9)["team_no"] == 9


def test_holders_are_those_who_own_a_row_and_those_it_was_sent_to(cursor):
    who = cast.assemble()

    def holders():
        cursor.execute("set local role eh_gate")
        cursor.execute("select agency_no from gate.holder order by 1")
        found = [no for (no,) in cursor.fetchall()]
        cursor.execute("set local role eh_owner")
        return found

    before = set(holders())
    assert {who.police.no, who.hub.no} & before == set()
    insert(who.cleo, sent_to_id=who.hub.pk)
    insert(who.cleo, sent_to_id=who.hub.pk)
    assert set(holders()) == before | {who.police.no, who.hub.no}
    insert(who.ben)
    insert(who.hana, sent_to_id=who.housing.pk)
    assert set(holders()) == before | {who.police.no, who.hub.no, who.health.no, who.housing.no}


def test_of_two_rows_about_one_child_only_the_one_that_says_where_they_are_is_closed_with_their_address(cursor):
    who = cast.assemble()
    child = cast.person().pk
    rows = {kind: insert(who.cleo, kind=kind, about=[child], person_id=child)["id"] for kind in (1, 2, 3)}
    for change, restricted in (("hide_address(%s)", 2), ("lift(%s, 'address')", 0)):
        cursor.execute(f"select gate.{change}", [str(child)])
        cursor.execute("select kind, restricted from proof_full where id = any(%s::uuid[])", [list(rows.values())])
        assert dict(cursor.fetchall()) == {1: 0, 2: restricted, 3: 0}


def test_nobody_is_the_same_as_who_is_not_there(cursor):
    cursor.execute("select gate.same_person(gen_random_uuid()), gate.same_person(null)")
    assert cursor.fetchone() == ([], [])
