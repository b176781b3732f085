"""Application registration for the referrals app."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """The front door: come-to-notice reports, the hub's queue, decisions and feedback."""

    name = "referrals"
    default_auto_field = "django.db.models.BigAutoField"
