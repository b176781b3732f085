"""Addresses of the cases app."""

from django.urls import path

from cases.web.views import flags

app_name = "cases"
urlpatterns = [
    path("flags/", flags.flags, name="flags"),
    path("<uuid:family>/flags/<uuid:flag>/snooze/", flags.snooze_flag, name="snooze_flag"),
]
