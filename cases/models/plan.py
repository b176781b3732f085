"""The plan: needs, the outcomes wanted, and the actions somebody named does by a date."""

from django.db import models

from cases.models.case import Case
from cases.vocabulary import ActionSort, ActionStatus, OutcomeHeading
from sharing_agreements.models import Agency, Practitioner, SharedRecord
from sharing_agreements.vocabulary import Kind, Level

_SCALE = "0 very worrying to 10 no worry, as in assessments."


def _score_fits(field: str) -> models.Q:
    return models.Q(**{f"{field}__isnull": True}) | models.Q(**{f"{field}__lte": 10})


class Need(SharedRecord):
    """Something a child or the family needs, under one of the ten outcome headings."""

    KIND = Kind.PLAN
    LEVEL = Level.SUMMARY
    LEAD_MAY_UPDATE = True

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="needs")
    heading = models.CharField(max_length=16, choices=OutcomeHeading)
    title = models.CharField(max_length=160)
    baseline = models.PositiveSmallIntegerField(null=True, blank=True, help_text=_SCALE)
    end_score = models.PositiveSmallIntegerField(null=True, blank=True, help_text=_SCALE)
    ended_on = models.DateField(null=True, blank=True)
    ended_because = models.CharField(max_length=300, blank=True, help_text="Why no outcome was reached, if none was.")

    class Meta:
        indexes = [models.Index(fields=["case"], name="need_case")]
        constraints = [
            models.CheckConstraint(
                name="scores_of_a_need_are_0_to_10",
                condition=_score_fits("baseline") & _score_fits("end_score"),
            )
        ]

    def __str__(self) -> str:
        return self.title


class NeedDetail(SharedRecord):
    """What lies behind a need, in full."""

    KIND = Kind.PLAN
    LEVEL = Level.FULL
    LEAD_MAY_UPDATE = True

    need = models.OneToOneField(Need, on_delete=models.PROTECT, related_name="detail")
    description = models.TextField()


class Outcome(SharedRecord):
    """What will be different when a need is met, and whether it was reached."""

    KIND = Kind.PLAN
    LEVEL = Level.SUMMARY
    LEAD_MAY_UPDATE = True

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="outcomes")
    title = models.CharField(max_length=200)
    reached_on = models.DateField(null=True, blank=True)
    evidence = models.CharField(max_length=300, blank=True)


class Action(SharedRecord):
    """What one named person of one agency does by a date. Only gate.settle_action changes its status."""

    KIND = Kind.PLAN
    LEVEL = Level.SUMMARY
    LEAD_MAY_UPDATE = True

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="actions")
    need = models.ForeignKey(Need, null=True, blank=True, on_delete=models.PROTECT, related_name="actions")
    sort = models.CharField(max_length=12, choices=ActionSort, default=ActionSort.HELP)
    title = models.CharField(max_length=200)
    measure = models.CharField(max_length=200, blank=True, help_text="How it will show that it is done.")
    power = models.CharField(max_length=200, blank=True, help_text="For enforcement: the legal power used.")
    power_reason = models.CharField(max_length=300, blank=True, help_text="Why it helps this family now.")
    doer = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    doer_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    status = models.CharField(max_length=10, choices=ActionStatus, default=ActionStatus.OPEN)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["case", "due_on"], name="action_case_due"),
            models.Index(
                fields=["doer", "due_on"],
                name="action_doer_due",
                condition=models.Q(status="open"),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="an_open_action_is_not_settled",
                condition=models.Q(status="open", settled_at__isnull=True)
                | (~models.Q(status="open") & models.Q(settled_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="enforcement_names_its_power_and_reason",
                condition=~models.Q(sort="enforcement") | (~models.Q(power="") & ~models.Q(power_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ActionProgress(SharedRecord):
    """What somebody did about an action, or why it is done or cancelled; theirs, whoever owns the action."""

    KIND = Kind.PLAN
    LEVEL = Level.SUMMARY

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="progress")
    status = models.CharField(max_length=10, choices=ActionStatus, default=ActionStatus.OPEN)
    what = models.CharField(max_length=300)
