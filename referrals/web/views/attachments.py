"""Photographs and papers of a report: adding, taking away, saving one, and releasing one."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from referrals.actions import attaching, scanning
from referrals.models import Attachment, ReleasedAttachment
from referrals.permissions import why_not_add
from referrals.permissions.hub import why_not_release
from referrals.queries.attachments import attachments_of, files_with
from referrals.queries.reporting import own_agency_reports
from referrals.refusals import FILE_REFUSED
from referrals.rules.files import CONTENT_TYPES
from referrals.vocabulary import FileSort
from referrals.web import pages
from referrals.web.forms.attaching import AttachForm, ReleaseAttachmentForm
from referrals.web.views.contacts import ask, contact_or_404
from referrals.web.views.sharing import READERS
from sharing_agreements.actions.submitting import once
from sharing_agreements.refusals import Refused, require
from sharing_agreements.vocabulary import HUB_ROLES, REPORTING_ROLES, Purpose, Role
from sharing_agreements.web.doors import PractitionerRequest, access

OF_REPORTER_OR_HUB = {**dict.fromkeys(HUB_ROLES, Purpose.TRIAGE), Role.OUTSIDE_REPORTER: Purpose.REPORTING}


@access(purpose=Purpose.REPORTING, roles=REPORTING_ROLES)
@require_http_methods(["GET", "POST"])
def attach_to_draft(request: PractitionerRequest, draft: UUID) -> HttpResponse:
    """Files of a report that is not sent: those there, and one more."""
    held = pages.own_draft(request, draft)

    def keep(said: dict[str, Any]) -> None:
        attaching.attach_to_draft(
            draft=held, shows=said["shows"], content=said["file"], by=request.post, now=timezone.now()
        )

    context = {"draft": held, "held": files_with(held).defer("content")}
    return _attach(request, keep, "referrals:attach_to_draft", held.pk, context)


@access(purpose=Purpose.REPORTING, roles=REPORTING_ROLES)
@require_POST
def detach_from_draft(request: PractitionerRequest, draft: UUID, attachment: UUID) -> HttpResponse:
    """Take a file away from a report that is not sent."""
    held = pages.own_draft(request, draft)
    attaching.detach_from_draft(draft=held, attachment=attachment, by=request.post, now=timezone.now())
    return redirect("referrals:attach_to_draft", held.pk)


@access(purpose=Purpose.REPORTING, roles=REPORTING_ROLES)
@require_http_methods(["GET", "POST"])
def attach_to_report(request: PractitionerRequest, report: UUID) -> HttpResponse:
    """Files of a sent report: those there, and one more for the hub."""
    held = get_object_or_404(own_agency_reports(request.post), pk=report)
    require(why_not_add(report=held, by=request.post))

    def keep(said: dict[str, Any]) -> None:
        attaching.attach_to_report(
            report=held, shows=said["shows"], content=said["file"], by=request.post, now=timezone.now()
        )

    context = {"report": held, "held": attachments_of(held.pk)}
    return _attach(request, keep, "referrals:attach_to_report", held.pk, context)


def _attach(
    request: PractitionerRequest,
    keep: Callable[[dict[str, Any]], None],
    address: str,
    of: UUID,
    context: dict[str, Any],
) -> HttpResponse:
    """Show the form, or keep the file once. A file that is refused is said to be on the form, with the words typed."""
    sent = request.method == "POST"
    form = AttachForm(request.POST, request.FILES) if sent else AttachForm()
    if sent and form.is_valid():
        said = form.cleaned_data

        def work() -> str:
            keep(said)
            return str(of)

        try:
            with transaction.atomic():
                once(said["idempotency_key"], by=request.post, body={"shows": said["shows"]}, do=work)
        except Refused as refused:
            if refused.refusal.status == 404:
                raise
            request.refusal_code = refused.refusal.code  # type: ignore[attr-defined]
            form.add_error("file", refused.refusal.sentence)
        else:
            messages.success(request, "The file is kept.")
            return redirect(address, of)
    shown = {**context, "form": form, "no_scanner": "" if scanning.is_set_up() else FILE_REFUSED["no_scanner"].sentence}
    return render(request, "referrals/attach.html", shown, status=422 if form.errors else 200)


@access(purpose=Purpose.EARLY_HELP, roles=REPORTING_ROLES, by_role=OF_REPORTER_OR_HUB)
@require_safe
def read_attachment(request: PractitionerRequest, attachment: UUID) -> HttpResponse:
    """One file as it was sent, for its reporter and the hub."""
    found = get_object_or_404(Attachment.objects.visible().select_related("report"), pk=attachment)
    return _saved(found, found.report.reference)


@access(**READERS)
@require_safe
def read_released(request: PractitionerRequest, released: UUID) -> HttpResponse:
    """One file the hub released, for whoever an agreement lets read it."""
    found = get_object_or_404(ReleasedAttachment.objects.visible(), pk=released)
    return _saved(found, "released")


def _saved(found: Attachment | ReleasedAttachment, name: str) -> HttpResponse:
    """The content, to be saved, never shown inside the site: no browser guesses what it is or runs it."""
    answer = HttpResponse(bytes(found.content), content_type=CONTENT_TYPES[FileSort(found.sort)])
    ending = "jpg" if found.sort == FileSort.JPEG else found.sort
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}-{str(found.pk)[:8]}.{ending}"'
    answer.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


@access(purpose=Purpose.TRIAGE, roles=HUB_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def release_attachment(request: PractitionerRequest, contact: UUID, attachment: UUID) -> HttpResponse:
    """Let others see one file, where an agreement lets them read the hub's concern reports."""
    one = contact_or_404(contact)
    found = get_object_or_404(Attachment.objects.visible().filter(report_id=one.report_id), pk=attachment)
    require(why_not_release(attachment=found, by=request.post, reason="asked below"))
    form = ReleaseAttachmentForm(request.POST or None, initial={"version": one.version})

    def do(now: Any) -> None:
        why = form.cleaned_data["reason"]
        attaching.release_attachment(contact=one, attachment=found, reason=why, by=request.post, now=now)

    return ask(request, one, form, do, "referrals/release_attachment.html", "Released.", attachment=found)
