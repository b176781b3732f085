"""The real Celery app with one more job, which leaves a mark for each report. `celery -A tests.storm.worker worker`."""

import time

import django
from django.db import connection

from earlyhelp.celery import app

django.setup()
from sharing_agreements.tasks import owed_job  # noqa: E402  its models need the apps

__all__ = ["app"]


@owed_job("storm_effect")
def storm_effect(payload):
    """Leave a mark; nothing in the table would stop a second one. The pauses give a kill time to come between."""
    time.sleep(0.003)
    with connection.cursor() as cursor:
        cursor.execute("insert into storm_effect (report) values (%s)", [payload["report"]])
    time.sleep(0.003)
