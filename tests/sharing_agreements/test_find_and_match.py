"""Finding people shows only what the finder may know; matching looks at everybody and tells only the job."""

import datetime

import pytest
from django.db import connection

from sharing_agreements.actions import facts
from sharing_agreements.models import Address, Identity, IdentityDetail
from sharing_agreements.vocabulary import (
    InvolvementReason,
    Kind,
    Precision,
    Purpose,
    Stage,
)
from tests import cast
from tests.conftest import as_web, as_worker

pytestmark = pytest.mark.django_db

BORN = datetime.date(2016, 3, 2)
NO_FACT = {"name": "", "first": None, "last": None, "place": "", "phone": ""}


@pytest.fixture
def everybody() -> cast.Cast:
    return cast.assemble()


def known(
    post,
    given="Jo",
    family="Smith",
    born=BORN,
    precision=Precision.DAY,
    person=None,
    home=None,
    **more,
):
    """Somebody one agency has written down."""
    person = person or cast.person()
    row = {
        "owner": post.agency,
        "author": post.practitioner,
        "person": person,
        "happened_on": cast.today(),
    }
    Identity.objects.create(
        **row,
        given_name=given,
        family_name=family,
        born_on=born,
        born_precision=precision,
        **more,
    )
    if home:
        line, postcode = home
        Address.objects.create(**row, line=line, postcode=postcode)
    return person


def found_by(post, purpose=Purpose.TRIAGE, **asked):
    asked = {**NO_FACT, **asked}
    with as_web(post, purpose), connection.cursor() as cursor:
        cursor.execute(
            "select person_id from gate.find_people(%(name)s, %(first)s, %(last)s, %(place)s, %(phone)s, 20)",
            asked,
        )
        return {row[0] for row in cursor.fetchall()}


def matched(person):
    with as_worker("match_report"), connection.cursor() as cursor:
        cursor.execute("select * from gate.match_people(%s::uuid[])", [[person.pk]])
        return {row[1]: (row[3], row[4]) for row in cursor.fetchall()}


@pytest.mark.parametrize("typed", ["Jo Smith", "smith", "JÖ SMITH", "Smithe jo", "smith, jo"])
def test_the_hub_finds_a_child_by_name_however_it_is_typed(everybody, typed):
    child = known(everybody.cleo)
    assert found_by(everybody.hana, name=typed) == {child.pk}


@pytest.mark.parametrize(
    ("typed", "finds"),
    [
        ("علي", True),
        ("حسن علي", True),
        ("علي حسن محمد", False),
        ("عل", False),
        ("Jo", False),
    ],
)
def test_the_hub_finds_a_name_in_another_script_by_its_words(everybody, typed, finds):
    child = known(everybody.cleo, "علي", "حسن")
    assert found_by(everybody.hana, name=typed) == ({child.pk} if finds else set())
    assert found_by(everybody.hana, name=typed, first=BORN, last=BORN) == ({child.pk} if finds else set())


@pytest.mark.parametrize("typed", ["Ольга Смит", "Olga Smit"])
def test_a_name_that_can_be_read_in_english_letters_is_found_in_both(everybody, typed):
    child = known(everybody.cleo, "Ольга", "Смит")
    other = known(everybody.cleo, "Olga", "Smit")
    assert found_by(everybody.hana, name=typed) == {child.pk, other.pk}


@pytest.mark.parametrize(
    "asked",
    [
        {"name": "Jo Smith", "first": BORN, "last": BORN},
        {"name": "Jo Smith", "place": "12 Mill Lane"},
        {"first": BORN, "last": BORN, "place": "ml1 2ab"},
        {"name": "Smith", "phone": "+44 1632 960007"},
    ],
)
def test_two_facts_that_both_fit_find_a_child(everybody, asked):
    child = known(everybody.cleo, home=("12, Mill Lane", "ML1 2AB"))
    identity = Identity.objects.get(person=child)
    IdentityDetail.objects.create(
        owner=identity.owner,
        author=identity.author,
        person=child,
        happened_on=cast.today(),
        identity=identity,
        phone="01632 960007",
    )
    assert found_by(everybody.hana, **asked) == {child.pk}
    assert found_by(everybody.hana, **{**asked, "name": "Peregrine Vane"}) == set()


def test_outside_the_hub_one_fact_finds_nobody(everybody):
    child = known(everybody.cleo)
    assert found_by(everybody.cleo, Purpose.REPORTING, name="Jo Smith") == set()
    assert found_by(everybody.cleo, Purpose.REPORTING, name="Jo Smith", first=BORN, last=BORN) == {child.pk}


def test_a_part_known_birth_date_fits_an_exact_one(everybody):
    child = known(everybody.cleo, born=datetime.date(2016, 1, 1), precision=Precision.YEAR)
    assert found_by(everybody.hana, name="Jo Smith", first=BORN, last=BORN) == {child.pk}
    other_year = datetime.date(2017, 3, 2)
    assert found_by(everybody.hana, name="Jo Smith", first=other_year, last=other_year) == set()


