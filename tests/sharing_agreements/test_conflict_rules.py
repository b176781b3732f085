"""When a practitioner is taken to be connected to a person whom they did not name: gate.detect_conflicts, rule by rule.

Ben said his first name, two last names, his date of birth and his postcode. Records are there already; the gate looks.
"""

import datetime
from dataclasses import dataclass

import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from sharing_agreements.models import Address, Agency, Conflict, Identity, OwnDetails, Person, Practitioner
from sharing_agreements.vocabulary import AgencyType, Precision, Purpose, Role
from tests import cast
from tests.conftest import as_web

pytestmark = pytest.mark.django_db
BORN = datetime.date(1988, 3, 14)
HIS_HOME, ELSEWHERE = "mb1 2ab", "MB1 2AC"


@dataclass
class Scene:
    """An agency that writes records, Ben and a colleague, and three people of whom two are one."""

    agency: Agency
    ben: Practitioner
    colleague: Practitioner
    child: Person
    double: Person
    neighbour: Person


@pytest.fixture
def scene():
    child = cast.person()
    double = Person.objects.create(merged_into=child)
    agency = cast.agency("Health", AgencyType.COMMUNITY_HEALTH)
    return Scene(agency, cast.practitioner("Ben"), cast.practitioner("Cy"), child, double, cast.person())


def says(who, **more):
    """What a practitioner said of themselves. A row that is written after it is looked at on its own."""
    said = {"given_name": "Ben", "surnames": ["doyle", "marsh"], "born_on": BORN, "postcode": "MB12AB"} | more
    OwnDetails.objects.create(practitioner=who, said_at=cast.SIGNED_AT, **said)


def named(it, person, author="colleague", **more):
    """An account of a person: somebody of Ben's last name."""
    words = {"given_name": "Kate", "family_name": "Marsh"} | more
    writes(it, Identity, person, author, words)


def lives(it, person, author="colleague", postcode=HIS_HOME):
    """A home of a person: where Ben lives."""
    writes(it, Address, person, author, {"postcode": postcode})


def writes(it, sort, person, author, words):
    by = getattr(it, author) if author else None
    sort.objects.create(owner=it.agency, author=by, person=person, happened_on=cast.today(), **words)


