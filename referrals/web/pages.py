"""What the views of an unfinished report share: finding the draft, keeping a page, showing it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from referrals.actions import drafting
from referrals.models import Draft
from referrals.permissions import why_not_write
from referrals.queries.attachments import files_with
from referrals.queries.guidance import cards_beside
from referrals.queries.reporting import hub_for
from referrals.queries.variants import variant_for
from referrals.rules.report import Known, danger_words
from referrals.vocabulary import ConcernKind
from referrals.web import reading
from referrals.web.forms.rows import RowSet, rows_in, with_row_added, with_row_removed
from referrals.web.steps import BY_SLUG, Page, Step, Typed, after, asked, finished, headed, known_from, posted, typed_in
from sharing_agreements.fields import KeyField, VersionField
from sharing_agreements.queries import calendar
from sharing_agreements.refusals import require
from sharing_agreements.web.doors import PractitionerRequest
from sharing_agreements.working_time import is_open


def own_draft(request: PractitionerRequest, draft: UUID) -> Draft:
    """This practitioner's draft, still to be written; a sent one is refused in words."""
    held = get_object_or_404(Draft, pk=draft, author_id=request.post.practitioner_id)
    require(why_not_write(draft=held, by=request.post))
    return held


def known_of(request: PractitionerRequest, draft: Draft) -> Known:
    """What the draft has told so far."""
    return known_from(draft, request.post.agency.type)


def step_of(page: str) -> Step:
    """The page of this name."""
    if page not in BY_SLUG:
        raise Http404
    return BY_SLUG[page]


def keep(request: PractitionerRequest, draft: Draft, step: Step, typed: Typed, *, closes: bool) -> bool:
    """Keep the page as typed; False when another window saved it since this one was opened."""
    return drafting.keep_page(
        draft=draft,
        page=step.slug,
        typed=typed,
        opened=str(KeyField().clean(request.POST.get("opened"))),
        revision=VersionField().clean(request.POST.get("revision")),
        closes=closes,
        edition=max(0, VersionField().clean(request.POST.get("edition"))),
        by=request.post,
        now=timezone.now(),
    )


def rows_changed(request: PractitionerRequest, form: Page, typed: Typed) -> Typed:
    """What was typed, with a row more or less when one of those buttons was pressed."""
    if not isinstance(form, RowSet):
        return typed
    if "add" in request.POST:
        return with_row_added(typed, form.prefix, most=form.max_num)
    place = request.POST.get("remove", "")
    return with_row_removed(typed, form.prefix, int(place), most=form.max_num) if place.isdecimal() else typed


def last_row(draft: Draft, step: Step) -> str:
    """The place on the page of the last row, where a new one is."""
    return f"#row-{rows_in(typed_in(draft, step.slug), step.form.wanted_prefix, most=step.form.max_num)}"


def onward(draft: Draft, step: Step, known: Known, *, checking: bool) -> HttpResponse:
    """To the next page of the straight run, or back to the answers."""
    following = after(step, known) if not checking or not step.required else None
    if following is None:
        return redirect("referrals:check_report", draft.pk)
    return redirect(address_of(draft, following) if checking else page_address(draft, following))


def show_page(
    request: PractitionerRequest, step: Step, form: Page, draft: Draft | None, *, stale: Typed | None = None
) -> HttpResponse:
    """One page. `stale` is what another window saved meanwhile: both are shown, this one wins if sent again."""
    entry = (draft.data.get(step.slug) if draft else None) or {"revision": 0}
    known = known_of(request, draft) if draft else Known(agency_type=request.post.agency.type)
    context: dict[str, Any] = {
        "step": headed(step, known),
        "form": form,
        "is_rows": isinstance(form, RowSet),
        "draft": draft,
        "checking": "checking" in request.GET,
        "opened": KeyField().clean(None),
        "revision": entry["revision"],
        "number": _number(step),
        "cards": cards_beside(step.slug),
        "versions": _versions(step, form, stale, known) if stale is not None and draft else [],
    }
    if step.slug == "told-about-danger":
        context |= whom_to_ring(request)
    return render(request, "referrals/write_report.html", context)


def _number(step: Step) -> tuple[int, int] | None:
    """Which page of the straight run this is, and of how many; none for prompted pages and the danger page."""
    run = [one.slug for one in BY_SLUG.values() if one.required and one.slug != "told-about-danger"]
    return (run.index(step.slug) + 1, len(run)) if step.slug in run else None


