"""Whether whoever leads a family still can: every case of posts, agency, account and training."""

import datetime
from uuid import uuid4

import pytest

from cases.rules.standing import Held, Standing, standing_of

TODAY = datetime.date(2026, 5, 4)
DAY = datetime.timedelta(days=1)
OURS, THEIRS = uuid4(), uuid4()
RUNS = Held(OURS, TODAY - 90 * DAY)
ENDS_TODAY = Held(OURS, TODAY - 90 * DAY, TODAY)
ENDED = Held(OURS, TODAY - 90 * DAY, TODAY - DAY)
ENDED_BEFORE = Held(OURS, TODAY - 90 * DAY, TODAY - 20 * DAY)
BEGINS = Held(OURS, TODAY + DAY)
ELSEWHERE = Held(THEIRS, TODAY - 90 * DAY)
HERE, GONE, GONE_YESTERDAY = Standing(), Standing(True), Standing(True, TODAY - DAY)
LAPSED = Standing(untrained_since=TODAY - DAY)

TABLE = [
    # posts, leads for, active, trained until, how they stand
    ([RUNS], {OURS}, True, None, HERE),
    ([ENDS_TODAY], {OURS}, True, None, HERE),
    ([RUNS], set(), True, TODAY, HERE),
    ([ENDED, RUNS], {OURS}, True, None, HERE),
    ([RUNS, ENDED], {OURS, THEIRS}, True, None, HERE),
    ([ELSEWHERE], set(), True, None, HERE),
    ([ENDED], {OURS}, True, None, GONE_YESTERDAY),
    ([ENDED_BEFORE, ENDED], {OURS}, True, None, GONE_YESTERDAY),
    ([ENDED, ELSEWHERE], {OURS}, True, None, GONE_YESTERDAY),
    ([ENDED, BEGINS], {OURS}, True, None, GONE_YESTERDAY),
    ([ENDED], {OURS}, True, TODAY - DAY, GONE_YESTERDAY),
    ([ELSEWHERE], {OURS}, True, None, GONE),
    ([BEGINS], {OURS}, True, None, GONE),
    ([], set(), True, None, GONE),
    ([RUNS], {OURS}, False, None, GONE),
    ([ENDED], {OURS}, False, None, GONE_YESTERDAY),
    ([RUNS], {OURS}, True, TODAY - DAY, LAPSED),
    ([RUNS], {OURS}, True, TODAY, HERE),
]


@pytest.mark.parametrize(("posts", "leads_for", "is_active", "trained_until", "expected"), TABLE)
def test_how_a_lead_stands(posts, leads_for, is_active, trained_until, expected):
    told = {"is_active": is_active, "trained_until": trained_until, "today": TODAY}
    assert standing_of(posts, leads_for=frozenset(leads_for), **told) == expected


def test_whoever_is_gone_or_kept_out_is_missing():
    assert [one.is_missing for one in (HERE, GONE, GONE_YESTERDAY, LAPSED)] == [False, True, True, True]
