"""The Celery worker and its timetable."""

import os

from celery import Celery
from celery.signals import beat_init, setup_logging, worker_init
from django.core.exceptions import ImproperlyConfigured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "earlyhelp.settings")
app = Celery("earlyhelp")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(["earlyhelp"], related_name="health")

# task name -> how often, in seconds (or a crontab). Due dates live in PostgreSQL; nothing here waits for one.
TIMETABLE = {
    "earlyhelp.beat_heart": 5.0,
    "sharing_agreements.relay_owed": 3.0,
    "sharing_agreements.refresh_facts": 60.0,
    "sharing_agreements.owe_verify_facts": 600.0,
    "sharing_agreements.owe_warn_of_agreements": 600.0,
    "sharing_agreements.owe_check_examples": 600.0,
    "sharing_agreements.owe_notifications": 60.0,
    "sharing_agreements.seal_log": 180.0,
    "cases.owe_watch": 60.0,
    "cases.owe_check_directory": 600.0,
    "cases.owe_list_retention": 600.0,
    "referrals.owe_watch": 60.0,
    "referrals.owe_watch_families": 60.0,
    "referrals.owe_list_likenesses": 600.0,
    "referrals.owe_mark_clocks": 60.0,
    "referrals.owe_notice_late_checks": 60.0,
    "referrals.owe_send_school_notices": 60.0,
    "referrals.owe_climb_disagreements": 60.0,
}
app.conf.beat_schedule = {name: {"task": name, "schedule": every} for name, every in TIMETABLE.items()}


@setup_logging.connect
def keep_our_logging(**_signal: object) -> None:
    """Celery leaves logging alone when someone listens here: settings.LOGGING writes no message of an exception."""


@worker_init.connect
@beat_init.connect
def refuse_unsafe_start(**_signal: object) -> None:
    """The worker and beat pass the same gate as the web server. Celery swallows all but SystemExit here."""
    from earlyhelp import checks  # noqa: PLC0415  Django's apps are not loaded when this module is

    try:
        checks.refuse_unsafe_start()
    except ImproperlyConfigured as refusal:
        raise SystemExit(str(refusal)) from None
