"""When somebody is e-mailed that something waits: a truth table, days offices are shut, and days clocks change."""

import datetime
import itertools

import pytest

from sharing_agreements.rules.mail import Waiting, is_due, words
from sharing_agreements.vocabulary import HowOften
from sharing_agreements.working_time import LONDON

AT_ONCE, DAILY, NEVER = HowOften.AT_ONCE, HowOften.DAILY, HowOften.NEVER


def at(day: str, clock: str) -> datetime.datetime:
    """A moment on London's clocks."""
    return datetime.datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=LONDON)


MONDAY, NIGHT = at("2026-11-09", "10:00"), at("2026-11-09", "03:00")


@pytest.mark.parametrize("how_often", HowOften)
@pytest.mark.parametrize(("now", "is_working_day"), [(MONDAY, True), (NIGHT, True), (MONDAY, False)])
@pytest.mark.parametrize("told", ["never", "before", "since", "this morning"])
@pytest.mark.parametrize("urgent", [True, False])
def test_every_combination(how_often, now, is_working_day, told, urgent):
    since = now - datetime.timedelta(minutes=10)
    last = {
        "never": None,
        "before": now - datetime.timedelta(days=2),
        "since": now - datetime.timedelta(minutes=5),
        "this morning": at("2026-11-09", "08:00") if now == MONDAY else now - datetime.timedelta(minutes=11),
    }[told]
    due = is_due(
        waiting=Waiting(since, since if urgent else None),
        how_often=how_often,
        last_told=last,
        now=now,
        is_working_day=is_working_day,
    )
    if told == "since":
        assert not due
    elif urgent or how_often == AT_ONCE:
        assert due
    else:
        assert due == (how_often == DAILY and is_working_day and now == MONDAY and told != "this morning")


def test_nothing_that_waits_is_told_to_nobody():
    for how_often, last in itertools.product(HowOften, (None, MONDAY)):
        assert not is_due(waiting=Waiting(), how_often=how_often, last_told=last, now=MONDAY, is_working_day=True)


@pytest.mark.parametrize("day", ["2026-03-30", "2026-10-26", "2026-07-01", "2026-12-29"])
def test_eight_in_the_morning_is_eight_on_the_wall_whatever_the_clocks_did(day):
    """30 March and 26 October 2026 are the Mondays after the clocks changed."""

    def due(clock: str) -> bool:
        waits = Waiting(at(day, "00:30"))
        return is_due(waiting=waits, how_often=DAILY, last_told=None, now=at(day, clock), is_working_day=True)

    assert not due("07:59") and due("08:00") and due("23:30")


def test_an_e_mail_holds_a_link_a_reference_and_nothing_else():
    mail = words(to="ann@example.org", site="https://eh.example.org", reference="ACDEFHJK", urgent=False)
    assert mail.subject == "Something waits for you in Early Help"
    assert mail.text == (
        "Something waits for you in Early Help.\n\nSign in to read it: https://eh.example.org/\n\n"
        "Reference: ACDEFHJK\n\nThis e-mail says no more, so that nobody else can learn anything from it. "
        "To change how often you get one: https://eh.example.org/notifications/\n"
    )
    assert "urgent" in words(to="", site="", reference="", urgent=True).text
