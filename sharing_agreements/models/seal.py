"""The seals on the disclosure log: a chain of digests, so that a later change of the log shows (decision 0058)."""

from django.db import models


class Seal(models.Model):
    """One link: what it seals is in `SealedRow`. Its digest covers its own facts, the link before and every row."""

    number = models.IntegerField(primary_key=True, help_text="1, 2, 3 ... without a gap.")
    count = models.IntegerField(help_text="How many rows it seals.")
    settled = models.BigIntegerField(help_text="Every transaction below this one had ended: its rows are sealed.")
    sealed_at = models.DateTimeField()
    previous = models.BinaryField(help_text="Digest of the seal before; 32 zero bytes for the first.")
    digest = models.BinaryField()

    class Meta:
        default_permissions = ()


class SealedRow(models.Model):
    """The digest of one row of the disclosure log, and its place in the chain."""

    row_id = models.UUIDField(primary_key=True)
    seal = models.IntegerField()
    position = models.IntegerField()
    digest = models.BinaryField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["seal", "position"], name="one_row_in_one_place")]
