"""The steps of an agreement's life: proposing, signing, and those that need a reason."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from sharing_agreements import presenting
from sharing_agreements.actions import agreeing
from sharing_agreements.models import Agreement
from sharing_agreements.presenting import agreements as shown
from sharing_agreements.queries import agreements as queries
from sharing_agreements.queries.examples import examples_of
from sharing_agreements.queries.law import powers
from sharing_agreements.web.doors import PractitionerRequest, access
from sharing_agreements.web.forms.agreeing import ProposeForm, ReasonForm, SignForm
from sharing_agreements.web.views.sending import GOVERNANCE, find_agreement, page_of, posted, send, show


@access(**GOVERNANCE)
@require_http_methods(["GET", "POST"])
def propose_agreement(request: PractitionerRequest, agreement: UUID) -> HttpResponse:
    """Ask the parties to sign the draft as it stands."""
    found = find_agreement(agreement)
    form = ProposeForm(posted(request), initial={"digest": queries.digest_of(found)})
    done = send(
        request, form, lambda said: agreeing.propose(agreement=found, **said, by=request.post), then=page_of(found)
    )
    more = {"advice": queries.advice(found), "failing": [one for one in examples_of(found) if one.fails]}
    return done or show(request, "sharing_agreements/propose_agreement.html", found, form, **more)


@access(**GOVERNANCE)
@require_http_methods(["GET", "POST"])
def sign_agreement(request: PractitionerRequest, agreement: UUID) -> HttpResponse:
    """Sign for the acting agency: the statement, its digest, the signatory, the password again."""
    found = find_agreement(agreement)
    digest = queries.digest_of(found)
    form = SignForm(posted(request), practitioner=request.post.practitioner, initial={"digest": digest})

    def do(said: dict) -> None:
        name, post = said["signatory_name"], said["signatory_post"]
        agreeing.sign(agreement=found, digest=said["digest"], name=name, post=post, by=request.post)

    done = send(request, form, do, then=page_of(found))
    clauses = [(one.number, presenting.clause_sentence(one)) for one in shown.in_order(found.clauses.all())]
    more = {"digest": digest, "clauses": clauses, "examples": examples_of(found)}
    more |= {"purposes": shown.powers_by_purpose(found, powers()), "documents": list(found.documents.defer("content"))}
    return done or show(request, "sharing_agreements/sign_agreement.html", found, form, **more)


def _with_reason(
    request: PractitionerRequest, agreement: UUID, step: Callable[..., None], template: str
) -> HttpResponse:
    found: Agreement = find_agreement(agreement)
    form = ReasonForm(posted(request))
    done = send(request, form, lambda said: step(agreement=found, **said, by=request.post), then=page_of(found))
    return done or show(request, template, found, form)


@access(**GOVERNANCE)
@require_http_methods(["GET", "POST"])
def return_to_draft(request: PractitionerRequest, agreement: UUID) -> HttpResponse:
    """Give a proposal back to its drafter, saying what should change."""
    return _with_reason(request, agreement, agreeing.return_to_draft, "sharing_agreements/return_to_draft.html")


@access(**GOVERNANCE)
@require_http_methods(["GET", "POST"])
def suspend_agreement(request: PractitionerRequest, agreement: UUID) -> HttpResponse:
    """Stop all sharing under an agreement at once."""
    return _with_reason(request, agreement, agreeing.suspend, "sharing_agreements/suspend_agreement.html")


@access(**GOVERNANCE)
@require_http_methods(["GET", "POST"])
def resume_agreement(request: PractitionerRequest, agreement: UUID) -> HttpResponse:
    """Set a suspended agreement going again."""
    return _with_reason(request, agreement, agreeing.resume, "sharing_agreements/resume_agreement.html")


@access(**GOVERNANCE)
@require_http_methods(["GET", "POST"])
def leave_agreement(request: PractitionerRequest, agreement: UUID) -> HttpResponse:
    """The acting agency leaves at once."""
    return _with_reason(request, agreement, agreeing.leave, "sharing_agreements/leave_agreement.html")


@access(**GOVERNANCE)
@require_http_methods(["GET", "POST"])
def end_agreement(request: PractitionerRequest, agreement: UUID) -> HttpResponse:
    """End an agreement for everybody, or give up a draft."""
    return _with_reason(request, agreement, agreeing.end, "sharing_agreements/end_agreement.html")
