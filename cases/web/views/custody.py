"""Recording that an adult of a family is in custody, giving another day of release, and saying that they are out."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from cases import permissions
from cases.actions import custody as actions
from cases.models import Custody
from cases.queries.pages.family_top import FamilyTop
from cases.web.forms.custody import ChangeCustodyForm, EndCustodyForm, RecordCustodyForm
from cases.web.views.doing import both_versions, find_record, now, posted, send, show
from cases.web.views.opening import DOERS, at, find_family
from cases.web.views.people import working_on
from cases.web.views.safety import name_in
from sharing_agreements.refusals import require
from sharing_agreements.web.doors import PractitionerRequest, access

CHANGED = ("from_date", "release_on", "told_by")


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def record_custody(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """Say that an adult of the family is in custody, and when they are expected home."""
    top, case, then = working_on(request, family)
    adults = [one for one in top.people if one not in top.children and not top.known[one].has_died]
    form = RecordCustodyForm(posted(request), top=top, offered=adults)
    done = send(
        request, form, lambda said: actions.record_custody(case=case, **said, by=request.post, now=now()), then=then
    )
    return done or show(request, "cases/record_custody.html", top, form, back_href=then)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def change_custody(request: PractitionerRequest, family: UUID, record: UUID) -> HttpResponse:
    """Give another day of release, or say that it is not known."""
    top, custody = _found(request, family, record)
    then = at("list_people", top)
    form = ChangeCustodyForm(posted(request), initial={name: getattr(custody, name) for name in (*CHANGED, "version")})

    def do(said: dict) -> object:
        version = form.cleaned_data["version"]
        return actions.change_custody(custody=custody, version=version, **said, by=request.post, now=now())

    done = send(request, form, do, then=then)
    stale = both_versions(form, custody, CHANGED)
    name = name_in(top, custody.person_id)
    return done or show(request, "cases/change_custody.html", top, form, back_href=then, stale=stale, name=name)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def end_custody(request: PractitionerRequest, family: UUID, record: UUID) -> HttpResponse:
    """Say that they are out, or that it was recorded by mistake."""
    top, custody = _found(request, family, record)
    then = at("list_people", top)
    form = EndCustodyForm(posted(request), initial={"version": custody.version, "ended_as": "released"})

    def do(said: dict) -> object:
        version = form.cleaned_data["version"]
        return actions.end_custody(custody=custody, version=version, **said, by=request.post, now=now())

    done = send(request, form, do, then=then)
    stale = both_versions(form, custody, [])
    more = {"row": custody, "name": name_in(top, custody.person_id), "stale": stale}
    return done or show(request, "cases/end_custody.html", top, form, back_href=then, **more)


def _found(request: PractitionerRequest, family: UUID, record: UUID) -> tuple[FamilyTop, Custody]:
    """The family and one stay in custody of somebody in it that this practitioner may change; 404, or refused."""
    top = find_family(request, family)
    custody = find_record(Custody.objects, record, person__in=list(top.anchors))
    require(permissions.why_not_change_custody(by=request.post, custody=custody))
    return top, custody
