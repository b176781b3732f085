"""Write the assessment section by section, save it as often as wanted, finish it: the plan starts."""

import datetime

import pytest
from django.db import ProgrammingError, transaction

from cases import models
from cases.actions import assessing as acts
from cases.queries.pages.family_top import family_top
from cases.rules.assessment_form import Said
from sharing_agreements.actions import facts
from sharing_agreements.refusals import Refused
from sharing_agreements.vocabulary import InvolvementReason, Purpose
from tests import cast
from tests.cases.web.checks import comes_back, is_not_there_for, takes_no_other_method
from tests.conftest import as_web
from tests.factories import cases as factory


def assessing(everybody):
    """Amira assesses a family."""
    home = factory.assessing_with(everybody)
    assessment = models.Assessment.objects.get(case=home.case)
    return home, f"/families/{home.family.pk}/assessments/{assessment.pk}/"


def again(everybody, said_on=datetime.date(2026, 5, 3)):
    """Amira assesses a family again; in May she wrote that they worry about mornings, and a number for the home."""
    home = factory.plan_active(everybody)
    first = models.Assessment.objects.get(case=home.case)
    write(everybody, home, first, "worries", worries__family=("Mornings are hard", None))
    write(everybody, home, first, "environment", home__family=("Damp", 4))
    models.AssessmentAnswer.objects.update(said_on=said_on)
    with as_web(everybody.amira, Purpose.EARLY_HELP):
        children = list(models.ChildInCase.objects.filter(case=home.case))
        second = acts.start(case=home.case, children=children, by=everybody.amira, now=factory.now())
    return home, first, second, f"/families/{home.family.pk}/assessments/{second.pk}/"


def write(everybody, home, assessment, section, *, by=None, version=0, **given):
    """Save some lines of a section as somebody would. An assessment that is finished is taken as not, unless `version`
    is None."""
    by = by or everybody.amira
    assessment = models.Assessment.objects.select_related("case").get(pk=assessment.pk)
    assessment.finished_at = assessment.finished_at if version is None else None
    with as_web(by, Purpose.EARLY_HELP):
        top = family_top(home.family.pk, for_post=by, today=cast.today())
        lines = {key: acts.Given(Said(*said)) for key, said in given.items()}
        told = {"top": top, "assessment": assessment, "section": section, "version": version or 0}
        return acts.save(**told, given=lines, by=by, now=factory.now())


def words_of(assessment, question="worries"):
    """Every answer ever written to a question, in order."""
    rows = models.AssessmentAnswer.objects.filter(assessment=assessment, question=question)
    return list(rows.order_by("revision").values_list("words", flat=True))


def test_it_is_saved_and_shown_again_and_the_next_section_follows(visit, everybody):
    _, address = assessing(everybody)
    amira = visit(everybody.amira)
    answer = amira.send(address + "write/worries/", version="0", words_worries__family="Often late")
    assert answer.headers["Location"] == address + "write/next/"
    assert "Often late" in amira.get(address + "write/worries/").content.decode()
    assert "Often late" in amira.get(address).content.decode()


def test_every_version_of_an_answer_is_kept_and_an_unchanged_one_is_not_written_again(visit, everybody):
    home, address = assessing(everybody)
    amira = visit(everybody.amira)
    for version, words in ((0, "Often late"), (1, "Often late"), (1, "Late on Mondays")):
        assert amira.send(address + "write/worries/", version=version, words_worries__family=words).status_code == 302
    assessment = models.Assessment.objects.get(case=home.case)
    assert words_of(assessment) == ["Often late", "Late on Mondays"]


def test_a_child_is_asked_about_alone(visit, everybody):
    home, address = assessing(everybody)
    child = home.children[0]
    key = f"child_words__{child.hex}"
    answer = visit(everybody.amira).send(address + "write/development/", version="0", **{f"words_{key}": "I like Ben"})
    assert answer.status_code == 302
    row = models.AssessmentAnswer.objects.get()
    assert (row.person_id, row.about, row.words) == (child, [child], "I like Ben")


def test_a_number_off_the_scale_comes_back(visit, everybody):
    _, address = assessing(everybody)
    page = comes_back(
        visit(everybody.amira),
        address + "write/environment/",
        {"version": "0", "score_home__family": "11", "words_home__family": "Damp walls"},
        "must be 10 or less",
    )
    assert "Damp walls" in page
    assert "0: No safe home, or about to lose it." in page


def test_a_stale_save_shows_both_versions_and_keeps_nothing(visit, everybody):
    home, address = assessing(everybody)
    assessment = models.Assessment.objects.get(case=home.case)
    assert write(everybody, home, assessment, "worries", worries__family=("Somebody was quicker", None))
    page = comes_back(
        visit(everybody.amira),
        address + "write/worries/",
        {"version": "0", "words_worries__family": "Mine"},
        "Somebody changed this",
    )
    assert "Somebody was quicker" in page
    assert "Mine" in page
    assert words_of(assessment) == ["Somebody was quicker"]
    assert 'name="version" value="1"' in page


def test_two_sections_are_written_at_the_same_time(everybody):
    home, _ = assessing(everybody)
    assessment = models.Assessment.objects.get(case=home.case)
    assert write(everybody, home, assessment, "worries", worries__family=("Late", None))
    assert write(everybody, home, assessment, "strengths", strengths__family=("They sing", None))


