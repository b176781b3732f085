"""Find: POST only, so that no name stands in an address; the same sentence, as late, for hidden and absent."""

from django.db import DatabaseError, transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cases.queries.quick_notes import helped_in
from referrals.queries import finding
from referrals.queries.finding import Asked, ByReference, Found
from referrals.rules.matching import in_words
from referrals.rules.people import born_between
from referrals.vocabulary import FindPurpose
from referrals.web import cards
from referrals.web.forms.finding import FindForm
from referrals.web.views.quick_notes import WRITERS
from sharing_agreements.actions.recording import record_looking
from sharing_agreements.models import Agency
from sharing_agreements.vocabulary import CASEWORK_ROLES, HUB_ROLES, AgencyType, Purpose, Role
from sharing_agreements.web.doors import PractitionerRequest, access

BY_ROLE = {role: Purpose.TRIAGE for role in HUB_ROLES} | {
    Role.REPORTER: Purpose.REPORTING,
    Role.SUPERVISOR: Purpose.REPORTING,
}


@access(purpose=Purpose.EARLY_HELP, roles=CASEWORK_ROLES, by_role=BY_ROLE, on_the_beat=True)
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: PractitionerRequest) -> HttpResponse:
    """Look for somebody by what is known of them, or for a report or case by its reference."""
    form = FindForm(request.POST or None, facts_needed=finding.facts_needed(request.post))
    context = {"form": form, "hub": _hub_of(request.post.agency), "facts_needed": form.facts_needed}
    context["may_note"] = request.post.role in WRITERS
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                context |= _look(request, form)
        except DatabaseError:
            context["failed"] = True
    return render(request, "referrals/find.html", context)


def _look(request: PractitionerRequest, form: FindForm) -> dict[str, object]:
    """Search, write down that it was done and why, and say what there is."""
    data = form.cleaned_data
    by_reference = finding.find_reference(data["reference"]) if data["reference"] else ByReference(None, None, None)
    people: list[Found] = []
    more = False
    if data["name"] or data["born"] or data["place"] or data["phone"]:
        people, more = finding.find_people(_asked(data), post=request.post, wider="wider" in request.POST)
    record_looking(
        what="find",
        by=request.post,
        record_ids=[one.identity.pk for one in people if one.identity],
        reason=FindPurpose(data["purpose"]).label,
        purpose=request.purpose,
        at=timezone.now(),
    )
    today = timezone.localdate()
    helped = helped_in(one.person for one in people)
    lines = [
        (
            one,
            cards.name_of(one.identity),
            cards.age_of(one.identity, today),
            helped.get(one.person),
            in_words([code for code in one.agrees if not code.endswith("_unknown")]),
        )
        for one in people
    ]
    return {
        "looked": True,
        "lines": lines,
        "more": more,
        "by_reference": by_reference,
        "nothing": not lines and by_reference.is_empty,
    }


def _asked(data: dict[str, object]) -> Asked:
    born = data["born"]
    first, last = born_between(born.date, born.precision) if born and born.date else (None, None)
    given, family = finding.names_in(str(data["name"]))
    return Asked(given, family, first, last, str(data["place"]), str(data["phone"]))


def _hub_of(agency: Agency) -> Agency | None:
    """The hub to ring: of the same district."""
    return Agency.objects.filter(type=AgencyType.HUB, district=agency.district).first()
