"""What was imported through the record systems of the acting agency, and what was rejected and why."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from referrals.models import ReportImport

NEWEST = 100
LINES_NAMED = 10


def imports() -> QuerySet[ReportImport]:
    """Every import this post may read of (row security), newest first."""
    return ReportImport.objects.select_related("system__agency", "system__added_by").order_by("-started_at")


@dataclass(frozen=True)
class Rejects:
    """One reason, how many lines it rejected, and the first few of them by number."""

    reason: str
    many: int
    lines: list[int]


def rejects_by_reason(run: ReportImport) -> list[Rejects]:
    """Why lines of this import were rejected, the commonest reason first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            """select reason, count(*), (array_agg(line order by line))[1:%s]
                 from referrals_importreject where run_id = %s group by reason order by 2 desc, 1""",
            [LINES_NAMED, run.pk],
        )
        return [Rejects(*row) for row in cursor.fetchall()]
