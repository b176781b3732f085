"""Reports brought in from a file: how an agency's columns are read, what each run did, which lines it rejected."""

import uuid

from django.db import models


class ImportMapping(models.Model):
    """Which column of an agency's files says what (docs/importing.md). The next file needs no mapping of its own."""

    agency = models.OneToOneField(
        "sharing_agreements.Agency", primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    mapping = models.JSONField()
    saved_at = models.DateTimeField()


class ReportImport(models.Model):
    """One file, however often the import of it was begun. The counts move in the transaction of the rows they count.

    Row security: whoever tends its record system reads it and its rejects.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    system = models.ForeignKey("sharing_agreements.RecordSystem", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, help_text="Of the file and its mapping.")
    file_name = models.CharField(max_length=200)
    run_by = models.CharField(
        max_length=80, blank=True, default="", help_text="The login on the server that first ran it."
    )
    mapping = models.JSONField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0, help_text="Records of the file dealt with; it goes on there.")
    accepted = models.PositiveIntegerField(default=0)
    here_already = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["system", "digest"], name="a_file_is_imported_once"),
        ]


class ImportReject(models.Model):
    """A line that is no report, and why. Never a word of the line itself."""

    run = models.ForeignKey(ReportImport, on_delete=models.PROTECT, related_name="rejects")
    line = models.PositiveIntegerField()
    reason = models.CharField(max_length=200)

    class Meta:
        ordering = ["line"]
