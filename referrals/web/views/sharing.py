"""What other agencies share with one's own: entries shared by name, and concern reports released alone."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.queries.pages.sharing import shared_entries
from referrals.presenting import sections_of
from referrals.queries import shared as queries
from referrals.queries.attachments import released_with
from referrals.queries.reporting import names_in
from referrals.web.listing import shared_lines
from referrals.web.reading_checks import let_out_lines
from referrals.web.reading_contacts import why_of
from sharing_agreements.vocabulary import CASEWORK_ROLES, HUB_ROLES, Purpose
from sharing_agreements.web.doors import PractitionerRequest, access

READERS = {
    "purpose": Purpose.EARLY_HELP,
    "roles": CASEWORK_ROLES,
    "by_role": dict.fromkeys(HUB_ROLES, Purpose.TRIAGE),
}
"""Access of who may be shown another agency's records."""


@access(**READERS)
@require_safe
def shared_with_us(request: PractitionerRequest) -> HttpResponse:
    """Reports that a clause or their owner releases, and entries shared on top of agreements; newest first."""
    after = request.GET.get("after", "")
    found = queries.shared_reports(request.post, purpose=request.purpose, now=timezone.now(), after=after)
    context = {
        "reports": shared_lines(found.reports, found.names),
        "older": found.older,
        "entries": [] if after else shared_entries(),
        "answers": [] if after else let_out_lines(request.post),
        "is_first": not after,
    }
    return render(request, "referrals/shared_with_us.html", context)


@access(**READERS)
@require_safe
def read_shared_report(request: PractitionerRequest, report: UUID) -> HttpResponse:
    """One report of another agency, as far as it is released; 404 for one that is not."""
    held = get_object_or_404(queries.shared_report(request.post), pk=report)
    names = names_in([held], request.post)
    context = {
        "report": held,
        "sections": sections_of(held, names),
        "why": why_of(held),
        "released": released_with(held),
    }
    return render(request, "referrals/read_shared_report.html", context)
