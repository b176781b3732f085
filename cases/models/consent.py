"""What each person said about receiving help: apart from the lawful basis and from agreement to sharing."""

from django.db import models

from cases.models.case import Case
from cases.vocabulary import ConsentState
from sharing_agreements.models import SharedRecord
from sharing_agreements.vocabulary import Kind, Level


class ConsentToHelp(SharedRecord):
    """One person's answer about receiving help. The latest row of a person counts; earlier rows stay."""

    KIND = Kind.CONSENT
    LEVEL = Level.SUMMARY

    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="consents")
    state = models.CharField(max_length=10, choices=ConsentState)
    reason = models.CharField(
        max_length=300,
        blank=True,
        help_text="Why they were not asked, which part they agreed to, or why overridden.",
    )
    basis = models.CharField(max_length=200, blank=True, help_text="For an override: the law relied on.")
    told_by = models.CharField(max_length=160, blank=True, help_text="How and by whom the answer was given.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="not_asked_partly_or_overridden_says_why",
                condition=~models.Q(state__in=["not_asked", "partly", "overridden"]) | ~models.Q(reason=""),
            ),
            models.CheckConstraint(
                name="an_override_names_its_basis",
                condition=~models.Q(state="overridden") | ~models.Q(basis=""),
            ),
        ]
