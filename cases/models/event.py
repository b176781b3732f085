"""The chronology: one agency's account of something that happened, as a headline and its full text."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from cases.vocabulary import EventSource, OutcomeHeading
from sharing_agreements.models import SharedRecord
from sharing_agreements.vocabulary import Level, Precision


class Event(SharedRecord):
    """Headline: when, and words its owner approved. Its kind is that of what it was written from."""

    LEVEL = Level.SUMMARY

    title = models.CharField(max_length=300)
    precision = models.CharField(max_length=10, choices=Precision, default=Precision.DAY)
    ends_on = models.DateField(null=True, blank=True)
    event_id = models.UUIDField(
        null=True,
        blank=True,
        help_text="Shared by several agencies' accounts of the same event; else empty.",
    )
    stated = models.BooleanField(default=True, help_text="Said by the source; if not, inferred from it.")
    significant = models.BooleanField(default=False, help_text="Pinned as one of the events that matter most.")
    source_kind = models.CharField(max_length=12, choices=EventSource)
    source_id = models.UUIDField(null=True, blank=True, help_text="The row this line was written from.")
    people_named = models.CharField(max_length=200, blank=True, help_text="Names as an imported history gives them.")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    headings = ArrayField(
        models.CharField(max_length=20, choices=OutcomeHeading),
        default=list,
        blank=True,
        help_text="Under which headings it tells of a need, as far as its source says so.",
    )

    class Meta:
        indexes = [
            models.Index(fields=["family", "-happened_on", "-id"], name="event_chronology"),
            models.Index(fields=["person", "-happened_on", "-id"], name="event_person_chronology"),
            models.Index(fields=["source_id"], name="event_source"),
            models.Index(
                fields=["happened_on"], include=["family"], name="event_with_need", condition=~models.Q(headings=[])
            ),
        ]

    def __str__(self) -> str:
        return self.title


class EventDetail(SharedRecord):
    """Full text of an event, for readers with full rights."""

    LEVEL = Level.FULL

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="detail")
    text = models.TextField()


class Pin(SharedRecord):
    """An agency pins an event as one that matters most, and says why. Of the kind of what it is pinned to."""

    LEVEL = Level.SUMMARY

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="pins")
    reason = models.CharField(max_length=300)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="When it was taken off.")

    class Meta:
        indexes = [models.Index(fields=["event"], name="pin_event")]
