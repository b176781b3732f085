"""A real worker is killed in the middle of a count; the next one goes on there, and the numbers are right."""

import os
import secrets
import signal
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import pytest
from celery import Celery

from launch.process import signal_group, spawn
from launch.servers import Broker, server_files
from launch.service import WORKER
from sharing_agreements.actions import owing
from sharing_agreements.actions.simulating import JOB
from sharing_agreements.models import DoneJob, Family, OwedJob, SimulationRun
from sharing_agreements.tasks import jobs
from tests import cast, database
from tests.launch.running import until
from tests.sharing_agreements.test_simulation import begin, draft_between_police_and_early_help, identities, lines_of

ROOT = Path(__file__).parents[2]


@pytest.fixture
def broker(tmp_path):
    """A Redis of the test's own."""
    _programs, redis_server = server_files()
    one = Broker(redis_server, secrets.token_urlsafe(24))
    with (tmp_path / "redis.log").open("wb") as log:
        child = one.start(log)
        until(one.is_ready, within=30, what="Redis")
        yield one
        signal_group(child.pid, signal.SIGKILL)
        child.wait(20)


@contextmanager
def worker(name, broker, folder):
    """The service's worker over the database `name`, under its own login; killed at the end as a machine would die."""
    environment = {
        **os.environ,
        "DATABASE_URL": database.address("eh_worker", name),
        "REDIS_URL": broker.url,
        "DJANGO_SETTINGS_MODULE": "earlyhelp.settings",
    }
    with (folder / "worker.log").open("ab") as log:
        child = spawn(WORKER, environment=environment, log=log.fileno(), folder=ROOT)
        yield
        signal_group(child.pid, signal.SIGKILL)
        child.wait(20)


@contextmanager
def identities_locked(name):
    """Nobody reads identities meanwhile. Gives a question: is somebody waiting to?"""
    connection = psycopg2.connect(database.address("eh_tester", name))
    with connection, connection.cursor() as cursor:
        cursor.execute("set role eh_owner; lock table sharing_agreements_identity in access exclusive mode")

        def somebody_waits():
            cursor.execute(
                "select exists (select from pg_locks where not granted and database = (select oid from"
                " pg_database where datname = current_database()))"
            )
            return cursor.fetchone()[0]

        yield somebody_waits
    connection.close()


def ring(broker):
    """Ring for what is owed, as the relay does."""
    with Celery(broker=broker.url) as bell:
        for one in OwedJob.objects.filter(done_at=None, job=JOB):
            bell.send_task(owing.RUN, args=[str(one.pk)], ignore_result=True)


def test_a_count_goes_on_where_its_worker_was_killed(committed, broker, tmp_path):
    everybody = cast.assemble()
    for _ in range(5):
        identities(everybody, 2, Family.objects.create())
    run = begin(everybody.gita, draft_between_police_and_early_help(everybody))
    owing.run(OwedJob.objects.get(job=JOB).pk, jobs())
    with identities_locked(committed) as somebody_waits, worker(committed, broker, tmp_path):
        ring(broker)
        until(somebody_waits, within=60, what="the worker in the middle of a part")
    half = SimulationRun.objects.get(pk=run)
    assert (half.parts_done, half.done_at) == (1, None)

    def is_done():
        ring(broker)
        return SimulationRun.objects.get(pk=run).done_at

    with worker(committed, broker, tmp_path):
        until(is_done, within=60, what="the count")
    assert [line[3:] for line in lines_of(everybody.gita, run)] == [(True, 10, 5), (True, 10, 5)]
    assert DoneJob.objects.filter(job=JOB).count() == half.parts_total
