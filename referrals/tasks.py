"""Jobs owed by the front door: ids in, nothing out. The clock is read here."""

import datetime
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from referrals.actions import (
    check_clocks,
    disagreeing,
    letting_in,
    listing_likenesses,
    marking_clocks,
    matching,
    noticing,
    receiving,
    telling,
    watching,
    watching_families,
)
from sharing_agreements.actions import notifying
from sharing_agreements.actions.owing import owe
from sharing_agreements.tasks import owed_job

notifying.also_ask("gate.waiting_at_front_door")
notifying.also_ask("gate.waiting_on_clocks")
notifying.also_ask("gate.waiting_on_disagreements")


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


@owed_job(disagreeing.RECEIVE)
def receive_disagreement(payload: Mapping[str, Any]) -> None:
    """Somebody disagrees with a decision: put it before whoever answers."""
    disagreeing.receive_disagreement(disagreement=UUID(payload["disagreement"]), now=timezone.now())


@owed_job(disagreeing.CLIMB)
def climb_disagreements(payload: Mapping[str, Any]) -> None:
    """Take what nobody answered in time to the next rung."""
    disagreeing.climb_disagreements(now=timezone.now())


@shared_task(name="referrals.owe_climb_disagreements", ignore_result=True)
def owe_climb_disagreements() -> None:
    """Owe one look for late answers to disagreements per five minutes. Any number may ask: the key makes it one."""
    _owe_each_five_minutes(disagreeing.CLIMB)


@owed_job(letting_in.JOB)
def send_outside_code(payload: Mapping[str, Any]) -> None:
    """An officer of another force asked for a code: make one and send it."""
    letting_in.send_code(access=UUID(payload["access"]))


@owed_job(check_clocks.JOB)
def notice_late_checks(payload: Mapping[str, Any]) -> None:
    """Notice agencies that have not answered in time, and those whose manager is to be told (J2)."""
    check_clocks.notice_late_checks(now=timezone.now())


@shared_task(name="referrals.owe_notice_late_checks", ignore_result=True)
def owe_notice_late_checks() -> None:
    """Owe one look for late answers per five minutes. Any number may ask: the key makes it one."""
    _owe_each_five_minutes(check_clocks.JOB)


@owed_job(marking_clocks.JOB)
def mark_clocks(payload: Mapping[str, Any]) -> None:
    """Mark the hub's clocks that have passed half, four fifths or all of their time (J1)."""
    marking_clocks.mark_clocks(now=timezone.now())


@shared_task(name="referrals.owe_mark_clocks", ignore_result=True)
def owe_mark_clocks() -> None:
    """Owe one look at the clocks per five minutes. Any number may ask: the key makes it one."""
    _owe_each_five_minutes(marking_clocks.JOB)


@owed_job(noticing.JOB)
def send_school_notices(payload: Mapping[str, Any]) -> None:
    """Send notices to schools that are briefed by now, and raise those that have reached nobody (J12)."""
    noticing.send_and_raise(now=timezone.now())


@shared_task(name="referrals.owe_send_school_notices", ignore_result=True)
def owe_send_school_notices() -> None:
    """Owe one look at the notices per five minutes. Any number may ask: the key makes it one, and whoever asks next
    makes up for what was missed."""
    _owe_each_five_minutes(noticing.JOB)


def _owe_each_five_minutes(job: str) -> None:
    now = timezone.now()
    slot = now.replace(minute=now.minute - now.minute % 5, second=0, microsecond=0)
    with transaction.atomic():
        owe(job=job, key=f"{job}:{slot.isoformat()}", payload={})


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


@owed_job(watching_families.JOB)
def watch_families(payload: Mapping[str, Any]) -> None:
    """Bring the flags about families nobody helps up to date, as on the day the job was owed for (J7)."""
    watching_families.sweep(as_of=datetime.date.fromisoformat(payload["as_of"]), now=timezone.now())


@shared_task(name="referrals.owe_watch_families", ignore_result=True)
def owe_watch_families() -> None:
    """Owe today's sweep. Any number may ask: the key makes it one, and who asks next makes up for a missed night."""
    today = timezone.localdate()
    with transaction.atomic():
        owe(job=watching_families.JOB, key=f"{watching_families.JOB}:{today}", payload={"as_of": today})
