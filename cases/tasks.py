"""Nightly work on cases, as jobs owed."""

import datetime
from collections.abc import Mapping
from typing import Any

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from cases.actions import watching
from sharing_agreements.actions.owing import owe
from sharing_agreements.tasks import owed_job


@owed_job(watching.JOB)
def watch_cases(payload: Mapping[str, Any]) -> None:
    """Bring all flags on cases up to date, as on the day the job was owed for."""
    watching.sweep(as_of=datetime.date.fromisoformat(payload["as_of"]), now=timezone.now())


@shared_task(name="cases.owe_watch", ignore_result=True)
def owe_watch() -> None:
    """Owe today's sweep. Beat asks every minute and any number may ask: the key makes it one, and a night missed
    is made up for when somebody asks next, for a sweep looks at what is true and not at what happened."""
    today = timezone.localdate()
    with transaction.atomic():
        owe(job=watching.JOB, key=f"{watching.JOB}:{today}", payload={"as_of": today})
