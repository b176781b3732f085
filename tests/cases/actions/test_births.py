"""An unborn child is born: one record before and after, whoever recorded what."""

import pytest

from cases import refusals
from cases.actions import births
from cases.models import Event, FamilyMember
from cases.queries.pages.family_top import family_top
from cases.vocabulary import FamilyPart
from sharing_agreements.models import Identity, Person
from sharing_agreements.refusals import Refused
from sharing_agreements.vocabulary import Precision, Purpose
from tests import cast
from tests.conftest import as_web
from tests.factories import cases as factory

pytestmark = pytest.mark.django_db


@pytest.fixture
def everybody() -> cast.Cast:
    return cast.assemble()


@pytest.fixture
def home(everybody):
    """A couple's unborn child, with whom Eddie's service works; the hub wrote down the due date."""
    made = factory.assessing_with(everybody, everybody.eddie, children=1)
    due = {"is_unborn": True, "given_name": "", "family_name": "Hale", "born_precision": Precision.DUE}
    Identity.objects.update(**due, born_on=cast.today())
    return made


def born(home, by, *, when=None):
    with as_web(by, Purpose.EARLY_HELP):
        told = {"given_name": "Rose", "born_on": when or cast.today(), "by": by, "now": factory.now()}
        return births.record_birth(person=home.children[0], case=home.case, **told)


def test_the_same_person_goes_on_with_a_name_and_a_day(everybody, home):
    before = Person.objects.count()
    born(home, everybody.eddie)
    assert Person.objects.count() == before
    assert Identity.objects.filter(person=home.children[0]).count() == 2
    assert FamilyMember.objects.get(person=home.children[0]).part == FamilyPart.CHILD
    assert Event.objects.filter(person=home.children[0], title="Born").count() == 1


def test_the_hub_which_wrote_of_the_unborn_child_reads_the_name_now(everybody, home):
    born(home, everybody.eddie)
    for post, purpose in ((everybody.eddie, Purpose.EARLY_HELP), (everybody.hana, Purpose.TRIAGE)):
        with as_web(post, purpose):
            top = family_top(home.family.pk, for_post=post, today=cast.today())
        assert top.known[home.children[0]].name == "Rose Hale" and top.unborn == []


def test_a_child_is_born_once(everybody, home):
    born(home, everybody.eddie)
    with pytest.raises(Refused) as refused:
        born(home, everybody.eddie)
    assert refused.value.refusal == refusals.NOT_UNBORN


def test_nobody_is_born_tomorrow(everybody, home):
    with pytest.raises(Refused) as refused:
        born(home, everybody.eddie, when=cast.tomorrow())
    assert refused.value.refusal == refusals.NOT_BORN_YET


def test_whoever_does_not_work_with_the_family_records_no_birth(everybody, home):
    with pytest.raises(Refused) as refused:
        born(home, everybody.amira)
    assert refused.value.refusal.code == "not_open"
