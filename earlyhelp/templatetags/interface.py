"""The tags and filters a screen uses, loaded everywhere by settings: docs/interface.md shows them at work."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms, template
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from earlyhelp import components
from sharing_agreements.part_known import PartKnownDate, say
from sharing_agreements.vocabulary import Precision

register = template.Library()
register.filter("attributes", components.attributes)


@register.simple_tag
def component(component: str, given: Mapping[str, Any] | None = None, **options: Any) -> SafeString:
    """One component. Options come as a dict, as keywords, or both; `legend__text` reaches inside `legend`."""
    return components.render(component, nest(dict(given or {}), options))


@register.simple_block_tag
def component_block(content: SafeString, component: str, **options: Any) -> SafeString:
    """One component whose `html` is what stands between the tags."""
    return components.render(component, nest({"html": content}, options))


def nest(into: dict[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:
    """Put each option in its place: a__b=1 becomes {"a": {"b": 1}}."""
    for name, value in options.items():
        place = into
        *path, last = name.split("__")
        for step in path:
            place[step] = place = dict(place.get(step) or {})
        place[last] = value
    return into


@register.simple_tag
def error_summary(*faulty: forms.BaseForm | forms.BaseFormSet) -> SafeString | str:
    """What is wrong on this page, each line a link to the box it is about. Nothing when nothing is wrong."""
    errors = [line for form in faulty if form for line in errors_of(form)]
    if not errors:
        return ""
    return components.render("error-summary", {"titleText": "There is a problem", "errorList": errors})


def errors_of(form: forms.BaseForm | forms.BaseFormSet) -> list[dict[str, Any]]:
    """One line per message: the form's own first, then field by field in the order of the page."""
    if isinstance(form, forms.BaseFormSet):
        own = [{"text": message} for message in form.non_form_errors()]
        return own + [line for one in form for line in errors_of(one)]
    lines: list[dict[str, Any]] = [{"text": message} for message in form.non_field_errors()]
    for bound in form:
        lines += [{"text": message, "href": f"#{bound.first_faulty_id()}"} for message in bound.errors]
    return lines


@register.simple_tag
def field(bound: Any, **options: Any) -> SafeString:
    """One field as its component, with further options: `{% field form.name label__classes="govuk-label--l" %}`."""
    return bound.as_component(**nest({}, options))


@register.simple_tag
def hidden(form: forms.BaseForm) -> SafeString:
    """The hidden fields of a form whose visible ones are placed by hand."""
    return format_html_join("", "{}", ((hidden_field,) for hidden_field in form.hidden_fields()))


@register.filter
def part_known(date: datetime.date | PartKnownDate | None, precision: str = Precision.DAY) -> str:
    """A date as far as it is known: `{{ person.birth_date|part_known:person.birth_precision }}`."""
    return str(date) if isinstance(date, PartKnownDate) else say(date, precision)


@register.filter
def day(moment: datetime.date | None) -> str:
    """A date in words: 2 March 2016."""
    if isinstance(moment, datetime.datetime):
        moment = timezone.localtime(moment).date()
    return say(moment, Precision.DAY)


@register.filter
def clock(moment: datetime.datetime | datetime.time | None) -> str:
    """A time of day: 14:20."""
    if isinstance(moment, datetime.datetime):
        moment = timezone.localtime(moment).time()
    return moment.strftime("%H:%M") if moment else ""


@register.filter
def day_and_clock(moment: datetime.datetime) -> str:
    """A date with its time: 2 March 2016, 14:20."""
    return f"{day(moment)}, {clock(moment)}"


@register.filter
def message_id(number: int) -> str:
    """The id of a notice; each notice on a page needs its own."""
    return f"message-{number}"
