"""Application registration for the root."""

from django.apps import AppConfig


class EarlyHelpConfig(AppConfig):
    """Joins the apps once all of them are there."""

    name = "earlyhelp"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect what one app says to what another does."""
        from earlyhelp import wiring  # noqa: F401, PLC0415  models exist only now
