"""Who leads and covers: asking, answering, handing over."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.forms import BoundField
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from cases import permissions
from cases.actions import leading
from cases.models import Cover, LeadAssignment
from cases.queries import leads
from cases.queries.pages.caseload import OVERSEERS
from cases.queries.pages.choosing import agencies, asked_first, posts_at
from cases.queries.pages.family_top import FamilyTop
from cases.queries.pages.known import join
from cases.web.forms.leading import (
    AnswerLeadForm,
    AssignLeadForm,
    ChooseAgencyForm,
    CoverLeadForm,
    EndCoverForm,
    HandOnFamiliesForm,
    HandOverCaseForm,
    TakeBackForm,
    chosen_posts,
    handover_heading,
    typed_handovers,
)
from cases.web.views.doing import find_case, find_record, now, posted, send, show
from cases.web.views.opening import DOERS, at, today
from sharing_agreements.models import Post
from sharing_agreements.refusals import require
from sharing_agreements.vocabulary import Purpose, Role
from sharing_agreements.web.doors import PractitionerRequest, access

MAY_LEAD = (Role.LEAD_PRACTITIONER, Role.MANAGER)
OVERSEEING = {"purpose": Purpose.EARLY_HELP, "roles": OVERSEERS}


def choosing(request: PractitionerRequest, roles: tuple[Role, ...]) -> tuple[ChooseAgencyForm, list[Post]]:
    """The agency picker, and the posts held at the agency it says."""
    first = asked_first(request.post.agency)
    pick = ChooseAgencyForm(request.GET or {"agency": first.pk}, agencies=agencies())
    return pick, posts_at(pick.chosen(first).pk, today=today(), roles=roles)


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


@access(**OVERSEEING)
@require_safe
def list_leads(request: PractitionerRequest) -> HttpResponse:
    """How much each lead of the agency's families carries, whoever needs looking at first."""
    return render(request, "cases/list_leads.html", {"page": leads.leads_of(request.post, today=today())})


@access(**OVERSEEING)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_on_families(request: PractitionerRequest, practitioner: UUID) -> HttpResponse:
    """Ask who leads next, family by family. What cannot be sent any more comes back with the words that were typed.

    An answer below 400 keeps what was asked, though others were refused (decision 0110).
    """
    found = families_of_lead(request, practitioner)
    if not found.lines and request.method != "POST":
        raise Http404
    is_sent = request.method == "POST" and "look" not in request.POST
    form, done = handing_on(request, found, is_judged=is_sent), False
    if is_sent and form.is_valid() and form.has_ticked():
        refused = ask_next_leads(request, form, found)
        done = len(refused) < len(form.ticked)
        found = families_of_lead(request, practitioner)
        form = handing_on(request, found, is_judged=True)
        for case, sentence in refused.items():
            form.refuse(case, sentence)
    rows, gone = with_words(request, found, form)
    if done and not form.errors and not gone and not any(row.words for row in rows):
        return redirect(request.get_full_path())
    context = {"found": found, "form": form, "rows": rows, "gone": gone, "back_href": reverse("cases:list_leads")}
    context["next_page"] = f"?after={found.older}"
    status = 404 if not found.lines else 422 if form.errors and not done else 200
    return render(request, "cases/hand_on_families.html", context, status=status)


def families_of_lead(request: PractitionerRequest, practitioner: UUID) -> leads.FamiliesLed:
    """The page of families that is asked for."""
    return leads.families_led(practitioner, by=request.post, after=request.GET.get("after", ""), today=today())


def handing_on(request: PractitionerRequest, found: leads.FamiliesLed, *, is_judged: bool) -> HandOnFamiliesForm:
    """The form with what was typed so far: boxes for each family whose next lead is not asked yet.

    Whoever was chosen at another agency stays on offer, so that one sending may ask people of several.
    """
    at = ChooseAgencyForm(request.POST or request.GET, agencies=agencies()).chosen(asked_first(request.post.agency))
    posts = posts_at(at.pk, today=today(), roles=MAY_LEAD, also=chosen_posts(request.POST))
    offered = {
        "agencies": agencies(),
        "at": at,
        "families": {family.key: family.title for family in found.lines if not family.asked},
        "posts": [post for post in posts if found.who is None or post.practitioner_id != found.who.pk],
    }
    if is_judged:
        return HandOnFamiliesForm(request.POST, **offered)
    return HandOnFamiliesForm(typed=dict(request.POST.lists()), **offered)


def ask_next_leads(request: PractitionerRequest, form: HandOnFamiliesForm, found: leads.FamiliesLed) -> dict[UUID, str]:
    """Ask for every ticked family, and say whom; gives why others were not asked, by case."""
    cases = {family.key: family.line.case for family in found.lines}
    asks = [
        leading.NextLead(cases[case], post.practitioner, post.agency, words)
        for case, (post, words) in form.ticked.items()
    ]
    refused = leading.hand_on(asks=asks, why=found.why, by=request.post, now=now())
    done = dict.fromkeys(ask.practitioner.name for ask in asks if ask.case.pk not in refused)
    if done:
        messages.success(request, f"Asked to take over: {join(done)}.")
    return {case: f"{form.families[case]}: {refusal.sentence}" for case, refusal in refused.items()}


@dataclass(frozen=True)
class Row:
    """A family on the page: its boxes, none where its next lead is asked; and words that were typed and not sent."""

    family: leads.FamilyLed
    boxes: list[BoundField]
    words: str


def with_words(
    request: PractitionerRequest, found: leads.FamiliesLed, form: HandOnFamiliesForm
) -> tuple[list[Row], list[tuple[leads.FamilyLed | None, str]]]:
    """The rows of the page, and handovers typed for families that are on it no longer."""
    typed, here = typed_handovers(request.POST), {family.key for family in found.lines}
    left = set(typed) - here
    seen = leads.families_of(left, by=request.post, today=today()) if left else {}
    known = seen | {family.key: family for family in found.lines}
    open_still = set(form.families)
    unsent = {
        case: text
        for case, text in typed.items()
        if case in open_still or case not in known or not known[case].was_told(text)
    }
    rows = [Row(family, form.boxes(family.key), unsent.get(family.key, "")) for family in found.lines]
    return rows, [(known.get(case), text) for case, text in unsent.items() if case in left]
