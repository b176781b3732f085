"""What the owner of records decides on top of agreements: share or withhold an entry, hand a family's records over."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.models import Event
from cases.queries.pages.chronology import events_of
from cases.queries.pages.family_top import FamilyTop
from cases.web.forms.deciding import EndDecisionForm, HandOverRecordsForm, ShareEntryForm, WithholdEntryForm
from cases.web.views.doing import posted, send, show
from cases.web.views.opening import READERS, at, find_family, page, today
from sharing_agreements.actions import exceptions as verbs
from sharing_agreements.models import Agency, SharedRecord
from sharing_agreements.queries.exceptions import agencies_with, decisions_on, handed_over, readers_elsewhere
from sharing_agreements.vocabulary import RECEIVING_ROLES, ExceptionVerb, Purpose, Role
from sharing_agreements.web.doors import PractitionerRequest, access

MANAGERS = {"purpose": Purpose.EARLY_HELP, "roles": {Role.MANAGER, Role.COORDINATOR}}
"""Access of who hands a family's records over."""


def own_rows(request: PractitionerRequest, top: FamilyTop, entry: UUID) -> list[SharedRecord]:
    """The acting agency's rows of one entry: its lines about several children of one event are decided on together."""
    own = events_of(top).filter(owner=request.post.agency)
    found = own.filter(pk=entry).first()
    if found is None:
        raise Http404
    rows: QuerySet[Event] = own.filter(Q(pk=entry) | Q(event_id__isnull=False, event_id=found.event_id))
    return list(rows)


def others(request: PractitionerRequest) -> QuerySet[Agency]:
    """Every agency but one's own."""
    return Agency.objects.exclude(pk=request.post.agency_id).order_by("name")


@access(**READERS)
@require_safe
def decide_on_entry(request: PractitionerRequest, family: UUID, entry: UUID) -> HttpResponse:
    """What was decided on an entry of one's own agency, and the ways to decide."""
    top = find_family(request, family)
    rows = own_rows(request, top, entry)
    context = page(request, top, entry=rows[0], decisions=decisions_on(rows))
    return render(request, "cases/decide_on_entry.html", context | {"back_href": at("show_chronology", top)})


@access(**READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def share_entry(request: PractitionerRequest, family: UUID, entry: UUID) -> HttpResponse:
    """Share an entry with an agency or one person of it whatever agreements say, until a day."""
    top = find_family(request, family)
    rows = own_rows(request, top, entry)
    withheld = {number for row in rows for number in row.hidden_from}
    readers = readers_elsewhere(besides={request.post.agency.no, *withheld}, today=today())
    form = ShareEntryForm(posted(request), readers=readers)
    then = at("decide_on_entry", top, entry=entry)
    done = send(request, form, lambda said: verbs.share_records(rows, form.share()), then=then)
    return done or show(request, "cases/share_entry.html", top, form, entry=rows[0], back_href=then)


@access(**READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def withhold_entry(request: PractitionerRequest, family: UUID, entry: UUID) -> HttpResponse:
    """Withhold an entry from an agency whatever agreements say."""
    top = find_family(request, family)
    rows = own_rows(request, top, entry)
    form = WithholdEntryForm(posted(request), agencies=others(request))
    then = at("decide_on_entry", top, entry=entry)
    done = send(request, form, lambda said: verbs.withhold_records(rows, **said), then=then)
    return done or show(request, "cases/withhold_entry.html", top, form, entry=rows[0], back_href=then)


@access(**READERS)
@require_POST
def end_entry_decision(request: PractitionerRequest, family: UUID, entry: UUID, verb: str) -> HttpResponse:
    """End what was shared with, or withheld from, an agency. Sending it again changes nothing."""
    top = find_family(request, family)
    rows = own_rows(request, top, entry)
    agency = agency_named(request)
    if verb not in ExceptionVerb.values:
        raise Http404
    verbs.end_exceptions(rows, agency=agency, verb=ExceptionVerb(verb))
    messages.success(request, "Ended. Agreements alone decide again.")
    return redirect(at("decide_on_entry", top, entry=entry))


def agency_named(request: PractitionerRequest) -> Agency:
    """The agency a small form names, or 404."""
    form = EndDecisionForm(request.POST)
    if not form.is_valid():
        raise Http404
    agency: Agency = form.cleaned_data["agency"]
    return agency


@access(**MANAGERS)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_records(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """Show what one's agency holds of a family to another agency until a day; and to whom it is shown now."""
    top = find_family(request, family)
    receiving = agencies_with(RECEIVING_ROLES, today=today()).exclude(pk=request.post.agency_id)
    form = HandOverRecordsForm(posted(request), agencies=receiving)
    then = at("hand_over_records", top)

    def do(said: dict) -> None:
        verbs.hand_over_records(family=top.family, **said, by=request.post)

    done = send(request, form, do, then=then)
    context = {"handed": handed_over(top.family)}
    return done or show(request, "cases/hand_over_records.html", top, form, **context)


@access(**MANAGERS)
@require_POST
def take_back_records(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """End what is shown of a family to an agency now. Sending it again changes nothing."""
    top = find_family(request, family)
    verbs.take_back_records(family=top.family, agency=agency_named(request), by=request.post)
    messages.success(request, "Taken back. They see only what agreements show them.")
    return redirect(at("hand_over_records", top))
