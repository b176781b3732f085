"""Rows of every governed table as the policy looks at them: by id for an explanation, by person for who holds what."""

import pytest
from django.db import connection

from sharing_agreements.models import Address, Identity
from sharing_agreements.vocabulary import AgencyType, Role
from tests import cast

pytestmark = pytest.mark.django_db
NAMES, HOMES = "sharing_agreements_identity", "sharing_agreements_address"
FACTS = (
    "id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, "
    "sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed"
)


def ask(question, *given):
    """What the gate itself is answered."""
    with connection.cursor() as cursor:
        cursor.execute("set local role eh_gate")
        cursor.execute(question, given)
        rows = cursor.fetchall()
        cursor.execute("set local role eh_owner")
    return rows


@pytest.fixture
def rows():
    """A name and a home of one child, and a name of two."""
    cleo = cast.post("Cleo", cast.agency("Force", AgencyType.POLICE), Role.REPORTER)
    child, other = cast.person(), cast.person()

    def write(sort, **more):
        return sort.objects.create(owner=cleo.agency, author=cleo.practitioner, happened_on=cast.today(), **more)

    name, home = write(Identity, person=child), write(Address, person=child)
    both = write(Identity, person=other, about=[child.pk, other.pk])
    return child, other, name, home, both


def asked(*tables_and_rows):
    """The rows that are found: of which table, which."""
    tables, found = [table for table, _ in tables_and_rows], [str(row.pk) for _, row in tables_and_rows]
    return set(ask("select table_name, id from unnest(gate.rows_asked_about(%s, %s::uuid[]))", tables, found))


def test_the_rows_asked_about_are_those_with_the_ids_of_each_table(rows):
    _, _, name, home, both = rows
    assert asked((NAMES, name)) == {(NAMES, name.pk)}
    assert asked((HOMES, home)) == {(HOMES, home.pk)}
    assert asked((NAMES, name), (HOMES, home), (NAMES, both)) == {
        (NAMES, name.pk),
        (HOMES, home.pk),
        (NAMES, both.pk),
    }
    assert asked((NAMES, name), (HOMES, both)) == {(NAMES, name.pk)}
    assert asked(("auth_permission", name)) == asked() == set()


def test_the_rows_about_people_are_those_about_any_of_them(rows):
    child, other, name, home, both = rows

    def about(*people):
        found = ask("select id from unnest(gate.rows_about(%s::uuid[]))", [str(p.pk) for p in people])
        return {key for (key,) in found}

    assert about(child) == {name.pk, home.pk, both.pk}
    assert about(other) == {both.pk}
    assert about(other, cast.person()) == {both.pk}
    assert about(cast.person()) == about() == set()
    assert ask("select gate.rows_about('{}') is null") == [(False,)]


def test_rows_of_a_table_that_is_governed_no_longer_are_not_read(rows):
    child, _, name, home, both = rows

    def found():
        return {key for (key,) in ask("select id from unnest(gate.rows_about(%s::uuid[]))", [str(child.pk)])}

    ask("delete from gate.governed where table_name = %s returning 1", HOMES)
    assert found() == {name.pk, both.pk}
    assert asked((NAMES, name), (HOMES, home)) == {(NAMES, name.pk)}
    ask("delete from gate.governed returning 1")
    assert found() == asked((NAMES, name)) == set()
    assert ask("select gate.rows_about(%s::uuid[])", [str(child.pk)]) == [("{}",)]


@pytest.mark.parametrize(("table", "level"), [(NAMES, 2), ("sharing_agreements_identitydetail", 3)])
def test_a_governed_table_is_read_at_its_level_column_by_column(table, level):
    assert ask("select gate.fact_rows(%s, 'version > 1')", table) == [
        (f"select '{table}'::text as table_name, {level} as level, {FACTS} from public.{table} where version > 1",)
    ]


def test_a_table_that_is_not_governed_is_not_read_so():
    assert ask("select gate.fact_rows('auth_permission', 'true')") == [(None,)]


def test_levels_are_numbered_by_how_much_they_show():
    assert ask("select gate.depth('existence'), gate.depth('summary'), gate.depth('full')") == [(1, 2, 3)]
