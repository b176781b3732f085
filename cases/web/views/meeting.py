"""Meetings of the team around a family: arranging them, keeping them in a calendar, recording what came of them."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from cases import permissions
from cases.actions import contributing
from cases.actions import meeting as meetings
from cases.models import Meeting
from cases.queries.pages.choosing import doers, invited_posts
from cases.queries.pages.family_top import FamilyTop
from cases.queries.pages.meetings import MeetingCopy, invited_to, meeting_copy
from cases.web.calendar import MEDIA_TYPE, calendar_file
from cases.web.forms.meeting import AddPointForm, ArrangeMeetingForm, RecordMeetingForm, ReplyToMeetingForm
from cases.web.paper import PAPER, as_pdf
from cases.web.views.doing import find_case, find_record, now, posted, send, show
from cases.web.views.family import leading_now
from cases.web.views.opening import DOERS, READERS, at, find_family, page, today
from cases.web.views.verbs import LEADERS, hands_at
from sharing_agreements.refusals import require
from sharing_agreements.web.doors import PractitionerRequest, access

PLAIN = ("meeting_kind", "minutes_long", "venue", "people", "agenda")


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def arrange_meeting(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """Arrange a meeting and invite practitioners and people of the family."""
    top, case = find_case(request, family)
    require(permissions.why_not_lead_work(by=request.post, case=case, today=now()))
    team = doers(top, case, for_post=request.post, today=today())
    form = ArrangeMeetingForm(posted(request), top=top, doers=team)

    def do(said: dict) -> object:
        asked = {"practitioners": invited_posts(form.invited()), "starts_at": form.starts_at()}
        parts = {name: said[name] for name in PLAIN}
        return meetings.arrange_meeting(case=case, **parts, **asked, by=request.post, now=now())

    then = at("show_team", top)
    return send(request, form, do, then=then) or show(request, "cases/arrange_meeting.html", top, form, back_href=then)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def record_meeting(request: PractitionerRequest, family: UUID, record: UUID) -> HttpResponse:
    """Say whether a meeting took place, who came and what was decided."""
    top, case = find_case(request, family)
    row = find_record(Meeting.objects.select_related("case"), record, case=case)
    require(permissions.why_not_lead_work(by=request.post, case=case, today=now()))
    form = RecordMeetingForm(posted(request), invited=invited_to(row, top), said=meetings.replied(row))

    def do(said: dict) -> object:
        told = {name: said[name] for name in ("held", "decided", "minutes")}
        return meetings.record_meeting(
            meeting=row, **told, attendance=form.attendance(), by=request.post, now=now()
        )  # fmt: skip

    then = at("show_meeting", top, record=record)
    done = send(request, form, do, then=then)
    return done or show(request, "cases/record_meeting.html", top, form, back_href=then, meeting=row)


@access(**READERS)
@require_safe
def show_meeting(request: PractitionerRequest, family: UUID, record: UUID) -> HttpResponse:
    """A meeting: agenda, what was sent beforehand, minutes and decisions, each as far as this reader may see it."""
    top = find_family(request, family)
    row = find_record(Meeting.objects.select_related("case"), record, case=top.case)
    copy, may_team = copy_for(request, top, row)
    more = {
        "copy": copy,
        "may_team": may_team,
        "may_reply": permissions.why_not_reply_to(by=request.post, meeting=row) is None,
        "may_print": PAPER,
        "back_href": at("show_team", top),
        "now": now(),
    }
    return render(request, "cases/show_meeting.html", page(request, top, **more))


@access(**READERS)
@require_safe
def print_meeting(request: PractitionerRequest, family: UUID, record: UUID) -> HttpResponse:
    """This reader's copy as a PDF, where this site can make one; 404 where it cannot."""
    if not PAPER:
        raise Http404
    top = find_family(request, family)
    row = find_record(Meeting.objects.select_related("case"), record, case=top.case)
    context = {"top": top, "copy": copy_for(request, top, row)[0], "post": request.post, "today": today()}
    answer = HttpResponse(as_pdf("cases/print_meeting.html", context), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="meeting-{row.reference}.pdf"'
    return answer


def copy_for(request: PractitionerRequest, top: FamilyTop, row: Meeting) -> tuple[MeetingCopy, bool]:
    """This reader's copy, and whether they arrange the work: others read no guest list where somebody is kept apart."""
    may_team = bool(hands_at(top, request.post, leading_now(top)) & LEADERS)
    return meeting_copy(row, top, is_quiet=top.keeps_quiet and not may_team), may_team


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def reply_to_meeting(request: PractitionerRequest, family: UUID, record: UUID) -> HttpResponse:
    """Send apologies, a report or both before a meeting one is invited to."""
    top, case = find_case(request, family)
    row = find_record(Meeting.objects.select_related("case"), record, case=case)
    require(permissions.why_not_reply_to(by=request.post, meeting=row))
    form = ReplyToMeetingForm(posted(request), top=top, offered=of_the_meeting(row, top))
    then = at("show_meeting", top, record=record)

    def do(said: dict) -> object:
        return contributing.reply_to_meeting(meeting=row, **said, by=request.post, now=now())

    done = send(request, form, do, then=then)
    return done or show(request, "cases/reply_to_meeting.html", top, form, back_href=then, meeting=row)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def add_point(request: PractitionerRequest, family: UUID, record: UUID) -> HttpResponse:
    """Put a point on the agenda or in the minutes."""
    top, case = find_case(request, family)
    row = find_record(Meeting.objects.select_related("case"), record, case=case)
    require(permissions.why_not_lead_work(by=request.post, case=case, today=now()))
    form = AddPointForm(posted(request), top=top, offered=of_the_meeting(row, top))
    then = at("show_meeting", top, record=record)

    def do(said: dict) -> object:
        return contributing.add_points(meeting=row, texts=[said.pop("text")], **said, by=request.post, now=now())

    done = send(request, form, do, then=then)
    return done or show(request, "cases/add_point.html", top, form, back_href=then, meeting=row)


def of_the_meeting(row: Meeting, top: FamilyTop) -> list[UUID]:
    """The people a meeting is about, as this page names them."""
    return list(dict.fromkeys(top.anchors.get(person, person) for person in row.about))


@access(**READERS)
@require_safe
def save_to_calendar(request: PractitionerRequest, family: UUID, record: UUID) -> HttpResponse:
    """A meeting that the reader may see, as a file for their own calendar."""
    top = find_family(request, family)
    row = find_record(Meeting.objects, record, case=top.case, held__isnull=True)
    answer = HttpResponse(calendar_file(row, now=now()), content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="meeting-{row.reference}.ics"'
    return answer
