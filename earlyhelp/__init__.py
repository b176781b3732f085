"""The root: joins the apps, decides nothing, imported by nobody."""

from earlyhelp.celery import app as celery_app

__all__ = ["celery_app"]
