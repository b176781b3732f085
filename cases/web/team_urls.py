"""Addresses of the team around a family and its meetings. Included by cases.web.urls."""

from django.urls import path

from cases.web.ids import FAMILY, PERSON, RECORD
from cases.web.views import family_copies, meeting, note, own_plans, team

urlpatterns = [
    path(f"{FAMILY}/meetings/arrange/", meeting.arrange_meeting, name="arrange_meeting"),
    path(f"{FAMILY}/meetings/{RECORD}/", meeting.show_meeting, name="show_meeting"),
    path(f"{FAMILY}/meetings/{RECORD}/print/", meeting.print_meeting, name="print_meeting"),
    path(f"{FAMILY}/meetings/{RECORD}/calendar/", meeting.save_to_calendar, name="save_to_calendar"),
    path(f"{FAMILY}/meetings/{RECORD}/reply/", meeting.reply_to_meeting, name="reply_to_meeting"),
    path(f"{FAMILY}/meetings/{RECORD}/points/add/", meeting.add_point, name="add_point"),
    path(f"{FAMILY}/meetings/{RECORD}/record/", meeting.record_meeting, name="record_meeting"),
    path(f"{FAMILY}/assess-again/", note.assess_again, name="assess_again"),
    path(f"{FAMILY}/copies/", family_copies.list_copies, name="list_copies"),
    path(f"{FAMILY}/copies/for/{PERSON}/", family_copies.hand_over_copy, name="hand_over_copy"),
    path(f"{FAMILY}/copies/{RECORD}/", family_copies.show_copy, name="show_copy"),
    path(f"{FAMILY}/copies/{RECORD}/print/", family_copies.print_copy, name="print_copy"),
    path(f"{FAMILY}/objections/record/", family_copies.record_objection, name="record_objection"),
    path(f"{FAMILY}/objections/{RECORD}/answer/", family_copies.answer_objection, name="answer_objection"),
    path(f"{FAMILY}/own-plans/record/", own_plans.record_own_plan, name="record_own_plan"),
    path(f"{FAMILY}/own-plans/{RECORD}/join/", own_plans.join_own_plan, name="join_own_plan"),
    path(f"{FAMILY}/team/expect/", own_plans.expect_agency, name="expect_agency"),
    path(f"{FAMILY}/team/expected/{RECORD}/end/", own_plans.end_expectation, name="end_expectation"),
    path(f"{FAMILY}/team/invite/", team.invite_practitioner, name="invite_practitioner"),
    path(f"{FAMILY}/team/{RECORD}/answer/", team.answer_invitation, name="answer_invitation"),
    path(f"{FAMILY}/team/{RECORD}/end/", team.end_membership, name="end_membership"),
]
