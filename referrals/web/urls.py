"""Addresses of the referrals app."""

from django.urls import path

from referrals.web.views import reports, writing

app_name = "referrals"
urlpatterns = [
    path("reports/", reports.my_reports, name="my_reports"),
    path("reports/start/", writing.start_report, name="start_report"),
    path("reports/drafts/<uuid:draft>/", writing.continue_report, name="continue_report"),
    path("reports/drafts/<uuid:draft>/check/", writing.check_report, name="check_report"),
    path("reports/drafts/<uuid:draft>/send/", writing.send_report, name="send_report"),
    path("reports/drafts/<uuid:draft>/sent/", writing.report_sent, name="report_sent"),
    path("reports/drafts/<uuid:draft>/put-aside/", writing.abandon_draft, name="abandon_draft"),
    path("reports/drafts/<uuid:draft>/<slug:page>/", writing.write_report, name="write_report"),
    path("reports/drafts/<uuid:draft>/<slug:page>/keep/", writing.keep_draft, name="keep_draft"),
    path("reports/<uuid:report>/", reports.view_report, name="view_report"),
    path("reports/<uuid:report>/copy/", reports.copy_report, name="copy_report"),
    path("reports/<uuid:report>/add/", reports.add_to_report, name="add_to_report"),
    path("reports/<uuid:report>/correct/", reports.correct_report, name="correct_report"),
    path("reports/<uuid:report>/children/<uuid:child>/wrong/", reports.mark_wrong_child, name="mark_wrong_child"),
    path("reports/<uuid:report>/feedback/read/", reports.read_feedback, name="read_feedback"),
    path("reports/questions/<uuid:question>/answer/", reports.answer_question, name="answer_question"),
]
