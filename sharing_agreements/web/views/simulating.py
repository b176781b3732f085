"""What would change: suppose something of an agreement, and read what was counted."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sharing_agreements.actions import simulating
from sharing_agreements.models import Agreement, Post, SimulationLine, SimulationRun
from sharing_agreements.presenting import simulating as shown
from sharing_agreements.queries import simulating as queries
from sharing_agreements.refusals import not_yours, require
from sharing_agreements.vocabulary import SupposedChange
from sharing_agreements.web.doors import PractitionerRequest, access
from sharing_agreements.web.forms.simulating import MORE_TO_SAY, SimulateForm, SimulateForOneForm
from sharing_agreements.web.views.sending import GOVERNANCE, find_agreement, page_of, posted, send, show


@access(**GOVERNANCE)
@require_http_methods(["GET", "POST"])
def simulate_agreement(request: PractitionerRequest, agreement: UUID) -> HttpResponse:
    """Say what would happen to the agreement and have it counted; earlier counts below."""
    found = _find(agreement)
    form = SimulateForm(posted(request), possible=shown.possible(found.state))

    def do(said: dict) -> str:
        supposed = SupposedChange(said["supposed"])
        if supposed in MORE_TO_SAY:
            return reverse("sharing_agreements:suppose_change", args=[found.pk, supposed])
        return _begin(found, request, supposed=supposed)

    done = send(request, form, do, then=page_of(found))
    runs = [(run, shown.title(run)) for run in queries.simulations_of(found)]
    return done or show(request, "sharing_agreements/simulate_agreement.html", found, form, runs=runs)


@access(**GOVERNANCE)
@require_http_methods(["GET", "POST"])
def suppose_change(request: PractitionerRequest, agreement: UUID, supposed: str) -> HttpResponse:
    """Say which agency would join or leave, or which days the agreement would have, and have it counted."""
    found = _find(agreement)
    if supposed not in shown.possible(found.state) or supposed not in MORE_TO_SAY:
        raise Http404
    change = SupposedChange(supposed)
    form = MORE_TO_SAY[change](posted(request), agreement=found, supposed=change)
    done = send(request, form, lambda said: _begin(found, request, supposed=change, **said), then=page_of(found))
    return done or show(request, "sharing_agreements/suppose_change.html", found, form, change=change)


def _find(agreement: UUID) -> Agreement:
    """An agreement whose changes the acting post may have counted."""
    found = find_agreement(agreement)
    require(None if queries.may_simulate(found) else not_yours())
    return found


def _begin(agreement: Agreement, request: PractitionerRequest, **change: Any) -> str:
    """Have it counted; the address of the page that shows how far that is."""
    run = simulating.simulate(agreement=agreement, **change, by=request.post)
    return reverse("sharing_agreements:read_simulation", args=[agreement.pk, run])


@access(**GOVERNANCE)
@require_safe
def read_simulation(request: PractitionerRequest, agreement: UUID, run: UUID) -> HttpResponse:
    """How far the count is, or what it says: in sentences for each agency, then line by line."""
    found = find_agreement(agreement)
    one = _find_run(found, run)
    agencies = shown.by_agency(one, queries.lines_of(one)) if one.done_at else []
    context = {
        "agreement": found,
        "run": one,
        "title": shown.title(one),
        "is_current": queries.is_current(one),
        "in_all": shown.in_all(agencies),
        "agencies": agencies,
        "own": request.post.agency.name,
    }
    return render(request, "sharing_agreements/read_simulation.html", context)


@access(**GOVERNANCE)
@require_http_methods(["GET", "POST"])
def simulate_for_one(request: PractitionerRequest, agreement: UUID, run: UUID) -> HttpResponse:
    """Have what a run supposes counted for one practitioner of one's own agency."""
    found = find_agreement(agreement)
    one = _find_run(found, run)
    posts = Post.objects.held_on(timezone.localdate()).filter(agency=request.post.agency)
    form = SimulateForOneForm(posted(request), posts=posts)
    change = {"supposed": SupposedChange(one.supposed), "agency": one.agency}
    days = {"starts_on": one.starts_on, "ends_on": one.ends_on}
    done = send(request, form, lambda said: _begin(found, request, **change, **days, **said), then=page_of(found))
    return done or show(
        request, "sharing_agreements/simulate_for_one.html", found, form, run=one, title=shown.title(one)
    )


@access(**GOVERNANCE)
@require_safe
def read_examples(request: PractitionerRequest, agreement: UUID, run: UUID, line: UUID) -> HttpResponse:
    """Some families whose records of one's own agency a line counts, each with who can see it today."""
    found = find_agreement(agreement)
    one = _find_run(found, run)
    counted = get_object_or_404(SimulationLine.objects.select_related("agency"), pk=line, run=one)
    context = {
        "agreement": found,
        "run": one,
        "title": shown.title(one),
        "words": shown.line_words(counted),
        "line": counted,
        "examples": queries.examples_of(counted),
        "is_current": queries.is_current(one),
    }
    return render(request, "sharing_agreements/read_examples.html", context)


def _find_run(agreement: Agreement, run: UUID) -> SimulationRun:
    """A run the acting governance lead may read."""
    related = SimulationRun.objects.select_related("agency", "asked_by", "practitioner")
    return get_object_or_404(related, pk=run, agreement=agreement)
