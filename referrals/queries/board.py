"""What the board reads: numbers over all families, hidden or rounded by the database (decision 0109)."""

import datetime
from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True)
class BeforeAndAfter:
    """Families with a plan that began at least `months` ago, and the reports about them before and after it began.

    None stands for one to seven; every other number is to the nearest five.
    """

    months: int
    often: bool
    families: int | None
    before: int | None
    after: int | None

    @property
    def change(self) -> int | None:
        """By how many per cent reports rose, below 0 where they fell; None where nothing can be said."""
        if not self.before or self.after is None:
            return None
        return round((self.after - self.before) * 100 / self.before)

    @property
    def fewer(self) -> int:
        """By how many per cent reports fell."""
        return max(-(self.change or 0), 0)


def reports_before_and_after(*, until: datetime.date) -> list[BeforeAndAfter]:
    """Both spans (6 and 12 months), all families first and then those reported often, counted up to midnight in London
    at the start of `until`. Empty for whoever is not one of the board's roles or opens no page for learning.
    """
    with connection.cursor() as cursor:
        cursor.execute("select * from gate.reports_before_and_after(%s)", [until])
        return [BeforeAndAfter(*row) for row in cursor.fetchall()]
