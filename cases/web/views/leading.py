"""Who leads and covers: asking, answering, handing over."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from cases import permissions
from cases.actions import leading
from cases.models import Cover, LeadAssignment
from cases.queries.pages.choosing import agencies, posts_at
from cases.queries.pages.family_top import FamilyTop
from cases.web.forms.leading import (
    AnswerLeadForm,
    AssignLeadForm,
    ChooseAgencyForm,
    CoverLeadForm,
    EndCoverForm,
    HandOverCaseForm,
    TakeBackForm,
    handover_heading,
)
from cases.web.views.doing import find_case, find_record, now, posted, send, show
from cases.web.views.opening import DOERS, at, today
from sharing_agreements.models import Post
from sharing_agreements.refusals import require
from sharing_agreements.vocabulary import Role
from sharing_agreements.web.doors import PractitionerRequest, access

MAY_LEAD = (Role.LEAD_PRACTITIONER, Role.MANAGER)


def choosing(request: PractitionerRequest, roles: tuple[Role, ...]) -> tuple[ChooseAgencyForm, list[Post]]:
    """The agency picker, and the posts held at the agency it says (the practitioner's own to begin with)."""
    pick = ChooseAgencyForm(request.GET or {"agency": request.post.agency_id}, agencies=agencies())
    return pick, posts_at(pick.chosen(request.post.agency).pk, today=today(), roles=roles)


def whom(said: dict) -> dict:
    """The practitioner and agency of the post that was picked."""
    post = said.pop("who")
    return {"practitioner": post.practitioner, "agency": post.agency}


def is_led(top: FamilyTop) -> bool:
    """Whether somebody leads the work with a child of the family."""
    return any(child.lead_no for child in top.places_in_case)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def assign_lead(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """Ask somebody to lead."""
    top, case = find_case(request, family)
    require(permissions.why_not_lead_work(by=request.post, case=case, today=now()))
    pick, posts = choosing(request, MAY_LEAD)
    form = AssignLeadForm(posted(request), posts=posts, is_led=is_led(top))
    then = at("show_team", top)
    done = send(
        request,
        form,
        lambda said: leading.ask_lead(case=case, **whom(said), **said, by=request.post, now=now()),
        then=then,
    )
    return done or show(
        request, "cases/assign_lead.html", top, form, back_href=then, pick=pick, wished=case.lead_wished_for
    )


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def hand_over_case(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """The lead asks somebody to take over, with what they must know."""
    top, case = find_case(request, family)
    require(permissions.why_not_lead_work(by=request.post, case=case, today=now()))
    pick, posts = choosing(request, MAY_LEAD)
    form = HandOverCaseForm(posted(request), posts=posts)

    def do(said: dict) -> object:
        post = said["who"]
        told = {"to": post.practitioner, "agency": post.agency, "summary": said["summary"]}
        return leading.hand_over(case=case, **told, by=request.post, now=now())

    then = at("show_team", top)
    done = send(request, form, do, then=then)
    return done or show(request, "cases/hand_over_case.html", top, form, back_href=then, pick=pick)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def cover_lead(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """Somebody stands in for the lead between two dates."""
    top, case = find_case(request, family)
    require(permissions.why_not_lead_work(by=request.post, case=case, today=now()))
    pick, posts = choosing(request, MAY_LEAD)
    form = CoverLeadForm(posted(request), posts=posts)
    then = at("show_team", top)
    done = send(
        request,
        form,
        lambda said: leading.arrange_cover(case=case, **whom(said), **said, by=request.post, now=now()),
        then=then,
    )
    return done or show(request, "cases/cover_lead.html", top, form, back_href=then, pick=pick)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def answer_lead(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """Say yes or no to leading."""
    top, case = find_case(request, family)
    mine = LeadAssignment.objects.visible().filter(case=case, practitioner=request.post.practitioner_id)
    asked = mine.select_related("case", "handover").order_by("-recorded_at").first()
    if asked is None:
        raise Http404
    require(permissions.why_not_answer_lead(by=request.post, assignment=asked))
    form = AnswerLeadForm(posted(request))

    def do(said: dict) -> object:
        told = {"assignment": asked, "by": request.post, "now": now()}
        return leading.accept_lead(**told) if said["accepted"] else leading.decline_lead(reason=said["reason"], **told)

    then = at("show_family", top) if request.POST.get("accepted") == "yes" else at("my_work", None)
    handover, heading = getattr(asked, "handover", None), handover_heading(is_led=is_led(top))
    done = send(request, form, do, then=then)
    return done or show(request, "cases/answer_lead.html", top, form, asked=asked, handover=handover, heading=heading)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def take_back(request: PractitionerRequest, family: UUID, record: UUID) -> HttpResponse:
    """Take an unanswered asking to lead back, so that somebody else can be asked."""
    top, case = find_case(request, family)
    asked = find_record(LeadAssignment.objects.select_related("practitioner", "agency", "case"), record, case=case)
    require(permissions.why_not_take_back(by=request.post, assignment=asked, now=now()))
    form = TakeBackForm(posted(request))
    then = at("show_team", top)
    done = send(request, form, lambda said: leading.take_back(assignment=asked, by=request.post, now=now()), then=then)
    return done or show(request, "cases/take_back.html", top, form, back_href=then, asked=asked)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def end_cover(request: PractitionerRequest, family: UUID, record: UUID) -> HttpResponse:
    """The lead is back, or cover is not needed after all."""
    top, case = find_case(request, family)
    cover = find_record(Cover.objects.select_related("practitioner", "agency", "case"), record, case=case)
    require(permissions.why_not_end_cover(by=request.post, cover=cover, now=now()))
    form = EndCoverForm(posted(request))
    then = at("show_team", top)
    done = send(request, form, lambda said: leading.end_cover(cover=cover, by=request.post, now=now()), then=then)
    return done or show(request, "cases/end_cover.html", top, form, back_href=then, cover=cover)
