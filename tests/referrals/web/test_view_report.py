"""Reports after sending: what became of each child, what is said later, the copy, the list, and the program's door."""

import datetime
import uuid

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from referrals.models import Draft, Feedback, FeedbackRead, Question, Report, ReportAddition, WrongChildMark
from referrals.queries.reporting import unsent_drafts_of_others
from sharing_agreements.vocabulary import Purpose, Role
from tests import cast
from tests.conftest import as_login, as_web
from tests.referrals import typing


@pytest.fixture
def cleo(site, everybody):
    client = site()
    typing.sign_in(client, everybody.cleo)
    return client


@pytest.fixture
def report(cleo) -> Report:
    typing.send(cleo, typing.write(cleo))
    return Report.objects.get()


def from_hub(everybody, report: Report) -> dict:
    """What every row the hub sends back to this reporter carries."""
    return {
        "owner": everybody.hub,
        "author": everybody.hana.practitioner,
        "happened_on": cast.today(),
        "sent_to": everybody.police,
        "sent_to_practitioner": everybody.cleo.practitioner,
        "report": report,
    }


def tell(everybody, report: Report, place: int, text: str) -> Feedback:
    child = list(report.children.all())[place]
    with as_web(everybody.hana, Purpose.TRIAGE):
        return Feedback.objects.create(
            **from_hub(everybody, report), person=child.person, reported_child=child, outcome="early_help", text=text
        )


def ask(everybody, report: Report, text: str) -> Question:
    with as_web(everybody.hana, Purpose.TRIAGE):
        return Question.objects.create(**from_hub(everybody, report), about=report.about, text=text)


def page_of(client, report: Report, name: str = "view_report") -> str:
    return client.get(reverse(f"referrals:{name}", args=[report.pk])).content.decode()


@pytest.fixture(autouse=True)
def web_again(site):
    """The hub's turn in a test leaves the role with the owner; the reporter's pages run as the web login."""

    def back() -> None:
        with connection.cursor() as cursor:
            cursor.execute("set local role eh_web")

    return back


def test_the_reporter_reads_what_became_of_each_child_and_a_colleague_does_not(
    cleo, site, everybody, report, web_again
):
    tell(everybody, report, 0, "Early help is being offered.")
    web_again()
    page = page_of(cleo, report)
    assert "Early help is being offered." in page and page.count("With the hub") == 3
    other = site()
    typing.sign_in(other, everybody.cyrus)
    theirs = other.get(reverse("referrals:view_report", args=[report.pk]))
    assert theirs.status_code == 404
    nothing = other.get(reverse("referrals:view_report", args=[uuid.uuid4()]))
    assert typing.body(theirs) == typing.body(nothing)


def test_a_child_is_born_due_or_of_a_birthday_nobody_knows(cleo, report):
    page = page_of(cleo, report)
    assert "Kayden Marsh, born 9 May 2016: With the hub" in page
    assert "A child whose name is not known, date of birth not known: With the hub" in page
    assert "Unborn baby, due 14 January 2027: With the hub" in page


def test_feedback_stays_new_until_the_reporter_says_it_is_read(cleo, everybody, report, web_again):
    tell(everybody, report, 0, "Early help is being offered.")
    web_again()
    assert "have not read" in cleo.get(reverse("referrals:my_reports")).content.decode()
    for _ in range(2):
        cleo.post(reverse("referrals:read_feedback", args=[report.pk]))
    assert FeedbackRead.objects.count() == 1
    assert "have not read" not in cleo.get(reverse("referrals:my_reports")).content.decode()


def test_more_is_added_once_and_the_hub_reads_it(cleo, everybody, report):
    address, key = reverse("referrals:add_to_report", args=[report.pk]), str(uuid.uuid4())
    for _ in range(2):
        assert cleo.post(address, {"text": "There is a dog", "idempotency_key": key}).status_code == 302
    assert "There is a dog" in page_of(cleo, report)
    with as_web(everybody.hana, Purpose.TRIAGE):
        assert ReportAddition.objects.visible().get().text == "There is a dog"


def test_a_correction_keeps_both_versions(cleo, report):
    address = reverse("referrals:correct_report", args=[report.pk])
    part = "What happened: Where it happened"
    assert cleo.post(address, {"part": part, "text": "16 Fen Lane"}).status_code == 302
    page = page_of(cleo, report)
    assert "14 Fen Lane" in page and "16 Fen Lane" in page
    assert ReportAddition.objects.get().said_before == "14 Fen Lane"


def test_a_correction_without_words_says_what_is_missing_and_keeps_the_rest(cleo, report):
    address = reverse("referrals:correct_report", args=[report.pk])
    page = cleo.post(address, {"part": "", "text": "16 Fen Lane"}).content.decode()
    assert "There is a problem" in page and "16 Fen Lane" in page
    assert not ReportAddition.objects.exists()


