"""Sealing the disclosure log: the worker's job, and anybody in maintenance."""

from django.db import connection

from sharing_agreements.row_security import as_job

JOB = "seal_log"
MOST = 50_000
"""Rows of one seal: what is sealed at once stays a short transaction."""
LOOKS_AT_ONCE = 200
"""Looks whose clauses are written down in one transaction; each takes some milliseconds."""


def seal(most: int = MOST) -> int:
    """Say of every look which clauses opened it, then seal every row not sealed yet; gives how many were sealed.

    Asked again at once, it finds nothing. Each step has a transaction of its own unless one is open. Refused (EH403)
    to everybody but this job.
    """
    _until_done("select gate.write_bases(%s)", LOOKS_AT_ONCE)
    return _until_done("select gate.seal_log(%s)", most)


def _until_done(question: str, most: int) -> int:
    total = 0
    while True:
        with as_job(JOB), connection.cursor() as cursor:
            cursor.execute(question, [most])
            done: int = cursor.fetchone()[0]
        total += done
        if done < most:
            return total
