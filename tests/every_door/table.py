"""Every route of the site and the API, one line each: which rows its ids stand for, and which records it must list.

`test_every_door.py` fails while a route has no line here. A line without `lists` says that the route answers for one
thing or shows no records by itself; what it shows is compared with the oracle all the same.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cases import models as cases
from referrals import models as referrals
from referrals.rules.report import POLICE
from referrals.vocabulary import ContactStatus, MatchState
from sharing_agreements import models as sharing
from sharing_agreements.vocabulary import Role
from tests import proving

Holds = Callable[[Any, Any], bool]
"""A row, and who is at the door (`Knock` of knocking.py): whether the page lists it where they may read it."""


@dataclass(frozen=True)
class Door:
    """`rows`: the model an id of the address is of. `lists`: model, column whose word (or id) must show, of which rows.
    `slugs`: a word for each slug of the address. `query`: what is asked for after the question mark."""

    rows: Mapping[str, type] = field(default_factory=dict)
    lists: tuple[tuple[type, str, Holds], ...] = ()
    slugs: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)


def of(model: type) -> Door:
    """A route about one row, named `record` in its address."""
    return Door({"record": model})


def every(_row: Any, _knock: Any) -> bool:
    """All rows of the family."""
    return True


def by_own_agency(row: Any, knock: Any) -> bool:
    """Rows of the viewer's own agency."""
    return str(row.owner_id) == proving.agency_id(knock.viewer.agency)


def by_oneself(row: Any, knock: Any) -> bool:
    """Rows the viewer wrote for the agency they act for."""
    return by_own_agency(row, knock) and str(row.author_id) == proving.practitioner_id(knock.viewer.practitioner)


def released(row: Any, knock: Any) -> bool:
    """Rows of other agencies, not sent to the viewer's own, that a clause or their owner's word opens."""
    own = proving.agency_id(knock.viewer.agency)
    return own not in {str(row.owner_id), str(row.sent_to_id)} and bool(knock.ways(row.pk) & {"clause", "shared"})


def shared_by_name(row: Any, knock: Any) -> bool:
    """Rows that their owner shares with the viewer."""
    return "shared" in knock.ways(row.pk)


def about_member(row: Any, knock: Any) -> bool:
    """Rows about somebody whom the viewer finds in the family."""
    return bool(set(row.about) & knock.members())


def of_member(row: Any, knock: Any) -> bool:
    """Rows of one person whom the viewer finds in the family."""
    return row.person_id in knock.members()


def of_only_case(row: Any, knock: Any) -> bool:
    """Rows of a case that is the only one of the family that the viewer may read."""
    return {case.pk for case in knock.garden.rows.get(cases.Case, []) if knock.may(case.pk)} == {row.case_id}


def for_an_overseer(row: Any, knock: Any) -> bool:
    """Rows that the viewer's agency holds or was sent, for those who oversee its work."""
    own = proving.agency_id(knock.viewer.agency)
    return knock.viewer.role in {Role.COORDINATOR, Role.MANAGER} and own in {str(row.owner_id), str(row.sent_to_id)}


def waits_at_own_hub(row: Any, knock: Any) -> bool:
    """Reports of undecided contacts of the viewer's own agency that they may read."""
    own = proving.agency_id(knock.viewer.agency)
    contacts = [one for one in knock.garden.rows.get(referrals.Contact, []) if one.report_id == row.pk]
    return any(str(c.owner_id) == own and c.status != ContactStatus.DECIDED and knock.may(c.pk) for c in contacts)


def owed_by_own_agency(row: Any, knock: Any) -> bool:
    """Questions to the viewer's own agency that nobody answered."""
    answered = {one.check_asked_id for one in knock.garden.rows.get(referrals.CheckAnswer, [])}
    return str(row.sent_to_id) == proving.agency_id(knock.viewer.agency) and row.pk not in answered


def followed_up_by_own_hub(row: Any, knock: Any) -> bool:
    """What the viewer's own hub follows up, of decisions whose report they may read."""
    rows = knock.garden.rows
    decision = next(one for one in rows[referrals.Decision] if one.pk == row.decision_id)
    contact = next(one for one in rows[referrals.Contact] if one.pk == decision.contact_id)
    beside = {decision.pk, contact.pk, contact.report_id, decision.reported_child_id}
    return row.ended_at is None and by_own_agency(row, knock) and all(map(knock.may, beside))


def held_at_own_hub(row: Any, knock: Any) -> bool:
    """Reports of which the viewer's own hub holds a decision for a second person, all of which they may read."""
    rows = knock.garden.rows
    contacts = [one.pk for one in rows[referrals.Contact] if one.report_id == row.pk and knock.may(one.pk)]
    held = [one for one in rows[referrals.Decision] if one.held and one.contact_id in contacts]
    return any(by_own_agency(one, knock) and knock.may(one.pk) for one in held)


def waits_for_an_answer(row: Any, knock: Any) -> bool:
    """The last rung of a ladder at the viewer's own hub, unanswered, of a decision that they may read."""
    rows = knock.garden.rows
    decision = next(one for one in rows[referrals.Decision] if one.pk == row.decision_id)
    contact = next(one for one in rows[referrals.Contact] if one.pk == decision.contact_id)
    answered = {one.rung_id for one in rows.get(referrals.RungAnswer, [])}
    is_last = all(one.rung <= row.rung for one in rows[referrals.DisagreementRung] if one.decision_id == decision.pk)
    waits = row.joins_id is None and is_last and row.pk not in answered
    return waits and by_own_agency(row, knock) and all(map(knock.may, (decision.pk, contact.pk, contact.report_id)))


