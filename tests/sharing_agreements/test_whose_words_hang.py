"""Whose words may hang on a headline, as a truth table: every way gate.hang knows, every sort of writer."""

import datetime
import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from sharing_agreements.models import Post
from sharing_agreements.vocabulary import Purpose, Role
from tests import cast
from tests.conftest import as_web
from tests.proving import FACTS

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
WRITERS = ("owner", "receiver", "lead", "colleague", "hub", "stranger")
MAY = {
    "owner": {"owner"},
    "sent_to": {"receiver"},
    "either": {"owner", "receiver"},
    "lead": {"owner", "lead"},
    "hub": {"hub"},
}


@pytest.fixture
def tables(db: None) -> None:
    """A headline's table and one table per way that hangs on it, as gate.protect and gate.hang make them."""
    with connection.cursor() as cursor:
        for table in ("proof_headline", *(f"proof_{way}" for way in MAY)):
            cursor.execute(f"create table {table} as select {FACTS} from sharing_agreements_identity with no data")
            cursor.execute(f"alter table {table} add primary key (id)")
        for way in MAY:
            cursor.execute(f"alter table proof_{way} add headline_id uuid references proof_headline (id)")
        for table in ("proof_headline", *(f"proof_{way}" for way in MAY)):
            cursor.execute(f"call gate.protect('{table}', 'summary', 1)")
        for way in MAY:
            cursor.execute(f"call gate.hang('proof_{way}', 'headline_id', '{way}')")


def somebody(everybody: cast.Cast) -> dict[str, Post]:
    """One practitioner of each sort; the colleague is of the lead's agency."""
    return {
        "owner": everybody.cleo,
        "receiver": everybody.ben,
        "lead": cast.post("Leda", everybody.dev.agency, Role.LEAD_PRACTITIONER),
        "colleague": cast.post("Wren", everybody.dev.agency, Role.LEAD_PRACTITIONER),
        "hub": everybody.hana,
        "stranger": everybody.amira,
    }


def insert(table: str, by: Post, about: list[uuid.UUID], headline: uuid.UUID | None = None) -> uuid.UUID:
    """A row in `by`'s name about these people, the first of them its main one."""
    key = uuid.uuid4()
    more = {"headline_id": headline} if headline else {}
    values = {
        "id": key,
        "owner_id": by.agency_id,
        "author_id": by.practitioner_id,
        "person_id": about[0],
        "about": about,
        "happened_on": cast.today(),
        "version": 1,
        **more,
    }
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into {table} ({', '.join(values)}) values ({', '.join(['%s'] * len(values))})",
            list(values.values()),
        )
    return key


def headline(who: dict[str, Post], *about: uuid.UUID, until_after: datetime.timedelta = DAY) -> uuid.UUID:
    """The owner's, sent to the receiver's agency, led by the lead until so long after today."""
    key = insert("proof_headline", who["owner"], list(about))
    with connection.cursor() as cursor:
        cursor.execute(
            "update proof_headline set sent_to_id = %s, lead_no = %s, facts_until = %s where id = %s",
            [who["receiver"].agency_id, who["lead"].practitioner.no, cast.today() + until_after, key],
        )
    return key


def hangs(way: str, by: Post, about: list[uuid.UUID], on: uuid.UUID) -> bool:
    """Whether these words of `by` may stand there."""
    try:
        with as_web(by, Purpose.EARLY_HELP), transaction.atomic():
            insert(f"proof_{way}", by, about, on)
    except IntegrityError as refused:
        if "belongs to its headline" not in str(refused):
            raise
        return False
    return True


@pytest.mark.parametrize("way", MAY)
def test_words_hang_on_a_headline_for_exactly_these(tables: None, way: str) -> None:
    who = somebody(cast.assemble())
    child = cast.person().pk
    there = headline(who, child)
    for writer in WRITERS:
        assert hangs(way, who[writer], [child], there) is (writer in MAY[way]), writer


def test_a_lead_writes_until_the_last_day_of_their_lead(tables: None) -> None:
    who = somebody(cast.assemble())
    child = cast.person().pk
    for days in (0, -1):
        there = headline(who, child, until_after=days * DAY)
        assert hangs("lead", who["lead"], [child], there) is (days == 0)


def test_a_headline_of_ones_own_opens_no_other_one(tables: None) -> None:
    who = somebody(cast.assemble())
    child = cast.person().pk
    there, mine = headline(who, child), insert("proof_headline", who["stranger"], [child])
    assert hangs("owner", who["stranger"], [child], mine)
    assert not hangs("owner", who["stranger"], [child], there)
    assert not hangs("owner", who["stranger"], [child], uuid.uuid4())


def test_words_that_hang_on_nothing_and_those_of_maintenance_are_not_looked_at(tables: None) -> None:
    who = somebody(cast.assemble())
    child, other = cast.person().pk, cast.person().pk
    with as_web(who["owner"], Purpose.EARLY_HELP):
        insert("proof_owner", who["owner"], [child])
    there = headline(who, child)
    assert not hangs("owner", who["stranger"], [other], there)
    insert("proof_owner", who["stranger"], [other], there)


@pytest.mark.parametrize("way", MAY)
def test_words_about_somebody_else_hang_on_nothing(tables: None, way: str) -> None:
    who = somebody(cast.assemble())
    child, other = cast.person().pk, cast.person().pk
    there, writer = headline(who, child), who[sorted(MAY[way])[0]]
    assert not hangs(way, writer, [other], there)
    assert not hangs(way, writer, [child, other], there)
    assert hangs(way, writer, [child], there)


def test_a_headline_nobody_leads_is_not_everybodys(tables: None) -> None:
    who = somebody(cast.assemble())
    child = cast.person().pk
    there = headline(who, child)
    assert hangs("lead", who["lead"], [child], there)
    with connection.cursor() as cursor:
        cursor.execute("update proof_headline set lead_no = null, facts_until = null where id = %s", [there])
    assert not hangs("lead", who["lead"], [child], there)


@pytest.mark.parametrize("way", MAY)
def test_words_with_another_main_person_hang_on_nothing(tables: None, way: str) -> None:
    who = somebody(cast.assemble())
    child, other = cast.person().pk, cast.person().pk
    there, writer = headline(who, child, other), who[sorted(MAY[way])[0]]
    assert not hangs(way, writer, [other, child], there)
    assert hangs(way, writer, [child, other], there)
