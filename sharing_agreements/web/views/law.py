"""The law agreements may rest on, and switching a pack off for the partnership."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sharing_agreements.actions import switching
from sharing_agreements.models import SwitchedOffPack
from sharing_agreements.queries.law import packs
from sharing_agreements.vocabulary import Purpose, Role
from sharing_agreements.web.doors import PractitionerRequest, access
from sharing_agreements.web.forms.agreeing import ReasonForm
from sharing_agreements.web.views.sending import GOVERNANCE, posted, send, show


@access(purpose=Purpose.GOVERNANCE)
@require_safe
def law_packs(request: PractitionerRequest) -> HttpResponse:
    """Every pack with its powers: what is in force, what has not commenced, what is switched off here."""
    off = {one.pack: one for one in SwitchedOffPack.objects.select_related("switched_by")}
    today = timezone.localdate()
    rows = [
        (pack, pack.commenced(today), off.get(pack.code), [(one, one.is_on(today, off)) for one in pack.powers])
        for pack in packs()
    ]
    is_lead = request.post.role == Role.GOVERNANCE_LEAD
    unchecked = any(not pack.checked_by_lawyer for pack in packs())
    context = {"rows": rows, "is_lead": is_lead, "unchecked": unchecked}
    return render(request, "sharing_agreements/law_packs.html", context)


@access(**GOVERNANCE)
@require_http_methods(["GET", "POST"])
def switch_pack(request: PractitionerRequest, pack: str) -> HttpResponse:
    """Switch a pack off, with the reason, or on again."""
    found = next((one for one in packs() if one.code == pack), None)
    if found is None:
        raise Http404
    form = ReasonForm(posted(request))
    then = reverse("sharing_agreements:law_packs")
    done = send(request, form, lambda said: switching.switch_pack(pack=pack, **said, by=request.post), then=then)
    is_off = SwitchedOffPack.objects.filter(pack=pack).exists()
    return done or show(request, "sharing_agreements/switch_pack.html", None, form, pack=found, is_off=is_off)
