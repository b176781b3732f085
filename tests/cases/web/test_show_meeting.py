"""A meeting from its agenda to its minutes: what is sent beforehand, and each reader's copy of it."""

import random

import pytest
from django.utils import timezone

from cases import models
from cases.actions import contributing
from cases.actions import meeting as meetings
from cases.models.team import kind_for
from cases.vocabulary import Attendance, MeetingPart
from sharing_agreements.actions import facts
from sharing_agreements.refusals import Refused
from sharing_agreements.vocabulary import AgencyType, Kind, Purpose
from tests import cast
from tests.cases.web import story
from tests.cases.web.checks import comes_back, is_not_there_for, takes_no_other_method
from tests.cases.web.story import DAY
from tests.conftest import as_web


def arrange(marsh, everybody, *, ago=0, **more):
    """A meeting Eddie arranged for two days from now, or for `ago` days back, with Ben."""
    with as_web(everybody.eddie, Purpose.EARLY_HELP):
        return meetings.arrange_meeting(
            case=marsh.case,
            starts_at=timezone.now() + (2 - ago) * DAY,
            practitioners=[(everybody.ben.practitioner, everybody.health)],
            people=[],
            by=everybody.eddie,
            now=timezone.now() - 20 * DAY,
            **more,
        )


def at(marsh, meeting, rest=""):
    return f"{marsh.address}meetings/{meeting.pk}/{rest}"


def test_the_agenda_is_read_before_by_whoever_may_read_what_meetings_say(marsh, visit, everybody):
    meeting = arrange(marsh, everybody, agenda="Mornings\n\n  Swimming ")
    for post in (everybody.eddie, everybody.ben):
        page = visit(post).get(at(marsh, meeting)).content.decode()
        assert "On the agenda" in page and "Mornings" in page and "Swimming" in page
    assert list(meeting.points.values_list("text", flat=True).order_by("text")) == ["Mornings", "Swimming"]
    assert visit(everybody.dev).get(at(marsh, meeting)).status_code == 404
    takes_no_other_method(visit(everybody.eddie), at(marsh, meeting))


def test_who_cannot_come_sends_a_report_that_joins_the_minutes_and_counts_as_sent(marsh, visit, everybody):
    models.KeepApart.objects.all().delete()
    meeting = arrange(marsh, everybody)
    eddie, ben = visit(everybody.eddie), visit(everybody.ben)
    assert "Not heard from yet:</strong> Ben" in eddie.get(at(marsh, meeting)).content.decode()
    report = {"coming": "no", "report": "Joe gains weight again.", "people": [str(marsh.joe.pk)]}
    assert ben.send(at(marsh, meeting, "reply/"), **report).status_code == 302
    page = eddie.get(at(marsh, meeting)).content.decode()
    assert "Joe gains weight again." in page and "About Joe Marsh" in page and "Not heard from yet" not in page
    assert "Sent a report to the meeting" in eddie.get(f"{marsh.address}chronology/").content.decode()
    models.Meeting.objects.update(starts_at=timezone.now() - DAY)
    assert 'value="sent_report" selected' in eddie.get(at(marsh, meeting, "record/")).content.decode()
    with as_web(everybody.eddie, Purpose.EARLY_HELP):
        meeting = models.Meeting.objects.get(pk=meeting.pk)
        meetings.record_meeting(
            meeting=meeting, held=True, attendance={}, decided="Go on", by=everybody.eddie, now=timezone.now()
        )
    assert models.MeetingInvitation.objects.get(practitioner__name="Ben").attendance == Attendance.SENT_REPORT
    page = eddie.get(at(marsh, meeting)).content.decode()
    assert "Report sent beforehand" in page and "Go on" in page


