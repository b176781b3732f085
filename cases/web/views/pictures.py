"""The pages that show a family as a picture, each with the same in words beneath."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.presenting.ecomap import ecomap
from cases.presenting.key import key_of
from cases.queries.pages.family_top import HIDDEN
from cases.queries.pages.needs_over_time import needs_over_time
from cases.queries.pages.picture import picture_of
from cases.queries.pages.services import services_of
from cases.web.views.family import leading_now, offered
from cases.web.views.opening import READERS, find_family, page, today
from sharing_agreements.web.doors import PractitionerRequest, access


@access(**READERS)
@require_safe
def show_genogram(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """Who is who in the family: a genogram, and a table."""
    top = find_family(request, family)
    facts = picture_of(top, today=today())
    hidden = any(line.word == HIDDEN for line in top.strip)
    verbs = [verb for verb in offered(request, top, None, "list_people") if verb["text"] in VERBS_BELOW]
    context = page(request, top, page=facts, signs=key_of(facts.drawn), hidden=hidden, verbs=verbs)
    return render(request, "cases/show_genogram.html", context)


@access(**READERS)
@require_safe
def show_ecomap(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """Agencies and services round the family: an ecomap, and a table."""
    top = find_family(request, family)
    around = services_of(top, leading_now(top), for_post=request.post, today=today())
    drawn = ecomap(top.name, around)
    hidden = any(line.word == HIDDEN for line in top.strip)
    return render(request, "cases/show_ecomap.html", page(request, top, drawn=drawn, hidden=hidden))


@access(**READERS)
@require_safe
def show_needs(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """Under how many of the ten headings the family needed something, over time: explained, and no score."""
    top = find_family(request, family)
    return render(request, "cases/show_needs.html", page(request, top, grid=needs_over_time(top, today=today())))


VERBS_BELOW = ("Add a relationship", "Add somebody to the family")
"""What somebody who finds the picture wanting does next."""
