"""The lead hands over, with what the next one must know."""

from django.utils import timezone

from cases import models
from cases.queries.pages.leading import HANDOVER_SHOWN
from sharing_agreements.models import Post
from tests.cases.web.checks import comes_back, is_not_there_for, takes_no_other_method
from tests.cases.web.story import DAY


def amira(marsh):
    return Post.objects.select_related("agency", "practitioner").get(practitioner__name="Amira")


def address(marsh):
    return f"{marsh.address}lead/hand-over/?agency={amira(marsh).agency_id}"


def answers(marsh, **more):
    return {"who": str(amira(marsh).pk), "summary": "Kate likes texts, not calls"} | more


def test_the_next_lead_gets_a_summary(marsh, visit, everybody):
    answer = visit(everybody.eddie).send(address(marsh), **answers(marsh))
    assert answer.status_code == 302, answer.content.decode()
    assert models.Handover.objects.get().summary == "Kate likes texts, not calls"


def test_it_is_refused_without_a_summary(marsh, visit, everybody):
    comes_back(visit(everybody.eddie), address(marsh), answers(marsh, summary=" "), "summary")
    assert not models.LeadAssignment.objects.filter(practitioner__name="Amira").exists()


def test_the_new_leads_first_page_begins_with_it_and_the_teams_page_keeps_it(marsh, visit, everybody):
    visit(everybody.eddie).send(address(marsh), **answers(marsh))
    amira_ = visit(amira(marsh))
    said = {"accepted": "yes", "reason": ""}
    answer = amira_.send(f"{marsh.address}lead/answer/", **said)
    assert answer.url == marsh.address
    page = amira_.get(marsh.address).content.decode()
    places = [page.index(words) for words in ("Handed over to you by Eddie", "Kate likes texts", "Ada Marsh")]
    assert places == sorted(places)
    assert "Kate likes texts" not in visit(everybody.esi).get(marsh.address).content.decode()
    models.Answer.objects.update(recorded_at=timezone.now() - HANDOVER_SHOWN - DAY)
    assert "Handed over to you" not in amira_.get(marsh.address).content.decode()
    assert "Kate likes texts, not calls" in amira_.get(f"{marsh.address}team/").content.decode()


def test_it_is_not_there_for_a_school_that_signed_nothing(marsh, visit, everybody):
    is_not_there_for(visit(everybody.dev), address(marsh), answers(marsh))


def test_it_is_not_for_the_team_to_do(marsh, visit, everybody):
    assert visit(everybody.ben).get(address(marsh)).status_code == 409
    assert visit(everybody.ben).send(address(marsh), **answers(marsh)).status_code == 409


def test_it_is_not_done_once_the_work_has_ended(marsh, visit, everybody):
    models.ChildInCase.objects.update(state="closed")
    assert visit(everybody.eddie).send(address(marsh), **answers(marsh)).status_code == 409


def test_nothing_typed_is_lost_when_an_answer_is_missing(marsh, visit, everybody):
    page = comes_back(visit(everybody.eddie), address(marsh), answers(marsh, **{"who": ""}), "Choose somebody")
    assert "Kate likes texts, not calls" in page


def test_it_takes_no_other_method(marsh, visit, everybody):
    takes_no_other_method(visit(everybody.eddie), address(marsh))
