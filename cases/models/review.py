"""Reviews: is it better, the same or worse, need by need; what the family says; what happens next."""

from django.db import models

from cases.models.case import Case
from cases.models.meeting import Meeting
from cases.models.plan import Need
from cases.vocabulary import Change, ReviewResult
from sharing_agreements.models import SharedRecord
from sharing_agreements.vocabulary import Kind, Level


class Review(SharedRecord):
    """Headline of a review, with or without a meeting."""

    KIND = Kind.REVIEW
    LEVEL = Level.SUMMARY

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reviews")
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="reviews")
    family_score = models.PositiveSmallIntegerField(null=True, blank=True, help_text="The family's own, 1 to 10.")
    result = models.CharField(max_length=10, choices=ReviewResult)
    summary = models.CharField(max_length=500, help_text="In words the whole team may read.")
    next_review_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["case", "-happened_on"], name="review_case")]
        constraints = [
            models.CheckConstraint(
                name="family_score_is_1_to_10",
                condition=models.Q(family_score__isnull=True) | models.Q(family_score__gte=1, family_score__lte=10),
            ),
            models.CheckConstraint(
                name="a_plan_that_carries_on_has_a_next_review",
                condition=~models.Q(result__in=["continue", "reassess"]) | models.Q(next_review_on__isnull=False),
            ),
        ]


class ReviewDetail(SharedRecord):
    """The review in full: what changed, the family's and children's words."""

    KIND = Kind.REVIEW
    LEVEL = Level.FULL

    review = models.OneToOneField(Review, on_delete=models.PROTECT, related_name="detail")
    what_changed = models.TextField(blank=True)
    family_view = models.TextField(blank=True)
    child_view = models.TextField(blank=True)


class ReviewScore(SharedRecord):
    """What became of one need since the last review."""

    KIND = Kind.REVIEW
    LEVEL = Level.SUMMARY

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="scores")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="scores")
    change = models.CharField(max_length=6, choices=Change)
    score = models.PositiveSmallIntegerField(null=True, blank=True)
