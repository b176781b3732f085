"""What became of files of old reports: every import, one with its rejects, and the rejected lines as a file."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from referrals.queries.imports import NEWEST, imports, rejects_by_reason
from sharing_agreements.presenting.spreadsheets import spreadsheet
from sharing_agreements.vocabulary import Purpose, Role
from sharing_agreements.web.doors import PractitionerRequest, access

WHO_TENDS = frozenset({Role.ADMINISTRATOR, Role.GOVERNANCE_LEAD})


@access(purpose=Purpose.GOVERNANCE, roles=WHO_TENDS)
@require_safe
def list_imports(request: PractitionerRequest) -> HttpResponse:
    """Every file that was imported for the own agency, newest first."""
    return render(request, "referrals/list_imports.html", {"runs": imports()[:NEWEST], "most": NEWEST})


@access(purpose=Purpose.GOVERNANCE, roles=WHO_TENDS)
@require_safe
def show_import(request: PractitionerRequest, imported: UUID) -> HttpResponse:
    """One import: how far it is, what came in, and why lines did not."""
    found = get_object_or_404(imports(), pk=imported)
    rejects = rejects_by_reason(found)
    columns = sorted(_columns(found.mapping).items())
    return render(request, "referrals/show_import.html", {"run": found, "rejects": rejects, "columns": columns})


def _columns(mapping: dict[str, object]) -> dict[str, str]:
    """What is read from one column each, by what it says."""
    named = {part: said.get("column") if isinstance(said, dict) else said for part, said in mapping.items()}
    return {part.replace("_", " "): column for part, column in named.items() if isinstance(column, str)}


@access(purpose=Purpose.GOVERNANCE, roles=WHO_TENDS)
@require_safe
def save_rejects(request: PractitionerRequest, imported: UUID) -> HttpResponse:
    """The rejected lines by number with the reason, as a file; never a word of a line."""
    found = get_object_or_404(imports(), pk=imported)
    name = f"rejects-{found.started_at:%Y-%m-%d}.csv"
    return spreadsheet(name, [("line", "reason"), *found.rejects.values_list("line", "reason")])
