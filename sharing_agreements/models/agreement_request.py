"""Somebody asks for a kind of record, or for an agreement about it: kinds and roles, never a child."""

import uuid

from django.db import models

from sharing_agreements.models.agency import Agency
from sharing_agreements.models.practitioner import Practitioner
from sharing_agreements.vocabulary import Kind, Level, RequestState, Role


class AgreementRequest(models.Model):
    """One wish, as the governance leads of both agencies read it, with the answer. Confirms nothing about anybody."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", help_text="Who asks.")
    asked_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=30, choices=Role, help_text="The role that would read the records.")
    asked = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", help_text="Whose records.")
    kind = models.SmallIntegerField(choices=Kind)
    level = models.CharField(max_length=10, choices=Level)
    why = models.TextField(help_text="What the work needs it for; no child and no family.")
    missing = models.TextField(help_text="What stood in the way on the day it was asked, by kinds and roles.")
    asked_at = models.DateTimeField()
    due_on = models.DateField(help_text="Last day to answer it.")
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.WAITING)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Practitioner, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(name="an_agency_asks_another", condition=~models.Q(agency=models.F("asked"))),
            models.CheckConstraint(
                name="an_answer_says_who_and_when",
                condition=models.Q(state=RequestState.WAITING)
                | models.Q(answered_by__isnull=False, answered_at__isnull=False),
            ),
        ]
