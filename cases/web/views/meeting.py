"""Meetings of the team around a family: arranging them, and recording what came of them."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from cases import permissions
from cases.actions import meeting as meetings
from cases.models import Meeting
from cases.queries.pages.choosing import doers, invited_posts
from cases.queries.pages.meetings import invited_to
from cases.web.forms.meeting import ArrangeMeetingForm, RecordMeetingForm
from cases.web.views.doing import find_case, find_record, now, posted, send, show
from cases.web.views.opening import DOERS, at, today
from sharing_agreements.refusals import require
from sharing_agreements.web.doors import PractitionerRequest, access

PLAIN = ("meeting_kind", "minutes_long", "venue", "people")


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
    form = RecordMeetingForm(posted(request), invited=invited_to(row, top))

    def do(said: dict) -> object:
        told = {name: said[name] for name in ("held", "decided", "minutes")}
        return meetings.record_meeting(
            meeting=row, **told, attendance=form.attendance(), by=request.post, now=now()
        )  # fmt: skip

    then = at("show_team", top)
    done = send(request, form, do, then=then)
    return done or show(request, "cases/record_meeting.html", top, form, back_href=then, meeting=row)
