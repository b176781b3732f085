"""What the views that do something share: the verb runs once per form, and a refusal leaves what was typed in place."""

import datetime
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from cases.models import Case, ChildInCase
from cases.queries.pages.family_top import FamilyTop
from cases.web.views.opening import find_family, page
from sharing_agreements.actions.submitting import once
from sharing_agreements.fields import VersionedForm
from sharing_agreements.models import SharedRecord
from sharing_agreements.refusals import Refused
from sharing_agreements.web.doors import PractitionerRequest

Given = dict[str, Any]


def now() -> datetime.datetime:
    """The moment of the request: the clock is read at the door."""
    return timezone.now()


def find_case(request: PractitionerRequest, family: UUID) -> tuple[FamilyTop, Case]:
    """The family and its case; 404 when there is no case this practitioner may see."""
    top = find_family(request, family)
    if top.case is None:
        raise Http404
    return top, top.case


def find_record(rows: Any, record: UUID, **within: Any) -> Any:
    """One row of this family's case, or 404."""
    found = rows.visible().filter(pk=record, **within).first()
    if found is None:
        raise Http404
    return found


def children_in(top: FamilyTop, people: Iterable[UUID | str]) -> list[ChildInCase]:
    """The places in the case of these children."""
    wanted = {str(person) for person in people}
    return [place for place in top.places_in_case if str(place.person_id) in wanted]


def posted(request: PractitionerRequest) -> QueryDict | None:
    """What was sent, be it nothing at all; None when the page is only opened."""
    return request.POST if request.method == "POST" else None


def given(form: forms.Form) -> Given:
    """The answers, without the form's own bookkeeping."""
    return {name: value for name, value in form.cleaned_data.items() if name not in {"idempotency_key", "version"}}


def send(
    request: PractitionerRequest, form: forms.Form, do: Callable[[Given], object], *, then: str | Callable[[Any], str]
) -> HttpResponse | None:
    """Run the verb when the form is right, once however often it comes, then go on: `then` may ask what was made.

    None when the page must be shown again: the form is not right, the verb refused (its sentence tops the form,
    nothing typed is lost, nothing is kept), or it gave False because somebody saved meanwhile.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    body = {name: "\n".join(request.POST.getlist(name)) for name in request.POST if name != "idempotency_key"}

    def run() -> str:
        done = do(given(form))
        if done is False:
            raise Stale
        return then(done) if callable(then) else then

    try:
        return redirect(once(form.cleaned_data["idempotency_key"], by=request.post, body=body, do=run))
    except Stale:
        form.stale = True  # type: ignore[attr-defined]
        form.add_error(None, "Somebody changed this while your page was open. Compare, then save again.")
    except Refused as refused:
        if refused.refusal.status == 404:
            raise
        request.refusal_code = refused.refusal.code  # type: ignore[attr-defined]
        form.add_error(None, refused.refusal.sentence)
    return None


class Stale(Exception):
    """The record was changed since the page was made."""


def show(request: PractitionerRequest, template: str, top: FamilyTop, form: forms.Form, **more: Any) -> HttpResponse:
    """The screen with its form: 200 when it is opened, 422 when it comes back."""
    context = page(request, top, form=form, **more)
    return render(request, template, context, status=422 if form.errors else 200)


def both_versions(form: VersionedForm, record: SharedRecord, fields: Iterable[str]) -> list[dict[str, str]] | None:
    """What is saved and what was typed, side by side; None unless the save was stale."""
    if not getattr(form, "stale", False):
        return None
    record.refresh_from_db()
    form.data = form.data.copy()
    form.data["version"] = str(record.version)
    return form.side_by_side({name: getattr(record, name) for name in fields})