def test_what_was_said_earlier_is_carried_forward_and_marked_until_it_is_confirmed(visit, everybody):
    _, first, second, address = again(everybody)
    amira = visit(everybody.amira)
    page = amira.get(address + "write/worries/").content.decode()
    assert "Mornings are hard" in page
    assert "As on 3 May 2026; not yet confirmed." in page
    said = {"version": "0", "words_worries__family": "Mornings are hard"}
    assert amira.send(address + "write/worries/", **said).status_code == 302
    assert words_of(second) == [], "sent unchanged without the tick, it is still only carried"
    assert amira.send(address + "write/worries/", **said, right_worries__family="on").status_code == 302
    row = models.AssessmentAnswer.objects.get(assessment=second)
    earlier = models.AssessmentAnswer.objects.get(assessment=first, question="worries")
    assert (row.words, row.confirms_id, row.said_on) == ("Mornings are hard", earlier.pk, datetime.date(2026, 5, 3))
    assert "not yet confirmed" not in amira.get(address + "write/worries/").content.decode()
    shown = amira.get(address).content.decode()
    assert "As on 3 May 2026; confirmed" in shown
    assert "1 answer was said in an earlier assessment and is not yet confirmed" in " ".join(shown.split())


def test_changing_what_was_carried_forward_makes_it_this_ones(visit, everybody):
    _, first, second, address = again(everybody)
    sent = {"version": "0", "score_home__family": "7", "words_home__family": "Dry now"}
    assert visit(everybody.amira).send(address + "write/environment/", **sent).status_code == 302
    row = models.AssessmentAnswer.objects.get(assessment=second)
    assert (row.words, row.score, row.confirms_id, row.said_on) == ("Dry now", 7, None, cast.today())
    assert words_of(first, "home") == ["Damp"], "the earlier assessment stays as it was"
    page = " ".join(visit(everybody.amira).get(address + "beside/").content.decode().split())
    assert page.index("4 of 10") < page.index("Damp") < page.index("7 of 10") < page.index("Dry now")


def test_nothing_of_another_agency_is_copied_by_carrying_it_forward(visit, everybody):
    home, _first, second, _ = again(everybody)
    row = models.AssessmentAnswer.objects.filter(assessment=second)
    visit(everybody.amira).get(f"/families/{home.family.pk}/assessments/{second.pk}/")
    assert not row.exists()


def test_a_team_member_of_another_agency_writes_in_it_and_whoever_began_it_reads_that(visit, everybody):
    home, _ = assessing(everybody)
    facts.involve(
        people=home.children,
        agency=everybody.ben.agency_id,
        practitioner=everybody.ben.practitioner_id,
        reason=InvolvementReason.TEAM,
        starts_on=cast.today(),
    )
    assessment = models.Assessment.objects.get(case=home.case)
    assert write(everybody, home, assessment, "worries", by=everybody.ben, worries__family=("Wakes at night", None))
    row = models.AssessmentAnswer.objects.get()
    assert row.owner_id == everybody.health.pk
    assert (row.sent_to_id, row.sent_to_practitioner_id) == (assessment.owner_id, assessment.author_id)


def test_a_finished_assessment_and_what_is_not_asked_are_refused(everybody):
    home, _ = assessing(everybody)
    assessment = models.Assessment.objects.get(case=home.case)
    with pytest.raises(Refused, match="not_asked_here"):
        write(everybody, home, assessment, "worries", strengths__family=("They sing", None))
    models.Assessment.objects.update(finished_at=factory.now())
    with pytest.raises(Refused, match="assessment_finished"):
        write(everybody, home, assessment, "worries", version=None, worries__family=("Late", None))


def test_an_answer_is_never_rewritten_by_the_web_login(everybody):
    home, _ = assessing(everybody)
    assessment = models.Assessment.objects.get(case=home.case)
    write(everybody, home, assessment, "worries", worries__family=("Late", None))
    denied = pytest.raises(ProgrammingError, match="permission denied")
    with as_web(everybody.amira, Purpose.EARLY_HELP), denied, transaction.atomic():
        models.AssessmentAnswer.objects.filter(assessment=assessment).update(words="Never late")


def test_finishing_needs_a_need_and_starts_the_plan(visit, everybody):
    home, address = assessing(everybody)
    amira = visit(everybody.amira)
    page = comes_back(amira, address + "finish/", {"conclusion": "Mornings are hard"}, "Add at least one need")
    assert "Mornings are hard" in page
    need = {"people": [str(home.children[0])], "title": "Calm mornings", "heading": "relationships", "baseline": "3"}
    assert amira.send(f"/families/{home.family.pk}/needs/add/", **need).status_code == 302
    assert amira.send(address + "finish/", conclusion="Mornings are hard").status_code == 302
    assert home.child().state == "plan_active"


def test_pages_are_read_in_a_fixed_number_of_queries(visit, everybody, django_assert_max_num_queries):
    _, _, _, address = again(everybody)
    amira = visit(everybody.amira)
    for page in ("", "beside/", "write/environment/"):
        with django_assert_max_num_queries(32):
            assert amira.get(address + page).status_code == 200


def test_it_is_not_there_for_anybody_else(visit, everybody):
    _, address = assessing(everybody)
    is_not_there_for(visit(everybody.dev), address + "write/worries/", {"version": "0"})
    assert visit(everybody.dev).get(address).status_code == 404
    assert visit(everybody.amira).get(address + "write/nothing/").status_code == 404
    assert visit(everybody.amira).get(address + "beside/").status_code == 404, "nothing came before"


def test_it_takes_no_other_method(visit, everybody):
    takes_no_other_method(visit(everybody.amira), assessing(everybody)[1] + "write/worries/")
