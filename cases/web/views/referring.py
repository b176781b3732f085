"""Referring a family to a service from an action of its plan, and following what becomes of it."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from cases import permissions
from cases.actions import referring
from cases.models import Action, Service, ServiceReferral
from cases.queries.directory import SHOWN, services_for
from cases.queries.pages.family_top import HIDDEN
from cases.queries.pages.referrals import stands_at
from cases.rules.directory import FOLLOWS, Door
from cases.vocabulary import ReferralState
from cases.web.forms.directory import FollowReferralForm, ReferForm, SearchServicesForm
from cases.web.views.doing import find_case, find_record, now, posted, send, show
from cases.web.views.opening import DOERS, at
from sharing_agreements.refusals import require
from sharing_agreements.web.doors import PractitionerRequest, access


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def refer_to_service(request: PractitionerRequest, family: UUID, record: UUID) -> HttpResponse:
    """Look for a service that meets the need of an action, and say that the family was referred there."""
    top, case = find_case(request, family)
    action = find_record(Action.objects.select_related("need", "case"), record, case=case)
    require(permissions.why_not_progress(by=request.post, action=action, today=now()))
    asked = request.GET or {"heading": action.need.heading if action.need else ""}
    search = SearchServicesForm(asked)
    found = list(services_for(search.wanted())[:SHOWN])
    shut = [one for one in found if one.door == Door.CLOSED]
    services = [one for one in found if one.door != Door.CLOSED]
    services += chosen(request.POST.get("service", ""), services)
    is_hidden = any(line.word == HIDDEN for line in top.strip)
    form = ReferForm(posted(request), services=services, asks_area=not is_hidden)

    def do(said: dict) -> object:
        service = Service.objects.get(pk=said.pop("service"))
        return referring.refer(action=action, service=service, **said, by=request.post, now=now())

    then = at("show_plan", top)
    done = send(request, form, do, then=then)
    more = {"action": action, "search": search, "services": services, "shut": shut}
    return done or show(request, "cases/refer_to_service.html", top, form, back_href=then, **more)


def chosen(sent: str, found: list[Service]) -> list[Service]:
    """The service somebody chose, where they have looked for others since."""
    try:
        key = UUID(sent)
    except ValueError:
        return []
    return [] if any(one.pk == key for one in found) else list(Service.objects.filter(pk=key))


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def follow_referral(request: PractitionerRequest, family: UUID, record: UUID) -> HttpResponse:
    """Write down what became of a referral."""
    top, case = find_case(request, family)
    rows = ServiceReferral.objects.select_related("service", "action__case")
    referral = find_record(rows, record, case=case)
    require(permissions.why_not_progress(by=request.post, action=referral.action, today=now()))
    stands = stands_at(referral)
    follows = [one for one in ReferralState if one in FOLLOWS[stands]]
    form = FollowReferralForm(posted(request), follows=follows)
    then = at("show_plan", top)
    done = send(
        request,
        form,
        lambda said: referring.follow(referral=referral, **said, by=request.post, now=now()),
        then=then,
    )
    more = {"referral": referral, "stands": stands, "follows": follows}
    return done or show(request, "cases/follow_referral.html", top, form, back_href=then, **more)
