"""The page on which one says that somebody has died, or that a pregnancy ended."""

import pytest

from sharing_agreements.models import Identity
from tests import cast
from tests.cases.web.checks import boxes, comes_back, is_not_there_for, takes_no_other_method
from tests.cases.web.conftest import Visitor
from tests.cases.web.story import Marshes

pytestmark = pytest.mark.django_db


def page_of(marsh: Marshes) -> str:
    return f"/families/{marsh.family.pk}/people/death/"


def answers(person: object) -> dict[str, str]:
    return {"person": str(person), **boxes("on", cast.today())}


def test_it_is_said_once_and_the_people_page_says_it(everybody, marsh):
    eddie = Visitor(everybody.eddie)
    people = eddie.get(f"/families/{marsh.family.pk}/people/").content.decode()
    assert page_of(marsh) in people and ", has died" not in people
    child = marsh.ada.pk
    assert str(child) in eddie.get(page_of(marsh)).content.decode()
    assert eddie.send(page_of(marsh), **answers(child)).status_code == 302
    assert Identity.objects.filter(person=child, has_died=True).count() == 1
    assert ", has died" in eddie.get(f"/families/{marsh.family.pk}/people/").content.decode()
    assert str(child) not in eddie.get(page_of(marsh)).content.decode()


def test_nothing_typed_is_lost_and_strangers_find_nothing(everybody, marsh):
    child = marsh.ada.pk
    wrong = answers(child) | {"on_day": "40"}
    assert 'value="40"' in comes_back(Visitor(everybody.eddie), page_of(marsh), wrong)
    is_not_there_for(Visitor(everybody.dev), page_of(marsh), answers(child))
    takes_no_other_method(Visitor(everybody.eddie), page_of(marsh))
    assert not Identity.objects.filter(has_died=True).exists()
