"""Step ups that social care has not confirmed: who may say what became of them finds them here."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.models import StepUp, StepUpAnswer
from cases.queries.pages.known import known_as
from cases.vocabulary import STEP_UP_SETTLED, StepUpResult
from sharing_agreements.models import Post
from sharing_agreements.queries import accounts_of, best_accounts, same_people

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
    return receipts_of(list(longest_due(rows)), post=post, now=now, today=today)


def longest_due(rows: QuerySet[StepUp]) -> QuerySet[StepUp]:
    """As many as a page shows, the longest due first."""
    return rows.order_by("due_at", "id")[:READ]


def receipts_of(steps: list[StepUp], *, post: Post, now: datetime.datetime, today: datetime.date) -> list[Receipt]:
    """Names and last answers of step ups that were read, in two queries; none where there are no step ups."""
    people = [step.whom for step in steps]
    anchors = same_people(people)
    said = StepUpAnswer.objects.filter(step_up__in=[step.pk for step in steps]).order_by("recorded_at")
    accounts, answers = list(accounts_of(anchors)), list(said)
    known = known_as(best_accounts(accounts, people, anchors, for_post=post), today=today)
    last: dict[UUID, StepUpAnswer] = {answer.step_up_id: answer for answer in answers}
    return [Receipt(step, known[step.whom].name, step.due_at < now, last.get(step.pk)) for step in steps]
