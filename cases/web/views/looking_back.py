"""The time machine for a learning review: what each agency could have seen of a family on an earlier day."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.queries.pages.looking_back import HOW, LookedBack, days_to_look_back_at, look_back
from cases.web.forms.looking_back import RECORDED, LookBackForm
from cases.web.views.seeing import NAMED
from sharing_agreements.presenting.spreadsheets import spreadsheet
from sharing_agreements.vocabulary import Purpose
from sharing_agreements.web.doors import PractitionerRequest, access

REVIEWERS = {"purpose": Purpose.EVALUATION, "roles": NAMED}
"""Whoever carries a learning review: managers and governance leads."""


@access(**REVIEWERS)
@require_safe
def look_back_at_family(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """By agency: what it held, what it could have seen of others and why; and when somebody could first see it all."""
    form, found = asked(request, family)
    context = {"form": form, "found": found, "family": family, "by": form["by"].value()}
    return render(request, "cases/look_back_at_family.html", context)


@access(**REVIEWERS)
@require_safe
def export_look_back(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """The same as a file for a spreadsheet."""
    _, found = asked(request, family)
    if found is None:
        raise Http404
    return spreadsheet(f"looking-back-{found.day}-{family}.csv", lines_of(found))


def asked(request: PractitionerRequest, family: UUID) -> tuple[LookBackForm, LookedBack | None]:
    """The form as sent, or filled in for the newest day there is; and the answer, None for a day that is none.

    404, as for a family that does not exist, when there is nothing of it that whoever asks may look back at.
    """
    sent = "by" in request.GET
    by = LookBackForm(request.GET).chosen("by") or RECORDED
    days = days_to_look_back_at(family, by)
    if days is None:
        raise Http404
    form = LookBackForm(request.GET) if sent else LookBackForm(initial={"on": days[1], "by": by})
    if sent and not form.is_valid():
        return form, None
    day = form.cleaned_data["on"] if sent else days[1]
    return form, look_back(family, day=day, by=by)


def lines_of(found: LookedBack) -> list[list[object]]:
    """A head, and a row for each line of each agency; then who could first have seen all of it."""
    head: list[object] = [
        "On",
        "Agency",
        "Way",
        "Whose",
        "Kind",
        "How much",
        "Entries",
        "Agreement",
        "Clause",
        "Roles",
        "First day of all",
    ]
    rows: list[list[object]] = [head]
    for one in found.agencies:
        for line in one.lines:
            clause = [line.clause.reference, line.clause.number] if line.clause else ["", ""]
            roles = "; ".join(role.label for role in line.roles)
            way = [one.name, HOW[line.way], line.owner, line.kind.label, line.how_much, line.entries]
            rows.append([found.day, *way, *clause, roles, ""])
    for reader in found.first_readers:
        all_of_it = [reader.agency, "all of it", "", "", "", found.whole, "", "", reader.role, found.first_day]
        rows.append([found.day, *all_of_it])
    return rows
