"""Several lists in one statement are what each of them is alone: rows, order, and what the disclosure log notes."""

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef
from django.test.utils import CaptureQueriesContext

from earlyhelp.looking import looking
from sharing_agreements.models import Address, Agency, Identity, Practitioner
from sharing_agreements.together import how_many, together
from sharing_agreements.vocabulary import Purpose
from tests import cast
from tests.conftest import as_web

pytestmark = pytest.mark.django_db


@pytest.fixture
def everybody() -> cast.Cast:
    everybody = cast.assemble()
    for given_name in ("Ada", "Joe", "Kate", "Lee"):
        told = {"owner": everybody.hub, "person": cast.person(), "happened_on": cast.today()}
        Identity.objects.create(**told, given_name=given_name)
    for number in range(2):
        Address.objects.create(
            owner=everybody.hub, person=cast.person(), happened_on=cast.today(), line=f"{number} High Street"
        )
    return everybody


def asked():
    """Lists of different lengths, with joins, limits, distinct rows, annotations, values and no rows at all."""
    lived = Exists(Address.objects.filter(person=OuterRef("person")))
    return (
        Identity.objects.visible().select_related("owner", "detail").order_by("given_name"),
        Address.objects.order_by("-line"),
        Identity.objects.filter(given_name="Nobody"),
        Identity.objects.filter(pk__in=[]),
        Agency.objects.order_by("name")[1:3],
        Identity.objects.order_by("owner_id", "-given_name").distinct("owner_id"),
        Identity.objects.annotate(lived=lived).order_by("-given_name"),
        Practitioner.objects.order_by("name").values_list("name", flat=True),
        Identity.objects.order_by("given_name").values_list("given_name", "owner__name"),
    )


def test_each_list_has_the_rows_it_has_alone_in_its_order(everybody):
    with as_web(everybody.hana, Purpose.TRIAGE):
        found = together(*asked())
        alone = tuple(list(rows) for rows in asked())
    assert found == alone
    assert [len(rows) for rows in found[:5]] == [4, 2, 0, 0, 2]
    assert [one.lived for one in found[6]] == [one.lived for one in alone[6]]


def test_they_take_one_query_and_what_was_selected_beside_them_none(everybody):
    with as_web(everybody.hana, Purpose.TRIAGE), CaptureQueriesContext(connection) as seen:
        identities, *_ = together(*asked())
        assert {one.owner.name for one in identities} == {everybody.hub.name}
    assert len(seen.captured_queries) == 1


def test_nothing_is_asked_for_lists_that_can_hold_nothing(everybody, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert together(Identity.objects.none(), Address.objects.filter(pk__in=[])) == ([], [])


def test_how_many_rows_several_lists_have_takes_one_query(everybody, django_assert_num_queries):
    lists = (
        Identity.objects.order_by("given_name"),
        Address.objects.filter(line="1 High Street"),
        Address.objects.none(),
    )
    with as_web(everybody.hana, Purpose.TRIAGE), django_assert_num_queries(1):
        assert how_many(*lists) == [4, 1, 0]


def test_row_security_decides_for_each_table(everybody):
    with as_web(everybody.dev, Purpose.REPORTING):
        identities, addresses, *_ = together(*asked())
    assert (identities, addresses) == ([], [])


def test_the_log_notes_what_it_would_note_of_each_list_alone(everybody):
    with as_web(everybody.hana, Purpose.TRIAGE), looking() as at_once:
        together(*asked())
    with as_web(everybody.hana, Purpose.TRIAGE), looking() as one_by_one:
        for rows in asked():
            list(rows)
    assert set(at_once.ids) == set(one_by_one.ids)
    assert len(at_once.ids) == 6
    assert set(at_once.tables) == set(one_by_one.tables)
