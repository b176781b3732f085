"""What the screens of agreements share: find one, run a verb once per form, show a form again with what was typed."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from sharing_agreements.actions.submitting import once
from sharing_agreements.models import Agreement
from sharing_agreements.refusals import Refused
from sharing_agreements.vocabulary import Purpose, Role
from sharing_agreements.web.doors import PractitionerRequest

GOVERNANCE: dict[str, Any] = {"purpose": Purpose.GOVERNANCE, "roles": {Role.GOVERNANCE_LEAD}}
"""The access line of every screen that changes an agreement."""


class Stale(Exception):
    """The draft was changed since the page was made."""


def find_agreement(agreement: UUID) -> Agreement:
    """An agreement this practitioner may read, with its parties, clauses and examples; 404 for others' drafts."""
    of_clauses = ("clauses__provider_agency", "clauses__recipient_agency")
    related = ("parties__agency", *of_clauses, "examples__provider_agency", "examples__recipient_agency")
    return get_object_or_404(
        Agreement.objects.select_related("parent", "replaces").prefetch_related(*related), pk=agreement
    )


def page_of(agreement: Agreement) -> str:
    """The address of an agreement's own page."""
    return reverse("sharing_agreements:read_agreement", args=[agreement.pk])


def posted(request: PractitionerRequest) -> QueryDict | None:
    """What was sent, be it nothing at all; None when the page is only opened."""
    return request.POST if request.method == "POST" else None


def send(
    request: PractitionerRequest, form: forms.Form, do: Callable[[dict[str, Any]], Any], *, then: str
) -> HttpResponse | None:
    """Run the verb when the form is right, once however often it comes, then go on to `then` or where `do` says.

    None when the page is to be shown again: the form is not right, the verb refused (its sentence tops the form and
    nothing typed is lost), or it gave False because somebody saved meanwhile.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    body = {name: "\n".join(request.POST.getlist(name)) for name in request.POST if name not in _UNKEPT}
    answers = {name: value for name, value in form.cleaned_data.items() if name not in {"idempotency_key", "version"}}

    def run() -> str:
        done = do(answers)
        if done is False:
            raise Stale
        return done if isinstance(done, str) else then

    try:
        return redirect(once(form.cleaned_data["idempotency_key"], by=request.post, body=body, do=run))
    except Stale:
        form.stale = True  # type: ignore[attr-defined]
        form.add_error(None, "Somebody changed this draft while your page was open. Compare, then save again.")
    except Refused as refused:
        if refused.refusal.status == 404:
            raise
        request.refusal_code = refused.refusal.code  # type: ignore[attr-defined]
        form.add_error(None, refused.refusal.sentence)
    return None


_UNKEPT = {"idempotency_key", "password"}


def show(
    request: PractitionerRequest, template: str, agreement: Agreement | None, form: forms.Form, **more: Any
) -> HttpResponse:
    """The screen with its form: 200 when it is opened, 422 when it comes back. A stale form is brought up to date."""
    if getattr(form, "stale", False) and agreement is not None:
        agreement.refresh_from_db()
        form.data = form.data.copy()  # type: ignore[union-attr]
        form.data["version"] = str(agreement.revision)  # type: ignore[index]
    context = {"agreement": agreement, "form": form, **more}
    return render(request, template, context, status=422 if form.errors else 200)
