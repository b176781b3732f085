"""Recording that a child who was expected is born, and that somebody has died or a pregnancy ended."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from cases.actions.births import record_birth as record
from cases.actions.deaths import record_end_of_life
from cases.web.forms.births import RecordBirthForm, RecordDeathForm
from cases.web.views.doing import now, posted, send, show
from cases.web.views.opening import DOERS
from cases.web.views.people import working_on
from sharing_agreements.web.doors import PractitionerRequest, access


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def record_birth(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """Say that an unborn child of the family was born: the same record goes on with a name and a day."""
    top, case, then = working_on(request, family)
    form = RecordBirthForm(posted(request), top=top, offered=top.unborn)
    done = send(request, form, lambda said: record(case=case, **said, by=request.post, now=now()), then=then)
    return done or show(request, "cases/record_birth.html", top, form, back_href=then)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def record_death(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """Say that somebody of the family has died, or that a pregnancy ended: every prompt and letter about them stops."""
    top, case, then = working_on(request, family)
    living = [person for person in top.people if not top.known[person].has_died]
    form = RecordDeathForm(posted(request), top=top, offered=living)
    done = send(
        request, form, lambda said: record_end_of_life(case=case, **said, by=request.post, now=now()), then=then
    )
    return done or show(request, "cases/record_death.html", top, form, back_href=then)
