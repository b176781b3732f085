"""How reporters hear back: telling one that nothing is decided yet, and a manager's page of the times."""

import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from referrals.actions import saying
from referrals.permissions import hub as permissions
from referrals.presenting import name_of
from referrals.queries.hearing import heard_since
from referrals.queries.reporting import names_in
from referrals.rules.feedback import words_not_decided
from referrals.web.forms.hub import TellReporterForm
from referrals.web.hearing import page_of_times
from referrals.web.views.contacts import ask, contact_or_404
from sharing_agreements.models import Post
from sharing_agreements.queries import calendar
from sharing_agreements.refusals import not_yours, require
from sharing_agreements.vocabulary import HUB_ROLES, AgencyType, Purpose, Role
from sharing_agreements.web.doors import PractitionerRequest, access

PERIODS = {"7": "The last 7 days", "30": "The last 30 days", "90": "The last 90 days"}


@access(purpose=Purpose.TRIAGE, roles=HUB_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def tell_reporter(request: PractitionerRequest, contact: UUID) -> HttpResponse:
    """Tell the reporter that nothing is decided yet, in the words shown."""
    one = contact_or_404(contact)
    require(permissions.why_not_say_not_decided(contact=one, by=request.post))
    form = TellReporterForm(request.POST or None, initial={"version": one.version})
    names = names_in([one.report], request.post)

    def do(now: Any) -> None:
        saying.say_not_decided(contact=one, version=form.cleaned_data["version"], by=request.post, now=now)

    return ask(
        request,
        one,
        form,
        do,
        "referrals/tell_reporter.html",
        "The reporter has been told.",
        words=words_not_decided(one.due_at),
        names=[name_of(names.get(child.person_id)) for child in saying.children_not_decided(one)],
    )


@access(purpose=Purpose.OVERSIGHT, roles=[Role.MANAGER])
@require_safe
def hearing_times(request: PractitionerRequest) -> HttpResponse:
    """How many reporters heard in time, the median, and the late ones, for the hub's manager."""
    require(None if _is_hubs(request.post) else not_yours())
    now, days = timezone.now(), request.GET.get("days", "30")
    period = days if days in PERIODS else "30"
    heard = heard_since(request.post, now - datetime.timedelta(days=int(period)))
    context = page_of_times(heard, now, calendar())
    return render(request, "referrals/hearing_times.html", {**context, "periods": PERIODS, "period": period})


def _is_hubs(post: Post) -> bool:
    return post.agency.type == AgencyType.HUB
