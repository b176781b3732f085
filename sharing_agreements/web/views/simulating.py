"""What would change: suppose something of an agreement, and read what was counted."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from sharing_agreements.actions import simulating
from sharing_agreements.models import SimulationRun
from sharing_agreements.presenting import simulating as shown
from sharing_agreements.queries import simulating as queries
from sharing_agreements.refusals import not_yours, require
from sharing_agreements.web.doors import PractitionerRequest, access
from sharing_agreements.web.forms.simulating import SimulateForm
from sharing_agreements.web.views.sending import GOVERNANCE, find_agreement, page_of, posted, send, show


@access(**GOVERNANCE)
@require_http_methods(["GET", "POST"])
def simulate_agreement(request: PractitionerRequest, agreement: UUID) -> HttpResponse:
    """Say what would happen to the agreement and have it counted; earlier counts below."""
    found = find_agreement(agreement)
    require(None if queries.may_simulate(found) else not_yours())
    form = SimulateForm(posted(request), possible=shown.possible(found.state))

    def do(said: dict) -> str:
        run = simulating.simulate(agreement=found, **said, by=request.post)
        return reverse("sharing_agreements:read_simulation", args=[found.pk, run])

    done = send(request, form, do, then=page_of(found))
    runs = [(run, shown.supposition(run)) for run in queries.simulations_of(found)]
    return done or show(request, "sharing_agreements/simulate_agreement.html", found, form, runs=runs)


@access(**GOVERNANCE)
@require_safe
def read_simulation(request: PractitionerRequest, agreement: UUID, run: UUID) -> HttpResponse:
    """How far the count is, or what it says: in sentences for each agency, then line by line."""
    found = find_agreement(agreement)
    one = get_object_or_404(SimulationRun.objects.select_related("agency", "asked_by"), pk=run, agreement=found)
    context = {
        "agreement": found,
        "run": one,
        "supposition": shown.supposition(one),
        "is_current": queries.is_current(one),
        "agencies": shown.by_agency(queries.lines_of(one)) if one.done_at else [],
    }
    return render(request, "sharing_agreements/read_simulation.html", context)
