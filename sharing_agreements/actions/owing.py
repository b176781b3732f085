"""Write down that a job is owed; send what is owed to the workers; stop what keeps failing.

The row is written in the transaction of the change that causes it. Redis may lose every message: `relay` rings
again for whatever was not done. A job therefore runs at least once, and its inbox key makes its effect happen
exactly once (reliability: 120 s of random kills, nothing lost, nothing doubled).
"""

import datetime
import json
import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from celery import current_app
from django.conf import settings
from django.db import connection, transaction

from sharing_agreements.models.owed import ATTEMPTS_ALLOWED
from sharing_agreements.row_security import as_job

BELL = "sharing_agreements.relay_owed"
RUN = "sharing_agreements.run_owed"
_UNDER_WAY = 200
"""Jobs rung for and not done, at most; the rest wait in the table, where waiting costs nothing."""
_GRACE = 2.0
"""Seconds in which the ring at commit may have brought a job to a worker already."""
_DUE = """
with waiting as (
    select id, coalesce(sent_at, made_at) as from_then,
           coalesce(sent_at + make_interval(secs => %(wait)s * power(2, greatest(attempts - 1, 0))),
                    made_at + make_interval(secs => %(grace)s)) < clock_timestamp() as is_due
      from sharing_agreements_owedjob where done_at is null and stopped_at is null)
select o.id from sharing_agreements_owedjob o join waiting w on w.id = o.id
 where w.is_due
 order by w.from_then
 limit greatest(0, %(under_way)s - (select count(*) from waiting where not is_due))
   for update of o skip locked
"""

logger = logging.getLogger(__name__)
Work = Callable[[Mapping[str, Any]], None]


def owe(
    *,
    job: str,
    key: str,
    payload: Mapping[str, str | int | UUID | datetime.date | None],
) -> None:
    """Owe `job` once for `key`, in the open transaction. Owing the same key again changes nothing.

    `payload` is ids, dates and small numbers, never words. The worker is rung when the transaction commits.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a job is owed in the transaction of the change that causes it")
    owed = uuid4()
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into sharing_agreements_owedjob (id, key, job, payload, attempts, last_error)"
            " values (%s, %s, %s, %s, 0, '') on conflict do nothing",
            [owed, key, job, json.dumps(dict(payload), default=str)],
        )
        is_new = cursor.rowcount == 1
    if is_new:
        transaction.on_commit(partial(_ring, owed), robust=True)


def _ring(owed: UUID) -> None:
    """Ring for one job now instead of at the next tick. If the broker is away, the tick does it."""
    try:
        current_app.send_task(RUN, args=[str(owed)], retry=False, ignore_result=True)
    except Exception:
        logger.info("bell_not_rung")


def relay(*, resend_after: float | None = None) -> int:
    """Ring for jobs never rung, and again for those rung over `resend_after` seconds ago and not done.

    The wait doubles with each attempt, and no more than so many are under way at once, so that slow workers are
    not buried in copies. Many may run at once: each skips rows another holds. Answers how many were rung; a broker
    error leaves the rest for the next tick. Stops jobs that used up their attempts.
    """
    wait = settings.JOBS_RESEND_AFTER if resend_after is None else resend_after
    with transaction.atomic(), connection.cursor() as cursor:
        _stop_exhausted(cursor, wait)
        cursor.execute(_DUE, {"wait": wait, "grace": min(wait, _GRACE), "under_way": _UNDER_WAY})
        sent = _send([row[0] for row in cursor.fetchall()])
        cursor.execute(
            "update sharing_agreements_owedjob set sent_at = clock_timestamp() where id = any(%s::uuid[])",
            [sent],
        )
    return len(sent)


def _send(owed: list[UUID]) -> list[UUID]:
    sent: list[UUID] = []
    for one in owed:
        try:
            current_app.send_task(RUN, args=[str(one)], retry=False, ignore_result=True)
        except Exception:
            logger.warning("broker_away")
            break
        sent.append(one)
    return sent


def _stop_exhausted(cursor: Any, wait: float) -> None:
    """A job whose worker died each time recorded no error of its own; say so and stop it."""
    cursor.execute(
        "update sharing_agreements_owedjob set stopped_at = clock_timestamp(),"
        " last_error = case last_error when '' then 'WorkerDied' else last_error end"
        " where done_at is null and stopped_at is null and attempts >= %s"
        " and sent_at < clock_timestamp() - make_interval(secs => %s)",
        [ATTEMPTS_ALLOWED, wait],
    )
    if cursor.rowcount:
        logger.error("owed_jobs_stopped", extra={"count": cursor.rowcount})


def run(owed: UUID, registry: Mapping[str, Work]) -> bool:
    """Do an owed job unless its key is done. Answers whether this call did it.

    The attempt is counted in a transaction of its own, so that a job which kills its process is counted too.
    The inbox key and the work are one transaction, as the principal named after the job.
    """
    started = _start(owed)
    if started is None:
        return False
    key, job, payload = started
    try:
        work = registry[job]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "insert into sharing_agreements_donejob (key, job) values (%s, %s) on conflict do nothing",
                [key, job],
            )
            if cursor.rowcount == 0:
                return False
            with as_job(job):
                work(payload)
            cursor.execute(
                "update sharing_agreements_owedjob set done_at = clock_timestamp(), stopped_at = null,"
                " last_error = '' where id = %s",
                [owed],
            )
    except Exception as error:
        _failed(owed, type(error).__name__)
        raise
    return True


def _start(owed: UUID) -> tuple[str, str, Mapping[str, Any]] | None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "update sharing_agreements_owedjob set attempts = attempts + 1"
            " where id = %s and done_at is null and stopped_at is null and attempts < %s returning key, job, payload",
            [owed, ATTEMPTS_ALLOWED],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    key, job, payload = row
    return key, job, json.loads(payload) if isinstance(payload, str) else payload


def _failed(owed: UUID, error: str) -> None:
    """Keep the kind of error, never its words, and stop at the last attempt."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "update sharing_agreements_owedjob set last_error = %s,"
            " stopped_at = case when attempts >= %s then clock_timestamp() end where id = %s and done_at is null",
            [error[:120], ATTEMPTS_ALLOWED, owed],
        )
    logger.error("owed_job_failed", extra={"error": error})


def try_again(owed: UUID) -> bool:
    """Set a stopped job going again with fresh attempts. False when it is not stopped or the post may not."""
    with connection.cursor() as cursor:
        cursor.execute("select gate.try_job_again(%s)", [owed])
        going: bool = cursor.fetchone()[0]
    if going:
        transaction.on_commit(partial(_ring, owed), robust=True)
    return going
