"""Who comes in where programs do: a record system by its key, a session to read and never to send."""

import datetime
import uuid

import pytest
from django.db import connection
from django.test import Client

from sharing_agreements.rules.system_keys import digest, written
from sharing_agreements.vocabulary import AgencyType, Purpose, Role
from tests import cast
from tests.conftest import as_web
from tests.referrals.typing import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.interface.tried_pages")]
SECRET = "s" * 43


@pytest.fixture
def keys():
    """Authorization headers: of a system's key, of one that is made up, and of something that is no key of ours."""
    police = cast.agency("Marlbeck Constabulary", AgencyType.POLICE)
    system, key = uuid.uuid4(), uuid.uuid4()
    until = cast.today() + datetime.timedelta(days=30)
    with as_web(cast.post("Ada", police, Role.ADMINISTRATOR), Purpose.GOVERNANCE), connection.cursor() as cursor:
        cursor.execute("select gate.add_record_system(%s, 'Niche')", [system])
        cursor.execute("select gate.issue_system_key(%s, %s, %s, %s)", [system, key, digest(SECRET), until])
    return {
        "good": f"Bearer {written(key, SECRET)}",
        "made up": f"Bearer {written(uuid.uuid4(), SECRET)}",
        "none of ours": "Bearer something",
    }


@pytest.fixture
def cleo():
    return cast.post("Cleo", cast.agency("Force", AgencyType.POLICE), Role.REPORTER)


KEYS = ["", "good", "made up", "none of ours"]


@pytest.mark.parametrize("shown", KEYS)
@pytest.mark.parametrize("has_session", [False, True])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_where_programs_come_in_a_key_opens_and_a_session_only_reads(keys, cleo, method, has_session, shown):
    client = Client()
    if has_session:
        sign_in(client, cleo)
    answer = client.generic(method, "/tried/programs/", headers={"Authorization": keys[shown]} if shown else {})
    by_session = has_session and not shown and method != "POST"
    assert answer.status_code == (200 if shown == "good" or by_session else 401)
    if answer.status_code == 200 and method != "HEAD":
        assert (answer.json()["post"] == str(cleo.pk)) is by_session
    if answer.status_code == 401:
        assert answer["WWW-Authenticate"] == "Bearer"
        if method != "HEAD":
            assert answer.json()["code"] == "key_not_good"


@pytest.mark.parametrize("shown", KEYS)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_elsewhere_a_key_is_nothing_and_a_session_is_all(keys, cleo, method, shown):
    client = Client()
    headers = {"Authorization": keys[shown]} if shown else {}
    assert client.generic(method, "/tried/answer/200/", headers=headers)["Location"].startswith("/sign-in/")
    sign_in(client, cleo)
    assert client.generic(method, "/tried/answer/200/", headers=headers).json()["post"] == str(cleo.pk)
