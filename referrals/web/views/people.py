"""One child, one record: the night's list of people who may be one, the history of links, and what is missing."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from referrals.actions import matching
from referrals.permissions import hub as permissions
from referrals.queries import people
from referrals.rules.matching import in_words
from referrals.web import cards
from referrals.web.forms.hub import SettleMatchForm, TakeLinkBackForm
from sharing_agreements import queries
from sharing_agreements.models import PersonLink
from sharing_agreements.refusals import require
from sharing_agreements.vocabulary import HUB_ROLES, Purpose, Role
from sharing_agreements.web.doors import PractitionerRequest, access

MANAGERS = frozenset({Role.MANAGER})


@access(purpose=Purpose.TRIAGE, roles=HUB_ROLES)
@require_safe
def list_likenesses(request: PractitionerRequest) -> HttpResponse:
    """Pairs the night's list found, likely ones first."""
    today = timezone.localdate()
    lines = [
        {
            "match": one.match,
            "person": cards.who(one.person, today),
            "candidate": cards.who(one.match.identity, today),
            "held_by": sorted({one.person.owner.short_name, one.match.identity.owner.short_name}),
            "reasons": in_words(one.match.reasons),
        }
        for one in people.likenesses(request.post)
    ]
    return render(request, "referrals/list_likenesses.html", {"lines": lines, "may_settle": True})


@access(purpose=Purpose.TRIAGE, roles=HUB_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def settle_likeness(request: PractitionerRequest, match: UUID) -> HttpResponse:
    """The two accounts side by side; a person says whether they are one."""
    found = get_object_or_404(people.open_likenesses(request.post), pk=match)
    require(permissions.why_not_settle_match(match=found, by=request.post))
    other = get_object_or_404(queries.accounts_of([found.main_person])[:1])
    form = SettleMatchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        same = form.cleaned_data["answer"] == "same"
        verb = matching.confirm_match if same else matching.reject_match
        verb(match=found, by=request.post, now=timezone.now())
        messages.success(request, "Linked. Both records stay." if same else "Kept apart, and remembered.")
        return redirect("referrals:list_likenesses")
    today = timezone.localdate()
    accounts = [
        (f"As {who.owner.short_name} has them", cards.name_of(who), cards.age_of(who, today), who)
        for who in (other, found.identity)
    ]
    context = {"form": form, "match": found, "reasons": in_words(found.reasons), "accounts": accounts}
    return render(request, "referrals/settle_likeness.html", context)


@access(purpose=Purpose.TRIAGE, roles=HUB_ROLES | MANAGERS)
@require_safe
def list_links(request: PractitionerRequest) -> HttpResponse:
    """Who was said to be one person, by whom and why, and what was taken back."""
    lines = [
        (one.link, cards.name_of(one.said), cards.name_of(one.kept), request.post.role in HUB_ROLES)
        for one in people.links(request.post)
    ]
    context = {"lines": lines, "may_settle": request.post.role in HUB_ROLES}
    return render(request, "referrals/list_links.html", context)


@access(purpose=Purpose.TRIAGE, roles=HUB_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def take_link_back(request: PractitionerRequest, link: UUID) -> HttpResponse:
    """Say that two were not one person after all, and why. Each agency's records are as they were."""
    shown = {one.link.pk: one for one in people.links(request.post)}
    found = get_object_or_404(PersonLink.objects.filter(pk__in=shown, unlinked_at=None), pk=link)
    form = TakeLinkBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        matching.take_link_back(link=found, why=form.cleaned_data["why"], by=request.post, now=timezone.now())
        messages.success(request, "Taken back. They are two people again.")
        return redirect("referrals:list_links")
    one = shown[found.pk]
    context = {"form": form, "link": found, "said": cards.name_of(one.said), "kept": cards.name_of(one.kept)}
    return render(request, "referrals/take_link_back.html", context)


@access(purpose=Purpose.OVERSIGHT, roles=HUB_ROLES | MANAGERS, by_role=dict.fromkeys(HUB_ROLES, Purpose.TRIAGE))
@require_safe
def data_quality(request: PractitionerRequest) -> HttpResponse:
    """How complete what is known of children is: this agency's own, and what others sent it."""
    today = timezone.localdate()
    context = {
        "own": people.completeness(request.post, sent=False),
        "sent": people.completeness(request.post, sent=True),
        "gaps": [(cards.who(one.identity, today), one.score, one.missing) for one in people.gaps(request.post)],
        "heads": ["Agency", "Records", "Names", "Born", "Sex", "Address", "Number", "Score"],
        "may_settle": request.post.role in HUB_ROLES,
        "alike": people.open_likenesses(request.post).count() if request.post.role in HUB_ROLES else None,
    }
    return render(request, "referrals/data_quality.html", context)
