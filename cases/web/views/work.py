"""My work and the caseload."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases import permissions
from cases.queries.directory import services_to_check
from cases.queries.pages import caseload as caseloads
from cases.queries.pages import my_work as desk
from cases.queries.pages.desk import WorkGroup, WorkLine
from cases.queries.pages.governing import Group, Line, waiting_for_governance, waiting_for_manager
from cases.web.forms.reading import FilterCaseloadForm
from cases.web.views.opening import DOERS, today
from sharing_agreements.presenting.examples import example_sentence
from sharing_agreements.queries.examples import alarms_for
from sharing_agreements.vocabulary import HUB_ROLES, PARTNERS, Purpose, Role
from sharing_agreements.web.doors import PractitionerRequest, access

FAMILY_PAGE = "cases:show_family"


@access(
    purpose=Purpose.EARLY_HELP,
    roles=PARTNERS - HUB_ROLES - {Role.ANALYST},
    by_role={Role.GOVERNANCE_LEAD: Purpose.GOVERNANCE},
)
@require_safe
def my_work(request: PractitionerRequest) -> HttpResponse:
    """What waits for this practitioner, most pressing first; for a governance lead, what agreements need of them.

    A manager reads last what of agreements is theirs to see to."""
    now = timezone.now()
    where: Callable[[Any], str] = _screen
    if request.post.role == Role.GOVERNANCE_LEAD:
        found: list[Any] = waiting_for_governance(request.post, now=now)
    else:
        found, where = desk.my_work(request.post, now=now, today=today(), page=FAMILY_PAGE), address
        if permissions.why_not_keep_directory(by=request.post) is None:
            found += services_to_check()
    groups = [_as_shown(group, where) for group in found]
    if request.post.role == Role.MANAGER:
        groups += [_as_shown(group, _screen) for group in waiting_for_manager(request.post, now=now)]
    alarms = [(one, example_sentence(one.example)) for one in alarms_for(request.post)]
    context = {"groups": groups, "alarms": alarms}
    return render(request, "cases/my_work.html", context)


def _as_shown(group: WorkGroup | Group, where: Callable[[Any], str]) -> dict[str, Any]:
    return {"title": group.title, "left_out": group.left_out, "lines": [(line, where(line)) for line in group.lines]}


def _screen(line: Line) -> str:
    return reverse(line.screen, args=[line.record] if line.record else [])


def address(line: WorkLine) -> str:
    """Where a line's verb is done."""
    if line.screen in {"flags", "list_leads"}:
        return reverse(f"cases:{line.screen}")
    record = {"record": line.record} if line.record else {}
    if line.screen in {"answer_step_up", "show_service"}:
        return reverse(f"cases:{line.screen}", kwargs=record)
    return reverse(f"cases:{line.screen}", kwargs={"family": line.family, **record})


@access(**DOERS)
@require_safe
def caseload(request: PractitionerRequest) -> HttpResponse:
    """The families of this practitioner, or of the agency for those who oversee it."""
    form = FilterCaseloadForm(request.GET)
    page = caseloads.caseload_page(
        request.post, today=today(), state=form.chosen("state"), after=request.GET.get("after", "")
    )
    older = f"?state={form.chosen('state')}&after={page.older}" if page.older else ""
    overseer = request.post.role in caseloads.OVERSEERS
    return render(
        request, "cases/caseload.html", {"form": form, "lines": page.lines, "older": older, "overseer": overseer}
    )
