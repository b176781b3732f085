"""Handing on families of a lead: each with words of its own, and no word typed is lost."""

import datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import models
from cases.actions import leading
from cases.queries import leads
from cases.vocabulary import AssignmentWhy, FlagRule
from sharing_agreements.models import Identity, Post
from sharing_agreements.vocabulary import Purpose, Role
from tests import cast
from tests.cases.web import story
from tests.cases.web.checks import comes_back, takes_no_other_method
from tests.cases.web.test_list_leads import flag
from tests.conftest import as_web
from tests.factories import cases as factory

DAY = datetime.timedelta(days=1)
REFUSED = "No agreement in force lets a lead practitioner of that agency see this case."


@pytest.fixture
def doyle(everybody):
    """Another family that Eddie leads."""
    other = story.marshes(everybody)
    Identity.objects.filter(person__in=[other.ada, other.joe]).update(family_name="Doyle")
    return other


@pytest.fixture
def olga(everybody):
    """A lead practitioner of a school that signed nothing."""
    return cast.post("Olga", everybody.oak_green, Role.LEAD_PRACTITIONER)


def address(lead) -> str:
    return f"/families/leads/{lead.practitioner_id}/hand-on/"


def typed(family: story.Marshes, who: Post | None, words: str, *, tick: bool = True) -> dict[str, str]:
    """The three boxes of a family."""
    key = family.case.pk
    boxes = {f"who_{key}": str(who.pk) if who else "", f"handover_{key}": words}
    return boxes | ({f"tick_{key}": "on"} if tick else {})


def asked() -> dict:
    """Who waits for whose answer, by case, with what they were told."""
    rows = models.LeadAssignment.objects.filter(answer__isnull=True).select_related("handover")
    assert len({row.case_id for row in rows}) == len(rows), "somebody is asked twice"
    return {row.case_id: (row.practitioner.name, row.handover.summary, row.why) for row in rows}


def test_two_families_go_to_two_people_of_two_agencies_and_the_lead_stays(marsh, doyle, everybody, visit):
    erin = cast.post("Erin", everybody.early_help, Role.LEAD_PRACTITIONER)
    esi, where = visit(everybody.esi), address(everybody.eddie)
    answer = esi.send(where, **typed(marsh, everybody.amira, "Of Ada"), **typed(doyle, erin, "Of the Doyles"))
    assert (answer.status_code, answer["Location"]) == (302, where), answer.content.decode()
    assert asked() == {
        marsh.case.pk: ("Amira", "Of Ada", AssignmentWhy.HANDOVER),
        doyle.case.pk: ("Erin", "Of the Doyles", AssignmentWhy.HANDOVER),
    }
    page = esi.get(where).content.decode()
    assert "Asked to take over: Erin and Amira." in page
    assert "Amira, Quarry Hill Primary, is asked since" in page and "Of Ada" not in page
    assert "Ask the next leads" not in page and "Show who may lead there" not in page
    assert {case.lead_no for case in models.Case.objects.all()} == {everybody.eddie.practitioner.no}


def test_where_the_lead_left_whoever_is_asked_reads_so(marsh, everybody, visit):
    Post.objects.filter(pk=everybody.eddie.pk).update(ends_on=cast.today() - DAY)
    esi, where = visit(everybody.esi), address(everybody.eddie)
    assert "Has left" in esi.get(where).content.decode()
    assert esi.send(where, **typed(marsh, everybody.amira, "Of Ada")).status_code == 302
    assert asked()[marsh.case.pk][2] == AssignmentWhy.LEAD_LEFT


def test_one_is_refused_and_one_is_done_in_one_sending(marsh, doyle, olga, everybody, visit):
    esi, where = visit(everybody.esi), address(everybody.eddie)
    sent = typed(marsh, olga, "Of Ada") | typed(doyle, everybody.amira, "Of the Doyles")
    answer = esi.send(where, **sent)
    page = answer.content.decode()
    assert answer.status_code == 200, "an answer of 400 or above would take back what was asked"
    assert f"Marsh family, {marsh.case.reference}: {REFUSED}" in page and "There is a problem" in page
    assert "Of Ada" in page and f'value="{olga.pk}" selected' in page and f"tick_{marsh.case.pk}" in page
    assert "Asked to take over: Amira." in page
    assert "Of the Doyles" not in page and f"tick_{doyle.case.pk}" not in page
    assert asked().keys() == {doyle.case.pk}
    again = esi.send(where, **sent)
    assert again.status_code == 422, "sent again, nothing is new"
    assert "Of Ada" in again.content.decode() and "Of the Doyles" not in again.content.decode()
    assert asked().keys() == {doyle.case.pk}


