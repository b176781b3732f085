"""Screening for a child used by others: a page of its own, asked only when signs are ticked, read by the hub."""

import pytest
from django.urls import reverse

from referrals.models import Report
from referrals.presenting import sections_of
from referrals.queries.reporting import names_in
from tests import cast
from tests.referrals import typing

pytestmark = pytest.mark.django_db
ONE = {"screening-TOTAL_FORMS": "1", "screening-INITIAL_FORMS": "0", "screening-0-child": "0"}


@pytest.fixture
def cleo(site, everybody):
    client = site()
    typing.sign_in(client, everybody.cleo)
    return client


@pytest.fixture
def draft(cleo):
    lee = typing.children(typing.child(0, "Lee Marsh", year="2011", month="2", day="3"), typing.child(1, "Mo", age="9"))
    return typing.write(cleo, children=lee)


def looked_at_again() -> dict[str, str]:
    """A day to look again, four weeks from today, as typed."""
    later = cast.in_days(28)
    return {f"screening-0-again_on_{part}": str(getattr(later, part)) for part in ("day", "month", "year")}


def address(draft, slug):
    return reverse("referrals:write_report", args=[draft, slug])


def test_it_is_not_asked_until_a_sign_opens_it_and_then_comes_next(cleo, draft):
    check = reverse("referrals:check_report", args=[draft])
    assert "screening" not in cleo.get(check).content.decode()
    answer = typing.fill(cleo, draft, "signs", {"individual": "hungry"})
    assert answer.url == check
    answer = typing.fill(cleo, draft, "signs", {"individual": "gifts"})
    assert answer.url.startswith(address(draft, "screening"))
    page = cleo.get(answer.url).content.decode()
    assert "Lee Marsh" in page and "Picked up or dropped off in cars or taxis?" in page
    assert "Is a child being used by others?" in cleo.get(check).content.decode()


def test_it_may_be_left_and_the_report_is_sent_all_the_same(cleo, draft):
    typing.fill(cleo, draft, "signs", {"individual": "gifts"})
    assert typing.send(cleo, draft).status_code == 302


def test_what_was_answered_is_kept_with_its_questions_and_read_with_the_child(cleo, draft, everybody):
    typing.fill(cleo, draft, "signs", {"individual": "gifts"})
    said = {**ONE, "screening-0-vehicles": "yes", "screening-0-result": "at_risk", **looked_at_again()}
    assert typing.fill(cleo, draft, "screening", said).status_code == 302
    assert typing.send(cleo, draft).status_code == 302
    report = Report.objects.get()
    lee, mo = report.children.all()
    assert lee.detail.screening["answers"] == [["Picked up or dropped off in cars or taxis?", "yes"]]
    assert lee.detail.screening["again_on"] == cast.in_days(28).isoformat() and not hasattr(mo, "detail")
    lines = {
        line.question: line.answer
        for part in sections_of(report, names_in([report], everybody.cleo))
        for line in part.lines
    }
    assert lines["Used by others"] == "At risk of it" and "Look again on" in lines


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"screening-0-vehicles": "yes"}, "You answered yes to a question."),
        ({"screening-0-child": "1"}, "A child under 13"),
        ({"screening-0-needs_help": "on"}, "needs help to understand is never without risk"),
        (
            {f"screening-0-again_on_{part}": "" for part in ("day", "month", "year")},
            "Say when somebody should look again",
        ),
    ],
)
def test_no_sign_now_is_refused_where_it_would_be_false_comfort(cleo, draft, changed, says):
    typing.fill(cleo, draft, "signs", {"individual": "gifts"})
    answer = typing.fill(
        cleo, draft, "screening", {**ONE, "screening-0-result": "none_now", **looked_at_again(), **changed}
    )
    assert answer.status_code == 200 and says in answer.content.decode()


def test_no_sign_now_stands_for_an_older_child_and_is_looked_at_again(cleo, draft):
    typing.fill(cleo, draft, "signs", {"individual": "gifts"})
    answer = typing.fill(cleo, draft, "screening", {**ONE, "screening-0-result": "none_now", **looked_at_again()})
    assert answer.status_code == 302


def test_one_child_is_screened_once(cleo, draft):
    typing.fill(cleo, draft, "signs", {"individual": "gifts"})
    first = {"screening-0-result": "being_used"}
    twice = {**ONE, **first, "screening-TOTAL_FORMS": "2", "screening-1-child": "0", "screening-1-result": "being_used"}
    assert "about the same child" in typing.fill(cleo, draft, "screening", twice).content.decode()
