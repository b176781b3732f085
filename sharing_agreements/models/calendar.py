"""The partnership's calendar: which days are working days, when the hub is open, and when schools are."""

from django.db import models
from django.db.models import F, Q


class WorkingDay(models.Model):
    """One date, numbered: two dates' numbers differ by the working days between them (a join, never a loop)."""

    date = models.DateField(primary_key=True)
    is_working = models.BooleanField()
    number = models.PositiveIntegerField(help_text="Working days from the start of the calendar up to this date.")
    bank_holiday = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["number"],
                name="working_day_number",
                condition=Q(is_working=True),
            )
        ]

    def __str__(self) -> str:
        return str(self.date)


class HubHours(models.Model):
    """When the hub is open on a day of the week, London time. A missing row: closed. Midnight closes at a day's end."""

    class Weekday(models.IntegerChoices):
        """Days as Python counts them."""

        MONDAY = 0, "Monday"
        TUESDAY = 1, "Tuesday"
        WEDNESDAY = 2, "Wednesday"
        THURSDAY = 3, "Thursday"
        FRIDAY = 4, "Friday"
        SATURDAY = 5, "Saturday"
        SUNDAY = 6, "Sunday"

    weekday = models.PositiveSmallIntegerField(primary_key=True, choices=Weekday)
    opens_at = models.TimeField()
    closes_at = models.TimeField()

    class Meta:
        ordering = ["weekday"]
        verbose_name_plural = "hub hours"
        constraints = [
            models.CheckConstraint(
                name="hub_closes_after_it_opens",
                condition=Q(closes_at__gt=F("opens_at")) | Q(closes_at="00:00"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens_at:%H:%M} to {self.closes_at:%H:%M}"


class SchoolTerm(models.Model):
    """Days between which pupils come; a half-term break is the gap between two rows. A setting of the partnership."""

    first_day = models.DateField(primary_key=True)
    last_day = models.DateField()

    class Meta:
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(name="a_term_ends_after_it_starts", condition=Q(last_day__gte=F("first_day"))),
        ]

    def __str__(self) -> str:
        return f"{self.first_day} to {self.last_day}"
