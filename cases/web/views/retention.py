"""The list of cases whose records were kept for long enough, and one person's answer to one of them."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from cases import permissions
from cases.actions import retention as actions
from cases.models import RetentionReview
from cases.queries.pages.retention import answers_of, retention_lines, retention_page
from cases.rules.retention import NOTICE_DAYS
from cases.web.forms.retention import SAYS, AnswerRetentionForm, FilterRetentionForm
from cases.web.views.doing import both_versions, find_record, now, posted, send
from cases.web.views.opening import today
from sharing_agreements.vocabulary import Purpose, Role
from sharing_agreements.web.doors import PractitionerRequest, access

DECIDERS = {"purpose": Purpose.EARLY_HELP, "roles": {Role.MANAGER}}


@access(**DECIDERS)
@require_safe
def list_retention(request: PractitionerRequest) -> HttpResponse:
    """Cases of this agency whose time is over or soon will be, by where each stands."""
    form = FilterRetentionForm(request.GET)
    status, after = form.chosen(), request.GET.get("after", "")
    found = retention_page(request.post, status=status, after=after, today=today())
    here = reverse("cases:list_retention")
    later = f"{here}?status={status}&after={found.later}" if found.later else ""
    context = {"form": form, "page": found, "status": status, "later": later, "notice": NOTICE_DAYS}
    return render(request, "cases/list_retention.html", context)


@access(**DECIDERS)
@require_http_methods(["GET", "POST"])
def answer_retention(request: PractitionerRequest, record: UUID) -> HttpResponse:
    """Keep one case, hold it, propose it for disposal, or agree to what another manager proposed."""
    review = find_record(
        RetentionReview.objects.select_related("case"), record, owner_no=request.post.agency.no, taken_off_on=None
    )
    asked = {"by": request.post, "review": review, "today": today()}
    offered = [one for one in SAYS if permissions.why_not_answer_retention(**asked, status=one) is None]
    form = AnswerRetentionForm(posted(request), initial={"version": review.version}, offered=offered)

    def do(said: dict) -> object:
        version = form.cleaned_data["version"]
        return actions.answer_retention(review=review, version=version, **said, by=request.post, now=now())

    then = reverse("cases:list_retention")
    done = send(request, form, do, then=then)
    if done:
        return done
    stale = both_versions(form, review, ["status", "until"])
    line = retention_lines([review], today())[0]
    context = {"form": form, "line": line, "stale": stale, "back_href": then, "answers": answers_of(review)}
    return render(request, "cases/answer_retention.html", context, status=422 if form.errors else 200)
