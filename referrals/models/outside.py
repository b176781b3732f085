"""How an officer of another force comes in without an account: by a code sent to a mail address of that force.

No login reads either table: the gate asks and answers (sql/0037, decision 0080).
"""

import uuid

from django.db import models

from sharing_agreements.models import Agency, Post


class MailDomain(models.Model):
    """The part behind the @ of a force's work addresses. Whoever reads mail there may report for that force."""

    domain = models.CharField(max_length=253, primary_key=True, help_text="In small letters: police.example.org")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.domain


class OutsideAccess(models.Model):
    """One wish to come in: who says so, the address the code goes to, and what became of it. Unused ones are removed
    after a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    email = models.EmailField()
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, help_text="Set when the code is made.")
    attempts = models.PositiveSmallIntegerField(default=0, help_text="Codes tried.")
    used_at = models.DateTimeField(null=True)
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["email", "asked_at"], name="outside_asked_by")]
