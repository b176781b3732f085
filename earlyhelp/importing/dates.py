"""Dates of an imported history: as far as they are known, and moved to another birth date without losing that."""

import calendar
import datetime
from dataclasses import dataclass

from sharing_agreements.part_known import PartKnownDate, read
from sharing_agreements.vocabulary import Precision

EXACT = {Precision.DAY, Precision.MONTH, Precision.YEAR}
YEAR_LIKE = {Precision.YEAR, Precision.ESTIMATED}


def read_date(text: str) -> PartKnownDate | None:
    """1964, 1995-12 or 1997-05-14 as a date with its precision; None when it is no such date."""
    known = read(text)
    return known if known and known.precision in EXACT else None


@dataclass(frozen=True)
class Shift:
    """How far a history is moved: whole months, so that what lies between two months stays the same."""

    months: int = 0
    exact: tuple[datetime.date, datetime.date] | None = None

    @classmethod
    def between(cls, born: datetime.date, instead: datetime.date) -> "Shift":
        """The shift that lets somebody born on one day have been born on another."""
        return cls((instead.year - born.year) * 12 + instead.month - born.month, (born, instead))

    def move(self, known: PartKnownDate) -> PartKnownDate | None:
        """The date after the shift, known as exactly as before; None when it leaves the calendar."""
        if known.date is None or self.exact is None:
            return known
        if known == (self.exact[0], Precision.DAY):
            return PartKnownDate(self.exact[1], known.precision)
        middle_of_year = 6 if known.precision in YEAR_LIKE else 0
        year, month = divmod(known.date.year * 12 + known.date.month - 1 + middle_of_year + self.months, 12)
        if not datetime.MINYEAR <= year <= datetime.MAXYEAR:
            return None
        month = 1 if middle_of_year else month + 1
        day = min(known.date.day, calendar.monthrange(year, month)[1])
        return PartKnownDate(datetime.date(year, month, day), known.precision)
