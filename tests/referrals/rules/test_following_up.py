"""What the hub follows up itself: what each step says, how it ends, and the order of the list."""

import datetime
import itertools

import pytest

from referrals.rules import following_up as rules
from referrals.vocabulary import FollowUpEnd

TODAY = datetime.date(2026, 5, 22)
DAY = datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("did", "what", "by"),
    list(itertools.product(["", "Rang mother"], ["", "Visit"], [None, TODAY - DAY, TODAY, TODAY + DAY])),
)
def test_a_step_says_what_was_done_and_what_comes_next_on_a_day_that_is_not_past(did, what, by):
    missing = [name for name, _ in rules.missing_from_step(did=did, next_what=what, next_by=by, today=TODAY)]
    expected = ["did"] if not did else []
    expected += ["next_what"] if not what else []
    expected += ["next_by"] if by is None or by < TODAY else []
    assert missing == expected


@pytest.mark.parametrize(
    ("ending", "why", "agency"), list(itertools.product([None, *FollowUpEnd], ["", "They manage."], ["", "Kite"]))
)
def test_an_ending_says_which_and_why_and_names_the_agency_that_is_best_placed(ending, why, agency):
    missing = [name for name, _ in rules.missing_from_end(ending=ending, why=why, agency=agency)]
    expected = ["ending"] if ending is None else []
    expected += ["agency"] if ending is FollowUpEnd.ONE_AGENCY and not agency else []
    expected += ["why"] if not why else []
    assert missing == expected


@pytest.mark.parametrize(("days", "said"), [(-1, "overdue"), (0, "today"), (1, "later")])
def test_a_next_step_is_overdue_from_the_day_after(days, said):
    assert rules.standing(TODAY + days * DAY, TODAY) == said
