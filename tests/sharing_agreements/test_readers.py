"""Whom a form offers who shares a record: only agencies and people who would read it."""

import datetime

import pytest
from django.db import connection

from sharing_agreements.fields import BaseForm, Reader, ReaderField
from sharing_agreements.queries.exceptions import agencies_with, readers_elsewhere
from sharing_agreements.vocabulary import CASEWORK_ROLES, RECEIVING_ROLES, AgencyType, Role
from tests import cast

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def everybody():
    return cast.assemble()


@pytest.fixture
def kite(everybody):
    """A charity with two lead practitioners and nobody who receives."""
    agency = cast.agency("Kite Family Support", AgencyType.CHARITY)
    cast.post("Kim", agency, Role.LEAD_PRACTITIONER, title="Family support worker")
    cast.post("Joss", agency, Role.LEAD_PRACTITIONER)
    return agency


def offered(besides=(), today=None):
    return [one.name for one in readers_elsewhere(besides=[one.no for one in besides], today=today or cast.today())]


def test_the_roles_that_receive_are_those_of_the_gate():
    with connection.cursor() as cursor:
        cursor.execute("set local role eh_gate")
        cursor.execute("select role from gate.role where receives")
        assert {role for (role,) in cursor.fetchall()} == RECEIVING_ROLES


def test_an_agency_is_offered_where_somebody_receives_and_elsewhere_each_person(everybody, kite):
    assert offered() == [
        "Kite Family Support: Joss, Lead practitioner",
        "Kite Family Support: Kim, Family support worker",
        "Marlbeck Community Health: Ben, Team member",
        "Marlbeck Constabulary: Cleo, Reporter",
        "Marlbeck Constabulary: Cyrus, Reporter",
        "Marlbeck Early Help",
        "Marlbeck MASH",
        "Oak Green Primary: Dev, Team member",
        "Quarry Hill Primary: Amira, Lead practitioner",
    ]


@pytest.mark.parametrize("role", list(Role))
def test_a_post_of_each_role_is_offered_as_who_would_read(everybody, role):
    cast.post("Hal", everybody.housing, role)
    whole, person = "Marlbeck Homes", f"Marlbeck Homes: Hal, {role.label}"
    expected = {whole} if role in RECEIVING_ROLES else {person} if role in CASEWORK_ROLES else set()
    assert {one for one in offered() if one.startswith(whole)} == expected


@pytest.mark.parametrize(
    "gone",
    [
        {"ends_on": cast.yesterday},
        {"starts_on": cast.tomorrow},
        {"trained_until": cast.yesterday},
        {"is_active": False},
    ],
)
@pytest.mark.parametrize("role", [Role.MANAGER, Role.TEAM_MEMBER])
def test_who_holds_no_post_today_or_cannot_sign_in_reads_nothing(everybody, role, gone):
    theirs = cast.post("Hal", everybody.housing, role)
    assert any("Marlbeck Homes" in one for one in offered())
    for row in (theirs, theirs.practitioner):
        for name, value in cast.said_today(gone).items():
            if hasattr(row, name):
                setattr(row, name, value)
        row.save()
    assert not any("Marlbeck Homes" in one for one in offered())


def test_agencies_left_out_are_offered_neither_whole_nor_by_person(everybody, kite):
    found = offered(besides=[everybody.early_help, kite])
    assert "Marlbeck MASH" in found
    assert not any("Early Help" in one or "Kite" in one for one in found)


def test_somebody_with_two_posts_is_offered_once_by_the_newest(everybody, kite):
    kim = kite.posts.get(practitioner__name="Kim")
    cast.Post.objects.create(
        practitioner=kim.practitioner, agency=kite, role=Role.SUPERVISOR, starts_on=cast.today() - DAY
    )
    assert [one for one in offered() if "Kim" in one] == ["Kite Family Support: Kim, Supervisor"]


def test_two_questions_however_many_there_are_and_no_more_people_than_fit(
    everybody, kite, monkeypatch, django_assert_num_queries
):
    with django_assert_num_queries(2):
        assert len(offered()) == 9
    monkeypatch.setattr("sharing_agreements.queries.exceptions.PEOPLE_OFFERED", 1)
    assert offered() == ["Kite Family Support: Joss, Lead practitioner", "Marlbeck Early Help", "Marlbeck MASH"]


def test_agencies_with_a_role_are_listed_once_by_name(everybody, kite):
    held = agencies_with([Role.LEAD_PRACTITIONER], today=cast.today())
    assert list(held) == [kite, everybody.early_help, everybody.quarry_hill]


class _Form(BaseForm):
    reader = ReaderField()


def test_the_field_gives_the_reader_chosen_and_knows_who_is_alone(everybody, kite):
    form = _Form({"reader": str(everybody.early_help.pk)})
    form.fields["reader"].offer(readers_elsewhere(besides=[], today=cast.today()))
    assert form.is_valid() and form.cleaned_data["reader"] == Reader(everybody.early_help)
    alone = form.fields["reader"].only_one_at
    assert alone(everybody.early_help.pk) == str(everybody.early_help.pk)
    assert alone(everybody.quarry_hill.pk) == f"{everybody.quarry_hill.pk}:{everybody.amira.practitioner_id}"
    assert alone(kite.pk) == alone(everybody.housing.pk) == "", "two to choose among, and nobody at all"


@pytest.mark.parametrize("sent", ["", "nonsense", "{kite}", "{housing}"])
def test_nobody_else_can_be_chosen(everybody, kite, sent):
    form = _Form({"reader": sent.format(kite=kite.pk, housing=everybody.housing.pk)})
    form.fields["reader"].offer(readers_elsewhere(besides=[], today=cast.today()))
    assert not form.is_valid() and "reader" in form.errors
