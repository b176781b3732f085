"""Record a meeting: whether it took place, who came or sent a report, what was decided."""

import datetime

import pytest
from django.utils import timezone

from cases import models
from cases.actions import meeting as meetings
from sharing_agreements.vocabulary import Purpose
from tests.cases.web.checks import comes_back, is_not_there_for, takes_no_other_method
from tests.conftest import as_web

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def met(marsh, everybody):
    """A meeting that Eddie arranged for two hours ago, with Ben and Kate."""
    with as_web(everybody.eddie, Purpose.EARLY_HELP):
        made = meetings.arrange_meeting(
            case=marsh.case,
            starts_at=timezone.now() - 2 * HOUR,
            practitioners=[(everybody.ben.practitioner, everybody.health)],
            people=[marsh.kate.pk],
            by=everybody.eddie,
            now=timezone.now() - 3 * HOUR,
        )
    return made


def address(marsh, met):
    return f"{marsh.address}meetings/{met.pk}/record/"


def answers(met, **more):
    ben = models.MeetingInvitation.objects.get(meeting=met, practitioner__name="Ben")
    kate = models.MeetingInvitation.objects.get(meeting=met, practitioner=None)
    return {
        "held": "yes",
        f"attendance_{ben.pk}": "sent_report",
        f"attendance_{kate.pk}": "came",
        "decided": "Walk Ada to school in turns",
        "minutes": "Kate said mornings are calmer.",
    } | more


def test_who_came_and_who_sent_a_report_is_kept_and_everybody_reads_the_decision(marsh, met, visit, everybody):
    eddie = visit(everybody.eddie)
    assert address(marsh, met) in eddie.get("/families/my-work/").content.decode()
    assert eddie.send(address(marsh, met), **answers(met)).status_code == 302
    said = dict(models.MeetingInvitation.objects.values_list("practitioner__name", "attendance"))
    assert said == {"Ben": "sent_report", None: "came"}
    page = visit(everybody.ben).get(f"{marsh.address}team/").content.decode()
    assert "Walk Ada to school in turns" in page
    # people of this family are kept apart, so no guest list is read off a meeting
    assert "Who is asked is not listed here." in page and "sent a report" not in page
    assert address(marsh, met) not in eddie.get("/families/my-work/").content.decode()
    assert "Walk Ada to school in turns" in eddie.get(f"{marsh.address}chronology/").content.decode()


def test_one_that_did_not_take_place_says_why(marsh, met, visit, everybody):
    not_held = answers(met, held="no", decided="Kate was ill", minutes="")
    assert visit(everybody.eddie).send(address(marsh, met), **not_held).status_code == 302
    page = visit(everybody.eddie).get(f"{marsh.address}team/").content.decode()
    assert "Did not take place" in page and "Kate was ill" in page


def test_it_is_recorded_once_and_what_the_second_typed_stays(marsh, met, visit, everybody):
    visit(everybody.eddie).send(address(marsh, met), **answers(met))
    again = answers(met, decided="Something else")
    page = comes_back(visit(everybody.eddie), address(marsh, met), again, "Somebody has recorded this meeting already")
    assert "Something else" in page and models.Meeting.objects.get().decided == "Walk Ada to school in turns"


def test_one_that_has_not_begun_was_not_held(marsh, met, visit, everybody):
    models.Meeting.objects.update(starts_at=timezone.now() + HOUR)
    comes_back(visit(everybody.eddie), address(marsh, met), answers(met), "This meeting has not begun")
    assert visit(everybody.eddie).send(address(marsh, met), **answers(met, held="no")).status_code == 302


def test_nothing_typed_is_lost_when_an_answer_is_missing(marsh, met, visit, everybody):
    page = comes_back(
        visit(everybody.eddie), address(marsh, met), answers(met, held=""), "Say whether the meeting took place"
    )
    assert "Kate said mornings are calmer." in page


def test_it_is_not_there_for_a_school_that_signed_nothing(marsh, met, visit, everybody):
    is_not_there_for(visit(everybody.dev), address(marsh, met), answers(met))


def test_it_is_not_for_the_team_to_do(marsh, met, visit, everybody):
    assert visit(everybody.ben).send(address(marsh, met), **answers(met)).status_code == 409


def test_it_takes_no_other_method(marsh, met, visit, everybody):
    takes_no_other_method(visit(everybody.eddie), address(marsh, met))
