"""The report on one page for a device without a connection, and the worker that keeps it there."""

import hashlib
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse

from referrals.queries.reporting import hubs
from referrals.web.forms.reporting import ChildRow, StepForm
from referrals.web.forms.rows import RowSet
from referrals.web.steps import STEPS

WORKER = Path(settings.BASE_DIR) / "earlyhelp" / "static" / "earlyhelp" / "worker.js"
FILES = (
    "govuk-frontend/6.6.0/govuk-frontend.min.css",
    "govuk-frontend/6.6.0/govuk-frontend.min.js",
    "earlyhelp/earlyhelp.css",
    "earlyhelp/icon.svg",
    "earlyhelp/start.js",
    "earlyhelp/outbox.js",
    "earlyhelp/offline.js",
)
"""What the page needs to stand alone."""


def blank_report() -> dict[str, Any]:
    """The page's questions, every required one, unanswered; whom to ring; a child's row to make more of."""
    steps = [step for step in STEPS if step.required]
    asked = [{"step": step, "form": _as_part(step.form())} for step in steps]
    return {
        "asked": asked,
        "another": ChildRow(prefix="child-__row__", position=1),
        "hubs": hubs(),
    }


def _as_part(form: StepForm | RowSet) -> StepForm | RowSet:
    """A page's form as one part of a longer page: its question is no longer the page's heading."""
    if isinstance(form, StepForm):
        form.components = {name: options | _smaller(options) for name, options in form.components.items()}
    return form


def _smaller(options: dict[str, Any]) -> dict[str, Any]:
    if "fieldset" in options:
        return {"fieldset": {"legend": {"classes": "govuk-fieldset__legend--m"}}}
    return {"label": {"classes": "govuk-label--m"}} if "label" in options else {}


def worker() -> str:
    """The worker's script, told what to keep. The digest is of the page, which names its files by their contents."""
    page = render_to_string("referrals/write_offline.html", blank_report())
    shell = {
        "page": reverse("referrals:write_offline"),
        "files": [static(name) for name in FILES],
        "digest": hashlib.sha256(page.encode()).hexdigest()[:16],
    }
    return f"const SHELL = {json.dumps(shell)};\n{WORKER.read_text(encoding='utf-8')}"


def looks_like(user_agent: str) -> str:
    """What sort of device a browser says it is on, so that its owner knows which of theirs it is; no more than that."""
    names = {
        "iPhone": "iPhone",
        "iPad": "iPad",
        "Android": "Android phone or tablet",
        "CrOS": "Chromebook",
        "Windows": "Windows computer",
        "Macintosh": "Mac",
        "Linux": "Linux computer",
    }
    return next((name for word, name in names.items() if word in user_agent), "Unknown device")
