"""Warnings at 60 and 14 days before expiry and review, and of missing signatures; one for each threshold."""

import datetime

import pytest

from sharing_agreements import tasks
from sharing_agreements.actions.warning import warn_of_agreements
from sharing_agreements.models import Agreement, AgreementWarning, OwedJob
from sharing_agreements.rules.warnings import due
from sharing_agreements.vocabulary import AgreementState, Role, WarningSort
from tests import cast
from tests.conftest import as_worker
from tests.sharing_agreements.test_agreement_life import in_state
from tests.sharing_agreements.web.agreements import Lead

S, W = AgreementState, WarningSort
TODAY = datetime.date(2026, 6, 1)


def day(away: int) -> datetime.date:
    return TODAY + datetime.timedelta(days=away)


@pytest.mark.parametrize(
    ("state", "starts", "ends", "review", "unsigned", "says"),
    [
        (S.SIGNED, -300, 61, 200, 0, []),
        (S.SIGNED, -300, 60, 200, 0, [(W.EXPIRY, 60)]),
        (S.SIGNED, -300, 15, 200, 0, [(W.EXPIRY, 60)]),
        (S.SIGNED, -300, 14, 200, 0, [(W.EXPIRY, 14)]),
        (S.SIGNED, -300, 0, 200, 0, [(W.EXPIRY, 14)]),
        (S.SIGNED, -300, -1, 200, 0, []),
        (S.SUSPENDED, -300, 14, 60, 0, [(W.EXPIRY, 14), (W.REVIEW, 60)]),
        (S.SIGNED, -300, 300, -5, 0, [(W.REVIEW, 14)]),
        (S.PROPOSED, 61, 300, 300, 1, []),
        (S.PROPOSED, 60, 300, 300, 1, [(W.SIGNATURE, 60)]),
        (S.PROPOSED, -3, 300, 300, 1, [(W.SIGNATURE, 14)]),
        (S.PROPOSED, -3, 300, 300, 0, []),
        (S.DRAFT, 0, 3, 3, 2, []),
        (S.ENDED, -300, 3, 3, 0, []),
        (S.REPLACED, -300, 3, 3, 0, []),
    ],
)
def test_what_an_agreement_warns_of(state, starts, ends, review, unsigned, says):
    found = due(
        state=state,
        starts_on=day(starts),
        ends_on=day(ends),
        review_on=day(review),
        unsigned=[object()] * unsigned,
        today=TODAY,
    )
    assert [(one.sort, one.days) for one in found] == says


@pytest.fixture
def everybody(db):
    return cast.assemble()


def ends_in(agreement, days):
    last = cast.today() + datetime.timedelta(days=days)
    Agreement.objects.filter(pk=agreement.pk).update(ends_on=last, review_on=cast.FAR_OFF)


def run(days=0):
    with as_worker(tasks.WARN):
        return warn_of_agreements(today=cast.today() + datetime.timedelta(days=days))


def test_each_threshold_is_warned_of_once(everybody):
    made = in_state(everybody, S.SIGNED)
    ends_in(made, 61)
    assert [run(0), run(1), run(2), run(46), run(47), run(48), run(61), run(62)] == [0, 1, 0, 0, 1, 0, 0, 0]
    assert list(made.warnings.order_by("-days").values_list("days", flat=True)) == [60, 14]


def test_both_parties_read_the_warning_and_others_do_not(everybody):
    made = in_state(everybody, S.SIGNED)
    ends_in(made, 10)
    pia = Lead(cast.post("Pia", everybody.police, Role.GOVERNANCE_LEAD))
    assert "in 10 days" not in pia.get("agreements").content.decode()
    run()
    for lead in (pia, Lead(everybody.gita)):
        assert "in 10 days. Copy it as a new version" in lead.get("agreements").content.decode()
    outsider = Lead(cast.post("Hal", everybody.housing, Role.GOVERNANCE_LEAD))
    assert "in 10 days" not in outsider.get("agreements").content.decode()
    Agreement.objects.filter(pk=made.pk).update(ends_on=cast.FAR_OFF)
    assert "in 10 days" not in pia.get("agreements").content.decode()


def test_who_has_not_signed_is_named(everybody):
    made = in_state(everybody, S.PROPOSED)
    run()
    page = Lead(everybody.gita).get("agreements").content.decode()
    assert "Marlbeck Constabulary, Marlbeck Early Help have not signed" in page
    assert made.warnings.get().sort == W.SIGNATURE


def test_the_job_says_on_the_register_what_the_date_has_replaced(everybody):
    older = in_state(everybody, S.SIGNED)
    newer = in_state(everybody, S.SIGNED)
    Agreement.objects.filter(pk=newer.pk).update(replaces=older)
    run()
    older.refresh_from_db()
    assert older.state == S.REPLACED


def test_the_look_is_owed_once_a_day(everybody):
    tasks.owe_warn_of_agreements()
    tasks.owe_warn_of_agreements()
    assert OwedJob.objects.filter(job=tasks.WARN).count() == 1
    assert tasks.WARN in tasks.jobs()
    assert not AgreementWarning.objects.exists()
