"""What gate.protect does to one table: row security, grants, policies, triggers, indexes, tried and read.

The tables are made for the purpose. tests/house/test_governed_models.py holds every real one to the same.
"""

import datetime
import uuid
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from sharing_agreements.models import Conflict, RecordException
from sharing_agreements.vocabulary import AgencyType, Level, Purpose, Role
from tests import cast
from tests.conftest import as_login, as_web, as_worker
from tests.proving import FACTS

pytestmark = pytest.mark.django_db
HEADLINE, WORDS, BRIEF = "proof_headline", "proof_words", "proof_brief"
DAY = datetime.timedelta(days=1)


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def rows(statement: str, *given: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.fetchall()


def make(table: str, level: str, more: str = "", how: str = "") -> None:
    """A table with the facts of every governed one and columns of its own, governed at a level."""
    run(
        f"create table {table} as select {FACTS} from sharing_agreements_identity with no data",
        f"alter table {table} add primary key (id)",
        *([f"alter table {table} {more}"] if more else []),
        f"call gate.protect('{table}', '{level}'{how})",
    )


OF_WORDS = """
add place text,
add headline_id uuid not null unique references proof_headline (id),
add perhaps_id uuid unique references proof_headline (id),
add among_many_id uuid not null references proof_headline (id),
add pair_id uuid not null references proof_headline (id),
add unique (pair_id, place),
add family_led_id uuid not null unique references sharing_agreements_person (id),
add nothing_id uuid not null unique
"""


@pytest.fixture
def tables(db: None) -> None:
    """A headline; its words, which the lead may change; and a brief, which hangs on a headline too."""
    run(f"create table gate.{HEADLINE} (of_the_gate integer)")
    make(HEADLINE, "summary", how=", 1")
    make(WORDS, "full", OF_WORDS, ", null, true")
    run(f"create index on {WORDS} (among_many_id)")
    make(BRIEF, "existence", "add headline_id uuid not null unique references proof_headline (id)")


def test_it_is_registered_with_its_level_and_its_kind(tables):
    found = rows("select table_name, level, kind from gate.governed where table_name like 'proof%%' order by 1")
    assert found == [(BRIEF, "existence", None), (HEADLINE, "summary", 1), (WORDS, "full", None)]


@pytest.mark.parametrize("table", [HEADLINE, WORDS, BRIEF])
def test_row_security_is_on_for_its_owner_too_and_its_pages_keep_room(tables, table):
    found = rows("select relrowsecurity, relforcerowsecurity, reloptions from pg_class where oid = %s::regclass", table)
    assert found == [(True, True, ["fillfactor=85"])]


OPEN = {
    HEADLINE: {"version"},
    BRIEF: {"version", "headline_id"},
    WORDS: {
        *("version", "place", "headline_id", "perhaps_id", "among_many_id", "pair_id", "family_led_id", "nothing_id"),
    },
}


@pytest.mark.parametrize("table", OPEN)
def test_logins_read_add_and_change_what_is_no_fact_and_the_gate_changes_all(tables, table):
    found = rows(
        "select r, array(select p from unnest('{select,insert,update,delete,truncate,references,trigger}'::text[]) p"
        " where has_table_privilege(r, %s, p)) from unnest('{eh_web,eh_worker,eh_gate}'::text[]) r",
        table,
    )
    reads_and_adds = ["select", "insert"]
    assert dict(found) == {
        "eh_web": reads_and_adds,
        "eh_worker": reads_and_adds,
        "eh_gate": [*reads_and_adds, "update"],
    }
    for login in ("eh_web", "eh_worker"):
        found = rows(
            "select attname from pg_attribute where attrelid = %s::regclass and attnum > 0"
            " and has_column_privilege(%s, attrelid, attnum, 'update')",
            *(table, login),
        )
        assert {name for (name,) in found} == OPEN[table], login


POLICIES = {
    "gate_sees_all": ("PERMISSIVE", "{eh_gate}", "ALL"),
    "maintenance": ("PERMISSIVE", "{eh_owner}", "ALL"),
    "may_be_read": ("PERMISSIVE", "{eh_web}", "SELECT"),
    "is_closed": ("RESTRICTIVE", "{eh_web}", "ALL"),
    "writes_own": ("PERMISSIVE", "{eh_web}", "INSERT"),
    "changes_own": ("PERMISSIVE", "{eh_web}", "UPDATE"),
}


@pytest.mark.parametrize("table", [HEADLINE, WORDS, BRIEF])
def test_six_policies_and_no_other(tables, table):
    found = rows("select policyname, permissive, roles::text, cmd from pg_policies where tablename = %s", table)
    assert {name: tuple(rest) for name, *rest in found} == POLICIES
    (everything,) = rows(
        "select qual, with_check from pg_policies where (tablename, policyname) = (%s, 'gate_sees_all')", table
    )
    assert everything == ("true", "true")


TRIGGERS = {
    HEADLINE: {"stamp": "gate.stamp('1')"},
    BRIEF: {"stamp": "gate.stamp('')"},
    WORDS: {
        "stamp": "gate.stamp('')",
        "under_headline_headline_id": "gate.under_headline('proof_headline', 'headline_id', 'lead')",
    },
}


@pytest.mark.parametrize("table", TRIGGERS)
def test_rows_are_stamped_and_hang_where_a_table_of_full_level_has_one_place_for_them(tables, table):
    found = rows(
        "select tgname, pg_get_triggerdef(oid) from pg_trigger where tgrelid = %s::regclass and not tgisinternal", table
    )
    assert {name: said.partition("EXECUTE FUNCTION ")[2] for name, said in found} == TRIGGERS[table]
    assert all(" BEFORE INSERT" in said and " FOR EACH ROW " in said for _, said in found)


def test_words_that_no_lead_may_change_are_of_the_agency_of_their_headline(tables):
    make("proof_report", "full", "add headline_id uuid not null unique references proof_headline (id)")
    (hung,) = rows("select pg_get_triggerdef(oid) from pg_trigger where tgrelid = 'proof_report'::regclass "
                   "and tgname = 'under_headline_headline_id'")  # fmt: skip
    assert "BEFORE INSERT OR UPDATE OF headline_id" in hung[0]
    assert hung[0].endswith("gate.under_headline('proof_headline', 'headline_id', 'owner')")


INDEXES = {
    "_about": "gin (about)",
    "_person_day": "btree (person_id, happened_on DESC)",
    "_family_day": "btree (family_id, happened_on DESC)",
    "_owner_newest": "btree (owner_no, recorded_at DESC)",
    "_sent_newest": "btree (sent_to_no, recorded_at DESC) WHERE (sent_to_no IS NOT NULL)",
}


def test_it_can_be_searched_by_people_families_and_agencies(tables):
    found = rows("select indexname, indexdef from pg_indexes where tablename = %s", BRIEF)
    said = {name.removeprefix(BRIEF): text.partition(" USING ")[2] for name, text in found}
    assert {name: text for name, text in said.items() if name in INDEXES} == INDEXES


@pytest.mark.parametrize(
    ("link", "whose"), [("headline_id", "anybody"), ("headline_id", ""), ("nothing_id", "owner"), ("missing", "owner")]
)
def test_nothing_hangs_for_unknown_writers_or_by_what_links_to_no_table(tables, link, whose):
    with pytest.raises(DatabaseError, match="no such headline, or nobody whose words"), transaction.atomic():
        run(f"call gate.hang('{WORDS}', '{link}', '{whose}')")


def add(table: str, **columns: Any) -> None:
    """A row as it is given: nothing stamps it."""
    values = {
        "id": uuid.uuid4(),
        "facts_until": cast.today(),
        "about": [],
        "hidden_from": [],
        "restricted": 0,
        "kind": 1,
        "version": 1,
        **columns,
    }
    with connection.cursor() as cursor:
        marks = ", ".join(["%s"] * len(values))
        cursor.execute(f"insert into {table} ({', '.join(values)}) values ({marks})", list(values.values()))


def adds(table: str, **columns: Any) -> bool:
    """Whether row security takes such a row."""
    try:
        with transaction.atomic():
            add(table, **columns)
    except DatabaseError as refused:
        if "row-level security" not in str(refused):
            raise
        return False
    return True


def plain(table: str, level: str, how: str = "") -> str:
    """A governed table whose rows are not stamped: what the policies read is what the test wrote."""
    make(table, level, how=how)
    run(f"alter table {table} disable trigger stamp")
    return table


def test_a_job_that_is_admitted_reads_and_adds_and_no_other_job_does(db):
    table = plain(BRIEF, "existence")
    run(f"call gate.admit_job('{table}', 'proof_job')")
    found = rows("select roles::text, cmd, permissive from pg_policies where policyname = 'job_proof_job'")
    assert found == [("{eh_worker}", "ALL", "PERMISSIVE")]
    for job, may in (("proof_job", True), ("other_job", False)):
        with as_worker(job):
            assert adds(table) is may
            assert rows(f"select count(*) from {table}") == [(int(may),)]


class Scene:
    """A police officer, a colleague, another agency, and three people, with two of whom the officer is connected."""

    def __init__(self) -> None:
        self.police = cast.agency("Force", AgencyType.POLICE)
        self.housing = cast.agency("Homes", AgencyType.HOUSING)
        self.me = cast.post("Cath", self.police, Role.REPORTER)
        self.colleague = cast.post("Cleo", self.police, Role.REPORTER)
        self.child, self.cousin, self.uncle = (cast.person().pk for _ in range(3))
        for person in (self.cousin, self.uncle):
            Conflict.objects.create(
                practitioner=self.me.practitioner, person_id=person, reason="Family", declared_at=cast.SIGNED_AT
            )

    def become(self, role: Role) -> None:
        self.me.role = role
        self.me.save()

    def mine(self, columns: dict[str, Any]) -> dict[str, Any]:
        """A row of the officer's own agency, in their name."""
        return {"owner_no": self.police.no, "author_no": self.me.practitioner.no, "about": [self.child], **columns}

    def adds(self, table: str, **columns: Any) -> bool:
        with as_web(self.me, Purpose.EARLY_HELP):
            return adds(table, **self.mine(columns))

    def changes(self, table: str, **columns: Any) -> bool:
        """Whether the one row there is, which is so, can be changed by the officer without being read."""
        run(f"delete from {table}")
        add(table, **self.mine(columns))
        with as_web(self.me, Purpose.EARLY_HELP), connection.cursor() as cursor:
            cursor.execute(f"update {table} set version = 2")
            return cursor.rowcount == 1


@pytest.fixture
def it(db: None) -> Scene:
    return Scene()


def test_one_adds_rows_of_ones_own_agency_in_ones_own_name_about_nobody_one_is_connected_with(it):
    table = plain(BRIEF, "existence")
    assert it.adds(table)
    assert not it.adds(table, owner_no=it.housing.no)
    assert not it.adds(table, owner_no=None)
    assert not it.adds(table, author_no=it.colleague.practitioner.no)
    assert not it.adds(table, author_no=None)
    assert not it.adds(table, about=[it.child, it.cousin])
    assert not it.adds(table, about=[it.cousin, it.uncle])
    it.become(Role.ANALYST)
    assert not it.adds(table)


def test_one_changes_rows_of_ones_own_agency_where_ones_role_writes(it):
    table = plain(BRIEF, "existence")
    assert it.changes(table)
    assert it.changes(table, author_no=it.colleague.practitioner.no)
    assert not it.changes(table, owner_no=it.housing.no)
    assert not it.changes(table, owner_no=it.housing.no, lead_no=it.me.practitioner.no)
    assert not it.changes(table, about=[it.child, it.cousin])
    it.become(Role.ANALYST)
    assert not it.changes(table)


def test_the_current_lead_changes_rows_of_others_too_where_the_table_says_so(it):
    table = plain(BRIEF, "full", ", 1, true")
    theirs = {"owner_no": it.housing.no, "lead_no": it.me.practitioner.no}
    assert it.changes(table)
    assert it.changes(table, facts_until=cast.today() - DAY)
    assert it.changes(table, **theirs)
    assert not it.changes(table, **theirs, facts_until=cast.today() - DAY)
    assert not it.changes(table, **theirs | {"lead_no": it.colleague.practitioner.no})
    assert not it.changes(table, **theirs | {"lead_no": None})
    it.become(Role.ANALYST)
    assert not it.changes(table, **theirs)


LEVELS = [Level.EXISTENCE, Level.SUMMARY, Level.FULL]


@pytest.mark.parametrize("level", LEVELS)
def test_a_row_is_read_by_who_has_a_right_to_the_level_of_its_table_or_more(it, level):
    table = plain(BRIEF, str(level))
    for of_right in LEVELS:
        row = uuid.uuid4()
        add(table, id=row, owner_no=it.housing.no, about=[it.child])
        RecordException.objects.create(
            verb="share",
            agency=it.police,
            practitioner=it.me.practitioner,
            level=of_right,
            made_at=cast.SIGNED_AT,
            reason="Asked",
            table_name=table,
            record_id=row,
            owner_no=it.housing.no,
            made_by=it.me.practitioner,
        )
        with as_web(it.me, Purpose.EARLY_HELP):
            opens = LEVELS.index(of_right) >= LEVELS.index(level)
            assert rows(f"select count(*) from {table} where id = %s", row) == [(int(opens),)], of_right


def test_what_is_closed_no_right_opens_and_nobody_reads_without_one(it):
    table = plain(BRIEF, "full")
    it.become(Role.MANAGER)
    add(table, owner_no=it.police.no, about=[it.child])
    add(table, owner_no=it.police.no, about=[it.cousin, it.child])
    add(table, owner_no=it.housing.no, about=[it.child])
    with as_web(it.me, Purpose.EARLY_HELP):
        assert rows(f"select about = array[%s] from {table}", it.child) == [(True,)]
    with as_login("eh_web"):
        assert rows(f"select count(*) from {table}") == [(0,)]


@pytest.mark.parametrize(("word", "may"), [("on", True), ("off", False)])
def test_the_owner_of_the_table_reads_and_writes_in_maintenance_alone(db, word, may):
    table = plain(BRIEF, "full")
    add(table)
    with connection.cursor() as cursor:
        cursor.execute("select set_config('earlyhelp.maintenance', %s, true)", [word])
        assert rows(f"select count(*) from {table}") == [(int(may),)]
        assert adds(table) is may
        cursor.execute("set local earlyhelp.maintenance = 'on'")


def test_the_gate_reads_and_changes_every_row(db):
    table = plain(BRIEF, "full")
    add(table)
    with as_login("eh_gate"), connection.cursor() as cursor:
        cursor.execute(f"update {table} set stage = 2, bit = 4")
        assert cursor.rowcount == 1
        assert adds(table)
