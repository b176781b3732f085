"""What verify_facts asks: one column that is wrong, of any row, is found and named; where all is true, nothing is."""

import datetime

import pytest
from django.db import connection, transaction

from sharing_agreements.models import Address, Identity, SharedRecord
from tests import cast

OTHER_DAY = datetime.date(2001, 1, 1)
OF_PEOPLE = {
    "stage": "stage + 1",
    "involved": "involved || 9::smallint",
    "workers": "workers || 9",
    "lead_no": "coalesce(lead_no, 0) + 1",
    "consent_until": f"date '{OTHER_DAY}'",
    "facts_until": f"date '{OTHER_DAY}'",
    "restricted": "not restricted",
    "address_hidden": "not address_hidden",
}
OF_ROWS = {
    **{name: wrong for name, wrong in OF_PEOPLE.items() if name not in {"stage", "restricted", "address_hidden"}},
    "restricted": "restricted + 1",
    # The bit follows the stage and the owner; each is wrong alone where the bit is what it then should be.
    "stage": "stage + 1, bit = bit + 2",
    "owner_no": "owner_no + 1, bit = bit + 32 * 16",
    "allowed": "array[9]",
    "author_no": "coalesce(author_no, 0) + 1",
    "sent_to_no": "coalesce(sent_to_no, 0) + 1",
    "sent_to_practitioner_no": "coalesce(sent_to_practitioner_no, 0) + 1",
    "bit": "bit + 1",
}


def gate(verb: str, *arguments: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"select gate.{verb}({', '.join(['%s'] * len(arguments))})", arguments)


def wrong() -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute("select * from gate.wrong_facts()")
        return cursor.fetchall()


def wrong_after(change: str, *arguments: object) -> list[tuple]:
    """What is found after a change, which is then taken back."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change, arguments)
        assert cursor.rowcount == 1
        found = wrong()
        transaction.set_rollback(True)
    assert wrong() == []
    return found


@pytest.fixture
def rows(db) -> list[SharedRecord]:
    """Rows of two children who differ in every fact: of each alone, of both, and of an address."""
    everybody = cast.assemble()
    first, second = cast.person(), cast.person()
    gate("involve", [first.pk], everybody.health.pk, everybody.ben.practitioner_id, "team", cast.today(), None)
    gate("set_stage", [first.pk], 3)
    gate("record_sharing_consent", [first.pk], cast.today())
    gate("restrict_person", second.pk, "staff")
    gate("hide_address", first.pk)
    told = {
        "owner": everybody.police,
        "author": everybody.cleo.practitioner,
        "happened_on": cast.today(),
        "sent_to": everybody.hub,
    }
    made = [model.objects.create(person=child, **told) for model in (Identity, Address) for child in (first, second)]
    both = [first.pk, second.pk]
    made += [Identity.objects.create(person=first, about=about, **told) for about in ([first.pk], both)]
    return made


def test_nothing_is_wrong_where_children_of_different_facts_have_rows_of_every_sort(rows):
    assert wrong() == []


@pytest.mark.parametrize("column", OF_ROWS)
def test_a_column_of_a_row_that_is_wrong_is_found_in_that_row_alone(rows, column):
    for row in rows:
        table = row._meta.db_table
        change = f"update {table} set {column} = {OF_ROWS[column]} where id = %s"
        assert wrong_after(change, row.pk) == [(table, row.pk)]


@pytest.mark.parametrize("column", OF_PEOPLE)
def test_a_fact_of_a_person_that_is_wrong_is_found(rows, column):
    """Rows about them may then differ, too: they are compared with the facts of their people."""
    for row in rows[:2]:
        change = f"update sharing_agreements_personfacts set {column} = {OF_PEOPLE[column]} where person_id = %s"
        people = [key for table, key in wrong_after(change, row.person_id) if table == "sharing_agreements_personfacts"]
        assert people == [row.person_id]


def test_a_row_about_somebody_else_than_its_person_is_found(rows):
    first, second = rows[:2]
    change = "update sharing_agreements_identity set about = array[%s] where id = %s"
    found = wrong_after(change, second.person_id, first.pk)
    assert (first._meta.db_table, first.pk) in found
