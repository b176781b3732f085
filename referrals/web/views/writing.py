"""Writing a report: starting, page by page, as typed, checking, sending, the receipt."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from referrals.actions import drafting, reporting
from referrals.queries.attachments import files_with
from referrals.queries.reporting import hub_for, own_receipt, report_of_receipt
from referrals.rules.report import Known, promised_by
from referrals.web import pages, reading
from referrals.web.forms.adding import AbandonDraftForm
from referrals.web.reading_notices import notices_about
from referrals.web.steps import BY_SLUG, asked, finished, typed_in, typed_on
from sharing_agreements.queries import calendar
from sharing_agreements.vocabulary import REPORTING_ROLES, Purpose
from sharing_agreements.web.doors import PractitionerRequest, access


@access(purpose=Purpose.REPORTING, roles=REPORTING_ROLES)
@require_http_methods(["GET", "POST"])
def start_report(request: PractitionerRequest) -> HttpResponse:
    """The first page. Nothing is kept until it is answered; then the draft has the page's own key."""
    step, known = BY_SLUG["danger"], Known(agency_type=request.post.agency.type)
    if request.method != "POST":
        return pages.show_page(request, step, step.form(known=known), None)
    form, typed = typed_on(request.POST, step, known)
    if not form.is_valid():
        return pages.show_page(request, step, form, None)
    said: dict[str, UUID] = form.cleaned_data
    key, now = said["idempotency_key"], timezone.now()
    draft = drafting.start_draft(key=key, by=request.post, now=now)
    drafting.keep_page(
        draft=draft, page=step.slug, typed=typed, opened=str(key), revision=0, closes=True, by=request.post, now=now
    )
    return pages.onward(draft, step, pages.known_of(request, draft), checking=False)


@access(purpose=Purpose.REPORTING, roles=REPORTING_ROLES)
@require_http_methods(["GET", "POST"])
def write_report(request: PractitionerRequest, draft: UUID, page: str) -> HttpResponse:
    """One page of a draft. What was typed is kept before it is judged."""
    held, step = pages.own_draft(request, draft), pages.step_of(page)
    known, earlier = pages.known_of(request, held), typed_in(held, page)
    if request.method != "POST":
        return pages.show_page(request, step, step.form(typed=earlier, known=known), held)
    form, typed = typed_on(request.POST, step, known)
    if not pages.keep(request, held, step, pages.rows_changed(request, form, typed), closes=True):
        return pages.show_page(request, step, form, held, stale=earlier)
    if "later" in request.POST:
        messages.success(request, "Your draft is kept. It is NOT SENT.")
        return redirect("referrals:my_reports")
    if {"add", "remove"} & request.POST.keys():
        return redirect(f"{request.get_full_path()}{pages.last_row(held, step)}")
    if not form.is_valid():
        return pages.show_page(request, step, form, held)
    return pages.onward(held, step, pages.known_of(request, held), checking="checking" in request.GET)


@access(purpose=Purpose.REPORTING, roles=REPORTING_ROLES)
@require_POST
def keep_draft(request: PractitionerRequest, draft: UUID, page: str) -> HttpResponse:
    """Autosave: keep the page as typed. 409 when another window saved it since."""
    held, step = pages.own_draft(request, draft), pages.step_of(page)
    _, typed = typed_on(request.POST, step, pages.known_of(request, held))
    return HttpResponse(status=204 if pages.keep(request, held, step, typed, closes=False) else 409)


@access(purpose=Purpose.REPORTING, roles=REPORTING_ROLES)
@require_safe
def continue_report(request: PractitionerRequest, draft: UUID) -> HttpResponse:
    """The task list somebody returns to."""
    held = pages.own_draft(request, draft)
    known = pages.known_of(request, held)
    missing = set(reading.unfinished(finished(held, known)))
    context = {
        "draft": held,
        "required": [pages.task_of(held, step, missing) for step in asked(known) if step.required],
        "prompted": [pages.task_of(held, step, missing) for step in asked(known) if not step.required],
        "is_ready": not missing,
        "files": files_with(held).count(),
    }
    return render(request, "referrals/continue_report.html", context)


@access(purpose=Purpose.REPORTING, roles=REPORTING_ROLES)
@require_safe
def check_report(request: PractitionerRequest, draft: UUID) -> HttpResponse:
    """Every answer, what is still missing, what else could be told, and Send."""
    return pages.show_check(request, pages.own_draft(request, draft))


@access(purpose=Purpose.REPORTING, roles=REPORTING_ROLES)
@require_POST
def send_report(request: PractitionerRequest, draft: UUID) -> HttpResponse:
    """Send. A second press finds the receipt."""
    if own_receipt(request.post, draft):
        return redirect("referrals:report_sent", draft)
    held, now = pages.own_draft(request, draft), timezone.now()
    told = finished(held, pages.known_of(request, held))
    if reading.unfinished(told):
        return pages.show_check(request, held)
    answers = reading.answers_from(told)
    reporting.send_report(
        draft=held,
        answers=answers,
        hub=hub_for(request.post.agency),
        due_at=promised_by(answers.urgency, answers.danger, now, calendar()),
        by=request.post,
        now=now,
    )
    return redirect("referrals:report_sent", held.pk)


@access(purpose=Purpose.REPORTING, roles=REPORTING_ROLES)
@require_safe
def report_sent(request: PractitionerRequest, draft: UUID) -> HttpResponse:
    """The receipt: reference, clock, whom to ring. It waits for no worker."""
    receipt = own_receipt(request.post, draft)
    if receipt is None:
        raise Http404
    report = report_of_receipt(receipt)
    context = {"receipt": receipt, "report": report, "notices": notices_about(report) if report else []}
    return render(request, "referrals/report_sent.html", {**context, **pages.whom_to_ring(request)})


@access(purpose=Purpose.REPORTING, roles=REPORTING_ROLES)
@require_http_methods(["GET", "POST"])
def abandon_draft(request: PractitionerRequest, draft: UUID) -> HttpResponse:
    """Put a draft aside, saying why."""
    held = pages.own_draft(request, draft)
    form = AbandonDraftForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "referrals/abandon_draft.html", {"draft": held, "form": form})
    drafting.abandon_draft(draft=held, because=form.cleaned_data["because"], by=request.post, now=timezone.now())
    messages.success(request, "The draft is put aside, with your reason.")
    return redirect("referrals:my_reports")
