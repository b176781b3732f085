"""A page of the chronology holds fifty happenings, each whole, however many accounts each has."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.actions.recording import write_event
from cases.models import FamilyMember
from cases.queries.pages.chronology import PAGE, Entry, Wanted, chronology
from cases.queries.pages.family_top import family_top
from cases.vocabulary import EventSource, FamilyPart
from sharing_agreements.vocabulary import Kind, Purpose
from tests import cast
from tests.conftest import as_web
from tests.factories import cases as factory

pytestmark = pytest.mark.django_db
HAPPENINGS = PAGE + 10


@pytest.fixture
def everybody() -> cast.Cast:
    return cast.assemble()


def written(everybody: cast.Cast) -> factory.Household:
    """A family of three children with sixty events about all three, two to a day."""
    home = factory.family(everybody, children=3)
    for child in home.children:
        FamilyMember.objects.create(
            owner=everybody.hub, family=home.family, person_id=child, happened_on=cast.today(), part=FamilyPart.CHILD
        )
    for number in range(HAPPENINGS):
        write_event(
            people=home.children, family=home.family.pk, kind=Kind.CASE, title=f"Event {number}", text="Told in full",
            happened_on=cast.today() - datetime.timedelta(days=number // 2), source=EventSource.WRITTEN,
            source_id=home.family.pk, by=everybody.hana, now=factory.now(),
        )  # fmt: skip
    return home


def test_pages_hold_whole_happenings_and_each_happening_is_on_one_page(everybody):
    home = written(everybody)
    with as_web(everybody.hana, Purpose.TRIAGE):
        top = family_top(home.family.pk, for_post=everybody.hana, today=cast.today())
        with CaptureQueriesContext(connection) as asked:
            first = chronology(top, wanted=Wanted(), pins={}, after="")
        second = chronology(top, wanted=Wanted(), pins={}, after=first.older)
        one_child = chronology(top, wanted=Wanted(person=home.children[0]), pins={}, after="")
    assert len(asked) == 3
    assert (len(first.entries), len(second.entries), second.older) == (PAGE, HAPPENINGS - PAGE, "")
    both: list[Entry] = [*first.entries, *second.entries]
    assert {entry.title for entry in both} == {f"Event {number}" for number in range(HAPPENINGS)}
    assert [entry.on for entry in both] == sorted((entry.on for entry in both), reverse=True)
    assert all(entry.people.count("Child") == 3 for entry in both)
    assert {entry.people for entry in one_child.entries} == {"Child 1"}


def test_a_childs_page_leaves_out_what_is_about_a_sibling_alone(everybody):
    home = written(everybody)
    told = {"family": home.family.pk, "kind": Kind.CASE, "source": EventSource.WRITTEN, "source_id": home.family.pk}
    write_event(
        people=home.children[1:2], title="Alone", text="", by=everybody.hana, now=factory.now(), **told
    )  # fmt: skip
    with as_web(everybody.hana, Purpose.TRIAGE):
        top = family_top(home.family.pk, for_post=everybody.hana, today=cast.today())
        of_one, of_other = (chronology(top, wanted=Wanted(person=one), pins={}, after="") for one in home.children[:2])
    assert "Alone" not in {entry.title for entry in of_one.entries}
    assert "Alone" in {entry.title for entry in of_other.entries}


def test_a_mark_that_is_none_gives_the_first_page(everybody):
    home = written(everybody)
    with as_web(everybody.hana, Purpose.TRIAGE):
        top = family_top(home.family.pk, for_post=everybody.hana, today=cast.today())
        pages = [chronology(top, wanted=Wanted(), pins={}, after=after) for after in ("", "nonsense", "\N{SNOWMAN}")]
    assert pages[0] == pages[1] == pages[2]
