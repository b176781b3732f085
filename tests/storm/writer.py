"""Files storm reports as the web login: report and job owed in one transaction; writes each id down once confirmed.

Run as `python -m tests.storm.writer FILE`. Killed and started again by the storm.
"""

import os
import sys
import time
import uuid

import django
from django.db import connection, transaction


def main() -> None:
    django.setup()
    from sharing_agreements.actions.owing import owe

    confirmed = os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    while True:
        report = uuid.uuid4()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("insert into storm_report (id) values (%s)", [report])
            owe(job="storm_effect", key=f"storm_effect:{report}", payload={"report": report})
        os.write(confirmed, f"{report}\n".encode())
        time.sleep(0.005)


if __name__ == "__main__":
    main()
