"""Production refuses to start with DEBUG, a weak key or too strong a database login; sessions cannot be read off."""

import datetime
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import F
from django.test import Client

from earlyhelp import checks
from earlyhelp.sessions import SessionStore
from tests import database

ROOT = Path(__file__).resolve().parents[2]
GOOD_KEYS = {"SECRET_KEY": "a1B2c3D4" * 8, "IDENTITY_KEY": "z9Y8x7W6" * 8}
WEB_SERVER = [sys.executable, "-c", "import earlyhelp.wsgi"]
WORKER = [sys.executable, "-m", "celery", "-A", "earlyhelp", "worker", "--concurrency", "1"]
BEAT = [sys.executable, "-m", "celery", "-A", "earlyhelp", "beat", "--pidfile="]


def start(command: list[str], url: str, **changes: str) -> "subprocess.CompletedProcess[str]":
    """Start a part of the service as production would, with these changes."""
    production = {"DEBUG": "0", "HTTPS": "1", "ALLOWED_HOSTS": "early-help.example.org", "DATABASE_URL": url}
    return subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **GOOD_KEYS, **production, **changes},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_web_server_starts_with_its_own_login_and_good_settings(committed: str) -> None:
    done = start(WEB_SERVER, database.address("eh_web", committed))
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"DEBUG": "1"}, "DEBUG is on while ALLOWED_HOSTS names a real host: set DEBUG=0."),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS lets any host in: name the hosts."),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too short or too plain"),
        ({"IDENTITY_KEY": "a" * 64}, "IDENTITY_KEY is too short or too plain"),
        ({"SECRET_KEY": "django-insecure-a1B2c3D4a1B2c3D4a1B2c3D4"}, "SECRET_KEY looks like an example key"),
        ({"SECRET_KEY": "z9Y8x7W6" * 8}, "SECRET_KEY and IDENTITY_KEY are the same"),
    ],
)
def test_the_web_server_refuses_unsafe_settings(committed: str, changes: dict[str, str], sentence: str) -> None:
    done = start(WEB_SERVER, database.address("eh_web", committed), **changes)
    assert done.returncode != 0
    assert f"Early Help does not start. {sentence}" in done.stderr


def test_every_part_refuses_a_login_that_may_become_the_owner(committed: str, tmp_path: Path) -> None:
    # Beat removes a schedule file it cannot read, so the file must be one of ours: never /dev/null.
    beat = [*BEAT, f"--schedule={tmp_path / 'schedule'}"]
    for command in (WEB_SERVER, WORKER, beat):
        done = start(command, database.address("eh_migrator", committed))
        assert done.returncode == 1
        assert "The database login eh_migrator owns tables, or may become their owner" in done.stderr


def test_a_superuser_is_refused(committed: str) -> None:
    done = start(WEB_SERVER, database.admin_address(committed))
    assert done.returncode == 1
    assert "is a superuser: use eh_web or eh_worker in DATABASE_URL." in done.stderr
    assert "bypasses row security" in done.stderr


def test_development_on_this_machine_is_let_through(committed: str) -> None:
    changes = {"DEBUG": "1", "ALLOWED_HOSTS": "localhost", "SECRET_KEY": "short"}
    assert start(WEB_SERVER, database.admin_address(committed), **changes).returncode == 0


def test_a_missing_variable_is_named_with_the_mend(committed: str) -> None:
    done = start(WEB_SERVER, database.address("eh_web", committed), SECRET_KEY="")
    assert "Set the environment variable SECRET_KEY; .env.example says what it is for." in done.stderr


def test_a_slip_in_a_switch_is_refused(committed: str) -> None:
    done = start(WEB_SERVER, database.address("eh_web", committed), HTTPS="ture")
    assert "HTTPS must be 1 (yes) or 0 (no); it is 'ture'." in done.stderr


def test_one_switch_secures_cookies_and_transport(committed: str) -> None:
    asked = "SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SECURE_SSL_REDIRECT SECURE_HSTS_SECONDS".split()
    program = f"from earlyhelp import settings as s; print([bool(getattr(s, n)) for n in {asked}])"
    url = database.address("eh_web", committed)
    answers = {
        switch: start([sys.executable, "-c", program], url, HTTPS=switch).stdout.strip() for switch in ("1", "0")
    }
    assert answers == {"1": "[True, True, True, True]", "0": "[False, False, False, False]"}


def test_tasks_are_json_late_acknowledged_and_shorter_than_their_visibility() -> None:
    assert settings.CELERY_ACCEPT_CONTENT == ["json"]
    assert settings.CELERY_TASK_ACKS_LATE
    assert settings.CELERY_TASK_REJECT_ON_WORKER_LOST
    assert settings.CELERY_TASK_TIME_LIMIT < settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
    assert not hasattr(settings, "CELERY_TASK_ALWAYS_EAGER")


def test_the_deployment_check_names_each_weak_setting(settings) -> None:
    settings.SECRET_KEY = "short"
    settings.ALLOWED_HOSTS = ["*"]
    assert [message.msg.split(" ")[0] for message in checks.production_settings(None)] == [
        "ALLOWED_HOSTS",
        "SECRET_KEY",
    ]


@pytest.mark.django_db
def test_the_session_table_holds_no_key_that_opens_a_session() -> None:
    store = SessionStore()
    store["word"] = "kept"
    store.save()
    row = Session.objects.get()
    assert row.session_key != store.session_key
    assert SessionStore(store.session_key)["word"] == "kept"
    assert SessionStore(row.session_key).get("word") is None


@pytest.mark.django_db
def test_a_session_row_written_by_hand_opens_nothing() -> None:
    store = SessionStore()
    store["word"] = "kept"
    store.save()
    with connection.cursor() as cursor:
        cursor.execute("update django_session set session_data = reverse(session_data)")
    assert SessionStore(store.session_key).get("word") is None


@pytest.mark.django_db
@pytest.mark.parametrize(("seconds", "is_saved_again"), [(0, False), (55, False), (65, True), (19 * 60, True)])
def test_a_session_starts_again_with_a_request_to_the_minute(seconds: int, is_saved_again: bool) -> None:
    store = SessionStore()
    store["word"] = "kept"
    store.save()
    Session.objects.update(expire_date=F("expire_date") - datetime.timedelta(seconds=seconds))
    found = SessionStore(store.session_key)
    assert found["word"] == "kept"
    assert found.modified is is_saved_again


@pytest.mark.django_db
def test_a_session_that_ran_out_opens_nothing() -> None:
    store = SessionStore()
    store["word"] = "kept"
    store.save()
    Session.objects.update(expire_date=F("expire_date") - datetime.timedelta(minutes=20))
    assert SessionStore(store.session_key).get("word") is None


@pytest.mark.django_db
def test_a_session_ends_moves_and_is_forgotten() -> None:
    store = SessionStore()
    store["word"] = "kept"
    store.save()
    first = store.session_key
    store.cycle_key()
    assert not SessionStore().exists(first)
    assert SessionStore().exists(store.session_key)
    store.flush()
    assert Session.objects.count() == 0


@pytest.mark.django_db
def test_healthz_needs_no_sign_in_and_takes_no_writing() -> None:
    assert Client().post("/healthz").status_code == 405
    answer = Client(headers={"host": "anything.example"}).get("/healthz")
    assert answer.status_code == 503
    assert answer.content == b"not ok\n"
    assert answer["Cache-Control"] == "no-store"
