"""The door for a police force without accounts: an address of an approved domain, a code, and one's own reports."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from referrals.actions import letting_in
from referrals.queries.reporting import hubs
from referrals.rules.outside import SESSION_LASTS
from referrals.web.forms.outside import AskCodeForm, EnterCodeForm
from sharing_agreements.actions.mailing import sends_mail
from sharing_agreements.refusals import Refused
from sharing_agreements.web.doors import open_to_all

ASKED = "outside_access"
"""Which wish this browser's code belongs to: a code opens nowhere else."""


@open_to_all
@require_http_methods(["GET", "POST"])
def ask_outside_code(request: HttpRequest) -> HttpResponse:
    """Say who you are and where the code goes to."""
    form = AskCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            said = {name: form.cleaned_data[name] for name in ("email", "name", "phone")}
            request.session[ASKED] = str(letting_in.ask_for_code(**said))
        except Refused as refused:
            form.add_error("email", refused.refusal.sentence)
        else:
            return redirect("referrals:enter_outside_code")
    context = {"form": form, "hubs": hubs(), "sends_mail": sends_mail()}
    return render(request, "referrals/ask_outside_code.html", context, status=422 if form.errors else 200)


@open_to_all
@require_http_methods(["GET", "POST"])
def enter_outside_code(request: HttpRequest) -> HttpResponse:
    """Type the code; it opens one's own reports for an hour, and nothing else."""
    asked = request.session.get(ASKED)
    if not asked:
        return redirect("referrals:ask_outside_code")
    form = EnterCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        post = letting_in.open_with(access=UUID(asked), code=form.cleaned_data["code"])
        if post:
            login(request, post.practitioner, backend=settings.AUTHENTICATION_BACKENDS[0])
            request.session.pop(ASKED, None)
            request.session.set_expiry(timezone.now() + SESSION_LASTS)
            return redirect("referrals:my_reports")
        form.add_error("code", "This code does not open. Check it, or ask for a new one.")
    context = {"form": form, "hubs": hubs(), "mail_folder": settings.EMAIL_FILE_PATH if settings.DEMONSTRATION else ""}
    return render(request, "referrals/enter_outside_code.html", context, status=422 if form.errors else 200)
