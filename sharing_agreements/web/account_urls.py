"""Addresses of one's own account, and of what whoever runs the service looks after. web/urls.py takes them in."""

from django.urls import path

from sharing_agreements.web.views import jobs, notifications

urlpatterns = [
    path("jobs/stopped/", jobs.stopped_jobs, name="stopped_jobs"),
    path("jobs/<uuid:job>/try-again/", jobs.try_job_again, name="try_job_again"),
    path("notifications/", notifications.notifications, name="notifications"),
    path("notifications/undelivered/", notifications.undelivered_notifications, name="undelivered_notifications"),
    path(
        "notifications/<uuid:notification>/send-again/",
        notifications.send_notification_again,
        name="send_notification_again",
    ),
]
