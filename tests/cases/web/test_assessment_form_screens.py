"""The form of an assessment is changed by administrators and early help managers; what was begun before stays."""

import pytest
from django.db import ProgrammingError, transaction

from cases import models
from cases.actions import forming
from cases.queries.assessment_forms import form_of, newest
from cases.rules.assessment_form import Section
from sharing_agreements.refusals import Refused
from sharing_agreements.vocabulary import Purpose, Role
from tests import cast
from tests.cases.web.checks import comes_back, takes_no_other_method
from tests.conftest import as_web
from tests.factories import cases as factory

SCREEN = "/families/assessment-form/"
CHANGE = SCREEN + "sections/worries/"


@pytest.fixture
def ada(everybody):
    """An administrator."""
    return cast.post("Ada", everybody.early_help, Role.ADMINISTRATOR)


def answers(**more):
    """The section of worries, sent with something changed."""
    return {
        "version": "1",
        "title": "What worries us",
        "ask_worries": "What worries us most?",
        "of": "family",
        "sort": "words",
        "why": "Shorter words",
    } | more


def test_saving_makes_the_next_version_and_the_old_one_stays_readable(visit, ada):
    keeper = visit(ada)
    assert keeper.send(CHANGE, **answers()).status_code == 302
    assert newest().section("worries").title == "What worries us"
    page = keeper.get(SCREEN).content.decode()
    assert "Version 2 is in use" in page
    assert "Shorter words" in page
    old = keeper.get(SCREEN + "versions/1/").content.decode()
    assert "What we are worried about" in old
    assert "What worries us" not in old


def test_an_assessment_keeps_the_form_it_was_begun_on_and_the_next_one_takes_the_new(visit, everybody, ada):
    first = models.Assessment.objects.get(case=factory.assessing_with(everybody).case)
    assert visit(ada).send(CHANGE, **answers()).status_code == 302
    second = models.Assessment.objects.exclude(pk=first.pk).get(case=factory.assessing_with(everybody).case)
    first.refresh_from_db()
    assert (first.form_version, second.form_version) == (1, 2)
    page = visit(everybody.amira).get(f"/families/{first.family_id}/assessments/{first.pk}/").content.decode()
    assert "What we are worried about" in page
    page = visit(everybody.amira).get(f"/families/{second.family_id}/assessments/{second.pk}/").content.decode()
    assert "What worries us" in page


def test_a_question_with_a_scale_is_added_with_its_anchor_words(visit, ada):
    more = {"ask_new": "How safe do they feel?", "of": "child", "sort": "scale", "heading": "safe_from_harm"}
    page = comes_back(visit(ada), CHANGE, answers(**more), "Say what 0 and 10 of each scale mean")
    assert "How safe do they feel?" in page
    assert visit(ada).send(CHANGE, **answers(**more, low_new="Never", high_new="Always")).status_code == 302
    added = newest().section("worries").questions[-1]
    assert (added.code, added.of, added.low, added.high) == ("how_safe_do_they", "child", "Never", "Always")


def test_a_question_is_retired_and_a_section_is_added(visit, ada):
    keeper = visit(ada)
    assert keeper.send(CHANGE, **answers(retired_worries="on", ask_new="What next?")).status_code == 302
    assert [one.ask for one in newest().section("worries").asked] == ["What next?"]
    new = {
        "version": "2",
        "title": "Play",
        "ask_new": "Where do they play?",
        "of": "child",
        "sort": "words",
        "why": "x",
    }
    assert keeper.send(SCREEN + "sections/new/", **new).status_code == 302
    assert newest().sections[-1].title == "Play"


def test_a_stale_save_shows_both_versions(visit, ada):
    keeper = visit(ada)
    assert keeper.send(CHANGE, **answers()).status_code == 302
    answer = keeper.send(CHANGE, **answers(title="Mine"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Somebody else changed the form" in page
    assert "Mine" in page
    assert "What worries us" in page
    assert newest().version == 2
    assert 'name="version" value="2"' in page


def test_the_early_help_manager_keeps_it_too_and_nobody_else_does(visit, everybody):
    assert visit(everybody.esi).send(CHANGE, **answers()).status_code == 302
    for post in (everybody.eddie, everybody.hana, cast.post("Max", everybody.health, Role.MANAGER)):
        assert visit(post).send(CHANGE, **answers(version="2")).status_code in {403, 404}
    assert newest().version == 2


def test_the_database_refuses_a_version_from_anybody_else(everybody):
    for role in set(Role) - {Role.ADMINISTRATOR}:
        other = cast.post(f"Other {role}", everybody.health, role)
        with as_web(other, Purpose.EARLY_HELP):
            with pytest.raises(Refused):
                forming.change_section(section=Section("s", "S"), base=1, why="", by=other, now=factory.now())
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                models.AssessmentForm.objects.create(
                    version=2, sections=[], why="", made_at=factory.now(), made_by=other.practitioner
                )


def test_a_version_is_never_changed_or_removed(ada, visit):
    assert visit(ada).send(CHANGE, **answers()).status_code == 302
    rows = models.AssessmentForm.objects.all()
    with as_web(ada, Purpose.GOVERNANCE):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            rows.update(why="x")
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            rows.delete()


def test_there_is_no_version_or_section_of_that_name(visit, ada):
    assert form_of(9) is None
    assert visit(ada).get(SCREEN + "versions/9/").status_code == 404
    assert visit(ada).get(SCREEN + "sections/nothing/").status_code == 404


def test_it_takes_no_other_method(visit, ada):
    takes_no_other_method(visit(ada), CHANGE)
