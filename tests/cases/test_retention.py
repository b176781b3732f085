"""J13: which cases are listed when, and what may be said of one. Nothing is deleted."""

import datetime
from itertools import product

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from cases.actions import retention
from cases.models import Case, ChildInCase, RetentionAnswer, RetentionReview
from cases.rules.retention import why_not_detail, why_not_say
from cases.vocabulary import CaseState, HoldReason, RetentionStatus
from sharing_agreements.models import Identity, Post
from sharing_agreements.refusals import Refused
from sharing_agreements.vocabulary import Purpose, Role
from tests import cast
from tests.cases.stalled import AS_OF, Work, days_ago, noon, work
from tests.conftest import as_web, as_worker

S = RetentionStatus
DAY = datetime.timedelta(days=1)
BORN = datetime.date(2001, 11, 3)
OVER = datetime.date(2026, 11, 30)


@pytest.mark.parametrize(("now", "is_due", "is_proposer"), list(product(S, [True, False], [True, False])))
def test_what_may_follow(now, is_due, is_proposer):
    """The whole table: disposal needs a time that is over, a proposal, and somebody else."""
    may = {then for then in S if why_not_say(now=now, then=then, is_due=is_due, is_proposer=is_proposer) is None}
    expected = {S.KEPT, S.HELD}
    if is_due and now not in {S.PROPOSED, S.MARKED}:
        expected |= {S.PROPOSED}
    if is_due and now == S.PROPOSED and not is_proposer:
        expected |= {S.MARKED}
    assert may == expected


@pytest.mark.parametrize(
    ("then", "until", "hold", "reason", "code"),
    [
        (S.KEPT, AS_OF + DAY, None, "Asked for", None),
        (S.KEPT, AS_OF, None, "Asked for", "kept_until_when"),
        (S.KEPT, None, None, "Asked for", "kept_until_when"),
        (S.KEPT, AS_OF + 26 * 366 * DAY, None, "Asked for", "kept_until_when"),
        (S.HELD, None, HoldReason.CLAIM, "Letter of June", None),
        (S.HELD, None, None, "Letter of June", "no_hold"),
        (S.PROPOSED, None, None, " ", "no_reason"),
        (S.PROPOSED, None, None, "Nothing to keep", None),
        (S.MARKED, None, None, "Agreed", None),
    ],
)
def test_what_each_answer_needs(then, until, hold, reason, code):
    refusal = why_not_detail(then=then, until=until, hold=hold, reason=reason, today=AS_OF)
    assert (refusal and refusal.code) == code


@pytest.fixture
def everybody(db: None) -> cast.Cast:
    return cast.assemble()


def closed(everybody: cast.Cast, *born: tuple[datetime.date | None, str], years_ago: int = 10) -> Work:
    """A case that ended so many years ago, with a child for each birth."""
    one = work(everybody, state=CaseState.CLOSED, began=round(years_ago * 365.25))
    since = ChildInCase.objects.get(case=one.case).since
    for number, (day, precision) in enumerate(born):
        row = one.common(days_ago(100))
        if number:
            row["person"] = cast.person()
            ChildInCase.objects.create(**row, case=one.case, state=CaseState.CLOSED, since=since)
        if day:
            Identity.objects.create(**row, given_name="Ada", born_on=day, born_precision=precision)
    return one


def night(as_of: datetime.date = AS_OF) -> retention.Listed:
    with as_worker(retention.JOB):
        return retention.list_retention(as_of=as_of, now=noon(as_of))


def due(one: Work) -> datetime.date | None:
    rows = RetentionReview.objects.filter(case=one.case, taken_off_on=None).values_list("due_on", flat=True)
    return rows[0] if rows else None


def test_it_is_the_end_of_the_month_of_the_youngest_childs_25th_birthday(everybody):
    one = closed(everybody, (BORN.replace(year=1998), "day"), (BORN, "day"))
    night(OVER - 91 * DAY)
    assert due(one) is None
    night(OVER - 90 * DAY)
    assert due(one) == OVER


@pytest.mark.parametrize(
    ("born", "years_ago", "expected"),
    [
        ((BORN.replace(year=1995), "day"), 2, None),
        ((BORN.replace(year=1995), "day"), 4, True),
        ((datetime.date(2001, 1, 1), "year"), 10, datetime.date(2027, 1, 31)),
        ((datetime.date(2001, 12, 1), "month"), 10, datetime.date(2027, 1, 31)),
        ((None, ""), 10, None),
        ((None, ""), 26, True),
    ],
    ids=["active two years ago", "four years ago", "year", "month", "birth not known", "not known, 26 years"],
)
def test_the_longest_period_counts(everybody, born, years_ago, expected):
    one = closed(everybody, born, years_ago=years_ago)
    night()
    assert (due(one) is not None) == bool(expected)
    if isinstance(expected, datetime.date):
        assert due(one) == expected


@pytest.mark.parametrize("state", CaseState)
def test_a_case_in_which_anything_is_left_to_do_is_never_listed(everybody, state):
    one = closed(everybody, (BORN.replace(year=1990), "day"))
    ChildInCase.objects.filter(case=one.case).update(state=state)
    night()
    assert (due(one) is not None) == (state in {"closed", "declined", "stepped_up"})


