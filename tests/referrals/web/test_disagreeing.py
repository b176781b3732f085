"""Disagreeing on the screens: the reporter says so, the decider and the manager find it and answer, each reads it."""

import datetime
import re

import pytest
from django.db import connection

from referrals.models import Disagreement, DisagreementRung, Report
from sharing_agreements.vocabulary import Purpose, Role
from tests import cast
from tests.conftest import as_web
from tests.referrals.arriving import arrive
from tests.referrals.disagreeing import answer, climb, decide, disagree, receive

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_post(site):
    def open_as(post):
        client = site()
        client.force_login(post.practitioner)
        return client

    return open_as


@pytest.fixture
def mona(everybody):
    return cast.post("Mona", everybody.hub, Role.MANAGER)


@pytest.fixture
def contact(everybody):
    made = arrive(everybody.cleo, everybody.hub)
    decide(made, everybody.hana)
    return made


@pytest.fixture
def rung(everybody, contact):
    return disagree(contact, everybody.cleo)


@pytest.fixture
def above(rung):
    climb(rung.due_at + datetime.timedelta(hours=1))
    return DisagreementRung.objects.get(rung=2)


@pytest.fixture
def told(contact):
    return contact.report.feedback.get().pk


@pytest.fixture
def closed(everybody, contact, rung):
    """An answer that its reporter could take further, had nobody closed the report to everybody since."""
    answer(rung, everybody.hana)
    Report.objects.filter(pk=contact.report_id).update(restricted=2, allowed=[])
    return rung


@pytest.fixture
def four(everybody):
    for _ in range(4):
        contact = arrive(everybody.cleo, everybody.hub)
        decide(contact, everybody.hana)
        disagree(contact, everybody.cleo)


def worked(by, do):
    """The worker's or another's turn between two pages; then the web login again."""
    with as_web(by, Purpose.TRIAGE):
        said = Disagreement.objects.order_by("-recorded_at").first()
    do(said)
    with connection.cursor() as cursor:
        cursor.execute("set local role eh_web")


def text_of(client, address):
    answered = client.get(address)
    assert answered.status_code == 200, address
    return answered.content.decode()


SAID = {"reason": "Nobody saw the bruises.", "may_harm": "yes"}
ANSWER = {"verdict": "stands", "words": "A doctor looked at them."}


def link(text, words):
    """The address of a link by its words."""
    found = re.search(r'href="([^"]+)"[^>]*>\s*' + words, text)
    assert found, words
    return found[1]


def test_a_reporter_disagrees_the_decider_answers_and_it_is_taken_further_to_the_manager(
    everybody, contact, mona, as_post
):
    cleo, page = as_post(everybody.cleo), f"/reports/{contact.report_id}/"
    form = link(text_of(cleo, page), "I disagree with this")
    missing = cleo.post(form, {"reason": "", "may_harm": ""}).content.decode()
    assert "There is a problem" in missing and "Why do you disagree?" in missing
    assert cleo.post(form, SAID).status_code == 302
    worked(everybody.hana, receive)
    assert "I disagree with this" not in text_of(cleo, page)
    assert cleo.get(form).status_code == 409
    hana = as_post(everybody.hana)
    queue = text_of(hana, "/queue/")
    assert "1 disagreement waits for an answer" in queue
    answering = link(queue, "Answer")
    assert "Nobody saw the bruises." in text_of(hana, answering)
    assert hana.post(answering, ANSWER).status_code == 302
    assert "A doctor looked at them." in text_of(hana, f"/contacts/{contact.pk}/")
    read = text_of(cleo, page)
    assert "The decision stands." in read and "A doctor looked at them." in read
    assert cleo.post(link(read, "I do not accept this"), SAID | {"reason": "It was not a doctor."}).status_code == 302
    worked(everybody.hana, receive)
    assert "Somebody disagrees with a decision" not in text_of(hana, "/queue/")
    manager = as_post(mona)
    due = text_of(manager, "/families/my-work/")
    assert "Somebody disagrees with a decision" in due
    answering = link(due, "Answer")
    assert "Who answered?" not in text_of(manager, answering)
    assert manager.post(answering, ANSWER | {"verdict": "again"}).status_code == 302
    assert "Decide for Jo" in text_of(hana, f"/contacts/{contact.pk}/")
    assert "The hub decides again." in text_of(cleo, page)


def test_what_nobody_answers_is_late_then_the_managers(everybody, contact, mona, above, as_post):
    listed = text_of(as_post(mona), "/queue/disagreements/")
    assert "To answer: The hub&#x27;s manager" in listed
    assert "Nobody answered in time" in text_of(as_post(everybody.cleo), f"/reports/{contact.report_id}/")
    hana = as_post(everybody.hana)
    said = text_of(hana, f"/queue/disagreements/{above.pk}/")
    assert "then a manager of the hub" in said and "<form" not in said.split("<main")[1].split("</main")[0]


def test_a_navigator_disagrees_on_the_contact_and_reads_the_answer_there(everybody, contact, as_post):
    hugo, page = as_post(everybody.hugo), f"/contacts/{contact.pk}/"
    form = link(text_of(hugo, page), "I disagree with this decision")
    assert hugo.post(form, SAID).status_code == 302
    worked(everybody.hana, lambda said: answer(receive(said), everybody.hana))
    assert "A doctor looked." in text_of(hugo, page)
    assert "take it further" in text_of(hugo, page)
    assert "I disagree with this decision" not in text_of(as_post(everybody.hana), page)


def test_others_are_answered_as_if_it_did_not_exist(everybody, told, rung, as_post):
    for post in (everybody.dev, everybody.cyrus, everybody.esi):
        client = as_post(post)
        assert client.get(f"/reports/feedback/{told}/disagree/").status_code == 404
        assert client.get(f"/reports/disagreements/{rung.pk}/further/").status_code == 404
        assert client.get(f"/queue/disagreements/{rung.pk}/").status_code == 404


def test_a_report_that_was_closed_takes_what_they_may_disagree_with_along(everybody, told, closed, as_post):
    cleo = as_post(everybody.cleo)
    assert cleo.get(f"/reports/disagreements/{closed.pk}/further/").status_code == 404
    assert cleo.get(f"/reports/feedback/{told}/disagree/").status_code == 404


def test_more_disagreements_need_no_more_queries(everybody, four, as_post, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        assert text_of(as_post(everybody.hana), "/queue/disagreements/").count("Answer<") == 4
