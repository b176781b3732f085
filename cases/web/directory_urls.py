"""Addresses of the services directory and of referrals to its services. Included by cases.web.urls."""

from django.urls import path

from cases.web.ids import FAMILY, RECORD
from cases.web.views import directory, referring

urlpatterns = [
    path("directory/", directory.search_services, name="search_services"),
    path("directory/import/", directory.import_services, name="import_services"),
    path(f"directory/services/{RECORD}/", directory.show_service, name="show_service"),
    path("directory/unmet-needs/", directory.list_unmet_needs, name="list_unmet_needs"),
    path(f"{FAMILY}/actions/{RECORD}/refer/", referring.refer_to_service, name="refer_to_service"),
    path(f"{FAMILY}/referrals/{RECORD}/follow/", referring.follow_referral, name="follow_referral"),
]
