"""A meeting in one's own calendar: time, length and a reference, and nothing else."""

import datetime

import pytest
from django.utils import timezone

from cases.actions import meeting as meetings
from sharing_agreements.vocabulary import Purpose
from tests.cases.web.checks import takes_no_other_method
from tests.conftest import as_web

AT = datetime.datetime(2031, 7, 8, 13, 30, tzinfo=datetime.UTC)


@pytest.fixture
def arranged(marsh, everybody):
    """A meeting of Eddie's with Ben in 2031, half past two by summer's clock, somewhere that is not for the file."""
    with as_web(everybody.eddie, Purpose.EARLY_HELP):
        return meetings.arrange_meeting(
            case=marsh.case,
            starts_at=AT,
            minutes_long=45,
            venue="1 Mill Lane",
            practitioners=[(everybody.ben.practitioner, everybody.health)],
            people=[],
            by=everybody.eddie,
            now=timezone.now(),
        )


def test_the_file_says_when_how_long_and_a_reference_and_nothing_else(marsh, arranged, visit, everybody):
    address = f"{marsh.address}meetings/{arranged.pk}/calendar/"
    ben = visit(everybody.ben)
    assert address in ben.get(f"{marsh.address}team/").content.decode()
    answer = ben.get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="meeting-{arranged.reference}.ics"'
    lines = answer.content.decode().split("\r\n")
    stamp = lines.pop(5)
    assert stamp.startswith("DTSTAMP:20") and stamp.endswith("Z")
    assert lines == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Early Help//Meetings//EN",
        "BEGIN:VEVENT",
        f"UID:{arranged.pk}",
        "DTSTART:20310708T133000Z",
        "DURATION:PT45M",
        f"SUMMARY:Meeting {arranged.reference}",
        "CLASS:PRIVATE",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    assert max(map(len, lines)) < 75
    takes_no_other_method(ben, address)


def test_it_is_not_there_for_a_stranger_nor_once_the_meeting_is_recorded(marsh, arranged, visit, everybody):
    address = f"{marsh.address}meetings/{arranged.pk}/calendar/"
    assert visit(everybody.dev).get(address).status_code == 404
    type(arranged).objects.filter(pk=arranged.pk).update(held=True)
    assert visit(everybody.eddie).get(address).status_code == 404
