"""A date as far as it is known, and how it is said: "2 March 2016", "March 2016 (month known)", "about 2014"."""

import datetime
import re
from typing import NamedTuple

from sharing_agreements.vocabulary import Precision

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class PartKnownDate(NamedTuple):
    """A date and how much of it is known. Unknown parts are stored as the first of the month or year."""

    date: datetime.date | None
    precision: Precision

    def __str__(self) -> str:
        return say(self.date, self.precision)

    def typed(self, *, today: datetime.date | None = None) -> dict[str, str]:
        """What a person would have typed into the boxes to say this. With `today`, an estimate is said as an age."""
        if self.date is None:
            return {"unknown": "on"} if self.precision == Precision.UNKNOWN else {}
        if self.precision == Precision.ESTIMATED and today is not None:
            return {"age": str(today.year - self.date.year)}
        year = {"year": str(self.date.year)}
        if self.precision in {Precision.YEAR, Precision.ESTIMATED}:
            return year
        month = {"month": str(self.date.month)} | year
        if self.precision == Precision.MONTH:
            return month
        due = {"due": "on"} if self.precision == Precision.DUE else {}
        return {"day": str(self.date.day)} | month | due


_YEAR = "(19|20)[0-9]{2}"
_MONTH = rf"{_YEAR}-(0[1-9]|1[0-2])"
_DAY = rf"{_MONTH}-(0[1-9]|[12][0-9]|3[01])"
PAST = rf"(not known|(about )?{_YEAR}|{_MONTH}|{_DAY})"
"""How a program or a file writes a date as far as it is known: 2016-05-09, 2016-05, 2016, about 2014, not known."""
DAY = _DAY
"""A whole date: 2016-05-09."""
WRITTEN = rf"({PAST}|due {_DAY})"
"""The same, or the day on which a child is due: due 2027-01-14."""
_SHAPE = re.compile(r"(?:(about|due) )?([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_WITH_WORD = {"about": (Precision.YEAR, Precision.ESTIMATED), "due": (Precision.DAY, Precision.DUE)}
EARLIEST = 1900


def read(text: str) -> PartKnownDate | None:
    """The date written so; None when it is written otherwise, is no day of the calendar, or lies before 1900."""
    if text == "not known":
        return PartKnownDate(None, Precision.UNKNOWN)
    found = _SHAPE.fullmatch(text)
    if not found:
        return None
    word, year, month, day = found.groups()
    exact = Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
    needed, precision = _WITH_WORD.get(word, (exact, exact))
    if exact != needed:
        return None
    try:
        date = datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return PartKnownDate(date, precision) if date.year >= EARLIEST else None


def say(date: datetime.date | None, precision: str) -> str:
    """The date in words, never more exact than it is known."""
    if date is None or precision == Precision.UNKNOWN:
        return "not known"
    month = f"{MONTHS[date.month - 1]} {date.year}"
    spoken: dict[str, str] = {
        Precision.MONTH: f"{month} (month known)",
        Precision.YEAR: f"{date.year} (year known)",
        Precision.ESTIMATED: f"about {date.year}",
        Precision.DUE: f"due {date.day} {month}",
    }
    return spoken.get(precision, f"{date.day} {month}")


def say_age(born: datetime.date | None, precision: str, on: datetime.date) -> str:
    """How old somebody is on a day, in words: "7", "8 months", "about 7", "not born yet", "age not known"."""
    if born is None or precision == Precision.UNKNOWN:
        return "age not known"
    if precision == Precision.DUE:
        return f"not born yet, {say(born, precision)}"
    months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
    if precision in {Precision.YEAR, Precision.ESTIMATED}:
        return f"about {max(on.year - born.year, 0)}"
    if months < 24:
        return f"{max(months, 0)} months" if months != 1 else "1 month"
    return f"about {months // 12}" if precision == Precision.MONTH else str(months // 12)
