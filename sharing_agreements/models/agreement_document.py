"""Papers that belong to an agreement: impact assessment, policy document, privacy notice."""

import uuid

from django.db import models

from sharing_agreements.models.agreement import Agreement


class AgreementDocument(models.Model):
    """One attached file. Kept in the database, so that backup, signature and row security cover it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="documents")
    title = models.CharField(max_length=160)
    filename = models.CharField(max_length=120)
    content = models.BinaryField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the content; part of what is signed.")

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "title"], name="a_document_title_once_per_agreement"),
        ]
