"""Pinning an event as one that matters most: who did and why, for whoever may read the event."""

import re

import pytest

from cases.models import Event, Pin
from tests.cases.web import story
from tests.cases.web.checks import comes_back, is_not_there_for, takes_no_other_method

WHY = {"reason": "The first time somebody saw Ada cheerful."}


@pytest.fixture
def visited(marsh):
    return Event.objects.get(title="Home visit: Ada was cheerful")


def at(marsh, event, verb="pin"):
    return f"{marsh.address}chronology/{event.pk}/{verb}/"


def chronology_of(visit, post, marsh, **query):
    return visit(post).get(marsh.address + "chronology/", **query).content.decode()


def test_a_pin_says_who_and_why_and_stands_on_top(marsh, visited, visit, everybody):
    assert "What matters most</h2>" not in chronology_of(visit, everybody.eddie, marsh)
    assert visit(everybody.eddie).get(at(marsh, visited)).status_code == 200
    answer = visit(everybody.eddie).send(at(marsh, visited), **WHY)
    assert answer.status_code == 302
    page = chronology_of(visit, everybody.ben, marsh)
    pinned = re.search(r"Pinned by Eddie, Marlbeck Early Help, [^:]+: The first time", page)
    assert pinned
    assert page.index("What matters most</h2>") < pinned.start() < page.index("eh-timeline__item")
    only = chronology_of(visit, everybody.ben, marsh, show="pinned")
    assert "Home visit: Ada was cheerful" in only
    assert "Joe was born" not in only


def test_a_pin_is_of_the_kind_of_its_event_and_kept_from_whom_the_event_is(marsh, visit, everybody):
    told = story.event(
        everybody.eddie, person=marsh.ada, family=marsh.family, title="Kept from health", kind=18,
        hidden_from=[everybody.health.no],
    )  # fmt: skip
    visit(everybody.eddie).send(at(marsh, told), **WHY)
    pin = Pin.objects.get(event=told)
    assert (pin.kind, pin.hidden_from, pin.about) == (18, [everybody.health.no], [marsh.ada.pk])
    assert "The first time" not in chronology_of(visit, everybody.ben, marsh)


def test_an_event_about_two_children_is_pinned_for_each(marsh, visit, everybody):
    shared = Event.objects.exclude(event_id=None).first()
    story.event(
        everybody.eddie, person=marsh.joe, family=marsh.family, title="Ada changed school", kind=9,
        event_id=shared.event_id,
    )  # fmt: skip
    visit(everybody.eddie).send(at(marsh, shared), **WHY)
    for child in (marsh.ada, marsh.joe):
        assert chronology_of(visit, everybody.eddie, marsh, person=str(child.pk)).count("Pinned by Eddie") == 1


def test_a_pin_is_taken_off_by_its_agency_alone(marsh, visited, visit, everybody):
    visit(everybody.eddie).send(at(marsh, visited), **WHY)
    assert "Take your agency" not in chronology_of(visit, everybody.ben, marsh)
    assert visit(everybody.ben).send(at(marsh, visited, "unpin")).status_code == 302
    assert Pin.objects.filter(ended_at__isnull=True).count() == 1
    assert "Take your agency" in chronology_of(visit, everybody.eddie, marsh)
    visit(everybody.eddie).send(at(marsh, visited, "unpin"))
    visit(everybody.eddie).send(at(marsh, visited, "unpin"))
    assert "Pinned by" not in chronology_of(visit, everybody.eddie, marsh)


def test_without_a_reason_it_comes_back(marsh, visited, visit, everybody):
    comes_back(visit(everybody.eddie), at(marsh, visited), {"reason": " "}, "Say why it matters most")


def test_it_is_not_there_for_others(marsh, visited, visit, everybody):
    is_not_there_for(visit(everybody.dev), at(marsh, visited), WHY)
    assert visit(everybody.dev).send(at(marsh, visited, "unpin")).status_code == 404
    nobody = story.event(everybody.cleo, person=story.cast.person(), title="Of somebody else", kind=18)
    assert visit(everybody.eddie).send(at(marsh, nobody), **WHY).status_code == 404


def test_it_takes_no_other_method(marsh, visited, visit, everybody):
    takes_no_other_method(visit(everybody.eddie), at(marsh, visited))
