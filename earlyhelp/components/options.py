"""The options of a component as its template reads them."""

from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class Options(dict[str, Any]):
    """Options of one component. Missing keys read as "", so that `options.items` never reaches dict.items.

    Templates look up keys before attributes, hence `content` (the `html` option, else the `text` option) is a key too.
    """

    def __missing__(self, key: str) -> Any:
        return self.content if key == "content" else ""

    @property
    def content(self) -> Any:
        """The `html` option, else the `text` option."""
        return self["html"] or self["text"]


def wrap(value: Any) -> Any:
    """Options all the way down; a null is the same as missing."""
    if isinstance(value, Mapping):
        return Options({key: wrap(inner) for key, inner in value.items() if inner is not None})
    if isinstance(value, list | tuple):
        return [wrap(inner) for inner in value]
    return value


def attributes(extra: Any) -> SafeString:
    """` name="value"` pairs from a dict; a value may be {"value": ..., "optional": True} and then False drops it."""
    pairs = []
    for name, item in (extra or {}).items():
        optional = isinstance(item, Mapping) and bool(item.get("optional"))
        value = item.get("value", "") if isinstance(item, Mapping) else item
        if optional and value is True:
            pairs.append(format_html(" {}", name))
        elif not optional or value not in ("", None, False):
            pairs.append(format_html(' {}="{}"', name, value))
    return format_html_join("", "{}", ((pair,) for pair in pairs))
