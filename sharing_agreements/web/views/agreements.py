"""Reading agreements: the register, and one agreement with its parties and clauses as sentences."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sharing_agreements import presenting, queries
from sharing_agreements.models import Agreement
from sharing_agreements.vocabulary import Purpose
from sharing_agreements.web.doors import PractitionerRequest, access


@access(purpose=Purpose.GOVERNANCE)
@require_safe
def agreements(request: PractitionerRequest) -> HttpResponse:
    """Every agreement of the partnership: what it is for, who signed, whether it is in force today."""
    listed = Agreement.objects.prefetch_related("parties__agency")
    today, replaced = timezone.localdate(), queries.superseded()
    rows = [(agreement, presenting.standing(agreement, today, replaced.get(agreement.pk))) for agreement in listed]
    return render(request, "sharing_agreements/agreements.html", {"rows": rows})


@access(purpose=Purpose.GOVERNANCE)
@require_safe
def read_agreement(request: PractitionerRequest, agreement: UUID) -> HttpResponse:
    """One agreement in full: aim, basis, dates, parties with signatures, clauses in plain sentences."""
    found = get_object_or_404(
        Agreement.objects.prefetch_related("parties__agency", "clauses__provider_agency", "clauses__recipient_agency"),
        pk=agreement,
    )
    clauses = [(clause, presenting.clause_sentence(clause)) for clause in found.clauses.all()]
    context = {
        "agreement": found,
        "standing": presenting.standing(found, timezone.localdate(), queries.superseded().get(found.pk)),
        "purposes": presenting.purposes(found),
        "clauses": clauses,
    }
    return render(request, "sharing_agreements/read_agreement.html", context)
