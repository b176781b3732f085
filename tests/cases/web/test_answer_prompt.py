"""Keeping in touch: a prompt is answered, and it ends with an answer."""

from cases import models
from tests import cast
from tests.cases.web.checks import boxes, comes_back, is_not_there_for, takes_no_other_method


def stepped_down(marsh, visit, everybody):
    """Eddie steps Joe down; gives where the first prompt is answered."""
    said = {"people": [str(marsh.joe.pk)], "summary": "Well", "family_view": "Fine", "on_lists": "yes"}
    answer = visit(everybody.eddie).send(marsh.address + "step-down/", **said, **boxes("family_told_on", cast.today()))
    assert answer.status_code == 302, answer.content.decode()
    prompt = models.WatchPrompt.objects.get(week=4)
    return f"{marsh.address}prompts/{prompt.pk}/answer/"


def test_a_prompt_is_answered_in_words(marsh, visit, everybody):
    address = stepped_down(marsh, visit, everybody)
    answer = visit(everybody.eddie).send(address, answer="doing_well", words="Rang Kate")
    assert answer.status_code == 302
    assert models.WatchPrompt.objects.get(week=4).words == "Rang Kate"


def test_it_ends_with_an_answer_and_the_case_closes(marsh, visit, everybody):
    stepped_down(marsh, visit, everybody)
    watch = models.Watch.objects.get()
    address = f"{marsh.address}watches/{watch.pk}/end/"
    page = comes_back(visit(everybody.eddie), address, {"answer": "", "because": "All calm"}, "There is a problem")
    assert "All calm" in page
    assert visit(everybody.eddie).send(address, answer="doing_well", because="All calm").status_code == 302
    assert models.ChildInCase.objects.get(person=marsh.joe).state == "closed"


def test_it_is_not_for_the_team_and_not_there_for_others(marsh, visit, everybody):
    address = stepped_down(marsh, visit, everybody)
    assert visit(everybody.ben).get(address).status_code == 409
    is_not_there_for(visit(everybody.dev), address, {"answer": "doing_well", "words": "x"})


def test_it_takes_no_other_method(marsh, visit, everybody):
    takes_no_other_method(visit(everybody.eddie), stepped_down(marsh, visit, everybody))
