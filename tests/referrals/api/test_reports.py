"""Reports from a record system: in once, as typed ones are, under its agency's rights alone, and their outcome back."""

import datetime
import json
import uuid

import pytest
from django.db import connection
from django.utils import timezone

from referrals.actions import matching, receiving
from referrals.api.limits import counters
from referrals.models import Contact, Feedback, Question, Report
from referrals.queries.screening import screening
from referrals.queries.variants import variant_for
from sharing_agreements.models import Disclosure, Post, RecordSystem, SystemKey
from sharing_agreements.vocabulary import Purpose
from tests.conftest import as_web, as_worker
from tests.referrals import typing
from tests.referrals.api.sending import REPORTS, aside, ask, key_for, report, send


@pytest.fixture
def police(everybody):
    return key_for(everybody.police)


@pytest.fixture
def client(police, site):
    return site()


def stored() -> Report:
    with aside():
        return Report.objects.get()


def test_a_report_comes_back_with_its_receipt(client, police, everybody):
    answer = send(client, police, report())
    assert answer.status_code == 201, answer.content
    said = answer.json()
    assert said["reference"].startswith("CN-")
    assert said["sent_to"] == everybody.hub.name
    assert datetime.datetime.fromisoformat(said["decide_by"]) > timezone.now()
    assert answer["Location"] == f"{REPORTS}{said['id']}/"


def test_it_reaches_the_queue_as_a_typed_one_does_with_source_and_writer_named(client, police, everybody):
    send(client, police, report())
    sent = stored()
    with aside():
        with as_worker("receive_report"):
            contact = receiving.receive_report(report=sent.pk, now=timezone.now())
        with as_worker("match_report"):
            matching.match_report(contact=contact.pk, now=timezone.now())
    typing.sign_in(client, everybody.hana)
    page = client.get(f"/contacts/{contact.pk}/").content.decode()
    assert "PC Ann Reed 4471, 01632 960555, through Niche, Record system, Marlbeck Constabulary" in page
    assert "Kayden Marsh" in page
    assert "MC/26/0042" in page


def test_it_is_filed_row_for_row_as_a_typed_one(client, police, everybody, settings):
    """Every row and column that a report fills, but for ids, moments, who wrote it and the reference."""
    send(client, police, report(children=[{"name": "not known", "born": "not known", "seen": "not_seen"}], tags=[]))
    one = _rows()
    typing.sign_in(client, everybody.cleo)
    child = typing.children(typing.child(0, "not known", seen="not_seen", unknown="on"))
    account = {"account": report()["account"]}
    now = {"now_at": report()["now_at"], "told": "agreed"}
    draft = typing.write(client, children=child, account=account, now=now)
    typing.fill(client, draft, "checks", {"police_reference": "MC/26/0042"})
    typing.send(client, draft)
    both = _rows()
    assert {table: len(rows) for table, rows in both.items()} == {table: 2 * len(rows) for table, rows in one.items()}
    assert {table: set(rows) for table, rows in both.items()} == {table: set(rows) for table, rows in one.items()}


def test_a_screening_and_the_questions_of_a_school_are_filed_as_the_pages_file_them(client, everybody):
    school = key_for(everybody.quarry_hill, name="SIMS")
    body = screened(concern="neglect") | {"signs": {"individual": ["gifts"]}}
    answer = send(client, school, body | {"questions": {"school_tried": " Mentor. ", "attendance": "81"}})
    assert answer.status_code == 201, answer.content
    with aside():
        sent = Report.objects.get()
        asked = variant_for(everybody.quarry_hill.type).questions
        labels = {one.code: one.label for one in asked}
        assert sent.detail.more == [[labels["attendance"], "81"], [labels["school_tried"], "Mentor."]]
        assert sent.children.get().detail.screening == {
            "version": screening().version,
            "result": "at_risk",
            "answers": [
                [one.question, {"gifts": "yes"}.get(one.code, "no")]
                for one in screening().asks
                if one.code in {"gifts", "phones"}
            ],
            "needs_help": False,
            "again_on": "2099-03-01",
        }


