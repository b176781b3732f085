"""Copies for people of the family, read by a practitioner before they are handed over; and what they say is wrong."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from cases import permissions
from cases.actions import family_copies as copies
from cases.models import FamilyCopy, Objection
from cases.queries import not_safe_to_tell, people_of
from cases.queries.pages.family_copies import compose_copy, copies_of, objections_of
from cases.web.forms.family_copies import AnswerObjectionForm, HandOverCopyForm, RecordObjectionForm
from cases.web.paper import PAPER, as_pdf
from cases.web.views.doing import both_versions, find_case, find_record, now, posted, send, show
from cases.web.views.family import leading_now
from cases.web.views.opening import DOERS, READERS, at, find_family, page, today
from sharing_agreements.queries.explaining import who_can_see
from sharing_agreements.refusals import require
from sharing_agreements.web.doors import PractitionerRequest, access


@access(**DOERS)
@require_safe
def list_copies(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """Whose copy can be made, which were handed over, and what the family says is wrong."""
    top, case = find_case(request, family)
    require(permissions.why_not_work_on(by=request.post, case=case, today=now()))
    may_lead = permissions.why_not_lead_work(by=request.post, case=case, today=now()) is None
    helped = {top.anchors.get(one, one) for one in people_of(case)}
    people = [one for one in top.people if one in helped and one not in top.unborn]
    untold = not_safe_to_tell(people) if may_lead else set()
    readers = [
        {"name": top.known[one].name_and_age, "untold": one in untold, "href": at("hand_over_copy", top, person=one)}
        for one in people
    ]
    kept = [{"row": row, "name": top.known[top.anchors.get(row.whom, row.whom)].name} for row in copies_of(top)]
    said = [{"row": row, "name": top.known[top.anchors.get(row.whom, row.whom)].name} for row in objections_of(top)]
    more = {"readers": readers, "copies": kept, "objections": said, "may_lead": may_lead}
    return render(request, "cases/list_copies.html", page(request, top, **more, back_href=at("show_plan", top)))


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def hand_over_copy(request: PractitionerRequest, family: UUID, person: UUID) -> HttpResponse:
    """Read the copy of one person of the family as they will read it; then keep it as handed over."""
    top, case = find_case(request, family)
    if person not in top.people:
        raise Http404
    require(permissions.why_not_hand_copy(by=request.post, case=case, person=person, now=now()))
    composed = compose_copy(top, person, leading=leading_now(top), seers=who_can_see(family), now=now())
    form = HandOverCopyForm(posted(request), composed=composed)

    def do(said: dict) -> object:
        told = {"person": person, "lines": form.lines(), "way": said["way"]}
        return copies.hand_over_copy(case=case, **told, by=request.post, now=now())

    def then(copy: FamilyCopy) -> str:
        return at("show_copy", top, record=copy.pk)

    done = send(request, form, do, then=then)
    more = {"back_href": at("list_copies", top), "composed": composed, "reader": top.known[person].name}
    return done or show(request, "cases/hand_over_copy.html", top, form, **more)


@access(**READERS)
@require_safe
def show_copy(request: PractitionerRequest, family: UUID, record: UUID) -> HttpResponse:
    """What somebody of the family was given, as a page to print."""
    context = copy_context(request, family, record)
    return render(request, "cases/show_copy.html", context)


@access(**READERS)
@require_safe
def print_copy(request: PractitionerRequest, family: UUID, record: UUID) -> HttpResponse:
    """The same as a PDF, where this site can make one; 404 where it cannot."""
    if not PAPER:
        raise Http404
    context = copy_context(request, family, record)
    answer = HttpResponse(as_pdf("cases/print_copy.html", context), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="copy-{context["copy"].happened_on}.pdf"'
    return answer


def copy_context(request: PractitionerRequest, family: UUID, record: UUID) -> dict:
    """One copy with its lines under their headings. Its page has nothing beside it that is not the reader's."""
    top = find_family(request, family)
    copy = find_record(FamilyCopy.objects.select_related("owner"), record, case=top.case)
    parts: dict[str, list[str]] = {}
    for heading, text in copy.lines:
        parts.setdefault(heading, []).append(text)
    reader = top.known[top.anchors.get(copy.whom, copy.whom)].name
    more = {"copy": copy, "parts": parts.items(), "reader": reader, "agency": copy.owner, "may_print": PAPER}
    return page(request, top, **more, today=today(), back_href=at("list_copies", top))


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def record_objection(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """Write down what somebody of the family says is wrong."""
    top, case = find_case(request, family)
    require(permissions.why_not_work_on(by=request.post, case=case, today=now()))
    form = RecordObjectionForm(posted(request), top=top, offered=[one for one in top.people if one not in top.unborn])
    then = at("list_copies", top)

    def do(said: dict) -> object:
        return copies.record_objection(case=case, **said, by=request.post, now=now())

    return send(request, form, do, then=then) or show(request, "cases/record_objection.html", top, form, back_href=then)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def answer_objection(request: PractitionerRequest, family: UUID, record: UUID) -> HttpResponse:
    """Say what was answered or put right."""
    top, case = find_case(request, family)
    objection = find_record(Objection.objects.select_related("case"), record, case=case)
    require(permissions.why_not_lead_work(by=request.post, case=case, today=now()))
    form = AnswerObjectionForm(posted(request), initial={"version": objection.version, "answer": objection.answer})

    def do(said: dict) -> object:
        objection.version = form.cleaned_data["version"]
        return copies.answer_objection(objection=objection, **said, by=request.post, now=now())

    then = at("list_copies", top)
    done = send(request, form, do, then=then)
    stale = both_versions(form, objection, ["answer"])
    more = {"back_href": then, "objection": objection, "stale": stale}
    return done or show(request, "cases/answer_objection.html", top, form, **more)
