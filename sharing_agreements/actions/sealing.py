"""Sealing the disclosure log: the worker's job, and anybody in maintenance."""

from django.db import connection

from sharing_agreements.row_security import as_job

JOB = "seal_log"
MOST = 50_000
"""Rows of one seal: what is sealed at once stays a short transaction."""


def seal(most: int = MOST) -> int:
    """Seal every row that is not sealed yet; gives how many. Asked again at once, it finds nothing.

    Each seal has a transaction of its own unless one is open. Refused (EH403) to everybody but this job.
    """
    total = 0
    while True:
        with as_job(JOB), connection.cursor() as cursor:
            cursor.execute("select gate.seal_log(%s)", [most])
            done: int = cursor.fetchone()[0]
        total += done
        if done < most:
            return total
