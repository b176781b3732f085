"""Notes, reviews and levels of need."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_http_methods

from cases import permissions
from cases.actions import assessing, levelling, noting, reviewing
from cases.actions.reviewing import NeedChange
from cases.models import Need, Note, Review
from cases.queries.pages.meetings import held_meetings
from cases.vocabulary import CaseState, ReviewResult, Seen
from cases.web.forms.ending import SetLevelForm
from cases.web.forms.note import AddNoteForm, AssessAgainForm, RecordReviewForm
from cases.web.views.doing import children_in, find_case, now, posted, send, show
from cases.web.views.family import leading_now
from cases.web.views.opening import DOERS, at
from cases.web.views.verbs import verbs_for
from sharing_agreements.refusals import require
from sharing_agreements.web.doors import PractitionerRequest, access

NOTE_PARTS = ("people", "note_kind", "headline", "happened_on", "text", "worry", "due_on")
REVIEW_PARTS = (
    "held_on",
    "result",
    "summary",
    "family_score",
    "what_changed",
    "family_view",
    "child_view",
    "next_review_on",
    "meeting",
)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def add_note(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """Write a note. A worry about safety goes on to a report, so that it is not buried here."""
    top, case = find_case(request, family)
    require(permissions.why_not_work_on(by=request.post, case=case, today=now()))
    form = AddNoteForm(posted(request), top=top)

    def do(said: dict) -> object:
        parts = {name: said[name] for name in NOTE_PARTS}
        seen = {child: Seen(how) for child, how in form.per_child("seen").items()}
        words = form.per_child("words")
        return noting.write_note(case=case, **parts, seen=seen, words=words, by=request.post, now=now())

    def then(note: Note) -> str:
        return (note.worry and after_worry(note)) or at("show_family", top)

    return send(request, form, do, then=then) or show(request, "cases/add_note.html", top, form)


def after_worry(note: Note) -> str:
    """The report begun from this note (signal `worry_noted`); nothing where no report can be written."""
    try:
        return reverse("referrals:write_report", kwargs={"draft": note.pk, "page": "danger"})
    except NoReverseMatch:
        return ""


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def record_review(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """Record a review, need by need; six weeks on comes the next."""
    top, case = find_case(request, family)
    require(permissions.why_not_lead_work(by=request.post, case=case, today=now()))
    needs = list(Need.objects.visible().filter(case=case, ended_on__isnull=True).order_by("recorded_at"))
    planned = [child.person_id for child in top.places_in_case if child.state == CaseState.PLAN_ACTIVE]
    form = RecordReviewForm(posted(request), top=top, offered=planned, needs=needs, meetings=held_meetings(case))

    def do(said: dict) -> object:
        parts = {name: said[name] for name in REVIEW_PARTS}
        scores = [NeedChange(need, change, score) for need, change, score in form.changes()]
        told = {"case": case, "children": said["people"], "scores": scores, "by": request.post, "now": now()}
        return reviewing.record_review(**parts, **told)

    def then(review: Review) -> str:
        """What the review calls for, where this practitioner may do it; it moves nothing by itself."""
        offered = {verb.screen for verb in verbs_for(top, request.post, leading_now(top), "show_family")}
        screen = CALLS_FOR.get(ReviewResult(review.result), "")
        return at(screen if screen in offered else "show_family", top)

    return send(request, form, do, then=then) or show(request, "cases/record_review.html", top, form)


CALLS_FOR = {
    ReviewResult.REASSESS: "assess_again",
    ReviewResult.STEP_UP: "step_up",
    ReviewResult.STEP_DOWN: "step_down",
    ReviewResult.CLOSE: "close_case",
}
"""The screen that does what a review decided."""


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def assess_again(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """The picture has changed: assess these children again, with a reason."""
    top, case = find_case(request, family)
    require(permissions.why_not_lead_work(by=request.post, case=case, today=now()))
    planned = [child.whom for child in top.places_in_case if child.state == CaseState.PLAN_ACTIVE]
    form = AssessAgainForm(posted(request), top=top, offered=planned)

    def do(said: dict) -> object:
        children = children_in(top, said["people"])
        return assessing.start(case=case, children=children, reason=said["reason"], by=request.post, now=now())

    then = at("show_plan", top)
    return send(request, form, do, then=then) or show(request, "cases/assess_again.html", top, form)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def set_level(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """Set one child's level of need from today."""
    top, case = find_case(request, family)
    require(permissions.why_not_lead_work(by=request.post, case=case, today=now()))
    form = SetLevelForm(posted(request), top=top, offered=top.children)

    def do(said: dict) -> object:
        child = said.pop("person")
        return levelling.set_level(case=case, child=child, **said, by=request.post, now=now())

    return send(request, form, do, then=at("show_family", top)) or show(request, "cases/set_level.html", top, form)
