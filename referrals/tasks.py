"""Jobs owed by the front door: ids in, nothing out. The clock is read here."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone

from referrals.actions import matching, receiving
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