def test_finding_needs_the_right_to_know_on_the_row_that_matched(everybody):
    child = known(everybody.cleo, family="Brown")
    known(everybody.dev, family="Hidden", person=child)
    facts.involve(
        people=[child.pk],
        agency=everybody.quarry_hill.pk,
        practitioner=everybody.amira.practitioner_id,
        reason=InvolvementReason.TEAM,
        starts_on=cast.LONG_AGO,
    )
    exact = {"first": BORN, "last": BORN}
    assert found_by(everybody.amira, Purpose.EARLY_HELP, name="Jo Brown", **exact) == {child.pk}
    assert found_by(everybody.amira, Purpose.EARLY_HELP, name="Jo Hidden", **exact) == set()
    assert found_by(everybody.dev, Purpose.EARLY_HELP, name="Jo Brown", **exact) == set()


def test_a_hidden_address_finds_nobody_and_a_restricted_child_is_not_found(everybody):
    child = known(everybody.cleo, home=("12 Mill Lane", "ML1 2AB"))
    facts.hide_address(person=child.pk)
    assert found_by(everybody.hana, name="Smith", place="ML1 2AB") == set()
    assert found_by(everybody.hana, name="Smith") == {child.pk}
    facts.restrict(person=child.pk, why="A test.")
    assert found_by(everybody.hana, name="Smith") == set()


def test_only_a_job_may_match_people(everybody):
    known(everybody.cleo)
    child = known(everybody.amira)
    with as_web(everybody.hana, Purpose.TRIAGE), connection.cursor() as cursor:
        cursor.execute("select * from gate.match_people(%s::uuid[])", [[child.pk]])
        assert cursor.fetchall() == []


def test_matching_explains_each_field_and_sees_restricted_children(everybody):
    home = ("12 Mill Lane", "ML1 2AB")
    child = known(everybody.cleo, home=home)
    same = known(everybody.dev, given="Joe", known_as="Jo", home=home)
    facts.restrict(person=same.pk, why="A test.")
    twin = known(everybody.dev, given="Ada", home=home)
    guess = known(everybody.ben, born=datetime.date(2016, 1, 1), precision=Precision.YEAR)
    close = known(everybody.ben, given="Jon", born=datetime.date(2016, 2, 3))
    known(everybody.ben, given="Peregrine", family="Vane")
    known(everybody.ben, born=datetime.date(2009, 7, 8))
    parent = known(everybody.ben, is_child=False, born=None, precision=Precision.UNKNOWN, home=home)
    found = matched(child)
    agrees = {
        person: {code for code in levels if not code.endswith("_unknown")} for person, (levels, _) in found.items()
    }
    at_home = {"line_same", "house_same", "postcode_same"}
    assert agrees[same.pk] == {"given_part", "family_same", "born_same", *at_home}
    assert agrees[twin.pk] == {"given_other", "family_same", "born_same", "home_other_name", "may_be_twins", *at_home}
    assert agrees[guess.pk] == {"given_same", "family_same", "born_part"}
    assert agrees[close.pk] == {"given_near", "family_same", "born_flipped"}
    assert set(agrees) == {same.pk, twin.pk, guess.pk, close.pk} and parent.pk not in found


def test_people_said_to_be_one_are_not_matched_again(everybody):
    child, other = known(everybody.cleo), known(everybody.ben)
    assert set(matched(child)) == {other.pk}
    facts.link_person(duplicate=child.pk, kept=other.pk)
    assert matched(child) == {}


def test_the_hub_learns_of_a_hidden_address_and_a_watch_and_others_do_not(everybody):
    child = known(everybody.cleo)
    facts.hide_address(person=child.pk)
    facts.set_stage(people=[child.pk], stage=Stage.IN_TOUCH)

    def marks(post):
        with as_web(post, Purpose.TRIAGE), connection.cursor() as cursor:
            cursor.execute(
                "select stage, address_hidden from gate.marks_of(%s::uuid[])",
                [[child.pk]],
            )
            return cursor.fetchall()

    assert marks(everybody.hana) == [(Stage.IN_TOUCH, True)]
    assert marks(everybody.cleo) == []


def test_names_are_kept_in_one_normal_form_whoever_writes_them(everybody):
    child = known(
        everybody.cleo,
        given="Zoë-Anne",
        family="O\u2019Neill",
        known_as="Zed",
        home=("Flat 2, 3 High St.", "ml1 2ab"),
    )
    assert Identity.objects.get(person=child).search_text == "zoe anne zed oneill"
    assert Address.objects.get(person=child).folded == "flat 2 3 high street|ML12AB"
    assert Kind.IDENTITY == Identity.objects.get(person=child).kind
