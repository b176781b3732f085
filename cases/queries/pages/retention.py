"""The list of cases whose time is over, a page at a time, and what was said of each."""

import datetime
from dataclasses import dataclass

from cases.models import RetentionAnswer, RetentionReview
from cases.queries.pages.paging import later_than, mark
from cases.vocabulary import RetentionStatus
from sharing_agreements.models import Post

PAGE = 25
COUNTED = 1000
"""Counting stops here: a longer list says that there are more."""


@dataclass(frozen=True)
class RetentionLine:
    """One case: where it stands, and the newest answer with who gave it."""

    review: RetentionReview
    answer: RetentionAnswer | None
    is_due: bool


@dataclass(frozen=True)
class RetentionPage:
    """Some of the list, how long it is, and where the next page begins."""

    lines: list[RetentionLine]
    count: str
    later: str


def retention_page(by: Post, *, status: RetentionStatus, after: str, today: datetime.date) -> RetentionPage:
    """Twenty-five cases of this post's agency, the longest over first. `after` is the `later` of the page before."""
    rows = RetentionReview.objects.visible().filter(owner_no=by.agency.no, status=status, taken_off_on__isnull=True)
    found = rows[: COUNTED + 1].count()
    shown = list(later_than(rows, "due_on", after).select_related("case").order_by("due_on", "id")[: PAGE + 1])
    later = mark(shown[PAGE - 1].due_on, shown[PAGE - 1].pk) if len(shown) > PAGE else ""
    count = f"more than {COUNTED:,}" if found > COUNTED else f"{found:,}"
    return RetentionPage(retention_lines(shown[:PAGE], today), count, later)


def retention_lines(reviews: list[RetentionReview], today: datetime.date) -> list[RetentionLine]:
    """Reviews with their newest answers. One query, however many."""
    answers = RetentionAnswer.objects.visible().filter(review__in=reviews).select_related("author")
    newest = {answer.review_id: answer for answer in answers.order_by("recorded_at")}
    return [RetentionLine(one, newest.get(one.pk), one.due_on <= today) for one in reviews]


def answers_of(review: RetentionReview) -> list[RetentionAnswer]:
    """Everything said of one case, newest first."""
    rows = RetentionAnswer.objects.visible().filter(review=review).select_related("author")
    return list(rows.order_by("-recorded_at")[:PAGE])
