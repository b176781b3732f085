"""Addresses of the ground: signing in, posts, agreements."""

from django.urls import path

from sharing_agreements.web.views import agreements, asking, jobs, seeing, sign_in

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
    path("ask-for-sharing/", asking.ask_for_sharing, name="ask_for_sharing"),
    path("agreement-requests/", asking.agreement_requests, name="agreement_requests"),
    path("agreement-requests/<uuid:wish>/answer/", asking.answer_agreement_request, name="answer_agreement_request"),
    path("why/<uuid:look>/", seeing.explain_page, name="explain_page"),
    path("practitioners/", seeing.list_practitioners, name="list_practitioners"),
    path("practitioners/<uuid:practitioner>/can-see/", seeing.show_reach, name="show_reach"),
]