def test_where_all_are_refused_nothing_is_kept(marsh, olga, everybody, visit):
    page = comes_back(visit(everybody.esi), address(everybody.eddie), typed(marsh, olga, "Of Ada"), REFUSED)
    assert "Of Ada" in page
    assert asked() == {}


def test_nothing_typed_is_lost_when_an_answer_is_missing(marsh, doyle, everybody, visit):
    sent = typed(marsh, None, "Of Ada") | typed(doyle, everybody.amira, "") | {"agency": everybody.health.pk}
    name = f"family, {marsh.case.reference}: choose who takes over", f"{doyle.case.reference}: write the handover"
    page = comes_back(visit(everybody.esi), address(everybody.eddie), sent, *name)
    assert "Of Ada" in page and f'value="{everybody.amira.pk}" selected' in page
    assert asked() == {}


def test_a_family_that_is_not_ticked_keeps_its_words_and_is_not_asked_for(marsh, doyle, everybody, visit):
    esi, where = visit(everybody.esi), address(everybody.eddie)
    left = typed(marsh, everybody.amira, "Of Ada", tick=False)
    page = comes_back(esi, where, left, "Tick at least one family")
    assert "Of Ada" in page
    answer = esi.send(where, **left, **typed(doyle, everybody.amira, "Of the Doyles"))
    assert answer.status_code == 200, "a redirect would lose the words"
    assert "Of Ada" in answer.content.decode() and "There is a problem" not in answer.content.decode()
    assert asked().keys() == {doyle.case.pk}


def test_words_said_before_are_kept_in_their_box_too(marsh, doyle, everybody, visit):
    becomes_lead(everybody.amira, marsh, everybody)
    becomes_lead(everybody.amira, doyle, everybody)
    sent = typed(marsh, everybody.eddie, "By telephone", tick=False) | typed(doyle, everybody.eddie, "Of the Doyles")
    answer = visit(everybody.esi).send(address(everybody.amira), **sent)
    assert answer.status_code == 200 and "By telephone" in answer.content.decode(), "Amira was told the same words once"


def test_looking_at_another_agency_loses_no_word_and_asks_nobody(marsh, doyle, everybody, visit):
    esi, where = visit(everybody.esi), address(everybody.eddie)
    assert f'value="{everybody.amira.pk}"' not in esi.get(where).content.decode()
    sent = typed(marsh, everybody.esi, "Of Ada") | typed(doyle, None, "") | {"look": "agency"}
    answer = esi.send(where, **sent, agency=str(everybody.quarry_hill.pk))
    page = answer.content.decode()
    assert answer.status_code == 200 and "There is a problem" not in page
    assert "Of Ada" in page and f'value="{everybody.esi.pk}" selected' in page
    assert f'value="{everybody.amira.pk}"' in page and "Esi, Manager, Marlbeck Early Help" in page
    assert asked() == {}
    empty = esi.send(where, look="agency", agency=str(everybody.housing.pk)).content.decode()
    assert "Nobody at this agency holds a post that may lead" in empty


def test_the_lead_is_not_offered(marsh, everybody, visit):
    assert f'value="{everybody.eddie.pk}"' not in visit(everybody.esi).get(address(everybody.eddie)).content.decode()
    sent = typed(marsh, everybody.eddie, "Of Ada")
    comes_back(visit(everybody.esi), address(everybody.eddie), sent, "choose who takes over")


