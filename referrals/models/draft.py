"""A report being written. Only its author sees it; nothing typed is ever lost."""

import uuid

from django.db import models


class Draft(models.Model):
    """One report before it is sent, and afterwards the author's receipt. Row security: the author only.

    `data` holds every box as typed, per step, right or wrong; it is emptied when the report is sent, because from
    then on the report is the record. A supervisor learns only that a draft lies unsent (gate.unsent_drafts).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    author = models.ForeignKey("sharing_agreements.Practitioner", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("sharing_agreements.Post", on_delete=models.PROTECT, related_name="+")
    data = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1, help_text="Goes up with every save; a stale page is told so.")
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    abandoned_at = models.DateTimeField(null=True)
    abandoned_because = models.CharField(max_length=300, blank=True)

    sent_at = models.DateTimeField(null=True)
    reference = models.CharField(max_length=12, blank=True)
    sent_to = models.ForeignKey(
        "sharing_agreements.Agency",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    due_at = models.DateTimeField(null=True, help_text="When the hub promised to decide; empty for blue.")
    danger = models.BooleanField(
        default=False,
        help_text="Danger now was answered yes: the receipt says whom to ring.",
    )
    closed_to_own_agency = models.BooleanField(
        default=False,
        help_text="It names somebody at the author's own agency: only this receipt stays here.",
    )

    class Meta:
        indexes = [
            models.Index(fields=["author", "-changed_at"], name="draft_author_newest"),
            models.Index(
                fields=["changed_at"],
                name="draft_unsent",
                condition=models.Q(sent_at=None, abandoned_at=None),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_draft_is_abandoned_with_a_reason",
                condition=models.Q(abandoned_at=None, abandoned_because="")
                | (models.Q(abandoned_at__isnull=False) & ~models.Q(abandoned_because="")),
            ),
            models.CheckConstraint(
                name="a_sent_draft_has_its_reference",
                condition=models.Q(sent_at=None, reference="")
                | (models.Q(sent_at__isnull=False, sent_to__isnull=False) & ~models.Q(reference="")),
            ),
            models.CheckConstraint(
                name="a_draft_is_sent_or_abandoned_not_both",
                condition=models.Q(sent_at=None) | models.Q(abandoned_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.reference or "Draft report"