def test_a_wrong_child_is_marked_once_and_nothing_is_deleted(cleo, report):
    child = report.children.first()
    address = reverse("referrals:mark_wrong_child", args=[report.pk, child.pk])
    for why in ("It was his cousin", "It was his cousin Jay"):
        cleo.post(address, {"because": why})
    assert WrongChildMark.objects.get().reported_child == child
    assert ReportAddition.objects.count() == 2
    assert "Kayden Marsh" in page_of(cleo, report)


def test_the_hubs_question_comes_first_in_the_list_and_is_answered(cleo, everybody, report, web_again):
    question = ask(everybody, report, "Which flat?")
    web_again()
    assert "The hub asks you" in cleo.get(reverse("referrals:my_reports")).content.decode()
    answer = cleo.post(reverse("referrals:answer_question", args=[question.pk]), {"text": "The top one"})
    assert answer.status_code == 302
    page = page_of(cleo, report)
    assert "Which flat?" in page and "The top one" in page
    assert "The hub asks you" not in cleo.get(reverse("referrals:my_reports")).content.decode()


def test_somebody_elses_question_cannot_be_answered(site, everybody, report, web_again):
    question = ask(everybody, report, "Which flat?")
    web_again()
    other = site()
    typing.sign_in(other, everybody.cyrus)
    assert other.post(reverse("referrals:answer_question", args=[question.pk]), {"text": "x"}).status_code == 404


def test_the_copy_for_the_file_is_dated_and_leaves_out_what_is_for_the_hub_only(cleo):
    draft = typing.write(cleo)
    typing.fill(cleo, draft, "hub-only", {"informant": "Mrs Lane next door"})
    typing.send(cleo, draft)
    page = page_of(cleo, Report.objects.get(), "copy_report")
    assert typing.ACCOUNT["account"] in page and "Copied " in page
    assert "Mrs Lane" not in page


def test_a_supervisor_cannot_add_to_an_officers_report(site, everybody, report):
    other = site()
    typing.sign_in(other, everybody.hana)
    assert other.get(reverse("referrals:add_to_report", args=[report.pk])).status_code == 404


def test_the_list_asks_the_database_no_more_for_many_reports(cleo, report, django_assert_max_num_queries):
    for _ in range(3):
        typing.send(cleo, typing.write(cleo))
    with django_assert_max_num_queries(32):
        cleo.get(reverse("referrals:my_reports"))


def test_a_program_reads_reference_time_and_status_and_no_name(cleo, everybody, report, web_again):
    tell(everybody, report, 0, "Early help is being offered.")
    web_again()
    answer = cleo.get(reverse("referrals_api:api_reports"))
    (one,) = answer.json()["reports"]
    assert one["reference"] == report.reference
    assert [child["status"] for child in one["children"]] == ["early_help", "with_hub", "with_hub", "with_hub"]
    assert "Kayden" not in answer.content.decode()


def test_a_program_without_a_key_reads_with_a_session_and_sends_nothing(site, cleo):
    assert site().get(reverse("referrals_api:api_reports")).status_code == 401
    assert cleo.post(reverse("referrals_api:api_reports")).status_code == 401


def test_a_manager_learns_that_an_old_draft_lies_unsent_and_not_a_word_of_it(cleo, everybody):
    with as_login("eh_owner"):
        boss = cast.post("Bea", everybody.police, Role.MANAGER)
    with connection.cursor() as cursor:
        cursor.execute("set local role eh_web")
    draft = typing.begin(cleo)
    typing.fill(cleo, draft, "account", typing.ACCOUNT)
    with as_web(boss, Purpose.REPORTING):
        assert unsent_drafts_of_others() == []
    with as_login("eh_owner"):
        Draft.objects.update(started_at=timezone.now() - datetime.timedelta(hours=9))
    with as_web(boss, Purpose.REPORTING):
        assert [one.author_name for one in unsent_drafts_of_others()] == ["Cleo"]
        assert not Draft.objects.exists()
    for post in (everybody.cyrus, everybody.esi):
        with as_web(post, Purpose.REPORTING):
            assert unsent_drafts_of_others() == []


@pytest.mark.parametrize("page", ["concern", "works-with-children"])
def test_nobody_at_their_agency_learns_of_a_draft_about_somebody_who_works_there(cleo, everybody, page):
    with as_login("eh_owner"):
        boss = cast.post("Bea", everybody.police, Role.MANAGER)
    with connection.cursor() as cursor:
        cursor.execute("set local role eh_web")
    draft = typing.begin(cleo)
    said = {"concern": "works_with_children"} if page == "concern" else {"works_at": str(everybody.police.pk)}
    typing.fill(cleo, draft, page, said)
    with as_login("eh_owner"):
        Draft.objects.update(started_at=timezone.now() - datetime.timedelta(hours=9))
    with as_web(boss, Purpose.REPORTING):
        assert unsent_drafts_of_others() == []
