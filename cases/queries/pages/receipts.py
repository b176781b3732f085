"""Step ups that social care has not confirmed: who may say what became of them finds them here."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.models import StepUp, StepUpAnswer
from cases.queries.pages.known import known_people
from cases.vocabulary import STEP_UP_SETTLED, StepUpResult
from sharing_agreements.models import Post

READ = 100


@dataclass(frozen=True)
class Receipt:
    """One child sent to social care, and what social care said last."""

    step: StepUp
    name: str
    is_late: bool
    last: StepUpAnswer | None

    @property
    def why(self) -> str:
        """Where it stands, in words."""
        if self.last and self.last.result == StepUpResult.NOT_ACCEPTED:
            receiver = self.step.sent_to.name if self.step.sent_to else "Social care"
            return f"{receiver} does not accept it: {self.last.reason}"
        if self.last and self.last.result == StepUpResult.DISPUTED:
            return f"The sender disputes the refusal: {self.last.reason}"
        return "Receipt is overdue" if self.is_late else "Receipt is not confirmed yet"


def without_receipt() -> QuerySet[StepUp]:
    """Step ups the principal may see that are neither confirmed nor taken back."""
    settled = StepUpAnswer.objects.filter(step_up=OuterRef("pk"), result__in=STEP_UP_SETTLED)
    found: QuerySet[StepUp] = StepUp.objects.visible().filter(~Exists(settled))
    return found.select_related("sent_to", "owner")


def receipts_at(post: Post, *, now: datetime.datetime, today: datetime.date) -> list[Receipt]:
    """Those this agency sent or was sent, the longest due first."""
    mine = Q(owner=post.agency_id) | Q(sent_to=post.agency_id)
    return receipts(without_receipt().filter(mine), post=post, now=now, today=today)


def receipts(rows: QuerySet[StepUp], *, post: Post, now: datetime.datetime, today: datetime.date) -> list[Receipt]:
    """The rows with names and last answers, in three queries."""
    steps = list(rows.order_by("due_at", "id")[:READ])
    if not steps:
        return []
    known = known_people([step.whom for step in steps], for_post=post, today=today)
    last: dict[UUID, StepUpAnswer] = {
        answer.step_up_id: answer
        for answer in StepUpAnswer.objects.filter(step_up__in=[step.pk for step in steps]).order_by("recorded_at")
    }
    return [Receipt(step, known[step.whom].name, step.due_at < now, last.get(step.pk)) for step in steps]
