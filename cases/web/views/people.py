"""Who is in the family, how people are related and reached, and what keeps everybody safe."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from cases import lifecycle, permissions
from cases.actions import keeping_safe, people
from cases.models import Case, SafeContact
from cases.queries.pages.family_top import FamilyTop
from cases.vocabulary import CHILD_PARTS
from cases.web.forms.people import (
    AddHouseholdForm,
    AddMemberForm,
    AddRelationshipForm,
    AddSafeContactForm,
    AddStaffSafetyNoteForm,
    ChangeSafeContactForm,
    KeepApartForm,
    MarkNotSafeForm,
)
from cases.web.views.doing import both_versions, find_case, find_record, now, posted, send, show
from cases.web.views.opening import DOERS, at
from sharing_agreements.refusals import require
from sharing_agreements.web.doors import PractitionerRequest, access


def working_on(request: PractitionerRequest, family: UUID) -> tuple[FamilyTop, Case, str]:
    """The family and case of somebody who works with them, and where the page of its people is."""
    top, case = find_case(request, family)
    require(permissions.why_not_work_on(by=request.post, case=case, today=now()))
    return top, case, at("list_people", top)


def may_join(request: PractitionerRequest, case: Case) -> bool:
    """Whether this practitioner may bring a child into the case."""
    told = {"by": request.post, "case": case, "now": now()}
    return permissions.why_not_join(children=["one"], reason="asked", **told) is None


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def add_member(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """Add somebody to the family, with this agency's account of who they are."""
    top, case, then = working_on(request, family)
    form = AddMemberForm(posted(request))

    def do(said: dict) -> object:
        born = said.pop("born")
        spoken = {name: said.pop(name) for name in ("language", "interpreter")}
        part = said.pop("part")
        if born:
            said |= {"born_on": born.date, "born_precision": born.precision}
        near = next((c.person_id for c in top.places_in_case if c.state in lifecycle.WORKING), None)
        told = {"detail": spoken if any(spoken.values()) else None, "same_team_as": near}
        return people.add_person(family=family, part=part, identity=said, **told, by=request.post, now=now())

    onward = at("join_case", top) if request.POST.get("part") in CHILD_PARTS and may_join(request, case) else then
    return send(request, form, do, then=onward) or show(request, "cases/add_member.html", top, form, back_href=then)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def add_household(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """Say who lives together."""
    top, _, then = working_on(request, family)
    form = AddHouseholdForm(posted(request), top=top)
    done = send(
        request, form, lambda said: people.set_household(family=family, **said, by=request.post, now=now()), then=then
    )
    return done or show(request, "cases/add_household.html", top, form, back_href=then)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def add_relationship(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """Say what one person is to another."""
    top, _, then = working_on(request, family)
    form = AddRelationshipForm(posted(request), top=top)
    done = send(request, form, lambda said: people.relate(family=family, **said, by=request.post, now=now()), then=then)
    return done or show(request, "cases/add_relationship.html", top, form, back_href=then)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def add_safe_contact(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """Keep a safe way to reach somebody."""
    top, _, then = working_on(request, family)
    form = AddSafeContactForm(posted(request), top=top)
    done = send(
        request,
        form,
        lambda said: keeping_safe.set_safe_contact(family=family, **said, by=request.post, now=now()),
        then=then,
    )
    return done or show(request, "cases/add_safe_contact.html", top, form, back_href=then)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def change_safe_contact(request: PractitionerRequest, family: UUID, record: UUID) -> HttpResponse:
    """Change a way to reach somebody, or say that it is safe no longer."""
    top, _, then = working_on(request, family)
    contact = find_record(SafeContact.objects, record, person__in=list(top.anchors))
    saved = {name: getattr(contact, name) for name in ("way", "detail", "safe_times", "version")}
    form = ChangeSafeContactForm(posted(request), initial={**saved, "still_safe": "yes"})

    def do(said: dict) -> object:
        version = form.cleaned_data["version"]
        told = {"contact": contact, "version": version, "by": request.post, "now": now()}
        return keeping_safe.change_safe_contact(**told, **said)

    done = send(request, form, do, then=then)
    stale = both_versions(form, contact, ["way", "detail", "safe_times"])
    name = top.known[top.anchors[contact.person_id]].name
    return done or show(request, "cases/change_safe_contact.html", top, form, back_href=then, stale=stale, name=name)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def add_staff_safety_note(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """Tell colleagues what to know before a visit."""
    top, _, then = working_on(request, family)
    form = AddStaffSafetyNoteForm(posted(request), top=top)
    done = send(
        request,
        form,
        lambda said: keeping_safe.note_staff_safety(family=family, **said, by=request.post, now=now()),
        then=then,
    )
    return done or show(request, "cases/add_staff_safety_note.html", top, form, back_href=then)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def keep_apart(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """Two people must not be brought together."""
    top, _, then = working_on(request, family)
    form = KeepApartForm(posted(request), top=top)

    def do(said: dict) -> object:
        other = said.pop("to_person")
        return keeping_safe.keep_apart(family=family, from_person=other, **said, by=request.post, now=now())

    return send(request, form, do, then=then) or show(request, "cases/keep_apart.html", top, form, back_href=then)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def mark_not_safe(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """Stop everything that would be sent or said to somebody, until the hub lifts it."""
    top, _, then = working_on(request, family)
    form = MarkNotSafeForm(posted(request), top=top)
    done = send(
        request,
        form,
        lambda said: keeping_safe.mark_not_safe_to_tell(family=family, **said, by=request.post, now=now()),
        then=then,
    )
    return done or show(request, "cases/mark_not_safe.html", top, form, back_href=then)
