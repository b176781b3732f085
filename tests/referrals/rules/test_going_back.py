"""When a child reported again goes back to the team that helped before: every state, around the last day."""

import datetime
import itertools

import pytest

from cases.vocabulary import CaseState
from referrals.rules.deciding import may_go_back

TODAY = datetime.date(2026, 5, 22)


@pytest.mark.parametrize(("state", "ago"), list(itertools.product(CaseState, [0, 182, 183, 184, 1000])))
def test_one_who_is_kept_in_touch_with_always_and_one_whose_case_closed_within_the_days_set(state, ago):
    since = TODAY - datetime.timedelta(days=ago)
    expected = state is CaseState.STEPPED_DOWN or (state is CaseState.CLOSED and ago <= 183)
    assert may_go_back(state, since, today=TODAY, days=183) is expected
