"""The worker's side of jobs owed. An app gives a job by naming a function:

    @owed_job("receive_report")
    def receive_report(payload): ...

It runs in one open transaction as the principal of that name (row security policies name each job), at least
once; its effect is recorded exactly once.
"""

import logging
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from sharing_agreements.actions import exampling, keeping, notifying, owing, sealing, simulating, warning
from sharing_agreements.actions.exceptions import TELL
from sharing_agreements.actions.owing import Work, owe
from sharing_agreements.models import EmergencyAccess, EmergencyNotice
from sharing_agreements.queries.exceptions import who_answers_for

log = logging.getLogger(__name__)
VERIFY = "verify_facts"
WARN = warning.JOB
_registry: dict[str, Work] = {}


def owed_job(name: str) -> Callable[[Work], Work]:
    """Register a function as the work of the owed job `name`. It takes the payload as it was owed."""

    def register(work: Work) -> Work:
        if _registry.setdefault(name, work) is not work:
            raise ValueError(f"two functions want to be the job {name}")
        return work

    return register


def jobs() -> dict[str, Work]:
    """Every job of the installed apps, by name."""
    return dict(_registry)


@shared_task(name=owing.RUN, acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def run_owed(owed: str) -> None:
    """Do one owed job, unless it is done."""
    owing.run(UUID(owed), _registry)


@shared_task(name=owing.BELL, ignore_result=True, expires=30)
def relay_owed() -> None:
    """Ring for whatever is owed and not done."""
    owing.relay()


@shared_task(name="sharing_agreements.refresh_facts", ignore_result=True, expires=60)
def refresh_facts() -> None:
    """Open and close by date: involvement that began or ended since the last time."""
    keeping.refresh_expired()


@shared_task(name="sharing_agreements.seal_log", ignore_result=True, expires=120)
def seal_log() -> None:
    """Seal what was added to the disclosure log since the last time."""
    sealing.seal()


@owed_job(VERIFY)
def verify_facts(payload: Mapping[str, Any]) -> None:
    """The nightly look: every governed row carries what is true, or the log says how many do not."""
    if wrong := keeping.wrong_facts():
        log.error("governed rows carry facts that are not true: %d", len(wrong))


@owed_job(simulating.JOB)
def simulate_agreement(payload: Mapping[str, Any]) -> None:
    """Count one part of a simulation; the next is owed with it, so a run that was interrupted goes on there."""
    simulating.count_next(UUID(payload["run"]))


@shared_task(name="sharing_agreements.owe_verify_facts", ignore_result=True)
def owe_verify_facts() -> None:
    """Owe today's look. Any number may ask: the key makes it one a day, and a missed night is made up for."""
    today = timezone.localdate()
    with transaction.atomic():
        owe(job=VERIFY, key=f"{VERIFY}:{today}", payload={})


@owed_job(WARN)
def warn_of_agreements(payload: Mapping[str, Any]) -> None:
    """Warn the parties of agreements that expire, need review or wait for signatures (J11, D26)."""
    warning.warn_of_agreements(today=timezone.localdate())


@shared_task(name="sharing_agreements.owe_warn_of_agreements", ignore_result=True)
def owe_warn_of_agreements() -> None:
    """Owe today's warnings, once a day however often it is asked. Expiry itself waits for no job."""
    today = timezone.localdate()
    with transaction.atomic():
        owe(job=WARN, key=f"{WARN}:{today}", payload={})


@owed_job(exampling.JOB)
def check_examples(payload: Mapping[str, Any]) -> None:
    """Try the examples of every agreement in force: owed by any change of rules or people (sql/0015), and nightly."""
    if wrong := exampling.check_standing_examples(now=timezone.now(), today=timezone.localdate()):
        log.error("examples of agreements in force do not hold: %d", len(wrong))


@shared_task(name="sharing_agreements.owe_check_examples", ignore_result=True)
def owe_check_examples() -> None:
    """Owe today's trial, once a day however often it is asked: dates change which clauses apply, too."""
    today = timezone.localdate()
    with transaction.atomic():
        owe(job=exampling.JOB, key=f"{exampling.JOB}:{today}", payload={})


@owed_job(TELL)
def tell_of_emergency(payload: Mapping[str, Any]) -> None:
    """Tell who answers for the agencies concerned, each once: the access heads their list from now on."""
    access = EmergencyAccess.objects.get(pk=payload["access"])
    answering = who_answers_for([access.agency_no, *access.told], day=timezone.localdate())
    told = {post.practitioner_id for post in answering} - {access.practitioner_id}
    EmergencyNotice.objects.bulk_create(
        [EmergencyNotice(access=access, practitioner_id=one, told_at=timezone.now()) for one in told],
        ignore_conflicts=True,
    )


@owed_job(notifying.TELL)
def tell_practitioners(payload: Mapping[str, Any]) -> None:
    """Make an e-mail for whoever is to be told that something waits for them."""
    notifying.tell_practitioners(now=timezone.now())


@owed_job(notifying.SEND)
def send_notification(payload: Mapping[str, Any]) -> None:
    """Hand one of those e-mails to its carrier."""
    notifying.send_notification(notification=UUID(payload["notification"]), now=timezone.now())


@owed_job(notifying.FOLLOW)
def follow_notifications(payload: Mapping[str, Any]) -> None:
    """Ask what became of those that were taken."""
    notifying.follow_notifications(now=timezone.now())


@shared_task(name="sharing_agreements.owe_notifications", ignore_result=True)
def owe_notifications() -> None:
    """Owe one look at what waits, and at what became of e-mails, per five minutes. Any number may ask: the key makes it
    one, and whoever asks next makes up for what was missed."""
    now = timezone.now()
    slot = now.replace(minute=now.minute - now.minute % 5, second=0, microsecond=0)
    with transaction.atomic():
        for job in (notifying.TELL, notifying.FOLLOW):
            owe(job=job, key=f"{job}:{slot.isoformat()}", payload={})
