"""The editor of a draft: its words, parties, law and papers; opening one and copying one."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from sharing_agreements.actions import drafting
from sharing_agreements.models import Agency, AgreementDocument
from sharing_agreements.permissions import why_not_copy, why_not_edit, why_not_govern
from sharing_agreements.queries.law import powers_on
from sharing_agreements.refusals import require
from sharing_agreements.web.doors import PractitionerRequest, access
from sharing_agreements.web.forms.agreements import DocumentForm, PartiesForm, PowersForm, PurposesForm, WordsForm
from sharing_agreements.web.views.sending import GOVERNANCE, find_agreement, page_of, posted, send, show


@access(**GOVERNANCE)
@require_http_methods(["GET", "POST"])
def open_draft(request: PractitionerRequest) -> HttpResponse:
    """Start a draft: what it is called, what it is for, when it holds."""
    require(why_not_govern(by=request.post))
    form = WordsForm(posted(request), initial={"overarching": "False"})
    done = send(request, form, lambda said: page_of(drafting.open_draft(words=said, by=request.post)), then="")
    return done or show(request, "sharing_agreements/open_draft.html", None, form)


@access(**GOVERNANCE)
@require_http_methods(["GET", "POST"])
def write_words(request: PractitionerRequest, agreement: UUID) -> HttpResponse:
    """Change what the draft is called, what it is for, its dates and contacts."""
    found = find_agreement(agreement)
    require(why_not_edit(found, by=request.post))
    saved = {name: getattr(found, name) for name in drafting.WORDS}
    form = WordsForm(posted(request), agreement=found, initial={**saved, "version": found.revision})

    def do(said: dict) -> bool:
        return drafting.write_words(agreement=found, revision=form.cleaned_data["version"], words=said, by=request.post)

    done = send(request, form, do, then=page_of(found))
    stale = form.side_by_side(saved) if getattr(form, "stale", False) else None
    return done or show(request, "sharing_agreements/write_words.html", found, form, stale=stale)


@access(**GOVERNANCE)
@require_http_methods(["GET", "POST"])
def choose_parties(request: PractitionerRequest, agreement: UUID) -> HttpResponse:
    """Say which agencies are parties."""
    found = find_agreement(agreement)
    require(why_not_edit(found, by=request.post))
    chosen = {str(party.agency_id): party.capacity for party in found.parties.all()}
    form = PartiesForm(
        posted(request), agencies=Agency.objects.all(), chosen=chosen, initial={"version": found.revision}
    )

    def do(said: dict) -> bool:
        parties = {UUID(one): capacity for one, capacity in said["parties"].items()}
        revision = form.cleaned_data["version"]
        return drafting.choose_parties(agreement=found, revision=revision, parties=parties, by=request.post)

    done = send(request, form, do, then=page_of(found))
    return done or show(request, "sharing_agreements/choose_parties.html", found, form)


@access(**GOVERNANCE)
@require_http_methods(["GET", "POST"])
def choose_purposes(request: PractitionerRequest, agreement: UUID) -> HttpResponse:
    """Say what the sharing is for; the law it rests on is the next page."""
    found = find_agreement(agreement)
    require(why_not_edit(found, by=request.post))
    form = PurposesForm(posted(request), initial={"purposes": found.purposes, "version": found.revision})

    def do(said: dict) -> bool:
        revision = form.cleaned_data["version"]
        return drafting.choose_purposes(agreement=found, revision=revision, **said, by=request.post)

    done = send(request, form, do, then=reverse("sharing_agreements:choose_powers", args=[found.pk]))
    return done or show(request, "sharing_agreements/choose_purposes.html", found, form)


@access(**GOVERNANCE)
@require_http_methods(["GET", "POST"])
def choose_powers(request: PractitionerRequest, agreement: UUID) -> HttpResponse:
    """Say which law each purpose rests on."""
    found = find_agreement(agreement)
    require(why_not_edit(found, by=request.post))
    form = PowersForm(
        posted(request),
        powers=powers_on(found.starts_on),
        purposes=found.purposes,
        chosen=found.powers,
        initial={"version": found.revision},
    )

    def do(said: dict) -> bool:
        revision = form.cleaned_data["version"]
        return drafting.choose_powers(agreement=found, revision=revision, powers=said["powers"], by=request.post)

    done = send(request, form, do, then=page_of(found))
    return done or show(request, "sharing_agreements/choose_powers.html", found, form)


@access(**GOVERNANCE)
@require_http_methods(["GET", "POST"])
def attach_document(request: PractitionerRequest, agreement: UUID) -> HttpResponse:
    """Attach a paper to the draft."""
    found = find_agreement(agreement)
    require(why_not_edit(found, by=request.post))
    form = DocumentForm(posted(request), request.FILES or None)

    def do(said: dict) -> bool:
        paper = said["paper"]
        named = {"title": said["title"], "filename": paper.name[-120:], "content": paper.read()}
        return drafting.attach_document(agreement=found, **named, by=request.post)

    done = send(request, form, do, then=page_of(found))
    return done or show(request, "sharing_agreements/attach_document.html", found, form)


@access(**GOVERNANCE)
@require_POST
def remove_document(request: PractitionerRequest, agreement: UUID, document: UUID) -> HttpResponse:
    """Take a paper out of the draft."""
    papers = AgreementDocument.objects.select_related("agreement").defer("content")
    paper = get_object_or_404(papers, pk=document, agreement=agreement)
    drafting.remove_document(document=paper, by=request.post)
    return redirect(page_of(paper.agreement))


@access(**GOVERNANCE)
@require_POST
def copy_agreement(request: PractitionerRequest, agreement: UUID) -> HttpResponse:
    """Open a draft that will replace this agreement. Pressing twice opens one."""
    found = find_agreement(agreement)
    own = found.newer_versions.filter(state="draft", drafter=request.post.agency).first()
    if own:
        return redirect(page_of(own))
    require(why_not_copy(found, by=request.post))
    return redirect(page_of(drafting.copy_as_new_version(agreement=found, by=request.post)))