@pytest.mark.parametrize(
    ("sent", "kept"), [("no", Attendance.APOLOGIES), ("yes", Attendance.INVITED), (None, Attendance.INVITED)]
)
def test_apologies_are_kept_when_the_meeting_is_recorded_and_nothing_is_made_up(marsh, everybody, sent, kept):
    meeting = arrange(marsh, everybody, ago=4)
    if sent:
        with as_web(everybody.ben, Purpose.EARLY_HELP):
            told = {"report": "All well." if sent == "yes" else "", "people": [], "by": everybody.ben}
            contributing.reply_to_meeting(meeting=meeting, coming=sent == "yes", **told, now=timezone.now())
    with as_web(everybody.eddie, Purpose.EARLY_HELP):
        meetings.record_meeting(meeting=meeting, held=True, attendance={}, by=everybody.eddie, now=timezone.now())
    assert models.MeetingInvitation.objects.get().attendance == kept


def test_what_the_recorder_says_counts_more_than_what_was_sent(marsh, everybody):
    meeting = arrange(marsh, everybody, ago=4)
    with as_web(everybody.ben, Purpose.EARLY_HELP):
        told = {"report": "", "people": [], "by": everybody.ben, "now": timezone.now()}
        contributing.reply_to_meeting(meeting=meeting, coming=False, **told)
    came = {models.MeetingInvitation.objects.get().pk: Attendance.CAME}
    with as_web(everybody.eddie, Purpose.EARLY_HELP):
        meetings.record_meeting(meeting=meeting, held=True, attendance=came, by=everybody.eddie, now=timezone.now())
    assert models.MeetingInvitation.objects.get().attendance == Attendance.CAME


def test_only_who_is_invited_replies_and_only_until_it_is_recorded(marsh, visit, everybody):
    meeting = arrange(marsh, everybody)
    reply = {"coming": "no", "report": "On leave."}
    assert visit(everybody.eddie).send(at(marsh, meeting, "reply/"), **reply).status_code == 409
    assert "Send apologies or a report" not in visit(everybody.eddie).get(at(marsh, meeting)).content.decode()
    is_not_there_for(visit(everybody.dev), at(marsh, meeting, "reply/"), reply)
    models.Meeting.objects.update(held=False)
    assert visit(everybody.ben).send(at(marsh, meeting, "reply/"), **reply).status_code == 409


def test_a_reply_that_says_nothing_comes_back_and_nothing_typed_is_lost(marsh, visit, everybody):
    meeting = arrange(marsh, everybody)
    ben = visit(everybody.ben)
    comes_back(ben, at(marsh, meeting, "reply/"), {"coming": "yes", "report": " "}, "Write something first.")
    page = comes_back(ben, at(marsh, meeting, "reply/"), {"report": "Joe gains weight."}, "Say whether you can come")
    assert "Joe gains weight." in page
    takes_no_other_method(ben, at(marsh, meeting, "reply/"))


def test_points_are_added_by_whoever_arranges_the_work_and_minutes_only_once_it_has_begun(marsh, visit, everybody):
    meeting = arrange(marsh, everybody)
    point = {"part": "said", "text": "Mornings are calmer.", "people": [str(marsh.ada.pk)]}
    eddie = visit(everybody.eddie)
    page = comes_back(eddie, at(marsh, meeting, "points/add/"), point, "has not begun")
    assert "Mornings are calmer." in page
    comes_back(eddie, at(marsh, meeting, "points/add/"), {"part": "said"}, "Write what was said", "Choose whom")
    assert eddie.send(at(marsh, meeting, "points/add/"), **point | {"part": "agenda"}).status_code == 302
    models.Meeting.objects.update(starts_at=timezone.now() - DAY)
    assert eddie.send(at(marsh, meeting, "points/add/"), **point).status_code == 302
    assert visit(everybody.ben).send(at(marsh, meeting, "points/add/"), **point).status_code == 409
    is_not_there_for(visit(everybody.dev), at(marsh, meeting, "points/add/"), point)
    models.Meeting.objects.update(held=False)
    comes_back(eddie, at(marsh, meeting, "points/add/"), point, "did not take place")
    models.Meeting.objects.update(held=True)
    comes_back(eddie, at(marsh, meeting, "points/add/"), point | {"part": "agenda"}, "recorded this meeting already")
    takes_no_other_method(eddie, at(marsh, meeting, "points/add/"))


