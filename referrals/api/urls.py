"""Addresses of the front door for programs."""

from django.urls import path

from referrals.api.reports import api_my_reports

app_name = "referrals_api"
urlpatterns = [path("my-reports/", api_my_reports, name="api_my_reports")]
