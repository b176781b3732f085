"""The interface components: macro options in, HTML out.

Options keep the names that GOV.UK Frontend gives them (classes, errorMessage, fieldset.legend.text), so its published
guidance is our manual. Two differences: `html` is escaped unless it is already safe, and a missing option reads as
nothing instead of raising.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.template import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString

from earlyhelp.components import content, controls, dates
from earlyhelp.components.options import Options, attributes, wrap

__all__ = ["Options", "attributes", "render"]


PREPARE: dict[str, Callable[[Options], None]] = {
    "card": content.card,
    "character-count": controls.character_count,
    "checkboxes": controls.checkboxes,
    "date-input": dates.date_input,
    "error-message": controls.error_message,
    "file-upload": controls.file_upload,
    "input": controls.text_input,
    "notification-banner": content.notification_banner,
    "pagination": content.pagination,
    "panel": content.panel,
    "part-known-date": dates.part_known_date,
    "password-input": controls.password_input,
    "phase-banner": content.phase_banner,
    "radios": controls.radios,
    "select": controls.select,
    "summary-list": content.summary_list,
    "table": content.table,
    "tabs": content.tabs,
    "task-list": content.task_list,
    "textarea": controls.textarea,
    "versions": content.versions,
}


def render(component: str, options: Mapping[str, Any]) -> SafeString:
    """The HTML of one component. Raises TemplateDoesNotExist for a component we do not have."""
    wrapped = wrap(options)
    if component in PREPARE:
        PREPARE[component](wrapped)
    return get_template(f"components/{component}.html").template.render(Context({"p": wrapped}))
