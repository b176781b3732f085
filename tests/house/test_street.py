"""Foreign keys follow the street, and a status changes only where it may."""

import re
from pathlib import Path

from django.apps import apps
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
STREET = ["sharing_agreements", "cases", "referrals"]
"""From the ground up: a model may point at its own app and at those before it."""
STATUS_CHANGES_IN = re.compile(r"(models|actions)/")


def test_foreign_keys_point_down_the_street():
    for model in apps.get_models():
        label = model._meta.app_label
        if label not in STREET:
            continue
        for field in model._meta.get_fields():
            if field.is_relation and field.concrete and field.related_model:
                target = field.related_model._meta.app_label
                allowed = [*STREET[: STREET.index(label) + 1], "auth", "contenttypes"]
                assert target in allowed, f"{model.__name__}.{field.name} points up the street at {target}"


def test_a_status_or_state_is_assigned_only_by_models_and_actions():
    for app in STREET:
        for path in (ROOT / app).rglob("*.py"):
            place = path.relative_to(ROOT).as_posix()
            if "migrations/" in place or STATUS_CHANGES_IN.search(place):
                continue
            found = re.search(r"\.(status|state) = ", path.read_text(encoding="utf-8"))
            assert not found, f"{place}: only a verb in actions/ changes a status"
