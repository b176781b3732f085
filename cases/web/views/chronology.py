"""The chronology: read page by page, saved as a file, and pinned where something matters most."""

from dataclasses import dataclass, replace
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.actions import pinning
from cases.models import Event
from cases.queries.pages.chronology import FILE_HOLDS, Entry, Wanted, chronology, events_of, whole_chronology
from cases.queries.pages.family_top import FamilyTop
from cases.queries.pages.history import History, history_of, strip_of
from cases.queries.pages.pins import SHOWN, Pins, pins_of
from cases.web.forms.pinning import PinEntryForm
from cases.web.forms.reading import FilterChronologyForm
from cases.web.paper import PAPER, as_pdf, lines_of
from cases.web.views.doing import now, posted, send, show
from cases.web.views.opening import DOERS, READERS, WORKERS, at, find_family, page, today
from sharing_agreements.presenting.spreadsheets import spreadsheet
from sharing_agreements.web.doors import PractitionerRequest, access


@dataclass(frozen=True)
class Asked:
    """A family, what there is of its history, and which part of it is asked for."""

    top: FamilyTop
    history: History
    pins: Pins
    form: FilterChronologyForm


def asked(request: PractitionerRequest, family: UUID) -> Asked:
    """What the address asks for; the same for the page and for a file."""
    top = find_family(request, family)
    history = history_of(top)
    return Asked(top, history, pins_of(top), FilterChronologyForm(request.GET, top=top, history=history, today=today()))


@access(**READERS)
@require_safe
def show_chronology(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """The family's history, as far as this reader may see it; on the first page what matters most, and the strip."""
    told = asked(request, family)
    query, after = told.form.asked, request.GET.get("after", "")
    found = chronology(told.top, wanted=told.form.wanted, pins=told.pins, after=after)
    context = {
        "form": told.form,
        "entries": [replace(entry, own=entry.by_owner.get(request.post.agency_id)) for entry in found.entries],
        "older": f"?{query}&after={found.older}" if found.older else "",
        "newest": f"?{query}" if after else "",
        "filtered": bool(query or after),
        "query": query,
        "may_pin": request.post.role in WORKERS,
        "my_agency": request.post.agency_id,
        "on_paper": PAPER,
        "file_holds": FILE_HOLDS,
    }
    return render(request, "cases/show_chronology.html", page(request, told.top, **context, **at_first(told, after)))


def at_first(told: Asked, after: str) -> dict[str, object]:
    """What heads the first page: the strip, and what matters most where nothing is picked."""
    if after:
        return {}
    most: list[Entry] = []
    if not told.form.asked:
        most = chronology(told.top, wanted=Wanted(pinned=True), pins=told.pins, after="").entries
    strip = strip_of(told.top, told.history, today=today())
    return {"strip": strip, "undated": told.history.undated, "most": most[:SHOWN], "more_pinned": len(most) > SHOWN}


@access(**READERS)
@require_safe
def export_chronology(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """The same as a file for a spreadsheet, a line for each account. The log keeps every record that is in it."""
    told = asked(request, family)
    found = whole_chronology(told.top, wanted=told.form.wanted, pins=told.pins)
    return spreadsheet(f"chronology-{today()}-{family}.csv", lines_of(found))


@access(**READERS)
@require_safe
def print_chronology(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """The same as a PDF, where this site can make one; 404 where it cannot."""
    if not PAPER:
        raise Http404
    told = asked(request, family)
    found = whole_chronology(told.top, wanted=told.form.wanted, pins=told.pins)
    context = {"top": told.top, "found": found, "asked": told.form.in_words, "today": today(), "post": request.post}
    answer = HttpResponse(as_pdf("cases/print_chronology.html", context), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="chronology-{today()}-{family}.pdf"'
    return answer


def lines_of_entry(top: FamilyTop, entry: UUID) -> list[Event]:
    """Every line of a happening that this reader may see: one for each child and agency. 404 where there is none."""
    found = events_of(top).filter(pk=entry).first()
    if found is None:
        raise Http404
    return list(events_of(top).filter(event_id=found.event_id)) if found.event_id else [found]


@access(**DOERS)
@require_http_methods(["GET", "HEAD", "POST"])
def pin_entry(request: PractitionerRequest, family: UUID, entry: UUID) -> HttpResponse:
    """Pin what happened as one of the events that matter most, and say why."""
    top = find_family(request, family)
    rows = lines_of_entry(top, entry)
    form = PinEntryForm(posted(request))
    then = f"{at('show_chronology', top)}#event-{entry}"
    done = send(request, form, lambda said: pinning.pin(events=rows, **said, by=request.post, now=now()), then=then)
    more = {"entry": rows[0], "back_href": at("show_chronology", top)}
    return done or show(request, "cases/pin_entry.html", top, form, **more)


@access(**DOERS)
@require_POST
def unpin_entry(request: PractitionerRequest, family: UUID, entry: UUID) -> HttpResponse:
    """Take one's own agency's pins off what happened. Sending it again changes nothing."""
    top = find_family(request, family)
    pinning.unpin(events=lines_of_entry(top, entry), by=request.post, now=now())
    return redirect(f"{at('show_chronology', top)}#event-{entry}")
