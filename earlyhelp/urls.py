"""The site map, three includes long."""

from django.urls import include, path

from earlyhelp.health import healthz
from earlyhelp.views import home, more

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", home, name="home"),
    path("more/", more, name="more"),
    path("", include("sharing_agreements.web.urls")),
    path("api/v1/", include("referrals.api.urls")),
    path("families/", include("cases.web.urls")),
    path("", include("referrals.web.urls")),
]
handler404 = "earlyhelp.views.not_found"
handler500 = "earlyhelp.views.broken"
