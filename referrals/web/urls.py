"""Addresses of the referrals app."""

from django.urls import path

from referrals.web.views import contacts, deciding, finding, flags, matching, queue, reports, thresholds, writing

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
    path("find/", finding.find, name="find"),
    path("queue/", queue.queue, name="queue"),
    path("queue/waiting/", queue.count_waiting, name="count_waiting"),
    path("queue/held/", deciding.held_decisions, name="held_decisions"),
    path("queue/restricted/", matching.restricted_matches, name="restricted_matches"),
    path("queue/flags/", flags.hub_flags, name="hub_flags"),
    path("hub-rules/", thresholds.hub_thresholds, name="hub_thresholds"),
    path("hub-rules/<slug:rule>/", thresholds.set_hub_threshold, name="set_hub_threshold"),
    path("queue/flags/<uuid:flag>/put-off/", flags.put_off_flag, name="put_off_flag"),
    path("contacts/<uuid:contact>/", contacts.read_contact, name="read_contact"),
    path("contacts/<uuid:contact>/claim/", contacts.claim_contact, name="claim_contact"),
    path("contacts/<uuid:contact>/acknowledge/", contacts.acknowledge_contact, name="acknowledge_contact"),
    path("contacts/<uuid:contact>/grade/", contacts.grade_contact, name="grade_contact"),
    path("contacts/<uuid:contact>/hand-over/", contacts.hand_over_contact, name="hand_over_contact"),
    path("contacts/<uuid:contact>/lead/leave-out/", flags.leave_lead_out, name="leave_lead_out"),
    path("contacts/<uuid:contact>/lead/rung/", flags.say_lead_rung, name="say_lead_rung"),
    path("contacts/<uuid:contact>/ask/", contacts.ask_reporter, name="ask_reporter"),
    path("contacts/<uuid:contact>/additions/read/", contacts.read_additions, name="read_additions"),
    path("contacts/<uuid:contact>/matches/<uuid:match>/settle/", matching.settle_match, name="settle_match"),
    path("contacts/<uuid:contact>/matches/<uuid:match>/undo/", matching.undo_match, name="undo_match"),
    path("contacts/<uuid:contact>/children/<uuid:child>/decide/", deciding.decide_child, name="decide_child"),
    path("decisions/<uuid:decision>/look/", deciding.look_at_decision, name="look_at_decision"),
]
