"""A quick note on a known family, from the list of families in touch or from Find; and that list.

Whether the writer is worried is asked first: a worry is a report draft with nothing typed again, and no note stands
in its way. Anything else goes to whoever leads or covers.
"""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.noting import write_quick_note
from cases.queries import quick_notes as queries
from cases.queries.pages.known import KnownPeople, full_name, known_as
from cases.queries.quick_notes import InTouch, WhoHears
from referrals.actions.drafting import draft_from_note
from referrals.web.forms.quick_notes import QuickNoteForm
from referrals.web.pages import whom_to_ring
from sharing_agreements.actions.submitting import once
from sharing_agreements.models import Identity
from sharing_agreements.part_known import PartKnownDate
from sharing_agreements.queries import identities_of, same_people
from sharing_agreements.vocabulary import CASEWORK_ROLES, HUB_ROLES, Precision, Purpose, Role
from sharing_agreements.web.doors import PractitionerRequest, access

WRITERS = CASEWORK_ROLES - HUB_ROLES
OFFICERS = {Role.REPORTER: Purpose.REPORTING, Role.SUPERVISOR: Purpose.REPORTING}


@access(purpose=Purpose.KEEPING_IN_TOUCH, roles=WRITERS)
@require_safe
def families_in_touch(request: PractitionerRequest) -> HttpResponse:
    """Families who agreed to be on partners' lists: the name, whom to tell, their number, and until when. No more."""
    page = queries.families_in_touch(after=request.GET.get("after", ""))
    hears = queries.whom_to_tell(family.case for family in page.families)
    people = [child for family in page.families for child in family.children]
    known = known_as(identities_of(people, for_post=request.post), today=timezone.localdate())
    lines = [_line(family, hears.get(family.case), known) for family in page.families]
    context = {"lines": [line for line in lines if line], "later": page.later, **whom_to_ring(request)}
    return render(request, "referrals/families_in_touch.html", context)


def _line(family: InTouch, hears: WhoHears | None, known: KnownPeople) -> dict[str, object] | None:
    """One family of the list; nothing of one whose children this reader may not name, or about whom nobody hears."""
    named = [child for child in family.children if child in known]
    if not named or hears is None:
        return None
    return {"name": known.names(named), "case": family.case, "hears": hears, "ends_on": family.ends_on}


@access(purpose=Purpose.KEEPING_IN_TOUCH, roles=WRITERS)
@require_http_methods(["GET", "POST"])
def note_in_touch(request: PractitionerRequest, case: UUID) -> HttpResponse:
    """A quick note on a family from the list."""
    children = queries.children_in_touch(case)
    accounts = identities_of(children, for_post=request.post)
    named = [(child, full_name(accounts[child])) for child in children if child in accounts]
    hears = queries.whom_to_tell([case]).get(case)
    if hears is None or not named:
        raise Http404
    return _note(request, hears, named, accounts, back="referrals:families_in_touch")


@access(purpose=Purpose.EARLY_HELP, roles=WRITERS, by_role=OFFICERS)
@require_http_methods(["GET", "POST"])
def note_known(request: PractitionerRequest, person: UUID) -> HttpResponse:
    """A quick note on a child of whom Find said whom to ring: that they are helped is all its writer must know
    (decision 0068). Others of the case are offered as far as they may be read and named."""
    hears = queries.helped_in([person]).get(person)
    if hears is None:
        raise Http404
    helped = queries.children_helped(hears.case)
    same = same_people([person, *helped])
    children = [person, *(child for child in helped if same[child] != same[person])]
    accounts = identities_of(children, for_post=request.post)
    named = [(child, full_name(accounts[child])) for child in children if child in accounts]
    asked = named if person in accounts else [(person, "The child you looked for"), *named]
    return _note(request, hears, asked, accounts, back="referrals:find", ticked=person)


def _note(
    request: PractitionerRequest,
    hears: WhoHears,
    named: list[tuple[UUID, str]],
    accounts: Mapping[UUID, Identity],
    *,
    back: str,
    ticked: UUID | None = None,
) -> HttpResponse:
    form = QuickNoteForm(request.POST if request.method == "POST" else None, children=named, ticked=ticked)
    if request.method == "POST" and form.is_valid():
        return _send(request, form, hears, accounts, back)
    context = {"form": form, "hears": hears, "back_href": reverse(back), "names": [name for _, name in named]}
    return render(
        request, "referrals/quick_note.html", context | whom_to_ring(request), status=422 if form.errors else 200
    )


def _send(
    request: PractitionerRequest, form: QuickNoteForm, hears: WhoHears, accounts: Mapping[UUID, Identity], back: str
) -> HttpResponse:
    """A worry becomes a draft, anything else a note to the lead; once, however often it is sent."""
    said, now = form.cleaned_data, timezone.now()

    def work() -> str:
        if said["worry"]:
            draft = draft_from_note(
                key=said["idempotency_key"],
                account=said["text"],
                happened_on=timezone.localdate(now),
                children=[(full_name(accounts[one]), _born(accounts[one])) for one in form.about() if one in accounts],
                by=request.post,
                now=now,
            )
            return reverse("referrals:write_report", args=[draft.pk, "danger"])
        write_quick_note(hears=hears, people=form.about(), text=said["text"], by=request.post, now=now)
        return reverse(back)

    body = {name: "\n".join(request.POST.getlist(name)) for name in request.POST if name != "idempotency_key"}
    there = once(said["idempotency_key"], by=request.post, body=body, do=work)
    if not said["worry"]:
        who = hears.told.name if hears.told else hears.agency.name
        messages.success(request, f"Sent to {who}.")
    return redirect(there)


def _born(identity: Identity) -> PartKnownDate:
    return PartKnownDate(identity.born_on, Precision(identity.born_precision))
