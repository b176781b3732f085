"""First names that stand for one another: looked up, added, taken away. Administrators alone."""

from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from sharing_agreements.actions import naming
from sharing_agreements.models import NameVariant
from sharing_agreements.queries import name_variants as queries
from sharing_agreements.vocabulary import Purpose, Role
from sharing_agreements.web.doors import PractitionerRequest, access
from sharing_agreements.web.forms.name_variants import LookUpNameForm, PairNamesForm
from sharing_agreements.web.views.sending import posted, send

ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})


def page_of(name: str) -> str:
    """The page with this name looked up."""
    return f"{reverse('sharing_agreements:name_variants')}?{urlencode({'name': name})}"


@access(purpose=Purpose.GOVERNANCE, roles=ADMINISTRATORS)
@require_http_methods(["GET", "HEAD", "POST"])
def name_variants(request: PractitionerRequest) -> HttpResponse:
    """Look a name up, or read them all; add a pair."""
    form = PairNamesForm(posted(request))

    def do(said: dict[str, str]) -> str:
        made = naming.pair_names(by=request.post, **said)
        one, other = made.name.title(), made.stands_for.title()
        messages.success(request, f"{one} and {other} are one name to every search now.")
        return page_of(made.stands_for)

    if done := send(request, form, do, then=""):
        return done
    look_up = LookUpNameForm(request.GET)
    name = queries.folded(look_up.cleaned_data["name"])[0] if look_up.is_valid() else ""
    context = {
        "form": form,
        "look_up": look_up,
        "name": name,
        "pairs": list(queries.pairs_with(name)) if name else [],
        "groups": [] if name else _groups(),
    }
    return render(request, "sharing_agreements/name_variants.html", context, status=422 if form.errors else 200)


def _groups() -> list[tuple[str, list[str]]]:
    """Every name that is stood for, with those that stand for it."""
    found = groupby(queries.pairs(), key=lambda one: one.stands_for)
    return [(stands_for, [one.name for one in group]) for stands_for, group in found]


@access(purpose=Purpose.GOVERNANCE, roles=ADMINISTRATORS)
@require_POST
def part_names(request: PractitionerRequest, pair: UUID) -> HttpResponse:
    """The two are two names again."""
    found = get_object_or_404(NameVariant, pk=pair)
    naming.part_names(pair=found, by=request.post)
    messages.success(request, f"{found.name.title()} and {found.stands_for.title()} are two names now.")
    return redirect(page_of(found.stands_for))
