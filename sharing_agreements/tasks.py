"""The worker's side of jobs owed. An app gives a job by naming a function:

    @owed_job("receive_report")
    def receive_report(payload): ...

It runs in one open transaction as the principal of that name (row security policies name each job), at least
once; its effect is recorded exactly once.
"""

from collections.abc import Callable
from uuid import UUID

from celery import shared_task

from sharing_agreements.actions import owing
from sharing_agreements.actions.owing import Work

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
