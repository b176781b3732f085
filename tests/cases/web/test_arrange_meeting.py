"""Arrange a meeting: who is asked, when and where; the team finds it, the venue stays with those who see addresses."""

import datetime

from cases import models
from tests import cast
from tests.cases.web.checks import boxes, comes_back, is_not_there_for, soon, takes_no_other_method


def address(marsh):
    return f"{marsh.address}meetings/arrange/"


def key(post):
    return f"{post.practitioner_id}:{post.agency_id}"


def answers(marsh, everybody, **more):
    said = {
        "meeting_kind": "team",
        "clock": "15:30",
        "minutes_long": "60",
        "venue": "12 Mill Lane",
        "team": [key(everybody.eddie), key(everybody.ben)],
        "people": [str(marsh.kate.pk)],
    }
    return said | boxes("day", soon()) | more


def test_practitioners_and_the_family_are_invited_and_the_pages_say_when(marsh, visit, everybody):
    eddie = visit(everybody.eddie)
    answer = eddie.send(address(marsh), **answers(marsh, everybody))
    assert answer.status_code == 302, answer.content.decode()
    meeting = models.Meeting.objects.get()
    assert meeting.starts_at.astimezone(cast.ZoneInfo("Europe/London")).time() == datetime.time(15, 30)
    assert models.MeetingInvitation.objects.filter(practitioner__isnull=False).count() == 2
    assert models.MeetingInvitation.objects.get(practitioner=None).person == marsh.kate
    assert "Next meeting" in eddie.get(marsh.address).content.decode()
    page = eddie.get(f"{marsh.address}team/").content.decode()
    for words in ("15:30", "12 Mill Lane", "Ben, Marlbeck Community Health", "Kate Marsh"):
        assert words in page, words


def test_where_somebody_is_kept_apart_the_team_reads_time_length_and_reference_only(marsh, visit, everybody):
    visit(everybody.eddie).send(address(marsh), **answers(marsh, everybody))
    meeting = models.Meeting.objects.get()
    page = visit(everybody.ben).get(f"{marsh.address}team/").content.decode()
    assert meeting.reference in page and "15:30" in page and "60 minutes" in page
    assert "Who is asked is not listed here" in page and "12 Mill Lane" not in page
    models.KeepApart.objects.all().delete()
    quiet_no_more = visit(everybody.ben).get(f"{marsh.address}team/").content.decode()
    assert "Who is asked is not listed here" not in quiet_no_more


def test_who_is_invited_finds_it_in_my_work_in_the_week_before_and_not_where_it_is(marsh, visit, everybody):
    tomorrow = cast.tomorrow()
    visit(everybody.eddie).send(address(marsh), **answers(marsh, everybody, **boxes("day", tomorrow)))
    ben = visit(everybody.ben)
    assert "Team around the family: " in ben.get("/families/my-work/").content.decode()
    page = ben.get(f"{marsh.address}team/").content.decode()
    assert "Ask the lead where it is" in page and "Mill Lane" not in page


def test_two_who_must_be_kept_apart_are_not_invited_together_and_nothing_is_lost(marsh, visit, everybody):
    models.NotSafeToTell.objects.all().delete()
    both = {"people": [str(marsh.kate.pk), str(marsh.lee.pk)]}
    page = comes_back(
        visit(everybody.eddie), address(marsh), answers(marsh, everybody, **both), "must be kept apart"
    )  # fmt: skip
    assert "12 Mill Lane" in page and not models.Meeting.objects.exists()


def test_somebody_not_safe_to_tell_is_not_invited(marsh, visit, everybody):
    lee = answers(marsh, everybody, people=[str(marsh.lee.pk)])
    comes_back(visit(everybody.eddie), address(marsh), lee, "not safe to tell")


def test_it_is_arranged_before_it_begins(marsh, visit, everybody):
    now = answers(marsh, everybody, clock="00:00", **boxes("day", cast.today()))
    comes_back(visit(everybody.eddie), address(marsh), now, "The meeting must begin later than now")


def test_it_is_not_there_for_a_school_that_signed_nothing(marsh, visit, everybody):
    is_not_there_for(visit(everybody.dev), address(marsh), answers(marsh, everybody))


def test_it_is_not_for_the_team_to_do(marsh, visit, everybody):
    assert visit(everybody.ben).send(address(marsh), **answers(marsh, everybody)).status_code == 409


def test_nothing_typed_is_lost_when_an_answer_is_missing(marsh, visit, everybody):
    wrong = answers(marsh, everybody, clock="half past three", team=[])
    page = comes_back(visit(everybody.eddie), address(marsh), wrong, "24-hour clock, like 15:30")
    assert "half past three" in page and "12 Mill Lane" in page


def test_it_takes_no_other_method(marsh, visit, everybody):
    takes_no_other_method(visit(everybody.eddie), address(marsh))
