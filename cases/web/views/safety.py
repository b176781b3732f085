"""Ending what was written to keep people safe, with the reason kept beside it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from cases import permissions
from cases.actions import keeping_safe
from cases.models import KeepApart, NotSafeToTell, SafeContact, StaffSafetyNote
from cases.queries.pages.family_top import FamilyTop
from cases.web.forms.safety import EndKeepApartForm, EndSafeContactForm, EndStaffSafetyForm, LiftNotSafeToTellForm
from cases.web.views.doing import find_record, now, posted, send, show
from cases.web.views.opening import DOERS, READERS, at, find_family
from cases.web.views.people import working_on
from sharing_agreements.fields import BaseForm
from sharing_agreements.refusals import require
from sharing_agreements.vocabulary import HUB_ROLES, Purpose
from sharing_agreements.web.doors import PractitionerRequest, access

HUB_ONLY = {"purpose": Purpose.TRIAGE, "roles": HUB_ROLES}


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def end_safe_contact(request: PractitionerRequest, family: UUID, record: UUID) -> HttpResponse:
    """Say that a way to reach somebody is safe no longer."""
    top, _, _ = working_on(request, family)
    contact = find_record(SafeContact.objects, record, person__in=list(top.anchors), ended_on__isnull=True)
    require(permissions.why_not_end_way(by=request.post, contact=contact))
    form = EndSafeContactForm(posted(request))

    def do(said: dict) -> object:
        return keeping_safe.end_safe_contact(contact=contact, **said, by=request.post, now=now())

    return ask_why(
        request, top, form, do, "cases/end_safe_contact.html", row=contact, name=name_in(top, contact.person_id)
    )


@access(**READERS)
@require_http_methods(["GET", "POST"])
def end_keep_apart(request: PractitionerRequest, family: UUID, record: UUID) -> HttpResponse:
    """Say that two people need not be kept apart any more."""
    top = find_family(request, family)
    pair = find_record(KeepApart.objects, record, about__overlap=list(top.anchors), ended_on__isnull=True)
    require(permissions.why_not_end_note(by=request.post, note=pair))
    form = EndKeepApartForm(posted(request))

    def do(said: dict) -> object:
        return keeping_safe.end_keep_apart(pair=pair, **said, by=request.post, now=now())

    names = {"name": name_in(top, pair.person_id), "other": name_in(top, pair.from_person_id)}
    return ask_why(request, top, form, do, "cases/end_keep_apart.html", row=pair, **names)


@access(**READERS)
@require_http_methods(["GET", "POST"])
def end_staff_safety(request: PractitionerRequest, family: UUID, record: UUID) -> HttpResponse:
    """Say that a staff-safety note holds no longer."""
    top = find_family(request, family)
    note = find_record(StaffSafetyNote.objects, record, about__overlap=list(top.anchors), ended_on__isnull=True)
    require(permissions.why_not_end_note(by=request.post, note=note))
    form = EndStaffSafetyForm(posted(request))

    def do(said: dict) -> object:
        return keeping_safe.end_staff_safety(note=note, **said, by=request.post, now=now())

    return ask_why(request, top, form, do, "cases/end_staff_safety.html", row=note)


@access(**HUB_ONLY)
@require_http_methods(["GET", "POST"])
def lift_not_safe_to_tell(request: PractitionerRequest, family: UUID, record: UUID) -> HttpResponse:
    """The hub says that it is safe to tell somebody again."""
    top = find_family(request, family)
    rows = NotSafeToTell.objects.select_related("owner")
    marker = find_record(rows, record, about__overlap=list(top.anchors), lifted__isnull=True)
    form = LiftNotSafeToTellForm(posted(request))

    def do(said: dict) -> object:
        return keeping_safe.lift_not_safe_to_tell(marker=marker, **said, by=request.post, now=now())

    name = name_in(top, marker.person_id)
    return ask_why(request, top, form, do, "cases/lift_not_safe_to_tell.html", row=marker, name=name)


def ask_why(
    request: PractitionerRequest,
    top: FamilyTop,
    form: BaseForm,
    do: Callable[[dict], object],
    template: str,
    **more: Any,
) -> HttpResponse:
    """The page of one ending, and back to the people of the family once it is done."""
    then = at("list_people", top)
    return send(request, form, do, then=then) or show(request, template, top, form, back_href=then, **more)


def name_in(top: FamilyTop, person: UUID | None) -> str:
    """What to call somebody a note is about."""
    return top.known[top.anchors.get(person, person)].name if person else ""
