"""Jobs owed by the front door: ids in, nothing out. The clock is read here."""

import datetime
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from referrals.actions import check_clocks, listing_likenesses, matching, receiving, telling, watching
from sharing_agreements.actions.owing import owe
from sharing_agreements.tasks import owed_job


@owed_job("receive_report")
def receive_report(payload: Mapping[str, Any]) -> None:
    """A report was sent: put it in the hub's queue."""
    receiving.receive_report(report=UUID(payload["report"]), now=timezone.now())


@owed_job("match_report")
def match_report(payload: Mapping[str, Any]) -> None:
    """A contact is new: look whether its people are already known."""
    matching.match_report(contact=UUID(payload["contact"]), now=timezone.now())


@owed_job("receive_addition")
def receive_addition(payload: Mapping[str, Any]) -> None:
    """Something was said after sending: tell the decider."""
    receiving.receive_addition(addition=UUID(payload["addition"]), now=timezone.now())


@owed_job("receive_check_answer")
def receive_check_answer(payload: Mapping[str, Any]) -> None:
    """An agency answered a check: tell the decider."""
    receiving.receive_check_answer(answer=UUID(payload["answer"]), now=timezone.now())


@owed_job(check_clocks.JOB)
def notice_late_checks(payload: Mapping[str, Any]) -> None:
    """Notice agencies that have not answered in time, and those whose manager is to be told (J2)."""
    check_clocks.notice_late_checks(now=timezone.now())


@shared_task(name="referrals.owe_notice_late_checks", ignore_result=True)
def owe_notice_late_checks() -> None:
    """Owe one look for late answers per five minutes. Any number may ask: the key makes it one."""
    now = timezone.now()
    slot = now.replace(minute=now.minute - now.minute % 5, second=0, microsecond=0)
    with transaction.atomic():
        owe(job=check_clocks.JOB, key=f"{check_clocks.JOB}:{slot.isoformat()}", payload={})


@owed_job(telling.JOB)
def tell_not_taken_up(payload: Mapping[str, Any]) -> None:
    """A family said no to early help: tell whoever reported the child."""
    at = datetime.datetime.fromisoformat(payload["at"])
    telling.tell_not_taken_up(child=UUID(payload["child"]), at=at, now=timezone.now())


@owed_job(watching.JOB)
def watch_contacts(payload: Mapping[str, Any]) -> None:
    """Bring the hub's flags up to date, as on the day the job was owed for."""
    watching.sweep(as_of=datetime.date.fromisoformat(payload["as_of"]), now=timezone.now())


@shared_task(name="referrals.owe_watch", ignore_result=True)
def owe_watch() -> None:
    """Owe today's sweep. Any number may ask: the key makes it one, and who asks next makes up for a missed night."""
    today = timezone.localdate()
    with transaction.atomic():
        owe(job=watching.JOB, key=f"{watching.JOB}:{today}", payload={"as_of": today})


@owed_job(listing_likenesses.JOB)
def list_likenesses(payload: Mapping[str, Any]) -> None:
    """List people who may be one, for a person to look at."""
    listing_likenesses.list_likenesses(as_of=datetime.date.fromisoformat(payload["as_of"]), now=timezone.now())


@shared_task(name="referrals.owe_list_likenesses", ignore_result=True)
def owe_list_likenesses() -> None:
    """Owe today's list. Any number may ask: the key makes it one, and who asks next makes up for a missed night."""
    today = timezone.localdate()
    with transaction.atomic():
        owe(job=listing_likenesses.JOB, key=f"{listing_likenesses.JOB}:{today}", payload={"as_of": today})
