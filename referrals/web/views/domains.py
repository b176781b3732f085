"""Mail domains of forces without accounts."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from referrals.actions import approving
from referrals.rules.report import POLICE
from sharing_agreements.actions.submitting import once
from sharing_agreements.fields import BaseForm
from sharing_agreements.models import Agency
from sharing_agreements.refusals import Refused
from sharing_agreements.vocabulary import Purpose, Role
from sharing_agreements.web.doors import PractitionerRequest, access

ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})


class ApproveDomainForm(BaseForm):
    """A domain, and whose it is."""

    domain = forms.CharField(label="Mail domain", max_length=253, help_text="What stands behind the @")
    force = forms.ModelChoiceField(label="Force", queryset=Agency.objects.none(), empty_label="Choose")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["force"].queryset = Agency.objects.filter(type__in=POLICE).order_by("name")  # type: ignore[attr-defined]


@access(purpose=Purpose.GOVERNANCE, roles=ADMINISTRATORS)
@require_http_methods(["GET", "HEAD", "POST"])
def list_mail_domains(request: PractitionerRequest) -> HttpResponse:
    """Every approved domain, and the form to approve one."""
    form = ApproveDomainForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("domain", "force")}

        def do() -> str:
            approving.approve_mail_domain(**said)
            return "referrals:list_mail_domains"

        try:
            return redirect(
                once(form.cleaned_data["idempotency_key"], by=request.post, body=request.POST.dict(), do=do)
            )
        except Refused as refused:
            form.add_error("domain", refused.refusal.sentence)
    context = {"form": form, "domains": approving.mail_domains()}
    return render(request, "referrals/list_mail_domains.html", context, status=422 if form.errors else 200)


@access(purpose=Purpose.GOVERNANCE, roles=ADMINISTRATORS)
@require_POST
def take_back_mail_domain(request: PractitionerRequest) -> HttpResponse:
    """Take an approval back. Pressing twice does it once."""
    if approving.take_back_mail_domain(domain=request.POST.get("domain", "")):
        messages.success(request, "Nobody is let in by this domain any more.")
    return redirect("referrals:list_mail_domains")
