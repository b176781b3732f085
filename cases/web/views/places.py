"""Where a child learns, and who looks after somebody's health, from a day."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from cases.actions import people
from cases.models import HealthContact
from cases.queries.pages.choosing import health_services, schools
from cases.queries.pages.places import whereabouts
from cases.web.forms.places import MoveSchoolForm, RegisterHealthForm
from cases.web.views.doing import find_record, now, posted, send, show
from cases.web.views.opening import DOERS, today
from cases.web.views.people import working_on
from sharing_agreements.web.doors import PractitionerRequest, access


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def move_school(request: PractitionerRequest, family: UUID, person: UUID) -> HttpResponse:
    """A child starts at a school; the school before ends the day before."""
    top, _, then = working_on(request, family)
    if person not in top.children:
        raise Http404
    form = MoveSchoolForm(posted(request), agencies=schools())

    def do(said: dict) -> object:
        return people.move_school(person=person, family=family, **said, by=request.post, now=now())

    found = whereabouts(top, today=today())[person].schools
    lines = [stay.words(today()) for stay in (*found.now, *found.later)]
    more = {"back_href": then, "name": top.known[person].name, "lines": lines}
    return send(request, form, do, then=then) or show(request, "cases/move_school.html", top, form, **more)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def register_health(request: PractitionerRequest, family: UUID, person: UUID) -> HttpResponse:
    """Somebody is looked after by a practice, a health visitor, a midwife."""
    top, _, then = working_on(request, family)
    if person not in top.people:
        raise Http404
    present = whereabouts(top, today=today())[person].health.now
    form = RegisterHealthForm(posted(request), agencies=health_services(), present=present)

    def do(said: dict) -> object:
        before = said.pop("replaces", "no")
        rows = HealthContact.objects
        replaced = None if before == "no" else find_record(rows, before, person__in=list(top.anchors))
        told = {"person": person, "family": family, "replaces": replaced, "by": request.post, "now": now()}
        return people.register_health(**said, **told)

    more = {"back_href": then, "name": top.known[person].name, "lines": [stay.words(today()) for stay in present]}
    return send(request, form, do, then=then) or show(request, "cases/register_health.html", top, form, **more)
