"""An agency's own plan becomes part of the team's, and who should be in the team and is not shows."""

import datetime

import pytest
from django.utils import timezone

from cases import models
from cases.actions import own_plans, watching
from cases.vocabulary import CaseState, FlagRule, OutcomeHeading
from sharing_agreements.refusals import Refused
from sharing_agreements.vocabulary import AgencyType, Kind, Purpose
from tests import cast
from tests.cases.web.checks import boxes, comes_back, is_not_there_for, soon, takes_no_other_method
from tests.conftest import as_web, as_worker

SIX_WEEKS = datetime.timedelta(weeks=6)


@pytest.fixture
def care(everybody):
    return cast.agency("Marlbeck Social Care", AgencyType.SOCIAL_CARE)


def address(marsh):
    return f"{marsh.address}own-plans/record/"


def answers(marsh, care, **more):
    said = {
        "person": str(marsh.ada.pk),
        "title": "Pastoral support programme",
        "why": "Out of class most days",
        "asked": [str(care.pk)],
        "aim_1": "Ada stays in class",
        "doing_1": "A key adult each morning",
        "heading_1": "education",
    }
    return said | boxes("review_on", soon()) | more


def record(marsh, care, everybody, **more):
    with as_web(everybody.ben, Purpose.EARLY_HELP):
        told = {"title": "Pastoral support programme", "why": "Out of class", "review_on": soon(), "asked": [care]}
        aims = [own_plans.Aim(OutcomeHeading.EDUCATION, "Ada stays in class", "A key adult each morning")]
        return own_plans.record_own_plan(
            family=marsh.family.pk,
            child=marsh.ada.pk,
            aims=aims,
            by=everybody.ben,
            now=timezone.now(),
            **told | more,
        )


def test_it_is_written_down_and_the_lead_finds_it_beside_the_plan(marsh, visit, everybody, care):
    assert visit(everybody.ben).send(address(marsh), **answers(marsh, care)).status_code == 302
    page = visit(everybody.eddie).get(f"{marsh.address}plan/").content.decode()
    for words in ("Pastoral support programme", "Ada stays in class: A key adult each morning", "Marlbeck Social Care"):
        assert words in page, words
    assert "Bring it into the team" in page
    assert "Bring it into the team" not in visit(everybody.ben).get(f"{marsh.address}plan/").content.decode()


def test_nothing_typed_is_lost_when_an_answer_is_missing(marsh, visit, everybody, care):
    ben = visit(everybody.ben)
    page = comes_back(ben, address(marsh), answers(marsh, care, aim_1=""), "Say at least one thing")
    assert "A key adult each morning" in page and "Out of class most days" in page
    comes_back(ben, address(marsh), answers(marsh, care, aim_2="Home on time"), "Say what you do about it")
    comes_back(ben, address(marsh), answers(marsh, care, doing_3="Ring home"), "Say what should change")
    is_not_there_for(visit(everybody.dev), address(marsh), answers(marsh, care))
    takes_no_other_method(ben, address(marsh))


def test_its_aims_become_needs_with_actions_due_in_six_weeks_and_who_was_asked_is_expected(
    marsh, visit, everybody, care
):
    plan = record(marsh, care, everybody)
    eddie = visit(everybody.eddie)
    joins = f"{marsh.address}own-plans/{plan.pk}/join/"
    assert "Ada stays in class: A key adult each morning" in eddie.get(joins).content.decode()
    assert eddie.send(joins).status_code == 302
    need = models.Need.objects.get(title="Ada stays in class")
    assert (need.about, need.heading) == ([marsh.ada.pk], "education")
    action = models.Action.objects.get(need=need)
    assert (action.title, action.doer) == ("A key adult each morning", everybody.ben.practitioner)
    assert action.due_on == cast.today() + SIX_WEEKS
    page = eddie.get(f"{marsh.address}team/").content.decode()
    assert "Marlbeck Social Care" in page and "Not there" in page
    assert "Part of the team" in eddie.get(f"{marsh.address}plan/").content.decode()
    comes_back(eddie, joins, {}, "part of the team&#x27;s plan already")
    assert models.Need.objects.filter(title="Ada stays in class").count() == 1
    takes_no_other_method(eddie, joins)


def test_it_is_the_leads_to_bring_in_and_not_there_for_a_stranger(marsh, visit, everybody, care):
    joins = f"{marsh.address}own-plans/{record(marsh, care, everybody).pk}/join/"
    assert visit(everybody.ben).send(joins).status_code == 409
    is_not_there_for(visit(everybody.dev), joins, {})