def test_words_for_a_family_that_got_its_next_lead_meanwhile_are_shown(marsh, doyle, everybody, visit):
    esi, where = visit(everybody.esi), address(everybody.eddie)
    becomes_lead(everybody.amira, marsh, everybody)
    answer = esi.send(where, **typed(marsh, everybody.amira, "Of Ada"), **typed(doyle, everybody.amira, "Of Doyles"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Not sent" in page and "Of Ada" in page and "led by Amira" in page and marsh.address in page
    assert asked().keys() == {doyle.case.pk}
    becomes_lead(everybody.amira, doyle, everybody)
    last = esi.send(where, **typed(marsh, everybody.amira, "Of Ada"), **typed(doyle, everybody.amira, "Of Doyles"))
    assert last.status_code == 404, "as where there is no such lead"
    assert "Of Ada" in last.content.decode() and "Eddie" not in last.content.decode().partition("Not sent")[0]
    assert "Of Doyles" not in last.content.decode(), "that is what the next lead was told"


def becomes_lead(post: Post, family: story.Marshes, everybody: cast.Cast) -> None:
    """They were asked, unless they are asked already, and say yes."""
    with as_web(everybody.esi, Purpose.EARLY_HELP):
        next_lead = leading.NextLead(family.case, post.practitioner, post.agency, "By telephone")
        leading.hand_on(asks=[next_lead], why=AssignmentWhy.HANDOVER, by=everybody.esi, now=factory.now())
    with as_web(post, Purpose.EARLY_HELP):
        mine = models.LeadAssignment.objects.get(case=family.case, practitioner=post.practitioner)
        leading.accept_lead(assignment=mine, by=post, now=factory.now())


def test_nobody_is_asked_where_somebody_else_is_asked_meanwhile(marsh, everybody, visit):
    erin = cast.post("Erin", everybody.early_help, Role.LEAD_PRACTITIONER)
    esi, where = visit(everybody.esi), address(everybody.eddie)
    assert esi.send(where, **typed(marsh, erin, "From Erin's manager")).status_code == 302
    page = esi.send(where, **typed(marsh, everybody.amira, "Of Ada")).content.decode()
    assert "What you wrote was not sent" in page and "Of Ada" in page and "Erin, Marlbeck Early Help, is asked" in page
    assert asked()[marsh.case.pk][0] == "Erin"


def test_the_action_asks_nobody_twice_and_refuses_another(marsh, everybody):
    erin = cast.post("Erin", everybody.early_help, Role.LEAD_PRACTITIONER)

    def hand_on(post):
        with as_web(everybody.esi, Purpose.EARLY_HELP):
            asks = [leading.NextLead(marsh.case, post.practitioner, post.agency, "Of Ada")]
            return leading.hand_on(asks=asks, why=AssignmentWhy.HANDOVER, by=everybody.esi, now=factory.now())

    assert hand_on(erin) == {} and hand_on(erin) == {}
    assert {case: no.code for case, no in hand_on(everybody.amira).items()} == {marsh.case.pk: "asked_already"}
    assert asked()[marsh.case.pk][0] == "Erin"


def test_a_long_list_comes_by_pages(marsh, doyle, everybody, visit, monkeypatch):
    monkeypatch.setattr(leads, "PAGE", 1)
    esi, where = visit(everybody.esi), address(everybody.eddie)
    page = esi.get(where).content.decode()
    assert "there are more" in page and doyle.case.reference in page and marsh.case.reference not in page
    after = page.partition("?after=")[2].partition('"')[0]
    second = esi.get(where, after=after).content.decode()
    assert "there are more" not in second and marsh.case.reference in second and doyle.case.reference not in second
    there = f"{where}?after={after}"
    assert esi.send(there, **typed(marsh, everybody.amira, "Of Ada"))["Location"] == there
    assert asked().keys() == {marsh.case.pk}


def test_a_line_says_where_the_help_stands_and_its_flags(marsh, everybody, visit):
    flag(marsh, everybody.esi, FlagRule.SILENT, climbed=True)
    flag(marsh, everybody.esi, FlagRule.RELEASE_DUE, cleared=True)
    page = visit(everybody.esi).get(address(everybody.eddie)).content.decode()
    assert "Nothing written down (climbed)" in page and "Release expected" not in page
    assert "Plan active" in page and "led since" in page and marsh.address in page


def test_more_families_need_no_more_queries(marsh, everybody, visit):
    esi, where = visit(everybody.esi), address(everybody.eddie)
    esi.get(where)
    with CaptureQueriesContext(connection) as few:
        esi.get(where)
    for _ in range(4):
        flag(story.marshes(everybody), everybody.esi, FlagRule.SILENT)
    with CaptureQueriesContext(connection) as many:
        assert esi.get(where).content.decode().count("Hand on this family") == 5
    assert len(many) == len(few)


def test_a_lead_may_not_and_a_manager_elsewhere_finds_nothing(marsh, everybody, visit):
    where = address(everybody.eddie)
    for post in (everybody.eddie, everybody.ben, everybody.cleo):
        assert visit(post).get(where).status_code == 404, post
        assert visit(post).send(where, **typed(marsh, everybody.amira, "Of Ada")).status_code == 404, post
    in_the_team = visit(cast.post("Mona", everybody.health, Role.MANAGER))
    assert in_the_team.get(where).status_code == 404, "they may see the family, and it is not theirs to hand on"
    elsewhere = visit(cast.post("Mo", everybody.oak_green, Role.MANAGER))
    nobody = f"/families/leads/{uuid4()}/hand-on/"
    for one in (where, nobody):
        assert elsewhere.get(one).status_code == 404
        answer = elsewhere.send(one, **typed(marsh, everybody.amira, "Of Ada"))
        assert answer.status_code == 404
        assert "Eddie" not in answer.content.decode() and marsh.case.reference not in answer.content.decode()
    assert asked() == {}


def test_it_takes_no_other_method(marsh, everybody, visit):
    takes_no_other_method(visit(everybody.esi), address(everybody.eddie))