def test_a_child_being_used_now_is_said_so_without_a_day(client, police):
    answer = send(client, police, screened(result="being_used", again_on=None, answers=None, needs_help=True))
    assert answer.status_code == 201, answer.content
    with aside():
        kept = Report.objects.get().children.get().detail.screening
    assert (kept["result"], kept["again_on"], kept["answers"], kept["needs_help"]) == ("being_used", "", [], True)


_TABLES = (
    "referrals_report referrals_reportdetail referrals_reporthubonly referrals_reportplace referrals_reportedchild "
    "referrals_reportedadult sharing_agreements_identity sharing_agreements_address cases_event cases_eventdetail"
).split()
_DIFFERS = (
    "id author_id author_no about person_id recorded_at sent_at reference draft reporter_title writer report_id "
    "source_id event_id"
).split()


def _rows() -> dict[str, list[str]]:
    with aside(), connection.cursor() as cursor:
        found = {}
        for table in _TABLES:
            cursor.execute(f"select (to_jsonb(t) - %s::text[])::text from {table} t order by recorded_at", [_DIFFERS])
            found[table] = [row for (row,) in cursor.fetchall()]
        return found


def test_the_log_names_the_agency_and_the_system(client, police, everybody):
    send(client, police, report())
    with aside():
        post = RecordSystem.objects.get().post
        sent, request = Disclosure.objects.filter(post_id=post.pk).order_by("at")
    assert (sent.outcome, sent.agency_id) == ("sent", everybody.police.pk)
    assert (request.what, request.outcome) == ("POST referrals_api:api_reports", "done")


def test_the_same_key_and_report_give_the_same_answer_and_one_report(client, police):
    once = uuid.uuid4()
    first = send(client, police, report(), once=once)
    shuffled = dict(reversed(report().items()))
    again = send(client, police, json.dumps(shuffled, indent=4), once=once)
    assert (again.status_code, again.content, again["Location"]) == (201, first.content, first["Location"])
    stored()


def test_the_same_key_with_another_report_is_refused(client, police):
    once = uuid.uuid4()
    send(client, police, report(), once=once)
    answer = send(client, police, report(urgency="red"), once=once)
    assert (answer.status_code, answer.json()["code"]) == (422, "key_used")
    assert stored().urgency == "amber"


def test_after_the_week_of_answers_the_same_key_still_makes_one_report(client, police):
    once = uuid.uuid4()
    first = send(client, police, report(), once=once)
    with aside(), connection.cursor() as cursor:
        cursor.execute("delete from sharing_agreements_submission")
    assert send(client, police, report(), once=once).json() == first.json()
    stored()


def test_two_systems_may_use_one_key(client, police, everybody):
    once = uuid.uuid4()
    school = key_for(everybody.quarry_hill, name="SIMS")
    first, second = send(client, police, report(), once=once), send(client, school, report(), once=once)
    assert first.json()["reference"] != second.json()["reference"]


def test_the_outcome_comes_back_and_a_question_of_the_hub(client, police, everybody):
    receipt = send(client, police, report()).json()
    sent = stored()
    with aside():
        first = sent.children.all()[0]
    with aside(), as_web(everybody.hana, Purpose.TRIAGE):
        told = {"owner": everybody.hub, "author": everybody.hana.practitioner, "report": sent, "about": sent.about}
        told |= {"sent_to": everybody.police, "sent_to_practitioner": sent.author, "happened_on": sent.happened_on}
        Feedback.objects.create(
            **{**told, "about": first.about, "person": first.person},
            reported_child=first,
            outcome="early_help",
            text="Early help is being offered.",
        )
        Question.objects.create(**told, text="Which flat was it?")
    one = ask(client, police, f"{REPORTS}{receipt['id']}/").json()
    assert one | receipt == one
    assert [child["status"] for child in one["children"]] == ["early_help", "with_hub"]
    assert one["children"][0]["feedback"] == "Early help is being offered."
    assert [(q["text"], q["answered"]) for q in one["questions"]] == [("Which flat was it?", False)]
    assert ask(client, police).json() == {"reports": [one], "next": None}


