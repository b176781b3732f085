"""Addresses of the flags and their rules, of who is away and of old records. Included by cases.web.urls."""

from django.urls import path

from cases.web.ids import FAMILY, RECORD
from cases.web.views import away, flags, retention, thresholds

urlpatterns = [
    path("away/", away.list_away, name="list_away"),
    path("away/<uuid:cover>/end/", away.end_post_cover, name="end_post_cover"),
    path("flags/", flags.flags, name="flags"),
    path(f"{FAMILY}/flags/<uuid:flag>/snooze/", flags.snooze_flag, name="snooze_flag"),
    path(f"{FAMILY}/flags/<uuid:flag>/to-manager/", flags.climb_flag, name="climb_flag"),
    path("flag-rules/", thresholds.flag_rules, name="flag_rules"),
    path("flag-rules/<slug:rule>/", thresholds.set_flag_rule, name="set_flag_rule"),
    path("flag-rules/<slug:rule>/what-would-happen/<uuid:trial>/", thresholds.show_trial, name="show_trial"),
    path("retention/", retention.list_retention, name="list_retention"),
    path(f"retention/{RECORD}/", retention.answer_retention, name="answer_retention"),
]
