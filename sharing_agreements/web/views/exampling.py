"""The examples of a draft: written by hand, taken from those its clauses suggest, taken out."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from sharing_agreements.actions import exampling
from sharing_agreements.models import Agency, AgreementExample
from sharing_agreements.permissions import why_not_edit
from sharing_agreements.queries.agreements import parties_of
from sharing_agreements.queries.examples import columns, suggested
from sharing_agreements.refusals import require
from sharing_agreements.vocabulary import RecordAge, Stage
from sharing_agreements.web.doors import PractitionerRequest, access
from sharing_agreements.web.forms.examples import ExampleForm, SuggestionsForm
from sharing_agreements.web.views.sending import GOVERNANCE, find_agreement, page_of, posted, send, show

_USUAL = {"is_involved": "True", "agrees": "True", "stage": Stage.PLAN_OPEN.value, "age": RecordAge.NEW.value}


@access(**GOVERNANCE)
@require_http_methods(["GET", "POST"])
def add_example(request: PractitionerRequest, agreement: UUID) -> HttpResponse:
    """Write an example of what the agreement must show or must not."""
    found = find_agreement(agreement)
    require(why_not_edit(found, by=request.post))
    form = ExampleForm(
        posted(request),
        parties=parties_of(found),
        agencies=Agency.objects.all(),
        purposes=found.purposes,
        initial={**_USUAL, "version": found.revision},
    )

    def do(said: dict) -> bool:
        revision = form.cleaned_data["version"]
        return exampling.add_examples(agreement=found, revision=revision, said=[said], by=request.post)

    done = send(request, form, do, then=page_of(found))
    return done or show(request, "sharing_agreements/add_example.html", found, form)


@access(**GOVERNANCE)
@require_http_methods(["GET", "POST"])
def suggest_examples(request: PractitionerRequest, agreement: UUID) -> HttpResponse:
    """Examples the clauses suggest, to keep or leave."""
    found = find_agreement(agreement)
    require(why_not_edit(found, by=request.post))
    offered = suggested(found)
    form = SuggestionsForm(posted(request), offered=[one.words for one in offered], initial={"version": found.revision})

    def do(said: dict) -> bool:
        kept = [columns(one.example) for one in offered if form.key(one.words) in said["kept"]]
        revision = form.cleaned_data["version"]
        return exampling.add_examples(agreement=found, revision=revision, said=kept, by=request.post)

    done = send(request, form, do, then=page_of(found))
    return done or show(request, "sharing_agreements/suggest_examples.html", found, form, offered=offered)


@access(**GOVERNANCE)
@require_POST
def remove_example(request: PractitionerRequest, agreement: UUID, example: UUID) -> HttpResponse:
    """Take an example out of the draft."""
    one = get_object_or_404(AgreementExample.objects.select_related("agreement"), pk=example, agreement=agreement)
    exampling.remove_example(example=one, by=request.post)
    return redirect(page_of(one.agreement))
