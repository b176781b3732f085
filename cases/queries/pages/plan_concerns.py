"""What members of the team find wrong with the plan of a family."""

from collections.abc import Iterator

from cases.models import PlanConcern
from cases.queries.pages.caseload import MINE_READ, OVERSEERS
from cases.queries.pages.desk import Desk, WorkLine
from cases.queries.pages.family_top import FamilyTop

READ = 20


def concerns_of(top: FamilyTop) -> list[PlanConcern]:
    """What was said, the newest first. One query."""
    rows = PlanConcern.objects.visible().filter(case=top.case).select_related("owner", "author")
    return list(rows.order_by("-recorded_at")[:READ]) if top.case else []


def concerns_to_answer(desk: Desk, page: str) -> Iterator[WorkLine]:
    """For the lead, what nobody answered; for those who oversee, that it waits for the lead."""
    oversees = desk.post.role in OVERSEERS
    rows = PlanConcern.objects.visible().filter(
        case__in=list(desk.cases) if oversees else desk.mine, answered_on__isnull=True
    )
    for one in rows.select_related("owner").order_by("recorded_at")[:MINE_READ]:
        why = f"{one.owner.short_name} is worried about the plan: {one.words}"
        if one.lead_no == desk.post.practitioner.no:
            yield desk.line(one.case_id, why, "Answer", "answer_concern", record=one.pk, colour="red")
        else:
            yield desk.line(one.case_id, why, "Look at the plan", "show_plan", colour="amber")
