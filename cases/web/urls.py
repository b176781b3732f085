"""Addresses of the cases app. `family` in a path is what the disclosure log notes as the family looked at."""

from django.urls import path

from cases.web.views import consent, ending, family, flags, in_touch, leading, note, people, plan, receipts, team, work

app_name = "cases"
FAMILY = "<uuid:family>"
RECORD = "<uuid:record>"
urlpatterns = [
    path("my-work/", work.my_work, name="my_work"),
    path("caseload/", work.caseload, name="caseload"),
    path("step-ups/", receipts.list_step_ups, name="list_step_ups"),
    path(f"step-ups/{RECORD}/answer/", receipts.answer_step_up, name="answer_step_up"),
    path("flags/", flags.flags, name="flags"),
    path(f"{FAMILY}/flags/<uuid:flag>/snooze/", flags.snooze_flag, name="snooze_flag"),
    path(f"{FAMILY}/", family.show_family, name="show_family"),
    path(f"{FAMILY}/chronology/", family.show_chronology, name="show_chronology"),
    path(f"{FAMILY}/people/", family.list_people, name="list_people"),
    path(f"{FAMILY}/plan/", family.show_plan, name="show_plan"),
    path(f"{FAMILY}/team/", family.show_team, name="show_team"),
    path(f"{FAMILY}/consent/record/", consent.record_consent, name="record_consent"),
    path(f"{FAMILY}/sharing/record/", consent.record_sharing, name="record_sharing"),
    path(f"{FAMILY}/offer/accept/", consent.accept_offer, name="accept_offer"),
    path(f"{FAMILY}/offer/decline/", consent.decline_at_start, name="decline_at_start"),
    path(f"{FAMILY}/assessments/{RECORD}/write/", plan.write_assessment, name="write_assessment"),
    path(f"{FAMILY}/assessments/{RECORD}/finish/", plan.finish_assessment, name="finish_assessment"),
    path(f"{FAMILY}/needs/add/", plan.add_need, name="add_need"),
    path(f"{FAMILY}/needs/{RECORD}/end/", plan.end_need, name="end_need"),
    path(f"{FAMILY}/needs/{RECORD}/outcomes/add/", plan.add_outcome, name="add_outcome"),
    path(f"{FAMILY}/needs/{RECORD}/actions/add/", plan.add_action, name="add_action"),
    path(f"{FAMILY}/outcomes/{RECORD}/reach/", plan.reach_outcome, name="reach_outcome"),
    path(f"{FAMILY}/actions/{RECORD}/change/", plan.change_action, name="change_action"),
    path(f"{FAMILY}/lead/assign/", leading.assign_lead, name="assign_lead"),
    path(f"{FAMILY}/lead/answer/", leading.answer_lead, name="answer_lead"),
    path(f"{FAMILY}/lead/hand-over/", leading.hand_over_case, name="hand_over_case"),
    path(f"{FAMILY}/lead/cover/", leading.cover_lead, name="cover_lead"),
    path(f"{FAMILY}/team/invite/", team.invite_practitioner, name="invite_practitioner"),
    path(f"{FAMILY}/team/{RECORD}/answer/", team.answer_invitation, name="answer_invitation"),
    path(f"{FAMILY}/team/{RECORD}/end/", team.end_membership, name="end_membership"),
    path(f"{FAMILY}/notes/add/", note.add_note, name="add_note"),
    path(f"{FAMILY}/reviews/record/", note.record_review, name="record_review"),
    path(f"{FAMILY}/level/set/", note.set_level, name="set_level"),
    path(f"{FAMILY}/step-down/", ending.step_down, name="step_down"),
    path(f"{FAMILY}/close/", ending.close_case, name="close_case"),
    path(f"{FAMILY}/sign-offs/ask/", ending.ask_sign_off, name="ask_sign_off"),
    path(f"{FAMILY}/sign-offs/{RECORD}/answer/", ending.answer_sign_off, name="answer_sign_off"),
    path(f"{FAMILY}/step-up/", ending.step_up, name="step_up"),
    path(f"{FAMILY}/people/add/", people.add_member, name="add_member"),
    path(f"{FAMILY}/households/add/", people.add_household, name="add_household"),
    path(f"{FAMILY}/relationships/add/", people.add_relationship, name="add_relationship"),
    path(f"{FAMILY}/safe-contacts/add/", people.add_safe_contact, name="add_safe_contact"),
    path(f"{FAMILY}/safe-contacts/{RECORD}/change/", people.change_safe_contact, name="change_safe_contact"),
    path(f"{FAMILY}/staff-safety/add/", people.add_staff_safety_note, name="add_staff_safety_note"),
    path(f"{FAMILY}/people/keep-apart/", people.keep_apart, name="keep_apart"),
    path(f"{FAMILY}/people/not-safe-to-tell/mark/", people.mark_not_safe, name="mark_not_safe"),
    path(f"{FAMILY}/prompts/{RECORD}/answer/", in_touch.answer_prompt, name="answer_prompt"),
    path(f"{FAMILY}/watches/{RECORD}/end/", in_touch.end_watch, name="end_watch"),
]
