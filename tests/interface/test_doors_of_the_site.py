"""What the middleware does round every page: who comes in, as whom, what is written down and what is taken back."""

import time
from collections.abc import Callable
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.test import Client

from earlyhelp.middleware import ACTING_POST, wait_for_the_beat
from sharing_agreements.models import Disclosure, Family, Identity, Person, Post
from sharing_agreements.vocabulary import AgencyType, Role
from tests import cast
from tests.conftest import as_login
from tests.referrals.typing import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.interface.tried_pages")]


@pytest.fixture
def people():
    """Cleo reports for the police and holds an older post there as their manager; the police hold one identity."""
    police = cast.agency("Marlbeck Constabulary", AgencyType.POLICE)
    cleo = cast.post("Cleo", police, Role.REPORTER, starts_on=cast.today())
    manages = Post.objects.create(
        practitioner=cleo.practitioner, agency=police, role=Role.MANAGER, starts_on=cast.LONG_AGO
    )
    held = Identity.objects.create(
        owner=police, author=cleo.practitioner, person=Person.objects.create(), happened_on=cast.today()
    )
    client = AsTheWebLogin(raise_request_exception=False)
    sign_in(client, cleo)
    return SimpleNamespace(cleo=cleo, manages=manages, held=held, client=client, police=police)


class AsTheWebLogin(Client):
    """A browser at the site as it really runs, so that the database says who looked."""

    def request(self, **request):
        with as_login("eh_web"):
            return super().request(**request)


def choose(client: Client, post: Post) -> None:
    session = client.session
    session[ACTING_POST] = str(post.pk)
    session.save()


@pytest.mark.parametrize("method", ["get", "head", "post"])
@pytest.mark.parametrize("status", [200, 302, 399, 400, 401, 404, 409, 500])
def test_what_was_done_stays_and_is_written_down_unless_the_answer_is_a_refusal(people, method, status):
    families = Family.objects.count()
    answer = getattr(people.client, method)(f"/tried/answer/{status}/")
    kept = status < 400
    assert answer.status_code == status
    assert Family.objects.count() - families == kept
    row = Disclosure.objects.get()
    said = ("done" if method == "post" else "seen") if kept else f"refused_{status}"
    assert (row.outcome, row.what) == (said, f"{method.upper()} tried_answer")
    assert row.record_ids == ([people.held.pk] if kept else [])
    assert row.tables == {"sharing_agreements_identity": 1}
    assert (row.post_id, row.purpose, row.family_id) == (people.cleo.pk, "reporting", None)


def test_a_page_about_a_family_is_written_down_as_that():
    # a name of its own, so that the fixture's cast stays as it is
    police = cast.agency("Marlbeck Constabulary", AgencyType.POLICE)
    cleo, family, client = cast.post("Cleo", police, Role.REPORTER), uuid4(), AsTheWebLogin()
    sign_in(client, cleo)
    client.get(f"/tried/about/{family}/200/")
    assert Disclosure.objects.get().family_id == family


def test_a_page_that_says_only_that_nothing_changed_is_not_written_down(people):
    assert people.client.get("/tried/answer/304/").status_code == 304
    assert not Disclosure.objects.exists()


@pytest.mark.parametrize(
    ("status", "words"), [(404, b"cannot show you"), (409, b"Not while it rains."), (422, b"rains")]
)
def test_a_refusal_becomes_its_page_and_is_written_down_by_its_code(people, status, words):
    answer = people.client.get(f"/tried/refuse/{status}/")
    assert answer.status_code == status
    assert (words in answer.content) or status == 404
    assert (b"rains" in answer.content) == (status != 404)
    assert Disclosure.objects.get().outcome == "said_no"


def test_a_failure_is_no_refusal_and_is_reported_as_what_it_is(people, caplog):
    assert people.client.get("/tried/fail/").status_code == 500
    assert caplog.records[-1].exc_info[0] is ZeroDivisionError


def test_the_name_of_a_page_is_cut_to_what_the_log_holds(people):
    assert people.client.get("/tried/long/200/").status_code == 200
    assert len(Disclosure.objects.get().what) == 80


def test_a_page_that_streams_is_read_inside_its_transaction(people):
    answer = people.client.get("/tried/stream/")
    assert (answer.streaming, answer.content, answer["X-Way"]) == (False, str(people.held.pk).encode(), "stream")
    assert Disclosure.objects.get().record_ids == [people.held.pk]