def found(*people, practitioner=None):
    """Who is now connected with whom, after the gate has looked at these people, for one practitioner or for all."""
    before = set(Conflict.objects.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("set local role eh_gate")
        one = practitioner and practitioner.pk
        cursor.execute("select gate.detect_conflicts(%s::uuid[], %s)", [[p.pk for p in people], one])
        cursor.execute("set local role eh_owner")
    new = Conflict.objects.exclude(pk__in=before)
    assert all(one.detected and (one.reason, one.answer, one.answered_because) == ("", "", "") for one in new)
    return {(one.practitioner_id, one.person_id) for one in new}


FIRST_OF_MARCH = {"born_on": BORN.replace(day=1)}
SAME = {"given_name": "Ben", "born_on": BORN, "born_precision": Precision.DAY}


@pytest.mark.parametrize(
    ("words", "his", "closes"),
    [
        (SAME, {}, True),
        (SAME | {"family_name": "Doyle"}, {}, True),
        (SAME | {"family_name": "Marshall"}, {}, False),
        (SAME | {"born_on": BORN + datetime.timedelta(days=1)}, {}, False),
        (SAME | {"born_on": None}, {}, False),
        (SAME | FIRST_OF_MARCH, FIRST_OF_MARCH, True),
        (SAME | FIRST_OF_MARCH | {"born_precision": Precision.MONTH}, FIRST_OF_MARCH, False),
        (SAME | {"given_name": "Leo"}, {}, False),
        (SAME | {"given_name": "Leo", "known_as": "ben"}, {}, True),
        (SAME | {"given_name": ""}, {}, False),
        (SAME | {"given_name": "-"}, {"given_name": "."}, False),
        (SAME | {"given_name": "الاسم"}, {"given_name": "علي"}, False),
        (SAME | {"given_name": "علي"}, {"given_name": "علي"}, True),
        (SAME | {"given_name": "Ольга"}, {"given_name": "Olga"}, True),
        (SAME | {"author": "ben"}, {}, False),
        (SAME | {"author": None}, {}, True),
    ],
)
def test_ones_own_name_and_date_of_birth_in_an_account_somebody_else_wrote(scene, words, his, closes):
    named(scene, scene.child, **words)
    says(scene.ben, **{"postcode": ""} | his)
    assert found(scene.child) == ({(scene.ben.pk, scene.child.pk)} if closes else set())


@pytest.mark.parametrize("surname", ["حسن", "王", "Иванова"])
def test_a_last_name_in_another_script_is_one_too(scene, surname):
    bea = cast.post("Bea", cast.agency("School", AgencyType.SCHOOL), Role.TEAM_MEMBER)
    named(scene, scene.child, **SAME | {"family_name": surname})
    with as_web(bea, Purpose.OWN_ACCOUNT), connection.cursor() as cursor:
        cursor.execute("select gate.say_own_details('Ben', array[%s], %s, '')", [surname, BORN])
    assert Conflict.objects.filter(practitioner=bea.practitioner, person=scene.child, detected=True).exists()


@pytest.mark.parametrize(
    ("account", "home", "his", "closes"),
    [
        ({}, {}, {}, True),
        ({"family_name": "Doyle"}, {}, {}, True),
        ({"family_name": "Marshall"}, {}, {}, False),
        ({}, {"postcode": ELSEWHERE}, {}, False),
        ({}, {"postcode": ""}, {"postcode": ""}, False),
        ({"author": "ben"}, {}, {}, True),
        ({}, {"author": "ben"}, {}, True),
        ({"author": "ben"}, {"author": "ben"}, {}, False),
        ({"author": None}, {"author": "ben"}, {}, True),
        ({"author": "ben"}, {"author": None}, {}, True),
    ],
)
def test_ones_last_name_at_ones_postcode_unless_one_wrote_both_oneself(scene, account, home, his, closes):
    named(scene, scene.child, **account)
    lives(scene, scene.child, **home)
    says(scene.ben, **his)
    assert found(scene.child) == ({(scene.ben.pk, scene.child.pk)} if closes else set())


@pytest.mark.parametrize(("whose", "closes"), [("double", True), ("neighbour", False)])
def test_a_home_counts_that_was_written_of_the_same_person_under_another_anchor(scene, whose, closes):
    named(scene, scene.child)
    lives(scene, getattr(scene, whose))
    says(scene.ben)
    assert found(scene.child) == ({(scene.ben.pk, scene.child.pk)} if closes else set())


def test_only_the_people_asked_about_are_looked_at(scene):
    for person in (scene.child, scene.neighbour):
        named(scene, person, **SAME)
    says(scene.ben)
    assert found(scene.neighbour) == {(scene.ben.pk, scene.neighbour.pk)}


def test_one_practitioner_is_looked_at_or_all(scene):
    for person in (scene.child, scene.neighbour):
        named(scene, person, None, **SAME)
    for who in (scene.ben, scene.colleague):
        says(who)
    assert found(scene.child, practitioner=scene.ben) == {(scene.ben.pk, scene.child.pk)}
    assert found(scene.child) == {(scene.colleague.pk, scene.child.pk)}
    assert found(scene.neighbour) == {(who.pk, scene.neighbour.pk) for who in (scene.ben, scene.colleague)}


@pytest.mark.parametrize(
    ("who", "whom", "again"),
    [
        ("ben", "child", False),
        ("ben", "double", False),
        ("ben", "neighbour", True),
        ("colleague", "child", True),
    ],
)
@pytest.mark.parametrize("ended_at", [None, cast.SIGNED_AT])
def test_a_connection_that_is_known_is_not_found_again_not_even_when_it_was_lifted(scene, who, whom, again, ended_at):
    Conflict.objects.create(
        practitioner=getattr(scene, who),
        person=getattr(scene, whom),
        declared_at=cast.SIGNED_AT,
        ended_at=ended_at,
    )
    named(scene, scene.child, **SAME)
    says(scene.ben)
    assert found(scene.child) == ({(scene.ben.pk, scene.child.pk)} if again else set())


def locks():
    """How this transaction holds the lock between what practitioners say of themselves and homes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select mode from pg_locks where locktype = 'advisory' and pid = pg_backend_pid() "
            "and objid = (hashtext('own details')::bigint & 4294967295)::oid"
        )
        return [mode for (mode,) in cursor.fetchall()]


def untriggered(table, trigger):
    """Rows of this table come in unnoticed from here on."""
    with connection.cursor() as cursor:
        cursor.execute(f"alter table {table} disable trigger {trigger}")


def test_whoever_says_who_they_are_waits_for_everybody_who_writes_a_home():
    ben = cast.post("Ben", cast.agency("Health", AgencyType.COMMUNITY_HEALTH), Role.TEAM_MEMBER)
    assert locks() == []
    with as_web(ben, Purpose.OWN_ACCOUNT), connection.cursor() as cursor:
        cursor.execute("select gate.say_own_details('Ben', array['Marsh'], %s, 'MB1 2AB')", [BORN])
        assert locks() == ["ExclusiveLock"]


@pytest.mark.parametrize("write", [named, lives])
def test_whoever_writes_a_name_or_a_home_waits_for_those_who_say_who_they_are(scene, write):
    assert locks() == []
    write(scene, scene.child)
    assert locks() == ["ShareLock"]


def test_whoever_corrects_a_home_waits_for_those_who_say_who_they_are(scene):
    untriggered("sharing_agreements_address", "conflicts_of_new")
    lives(scene, scene.child)
    assert locks() == []
    Address.objects.update(postcode=ELSEWHERE)
    assert locks() == ["ShareLock"]


DECLARE = (
    "insert into sharing_agreements_conflict (id, practitioner_id, person_id, reason, declared_at, detected) "
    "values (gen_random_uuid(), %s, %s, '', now(), %s)"
)


def test_practitioners_read_and_add_what_they_declared_and_nothing_that_was_found_or_is_of_others(scene):
    ben = cast.post("Bo", scene.agency, Role.TEAM_MEMBER)
    mine, others, child = ben.practitioner_id, scene.colleague.pk, scene.child.pk
    every = [(who, child, detected) for who in (mine, others) for detected in (False, True)]
    with connection.cursor() as cursor:
        for one in every:
            cursor.execute(DECLARE, one)
    with as_web(ben, Purpose.OWN_ACCOUNT), connection.cursor() as cursor:
        assert list(Conflict.objects.values_list("practitioner", "detected")) == [(mine, False)]
        cursor.execute(DECLARE, (mine, child, False))
        assert Conflict.objects.count() == 2
    for wrong in every[1:]:
        with (
            pytest.raises(ProgrammingError, match="row-level security"),
            as_web(ben, Purpose.OWN_ACCOUNT),
            connection.cursor() as cursor,
        ):
            cursor.execute(DECLARE, wrong)
