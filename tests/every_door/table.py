"""Every route of the site and the API, one line each: which rows its ids stand for, and which records it must list.

`test_every_door.py` fails while a route has no line here. A line without `lists` says that the route answers for one
thing or shows no records by itself; what it shows is compared with the oracle all the same.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cases import models as cases
from referrals import models as referrals
from tests import proving
from tests.oracle import Viewer

Holds = Callable[[Any, Viewer, set[str]], bool]
"""A row, who asks, and the ways in which it is open to them (oracle.opened_by)."""


@dataclass(frozen=True)
class Door:
    """`rows`: the model an id of the address is of. `lists`: model, column whose word must show, of which rows.
    `slugs`: a word for each slug of the address. `query`: what is asked for after the question mark."""

    rows: Mapping[str, type] = field(default_factory=dict)
    lists: tuple[tuple[type, str, Holds], ...] = ()
    slugs: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)


def of(model: type) -> Door:
    """A route about one row, named `record` in its address."""
    return Door({"record": model})


def every(_row: Any, _viewer: Viewer, _ways: set[str]) -> bool:
    """All rows of the family."""
    return True


def by_own_agency(row: Any, viewer: Viewer, _ways: set[str]) -> bool:
    """Rows of the viewer's own agency."""
    return str(row.owner_id) == proving.agency_id(viewer.agency)


def by_oneself(row: Any, viewer: Viewer, ways: set[str]) -> bool:
    """Rows the viewer wrote for the agency they act for."""
    return by_own_agency(row, viewer, ways) and str(row.author_id) == proving.practitioner_id(viewer.practitioner)


def released(row: Any, viewer: Viewer, ways: set[str]) -> bool:
    """Rows of other agencies, not sent to the viewer's own, that a clause or their owner's word opens."""
    own = proving.agency_id(viewer.agency)
    return own not in {str(row.owner_id), str(row.sent_to_id)} and bool(ways & {"clause", "shared"})


def shared_by_name(_row: Any, _viewer: Viewer, ways: set[str]) -> bool:
    """Rows that their owner shares with the viewer."""
    return "shared" in ways


PLAIN = Door()
REPORT = Door(
    {
        "report": referrals.Report,
        "child": referrals.ReportedChild,
        "adult": referrals.ReportedAdult,
        "question": referrals.Question,
    }
)
CONTACT = Door(
    {
        "contact": referrals.Contact,
        "child": referrals.ReportedChild,
        "match": referrals.Match,
        "decision": referrals.Decision,
    }
)
NOTICE = Door({"notice": referrals.SchoolNotice, "copy": referrals.NoticeCopy})
CHECK = Door({"check": referrals.AgencyCheck, "answer": referrals.CheckAnswer})
ENTRY = Door({"entry": cases.Event}, slugs={"verb": "share"})
PAGE = Door(slugs={"page": "danger", "rule": "repeats", "pack": "children_act_2004"})