def owed_by_own_force(row: Any, knock: Any) -> bool:
    """What the viewer's own force owes schools, of reports that they may read."""
    is_police = {one.no: one.type for one in knock.garden.world.agencies}[knock.viewer.agency] in POLICE
    return is_police and by_own_agency(row, knock) and knock.may(row.report_id)


def alike_by_night(row: Any, knock: Any) -> bool:
    """Pairs that the night's list found for the viewer's own hub, where they may read an account of both people."""
    accounts = knock.garden.rows[sharing.Identity]
    named = any(one.person_id == row.person_id and knock.may(one.pk) for one in accounts)
    waits = row.contact_id is None and row.state == MatchState.OPEN
    return waits and by_own_agency(row, knock) and knock.may(row.identity_id) and named


HEAD: tuple[tuple[type, str, Holds], ...] = (
    (cases.StaffSafetyNote, "what", about_member),
    (cases.KeepApart, "reason", about_member),
)
"""What stands at the head of every page of a family."""

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
        cases:my_work cases:list_step_ups cases:flags cases:my_looks cases:unusual_looks
        cases:flag_rules cases:list_away cases:list_retention cases:list_leads cases:hand_on_families
        cases:export_look_back cases:look_back_at_family cases:looks_by_others cases:who_can_see cases:who_looked
        referrals:start_report referrals:continue_report referrals:check_report referrals:send_report
        referrals:report_sent referrals:abandon_draft referrals:find referrals:count_waiting
        referrals:filter_queue referrals:write_offline referrals:offline_worker referrals:ask_device_session
        referrals:issue_device_key referrals:list_devices referrals:revoke_device
        referrals:sync_draft referrals:list_guidance
        referrals:hearing_times referrals:show_board
        referrals:restricted_matches referrals:hub_flags referrals:hub_thresholds
        """.split(),
        PLAIN,
    ),
    "sharing_agreements:suppose_change": Door(slugs={"supposed": "dates"}),
    **dict.fromkeys(
        """
        cases:show_family cases:show_genogram cases:show_ecomap cases:show_needs cases:show_programmes
        cases:hand_over_records cases:ask_about_family
        cases:take_back_records cases:record_consent cases:record_sharing
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
        """.split(),
        Door(lists=HEAD),
    ),
    "cases:show_plan": Door(
        lists=(
            *HEAD,
            (cases.Need, "title", of_only_case),
            (cases.Action, "title", of_only_case),
            (cases.OwnPlan, "title", of_member),
        )
    ),
    "cases:caseload": Door(lists=((cases.Case, "reference", for_an_overseer),)),
    "cases:show_team": Door(
        lists=(
            *HEAD,
            (cases.TeamMember, "part", of_only_case),
            (cases.Cover, "reason", of_only_case),
            (cases.ExpectedAgency, "why", of_only_case),
        )
    ),
    "cases:list_people": Door(
        lists=(
            *HEAD,
            (cases.NotSafeToTell, "reason", about_member),
            (cases.SafeContact, "detail", of_member),
            (cases.Custody, "told_by", of_member),
            (sharing.Address, "line", of_member),
            (cases.SchoolPlace, "name", of_member),
            (cases.HealthContact, "name", of_member),
        )
    ),
    "cases:show_chronology": Door(lists=(*HEAD, (cases.Event, "title", every), (cases.Event, "people_named", every))),
    "cases:export_chronology": Door(lists=((cases.Event, "title", every), (cases.Event, "people_named", every))),
    "cases:print_chronology": PLAIN,
    **dict.fromkeys(["cases:pin_entry", "cases:unpin_entry"], Door({"entry": cases.Event})),
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
    "referrals:list_follow_ups": Door(lists=((referrals.FollowUp, "next_what", followed_up_by_own_hub),)),
    **dict.fromkeys(["referrals:follow_up_child", "referrals:end_follow_up"], Door({"follow_up": referrals.FollowUp})),
    "referrals:held_decisions": Door(lists=((referrals.Report, "reference", held_at_own_hub),)),
    "referrals:list_disagreements": Door(lists=((referrals.DisagreementRung, "id", waits_for_an_answer),)),
    "referrals:disagree": Door({"feedback": referrals.Feedback}),
    "referrals:disagree_at_hub": CONTACT,
    **dict.fromkeys(
        ["referrals:take_further", "referrals:answer_disagreement"], Door({"rung": referrals.DisagreementRung})
    ),
    "referrals:queue": Door(lists=((referrals.Report, "reference", waits_at_own_hub),)),
    "referrals:list_checks": Door(lists=((referrals.AgencyCheck, "question", owed_by_own_agency),)),
    "referrals:list_notices": Door(lists=((referrals.SchoolNotice, "child_name", owed_by_own_force),)),
    **dict.fromkeys(["referrals:write_notice", "referrals:take_notice_back"], NOTICE),
    "referrals:read_notice": NOTICE,
    "referrals:list_likenesses": Door(lists=((referrals.Match, "id", alike_by_night),)),
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
