"""The directory: what a file holds, when an entry is stale, how a referral goes on. No database."""

import datetime
import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import refusals
from cases.queries.directory import words_of_needs
from cases.rules.directory import (
    FOLLOWS,
    UNMET,
    Door,
    door_of,
    headings_of,
    is_stale,
    read_file,
    stale_before,
    why_not_follow,
    why_not_refer,
)
from cases.vocabulary import OutcomeHeading, ReferralState

SLEEP = {
    "id": "s-1",
    "name": "Sleep clinic",
    "status": "active",
    "organization": {"id": "o-1", "name": "Kite"},
    "minimum_age": 0,
    "maximum_age": 5,
    "assured_date": "2026-05-03",
    "eligibility_description": "Babies who wake",
    "application_process": "Ring us",
    "wait_time": "Two weeks",
    "phones": [{"number": "01632 960001"}],
    "service_areas": [{"name": "Marlbeck"}],
    "service_at_locations": [
        {"location": {"name": "The Hut", "addresses": [{"city": "Fenwater", "postal_code": "MB1"}]}}
    ],
    "attributes": [{"taxonomy_term": {"name": "Under fives"}}],
}


def held(*services):
    """A file of these, one a line."""
    return "[\n" + ",\n".join(json.dumps(one) for one in services) + "\n]"


def test_a_service_is_read_by_the_names_of_the_standard():
    (entry,) = read_file(held(SLEEP)).entries
    assert (entry.their_id, entry.organization, entry.phone) == ("s-1", "Kite", "01632 960001")
    assert (entry.minimum_age, entry.maximum_age) == (0, 5)
    assert entry.assured_date == datetime.date(2026, 5, 3)
    assert entry.areas == ("Marlbeck",)
    assert entry.places == ("The Hut, Fenwater, MB1",)
    assert entry.whole == SLEEP
    assert headings_of(entry, words_of_needs()) == ["early_years", "health"]


@pytest.mark.parametrize("wrap", [lambda one: [one], lambda one: {"contents": [one]}, lambda one: one])
def test_services_stand_bare_or_in_a_page_of_an_api_or_alone(wrap):
    assert [one.name for one in read_file(json.dumps(wrap(SLEEP))).entries] == ["Sleep clinic"]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"id": ""}, "has no id of at most 80 letters"),
        ({"name": " "}, "has no name"),
        ({"name": "x" * 201}, "has a name longer than 200 letters"),
        ({"url": "javascript:alert(1)"}, "has a url that is no web address"),
        ({"email": "nobody"}, "has an email that is no e-mail address"),
        ({"status": "sleeping"}, "has a status that the standard does not know"),
        ({"minimum_age": "old"}, "has an age that is no number of years"),
        ({"maximum_age": 400}, "has an age that is no number of years"),
        ({"minimum_age": 9}, "has a minimum_age above its maximum_age"),
        ({"assured_date": "last May"}, "has an assured_date that is no date"),
    ],
)
def test_what_is_wrong_is_left_out_with_its_line_and_the_others_come_in(wrong, reason):
    found = read_file(held({**SLEEP, "id": "s-0"}, {**SLEEP, **wrong}, {**SLEEP, "id": "s-2"}))
    assert [one.their_id for one in found.entries] == ["s-0", "s-2"]
    assert [(one.place, one.reason) for one in found.rejected] == [(2, reason)]
    assert found.rejected[0].line in {2, 3}


def test_an_id_comes_in_once_and_its_line_is_said():
    found = read_file(held(SLEEP, SLEEP))
    assert [(one.place, one.line, one.reason) for one in found.rejected] == [(2, 2, "has the id of entry 1")]


@pytest.mark.parametrize("text", ["", "{", "[]", "7", '{"a": 1}', "[[", "null", json.dumps({"contents": {}})])
def test_a_file_without_services_says_so(text):
    found = read_file(text)
    assert found.unreadable
    assert not found.entries


_json = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda some: st.lists(some, max_size=4) | st.dictionaries(st.sampled_from([*SLEEP, "x"]), some, max_size=9),
    max_leaves=30,
)


@given(st.lists(_json, max_size=4))
def test_whatever_a_file_holds_each_entry_comes_in_or_is_left_out_with_a_reason(listed):
    found = read_file(json.dumps(listed))
    if not found.unreadable:
        assert len(found.entries) + len(found.rejected) == len(listed)
        assert all(one.reason and one.line >= 1 for one in found.rejected)


@pytest.mark.parametrize(
    ("today", "before"),
    [
        (datetime.date(2026, 11, 29), datetime.date(2026, 5, 29)),
        (datetime.date(2026, 8, 31), datetime.date(2026, 2, 28)),
        (datetime.date(2026, 6, 30), datetime.date(2025, 12, 30)),
        (datetime.date(2026, 3, 1), datetime.date(2025, 9, 1)),
        (datetime.date(2024, 8, 30), datetime.date(2024, 2, 29)),
    ],
)
def test_an_entry_is_stale_six_months_after_its_check(today, before):
    assert stale_before(today) == before
    assert is_stale(before, today)
    assert not is_stale(before + datetime.timedelta(days=1), today)
    assert is_stale(None, today)


MAY = {
    ("sent", "accepted"), ("sent", "waiting_list"), ("sent", "started"), ("sent", "refused"), ("sent", "no_funding"),
    ("accepted", "waiting_list"), ("accepted", "started"), ("accepted", "refused"), ("accepted", "no_funding"),
    ("waiting_list", "accepted"), ("waiting_list", "started"), ("waiting_list", "refused"),
    ("waiting_list", "no_funding"), ("started", "finished"), ("started", "no_funding"),
}  # fmt: skip


@pytest.mark.parametrize(("stands", "to"), list(itertools.product(ReferralState, ReferralState)))
def test_how_a_referral_goes_on(stands, to):
    assert why_not_follow(stands, to) == (None if (str(stands), str(to)) in MAY else refusals.NOT_SO_FAR)


def test_unmet_is_where_no_help_came_and_every_state_has_its_moves():
    assert {"waiting_list", "refused", "no_funding"} == {str(one) for one in UNMET}
    assert set(FOLLOWS) == set(ReferralState)
    assert set(words_of_needs()) == set(OutcomeHeading)


@pytest.mark.parametrize(
    ("status", "keeps_list", "door", "sent", "onto_the_list"),
    [
        ("active", False, Door.OPEN, None, None),
        ("active", True, Door.OPEN, None, None),
        ("", False, Door.OPEN, None, None),
        ("temporarily closed", False, Door.CLOSED, refusals.SERVICE_CLOSED_FOR_NOW, refusals.SERVICE_CLOSED_FOR_NOW),
        ("temporarily closed", True, Door.WAITING_LIST, refusals.SERVICE_LIST_ONLY, None),
        ("inactive", False, Door.GONE, refusals.SERVICE_CLOSED, refusals.SERVICE_CLOSED),
        ("inactive", True, Door.GONE, refusals.SERVICE_CLOSED, refusals.SERVICE_CLOSED),
        ("defunct", False, Door.GONE, refusals.SERVICE_CLOSED, refusals.SERVICE_CLOSED),
        ("defunct", True, Door.GONE, refusals.SERVICE_CLOSED, refusals.SERVICE_CLOSED),
    ],
)
def test_nobody_is_sent_to_a_closed_door(status, keeps_list, door, sent, onto_the_list):
    assert door_of(status, keeps_list=keeps_list) == door
    assert why_not_refer(door, onto_list=False) == sent
    assert why_not_refer(door, onto_list=True) == onto_the_list
