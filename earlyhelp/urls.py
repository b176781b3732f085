"""The site map, three includes long."""

from django.urls import include, path

urlpatterns = [
    path("agreements/", include("sharing_agreements.web.urls")),
    path("families/", include("cases.web.urls")),
    path("", include("referrals.web.urls")),
]
