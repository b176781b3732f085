"""The clause editor of a draft."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from sharing_agreements import presenting
from sharing_agreements.actions import drafting
from sharing_agreements.models import Clause
from sharing_agreements.permissions import why_not_edit
from sharing_agreements.queries.agreements import parties_of
from sharing_agreements.refusals import require
from sharing_agreements.web.doors import PractitionerRequest, access
from sharing_agreements.web.forms.clauses import ClauseForm, said_by
from sharing_agreements.web.views.sending import GOVERNANCE, find_agreement, page_of, posted, send, show

_USUAL = {"needs_involvement": "True", "needs_consent": "False", "how_far_back": 0}


@access(**GOVERNANCE)
@require_http_methods(["GET", "POST"])
def add_clause(request: PractitionerRequest, agreement: UUID) -> HttpResponse:
    """Add a clause, or one for each of several kinds."""
    found = find_agreement(agreement)
    require(why_not_edit(found, by=request.post))
    form = ClauseForm(posted(request), parties=parties_of(found), initial={**_USUAL, "version": found.revision})

    def do(said: dict) -> bool:
        kinds, revision = said.pop("kinds"), form.cleaned_data["version"]
        return drafting.add_clauses(agreement=found, revision=revision, kinds=kinds, words=said, by=request.post)

    done = send(request, form, do, then=page_of(found))
    return done or show(request, "sharing_agreements/add_clause.html", found, form)


@access(**GOVERNANCE)
@require_http_methods(["GET", "POST"])
def change_clause(request: PractitionerRequest, agreement: UUID, clause: UUID) -> HttpResponse:
    """Say a clause anew; further kinds ticked become further clauses."""
    found = find_agreement(agreement)
    require(why_not_edit(found, by=request.post))
    one = get_object_or_404(found.clauses.all(), pk=clause)
    form = ClauseForm(
        posted(request), parties=parties_of(found), many=False, initial={**said_by(one), "version": found.revision}
    )

    def do(said: dict) -> bool:
        kinds, revision = said.pop("kinds"), form.cleaned_data["version"]
        words = {**said, "kind": kinds[0]}
        more = {"agreement": found, "kinds": kinds[1:], "words": words, "by": request.post}
        changed = drafting.change_clause(clause=one, revision=revision, words=words, by=request.post)
        return changed and (len(kinds) == 1 or drafting.add_clauses(revision=revision + 1, **more))

    done = send(request, form, do, then=page_of(found))
    sentence = presenting.clause_sentence(one)
    return done or show(request, "sharing_agreements/change_clause.html", found, form, clause=one, sentence=sentence)


@access(**GOVERNANCE)
@require_POST
def remove_clause(request: PractitionerRequest, agreement: UUID, clause: UUID) -> HttpResponse:
    """Take a clause out of the draft."""
    one = get_object_or_404(Clause.objects.select_related("agreement"), pk=clause, agreement=agreement)
    drafting.remove_clause(clause=one, by=request.post)
    return redirect(page_of(one.agreement))