def test_where_the_assessment_still_runs_its_conclusion_starts_the_plan_with_a_review_in_six_weeks(
    marsh, visit, everybody, care
):
    models.Review.objects.all().delete()
    models.ChildInCase.objects.update(state=CaseState.ASSESSING)
    mine = {"owner": everybody.early_help, "author": everybody.eddie.practitioner, "happened_on": cast.today()}
    models.Assessment.objects.create(
        **mine, family=marsh.family, about=[marsh.ada.pk, marsh.joe.pk], case=marsh.case, due_on=soon()
    )
    plan = record(marsh, care, everybody)
    eddie = visit(everybody.eddie)
    joins = f"{marsh.address}own-plans/{plan.pk}/join/"
    comes_back(eddie, joins, {"conclusion": ""}, "Write the conclusion of the assessment")
    assert not models.Need.objects.filter(title="Ada stays in class").exists()
    assert eddie.send(joins, conclusion="School alone is not enough").status_code == 302
    assert set(models.ChildInCase.objects.values_list("state", flat=True)) == {CaseState.PLAN_ACTIVE}
    due = cast.today() + SIX_WEEKS
    page = eddie.get(marsh.address).content.decode()
    assert "Next review" in page and f"{due.day} {due:%B %Y}" in page


def test_a_child_who_is_not_in_the_case_is_brought_into_it_first(marsh, everybody, care):
    plan = record(marsh, care, everybody)
    models.ChildInCase.objects.filter(person=marsh.ada).delete()
    with pytest.raises(Refused, match="not_in_case"), as_web(everybody.eddie, Purpose.EARLY_HELP):
        own_plans.join_own_plan(plan=plan, case=marsh.case, by=everybody.eddie, now=timezone.now())


def test_an_agency_is_expected_by_the_leads_word_and_no_longer_by_it(marsh, visit, everybody, care):
    eddie = visit(everybody.eddie)
    expect = f"{marsh.address}team/expect/"
    said = {"agency": str(care.pk), "why": "They worked with Ada in spring"}
    comes_back(eddie, expect, said | {"why": ""}, "Say why")
    assert eddie.send(expect, **said).status_code == 302
    assert eddie.send(expect, **said | {"why": "Again"}).status_code == 302
    row = models.ExpectedAgency.objects.get()
    assert "They worked with Ada in spring" in eddie.get(f"{marsh.address}team/").content.decode()
    assert visit(everybody.ben).send(expect, **said).status_code == 409
    is_not_there_for(visit(everybody.dev), expect, said)
    takes_no_other_method(eddie, expect)
    ends = f"{marsh.address}team/expected/{row.pk}/end/"
    assert visit(everybody.ben).send(ends).status_code == 409
    is_not_there_for(visit(everybody.dev), ends, {})
    takes_no_other_method(eddie, ends)
    assert eddie.send(ends).status_code == 302
    assert "They worked with Ada in spring" not in eddie.get(f"{marsh.address}team/").content.decode()


@pytest.mark.parametrize(("days", "flagged"), [(4, False), (15, True)])
def test_who_is_missing_after_a_working_week_is_flagged_until_they_join(marsh, visit, everybody, care, days, flagged):
    with as_web(everybody.eddie, Purpose.EARLY_HELP):
        row = own_plans.expect_agency(
            case=marsh.case, agency=everybody.health, why="x", by=everybody.eddie, now=timezone.now()
        )
        own_plans.expect_agency(case=marsh.case, agency=care, why="Asked", by=everybody.eddie, now=timezone.now())
    night = cast.today() + datetime.timedelta(days=days)
    with as_worker(watching.JOB):
        watching.sweep(as_of=night, now=timezone.now() + datetime.timedelta(days=days))
    missing = models.Flag.objects.filter(rule=FlagRule.AGENCY_MISSING, cleared_at=None)
    assert [flag.subject_id for flag in missing] != [row.pk]
    assert len(missing) == flagged
    if flagged:
        page = visit(everybody.eddie).get("/families/my-work/").content.decode()
        assert "An agency that should be in the team is not. Marlbeck Social Care: Asked." in page
        models.ExpectedAgency.objects.update(ended_on=cast.today())
        with as_worker(watching.JOB):
            watching.sweep(as_of=night, now=timezone.now() + datetime.timedelta(days=days))
        assert not missing.all().exists()


def test_a_sensitive_agency_is_expected_without_being_named_by_a_clause_about_cases(marsh, everybody, care):
    care.sensitive, care.type = True, AgencyType.SUBSTANCE_USE
    care.save()
    with as_web(everybody.eddie, Purpose.EARLY_HELP):
        row = own_plans.expect_agency(case=marsh.case, agency=care, why="x", by=everybody.eddie, now=timezone.now())
    assert row.kind == Kind.SUBSTANCE_USE
    for post, sees in ((everybody.eddie, True), (everybody.ben, False)):
        with as_web(post, Purpose.EARLY_HELP):
            assert models.ExpectedAgency.objects.visible().filter(pk=row.pk).exists() == sees
