"""The hub's queue and the small count that tells an open page it has grown."""

import datetime
from typing import Any

from django.db.models import Count, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from cases.queries.pages.receipts import without_receipt
from referrals.actions.filtering import keep_filter
from referrals.models import Decision, RestrictedMatch
from referrals.queries.contacts import around
from referrals.queries.disagreements import waiting_at
from referrals.queries.follow_ups import open_at
from referrals.queries.queue import EVERYTHING, Place, count_arrived, page_of_queue, shown, undecided, wanted_by
from referrals.rules.queue import Wanted
from referrals.web import cards
from referrals.web.forms.hub import FilterQueueForm
from sharing_agreements import queries, working_time
from sharing_agreements.models import Agency, Post
from sharing_agreements.vocabulary import HUB_ROLES, Purpose, Role
from sharing_agreements.web.doors import PractitionerRequest, access

HUB = HUB_ROLES | {Role.MANAGER}


@access(purpose=Purpose.TRIAGE, roles=HUB)
@require_safe
def queue(request: PractitionerRequest) -> HttpResponse:
    """Contacts that want something, in the order they are looked at, 25 a page."""
    now = timezone.now()
    wanted = wanted_by(request.post)
    contacts, following = page_of_queue(request.post, now, _place(request), wanted)
    found = around(contacts, post=request.post, today=timezone.localdate(now))
    shut = not working_time.is_open(now, queries.calendar())
    phone = request.post.agency.out_of_hours_phone if shut else ""
    context = {
        "cards": [cards.card(one, found, now=now, duty_phone=phone) for one in contacts],
        "opened_at": now.isoformat(),
        "shut": shut,
        "manages": request.post.role == Role.MANAGER,
        "hub": request.post.agency,
        "first_page": "at" not in request.GET,
        "next": following
        and urlencode(
            {
                "at": following.at.isoformat(),
                "band": following.band,
                "moment": following.moment.isoformat(),
                "after": following.contact,
            }
        ),
        **_filter(request.post, wanted),
        **_counts(request.post),
    }
    return render(request, "referrals/queue.html", context)


def _filter(post: Post, wanted: Wanted) -> dict[str, Any]:
    """The form that says what is shown, and how many contacts it leaves out: nobody forgets a filter."""
    waiting = undecided(post)
    left_out = 0 if wanted.is_everything else waiting.count() - shown(waiting, wanted, post).count()
    form = FilterQueueForm(initial={"whose": wanted.whose or "", "grade": wanted.grade or ""})
    return {"filter_form": form, "is_filtered": not wanted.is_everything, "left_out": left_out}


@access(purpose=Purpose.TRIAGE, roles=HUB)
@require_POST
def filter_queue(request: PractitionerRequest) -> HttpResponse:
    """Keep what this person wants to see; what the page does not offer is everything."""
    form = FilterQueueForm(request.POST)
    keep_filter(wanted=form.wanted() if form.is_valid() else EVERYTHING, by=request.post)
    return redirect("referrals:queue")


def _counts(post: Post) -> dict[str, int]:
    """What else waits at the hub, counted at once."""
    waiting = {
        "held": Decision.objects.visible().filter(owner_no=post.agency.no, held=True),
        "step_ups": without_receipt().filter(owner=post.agency_id),
        "told": RestrictedMatch.objects.filter(recipient=post.practitioner_id),
        "disagreements": waiting_at(post),
        "follow_ups": open_at(post),
    }
    counts = {name: _count_of(rows) for name, rows in waiting.items()}
    return dict(Agency.objects.filter(pk=post.agency_id).values(**counts).get())


def _count_of(rows: QuerySet[Any]) -> Coalesce:
    """How many, as a part of a larger query."""
    every = rows.order_by().annotate(every=Value(1)).values("every")
    return Coalesce(Subquery(every.annotate(many=Count("pk")).values("many")), 0)


def _place(request: PractitionerRequest) -> Place | None:
    """Where the page begins; an address with nonsense in it begins at the front."""
    at = _moment(request.GET.get("at", ""))
    moment = _moment(request.GET.get("moment", ""))
    contact = cards.uuid_or_none(request.GET.get("after", ""))
    band = request.GET.get("band", "")
    if at is None or moment is None or contact is None or not (band.isascii() and band.isdigit() and len(band) == 1):
        return None
    return Place(at, int(band), moment, contact)


def _moment(text: str) -> datetime.datetime | None:
    try:
        found = parse_datetime(text.replace(" ", "+"))
    except ValueError:
        return None
    return found if found and timezone.is_aware(found) else None


@access(purpose=Purpose.TRIAGE, roles=HUB)
@require_safe
def count_waiting(request: PractitionerRequest) -> HttpResponse:
    """How many contacts came or got news since the page was opened; 304 while that is what was last said."""
    since = _moment(request.GET.get("since", "")) or timezone.now()
    count = count_arrived(request.post, since)
    tag = f'"{count}"'
    if request.headers.get("If-None-Match") == tag:
        answer: HttpResponse = HttpResponseNotModified()
    else:
        answer = JsonResponse({"count": count})
    answer["ETag"] = tag
    answer["Cache-Control"] = "no-store"
    return answer
