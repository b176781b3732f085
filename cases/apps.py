"""Application registration for the cases app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """The work with families: cases, plans, teams and the watch."""

    name = "cases"
    default_auto_field = "django.db.models.BigAutoField"
