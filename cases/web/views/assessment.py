"""An assessment: read whole, written section by section, laid beside the one before, and finished."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from cases import permissions
from cases.actions import assessing
from cases.models import Assessment
from cases.queries.pages.assessment import AssessmentPage, assessment_page, newest_in
from cases.queries.pages.family_top import FamilyTop
from cases.vocabulary import CaseState
from cases.web.forms.assessment import WriteSectionForm
from cases.web.forms.plan import FinishAssessmentForm
from cases.web.views.doing import find_case, find_record, now, posted, send, show
from cases.web.views.family import leading_now
from cases.web.views.opening import DOERS, READERS, at, find_family, page
from cases.web.views.verbs import HELPERS, hands_at
from sharing_agreements.refusals import require
from sharing_agreements.web.doors import PractitionerRequest, access


def find_assessment(top: FamilyTop, record: UUID) -> Assessment:
    """An assessment of this family, of whichever case; 404 when there is none the reader may see."""
    found: Assessment = find_record(Assessment.objects.select_related("case", "owner"), record, family=top.family)
    return found


@access(**READERS)
@require_safe
def show_assessment(request: PractitionerRequest, family: UUID, record: UUID) -> HttpResponse:
    """Every section with what was answered, and by whom."""
    top = find_family(request, family)
    assessment = find_assessment(top, record)
    may_write = assessment.finished_at is None and bool(hands_at(top, request.post, leading_now(top)) & HELPERS)
    found = assessment_page(top, assessment)
    context = page(request, top, page=found, assessment=assessment, may_write=may_write)
    return render(request, "cases/show_assessment.html", context | {"back_href": at("show_plan", top)})


@access(**READERS)
@require_safe
def compare_assessments(request: PractitionerRequest, family: UUID, record: UUID) -> HttpResponse:
    """This assessment beside what was said before it, question by question."""
    top = find_family(request, family)
    found = assessment_page(top, find_assessment(top, record))
    if found.before is None:
        raise Http404
    context = page(request, top, page=found, back_href=at("show_assessment", top, record=record))
    return render(request, "cases/compare_assessments.html", context)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def write_assessment(request: PractitionerRequest, family: UUID, record: UUID, section: str) -> HttpResponse:
    """Write one section; save as often as wanted."""
    top, _ = find_case(request, family)
    assessment = find_assessment(top, record)
    require(permissions.why_not_work_on(by=request.post, case=assessment.case, today=now()))
    found = assessment_page(top, assessment)
    lines = found.lines_in(section)
    if not lines:
        raise Http404
    form = WriteSectionForm(posted(request), lines=lines, initial={"version": newest_in(lines)})

    def do(_said: dict) -> object:
        told = {"top": top, "assessment": assessment, "section": section, "by": request.post, "now": now()}
        return assessing.save(**told, given=form.given(), version=form.cleaned_data["version"])

    following = after(found, section)
    then = at("write_assessment", top, record=record, section=following) if following else ""
    back = at("show_assessment", top, record=record)
    done = send(request, form, do, then=then or back)
    stale = beside(form, assessment_page(top, assessment).lines_in(section)) if hasattr(form, "stale") else None
    title = next(one.section.title for one in found.sections if one.section.code == section)
    more = {"assessment": assessment, "stale": stale, "title": title, "following": following}
    return done or show(request, "cases/write_assessment.html", top, form, back_href=back, **more)


def after(found: AssessmentPage, section: str) -> str:
    """The section that comes next; empty after the last."""
    codes = [one.section.code for one in found.sections if one.lines]
    place = codes.index(section) + 1
    return codes[place] if place < len(codes) else ""


def beside(form: WriteSectionForm, lines: list) -> list[dict[str, str]]:
    """What somebody saved meanwhile beside what was typed; the form then carries the newest version."""
    form.data = form.data.copy()
    form.data["version"] = str(newest_in(lines))
    return form.side_by_side(form.saved(lines))


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def finish_assessment(request: PractitionerRequest, family: UUID, record: UUID) -> HttpResponse:
    """Conclude the assessment; the plan starts."""
    top, case = find_case(request, family)
    assessment = find_record(Assessment.objects.select_related("case"), record, case=case)
    require(permissions.why_not_work_on(by=request.post, case=case, today=now()))
    form = FinishAssessmentForm(posted(request))
    assessed = [child for child in top.places_in_case if child.state == CaseState.ASSESSING]

    def do(said: dict) -> object:
        told = {"assessment": assessment, "children": assessed, "by": request.post, "now": now()}
        return assessing.finish(**told, **said)

    done = send(request, form, do, then=at("show_plan", top))
    back = at("show_assessment", top, record=record)
    more = {"assessment": assessment, "carried": assessment_page(top, assessment).carried}
    return done or show(request, "cases/finish_assessment.html", top, form, back_href=back, **more)
