"""E-mails that something waits: what somebody chose, and for whoever runs the service those that did not arrive."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sharing_agreements.actions import mailing, notifying
from sharing_agreements.queries import notifications as queries
from sharing_agreements.vocabulary import HowOften, Purpose
from sharing_agreements.web.doors import PractitionerRequest, access
from sharing_agreements.web.forms.notifications import ChooseNotificationsForm
from sharing_agreements.web.views.jobs import OPERATORS
from sharing_agreements.web.views.sending import posted, send


@access(purpose=Purpose.OWN_ACCOUNT)
@require_http_methods(["GET", "HEAD", "POST"])
def notifications(request: PractitionerRequest) -> HttpResponse:
    """One's own: how often, to which address, and the last ones."""
    form = ChooseNotificationsForm(posted(request), initial={"how_often": queries.how_often(request.post)})

    def do(said: dict[str, str]) -> None:
        notifying.choose_how_often(how_often=HowOften(said["how_often"]), by=request.post)
        messages.success(request, "Saved.")

    if done := send(request, form, do, then="sharing_agreements:notifications"):
        return done
    context = {
        "form": form,
        "address": request.post.practitioner.email,
        "sends_mail": mailing.sends_mail(),
        "sent": queries.own_notifications(request.post),
    }
    return render(request, "sharing_agreements/notifications.html", context, status=422 if form.errors else 200)


@access(purpose=Purpose.GOVERNANCE, roles=OPERATORS)
@require_safe
def undelivered_notifications(request: PractitionerRequest) -> HttpResponse:
    """E-mails that did not arrive, newest first."""
    context = {"undelivered": queries.undelivered(now=timezone.now()), "sends_mail": mailing.sends_mail()}
    return render(request, "sharing_agreements/undelivered_notifications.html", context)


@access(purpose=Purpose.GOVERNANCE, roles=OPERATORS)
@require_POST
def send_notification_again(request: PractitionerRequest, notification: UUID) -> HttpResponse:
    """Send another in its place. Pressing twice does it once."""
    if notifying.send_again(notification=notification):
        messages.success(request, "Another e-mail is on its way.")
    else:
        messages.info(request, "That e-mail is not waiting any more.")
    return redirect("sharing_agreements:undelivered_notifications")
