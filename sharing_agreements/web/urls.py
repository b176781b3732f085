"""Addresses of the ground: signing in, posts, agreements."""

from django.urls import path

from sharing_agreements.web.views import agreements, jobs, sign_in

app_name = "sharing_agreements"
urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("personas/", sign_in.personas, name="personas"),
    path("choose-post/", sign_in.choose_post, name="choose_post"),
    path("jobs/stopped/", jobs.stopped_jobs, name="stopped_jobs"),
    path("jobs/<uuid:job>/try-again/", jobs.try_job_again, name="try_job_again"),
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/<uuid:agreement>/", agreements.read_agreement, name="read_agreement"),
]
