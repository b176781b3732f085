"""Two missed reviews reach the lead, the manager and the team; one of the team says what is wrong with the plan."""

import datetime

import pytest
from django.urls import reverse

import cases.tasks  # noqa: F401  says what else is asked
from cases import models
from cases.actions import watching
from cases.vocabulary import FlagRule
from sharing_agreements.actions import notifying
from tests import cast
from tests.cases.web.checks import comes_back, is_not_there_for, takes_no_other_method
from tests.conftest import as_worker

MY_WORK = reverse("cases:my_work")
SAYS = "Two reviews of the plan have been missed"
WORDS = "Nobody has been to the house since March"
DAY = datetime.timedelta(days=1)


def raising(marsh):
    return f"{marsh.address}plan/concerns/raise/"


def answering(marsh, concern):
    return f"{marsh.address}plan/concerns/{concern.pk}/answer/"


def night():
    with as_worker(watching.JOB):
        watching.sweep(as_of=cast.today(), now=datetime.datetime.now(datetime.UTC))


def due(days_ago: int) -> None:
    """The next review was due so many days ago."""
    day = cast.today() - days_ago * DAY
    models.Review.objects.update(next_review_on=day, happened_on=day - 42 * DAY)


@pytest.fixture
def said(marsh, visit, everybody):
    """Ben of health is worried about the plan."""
    assert visit(everybody.ben).send(raising(marsh), words=WORDS).status_code == 302
    return models.PlanConcern.objects.get()


@pytest.mark.parametrize(("days", "stands"), [(42, False), (43, True), (400, True)])
def test_the_second_review_is_missed_six_weeks_after_the_first(marsh, everybody, days, stands):
    due(days)
    night()
    night()
    assert models.Flag.objects.filter(rule=FlagRule.REVIEWS_MISSED, cleared_at=None).count() == stands


def test_the_lead_the_manager_and_the_team_are_told_on_their_lists_and_by_email(marsh, visit, everybody):
    due(60)
    night()
    flag = models.Flag.objects.get(rule=FlagRule.REVIEWS_MISSED)
    assert flag.climbed_at
    for post in (everybody.eddie, everybody.esi, everybody.ben):
        assert SAYS in visit(post).get(MY_WORK).content.decode(), post
    models.Flag.objects.exclude(pk=flag.pk).delete()
    with as_worker(notifying.TELL):
        told = set(notifying.what_waits(cast.today()))
    assert {post.practitioner_id for post in (everybody.eddie, everybody.esi, everybody.ben)} <= told
    assert SAYS not in visit(everybody.dev).get(MY_WORK).content.decode()


def test_a_review_ends_it(marsh, everybody):
    due(60)
    night()
    due(-10)
    night()
    assert not models.Flag.objects.filter(rule=FlagRule.REVIEWS_MISSED, cleared_at=None).exists()


def test_a_worry_reaches_the_lead_and_the_manager_and_stands_beside_the_plan(marsh, visit, everybody, said):
    for post in (everybody.eddie, everybody.esi):
        assert WORDS in visit(post).get(MY_WORK).content.decode(), post
    page = visit(everybody.eddie).get(f"{marsh.address}plan/").content.decode()
    assert WORDS in page
    assert answering(marsh, said) in page
    assert (said.sent_to_id, said.about) == (everybody.early_help.pk, sorted([marsh.ada.pk, marsh.joe.pk]))


def test_the_lead_answers_once_and_nobody_else_does(marsh, visit, everybody, said):
    assert visit(everybody.ben).get(answering(marsh, said)).status_code == 409
    assert visit(everybody.esi).get(answering(marsh, said)).status_code == 409
    eddie = visit(everybody.eddie)
    comes_back(eddie, answering(marsh, said), {"version": "1", "answer": ""}, "Write what is done")
    assert eddie.send(answering(marsh, said), version="1", answer="I visit on Thursday").status_code == 302
    assert "I visit on Thursday" in visit(everybody.ben).get(f"{marsh.address}plan/").content.decode()
    assert WORDS not in eddie.get(MY_WORK).content.decode()
    assert eddie.get(answering(marsh, said)).status_code == 409


def test_it_is_not_there_for_a_school_that_signed_nothing(marsh, visit, everybody, said):
    is_not_there_for(visit(everybody.dev), raising(marsh), {"words": "Mine"})
    is_not_there_for(visit(everybody.dev), answering(marsh, said), {"answer": "Mine"})


def test_it_is_not_done_once_the_work_has_ended(marsh, visit, everybody):
    models.ChildInCase.objects.update(state="closed")
    assert visit(everybody.eddie).send(raising(marsh), words=WORDS).status_code == 409


def test_words_are_wanted(marsh, visit, everybody):
    comes_back(visit(everybody.ben), raising(marsh), {"words": ""}, "Write what worries you")


def test_it_takes_no_other_method(marsh, visit, everybody, said):
    for where in (raising(marsh), answering(marsh, said)):
        takes_no_other_method(visit(everybody.eddie), where)