def test_a_sensitive_agencys_report_has_the_kind_of_its_work_and_writes_no_line(marsh, everybody):
    everybody.health.sensitive = True
    everybody.health.save()
    everybody.ben.refresh_from_db()
    meeting = arrange(marsh, everybody)
    before = models.Event.objects.count()
    told = {"coming": True, "report": "Here we are.", "people": [], "by": everybody.ben, "now": timezone.now()}
    with as_web(everybody.ben, Purpose.EARLY_HELP):
        (point,) = contributing.reply_to_meeting(meeting=meeting, **told)
    assert (point.kind, models.Event.objects.count()) == (Kind.HEALTH, before)
    with pytest.raises(Refused, match="no_places"), as_web(everybody.ben, Purpose.EARLY_HELP):
        contributing.reply_to_meeting(meeting=meeting, says_where=True, **told)


@pytest.mark.parametrize("sort", list(AgencyType))
def test_an_open_agencys_row_keeps_its_kind_and_a_sensitive_ones_never_does(sort):
    agency = cast.Agency(type=sort, sensitive=False)
    assert kind_for(agency, otherwise=Kind.REVIEW) == Kind.REVIEW
    agency.sensitive = True
    assert kind_for(agency, otherwise=Kind.REVIEW) not in {Kind.REVIEW, Kind.CASE, Kind.PLAN, Kind.NOTE}


@pytest.mark.parametrize("seed", range(8))
def test_a_copy_holds_what_row_security_opens_and_no_other_familys_and_no_hidden_place(marsh, visit, everybody, seed):
    """Random points of two families' meetings, by random agencies, with a child hidden or restricted by chance."""
    dice = random.Random(seed)
    elsewhere = story.marshes(everybody)
    mine, theirs = arrange(marsh, everybody, ago=4), arrange(elsewhere, everybody, ago=4)
    hidden = dice.sample([marsh.ada, marsh.joe], dice.randrange(3))
    if dice.random() < 0.3:
        facts.restrict(person=marsh.joe.pk, why="named in an inquiry")
    for child in hidden:
        facts.hide_address(person=child.pk)
    rows = {}
    for number in range(14):
        home, meeting = (marsh, mine) if dice.random() < 0.7 else (elsewhere, theirs)
        about = [child.pk for child in dice.sample([home.ada, home.joe], dice.choice([1, 2]))]
        by = dice.choice([everybody.eddie, everybody.ben, everybody.amira, everybody.cleo])
        kind = dice.choice([Kind.ADDRESS, Kind.REVIEW, Kind.REVIEW, Kind.HEALTH])
        written = story.written(by, family=home.family, about=about, kind=kind)
        word = f"zq{seed}x{number}z"
        point = models.MeetingPoint.objects.create(
            **written, meeting=meeting, part=dice.choice(list(MeetingPart)), text=word
        )
        rows[word] = point
    shown = 0
    for post in (everybody.eddie, everybody.ben, everybody.esi, everybody.amira):
        with as_web(post, Purpose.EARLY_HELP):
            open_rows = {row.text for row in models.MeetingPoint.objects.visible().filter(meeting=mine)}
        answer = visit(post).get(at(marsh, mine))
        page = answer.content.decode()
        found = {word for word in rows if word in page}
        assert found == (open_rows if answer.status_code == 200 else set()), post
        for word in found:
            point = rows[word]
            assert point.family_id == marsh.family.pk
            of_hidden = point.kind == Kind.ADDRESS and {child.pk for child in hidden} & set(point.about)
            assert not of_hidden or point.author_id == post.practitioner_id, (post, word)
        shown += len(found)
    assert shown
