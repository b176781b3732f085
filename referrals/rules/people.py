"""How old somebody is, said as far as it is known. Names and ages stand on the card, never initials."""

import datetime

from sharing_agreements.vocabulary import Precision


def age_on(born_on: datetime.date, day: datetime.date) -> int:
    """Whole years between birth and a day."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def months_on(born_on: datetime.date, day: datetime.date) -> int:
    """Whole months between birth and a day."""
    return (day.year - born_on.year) * 12 + day.month - born_on.month - (day.day < born_on.day)


def age_in_words(born_on: datetime.date | None, precision: str, *, is_unborn: bool, today: datetime.date) -> str:
    """'8', 'under 1 (5 months)', 'about 8', 'unborn, due 3 March 2027', 'age not known'."""
    if is_unborn:
        return f"unborn, due {born_on.day} {born_on:%B %Y}" if born_on else "unborn"
    if born_on is None or precision in {"", Precision.UNKNOWN}:
        return "age not known"
    if precision == Precision.DAY and months_on(born_on, today) < 12:
        months = max(months_on(born_on, today), 0)
        return f"under 1 ({months} {'month' if months == 1 else 'months'})"
    years = max(age_on(born_on, today), 0)
    return str(years) if precision in {Precision.DAY, Precision.MONTH} else f"about {years}"


def is_baby(born_on: datetime.date | None, precision: str, *, is_unborn: bool, today: datetime.date) -> bool:
    """Unborn or under 1: marked on the card, whatever else is known."""
    if is_unborn:
        return True
    return born_on is not None and precision != Precision.UNKNOWN and age_on(born_on, today) < 1


def born_between(born_on: datetime.date, precision: str) -> tuple[datetime.date, datetime.date]:
    """First and last day a part-known date of birth may mean; an age in years covers two calendar years."""
    match precision:
        case Precision.MONTH:
            later = born_on.replace(day=28) + datetime.timedelta(days=4)
            return born_on.replace(day=1), later - datetime.timedelta(days=later.day)
        case Precision.YEAR:
            return datetime.date(born_on.year, 1, 1), datetime.date(born_on.year, 12, 31)
        case Precision.ESTIMATED:
            return datetime.date(born_on.year - 1, 1, 1), datetime.date(born_on.year, 12, 31)
        case _:
            return born_on, born_on
