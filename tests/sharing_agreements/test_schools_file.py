"""Schools from a CSV file: what each line becomes, why a line is left out, and that each comes in once."""

import pytest
from django.db import connection

from sharing_agreements.actions.schools import add_schools
from sharing_agreements.models import Agency
from sharing_agreements.refusals import Refused
from sharing_agreements.rules import schools as rules
from sharing_agreements.rules.schools import Here
from sharing_agreements.vocabulary import AgencyType, Purpose, Role
from tests import cast
from tests.conftest import as_web

HEAD = "name,urn,uprn,district,email,phone\n"
GOOD = (
    "Elm Primary,100001,10001234567,Marlbeck,office@elm.example,01632 960201\n"
    '"Oak, Upper",100002,,,a@b.example,0163296020'
)
NOBODY = Here(district="Marlbeck", urns=frozenset(), names=frozenset(), room=1000)


def read(text, here=NOBODY):
    return rules.read_file(text, here)


def test_good_lines_become_schools_of_the_district():
    found = read(HEAD + GOOD)
    assert [(s.name, s.urn, s.uprn, s.email, s.phone) for s in found.schools] == [
        ("Elm Primary", "100001", "10001234567", "office@elm.example", "01632 960201"),
        ("Oak, Upper", "100002", "", "a@b.example", "0163296020"),
    ]
    assert (found.rejected, found.already) == ([], 0)


WRONG = {
    "no name": (",100001,,,a@b.example,01632 960201", "has no name"),
    "a short urn": ("Elm,10001,,,a@b.example,01632 960201", "a URN that is not six digits"),
    "no urn": ("Elm,,,,a@b.example,01632 960201", "a URN that is not six digits"),
    "a long uprn": ("Elm,100001,1234567890123,,a@b.example,01632 960201", "a UPRN that is not up to twelve digits"),
    "elsewhere": ("Elm,100001,,Fenwick,a@b.example,01632 960201", "another district"),
    "no inbox": ("Elm,100001,,,,01632 960201", "no e-mail address for its inbox"),
    "no address": ("Elm,100001,,,office at elm,01632 960201", "no e-mail address for its inbox"),
    "no phone": ("Elm,100001,,,a@b.example,ring us", "no telephone number"),
    "a long name": ("E" * 121 + ",100001,,,a@b.example,01632 960201", "longer than 120"),
    "too many columns": ("Elm,100001,,,a@b.example,01632 960201,more", "more columns than the first line"),
}


@pytest.mark.parametrize("why", WRONG)
def test_a_line_that_is_no_school_is_left_out_with_its_number_and_the_reason_and_no_word_of_it(why):
    line, reason = WRONG[why]
    found = read(HEAD + GOOD + "\n" + line)
    assert len(found.schools) == 2
    (left,) = found.rejected
    assert left.line == 4
    assert reason in left.reason and "Elm" not in left.reason


def test_a_number_or_name_twice_in_the_file_is_the_first_line_that_has_it():
    again = "Other,100001,,,a@b.example,01632 960201\nElm Primary,100009,,,a@b.example,01632 960201"
    found = read(HEAD + GOOD + "\n" + again)
    assert [(one.line, one.reason) for one in found.rejected] == [
        (4, "has the URN of line 2"),
        (5, "has the name of line 2"),
    ]


def test_what_is_here_by_its_number_is_left_alone_and_a_name_of_another_agency_is_left_out():
    here = Here("Marlbeck", frozenset({"100001"}), frozenset({"oak, upper"}), room=1000)
    found = read(HEAD + GOOD, here)
    assert (found.already, found.schools) == (1, [])
    assert [one.reason for one in found.rejected] == ["has the name of an agency that is here"]


def test_more_schools_than_there_is_room_for_are_left_out():
    found = read(HEAD + GOOD, Here("Marlbeck", frozenset(), frozenset(), room=1))
    assert (len(found.schools), found.rejected[0].reason) == (1, "has no place: a partnership holds 1,023 agencies")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "The file is empty"),
        ("school,number\nElm,1", "The first line must name these columns: name, urn, email, phone"),
        (HEAD, "The file has no line under the first"),
        (HEAD + "x\n" * 1001, "The file has more than 1,000 lines"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(text, why):
    assert why in read(text).unreadable


def test_columns_may_stand_in_any_order_and_others_are_left_alone():
    found = read("Phone,Head,URN,Name,Email\n01632 960201,Mr X,100001,Elm,a@b.example")
    assert [(s.name, s.urn) for s in found.schools] == [("Elm", "100001")]


@pytest.fixture
def vera(everybody):
    return cast.post("Vera", everybody.early_help, Role.ADMINISTRATOR)


@pytest.fixture
def everybody(db):
    return cast.assemble()


@pytest.mark.django_db
def test_an_administrator_adds_them_once_each_with_numbers_nobody_had(everybody, vera):
    schools = read(HEAD + GOOD).schools
    last = Agency.objects.order_by("-no").first().no
    with as_web(vera, Purpose.GOVERNANCE):
        assert (add_schools(schools=schools, by=vera), add_schools(schools=schools, by=vera)) == (2, 0)
    made = Agency.objects.get(urn="100001")
    assert (made.type, made.district, made.email) == (AgencyType.SCHOOL, "Marlbeck", "office@elm.example")
    assert sorted(Agency.objects.filter(urn__in=["100001", "100002"]).values_list("no", flat=True)) == [
        last + 1,
        last + 2,
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_nobody_else_adds_one_not_even_past_the_page(everybody, role):
    other = cast.post("Olga", everybody.early_help, role)
    schools = read(HEAD + GOOD).schools
    with as_web(other, Purpose.GOVERNANCE):
        with pytest.raises(Refused):
            add_schools(schools=schools, by=other)
        with connection.cursor() as cursor:
            cursor.execute("""select gate.add_schools('[{"name": "Elm", "urn": "100001"}]')""")
            assert cursor.fetchone()[0] == 0
    assert not Agency.objects.filter(urn="100001").exists()
