"""Fixtures every test may use. The cast is in tests/cast.py."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from earlyhelp.celery import app
from sharing_agreements.models import Post
from sharing_agreements.row_security import Principal, as_job, identify
from tests import database


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker) -> Iterator[None]:
    """One clone of the migrated template for the run; each `db` test rolls back inside it."""
    database.clone(database.NAME)
    yield
    with django_db_blocker.unblock():
        connection.close()
    database.drop(database.NAME)


@pytest.fixture(scope="session", autouse=True)
def every_app_says_what_waits() -> None:
    """As in a worker: each app's tasks are imported, which name what is asked for whom something waits."""
    app.loader.import_default_modules()


@pytest.fixture
def committed(django_db_blocker) -> Iterator[str]:
    """A database of this test's own where commits are real. Gives its name; see tests.database.address."""
    name = f"{database.NAME}_own"
    database.clone(name)
    before = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = name
        yield name
        connection.close()
        connection.settings_dict["NAME"] = before
    database.drop(name)


@contextmanager
def as_login(name: str) -> Iterator[None]:
    """Run a block under a login's role: row security decides, nothing is in maintenance."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"set local role {name}")
        yield
        with connection.cursor() as cursor:
            cursor.execute("set local role eh_owner")
            cursor.execute("select set_config('earlyhelp.principal', '', true)")


@contextmanager
def as_web(post: Post, purpose: str) -> Iterator[None]:
    """Run a block as the web login would, acting under this post for this purpose."""
    with as_login("eh_web"):
        identify(Principal.of(post, purpose))
        yield


@contextmanager
def as_worker(job: str) -> Iterator[None]:
    """Run a block as the worker login would, as the named job."""
    with as_login("eh_worker"), as_job(job):
        yield


@pytest.fixture(autouse=True)
def refusals_at_once(settings) -> None:
    """No test waits for the beat of refusals; bench/refusals measures it."""
    settings.REFUSAL_BEAT = 0


@pytest.fixture(autouse=True)
def static_files_by_their_own_names(settings) -> None:
    """Pages render without collectstatic; tests/interface/test_page_weight.py tests the hashed ones."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
