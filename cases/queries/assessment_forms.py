"""The form of an assessment: the version that ships is a file, a partnership's own versions are rows."""

import tomllib
from functools import cache
from pathlib import Path

from cases.models import AssessmentForm
from cases.rules.assessment_form import Form, read_form

FILE = Path(__file__).resolve().parent.parent / "assessment_form" / "1.toml"
SHIPPED = 1


@cache
def shipped() -> Form:
    """The form that comes with the service."""
    return read_form(SHIPPED, tomllib.loads(FILE.read_text("utf-8"))["sections"])


def form_of(version: int) -> Form | None:
    """One version; None when there is none of that number."""
    if version == SHIPPED:
        return shipped()
    kept = AssessmentForm.objects.filter(version=version).first()
    return read_form(version, kept.sections) if kept else None


def newest() -> Form:
    """The version that an assessment begun now is written on."""
    kept = AssessmentForm.objects.order_by("-version").first()
    return read_form(kept.version, kept.sections) if kept else shipped()


def versions() -> list[AssessmentForm]:
    """Every version a partnership made, newest first; the one that ships is not among them."""
    return list(AssessmentForm.objects.select_related("made_by").order_by("-version"))
