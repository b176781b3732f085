"""Ask somebody to lead."""

from cases import models
from sharing_agreements.models import Post
from sharing_agreements.vocabulary import Role
from tests import cast
from tests.cases.web.checks import comes_back, is_not_there_for, takes_no_other_method
from tests.factories import cases as factory


def amira(marsh):
    return Post.objects.select_related("agency", "practitioner").get(practitioner__name="Amira")


def address(marsh):
    return f"{marsh.address}lead/assign/?agency={amira(marsh).agency_id}"


def answers(marsh, **more):
    return {"who": str(amira(marsh).pk), "message": "You know the school side", "handover": "The story so far"} | more


def test_somebody_is_asked_to_lead(marsh, visit, everybody):
    answer = visit(everybody.esi).send(address(marsh), **answers(marsh))
    assert answer.status_code == 302, answer.content.decode()
    assert models.LeadAssignment.objects.filter(practitioner=everybody.amira.practitioner).exists()


def test_it_is_not_there_for_a_school_that_signed_nothing(marsh, visit, everybody):
    is_not_there_for(visit(everybody.dev), address(marsh), answers(marsh))


def test_it_is_not_for_the_team_to_do(marsh, visit, everybody):
    assert visit(everybody.ben).get(address(marsh)).status_code == 409
    assert visit(everybody.ben).send(address(marsh), **answers(marsh)).status_code == 409


def test_it_is_not_done_once_the_work_has_ended(marsh, visit, everybody):
    models.ChildInCase.objects.update(state="closed")
    assert visit(everybody.esi).send(address(marsh), **answers(marsh)).status_code == 409


def test_nothing_typed_is_lost_when_an_answer_is_missing(marsh, visit, everybody):
    page = comes_back(visit(everybody.esi), address(marsh), answers(marsh, **{"who": ""}), "Choose somebody")
    assert "The story so far" in page


def test_it_takes_no_other_method(marsh, visit, everybody):
    takes_no_other_method(visit(everybody.esi), address(marsh))


def test_the_first_lead_takes_over_from_nobody(marsh, visit, everybody):
    home = factory.waiting(everybody)
    first = visit(everybody.esi).get(f"/families/{home.family.pk}/lead/assign/").content.decode()
    assert "What to know first" in first and "Handover" not in first
    assert "Handover" in visit(everybody.esi).get(address(marsh)).content.decode()
    comes_back(visit(everybody.esi), address(marsh), answers(marsh, handover=""), "Enter handover")


def test_the_hub_which_leads_nothing_begins_at_the_early_help_service(marsh, visit, everybody):
    page = visit(cast.post("Marian", everybody.hub, Role.MANAGER)).get(f"{marsh.address}lead/assign/").content.decode()
    assert f'<option value="{everybody.early_help.pk}" selected>' in page
    assert "Esi" in page
    assert "govuk-error-message" not in page