DOORS: dict[str, Door] = {
    **dict.fromkeys(
        """
        home more healthz referrals_api:api_schema referrals:ask_outside_code referrals:enter_outside_code
        sharing_agreements:sign_in sharing_agreements:sign_out sharing_agreements:personas
        sharing_agreements:choose_post sharing_agreements:stopped_jobs sharing_agreements:try_job_again
        sharing_agreements:agreements sharing_agreements:open_draft sharing_agreements:import_agreement
        sharing_agreements:export_agreement sharing_agreements:law_packs sharing_agreements:read_agreement
        sharing_agreements:show_matrix sharing_agreements:simulate_agreement sharing_agreements:read_simulation
        sharing_agreements:simulate_for_one sharing_agreements:read_examples
        sharing_agreements:compare_agreements sharing_agreements:write_words sharing_agreements:choose_parties
        sharing_agreements:choose_purposes sharing_agreements:choose_powers sharing_agreements:copy_agreement
        sharing_agreements:attach_document sharing_agreements:read_document sharing_agreements:remove_document
        sharing_agreements:add_clause sharing_agreements:change_clause sharing_agreements:remove_clause
        sharing_agreements:propose_agreement sharing_agreements:sign_agreement sharing_agreements:return_to_draft
        sharing_agreements:suspend_agreement sharing_agreements:resume_agreement sharing_agreements:leave_agreement
        sharing_agreements:end_agreement sharing_agreements:add_example sharing_agreements:suggest_examples
        sharing_agreements:remove_example sharing_agreements:read_proposed_words sharing_agreements:emergency_trend
        sharing_agreements:ask_for_sharing sharing_agreements:agreement_requests
        sharing_agreements:answer_agreement_request sharing_agreements:explain_page
        sharing_agreements:list_practitioners sharing_agreements:show_reach sharing_agreements:emergencies
        sharing_agreements:open_emergency sharing_agreements:own_emergencies sharing_agreements:show_emergency
        sharing_agreements:end_emergency sharing_agreements:review_emergency sharing_agreements:declare_conflict
        sharing_agreements:say_own_details sharing_agreements:detected_conflicts
        sharing_agreements:answer_detected_conflict sharing_agreements:record_systems
        sharing_agreements:issue_system_key sharing_agreements:revoke_system_key
        sharing_agreements:end_record_system sharing_agreements:name_key_adult
        sharing_agreements:name_variants sharing_agreements:part_names sharing_agreements:notifications
        sharing_agreements:undelivered_notifications sharing_agreements:send_notification_again
        referrals:list_imports referrals:show_import referrals:save_rejects
        cases:my_work cases:caseload cases:list_step_ups cases:flags cases:my_looks cases:unusual_looks
        cases:flag_rules cases:list_away cases:list_retention cases:list_leads cases:hand_on_families
        cases:show_family cases:list_people cases:show_genogram cases:show_ecomap cases:show_needs
        cases:show_team cases:show_programmes cases:hand_over_records cases:look_back_at_family
        cases:looks_by_others cases:export_look_back cases:ask_about_family
        cases:take_back_records cases:who_can_see cases:who_looked cases:record_consent cases:record_sharing
        cases:accept_offer cases:decline_at_start cases:add_need cases:assign_lead cases:answer_lead
        cases:hand_over_case cases:cover_lead cases:arrange_meeting cases:invite_practitioner cases:add_note
        cases:record_review cases:set_level cases:step_down cases:close_case cases:ask_sign_off
        cases:assess_again cases:record_own_plan cases:expect_agency
        cases:list_copies cases:hand_over_copy cases:record_objection
        cases:return_to_help cases:step_up cases:add_member cases:add_household cases:add_relationship
        cases:add_safe_contact cases:add_staff_safety_note cases:keep_apart cases:mark_not_safe
        cases:raise_concern
        cases:record_birth cases:record_death cases:record_custody cases:move_school cases:register_health
        cases:join_case cases:start_assessment
        referrals:start_report referrals:continue_report referrals:check_report referrals:send_report
        referrals:report_sent referrals:abandon_draft referrals:find referrals:queue referrals:count_waiting
        referrals:filter_queue referrals:write_offline referrals:offline_worker referrals:ask_device_session
        referrals:issue_device_key referrals:list_devices referrals:revoke_device
        referrals:sync_draft referrals:list_guidance
        referrals:held_decisions referrals:hearing_times referrals:show_board
        referrals:restricted_matches referrals:hub_flags referrals:hub_thresholds
        """.split(),
        PLAIN,
    ),
    "sharing_agreements:suppose_change": Door(slugs={"supposed": "dates"}),
    **dict.fromkeys(["cases:show_chronology", "cases:export_chronology"], Door(lists=((cases.Event, "title", every),))),
    "cases:print_chronology": PLAIN,
    **dict.fromkeys(["cases:pin_entry", "cases:unpin_entry"], Door({"entry": cases.Event})),
    "cases:show_plan": Door(lists=()),
    **dict.fromkeys(
        ["cases:decide_on_entry", "cases:share_entry", "cases:withhold_entry", "cases:end_entry_decision"], ENTRY
    ),
    "cases:answer_step_up": of(cases.StepUp),
    "cases:end_post_cover": Door(),
    "referrals:list_mail_domains": Door(),
    "referrals:take_back_mail_domain": Door(),
    "sharing_agreements:school_terms": Door(),
    "sharing_agreements:remove_school_term": Door(slugs={"first_day": "2026-09-01"}),
    **dict.fromkeys(["cases:snooze_flag", "cases:climb_flag"], Door({"flag": cases.Flag})),
    **dict.fromkeys(["cases:set_flag_rule", "cases:show_trial"], Door(slugs={"rule": "silent"})),
    "cases:write_assessment": Door({"record": cases.Assessment}, slugs={"section": "worries"}),
    **dict.fromkeys(
        ["cases:show_assessment", "cases:compare_assessments", "cases:finish_assessment"], of(cases.Assessment)
    ),
    "cases:assessment_form": PLAIN,
    **dict.fromkeys(
        ["cases:search_services", "cases:import_services", "cases:show_service", "cases:list_unmet_needs"], PLAIN
    ),
    "cases:refer_to_service": of(cases.Action),
    "cases:follow_referral": of(cases.ServiceReferral),
    "cases:read_assessment_form": Door(slugs={"version": "1"}),
    "cases:change_assessment_form": Door(slugs={"section": "worries"}),
    **dict.fromkeys(["cases:end_need", "cases:add_outcome", "cases:add_action"], of(cases.Need)),
    "cases:reach_outcome": of(cases.Outcome),
    "cases:change_action": of(cases.Action),
    "cases:take_back": of(cases.LeadAssignment),
    "cases:end_cover": of(cases.Cover),
    **dict.fromkeys(
        ["cases:record_meeting", "cases:reply_to_meeting", "cases:add_point", "cases:print_meeting"], of(cases.Meeting)
    ),
    "cases:show_meeting": of(cases.Meeting),
    "cases:save_to_calendar": of(cases.Meeting),
    **dict.fromkeys(["cases:answer_invitation", "cases:end_membership"], of(cases.TeamMember)),
    "cases:join_own_plan": of(cases.OwnPlan),
    **dict.fromkeys(["cases:show_copy", "cases:print_copy"], of(cases.FamilyCopy)),
    "cases:answer_objection": of(cases.Objection),
    "cases:end_expectation": of(cases.ExpectedAgency),
    "cases:answer_sign_off": of(cases.SignOff),
    **dict.fromkeys(["cases:change_safe_contact", "cases:end_safe_contact"], of(cases.SafeContact)),
    **dict.fromkeys(["cases:change_custody", "cases:end_custody"], of(cases.Custody)),
    "cases:answer_concern": of(cases.PlanConcern),
    "cases:answer_retention": of(cases.RetentionReview),
    "cases:end_keep_apart": of(cases.KeepApart),
    "cases:end_staff_safety": of(cases.StaffSafetyNote),
    "cases:lift_not_safe_to_tell": of(cases.NotSafeToTell),
    "cases:answer_prompt": of(cases.WatchPrompt),
    "cases:ring_hub": of(cases.LeadNotice),
    "cases:end_watch": of(cases.Watch),
    "referrals:my_reports": Door(lists=((referrals.Report, "reference", by_oneself),)),
    "referrals_api:api_reports": Door(lists=((referrals.Report, "reference", by_oneself),)),
    "referrals_api:api_report": REPORT,
    **dict.fromkeys(
        """
        referrals:view_report referrals:copy_report referrals:attach_to_report
        referrals:chase_report
        referrals:record_adult_of_concern
        referrals:add_to_report referrals:correct_report
        referrals:mark_wrong_child referrals:read_feedback referrals:answer_question
        """.split(),
        REPORT,
    ),
    **dict.fromkeys(
        """
        referrals:read_contact referrals:claim_contact referrals:acknowledge_contact referrals:grade_contact
        referrals:hand_over_contact referrals:leave_lead_out referrals:say_lead_rung referrals:ask_to_ring_first
        referrals:ask_reporter
        referrals:tell_reporter
        referrals:read_additions referrals:settle_match referrals:undo_match referrals:decide_child
        referrals:look_at_decision referrals:read_decision referrals:record_family_answer referrals:ask_agencies
        """.split(),
        CONTACT,
    ),
    "sharing_agreements:list_schools": PLAIN,
    "sharing_agreements:add_schools_of_file": PLAIN,
    "referrals:list_follow_ups": PLAIN,
    **dict.fromkeys(["referrals:follow_up_child", "referrals:end_follow_up"], Door({"follow_up": referrals.FollowUp})),
    "referrals:list_disagreements": PLAIN,
    "referrals:disagree": Door({"feedback": referrals.Feedback}),
    "referrals:disagree_at_hub": CONTACT,
    **dict.fromkeys(
        ["referrals:take_further", "referrals:answer_disagreement"], Door({"rung": referrals.DisagreementRung})
    ),
    "referrals:list_checks": PLAIN,
    "referrals:list_notices": PLAIN,
    **dict.fromkeys(["referrals:write_notice", "referrals:take_notice_back"], NOTICE),
    "referrals:read_notice": NOTICE,
    "referrals:list_likenesses": PLAIN,
    "referrals:list_links": PLAIN,
    "referrals:data_quality": PLAIN,
    "referrals:settle_likeness": Door({"match": referrals.Match}),
    "referrals:take_link_back": PLAIN,
    "referrals:families_in_touch": PLAIN,
    "referrals:note_in_touch": Door({"case": cases.Case}),
    "referrals:note_known": PLAIN,
    **dict.fromkeys(
        """
        referrals:answer_check referrals:chase_check referrals:climb_check referrals:take_back_check
        referrals:let_out_answer referrals:keep_answer_in referrals:ask_release
        """.split(),
        CHECK,
    ),
    "referrals:refuse_release": Door({"wish": referrals.ReleaseRequest}),
    "referrals:shared_with_us": Door(
        lists=((referrals.Report, "reference", released), (cases.Event, "title", shared_by_name))
    ),
    "referrals:read_shared_report": REPORT,
    "referrals:read_attachment": Door({"attachment": referrals.Attachment}),
    "referrals:read_released": Door({"released": referrals.ReleasedAttachment}),
    "referrals:release_attachment": Door({"contact": referrals.Contact, "attachment": referrals.Attachment}),
    **dict.fromkeys(
        ["referrals:attach_to_draft", "referrals:detach_from_draft"], Door({"attachment": referrals.Attachment})
    ),
    "referrals:put_off_flag": Door({"flag": referrals.HubFlag}),
    "referrals:set_hub_threshold": PAGE,
    "referrals:read_guidance": Door(slugs={"card": "home"}),
    "referrals:write_report": PAGE,
    "referrals:keep_draft": PAGE,
    "sharing_agreements:switch_pack": PAGE,
}
