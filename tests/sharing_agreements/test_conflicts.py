"""Conflicts of interest nobody declared: found in records from what practitioners say of themselves, and closed."""

import datetime

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from cases.models import Case
from sharing_agreements.models import Address, Conflict, Identity, OwnDetails
from sharing_agreements.vocabulary import Precision, Purpose, Role
from tests import cast
from tests.cases.web import story
from tests.cases.web.conftest import Visitor
from tests.conftest import as_web

pytestmark = pytest.mark.django_db
BORN = datetime.date(1988, 3, 14)
WHY = "He lives alone and has no family here."


@pytest.fixture
def everybody():
    return cast.assemble()


@pytest.fixture
def marsh(everybody):
    return story.marshes(everybody)


@pytest.fixture
def manager(everybody):
    """Ben's manager."""
    return cast.post("Mona", everybody.health, Role.MANAGER)


def gate(verb, *arguments):
    """Call a verb of the gate; the SQLSTATE when it refuses."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"select gate.{verb}({', '.join(['%s'] * len(arguments))})", arguments)
            return cursor.fetchone()[0]
    except DatabaseError as error:
        return f"refused {error.__cause__.pgcode}"


def says(post, given="Ben", surnames=("Marsh",), born=BORN, postcode="MB1 2AB"):
    with as_web(post, Purpose.OWN_ACCOUNT):
        return gate("say_own_details", given, list(surnames), born, postcode)


def lives(by, person, postcode="mb1 2ab"):
    return Address.objects.create(**story.written(by, person=person), line="3 Mill Lane", postcode=postcode)


def sees(post, marsh):
    """Whose names somebody reads."""
    with as_web(post, Purpose.EARLY_HELP):
        seen = set(Identity.objects.visible().values_list("person_id", flat=True))
    return {name for name in ("ada", "joe", "kate", "lee") if getattr(marsh, name).pk in seen}


ALL = {"ada", "joe", "kate", "lee"}


@pytest.mark.parametrize(
    ("own", "closes"),
    [
        ({}, True),
        ({"surnames": ("Doyle", "MARSH")}, True),
        ({"postcode": "MB12AB"}, True),
        ({"postcode": "MB1 2AC"}, False),
        ({"postcode": ""}, False),
        ({"surnames": ("Marshall",)}, False),
        ({"surnames": ("",)}, False),
    ],
)
def test_ones_last_name_at_ones_postcode_is_closed_whichever_came_first(everybody, marsh, own, closes):
    lives(everybody.eddie, marsh.ada)
    assert says(everybody.ben, **own) == ""
    assert sees(everybody.ben, marsh) == (ALL - {"ada"} if closes else ALL)
    lives(everybody.eddie, marsh.joe)
    assert sees(everybody.ben, marsh) == (ALL - {"ada", "joe"} if closes else ALL)
    assert sees(everybody.eddie, marsh) == ALL


@pytest.mark.parametrize(("given", "born", "closes"), [("Lee", BORN, True), ("Leo", BORN, False)])
def test_ones_own_name_and_date_of_birth_in_a_record_is_closed(everybody, marsh, given, born, closes):
    says(everybody.ben, given=given, surnames=["Doyle"], born=born, postcode="")
    assert sees(everybody.ben, marsh) == ALL
    Identity.objects.filter(person=marsh.lee).update(born_on=BORN, born_precision=Precision.DAY)
    assert sees(everybody.ben, marsh) == (ALL - {"lee"} if closes else ALL)


def test_what_somebody_wrote_themselves_does_not_close_in_their_hands(everybody, marsh):
    says(everybody.eddie)
    lives(everybody.eddie, marsh.ada)
    assert sees(everybody.eddie, marsh) == ALL
    lives(everybody.ben, marsh.ada)
    assert sees(everybody.eddie, marsh) == ALL - {"ada"}


def test_two_that_turn_out_to_be_one_person_are_looked_at_together(everybody, marsh):
    other = cast.person()
    lives(everybody.hana, other)
    says(everybody.ben)
    assert sees(everybody.ben, marsh) == ALL
    with as_web(everybody.hana, Purpose.TRIAGE):
        gate("link_person", other.pk, marsh.kate.pk)
    assert sees(everybody.ben, marsh) == ALL - {"kate"}


def test_an_emergency_opens_nothing_of_it(everybody, marsh):
    lives(everybody.eddie, marsh.ada)
    says(everybody.ben)
    with as_web(everybody.ben, Purpose.EARLY_HELP):
        assert gate("begin_emergency", marsh.family.pk, "", None, "Child found alone on Mill Lane.") is not None
    assert sees(everybody.ben, marsh) == ALL - {"ada"}


def test_every_page_of_a_family_closes_with_its_children(everybody, marsh):
    ben = Visitor(everybody.ben)
    assert ben.get(marsh.address).status_code == 200
    for child in (marsh.ada, marsh.joe, marsh.kate):
        lives(everybody.eddie, child)
    says(everybody.ben)
    assert b"Ada" not in ben.get(marsh.address).content
    assert ben.get(f"{marsh.address}people/").content.count(b"Joe") == 0
    with as_web(everybody.ben, Purpose.EARLY_HELP):
        assert not Case.objects.visible().exists()


def test_nobody_but_oneself_reads_what_one_said_and_nobody_reads_what_was_found(everybody, marsh, manager):
    lives(everybody.eddie, marsh.ada)
    says(everybody.ben)
    assert Conflict.objects.count() == 1
    for post, own in [(everybody.ben, 1), (manager, 0), (everybody.gita, 0), (everybody.hana, 0)]:
        with as_web(post, Purpose.GOVERNANCE):
            assert OwnDetails.objects.count() == own, post
            assert Conflict.objects.count() == 0, post
    page = Visitor(everybody.ben).get("/conflict-of-interest/").content.decode()
    assert "What you declared" not in page


def test_the_manager_of_the_same_agency_lifts_it_and_it_is_not_found_again(everybody, marsh, manager):
    lives(everybody.eddie, marsh.ada)
    says(everybody.ben)
    page = Visitor(manager).get("/conflicts-detected/").content.decode()
    assert "Ben" in page
    assert "Ada" not in page
    assert str(marsh.ada.pk) not in page
    answer = f"/conflicts-detected/{everybody.ben.practitioner_id}/answer/"
    sent = Visitor(manager).send(answer, idempotency_key="a" * 32, answer="lifted", reason=WHY)
    assert sent.status_code == 302, sent.content.decode()
    assert sees(everybody.ben, marsh) == ALL
    lives(everybody.hana, marsh.ada)
    assert sees(everybody.ben, marsh) == ALL
    assert Visitor(manager).get(answer).status_code == 404


def test_confirmed_it_stays_closed(everybody, marsh, manager):
    lives(everybody.eddie, marsh.ada)
    says(everybody.ben)
    with as_web(manager, Purpose.GOVERNANCE):
        assert gate("answer_detected", everybody.ben.practitioner_id, "confirmed", WHY) == 1
        assert gate("answer_detected", everybody.ben.practitioner_id, "lifted", WHY) == "refused EH403"
    assert sees(everybody.ben, marsh) == ALL - {"ada"}
    assert "Confirmed" in Visitor(manager).get("/conflicts-detected/").content.decode()


def test_nobody_answers_for_themselves_or_for_another_agency(everybody, marsh, manager):
    lives(everybody.eddie, marsh.ada)
    says(everybody.ben)
    says(manager)
    for post, whom in [(manager, manager), (everybody.esi, everybody.ben), (everybody.gita, everybody.ben)]:
        with as_web(post, Purpose.GOVERNANCE):
            assert gate("answer_detected", whom.practitioner_id, "lifted", WHY) == "refused EH403"
        address = f"/conflicts-detected/{whom.practitioner_id}/answer/"
        assert Visitor(post).get(address).status_code == 404
    with as_web(everybody.ben, Purpose.GOVERNANCE):
        assert gate("answer_detected", manager.practitioner_id, "lifted", WHY) == "refused EH403"
    with as_web(manager, Purpose.GOVERNANCE):
        assert gate("answer_detected", everybody.ben.practitioner_id, "opened", WHY) == "refused 23514"
        assert gate("answer_detected", everybody.ben.practitioner_id, "lifted", "") == "refused 23514"


def test_one_says_who_one_is_on_a_page_and_finds_it_there_again(everybody, marsh):
    lives(everybody.eddie, marsh.ada)
    ben = Visitor(everybody.ben)
    answers = {"given_name": "Ben", "surnames": "Marsh, Doyle", "postcode": "MB1 2AB", "idempotency_key": "b" * 32}
    born = {"born_day": "14", "born_month": "3", "born_year": "1988"}
    wrong = ben.send("/conflict-of-interest/yourself/", **answers)
    assert wrong.status_code == 422
    sent = ben.send("/conflict-of-interest/yourself/", **answers, **born)
    assert sent.status_code == 302, sent.content.decode()
    assert sees(everybody.ben, marsh) == ALL - {"ada"}
    assert "Doyle, Marsh" in ben.get("/conflict-of-interest/yourself/").content.decode()
