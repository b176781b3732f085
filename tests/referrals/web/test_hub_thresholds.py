"""The numbers of the hub's rules are settings of the partnership: some roles read and set them, the watch obeys."""

import pytest

from referrals.models import HubThreshold
from sharing_agreements.vocabulary import Role
from tests import cast
from tests.cases.web.checks import comes_back
from tests.cases.web.conftest import Visitor
from tests.referrals.actions.test_watching import again, flags, sweep

pytestmark = pytest.mark.django_db
RULES = "/hub-rules/"
WEEK = RULES + "repeat_week/"
NUMBERS = {"seen": "1 2 7 3", "is_on": "yes", "times": "3", "days": "14", "climbs_after": "0"}


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.MANAGER, Role.ADMINISTRATOR])
def test_who_sets_them_changes_one_and_the_list_says_it(everybody, role):
    setter = Visitor(cast.post("Mona", everybody.hub, role))
    assert "2 reports within 7 days" in setter.get(RULES).content.decode()
    assert RULES in setter.get(RULES).content.decode()
    assert setter.send(WEEK, **NUMBERS).status_code == 302
    page = setter.get(RULES).content.decode()
    assert "3 reports within 14 days" in page and "manager at once" in page


def test_the_watch_counts_with_the_new_numbers(everybody):
    again(everybody, 9)
    again(everybody, 1)
    sweep()
    assert flags("repeat_week") == []
    Visitor(everybody.esi).send(WEEK, **NUMBERS | {"times": "2"})
    sweep()
    assert len(flags("repeat_week")) == 1
    Visitor(everybody.esi).send(WEEK, **NUMBERS | {"seen": "1 2 14 0", "is_on": "no"})
    sweep()
    assert flags("repeat_week") == []


@pytest.mark.parametrize("name", ["hana", "cleo", "eddie", "ben", "gita"])
def test_it_is_not_there_for_others(everybody, name):
    visitor = Visitor(getattr(everybody, name))
    for address in (RULES, WEEK):
        assert visitor.get(address).status_code == 404
    assert visitor.send(WEEK, **NUMBERS).status_code == 404
    assert HubThreshold.objects.get(pk="repeat_week").days == 7


def test_somebody_who_was_quicker_is_not_overwritten_and_what_was_typed_stays(everybody):
    esi = Visitor(everybody.esi)
    assert esi.send(WEEK, **NUMBERS).status_code == 302
    late = NUMBERS | {"days": "21"}
    page = comes_back(esi, WEEK, late, "Somebody set other numbers while your page was open")
    assert 'value="21"' in page and 'value="1 3 14 0"' in page
    assert HubThreshold.objects.get(pk="repeat_week").days == 14


def test_nonsense_comes_back_with_a_message(everybody):
    wrong = NUMBERS | {"days": "soon", "times": "1"}
    assert 'value="soon"' in comes_back(Visitor(everybody.esi), WEEK, wrong, "How many reports?")


def test_a_rule_that_does_not_exist_is_not_there(everybody):
    assert Visitor(everybody.esi).get(RULES + "no_such_rule/").status_code == 404


def test_a_rule_that_counts_nothing_does_not_ask_how_many(everybody):
    page = Visitor(everybody.esi).get(RULES + "feedback_late/").content.decode()
    assert "How many reports?" not in page and "After how many working days?" in page
    assert Visitor(everybody.esi).put(WEEK).status_code == 405
