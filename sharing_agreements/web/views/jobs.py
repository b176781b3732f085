"""The operator's page: jobs owed that stopped, and setting one going again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from sharing_agreements import queries
from sharing_agreements.actions import owing
from sharing_agreements.vocabulary import Purpose, Role
from sharing_agreements.web.doors import PractitionerRequest, access

OPERATORS = frozenset({Role.ADMINISTRATOR})


@access(purpose=Purpose.GOVERNANCE, roles=OPERATORS)
@require_safe
def stopped_jobs(request: PractitionerRequest) -> HttpResponse:
    """Jobs that used up their attempts, longest first."""
    return render(request, "sharing_agreements/stopped_jobs.html", {"jobs": queries.stopped_jobs()})


@access(purpose=Purpose.GOVERNANCE, roles=OPERATORS)
@require_POST
def try_job_again(request: PractitionerRequest, job: UUID) -> HttpResponse:
    """Give a stopped job fresh attempts. Pressing twice does it once."""
    if owing.try_again(job):
        messages.success(request, "The job is on its way again.")
    else:
        messages.info(request, "This job is not stopped any more.")
    return redirect("sharing_agreements:stopped_jobs")
