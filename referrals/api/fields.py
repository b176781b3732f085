"""JSON as strictly as /api/v1/schema/ says: a number is no text, "yes" is no truth value, an unknown name is a slip."""

import datetime
import re
from typing import Any

from drf_spectacular.drainage import set_override
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from sharing_agreements.part_known import WRITTEN, PartKnownDate, read

_SEEN = r"[^\u0000-\u0020\u007f-\u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]"
SOMETHING = rf"^[^\u0000]*{_SEEN}[^\u0000]*$"
"""Text with something in it that can be seen. Python and other languages do not agree on what a space is."""
ANYTHING = r"^[^\u0000]*$"
_SURROGATE = re.compile("[\ud800-\udfff]")
CLOCK = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"


class Closed(serializers.Serializer[Any]):
    """An object with these names and no others: what we would not read must not look as if it were sent."""

    def to_internal_value(self, data: Any) -> Any:
        """Refuse names that are not ours."""
        if isinstance(data, dict) and (strange := set(data) - set(self.fields)):
            raise serializers.ValidationError({name: ["There is no such name."] for name in sorted(strange)})
        return super().to_internal_value(data)


class Text(serializers.Field[str, str, str, Any]):
    """Text of at most so many characters. Required text says something. PostgreSQL keeps no NUL."""

    def __init__(self, most: int, **options: Any) -> None:
        options.setdefault("required", True)
        super().__init__(**options)
        self.most, self.pattern = most, SOMETHING if self.required else ANYTHING
        set_override(self, "field", {"type": "string", "maxLength": most, "pattern": self.pattern})

    def to_internal_value(self, data: Any) -> str:
        """The text itself."""
        if not isinstance(data, str) or not re.search(self.pattern, data) or _SURROGATE.search(data):
            raise serializers.ValidationError("This must be text that says something, without NUL characters.")
        if len(data) > self.most:
            raise serializers.ValidationError(f"This must have at most {self.most} characters.")
        return data

    def to_representation(self, value: str) -> str:
        """Never shown again."""
        raise NotImplementedError


@extend_schema_field(OpenApiTypes.BOOL)
class Flag(serializers.BooleanField):
    """true or false."""

    def to_internal_value(self, data: Any) -> bool:
        """The value itself."""
        if not isinstance(data, bool):
            raise serializers.ValidationError("This must be true or false.")
        return data


class Code(serializers.ChoiceField):
    """One of our codes."""

    def to_internal_value(self, data: Any) -> str:
        """The code itself."""
        if not isinstance(data, str) or data not in self.choices:
            raise serializers.ValidationError(f"This must be one of: {', '.join(self.choices)}.")
        return data


class KnownDate(serializers.Field[PartKnownDate, str, str, Any]):
    """A date as far as it is known: 2016-05-09, 2016-05, 2016, about 2014, not known; a child may be due 2027-01-14."""

    def __init__(self, pattern: str = WRITTEN, **options: Any) -> None:
        super().__init__(**options)
        self.pattern = f"^{pattern}$"
        set_override(self, "field", {"type": "string", "pattern": self.pattern})

    def to_internal_value(self, data: Any) -> PartKnownDate:
        """The date and how much of it is known. One that is in no calendar is read as None and refused later."""
        if not isinstance(data, str) or not re.fullmatch(self.pattern, data):
            raise serializers.ValidationError("Write it as 2016-05-09, 2016-05, 2016, about 2014 or not known.")
        return read(data)  # type: ignore[return-value]

    def to_representation(self, value: PartKnownDate) -> str:
        """Never shown again."""
        raise NotImplementedError


@extend_schema_field({"type": "string", "pattern": CLOCK})
class Clock(serializers.Field[datetime.time, str, str, Any]):
    """A time of day on the 24-hour clock, like 21:40, in London."""

    def to_internal_value(self, data: Any) -> datetime.time:
        """The time."""
        if not isinstance(data, str) or not re.fullmatch(CLOCK, data):
            raise serializers.ValidationError("Write it on the 24-hour clock, like 21:40.")
        return datetime.time.fromisoformat(data)

    def to_representation(self, value: datetime.time) -> str:
        """Never shown again."""
        raise NotImplementedError
