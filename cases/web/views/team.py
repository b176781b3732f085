"""The team around the family: inviting, answering, leaving."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from cases import permissions
from cases.actions import team
from cases.models import TeamMember
from cases.web.forms.leading import AnswerInvitationForm, EndMembershipForm, InvitePractitionerForm
from cases.web.views.doing import find_case, find_record, now, posted, send, show
from cases.web.views.leading import choosing, whom
from cases.web.views.opening import DOERS, at
from sharing_agreements.refusals import require
from sharing_agreements.vocabulary import CASEWORK_ROLES
from sharing_agreements.web.doors import PractitionerRequest, access


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def invite_practitioner(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """Ask somebody into the team."""
    top, case = find_case(request, family)
    require(permissions.why_not_lead_work(by=request.post, case=case, today=now()))
    pick, posts = choosing(request, tuple(CASEWORK_ROLES))
    form = InvitePractitionerForm(posted(request), posts=posts)
    then = at("show_team", top)
    done = send(
        request, form, lambda said: team.invite(case=case, **whom(said), **said, by=request.post, now=now()), then=then
    )
    return done or show(request, "cases/invite_practitioner.html", top, form, back_href=then, pick=pick)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def answer_invitation(request: PractitionerRequest, family: UUID, record: UUID) -> HttpResponse:
    """Say yes or no to joining the team."""
    top, case = find_case(request, family)
    place = find_record(TeamMember.objects.select_related("agency", "author"), record, case=case)
    require(permissions.why_not_answer_place(by=request.post, place=place))
    form = AnswerInvitationForm(posted(request))

    def do(said: dict) -> object:
        told = {"place": place, "by": request.post, "now": now()}
        return team.accept_place(**told) if said["accepted"] else team.decline_place(reason=said["reason"], **told)

    then = at("show_family", top) if request.POST.get("accepted") == "yes" else at("my_work", None)
    return send(request, form, do, then=then) or show(request, "cases/answer_invitation.html", top, form, place=place)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def end_membership(request: PractitionerRequest, family: UUID, record: UUID) -> HttpResponse:
    """Somebody leaves the team; they see the family no longer from now."""
    top, case = find_case(request, family)
    place = find_record(TeamMember.objects.select_related("practitioner", "agency", "case"), record, case=case)
    if place.practitioner_id != request.post.practitioner_id:
        require(permissions.why_not_lead_work(by=request.post, case=case, today=now()))
    form = EndMembershipForm(posted(request))
    mine = place.practitioner_id == request.post.practitioner_id
    then = at("my_work", None) if mine else at("show_team", top)
    done = send(request, form, lambda said: team.end_place(place=place, by=request.post, now=now()), then=then)
    return done or show(request, "cases/end_membership.html", top, form, back_href=at("show_team", top), place=place)
