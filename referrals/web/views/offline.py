"""Reports written without a connection: the page and worker a browser keeps, and how its drafts come home."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from referrals.actions import drafting, sealing
from referrals.models import Draft
from referrals.queries.devices import keys_of
from referrals.rules.report import Known
from referrals.web import offline, pages
from referrals.web.steps import typed_on
from sharing_agreements.fields import KeyField, VersionField
from sharing_agreements.refusals import not_yours, require
from sharing_agreements.vocabulary import CASEWORK_ROLES, Purpose
from sharing_agreements.web.doors import PractitionerRequest, access, open_to_all


@open_to_all
@require_safe
def write_offline(request: HttpRequest) -> HttpResponse:
    """The blank report on one page, the same for everybody: it names nobody and carries no token."""
    return render(request, "referrals/write_offline.html", offline.blank_report())


@open_to_all
@require_safe
def offline_worker(request: HttpRequest) -> HttpResponse:
    """The worker that keeps that page and its files. It changes when they do, so that browsers fetch them anew."""
    return HttpResponse(offline.worker(), content_type="text/javascript")


@access(purpose=Purpose.REPORTING, roles=CASEWORK_ROLES)
@require_safe
def ask_device_session(request: PractitionerRequest) -> JsonResponse:
    """Who is signed in, and a token for the two requests below: the kept page has neither."""
    return JsonResponse({"who": request.post.practitioner_id, "token": get_token(request)})


@access(purpose=Purpose.REPORTING, roles=CASEWORK_ROLES)
@require_POST
def issue_device_key(request: PractitionerRequest) -> JsonResponse:
    """The key of this practitioner on this device, 64 hex digits; the same one when asked again."""
    device = KeyField().clean(request.POST.get("device"))
    kind = offline.looks_like(request.headers.get("User-Agent", ""))
    key = sealing.issue_key(device=device, by=request.post, now=timezone.now(), looks_like=kind)
    return JsonResponse({"who": request.post.practitioner_id, "key": key.hex()})


@access(purpose=Purpose.REPORTING, roles=CASEWORK_ROLES)
@require_safe
def list_devices(request: PractitionerRequest) -> HttpResponse:
    """The devices on which reports of this practitioner may wait, each with a button that takes its key back."""
    return render(request, "referrals/list_devices.html", {"keys": keys_of(request.post, timezone.now())})


@access(purpose=Purpose.REPORTING, roles=CASEWORK_ROLES)
@require_http_methods(["GET", "POST"])
def revoke_device(request: PractitionerRequest, key: UUID) -> HttpResponse:
    """Take the key back from one device, after saying what that does."""
    held = next((one for one in keys_of(request.post, timezone.now()) if one.pk == key), None)
    require(not_yours() if held is None else None)
    if request.method != "POST":
        return render(request, "referrals/revoke_device.html", {"key": held})
    sealing.revoke_key(key=key, by=request.post, now=timezone.now())
    messages.success(request, "The key is taken back.")
    return redirect("referrals:list_devices")


@access(purpose=Purpose.REPORTING, roles=CASEWORK_ROLES)
@require_POST
def sync_draft(request: PractitionerRequest, draft: UUID) -> JsonResponse:
    """What was written on a device becomes a draft, never a report sent. 409 when another window changed it since."""
    held = Draft.objects.filter(pk=draft, author_id=request.post.practitioner_id).first()
    known = pages.known_of(request, held) if held else Known(agency_type=request.post.agency.type)
    steps = [pages.step_of(slug) for slug in request.POST.getlist("pages")]
    kept = drafting.keep_from_device(
        key=draft,
        pages={step.slug: typed_on(request.POST, step, known)[1] for step in steps},
        opened=str(KeyField().clean(request.POST.get("opened"))),
        revision=VersionField().clean(request.POST.get("revision")),
        edition=max(0, VersionField().clean(request.POST.get("edition"))),
        by=request.post,
        now=timezone.now(),
    )
    return JsonResponse({"address": reverse("referrals:check_report", args=[kept.pk])})
