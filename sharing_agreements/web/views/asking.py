"""Asking for a kind of record or for an agreement, from any page that shows nothing; and answering."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sharing_agreements.actions.asking import Wish, answer_request
from sharing_agreements.actions.asking import ask_for_sharing as ask
from sharing_agreements.actions.submitting import once
from sharing_agreements.models import Agency, AgreementRequest
from sharing_agreements.presenting import ladder_of
from sharing_agreements.queries import asking
from sharing_agreements.vocabulary import Purpose, Role
from sharing_agreements.web.doors import PractitionerRequest, access
from sharing_agreements.web.forms.asking import AnswerAgreementRequestForm, AskForSharingForm


@access(purpose=Purpose.GOVERNANCE)
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_sharing(request: PractitionerRequest) -> HttpResponse:
    """Ask for a kind of another agency's records. Says and keeps nothing about any child."""
    others = Agency.objects.exclude(pk=request.post.agency_id)
    form = AskForSharingForm(request.POST or None, agencies=others, initial=request.GET.dict())
    if form.is_valid():
        data = form.cleaned_data
        wish = Wish(asked=data["asked"], kind=data["kind"], level=data["level"], why=data["why"])

        def do() -> str:
            made = ask(wish, by=request.post, now=timezone.now())
            return f"{reverse('sharing_agreements:agreement_requests')}#request-{made.pk}"

        where = once(data["idempotency_key"], by=request.post, body=body_of(request), do=do)
        messages.success(request, "Your request is with the governance leads. No record was looked at.")
        return redirect(where)
    context = {"form": form}
    return render(request, "sharing_agreements/ask_for_sharing.html", context, status=422 if form.errors else 200)


def body_of(request: PractitionerRequest) -> dict[str, str]:
    """What was typed, without the form's own key."""
    return {name: said for name, said in request.POST.items() if name != "idempotency_key"}


@access(purpose=Purpose.GOVERNANCE)
@require_safe
def agreement_requests(request: PractitionerRequest) -> HttpResponse:
    """A governance lead's requests to answer; everybody else's own and what climbed to them; what became of each."""
    today = timezone.localdate()
    wishes = [(one, ladder_of(one, today)) for one in asking.requests()]
    context = {"requests": wishes, "answers": request.post.role == Role.GOVERNANCE_LEAD}
    return render(request, "sharing_agreements/agreement_requests.html", context)


@access(purpose=Purpose.GOVERNANCE, roles={Role.GOVERNANCE_LEAD})
@require_http_methods(["GET", "HEAD", "POST"])
def answer_agreement_request(request: PractitionerRequest, wish: UUID) -> HttpResponse:
    """Say what becomes of a request."""
    one = get_object_or_404(AgreementRequest.objects.select_related("agency", "asked", "asked_by"), pk=wish)
    form = AnswerAgreementRequestForm(request.POST or None, initial={"version": one.version, "answer": one.answer})
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("state", "answer", "version")}
        if answer_request(one, **said, by=request.post, now=timezone.now()):
            messages.success(request, "Answered.")
            return redirect("sharing_agreements:agreement_requests")
        form.add_error(None, f"Somebody answered while your page was open: {one.get_state_display()}. {one.answer}")
    context = {"form": form, "wish": one, "ladder": ladder_of(one, timezone.localdate())}
    return render(
        request, "sharing_agreements/answer_agreement_request.html", context, status=422 if form.errors else 200
    )
