"""Application registration for the ground app."""

from django.apps import AppConfig


class SharingAgreementsConfig(AppConfig):
    """Agencies, agreements, row security and the disclosure log."""

    name = "sharing_agreements"
    default_auto_field = "django.db.models.BigAutoField"
