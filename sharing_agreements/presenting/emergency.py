"""An emergency access as a governance lead reads it."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sharing_agreements.models import Agency, EmergencyAccess


@dataclass(frozen=True)
class Line:
    """One emergency access: the row, whose practitioner, when the reader was told, and how long it lasted."""

    row: EmergencyAccess
    agency: str
    told_at: datetime.datetime | None

    @property
    def ended_at(self) -> datetime.datetime:
        """When it ended or will end by itself."""
        return self.row.ended_at or self.row.ends_at


def lines_of(
    rows: Iterable[EmergencyAccess], *, agencies: Mapping[int, Agency], told: Mapping[UUID, datetime.datetime]
) -> list[Line]:
    """Rows in the order given, with names. Which other agencies hold something is not said."""
    return [Line(row, agencies[row.agency_no].name, told.get(row.pk)) for row in rows]
