"""Nightly work on cases, as jobs owed."""

import datetime
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from cases.actions import directory, retention, watching
from sharing_agreements.actions import notifying
from sharing_agreements.actions.owing import owe
from sharing_agreements.tasks import owed_job

notifying.also_ask("gate.waiting_with_families")
notifying.also_ask("gate.waiting_on_receipts")


@owed_job(watching.JOB)
def watch_cases(payload: Mapping[str, Any]) -> None:
    """Bring all flags on cases up to date, as on the day the job was owed for; or only count what other numbers of one
    rule would flag."""
    as_of = datetime.date.fromisoformat(payload["as_of"])
    if "trial" in payload:
        watching.count_trial(trial=UUID(payload["trial"]), as_of=as_of, now=timezone.now())
    else:
        watching.sweep(as_of=as_of, now=timezone.now())


@shared_task(name="cases.owe_watch", ignore_result=True)
def owe_watch() -> None:
    """Owe today's sweep. Beat asks every minute and any number may ask: the key makes it one, and a night missed
    is made up for when somebody asks next, for a sweep looks at what is true and not at what happened."""
    today = timezone.localdate()
    with transaction.atomic():
        owe(job=watching.JOB, key=f"{watching.JOB}:{today}", payload={"as_of": today})


@owed_job(directory.JOB)
def check_directory(payload: Mapping[str, Any]) -> None:
    """Bring the tasks of the directory's keepers up to date (J15), as on the day the job was owed for."""
    directory.look_for_stale(as_of=datetime.date.fromisoformat(payload["as_of"]), now=timezone.now())


@shared_task(name="cases.owe_check_directory", ignore_result=True)
def owe_check_directory() -> None:
    """Owe today's look at the directory, once a day however often it is asked; a missed night is made up for."""
    today = timezone.localdate()
    with transaction.atomic():
        owe(job=directory.JOB, key=f"{directory.JOB}:{today}", payload={"as_of": today})


@owed_job(retention.JOB)
def list_retention(payload: Mapping[str, Any]) -> None:
    """Bring the list of cases whose time is over up to date (J13), as on the day the job was owed for."""
    retention.list_retention(as_of=datetime.date.fromisoformat(payload["as_of"]), now=timezone.now())


@shared_task(name="cases.owe_list_retention", ignore_result=True)
def owe_list_retention() -> None:
    """Owe today's look at what is old enough, once a day however often it is asked; a missed night is made up for."""
    today = timezone.localdate()
    with transaction.atomic():
        owe(job=retention.JOB, key=f"{retention.JOB}:{today}", payload={"as_of": today})
