"""Addresses of the front door for programs."""

from django.urls import path

from referrals.api.reports import api_report, api_reports
from referrals.api.schema import api_schema

app_name = "referrals_api"
urlpatterns = [
    path("reports/", api_reports, name="api_reports"),
    path("reports/<uuid:report>/", api_report, name="api_report"),
    path("schema/", api_schema, name="api_schema"),
]
