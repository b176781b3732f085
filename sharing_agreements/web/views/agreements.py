"""Reading agreements: the register, one agreement with its parties and clauses as sentences, its matrix and history."""

from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sharing_agreements import presenting
from sharing_agreements.lifecycle import possible
from sharing_agreements.models import Agreement, AgreementDocument
from sharing_agreements.presenting import agreements as shown
from sharing_agreements.presenting.examples import example_sentence
from sharing_agreements.queries import agreements as queries
from sharing_agreements.queries import superseded
from sharing_agreements.queries.examples import alarms_for, examples_to_show
from sharing_agreements.queries.law import powers
from sharing_agreements.queries.simulating import may_simulate
from sharing_agreements.vocabulary import AgreementState, Purpose, Role
from sharing_agreements.web.doors import PractitionerRequest, access
from sharing_agreements.web.views.sending import find_agreement

_SCREENS = {
    "propose": ("propose_agreement", "Propose it for signature"),
    "sign": ("sign_agreement", "Sign for your agency"),
    "return": ("return_to_draft", "Return it to draft"),
    "suspend": ("suspend_agreement", "Suspend it"),
    "resume": ("resume_agreement", "Resume it"),
    "leave": ("leave_agreement", "Leave it"),
    "end": ("end_agreement", "End it for everybody"),
}


@access(purpose=Purpose.GOVERNANCE)
@require_safe
def agreements(request: PractitionerRequest) -> HttpResponse:
    """Every agreement of the partnership: what waits for this agency, its drafts, and what is in force today."""
    today = timezone.localdate()
    found = queries.register(for_post=request.post, today=today)
    rows = [(one, presenting.standing(one, today, found.replaced.get(one.pk))) for one in found.others]
    context = {
        "rows": rows,
        "waiting": found.waiting,
        "drafts": found.drafts,
        "warnings": [(one, presenting.warning_sentence(one, due, today)) for one, due in found.warnings],
        "alarms": [(one, example_sentence(one.example)) for one in alarms_for(request.post)],
        "is_lead": request.post.role == Role.GOVERNANCE_LEAD,
    }
    return render(request, "sharing_agreements/agreements.html", context)


@access(purpose=Purpose.GOVERNANCE)
@require_safe
def read_agreement(request: PractitionerRequest, agreement: UUID) -> HttpResponse:
    """One agreement in full, with the steps this governance lead may take and what was done to it."""
    found = find_agreement(agreement)
    suspended = found.state == AgreementState.SUSPENDED and queries.may_resume(found)
    hands = shown.hands_of(found, request.post, suspended_it=suspended)
    is_lead, is_draft = request.post.role == Role.GOVERNANCE_LEAD, found.state == AgreementState.DRAFT
    context = {
        "agreement": found,
        "standing": presenting.standing(found, timezone.localdate(), superseded().get(found.pk)),
        "purposes": shown.powers_by_purpose(found, powers()),
        "clauses": [(one, presenting.clause_sentence(one)) for one in shown.in_order(found.clauses.all())],
        "examples": examples_to_show(found),
        "documents": found.documents.defer("content"),
        "steps": [
            ("end_agreement", "Give up the draft") if is_draft and verb == "end" else _SCREENS[verb]
            for verb in possible(found.state, hands)
        ],
        "is_editable": is_draft and is_lead and found.drafter_id == request.post.agency_id,
        "may_simulate": is_lead and may_simulate(found),
        "may_copy": is_lead and not is_draft,
        "faults": [*queries.legal_faults(found), *queries.sensitive_faults(found)] if is_draft else [],
        "advice": queries.advice(found) if is_draft else [],
        "history": shown.history(found),
    }
    return render(request, "sharing_agreements/read_agreement.html", context)


@access(purpose=Purpose.GOVERNANCE)
@require_safe
def show_matrix(request: PractitionerRequest, agreement: UUID) -> HttpResponse:
    """Who sees what of whose, and how much, as a table for each recipient."""
    found = find_agreement(agreement)
    context = {"agreement": found, "grids": shown.matrix(found)}
    return render(request, "sharing_agreements/show_matrix.html", context)


@access(purpose=Purpose.GOVERNANCE)
@require_safe
def compare_agreements(request: PractitionerRequest, agreement: UUID, older: UUID) -> HttpResponse:
    """What one version changes against another of the same reference."""
    found = find_agreement(agreement)
    before = get_object_or_404(Agreement, pk=older, reference=found.reference)
    context = {"agreement": found, "older": before, "change": shown.compare(find_agreement(before.pk), found, powers())}
    return render(request, "sharing_agreements/compare_agreements.html", context)


@access(purpose=Purpose.GOVERNANCE)
@require_safe
def read_proposed_words(request: PractitionerRequest, agreement: UUID, digest: str) -> HttpResponse:
    """What was once proposed, to the letter, whatever became of it: the SHA-256 of the file is its address."""
    move = find_agreement(agreement).moves.filter(digest=digest).exclude(words="").first()
    if move is None:
        raise Http404
    return HttpResponse(move.words, content_type="text/plain; charset=utf-8")


@access(purpose=Purpose.GOVERNANCE)
@require_safe
def read_document(request: PractitionerRequest, agreement: UUID, document: UUID) -> HttpResponse:
    """A paper of an agreement, to be saved, never shown inside the site."""
    paper = get_object_or_404(AgreementDocument, pk=document, agreement=agreement)
    answer = HttpResponse(bytes(paper.content), content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = _as_file(paper.filename)
    return answer


def _as_file(name: str) -> str:
    """The header that saves a file under its name, whatever letters are in it."""
    return f"attachment; filename*=UTF-8''{quote(name)}"
