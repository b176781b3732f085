"""Words the hub sends the lead of a family being kept in touch with, before anybody contacts the family."""

from django.db import models

from cases.models.case import Case
from sharing_agreements.models import SharedRecord
from sharing_agreements.vocabulary import Kind, Level


class LeadNotice(SharedRecord):
    """There is new information: ring the hub first. Owned by the hub, sent to the lead; what it is, nobody reads here.

    Written by the job `watch_contacts`. It names the child the lead knows and nothing of what the hub received.
    """

    KIND = Kind.FEEDBACK
    LEVEL = Level.SUMMARY
    LEAD_MAY_UPDATE = True

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notices")
    rung_at = models.DateTimeField(null=True, help_text="When the lead said that they rang the hub.")
    withdrawn_at = models.DateTimeField(null=True, help_text="The hub left the lead out, or it was another family.")

    class Meta:
        indexes = [
            models.Index(
                fields=["case"],
                name="notice_waiting",
                condition=models.Q(rung_at__isnull=True, withdrawn_at__isnull=True),
            ),
        ]
