"""Agreements to and from other installations, as W3C ODRL 2.2 in JSON-LD."""

import json
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from sharing_agreements.actions.exchanging import import_draft
from sharing_agreements.queries.agreements import words_of
from sharing_agreements.rules.odrl import written
from sharing_agreements.vocabulary import Purpose
from sharing_agreements.web.doors import PractitionerRequest, access
from sharing_agreements.web.forms.agreements import ImportForm
from sharing_agreements.web.views.sending import GOVERNANCE, find_agreement, page_of, posted, send, show


@access(purpose=Purpose.GOVERNANCE)
@require_safe
def export_agreement(request: PractitionerRequest, agreement: UUID) -> HttpResponse:
    """The agreement as a file another system can read."""
    found = find_agreement(agreement)
    text = json.dumps(written(words_of(found)), indent=2, ensure_ascii=False)
    answer = HttpResponse(text, content_type="application/ld+json; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="agreement-{found.pk}-{found.version}.jsonld"'
    return answer


@access(**GOVERNANCE)
@require_http_methods(["GET", "POST"])
def import_agreement(request: PractitionerRequest) -> HttpResponse:
    """Read an agreement from a file into a draft of this agency."""
    form = ImportForm(posted(request), request.FILES or None)

    def do(said: dict) -> str:
        return page_of(import_draft(words=said["paper"], reference=said["reference"], by=request.post))

    done = send(request, form, do, then="")
    return done or show(request, "sharing_agreements/import_agreement.html", None, form)
