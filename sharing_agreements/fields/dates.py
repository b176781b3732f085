"""Dates in boxes. The boxes give back exactly what was typed, right or wrong.

How they look is decided in earlyhelp/forms.py.
"""

import datetime
from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from sharing_agreements.part_known import MONTHS, PartKnownDate
from sharing_agreements.vocabulary import Precision

Typed = dict[str, str]
"""What stood in each box: day, month, year, and age, due, unknown where they are offered."""


class DateBoxes(forms.Widget):
    """Day, month and year boxes. Its value is what was typed, box by box."""

    template_name = "django/forms/boxes.html"
    parts: tuple[str, ...] = ("day", "month", "year")
    extras: tuple[str, ...] = ()

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Typed:
        """The boxes as posted, untouched."""
        return {part: data.get(f"{name}_{part}") or "" for part in (*self.parts, *self.extras)}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """True when not one box was posted."""
        return all(f"{name}_{part}" not in data for part in (*self.parts, *self.extras))

    def typed(self, value: Any) -> Typed:
        """What to show in the boxes: typed text as it is, a stored date spelled out."""
        if isinstance(value, Mapping):
            return {part: str(value.get(part) or "") for part in (*self.parts, *self.extras)}
        if isinstance(value, datetime.date):
            value = PartKnownDate(value, Precision.DAY)
        if not isinstance(value, PartKnownDate):
            return {}
        return value.typed(today=timezone.localdate() if "age" in self.extras else None)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Plain boxes, for the places that do not use the components."""
        context = super().get_context(name, None, attrs)
        context["widget"]["boxes"] = [(f"{name}_{part}", text) for part, text in self.typed(value).items()]
        return context


class PartKnownDateBoxes(DateBoxes):
    """Date boxes with what else may be said: an age, a due date, not known."""

    def __init__(self, *, age: bool, due: bool, unknown: bool) -> None:
        super().__init__()
        offered = {"age": age, "due": due, "unknown": unknown}
        self.extras = tuple(name for name, wanted in offered.items() if wanted)


def stripped(value: Mapping[str, str] | None) -> Typed:
    """Every box without the spaces around it; boxes that were not posted are empty."""
    boxes = dict.fromkeys(DateBoxes.parts, "") | dict(value or {})
    return {part: text.strip() for part, text in boxes.items()}


class DateBoxesField(forms.Field):
    """A whole date in three boxes. Errors name the boxes at fault in `params["parts"]`.

    `past` refuses a date after today; `future` refuses one before it.
    """

    widget = DateBoxes

    def __init__(self, *, past: bool = False, future: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.past, self.future = past, future

    def clean(self, value: Any) -> Any:
        """A date; None when nothing was typed and nothing is required."""
        typed = stripped(value)
        if not any(typed.values()):
            if self.required:
                raise self.fault(self.wanted(), *DateBoxes.parts)
            return None
        missing = [part for part in DateBoxes.parts if not typed[part]]
        if missing:
            raise self.fault(f"{self.name()} must include a {' and '.join(missing)}", *missing)
        return self.in_bounds(self.whole_date(typed))

    def whole_date(self, typed: Typed) -> datetime.date:
        """Three boxes as a date, or an error that names the wrong ones."""
        day, month, year = self.day(typed["day"]), self.month(typed["month"]), self.year(typed["year"])
        try:
            return datetime.date(year, month, day)
        except ValueError:
            raise self.fault(f"{self.name()} must be a real date", "day", "month") from None

    def in_bounds(self, date: datetime.date) -> datetime.date:
        """Refuses a date on the wrong side of today."""
        today = timezone.localdate()
        if self.past and date > today:
            raise self.fault(f"{self.name()} must be today or in the past", *DateBoxes.parts)
        if self.future and date < today:
            raise self.fault(f"{self.name()} must be today or in the future", *DateBoxes.parts)
        return date

    def day(self, text: str) -> int:
        """1 to 31."""
        return self.number(text, "day", low=1, high=31)

    def month(self, text: str) -> int:
        """1 to 12, or its name, long or short."""
        names = [month for month in MONTHS if len(text) >= 3 and month.lower().startswith(text.lower())]
        return MONTHS.index(names[0]) + 1 if names else self.number(text, "month", low=1, high=12)

    def year(self, text: str) -> int:
        """Four figures, 1900 to 2100: two figures would hide a century."""
        if not (text.isascii() and text.isdigit() and len(text) == 4):
            raise self.fault(f"{self.name()}: year must have 4 numbers, like 2016", "year")
        return self.number(text, "year", low=1900, high=2100)

    def number(self, text: str, part: str, *, low: int, high: int) -> int:
        """The text as a whole number within bounds."""
        if not (text.isascii() and text.isdigit()) or not low <= int(text) <= high:
            raise self.fault(f"{self.name()}: {part} must be a number from {low} to {high}", part)
        return int(text)

    def fault(self, message: str, *parts: str) -> ValidationError:
        """An error that says which boxes are wrong."""
        return ValidationError(message, code="date", params={"parts": list(parts)})

    def name(self) -> str:
        """How a sentence begins."""
        return str(self.label or "Date").rstrip("?")

    def wanted(self) -> str:
        """What to say when nothing was typed."""
        asked = str(self.label or "Date")
        return f"Answer “{asked}”" if asked.endswith("?") else f"Enter {asked[:1].lower()}{asked[1:]}"

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compares boxes with boxes."""
        boxes = cast(DateBoxes, self.widget)
        before, after = boxes.typed(initial), boxes.typed(data)
        return any(before.get(box, "") != after.get(box, "") for box in {*before, *after})


