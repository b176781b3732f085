"""Jobs owed: written with the change, done once, stopped when they keep failing."""

import uuid
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from sharing_agreements import queries
from sharing_agreements.actions import owing
from sharing_agreements.models import DoneJob, OwedJob
from sharing_agreements.vocabulary import Purpose, Role
from tests.cast import assemble, post
from tests.conftest import as_web, as_worker

pytestmark = pytest.mark.django_db


def owed(job: str = "count_sheep", **more: object) -> OwedJob:
    return OwedJob.objects.create(key=str(uuid.uuid4()), job=job, **more)


def work_that(does: Callable[..., None]) -> dict[str, owing.Work]:
    return {"count_sheep": does}


def fails(payload: object) -> None:
    raise LookupError("Craig Smith is not here")


def test_the_web_login_owes_a_job_and_cannot_read_or_change_it():
    cast = assemble()
    with as_web(cast.hana, Purpose.TRIAGE):
        owing.owe(job="count_sheep", key="sheep:1", payload={"id": uuid.uuid4()})
    for forbidden in (
        "select * from {}",
        "update {} set attempts = 9",
        "delete from {}",
    ):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            as_web(cast.hana, Purpose.TRIAGE),
            connection.cursor() as cursor,
        ):
            cursor.execute(forbidden.format(OwedJob._meta.db_table))
    assert OwedJob.objects.get().key == "sheep:1"


def test_owing_the_same_key_twice_is_owing_it_once():
    for _ in range(2):
        owing.owe(job="count_sheep", key="sheep:1", payload={})
    assert OwedJob.objects.count() == 1


def test_a_job_is_done_once_however_often_it_is_rung_for():
    done: list[object] = []
    one = owed(payload={"id": "7"})
    assert owing.run(one.pk, work_that(done.append)) is True
    OwedJob.objects.update(done_at=None)  # as if the worker had died before it could say so
    assert owing.run(one.pk, work_that(done.append)) is False
    assert done == [{"id": "7"}]
    assert DoneJob.objects.get().key == one.key


def test_a_job_works_as_the_principal_named_after_it():
    def asks(payload: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("select gate.job()")
            assert cursor.fetchone()[0] == "count_sheep"

    assert owing.run(owed().pk, work_that(asks))


def test_a_failing_job_keeps_the_kind_of_error_but_not_its_words_and_stops_after_eight_attempts():
    one = owed()
    for attempt in range(1, 9):
        with pytest.raises(LookupError):
            owing.run(one.pk, work_that(fails))
        one.refresh_from_db()
        assert (one.attempts, one.last_error, one.stopped_at is None) == (
            attempt,
            "LookupError",
            attempt < 8,
        )
    assert owing.run(one.pk, work_that(fails)) is False
    assert not DoneJob.objects.exists()


def test_a_job_whose_worker_died_every_time_is_stopped_too():
    one = owed(attempts=8, sent_at="2026-01-01T00:00Z")
    owing.relay()
    one.refresh_from_db()
    assert one.stopped_at is not None and one.last_error == "WorkerDied"


def test_an_unknown_job_name_stops_instead_of_vanishing():
    one = owed("no_such_job")
    with pytest.raises(KeyError):
        owing.run(one.pk, {})
    one.refresh_from_db()
    assert one.last_error == "KeyError"


def test_a_payload_with_more_than_ids_does_not_fit():
    with pytest.raises(Exception, match="owed_payload"), transaction.atomic():
        owed(payload={"narrative": "x" * 3000})


def test_an_administrator_sees_a_stopped_job_and_sets_it_going_again_and_nobody_else_does():
    cast = assemble()
    admin = post("Ada", cast.early_help, Role.ADMINISTRATOR)
    one = owed(attempts=8, stopped_at="2026-01-01T00:00Z", last_error="LookupError")
    with as_web(cast.esi, Purpose.OVERSIGHT):
        assert queries.stopped_jobs() == []
        assert owing.try_again(one.pk) is False
    with as_web(admin, Purpose.GOVERNANCE):
        assert [job.id for job in queries.stopped_jobs()] == [one.pk]
        assert owing.try_again(one.pk) is True
        assert queries.stopped_jobs() == []
    one.refresh_from_db()
    assert (one.attempts, one.stopped_at) == (0, None)


def test_the_worker_login_can_do_everything_the_relay_needs():
    owed()
    with as_worker("relay"):
        owing.relay()
