"""Managers look at cases whose time is over: the list, a page at a time, and the answer to one."""

import datetime

import pytest
from django.urls import reverse

from cases.actions import retention
from cases.models import RetentionAnswer, RetentionReview
from sharing_agreements.models import Identity
from sharing_agreements.vocabulary import Role
from tests import cast
from tests.cases.stalled import work
from tests.cases.web.checks import boxes, comes_back, is_not_there_for, takes_no_other_method
from tests.conftest import as_worker

LIST = reverse("cases:list_retention")
YEAR = datetime.timedelta(days=365)


@pytest.fixture
def listed(everybody):
    """`listed(3)`: so many cases of grown children on the list, the longest over first."""

    def make(number: int) -> list[RetentionReview]:
        today = cast.today()
        for one in range(number):
            home = work(everybody, state="closed", began=4000)
            born = {"born_on": today - 27 * YEAR - one * datetime.timedelta(days=31), "born_precision": "day"}
            Identity.objects.create(**home.common(today - 20 * YEAR), given_name="Ada", **born)
        with as_worker(retention.JOB):
            retention.list_retention(as_of=today, now=datetime.datetime.now(datetime.UTC))
        return list(RetentionReview.objects.order_by("due_on", "id"))

    return make


def page_of(review):
    return reverse("cases:answer_retention", args=[review.pk])


def test_the_list_goes_on_where_the_page_before_ended(listed, visit, everybody):
    reviews, esi = listed(27), visit(everybody.esi)
    first = esi.get(LIST).content.decode()
    assert ": 27." in first
    assert [one.case.reference in first for one in reviews] == [True] * 25 + [False] * 2
    after = first.split("after=")[1].split('"')[0]
    second = esi.get(LIST, status="waiting", after=after).content.decode()
    assert [one.case.reference in second for one in reviews] == [False] * 25 + [True] * 2


def test_one_manager_proposes_and_another_agrees(listed, visit, everybody):
    review = listed(1)[0]
    esi, mo = visit(everybody.esi), visit(cast.post("Mo", everybody.early_help, Role.MANAGER))
    answers = {"version": "1", "status": "proposed", "reason": "Nothing anybody could ask for"}
    assert esi.send(page_of(review), **answers).status_code == 302
    again = esi.get(page_of(review)).content.decode()
    assert "Nothing anybody could ask for" in again
    assert "Agree to its disposal" not in again
    assert "Agree to its disposal" in mo.get(page_of(review)).content.decode()
    agreed = {"version": "2", "status": "marked", "reason": "I looked too"}
    assert mo.send(page_of(review), **agreed).status_code == 302
    assert review.case.reference in mo.get(LIST, status="marked").content.decode()
    assert "No case" in mo.get(LIST).content.decode()


def test_it_is_kept_until_a_day_or_held(listed, visit, everybody):
    kept, held = listed(2)
    esi = visit(everybody.esi)
    day = boxes("until", cast.today() + YEAR)
    answer = esi.send(page_of(kept), version="1", status="kept", reason="She asked for it", **day)
    assert answer.status_code == 302, answer.content.decode()
    assert esi.send(page_of(held), version="1", status="held", hold="claim", reason="Letter").status_code == 302
    assert "She asked for it" in esi.get(LIST, status="kept").content.decode()
    assert "A claim or complaint: Letter" in esi.get(LIST, status="held").content.decode()
    assert RetentionAnswer.objects.count() == 2


def test_what_is_missing_is_asked_for_and_nothing_typed_is_lost(listed, visit, everybody):
    review, esi = listed(1)[0], visit(everybody.esi)
    page = comes_back(esi, page_of(review), {"version": "1", "status": "held", "reason": "Letter of June"}, "held for")
    assert "Letter of June" in page
    comes_back(esi, page_of(review), {"version": "1", "status": "kept", "reason": "Asked"}, "Give a day to come")
    comes_back(esi, page_of(review), {"version": "1", "status": "kept", "reason": ""}, "Say why")


def test_a_stale_save_shows_both_versions(listed, visit, everybody):
    review = listed(1)[0]
    RetentionReview.objects.update(version=5, status="held")
    answers = {"version": "1", "status": "proposed", "reason": "Over"}
    page = comes_back(visit(everybody.esi), page_of(review), answers, "Compare")
    assert page.count("Hold it: nothing may be disposed of") == 2


def test_it_is_not_there_for_other_agencies_or_once_it_is_off_the_list(listed, visit, everybody):
    review = listed(1)[0]
    other = visit(cast.post("Oz", everybody.health, Role.MANAGER))
    is_not_there_for(other, page_of(review), {"status": "held"})
    assert review.case.reference not in other.get(LIST).content.decode()
    RetentionReview.objects.update(taken_off_on=cast.today())
    assert visit(everybody.esi).get(page_of(review)).status_code == 404


def test_only_managers_find_it(listed, visit, everybody):
    review = listed(1)[0]
    for post in (everybody.eddie, everybody.ben, everybody.hana):
        assert visit(post).get(LIST).status_code in {403, 404}
        assert visit(post).get(page_of(review)).status_code in {403, 404}


def test_it_takes_no_other_method(listed, visit, everybody):
    for where in (LIST, page_of(listed(1)[0])):
        takes_no_other_method(visit(everybody.esi), where)