class PartKnownDateField(DateBoxesField):
    """A date as far as it is known; cleans to a PartKnownDate.

    Day, month and year; month and year; or year alone. With `age` also an age in years, with `due` the due date
    of an unborn child, with `unknown` (the default) a "Not known" tick.
    """

    def __init__(self, *, age: bool = False, due: bool = False, unknown: bool = True, **kwargs: Any) -> None:
        kwargs.setdefault("widget", PartKnownDateBoxes(age=age, due=due, unknown=unknown))
        super().__init__(**kwargs)
        self.unknown = unknown

    def clean(self, value: Any) -> PartKnownDate | None:
        """The date with its precision; None when nothing was said and nothing is required."""
        typed = stripped(value)
        dated = [part for part in DateBoxes.parts if typed[part]]
        said = [part for part in ("age", "unknown") if typed.get(part)]
        due = bool(typed.get("due"))
        if len(said) + bool(dated or due) > 1:
            raise self.fault(f"{self.name()}: give one answer only", *(dated or said))
        if due and not dated:
            raise self.fault("Enter the due date; your best estimate will do", *DateBoxes.parts)
        if not dated and not said:
            return self.nothing_said()
        if "unknown" in said:
            return PartKnownDate(None, Precision.UNKNOWN)
        return self.from_age(typed["age"]) if "age" in said else self.from_boxes(typed)

    def nothing_said(self) -> None:
        """Blank is an answer only when the question may be left."""
        if self.required:
            other = ", or tick “Not known”" if self.unknown else ""
            raise self.fault(f"{self.wanted()}{other}", *DateBoxes.parts)

    def from_age(self, text: str) -> PartKnownDate:
        """An age counts back from today; only its year is ever shown."""
        years = self.number(text, "age", low=0, high=120)
        today = timezone.localdate()
        return PartKnownDate(datetime.date(today.year - years, 1, 1), Precision.ESTIMATED)

    def from_boxes(self, typed: Typed) -> PartKnownDate:
        """As exact as the boxes that were filled; unfilled ones are stored as the first."""
        if not typed["year"]:
            raise self.fault(f"{self.name()} must include a year", "year")
        if typed["day"] and not typed["month"]:
            raise self.fault(f"{self.name()} must include a month", "month")
        whole = self.whole_date({**typed, "day": typed["day"] or "1", "month": typed["month"] or "1"})
        if typed.get("due"):
            if not typed["day"]:
                raise self.fault("Enter the whole due date; your best estimate will do", "day")
            return PartKnownDate(whole, Precision.DUE)
        precision = Precision.DAY if typed["day"] else Precision.MONTH if typed["month"] else Precision.YEAR
        return PartKnownDate(self.in_bounds(whole), precision)