def test_a_page_without_an_access_line_is_refused_and_somebody_is_told(people, caplog):
    assert people.client.get("/tried/nobody/").status_code == 404
    assert "without an access line" in caplog.text


@pytest.mark.parametrize("status", [200, 404])
def test_a_page_open_to_all_needs_no_sign_in_and_no_transaction(people, status):
    for client in (Client(), people.client):
        answer = client.get(f"/tried/everybody/{status}/")
        assert (answer.status_code, answer.content) == (status, b"False")
    assert not Disclosure.objects.exists()


def test_whoever_is_not_signed_in_is_sent_to_sign_in_and_back():
    answer = Client().get("/tried/answer/200/?page=2")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=%2Ftried%2Fanswer%2F200%2F%3Fpage%3D2")
    assert not Disclosure.objects.exists()


def test_somebody_acts_under_the_post_they_chose_while_it_is_held_and_else_under_the_newest(people):
    newest, older = str(people.cleo.pk), str(people.manages.pk)
    said = people.client.get("/tried/answer/200/").json()
    assert (said["post"], said["purpose"], said["posts"]) == (newest, "reporting", [newest, older])
    choose(people.client, people.manages)
    said = people.client.get("/tried/answer/200/").json()
    assert (said["post"], said["purpose"]) == (older, "oversight")
    Post.objects.filter(pk=older).update(ends_on=cast.yesterday())
    assert people.client.get("/tried/answer/200/").json()["post"] == newest


def test_without_a_post_nothing_opens(people):
    Post.objects.all().delete()
    assert people.client.get("/tried/answer/200/").status_code == 403
    assert not Disclosure.objects.exists()


@pytest.mark.parametrize("role", Role)
def test_a_role_that_may_not_come_in_finds_nothing_and_is_written_down(people, role):
    Post.objects.filter(pk=people.cleo.pk).update(role=role)
    choose(people.client, people.cleo)
    answer = people.client.get("/tried/answer/200/")
    row = Disclosure.objects.get()
    comes_in = role in {"reporter", "manager", "governance_lead"}
    assert answer.status_code == (200 if comes_in else 404)
    assert row.outcome == ("seen" if comes_in else "not_this_role")
    assert (row.post_id, row.purpose) == (people.cleo.pk, "oversight" if role == "manager" else "reporting")


def test_a_page_for_no_purpose_is_closed_and_written_down_as_the_own_accounts(people):
    assert people.client.get("/tried/no-purpose/").status_code == 404
    row = Disclosure.objects.get()
    assert (row.outcome, row.purpose) == ("not_this_role", "own_account")


@pytest.mark.parametrize(("role", "looked"), [("reporter", True), ("manager", True), ("governance_lead", False)])
def test_emergency_access_is_looked_for_where_the_role_works_on_cases(people, role, looked):
    Post.objects.filter(pk=people.cleo.pk).update(role=role)
    assert people.client.get("/tried/answer/200/").json()["looked_for_an_emergency"] == looked


def test_not_found_waits_for_the_beat_and_nothing_else_does(people, settings):
    settings.REFUSAL_BEAT = 0.4

    def took(address: str, send: Callable[[str], object] = people.client.get) -> float:
        began = time.monotonic()
        send(address)
        return time.monotonic() - began

    took("/tried/answer/200/")
    assert took("/tried/answer/404/") >= 0.4
    assert min(took("/tried/answer/200/") for _ in range(3)) < 0.4
    assert min(took("/tried/answer/409/") for _ in range(3)) < 0.4
    assert min(took("/tried/answer/200/", people.client.post) for _ in range(3)) < 0.4


def test_what_is_sent_to_a_search_is_answered_on_the_beat_though_nothing_is_refused(people, settings):
    settings.REFUSAL_BEAT = 0.4
    began = time.monotonic()
    assert people.client.post("/tried/search/").status_code == 200
    assert time.monotonic() - began >= 0.4
    began = time.monotonic()
    assert people.client.get("/tried/search/").status_code == 200
    assert time.monotonic() - began < 0.4


def test_the_beat_is_kept_with_a_little_more_by_chance(settings):
    settings.REFUSAL_BEAT = 0
    began = time.monotonic()
    wait_for_the_beat(began)
    assert time.monotonic() - began < 0.05
    settings.REFUSAL_BEAT = 0.02
    for _ in range(8):
        began = time.monotonic()
        wait_for_the_beat(began - 0.015)
        assert 0.005 <= time.monotonic() - began < 0.3
