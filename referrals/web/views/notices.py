"""Notices of domestic abuse to schools: the police write them, a briefed key adult reads the one sent to them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from referrals.actions import noticing
from referrals.models import SchoolNotice
from referrals.permissions.notices import WRITERS, why_not_write_notice
from referrals.queries import notices as queries
from referrals.web.forms.notices import WriteNoticeForm
from referrals.web.reading_notices import copy_lines, notice_line, told_about
from sharing_agreements.actions.submitting import is_repeat, once
from sharing_agreements.vocabulary import Purpose
from sharing_agreements.web.doors import PractitionerRequest, access

WRITTEN_AGAIN = ("police_reference", "happened_time", "there", "place", "seen", "seemed", "words", "circumstances")
"""What the report, or an earlier notice that was taken back, has said already."""


@access(purpose=Purpose.SCHOOL_NOTICE, roles=WRITERS)
@require_safe
def list_notices(request: PractitionerRequest) -> HttpResponse:
    """A key adult's own notices; for police, what their force owes schools and what was received."""
    post, now = request.post, timezone.now()
    context = {
        "copies": copy_lines(queries.copies_for(post)[: queries.NEWEST]),
        "must_read_card": queries.must_read_card(post),
        "open": [notice_line(one, now) for one in queries.open_notices(post)],
        "settled": [notice_line(one, now) for one in queries.settled_notices(post)],
    }
    return render(request, "referrals/list_notices.html", context)


@access(purpose=Purpose.SCHOOL_NOTICE, roles=WRITERS)
@require_http_methods(["GET", "POST"])
def write_notice(request: PractitionerRequest, notice: UUID) -> HttpResponse:
    """What the school is told about one child; once written, whom it has reached and who there must be briefed."""
    one = get_object_or_404(queries.notices_of_force(request.post), pk=notice)
    is_open = why_not_write_notice(notice=one, by=request.post) is None
    form = _form(request, one)
    if request.method == "POST" and form.is_valid():
        if is_open or is_repeat(form.cleaned_data["idempotency_key"], by=request.post):
            return _send(request, form, one)
        messages.warning(request, "Somebody else wrote this notice meanwhile. Nothing was sent twice.")
        return redirect("referrals:write_notice", one.pk)
    context = {"notice": one, "line": notice_line(one, timezone.now()), "told": told_about(one)}
    if is_open:
        return render(request, "referrals/write_notice.html", {**context, "form": form})
    return render(request, "referrals/view_notice.html", {**context, "key_adults": queries.key_adults(one)})


def _form(request: PractitionerRequest, notice: SchoolNotice) -> WriteNoticeForm:
    at_home = queries.told_of_children_at_home(request.post.agency)
    initial = {name: getattr(notice, name) for name in WRITTEN_AGAIN}
    return WriteNoticeForm(request.POST or None, schools=queries.schools(), at_home=at_home, initial=initial)


def _send(request: PractitionerRequest, form: WriteNoticeForm, notice: SchoolNotice) -> HttpResponse:
    """Write it once, however often the page is sent, and send it to whoever is briefed."""

    def work() -> str:
        data, school = form.cleaned_data, form.chosen()
        copies = noticing.write_notice(
            notice=notice, school=school, none=form.none(), none_words=data["none_words"],
            content={name: data[name] for name in WRITTEN_AGAIN}, by=request.post, now=timezone.now(),
        )  # fmt: skip
        if copies and school:
            messages.success(request, f"Sent to {school.name}.")
        elif school:
            messages.warning(request, f"Not sent yet: nobody at {school.name} may be sent it. See below who must read.")
        return str(notice.pk)

    once(form.cleaned_data["idempotency_key"], by=request.post, body=request.POST.dict(), do=work)
    return redirect("referrals:write_notice", notice.pk)


@access(purpose=Purpose.SCHOOL_NOTICE, roles=WRITERS)
@require_POST
def take_notice_back(request: PractitionerRequest, notice: UUID) -> HttpResponse:
    """Take a notice back from its readers; it is then to be written again."""
    one = get_object_or_404(queries.notices_of_force(request.post), pk=notice)
    noticing.take_notice_back(notice=one, by=request.post, now=timezone.now())
    messages.success(request, "Taken back. Write it again, or say why no school is to be told.")
    return redirect("referrals:write_notice", one.pk)


@access(purpose=Purpose.SCHOOL_NOTICE, roles=WRITERS)
@require_http_methods(["GET", "POST"])
def read_notice(request: PractitionerRequest, copy: UUID) -> HttpResponse:
    """The notice as its reader has it, and a button that says so to the police."""
    one = get_object_or_404(queries.copies_for(request.post), pk=copy)
    if request.method == "POST":
        if noticing.acknowledge(copy=one, by=request.post, now=timezone.now()):
            messages.success(request, "The police can see that you have it.")
        return redirect("referrals:list_notices")
    told = [] if one.withdrawn_at else told_about(one)
    return render(request, "referrals/read_notice.html", {"copy": one, "told": told})
