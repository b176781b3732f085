"""Write the assessment, save it as often as wanted, finish it: the plan starts."""

from cases import models
from tests.cases.web.checks import comes_back, is_not_there_for, takes_no_other_method
from tests.factories import cases as factory


def assessing(everybody):
    """Amira assesses a family."""
    home = factory.assessing_with(everybody)
    assessment = models.Assessment.objects.get(case=home.case)
    return home, f"/families/{home.family.pk}/assessments/{assessment.pk}/"


def test_it_is_saved_and_shown_again(visit, everybody):
    _, address = assessing(everybody)
    amira = visit(everybody.amira)
    version = str(models.AssessmentDetail.objects.get().version)
    assert amira.send(address + "write/", version=version, worries="Often late").status_code == 302
    assert "Often late" in amira.get(address + "write/").content.decode()


def test_a_stale_save_shows_both_versions(visit, everybody):
    _, address = assessing(everybody)
    models.AssessmentDetail.objects.update(version=7, worries="Written by somebody quicker")
    page = comes_back(
        visit(everybody.amira), address + "write/", {"version": "1", "worries": "Mine"}, "Somebody changed this"
    )
    assert "Written by somebody quicker" in page
    assert "Mine" in page


def test_finishing_needs_a_need_and_starts_the_plan(visit, everybody):
    home, address = assessing(everybody)
    amira = visit(everybody.amira)
    page = comes_back(amira, address + "finish/", {"conclusion": "Mornings are hard"}, "Add at least one need")
    assert "Mornings are hard" in page
    need = {"people": [str(home.children[0])], "title": "Calm mornings", "heading": "relationships"}
    assert amira.send(f"/families/{home.family.pk}/needs/add/", **need).status_code == 302
    assert amira.send(address + "finish/", conclusion="Mornings are hard").status_code == 302
    assert home.child().state == "plan_active"


def test_it_is_not_there_for_anybody_else(visit, everybody):
    is_not_there_for(visit(everybody.dev), assessing(everybody)[1] + "write/", {"version": "1"})


def test_it_takes_no_other_method(visit, everybody):
    takes_no_other_method(visit(everybody.amira), assessing(everybody)[1] + "write/")
