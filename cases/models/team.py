"""Who leads, who covers and who is in the team around a family. Involvement itself is a fact of the ground."""

from django.db import models

from cases.models.case import Case, SignOff
from cases.vocabulary import AssignmentWhy
from sharing_agreements.models import Agency, Practitioner, SharedRecord
from sharing_agreements.vocabulary import AgencyType, Kind, Level

_SENSITIVE_KINDS = {
    AgencyType.DOMESTIC_ABUSE: Kind.DOMESTIC_ABUSE,
    AgencyType.SUBSTANCE_USE: Kind.SUBSTANCE_USE,
    AgencyType.CHARITY: Kind.VOLUNTARY,
    AgencyType.YOUTH_JUSTICE: Kind.JUSTICE,
    AgencyType.PROBATION: Kind.JUSTICE,
}


def kind_for(agency: Agency, *, otherwise: Kind) -> Kind:
    """The kind of a row that tells of an agency's part: that of its work where the agency is sensitive."""
    return _SENSITIVE_KINDS.get(AgencyType(agency.type), Kind.HEALTH) if agency.sensitive else otherwise


class LeadAssignment(SharedRecord):
    """Somebody is asked to lead. They are lead once they accept (Answer), until the next one accepts."""

    KIND = Kind.CASE
    LEVEL = Level.SUMMARY

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assignments")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=10, choices=AssignmentWhy)
    message = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="When the asking was taken back.")

    class Meta:
        indexes = [
            models.Index(fields=["case", "-recorded_at"], name="assignment_case"),
            models.Index(fields=["practitioner", "-recorded_at"], name="assignment_practitioner"),
        ]


class Handover(SharedRecord):
    """What the next lead must know: the story in short, what is promised, what comes next."""

    KIND = Kind.CASE
    LEVEL = Level.FULL

    assignment = models.OneToOneField(LeadAssignment, on_delete=models.PROTECT, related_name="handover")
    summary = models.TextField()


class Cover(SharedRecord):
    """Somebody stands in for the lead between two dates."""

    KIND = Kind.CASE
    LEVEL = Level.SUMMARY
    LEAD_MAY_UPDATE = True

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="covers")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=160)
    post_cover = models.ForeignKey(
        "sharing_agreements.PostCover",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The cover for a post that arranged it; empty where it was arranged for this family alone.",
    )
    ended_at = models.DateTimeField(null=True, blank=True, help_text="When the lead was back before the last day.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cover_ends_after_it_starts",
                condition=models.Q(ends_on__gte=models.F("starts_on")),
            )
        ]


class TeamMember(SharedRecord):
    """A practitioner of an agency is asked into the team; in it once they accept (Answer).

    A sensitive agency's row has the kind of what that agency does, so that a clause about cases never opens it:
    that somebody is helped there can itself harm (sending it to them is not affected).
    """

    LEVEL = Level.SUMMARY
    LEAD_MAY_UPDATE = True

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="team")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=120, help_text="What they bring, such as 'speech therapy for Ada'.")
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["case"], name="team_case"),
            models.Index(fields=["practitioner", "-recorded_at"], name="team_practitioner"),
        ]

    def save(self, *args: object, **kwargs: object) -> None:
        """Give a new row its kind: that of the case, or of a sensitive agency's work."""
        if self._state.adding:
            self.kind = kind_for(self.agency, otherwise=Kind.CASE)
        super().save(*args, **kwargs)


class Answer(SharedRecord):
    """Yes or no, with a reason, to being asked to lead, to join the team, or to sign off a move."""

    LEVEL = Level.SUMMARY

    assignment = models.OneToOneField(LeadAssignment, null=True, on_delete=models.PROTECT, related_name="answer")
    team_member = models.OneToOneField(TeamMember, null=True, on_delete=models.PROTECT, related_name="answer")
    sign_off = models.OneToOneField(SignOff, null=True, on_delete=models.PROTECT, related_name="answer")
    accepted = models.BooleanField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_answer_is_to_one_question",
                condition=(
                    models.Q(
                        assignment__isnull=False,
                        team_member__isnull=True,
                        sign_off__isnull=True,
                    )
                    | models.Q(
                        assignment__isnull=True,
                        team_member__isnull=False,
                        sign_off__isnull=True,
                    )
                    | models.Q(
                        assignment__isnull=True,
                        team_member__isnull=True,
                        sign_off__isnull=False,
                    )
                ),
            ),
            models.CheckConstraint(
                name="a_no_has_a_reason",
                condition=models.Q(accepted=True) | ~models.Q(reason=""),
            ),
        ]