def test_the_list_goes_on_page_by_page(client, police, monkeypatch):
    monkeypatch.setattr("referrals.queries.api.PAGE", 2)
    sent = [send(client, police, report()).json()["reference"] for _ in range(5)]
    found, address = [], REPORTS
    while address:
        page = ask(client, police, address).json()
        found += [one["reference"] for one in page["reports"]]
        address = page["next"] and f"{REPORTS}?after={page['next']}"
    assert found == sent[::-1]


def test_no_other_system_and_no_colleague_sees_it(client, police, everybody):
    receipt = send(client, police, report()).json()
    address = f"{REPORTS}{receipt['id']}/"
    others = [key_for(everybody.police, by=_tender(everybody), name="STORM"), key_for(everybody.health, name="EMIS")]
    for key in others:
        refused, absent = ask(client, key, address), ask(client, key, f"{REPORTS}{uuid.uuid4()}/")
        assert (refused.status_code, refused.content) == (absent.status_code, absent.content) == (404, absent.content)
        assert ask(client, key).json() == {"reports": [], "next": None}
        assert ask(client, key, f"{REPORTS}?after={receipt['id']}").status_code == 404
    typing.sign_in(client, everybody.cleo)
    assert client.get(address).status_code == 404


def _tender(everybody) -> Post:
    with aside():
        return Post.objects.get(agency=everybody.police, role="administrator")


def test_a_report_about_a_colleague_is_closed_to_the_system_that_sent_it(client, police, everybody):
    about = report(concern="works_with_children", works_at=everybody.police.name)
    answer = send(client, police, about)
    assert (answer.status_code, answer.json()["id"]) == (201, None)
    assert "Location" not in answer
    assert ask(client, police).json()["reports"] == []
    assert stored().hidden_from == [everybody.police.no]


def test_a_key_opens_the_api_and_no_page(client, police):
    for address in ("/reports/", "/queue/", "/find/", "/agreements/", "/record-systems/"):
        answer = client.get(address, headers={"Authorization": f"Bearer {police}"})
        assert (answer.status_code, answer.url.split("?")[0]) == (302, "/sign-in/")


BAD_KEYS = ["", "Bearer", "Basic YTpi", "Bearer ehk_x", f"Bearer ehk_{'0' * 32}_{'a' * 43}"]


@pytest.mark.parametrize("header", BAD_KEYS)
def test_a_key_that_is_none_is_refused_in_the_one_shape(client, header):
    answer = client.post(REPORTS, report(), content_type="application/json", headers={"Authorization": header})
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer.json()["code"] == "key_not_good"


def test_a_revoked_ended_and_run_out_key_are_one_answer_and_a_wrong_secret_too(client, police, everybody):
    def shut(**what: object) -> bytes:
        with aside():
            SystemKey.objects.update(revoked_at=None, expires_on=datetime.date(2099, 1, 1))
            RecordSystem.objects.update(ended_at=None)
            model = RecordSystem if "ended_at" in what else SystemKey
            model.objects.update(**what)
        answer = ask(client, police)
        assert answer.status_code == 401
        return answer.content

    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    answers = {
        shut(revoked_at=timezone.now()),
        shut(expires_on=yesterday),
        shut(ended_at=timezone.now()),
        ask(client, police[:-1] + ("A" if police[-1] != "A" else "B")).content,
    }
    assert len(answers) == 1


def screened(concern: str = "exploitation", **changed: object) -> dict[str, object]:
    """A report on a child of 8 with a screening; None takes a part of it out."""
    said = {"result": "at_risk", "again_on": "2099-03-01", "answers": {"gifts": "yes", "phones": "no"}, **changed}
    kept = {name: value for name, value in said.items() if value is not None}
    child = {"name": "Kayden Marsh", "born": "about 2018", "seen": "alone", "screening": kept}
    return report(concern=concern, children=[child])


