"""Record systems on the screen: added, given a key shown once, revoked, ended; by the own agency's people alone."""

import datetime
import hashlib
import re
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from sharing_agreements.actions import record_systems
from sharing_agreements.models import Post, Practitioner, RecordSystem, SystemKey
from sharing_agreements.queries.record_systems import post_of_key
from sharing_agreements.refusals import Refused
from sharing_agreements.rules.system_keys import read, written
from sharing_agreements.vocabulary import Purpose, Role
from tests import cast
from tests.cases.web.conftest import Visitor
from tests.conftest import as_web

pytestmark = pytest.mark.django_db
LIST = "/record-systems/"
KEY = re.compile(r"ehk_[0-9a-f]{32}_[A-Za-z0-9_-]{43}")


@pytest.fixture
def people():
    found = cast.assemble()
    return found, Visitor(cast.post("Ada", found.police, Role.ADMINISTRATOR))


def add(visitor: Visitor, name: str = "Niche") -> RecordSystem:
    answer = visitor.send(LIST, name=name, idempotency_key=str(uuid.uuid4()))
    system = RecordSystem.objects.get(name=name, ended_at=None)
    assert answer.url == reverse("sharing_agreements:issue_system_key", args=[system.pk])
    return system


def make_key(visitor: Visitor, system: RecordSystem, **more: str) -> str:
    answer = visitor.send(f"{LIST}{system.pk}/key/", **{"days": "90", "idempotency_key": str(uuid.uuid4()), **more})
    assert answer.status_code == 200, answer.content
    return KEY.search(answer.content.decode())[0]


def acts_as(key: str) -> Post | None:
    return post_of_key(read(f"Bearer {key}"), cast.today())


def test_a_system_acts_as_a_reporter_of_its_agency_and_cannot_sign_in(people):
    found, ada = people
    key = make_key(ada, add(ada))
    post = acts_as(key)
    assert (post.agency, post.role, str(post)) == (found.police, Role.REPORTER, "Record system, Marlbeck Constabulary")
    itself = Practitioner.objects.get(pk=post.practitioner_id)
    assert (itself.name, itself.is_active, itself.has_usable_password()) == ("Niche", False, False)
    assert not Client().login(username=itself.subject, password="!")


def test_the_key_is_shown_once_and_kept_as_a_digest_that_no_login_reads(people):
    _, ada = people
    system, form = add(ada), str(uuid.uuid4())
    key = make_key(ada, system, idempotency_key=form)
    again = ada.send(f"{LIST}{system.pk}/key/", days="90", idempotency_key=form)
    assert again.url == LIST
    assert SystemKey.objects.count() == 1
    assert not KEY.search(ada.get(LIST).content.decode())
    with connection.cursor() as cursor:
        cursor.execute("set local role eh_gate")
        cursor.execute("select key_id, digest from gate.system_secret")
        ((stored, digest),) = cursor.fetchall()
        cursor.execute("set local role eh_owner")
        for login in ("eh_web", "eh_worker"):
            cursor.execute("select has_table_privilege(%s, 'gate.system_secret', 'select')", [login])
            assert cursor.fetchone() == (False,)
    secret = key[len(written(stored, "")) :]
    assert bytes(digest) == hashlib.sha256(secret.encode()).digest()


def test_last_use_is_shown(people):
    _, ada = people
    key = make_key(ada, add(ada))
    assert "Never used." in ada.get(LIST).content.decode()
    assert acts_as(key)
    assert "Last used" in ada.get(LIST).content.decode()


def test_a_key_is_changed_for_another_without_a_gap_and_the_third_waits(people):
    _, ada = people
    system = add(ada)
    first, second = make_key(ada, system), make_key(ada, system)
    third = ada.send(f"{LIST}{system.pk}/key/", days="90", idempotency_key=str(uuid.uuid4()))
    assert third.status_code == 409
    assert "two keys that work" in third.content.decode()
    ada.send(f"{LIST}keys/{read(f'Bearer {first}').key}/revoke/")
    assert (acts_as(first), bool(acts_as(second))) == (None, True)
    assert acts_as(make_key(ada, system))


def test_ending_a_system_ends_its_keys_and_its_post(people):
    _, ada = people
    system = add(ada)
    key = make_key(ada, system)
    ada.send(f"{LIST}{system.pk}/end/")
    assert acts_as(key) is None
    assert Post.objects.get(pk=system.post_id).ends_on == cast.today()
    assert "Ended by Ada" in ada.get(LIST).content.decode()
    add(ada)  # the name is free again


def test_a_key_runs_out_at_the_end_of_its_last_day(people):
    _, ada = people
    key = make_key(ada, add(ada))
    SystemKey.objects.update(expires_on=cast.today())
    assert acts_as(key)
    SystemKey.objects.update(expires_on=cast.yesterday())
    assert acts_as(key) is None


def test_a_name_is_used_once(people):
    _, ada = people
    add(ada)
    answer = ada.send(LIST, name="Niche", idempotency_key=str(uuid.uuid4()))
    assert answer.status_code == 422
    assert "has a record system of this name already" in answer.content.decode()


def test_another_agency_s_people_find_nothing_and_the_gate_refuses_them_too(people):
    found, ada = people
    system = add(ada)
    key = make_key(ada, system)
    shown = read(f"Bearer {key}").key
    for post in (found.gita, cast.post("Adam", found.health, Role.ADMINISTRATOR)):
        other = Visitor(post)
        assert "Niche" not in other.get(LIST).content.decode()
        for address in (f"{LIST}{system.pk}/key/", f"{LIST}{system.pk}/end/", f"{LIST}keys/{shown}/revoke/"):
            assert other.send(address, days="90", idempotency_key=str(uuid.uuid4())).status_code == 404
    assert acts_as(key)


CALLS = [
    "add_record_system('{0}', 'Mine')",
    "issue_system_key('{1}', '{0}', sha256('x'), gate.today())",
    "revoke_system_key('{2}')",
    "end_record_system('{1}')",
]


@pytest.mark.parametrize("call", CALLS)
def test_injected_sql_of_a_reporter_makes_no_key(people, call):
    found, ada = people
    system = add(ada)
    key = make_key(ada, system)
    statement = call.format(uuid.uuid4(), system.pk, read(f"Bearer {key}").key)
    for post in (found.cleo, found.gita):
        if post is found.gita and call.startswith("add"):
            continue  # a governance lead may add one to her own agency
        with as_web(post, Purpose.GOVERNANCE), connection.cursor() as cursor:
            cursor.execute(f"select gate.{statement}")
            assert cursor.fetchone() == (False,)
    assert acts_as(key)


def test_no_key_lives_for_more_than_a_year(people):
    _, ada = people
    system = add(ada)
    until = cast.today() + datetime.timedelta(days=367)
    with as_web(ada.acting, Purpose.GOVERNANCE), pytest.raises(Refused):
        record_systems.issue_key(system=system, until=until, by=ada.acting)


def test_on_a_demonstration_a_system_is_of_the_demonstration_too(people):
    _, ada = people
    Practitioner.objects.filter(pk=ada.acting.practitioner_id).update(is_demonstration=True)
    assert add(ada).post.practitioner.is_demonstration