def test_twice_changes_nothing_and_a_case_opened_again_leaves_the_list_and_comes_back(everybody):
    one = closed(everybody, (BORN, "day"))
    assert night().listed == 1
    assert night() == retention.Listed(0, 0, 0, 0)
    RetentionReview.objects.update(status="proposed", proposed_by=everybody.esi.practitioner)
    ChildInCase.objects.filter(case=one.case).update(state="plan_active")
    assert night() == retention.Listed(0, 1, 0, 0)
    review = RetentionReview.objects.get()
    assert (review.status, review.proposed_by, review.taken_off_on) == ("waiting", None, AS_OF)
    ChildInCase.objects.filter(case=one.case).update(state="closed")
    assert night().listed == 1
    assert RetentionReview.objects.count() == 1
    assert due(one) == OVER


def test_what_was_kept_until_a_day_waits_again_on_it_and_a_hold_stays(everybody):
    kept, held = (closed(everybody, (BORN, "day")) for _ in range(2))
    night()
    rows = RetentionReview.objects
    rows.filter(case=kept.case).update(status="kept", until=AS_OF + 5 * DAY)
    rows.filter(case=held.case).update(status="held")
    night(AS_OF + 4 * DAY)
    assert rows.get(case=kept.case).status == "kept"
    night(AS_OF + 50 * DAY)
    assert (rows.get(case=kept.case).status, rows.get(case=held.case).status) == ("waiting", "held")


def test_a_younger_child_takes_a_mark_back(everybody):
    one = closed(everybody, (BORN, "day"))
    night(OVER)
    people = {"proposed_by": everybody.esi.practitioner, "agreed_by": everybody.eddie.practitioner}
    RetentionReview.objects.update(status="marked", **people)
    Identity.objects.create(**one.common(days_ago(1)), born_on=datetime.date(2002, 1, 30), born_precision="day")
    night(OVER)
    review = RetentionReview.objects.get()
    assert (review.status, review.agreed_by, review.due_on) == ("waiting", None, datetime.date(2027, 1, 31))


def test_the_job_deletes_nothing(everybody):
    one = closed(everybody, (BORN.replace(year=1980), "day"))
    assert night().listed == 1
    assert Case.objects.filter(pk=one.case.pk).exists()
    assert Identity.objects.filter(person=one.child).exists()


def test_a_line_has_the_facts_of_its_case(everybody):
    one = closed(everybody, (BORN, "day"))
    night()
    review, case = RetentionReview.objects.get(), Case.objects.get(pk=one.case.pk)
    for fact in ("owner_no", "kind", "about", "stage", "restricted", "family_id"):
        assert getattr(review, fact) == getattr(case, fact), fact


@pytest.fixture
def second(everybody) -> Post:
    """Another manager of the same agency."""
    return cast.post("Mo", everybody.early_help, Role.MANAGER)


@pytest.fixture
def review(everybody) -> RetentionReview:
    """A case whose time is over."""
    closed(everybody, (BORN, "day"))
    night(OVER)
    return RetentionReview.objects.get()


def say(review: RetentionReview, by: Post, status: RetentionStatus, **more) -> bool:
    review.refresh_from_db()
    told = {"version": review.version, "reason": "Looked at it", "now": noon(OVER + DAY)} | more
    with as_web(by, Purpose.EARLY_HELP):
        return retention.answer_retention(review=review, status=status, by=by, **told)


def stands(review: RetentionReview) -> tuple:
    review.refresh_from_db()
    return review.status, review.proposed_by_id, review.agreed_by_id


def test_disposal_takes_two_managers_and_a_hold_takes_it_back(everybody, review, second):
    one, other = everybody.esi.practitioner_id, second.practitioner_id
    assert say(review, everybody.esi, S.PROPOSED)
    with pytest.raises(Refused, match="own_disposal"):
        say(review, everybody.esi, S.MARKED)
    assert say(review, second, S.MARKED)
    assert stands(review) == ("marked", one, other)
    assert say(review, everybody.esi, S.HELD, hold=HoldReason.INQUIRY)
    assert stands(review) == ("held", None, None)
    assert set(RetentionAnswer.objects.values_list("status", "author_id")) == {
        ("proposed", one),
        ("marked", other),
        ("held", one),
    }


def test_the_database_holds_to_two_people_whatever_the_program_says(everybody, review, second):
    rows = RetentionReview.objects.filter(pk=review.pk)
    one, other = everybody.esi.practitioner, second.practitioner
    with pytest.raises(IntegrityError, match="disposal_takes_two_people"), transaction.atomic():
        rows.update(status="marked", proposed_by=one, agreed_by=one)
    rows.update(status="proposed", proposed_by=one)
    with pytest.raises(DatabaseError, match="row-level security"), as_web(everybody.esi, Purpose.EARLY_HELP):
        rows.update(status="marked", agreed_by=other)
    with as_web(second, Purpose.EARLY_HELP):
        assert rows.update(status="marked", agreed_by=other) == 1


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.LEAD_PRACTITIONER, Role.TEAM_MEMBER])
def test_only_managers_of_the_agency_decide(everybody, review, role):
    somebody = cast.post("Kim", everybody.early_help, role)
    with pytest.raises(Refused):
        say(review, somebody, S.HELD, hold=HoldReason.CLAIM)
    with as_web(somebody, Purpose.EARLY_HELP):
        assert RetentionReview.objects.update(status="held") == 0


def test_a_stale_answer_is_not_kept(everybody, review):
    assert say(review, everybody.esi, S.HELD, hold=HoldReason.CLAIM)
    assert not say(review, everybody.esi, S.KEPT, until=OVER + 400 * DAY, version=1)
    assert RetentionAnswer.objects.count() == 1