REFUSED = {
    "an unknown name": ({**report(), "urgancy": "red"}, 400, "#/urgancy"),
    "a name missing": ({k: v for k, v in report().items() if k != "account"}, 400, "#/account"),
    "an unknown code": (report(urgency="pink"), 400, "#/urgency"),
    "a number for text": (report(account=7), 400, "#/account"),
    "nothing but spaces": (report(account="  "), 400, "#/account"),
    "a NUL": (report(account="a\0b"), 400, "#/account"),
    "no child": (report(children=[]), 400, "#/children"),
    "a child that is no object": (report(children=["Kayden"]), 400, "#/children/0"),
    "a date in no shape": (report(happened="yesterday"), 400, "#/happened"),
    "happened on a due date": (report(happened="due 2026-01-01"), 400, "#/happened"),
    "no day of the calendar": (report(happened="2026-02-30"), 422, "#/happened"),
    "a day to come": (report(happened="2099-01-01"), 422, "#/happened"),
    "danger and nobody told": (report(danger="yes"), 422, "#/danger_told"),
    "a child without a name": (report(children=[{"born": "2016", "seen": "alone"}]), 422, "#/children/0/name"),
    "born later": (report(children=[{"name": "A", "born": "2099", "seen": "alone"}]), 422, "#/children/0/born"),
    "about a colleague of whom": (report(concern="works_with_children"), 422, "#/works_at"),
    "an agency that is not here": (report(works_at="Nowhere"), 422, "#/works_at"),
    "a question put to schools alone": (report(questions={"attendance": "81"}), 422, "#/questions/attendance"),
    "a question nobody is asked": (report(questions={"colour": "blue"}), 400, "#/questions/colour"),
    "a screening that nothing opens": (screened(concern="neglect"), 422, "#/children/0/screening"),
    "false comfort about a young child": (screened(result="none_now"), 422, "#/children/0/screening/result"),
    "nobody looks again": (screened(again_on=None), 422, "#/children/0/screening/again_on"),
    "looked at again in the past": (screened(again_on="2026-01-02"), 422, "#/children/0/screening/again_on"),
    "no day of the calendar to look again": (screened(again_on="2099-02-30"), 422, "#/children/0/screening/again_on"),
    "looked at again some time": (screened(again_on="2099-02"), 400, "#/children/0/screening/again_on"),
    "an answer that is none": (screened(answers={"gifts": "often"}), 400, "#/children/0/screening/answers/gifts"),
    "no object": ([report()], 400, "#"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_report_is_refused_with_the_place_and_nothing_is_kept(client, police, case):
    body, status, pointer = REFUSED[case]
    answer = send(client, police, body)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json"), answer.content
    said = answer.json()
    assert (said["status"], said["type"]) == (status, "about:blank")
    assert said["detail"] and said["code"]
    assert [one["pointer"] for one in said["errors"]] == [pointer]
    with aside():
        assert not Report.objects.exists()
        assert not Contact.objects.exists()


def test_a_body_that_is_not_json_is_refused(client, police):
    for body in ("{", "[" * 100_000, '{"account": NaN}'):
        answer = send(client, police, body)
        assert (answer.status_code, answer.json()["code"]) == (400, "not_json")


def test_other_refusals_have_the_same_shape(client, police):
    bearer = {"Authorization": f"Bearer {police}"}
    huge = send(client, police, report(account="a" * 1_000_001))
    answers = {
        "not_as_described": client.post(REPORTS, report(), content_type="application/json", headers=bearer),
        "wrong_type": client.post(REPORTS, {"a": "b"}, headers={**bearer, "Idempotency-Key": str(uuid.uuid4())}),
        "wrong_method": client.delete(REPORTS, headers=bearer),
        "not_found": client.get("/api/v1/nothing/", headers=bearer),
        "too_large": huge,
    }
    for code, answer in answers.items():
        assert answer["Content-Type"] == "application/problem+json", code
        assert (answer.json()["code"], answer.json()["status"]) == (code, answer.status_code)


def test_one_too_many_in_a_minute_waits(client, police, settings):
    settings.API_LIMITS = {"send": 2, "read": 100}
    answers = [send(client, police, report()) for _ in range(3)]
    if answers[-1].status_code == 201:  # the minute turned meanwhile
        answers = [send(client, police, report()) for _ in range(3)]
    late = answers[-1]
    assert (late.status_code, late.json()["code"]) == (429, "too_many")
    assert 1 <= int(late["Retry-After"]) <= 60
    assert late["Content-Type"] == "application/problem+json"
    assert ask(client, police).status_code == 200


def test_without_redis_reports_still_come_in(client, police, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    counters.cache_clear()
    try:
        assert send(client, police, report()).status_code == 201
    finally:
        counters.cache_clear()