def _versions(step: Step, form: Page, stale: Typed, known: Known) -> list[dict[str, str]]:
    """Both versions of a page, question by question."""
    saved = step.form(posted(stale), known=known)
    saved.is_valid()
    form.is_valid()
    theirs, ours = dict(reading.lines_of(step.slug, saved)), dict(reading.lines_of(step.slug, form))
    return [
        {"key": question, "saved": theirs.get(question, ""), "yours": ours.get(question, "")}
        for question in {**theirs, **ours}
    ]


def show_check(request: PractitionerRequest, draft: Draft) -> HttpResponse:
    """Every answer, what is missing, what else could be told."""
    known = known_of(request, draft)
    pages = finished(draft, known)
    missing = set(reading.unfinished(pages))
    required = [step for step in asked(known) if step.required]
    prompted = [step for step in asked(known) if not step.required]
    told = {slug: reading.lines_of(slug, page) for slug, page in pages.items() if draft.data.get(slug)}
    context = {
        "draft": draft,
        "answers": [row for step in required for row in _rows(draft, step, told.get(step.slug, []), missing)],
        "added": [row for step in prompted for row in _rows(draft, step, told.get(step.slug, []), missing)],
        "offers": [_offer(draft, step, known) for step in _by_need(prompted, known) if not told.get(step.slug)],
        "missing": [step for step in required + prompted if step.slug in missing],
        "expects_unnamed": "pregnant" in known.signs and not known.unborn,
        "is_ready": not missing,
        "hub": hub_for(request.post.agency),
        "files": files_with(draft).count(),
    }
    return render(request, "referrals/check_report.html", context)


def _by_need(prompted: list[Step], known: Known) -> list[Step]:
    """Prompted pages, those this report most needs first."""
    first = {
        "works-with-children": known.concern == ConcernKind.WORKS_WITH_CHILDREN,
        "signs": known.under_five,
        "screening": True,
    }
    wanted = variant_for(known.agency_type).offers_first
    return sorted(prompted, key=lambda step: (not first.get(step.slug, False), step.slug not in wanted))


def page_address(draft: Draft, step: Step) -> str:
    """The page, going on to the next."""
    return reverse("referrals:write_report", args=[draft.pk, step.slug])


def address_of(draft: Draft, step: Step) -> str:
    """The page, coming back to the answers afterwards."""
    return f"{page_address(draft, step)}?checking"


def _rows(draft: Draft, step: Step, lines: list[tuple[str, str]], missing: set[str]) -> list[dict[str, Any]]:
    """One page of answers as rows of a summary list; a page that is not finished says so in a row of its own."""
    rows = [(question, answer, "Change") for question, answer in lines]
    if step.slug in missing:
        rows.append((step.title, "Something is missing here" if lines else "Not answered yet", "Answer"))
    return [
        {
            "key": {"text": question},
            "value": {"text": answer, "classes": "eh-pre"},
            "actions": {"items": [{"href": address_of(draft, step), "text": verb, "visuallyHiddenText": question}]},
        }
        for question, answer, verb in rows
    ]


def _offer(draft: Draft, step: Step, known: Known) -> dict[str, str]:
    """A prompted page nobody has answered."""
    is_young = step.slug == "signs" and known.under_five
    why = "A child is under five or not born yet: those signs come first." if is_young else step.why
    return {"title": step.title, "why": why, "href": address_of(draft, step)}


def whom_to_ring(request: PractitionerRequest) -> dict[str, Any]:
    """What this reporter does in danger, and the number that answers now: the hub's, or the duty team's."""
    hub = hub_for(request.post.agency)
    is_hub_open = is_open(timezone.now(), calendar())
    out_of_hours = "" if is_hub_open or hub is None else hub.out_of_hours_phone
    return {
        "danger_words": danger_words(request.post.agency.type),
        "hub": hub,
        "is_hub_open": is_hub_open,
        "phone": out_of_hours or (hub.phone if hub else ""),
    }


def task_of(draft: Draft, step: Step, missing: set[str]) -> dict[str, Any]:
    """One line of the task list somebody returns to."""
    begun = bool(typed_in(draft, step.slug))
    if step.slug in missing:
        word = "Not finished" if begun else "Not started"
        status: dict[str, Any] = {"tag": {"text": word, "classes": "govuk-tag--blue"}}
    else:
        status = {"text": "Done" if begun else "Nothing added"}
    return {"title": {"text": step.title}, "href": address_of(draft, step), "status": status}
