-- Drawn by bin/draw. Do not edit.
-- Row security as it stands in a freshly migrated database.

-- Governed tables: what a reader needs, and the kind of every row

--   cases_action: summary, Plan: needs, outcomes and actions
--   cases_actionprogress: summary, Plan: needs, outcomes and actions
--   cases_answer: summary, kind per row
--   cases_assessment: summary, Plan: needs, outcomes and actions
--   cases_assessmentanswer: full, Plan: needs, outcomes and actions
--   cases_case: summary, Early help case
--   cases_casemove: summary, Early help case
--   cases_childincase: summary, Early help case
--   cases_childlevel: summary, Early help case
--   cases_childseen: summary, Notes of work with the family
--   cases_childwords: full, Notes of work with the family
--   cases_closingdetail: full, Early help case
--   cases_closingsummary: summary, Early help case
--   cases_consenttohelp: summary, Consent to help
--   cases_cover: summary, Early help case
--   cases_custody: summary, Youth justice, probation and prison information
--   cases_event: summary, kind per row
--   cases_eventdetail: full, kind per row
--   cases_expectedagency: summary, kind per row
--   cases_familycopy: full, Plan: needs, outcomes and actions
--   cases_familymember: summary, Household, relationships and safe contact
--   cases_flag: summary, Early help case
--   cases_handover: full, Early help case
--   cases_healthcontact: summary, Address and where a child can be found
--   cases_household: summary, Address and where a child can be found
--   cases_householdmember: summary, Address and where a child can be found
--   cases_keepapart: summary, Household, relationships and safe contact
--   cases_leadassignment: summary, Early help case
--   cases_leadnotice: summary, Feedback to a reporter
--   cases_liftednotsafetotell: summary, Household, relationships and safe contact
--   cases_meeting: summary, Meetings and reviews
--   cases_meetinginvitation: summary, Meetings and reviews
--   cases_meetingminutes: full, Meetings and reviews
--   cases_meetingplace: summary, Address and where a child can be found
--   cases_meetingpoint: full, kind per row
--   cases_need: summary, Plan: needs, outcomes and actions
--   cases_needdetail: full, Plan: needs, outcomes and actions
--   cases_note: summary, Notes of work with the family
--   cases_notedetail: full, Notes of work with the family
--   cases_notsafetotell: summary, Household, relationships and safe contact
--   cases_objection: summary, Plan: needs, outcomes and actions
--   cases_outcome: summary, Plan: needs, outcomes and actions
--   cases_ownplan: summary, Plan: needs, outcomes and actions
--   cases_ownplanaim: summary, Plan: needs, outcomes and actions
--   cases_pin: summary, kind per row
--   cases_planconcern: summary, Plan: needs, outcomes and actions
--   cases_relationship: summary, Household, relationships and safe contact
--   cases_retentionanswer: summary, Early help case
--   cases_retentionreview: summary, Early help case
--   cases_review: summary, Meetings and reviews
--   cases_reviewdetail: full, Meetings and reviews
--   cases_reviewscore: summary, Meetings and reviews
--   cases_safecontact: summary, Address and where a child can be found
--   cases_schoolplace: summary, Address and where a child can be found
--   cases_servicereferral: summary, kind per row
--   cases_servicereferralstep: summary, kind per row
--   cases_signoff: summary, Early help case
--   cases_snooze: summary, Early help case
--   cases_staffsafetynote: summary, Staff-safety note
--   cases_stepup: summary, Early help case
--   cases_stepupanswer: summary, Early help case
--   cases_stepupdetail: full, Early help case
--   cases_teammember: summary, kind per row
--   cases_watch: summary, Early help case
--   cases_watchprompt: summary, Early help case
--   referrals_adultofconcern: full, For the hub only
--   referrals_agencycheck: full, Hub decision
--   referrals_attachment: full, For the hub only
--   referrals_checkanswer: summary, kind per row
--   referrals_checkanswerdetail: full, kind per row
--   referrals_checkanswerhubonly: full, For the hub only
--   referrals_checksopening: full, Hub decision
--   referrals_clockmark: full, Hub decision
--   referrals_contact: summary, Hub decision
--   referrals_contactentry: full, Hub decision
--   referrals_decision: summary, Hub decision
--   referrals_decisiondetail: full, Hub decision
--   referrals_disagreement: full, Feedback to a reporter
--   referrals_disagreementrung: full, Hub decision
--   referrals_feedback: summary, Feedback to a reporter
--   referrals_feedbackread: summary, Feedback to a reporter
--   referrals_followup: summary, Hub decision
--   referrals_followupstep: full, Hub decision
--   referrals_gradechange: full, Hub decision
--   referrals_hubflag: full, Flag from the watch
--   referrals_hubflagsnooze: full, Flag from the watch
--   referrals_match: full, Hub decision
--   referrals_noticecopy: full, Domestic abuse information
--   referrals_question: full, Feedback to a reporter
--   referrals_releasedattachment: full, Concern report
--   referrals_releaserefusal: full, Feedback to a reporter
--   referrals_releaserequest: full, Feedback to a reporter
--   referrals_report: summary, Concern report
--   referrals_reportaddition: full, Concern report
--   referrals_reportdetail: full, Concern report
--   referrals_reportedadult: full, Concern report
--   referrals_reportedchild: summary, Concern report
--   referrals_reportedchilddetail: full, Concern report
--   referrals_reporthubonly: full, For the hub only
--   referrals_reportplace: summary, Address and where a child can be found
--   referrals_runganswer: full, Hub decision
--   referrals_schoolnotice: full, Domestic abuse information
--   referrals_secondlook: full, Hub decision
--   referrals_wrongchildmark: summary, Concern report
--   sharing_agreements_address: summary, Address and where a child can be found
--   sharing_agreements_identity: summary, Name, date of birth and identifiers
--   sharing_agreements_identitydetail: full, Name, date of birth and identifiers

-- on: sharing_agreements_namevariant
create policy administrators_add as permissive for insert to {eh_web}
    with check (( SELECT gate.claim(9) AS claim) = 'administrator'::text);

-- on: sharing_agreements_namevariant
create policy administrators_remove as permissive for delete to {eh_web}
    using (( SELECT gate.claim(9) AS claim) = 'administrator'::text);

-- on: sharing_agreements_emergencyaccess
create policy answered_for as permissive for select to {eh_web}
    using ((practitioner_id = ( SELECT gate.practitioner_id() AS practitioner_id)) OR ((( SELECT gate.claim(9) AS claim) = ANY (ARRAY['governance_lead'::text, 'manager'::text])) AND ((agency_no = ( SELECT gate.agency_no() AS agency_no)) OR (( SELECT gate.agency_no() AS agency_no) = ANY (told)))));

-- on: sharing_agreements_agreementrequest
create policy answers as permissive for update to {eh_web}
    using gate.looks_after(agency_id, asked_id)
    with check (answered_by_id = ( SELECT gate.practitioner_id() AS practitioner_id));

-- on: cases_assessmentform, cases_service, cases_uncheckedservice
create policy anyone_acting as permissive for select to {eh_web}
    using (( SELECT gate.claims() AS claims) IS NOT NULL);

-- on: sharing_agreements_family, sharing_agreements_person
create policy anyone_acting as permissive for all to {eh_web,eh_worker}
    using (( SELECT gate.claims() AS claims) IS NOT NULL)
    with check ((( SELECT gate.claims() AS claims) IS NOT NULL) AND (merged_into_id IS NULL));

-- on: sharing_agreements_namevariant
create policy anyone_acting as permissive for select to {eh_web,eh_worker}
    using (( SELECT gate.claims() AS claims) IS NOT NULL);

-- on: cases_threshold, referrals_hubthreshold
create policy anyone_reads as permissive for select to {eh_web,eh_worker}
    using true;

-- on: sharing_agreements_agreementrequest
create policy asked_or_answers as permissive for select to {eh_web}
    using ((asked_by_id = ( SELECT gate.practitioner_id() AS practitioner_id)) OR gate.looks_after(agency_id, asked_id));

-- on: sharing_agreements_agreementrequest
create policy asks_for_own_agency as permissive for insert to {eh_web}
    with check ((asked_by_id = ( SELECT gate.practitioner_id() AS practitioner_id)) AND (agency_id = (( SELECT gate.claim(7) AS claim))::uuid) AND ((state)::text = 'waiting'::text));

-- on: cases_action, cases_assessment, cases_case, cases_cover, cases_custody, cases_expectedagency, cases_familymember, cases_flag, cases_healthcontact, cases_householdmember, cases_leadnotice, cases_meeting, cases_meetinginvitation, cases_meetingminutes, cases_need, cases_needdetail, cases_objection, cases_outcome, cases_ownplan, cases_planconcern, cases_relationship, cases_safecontact, cases_schoolplace, cases_teammember, cases_watch, cases_watchprompt
create policy changes_own as permissive for update to {eh_web}
    using (( SELECT gate.writes() AS writes) AND ((owner_no = ( SELECT gate.agency_no() AS agency_no)) OR ((lead_no = ( SELECT gate.practitioner_no() AS practitioner_no)) AND (facts_until >= ( SELECT gate.today() AS today)))))
    with check true;

-- on: cases_actionprogress, cases_answer, cases_assessmentanswer, cases_casemove, cases_childincase, cases_childlevel, cases_childseen, cases_childwords, cases_closingdetail, cases_closingsummary, cases_consenttohelp, cases_event, cases_eventdetail, cases_familycopy, cases_handover, cases_household, cases_keepapart, cases_leadassignment, cases_liftednotsafetotell, cases_meetingplace, cases_meetingpoint, cases_note, cases_notedetail, cases_notsafetotell, cases_ownplanaim, cases_pin, cases_retentionanswer, cases_retentionreview, cases_review, cases_reviewdetail, cases_reviewscore, cases_servicereferral, cases_servicereferralstep, cases_signoff, cases_snooze, cases_staffsafetynote, cases_stepup, cases_stepupanswer, cases_stepupdetail, referrals_adultofconcern, referrals_agencycheck, referrals_attachment, referrals_checkanswer, referrals_checkanswerdetail, referrals_checkanswerhubonly, referrals_checksopening, referrals_clockmark, referrals_contact, referrals_contactentry, referrals_decision, referrals_decisiondetail, referrals_disagreement, referrals_disagreementrung, referrals_feedback, referrals_feedbackread, referrals_followup, referrals_followupstep, referrals_gradechange, referrals_hubflag, referrals_hubflagsnooze, referrals_match, referrals_noticecopy, referrals_question, referrals_releasedattachment, referrals_releaserefusal, referrals_releaserequest, referrals_report, referrals_reportaddition, referrals_reportdetail, referrals_reportedadult, referrals_reportedchild, referrals_reportedchilddetail, referrals_reporthubonly, referrals_reportplace, referrals_runganswer, referrals_schoolnotice, referrals_secondlook, referrals_wrongchildmark, sharing_agreements_address, sharing_agreements_identity, sharing_agreements_identitydetail
create policy changes_own as permissive for update to {eh_web}
    using (( SELECT gate.writes() AS writes) AND (owner_no = ( SELECT gate.agency_no() AS agency_no)))
    with check true;

-- on: sharing_agreements_agreementrequest
create policy climbed as permissive for select to {eh_web}
    using gate.climbed_to_me((state)::text, due_on, asked_id);

-- on: sharing_agreements_party
create policy comes_unsigned as restrictive for insert to {eh_web}
    with check ((signed_at IS NULL) AND (signed_by_id IS NULL) AND (left_on IS NULL) AND ((signatory_name)::text = ''::text) AND ((signatory_post)::text = ''::text) AND ((digest)::text = ''::text));

-- on: referrals_noticecopy
create policy for_its_reader as restrictive for select to {eh_web}
    using ((owner_no = ( SELECT gate.agency_no() AS agency_no)) OR ((sent_to_no = ( SELECT gate.agency_no() AS agency_no)) AND (sent_to_practitioner_no = ( SELECT gate.practitioner_no() AS practitioner_no)) AND ( SELECT gate.is_briefed() AS is_briefed)));

-- on: referrals_maildomain
create policy gate_approves as permissive for insert to {eh_gate}
    with check true;

-- on: referrals_draft
create policy gate_counts as permissive for select to {eh_gate}
    using true;

-- on: referrals_maildomain
create policy gate_reads as permissive for select to {eh_gate}
    using true;

-- on: cases_action, cases_actionprogress, cases_answer, cases_assessment, cases_assessmentanswer, cases_case, cases_casemove, cases_childincase, cases_childlevel, cases_childseen, cases_childwords, cases_closingdetail, cases_closingsummary, cases_consenttohelp, cases_cover, cases_custody, cases_event, cases_eventdetail, cases_expectedagency, cases_familycopy, cases_familymember, cases_flag, cases_handover, cases_healthcontact, cases_household, cases_householdmember, cases_keepapart, cases_leadassignment, cases_leadnotice, cases_liftednotsafetotell, cases_meeting, cases_meetinginvitation, cases_meetingminutes, cases_meetingplace, cases_meetingpoint, cases_need, cases_needdetail, cases_note, cases_notedetail, cases_notsafetotell, cases_objection, cases_outcome, cases_ownplan, cases_ownplanaim, cases_pin, cases_planconcern, cases_relationship, cases_retentionanswer, cases_retentionreview, cases_review, cases_reviewdetail, cases_reviewscore, cases_safecontact, cases_schoolplace, cases_servicereferral, cases_servicereferralstep, cases_signoff, cases_snooze, cases_staffsafetynote, cases_stepup, cases_stepupanswer, cases_stepupdetail, cases_teammember, cases_watch, cases_watchprompt, referrals_adultofconcern, referrals_agencycheck, referrals_attachment, referrals_checkanswer, referrals_checkanswerdetail, referrals_checkanswerhubonly, referrals_checksopening, referrals_clockmark, referrals_contact, referrals_contactentry, referrals_decision, referrals_decisiondetail, referrals_disagreement, referrals_disagreementrung, referrals_feedback, referrals_feedbackread, referrals_followup, referrals_followupstep, referrals_gradechange, referrals_hubflag, referrals_hubflagsnooze, referrals_match, referrals_noticecopy, referrals_outsideaccess, referrals_question, referrals_releasedattachment, referrals_releaserefusal, referrals_releaserequest, referrals_report, referrals_reportaddition, referrals_reportdetail, referrals_reportedadult, referrals_reportedchild, referrals_reportedchilddetail, referrals_reporthubonly, referrals_reportplace, referrals_runganswer, referrals_schoolnotice, referrals_secondlook, referrals_wrongchildmark, sharing_agreements_address, sharing_agreements_agreement, sharing_agreements_agreementdocument, sharing_agreements_agreementexample, sharing_agreements_agreementmove, sharing_agreements_clause, sharing_agreements_conflict, sharing_agreements_emergencyaccess, sharing_agreements_family, sharing_agreements_identity, sharing_agreements_identitydetail, sharing_agreements_namevariant, sharing_agreements_notification, sharing_agreements_owndetails, sharing_agreements_party, sharing_agreements_person, sharing_agreements_personlink, sharing_agreements_recordexception, sharing_agreements_recordsystem, sharing_agreements_simulationline, sharing_agreements_simulationrun, sharing_agreements_systemkey
create policy gate_sees_all as permissive for all to {eh_gate}
    using true
    with check true;

-- on: referrals_guidanceread, sharing_agreements_agreementrequest, sharing_agreements_agreementwarning, sharing_agreements_emergencynotice
create policy gate_sees_all as permissive for select to {eh_gate}
    using true;

-- on: referrals_maildomain
create policy gate_takes_back as permissive for delete to {eh_gate}
    using true;

-- on: sharing_agreements_personlink
create policy hub_reads as permissive for select to {eh_web}
    using ((( SELECT gate.claim(9) AS claim) = ANY (ARRAY['decision_maker'::text, 'navigator'::text, 'emergency_duty'::text, 'manager'::text])) AND (EXISTS ( SELECT
   FROM sharing_agreements_identity i
  WHERE (i.person_id = sharing_agreements_personlink.said_id))) AND (EXISTS ( SELECT
   FROM sharing_agreements_identity i
  WHERE (i.person_id = sharing_agreements_personlink.kept_id))));

-- on: cases_action, cases_actionprogress, cases_answer, cases_assessment, cases_assessmentanswer, cases_case, cases_casemove, cases_childincase, cases_childlevel, cases_childseen, cases_childwords, cases_closingdetail, cases_closingsummary, cases_consenttohelp, cases_cover, cases_custody, cases_event, cases_eventdetail, cases_expectedagency, cases_familycopy, cases_familymember, cases_flag, cases_handover, cases_healthcontact, cases_household, cases_householdmember, cases_keepapart, cases_leadassignment, cases_leadnotice, cases_liftednotsafetotell, cases_meeting, cases_meetinginvitation, cases_meetingminutes, cases_meetingplace, cases_meetingpoint, cases_need, cases_needdetail, cases_note, cases_notedetail, cases_notsafetotell, cases_objection, cases_outcome, cases_ownplan, cases_ownplanaim, cases_pin, cases_planconcern, cases_relationship, cases_retentionanswer, cases_retentionreview, cases_review, cases_reviewdetail, cases_reviewscore, cases_safecontact, cases_schoolplace, cases_servicereferral, cases_servicereferralstep, cases_signoff, cases_snooze, cases_staffsafetynote, cases_stepup, cases_stepupanswer, cases_stepupdetail, cases_teammember, cases_watch, cases_watchprompt, referrals_adultofconcern, referrals_agencycheck, referrals_attachment, referrals_checkanswer, referrals_checkanswerdetail, referrals_checkanswerhubonly, referrals_checksopening, referrals_clockmark, referrals_contact, referrals_contactentry, referrals_decision, referrals_decisiondetail, referrals_disagreement, referrals_disagreementrung, referrals_feedback, referrals_feedbackread, referrals_followup, referrals_followupstep, referrals_gradechange, referrals_hubflag, referrals_hubflagsnooze, referrals_match, referrals_noticecopy, referrals_question, referrals_releasedattachment, referrals_releaserefusal, referrals_releaserequest, referrals_report, referrals_reportaddition, referrals_reportdetail, referrals_reportedadult, referrals_reportedchild, referrals_reportedchilddetail, referrals_reporthubonly, referrals_reportplace, referrals_runganswer, referrals_schoolnotice, referrals_secondlook, referrals_wrongchildmark, sharing_agreements_address, sharing_agreements_identity, sharing_agreements_identitydetail
create policy is_closed as restrictive for all to {eh_web}
    using ((NOT (about && ( SELECT gate.denied_people() AS denied_people))) AND (NOT (( SELECT gate.agency_no() AS agency_no) = ANY (hidden_from))) AND ((restricted = 0) OR ((restricted = 1) AND (author_no = ( SELECT gate.practitioner_no() AS practitioner_no))) OR (( SELECT gate.practitioner_no() AS practitioner_no) = ANY (allowed))))
    with check (NOT (about && ( SELECT gate.denied_people() AS denied_people)));

-- on: cases_service, cases_uncheckedservice
create policy job_check_directory as permissive for all to {eh_worker}
    using (( SELECT gate.job() AS job) = 'check_directory'::text)
    with check (( SELECT gate.job() AS job) = 'check_directory'::text);

-- on: sharing_agreements_examplealarm
create policy job_check_examples as permissive for all to {eh_worker}
    using (( SELECT gate.job() AS job) = 'check_examples'::text)
    with check (( SELECT gate.job() AS job) = 'check_examples'::text);

-- on: referrals_disagreementrung, referrals_runganswer
create policy job_climb_disagreements as permissive for all to {eh_worker}
    using (( SELECT gate.job() AS job) = 'climb_disagreements'::text)
    with check (( SELECT gate.job() AS job) = 'climb_disagreements'::text);

-- on: sharing_agreements_notification
create policy job_follow_notifications as permissive for all to {eh_worker}
    using (( SELECT gate.job() AS job) = 'follow_notifications'::text)
    with check (( SELECT gate.job() AS job) = 'follow_notifications'::text);

-- on: referrals_match, sharing_agreements_identity
create policy job_list_likenesses as permissive for all to {eh_worker}
    using (( SELECT gate.job() AS job) = 'list_likenesses'::text)
    with check (( SELECT gate.job() AS job) = 'list_likenesses'::text);

-- on: cases_childincase, cases_retentionreview, sharing_agreements_identity
create policy job_list_retention as permissive for all to {eh_worker}
    using (( SELECT gate.job() AS job) = 'list_retention'::text)
    with check (( SELECT gate.job() AS job) = 'list_retention'::text);

-- on: cases_event, cases_eventdetail, cases_familymember
create policy job_load_events as permissive for all to {eh_worker}
    using (( SELECT gate.job() AS job) = 'load_events'::text)
    with check (( SELECT gate.job() AS job) = 'load_events'::text);

-- on: referrals_clockmark, referrals_contact
create policy job_mark_clocks as permissive for all to {eh_worker}
    using (( SELECT gate.job() AS job) = 'mark_clocks'::text)
    with check (( SELECT gate.job() AS job) = 'mark_clocks'::text);

-- on: referrals_contact, referrals_contactentry, referrals_match, referrals_report, referrals_restrictedmatch
create policy job_match_report as permissive for all to {eh_worker}
    using (( SELECT gate.job() AS job) = 'match_report'::text)
    with check (( SELECT gate.job() AS job) = 'match_report'::text);

-- on: referrals_agencycheck, referrals_checkanswer, referrals_contact
create policy job_notice_late_checks as permissive for all to {eh_worker}
    using (( SELECT gate.job() AS job) = 'notice_late_checks'::text)
    with check (( SELECT gate.job() AS job) = 'notice_late_checks'::text);

-- on: referrals_contact, referrals_reportaddition
create policy job_receive_addition as permissive for all to {eh_worker}
    using (( SELECT gate.job() AS job) = 'receive_addition'::text)
    with check (( SELECT gate.job() AS job) = 'receive_addition'::text);

-- on: referrals_agencycheck, referrals_checkanswer, referrals_contact
create policy job_receive_check_answer as permissive for all to {eh_worker}
    using (( SELECT gate.job() AS job) = 'receive_check_answer'::text)
    with check (( SELECT gate.job() AS job) = 'receive_check_answer'::text);

-- on: referrals_decision, referrals_disagreement, referrals_disagreementrung, referrals_runganswer
create policy job_receive_disagreement as permissive for all to {eh_worker}
    using (( SELECT gate.job() AS job) = 'receive_disagreement'::text)
    with check (( SELECT gate.job() AS job) = 'receive_disagreement'::text);

-- on: referrals_contact, referrals_report
create policy job_receive_report as permissive for all to {eh_worker}
    using (( SELECT gate.job() AS job) = 'receive_report'::text)
    with check (( SELECT gate.job() AS job) = 'receive_report'::text);

-- on: sharing_agreements_notification
create policy job_send_notification as permissive for all to {eh_worker}
    using (( SELECT gate.job() AS job) = 'send_notification'::text)
    with check (( SELECT gate.job() AS job) = 'send_notification'::text);

-- on: referrals_noticecopy, referrals_schoolnotice
create policy job_send_school_notices as permissive for all to {eh_worker}
    using (( SELECT gate.job() AS job) = 'send_school_notices'::text)
    with check (( SELECT gate.job() AS job) = 'send_school_notices'::text);

-- on: cases_casemove, cases_childincase, referrals_contact, referrals_decision, referrals_feedback, referrals_report, referrals_reportedchild, referrals_wrongchildmark
create policy job_tell_not_taken_up as permissive for all to {eh_worker}
    using (( SELECT gate.job() AS job) = 'tell_not_taken_up'::text)
    with check (( SELECT gate.job() AS job) = 'tell_not_taken_up'::text);

-- on: sharing_agreements_notification, sharing_agreements_notificationchoice, sharing_agreements_postcover
create policy job_tell_practitioners as permissive for all to {eh_worker}
    using (( SELECT gate.job() AS job) = 'tell_practitioners'::text)
    with check (( SELECT gate.job() AS job) = 'tell_practitioners'::text);

-- on: sharing_agreements_agreementwarning
create policy job_warn_of_agreements as permissive for all to {eh_worker}
    using (( SELECT gate.job() AS job) = 'warn_of_agreements'::text)
    with check (( SELECT gate.job() AS job) = 'warn_of_agreements'::text);

-- on: cases_action, cases_answer, cases_assessment, cases_case, cases_childincase, cases_consenttohelp, cases_cover, cases_custody, cases_event, cases_expectedagency, cases_flag, cases_leadassignment, cases_meeting, cases_meetinginvitation, cases_note, cases_review, cases_stepup, cases_stepupanswer, cases_teammember, cases_thresholdtrial, cases_watch, cases_watchprompt, sharing_agreements_identity
create policy job_watch_cases as permissive for all to {eh_worker}
    using (( SELECT gate.job() AS job) = 'watch_cases'::text)
    with check (( SELECT gate.job() AS job) = 'watch_cases'::text);

-- on: cases_childincase, cases_cover, cases_familymember, cases_leadnotice, cases_liftednotsafetotell, cases_notsafetotell, cases_watch, referrals_adultofconcern, referrals_contact, referrals_contactentry, referrals_feedback, referrals_hubflag, referrals_report, referrals_reportedadult, referrals_reportedchild, referrals_wrongchildmark, sharing_agreements_address
create policy job_watch_contacts as permissive for all to {eh_worker}
    using (( SELECT gate.job() AS job) = 'watch_contacts'::text)
    with check (( SELECT gate.job() AS job) = 'watch_contacts'::text);

-- on: cases_childincase, cases_event, cases_familymember, referrals_hubflag, sharing_agreements_address
create policy job_watch_families as permissive for all to {eh_worker}
    using (( SELECT gate.job() AS job) = 'watch_families'::text)
    with check (( SELECT gate.job() AS job) = 'watch_families'::text);

-- on: sharing_agreements_agreement, sharing_agreements_agreementdocument, sharing_agreements_agreementexample, sharing_agreements_agreementmove, sharing_agreements_clause, sharing_agreements_party
create policy jobs_read as permissive for select to {eh_worker}
    using true;

-- on: cases_assessmentform
create policy keepers_add as permissive for insert to {eh_web}
    with check ((( SELECT gate.claim(9) AS claim) = 'administrator'::text) OR ((( SELECT gate.claim(9) AS claim) = 'manager'::text) AND (EXISTS ( SELECT
   FROM sharing_agreements_agency a
  WHERE ((a.id = (( SELECT gate.claim(7) AS claim))::uuid) AND ((a.type)::text = 'early_help'::text))))));

-- on: cases_service
create policy keepers_add as permissive for insert to {eh_web}
    with check ( SELECT gate.keeps_directory() AS keeps_directory);

-- on: cases_service
create policy keepers_change as permissive for update to {eh_web}
    using ( SELECT gate.keeps_directory() AS keeps_directory);

-- on: cases_uncheckedservice
create policy keepers_clear as permissive for update to {eh_web}
    using ( SELECT gate.keeps_directory() AS keeps_directory);

-- on: sharing_agreements_switchedoffpack
create policy leads_switch_off as permissive for insert to {eh_web}
    with check ((( SELECT gate.drafts_for() AS drafts_for) IS NOT NULL) AND (switched_by_id = ( SELECT gate.practitioner_id() AS practitioner_id)));

-- on: sharing_agreements_switchedoffpack
create policy leads_switch_on as permissive for delete to {eh_web}
    using (( SELECT gate.drafts_for() AS drafts_for) IS NOT NULL);

-- on: cases_action, cases_actionprogress, cases_answer, cases_assessment, cases_assessmentanswer, cases_assessmentform, cases_case, cases_casemove, cases_childincase, cases_childlevel, cases_childseen, cases_childwords, cases_closingdetail, cases_closingsummary, cases_consenttohelp, cases_cover, cases_custody, cases_event, cases_eventdetail, cases_expectedagency, cases_familycopy, cases_familymember, cases_flag, cases_handover, cases_healthcontact, cases_household, cases_householdmember, cases_keepapart, cases_leadassignment, cases_leadnotice, cases_liftednotsafetotell, cases_meeting, cases_meetinginvitation, cases_meetingminutes, cases_meetingplace, cases_meetingpoint, cases_need, cases_needdetail, cases_note, cases_notedetail, cases_notsafetotell, cases_objection, cases_outcome, cases_ownplan, cases_ownplanaim, cases_pin, cases_planconcern, cases_relationship, cases_retentionanswer, cases_retentionreview, cases_review, cases_reviewdetail, cases_reviewscore, cases_safecontact, cases_schoolplace, cases_service, cases_servicereferral, cases_servicereferralstep, cases_signoff, cases_snooze, cases_staffsafetynote, cases_stepup, cases_stepupanswer, cases_stepupdetail, cases_teammember, cases_threshold, cases_thresholdtrial, cases_uncheckedservice, cases_watch, cases_watchprompt, referrals_adultofconcern, referrals_agencycheck, referrals_attachment, referrals_checkanswer, referrals_checkanswerdetail, referrals_checkanswerhubonly, referrals_checksopening, referrals_clockmark, referrals_contact, referrals_contactentry, referrals_decision, referrals_decisiondetail, referrals_devicekey, referrals_disagreement, referrals_disagreementrung, referrals_draft, referrals_draftattachment, referrals_feedback, referrals_feedbackread, referrals_followup, referrals_followupstep, referrals_gradechange, referrals_guidanceread, referrals_hubflag, referrals_hubflagsnooze, referrals_hubthreshold, referrals_importmapping, referrals_importreject, referrals_maildomain, referrals_match, referrals_noticecopy, referrals_outsideaccess, referrals_question, referrals_queuefilter, referrals_releasedattachment, referrals_releaserefusal, referrals_releaserequest, referrals_report, referrals_reportaddition, referrals_reportdetail, referrals_reportedadult, referrals_reportedchild, referrals_reportedchilddetail, referrals_reporthubonly, referrals_reportimport, referrals_reportplace, referrals_restrictedmatch, referrals_runganswer, referrals_schoolnotice, referrals_secondlook, referrals_wrongchildmark, sharing_agreements_address, sharing_agreements_agreement, sharing_agreements_agreementdocument, sharing_agreements_agreementexample, sharing_agreements_agreementmove, sharing_agreements_agreementrequest, sharing_agreements_agreementwarning, sharing_agreements_clause, sharing_agreements_conflict, sharing_agreements_emergencyaccess, sharing_agreements_emergencynotice, sharing_agreements_examplealarm, sharing_agreements_family, sharing_agreements_identity, sharing_agreements_identitydetail, sharing_agreements_namevariant, sharing_agreements_notification, sharing_agreements_notificationchoice, sharing_agreements_owndetails, sharing_agreements_party, sharing_agreements_person, sharing_agreements_personlink, sharing_agreements_postcover, sharing_agreements_recordexception, sharing_agreements_recordsystem, sharing_agreements_simulationline, sharing_agreements_simulationrun, sharing_agreements_submission, sharing_agreements_switchedoffpack, sharing_agreements_systemkey
create policy maintenance as permissive for all to {eh_owner}
    using ( SELECT gate.in_maintenance() AS in_maintenance)
    with check ( SELECT gate.in_maintenance() AS in_maintenance);

-- on: cases_action, cases_actionprogress, cases_answer, cases_assessment, cases_case, cases_casemove, cases_childincase, cases_childlevel, cases_childseen, cases_closingsummary, cases_consenttohelp, cases_cover, cases_custody, cases_event, cases_expectedagency, cases_familymember, cases_flag, cases_healthcontact, cases_household, cases_householdmember, cases_keepapart, cases_leadassignment, cases_leadnotice, cases_liftednotsafetotell, cases_meeting, cases_meetinginvitation, cases_meetingplace, cases_need, cases_note, cases_notsafetotell, cases_objection, cases_outcome, cases_ownplan, cases_ownplanaim, cases_pin, cases_planconcern, cases_relationship, cases_retentionanswer, cases_retentionreview, cases_review, cases_reviewscore, cases_safecontact, cases_schoolplace, cases_servicereferral, cases_servicereferralstep, cases_signoff, cases_snooze, cases_staffsafetynote, cases_stepup, cases_stepupanswer, cases_teammember, cases_watch, cases_watchprompt, referrals_checkanswer, referrals_contact, referrals_decision, referrals_feedback, referrals_feedbackread, referrals_followup, referrals_report, referrals_reportedchild, referrals_reportplace, referrals_wrongchildmark, sharing_agreements_address, sharing_agreements_identity
create policy may_be_read as permissive for select to {eh_web}
    using (((owner_no = ( SELECT gate.agency_no() AS agency_no)) AND ((((( SELECT gate.own_agency_kinds() AS own_agency_kinds) >> (kind)::integer) & (1)::bigint) = 1) OR ((team_no = ( SELECT gate.team_no() AS team_no)) AND (((( SELECT gate.own_team_kinds() AS own_team_kinds) >> (kind)::integer) & (1)::bigint) = 1)) OR (( SELECT gate.own_self() AS own_self) AND (author_no = ( SELECT gate.practitioner_no() AS practitioner_no))) OR (( SELECT gate.own_self() AS own_self) AND (( SELECT gate.practitioner_no() AS practitioner_no) = ANY (workers)) AND (facts_until >= ( SELECT gate.today() AS today)) AND (kind <> 4)))) OR ((sent_to_no = ( SELECT gate.agency_no() AS agency_no)) AND (( SELECT gate.receives() AS receives) OR (sent_to_practitioner_no = ( SELECT gate.practitioner_no() AS practitioner_no)))) OR (get_bit(
CASE
    WHEN (happened_on > ( SELECT ((gate.today() - '1 year'::interval))::date AS date)) THEN ( SELECT gate.mask(2, 12, false) AS mask)
    WHEN (happened_on > ( SELECT ((gate.today() - '3 years'::interval))::date AS date)) THEN ( SELECT gate.mask(2, 36, false) AS mask)
    ELSE ( SELECT gate.mask(2, 0, false) AS mask)
END, (("bit" + ((COALESCE(consent_until, '-infinity'::date) >= ( SELECT gate.today() AS today)))::integer))::bigint))::boolean OR ((( SELECT gate.agency_no() AS agency_no) = ANY (involved)) AND (facts_until >= ( SELECT gate.today() AS today)) AND (get_bit(
CASE
    WHEN (happened_on > ( SELECT ((gate.today() - '1 year'::interval))::date AS date)) THEN ( SELECT gate.mask(2, 12, true) AS mask)
    WHEN (happened_on > ( SELECT ((gate.today() - '3 years'::interval))::date AS date)) THEN ( SELECT gate.mask(2, 36, true) AS mask)
    ELSE ( SELECT gate.mask(2, 0, true) AS mask)
END, (("bit" + ((COALESCE(consent_until, '-infinity'::date) >= ( SELECT gate.today() AS today)))::integer))::bigint))::boolean) OR ((kind <> 4) AND (about && ( SELECT gate.emergency_people() AS emergency_people))) OR ((kind <> 4) AND (id = ANY (( SELECT gate.shared_records(2) AS shared_records)::uuid[]))));

-- on: cases_assessmentanswer, cases_childwords, cases_closingdetail, cases_eventdetail, cases_familycopy, cases_handover, cases_meetingminutes, cases_meetingpoint, cases_needdetail, cases_notedetail, cases_reviewdetail, cases_stepupdetail, referrals_adultofconcern, referrals_agencycheck, referrals_attachment, referrals_checkanswerdetail, referrals_checkanswerhubonly, referrals_checksopening, referrals_clockmark, referrals_contactentry, referrals_decisiondetail, referrals_disagreement, referrals_disagreementrung, referrals_followupstep, referrals_gradechange, referrals_hubflag, referrals_hubflagsnooze, referrals_match, referrals_noticecopy, referrals_question, referrals_releasedattachment, referrals_releaserefusal, referrals_releaserequest, referrals_reportaddition, referrals_reportdetail, referrals_reportedadult, referrals_reportedchilddetail, referrals_reporthubonly, referrals_runganswer, referrals_schoolnotice, referrals_secondlook, sharing_agreements_identitydetail
create policy may_be_read as permissive for select to {eh_web}
    using (((owner_no = ( SELECT gate.agency_no() AS agency_no)) AND ((((( SELECT gate.own_agency_kinds() AS own_agency_kinds) >> (kind)::integer) & (1)::bigint) = 1) OR ((team_no = ( SELECT gate.team_no() AS team_no)) AND (((( SELECT gate.own_team_kinds() AS own_team_kinds) >> (kind)::integer) & (1)::bigint) = 1)) OR (( SELECT gate.own_self() AS own_self) AND (author_no = ( SELECT gate.practitioner_no() AS practitioner_no))) OR (( SELECT gate.own_self() AS own_self) AND (( SELECT gate.practitioner_no() AS practitioner_no) = ANY (workers)) AND (facts_until >= ( SELECT gate.today() AS today)) AND (kind <> 4)))) OR ((sent_to_no = ( SELECT gate.agency_no() AS agency_no)) AND (( SELECT gate.receives() AS receives) OR (sent_to_practitioner_no = ( SELECT gate.practitioner_no() AS practitioner_no)))) OR (get_bit(
CASE
    WHEN (happened_on > ( SELECT ((gate.today() - '1 year'::interval))::date AS date)) THEN ( SELECT gate.mask(3, 12, false) AS mask)
    WHEN (happened_on > ( SELECT ((gate.today() - '3 years'::interval))::date AS date)) THEN ( SELECT gate.mask(3, 36, false) AS mask)
    ELSE ( SELECT gate.mask(3, 0, false) AS mask)
END, (("bit" + ((COALESCE(consent_until, '-infinity'::date) >= ( SELECT gate.today() AS today)))::integer))::bigint))::boolean OR ((( SELECT gate.agency_no() AS agency_no) = ANY (involved)) AND (facts_until >= ( SELECT gate.today() AS today)) AND (get_bit(
CASE
    WHEN (happened_on > ( SELECT ((gate.today() - '1 year'::interval))::date AS date)) THEN ( SELECT gate.mask(3, 12, true) AS mask)
    WHEN (happened_on > ( SELECT ((gate.today() - '3 years'::interval))::date AS date)) THEN ( SELECT gate.mask(3, 36, true) AS mask)
    ELSE ( SELECT gate.mask(3, 0, true) AS mask)
END, (("bit" + ((COALESCE(consent_until, '-infinity'::date) >= ( SELECT gate.today() AS today)))::integer))::bigint))::boolean) OR ((kind <> 4) AND (about && ( SELECT gate.emergency_people() AS emergency_people))) OR ((kind <> 4) AND (id = ANY (( SELECT gate.shared_records(3) AS shared_records)::uuid[]))));

-- on: sharing_agreements_agreement
create policy may_be_read as permissive for select to {eh_web}
    using (((state)::text = ANY ((ARRAY['proposed'::character varying, 'signed'::character varying, 'suspended'::character varying, 'replaced'::character varying])::text[])) OR (drafter_id = ( SELECT gate.drafts_for() AS drafts_for)) OR (((state)::text = 'ended'::text) AND gate.was_proposed(id)));

-- on: sharing_agreements_agreementdocument
create policy may_be_read as permissive for select to {eh_web}
    using (EXISTS ( SELECT
   FROM sharing_agreements_agreement a
  WHERE (a.id = sharing_agreements_agreementdocument.agreement_id)));

-- on: sharing_agreements_agreementexample
create policy may_be_read as permissive for select to {eh_web}
    using (EXISTS ( SELECT
   FROM sharing_agreements_agreement a
  WHERE (a.id = sharing_agreements_agreementexample.agreement_id)));

-- on: sharing_agreements_agreementmove
create policy may_be_read as permissive for select to {eh_web}
    using (EXISTS ( SELECT
   FROM sharing_agreements_agreement a
  WHERE (a.id = sharing_agreements_agreementmove.agreement_id)));

-- on: sharing_agreements_agreementwarning
create policy may_be_read as permissive for select to {eh_web}
    using (EXISTS ( SELECT
   FROM sharing_agreements_agreement a
  WHERE (a.id = sharing_agreements_agreementwarning.agreement_id)));

-- on: sharing_agreements_clause
create policy may_be_read as permissive for select to {eh_web}
    using (EXISTS ( SELECT
   FROM sharing_agreements_agreement a
  WHERE (a.id = sharing_agreements_clause.agreement_id)));

-- on: sharing_agreements_examplealarm
create policy may_be_read as permissive for select to {eh_web}
    using (EXISTS ( SELECT
   FROM sharing_agreements_agreementexample e
  WHERE (e.id = sharing_agreements_examplealarm.example_id)));

-- on: sharing_agreements_party
create policy may_be_read as permissive for select to {eh_web}
    using (EXISTS ( SELECT
   FROM sharing_agreements_agreement a
  WHERE (a.id = sharing_agreements_party.agreement_id)));

-- on: sharing_agreements_switchedoffpack
create policy may_be_read as permissive for select to {eh_web}
    using true;

-- on: sharing_agreements_simulationrun
create policy of_the_parties as permissive for select to {eh_web}
    using (gate.may_simulate(agreement_id) AND ((for_agency_id IS NULL) OR (for_agency_id = gate.drafts_for())));

-- on: cases_case
create policy offerer_changes as permissive for update to {eh_web}
    using (( SELECT gate.writes() AS writes) AND (sent_to_no = ( SELECT gate.agency_no() AS agency_no)) AND ( SELECT gate.receives() AS receives))
    with check true;

-- on: cases_retentionanswer
create policy only_managers_answer as restrictive for insert to {eh_web}
    with check (( SELECT gate.claim(9) AS claim) = 'manager'::text);

-- on: cases_retentionreview
create policy only_managers_decide as restrictive for update to {eh_web}
    using (( SELECT gate.claim(9) AS claim) = 'manager'::text)
    with check (((status)::text <> 'waiting'::text) AND (((status)::text <> 'proposed'::text) OR (proposed_by_id = ( SELECT gate.practitioner_id() AS practitioner_id))) AND (((status)::text <> 'marked'::text) OR (agreed_by_id = ( SELECT gate.practitioner_id() AS practitioner_id))));

-- on: cases_liftednotsafetotell
create policy only_the_hub_lifts as restrictive for insert to {eh_web}
    with check (( SELECT gate.claim(9) AS claim) = ANY (ARRAY['decision_maker'::text, 'navigator'::text, 'emergency_duty'::text]));

-- on: sharing_agreements_agreement
create policy opens_draft as permissive for insert to {eh_web}
    with check (((state)::text = 'draft'::text) AND (drafter_id = ( SELECT gate.drafts_for() AS drafts_for)));

-- on: sharing_agreements_recordsystem
create policy own_agency as permissive for select to {eh_web}
    using ((agency_id = ( SELECT (gate.claim(7))::uuid AS claim)) AND (( SELECT gate.claim(9) AS claim) = ANY (ARRAY['administrator'::text, 'governance_lead'::text])));

-- on: sharing_agreements_postcover
create policy own_agency_arranges as permissive for insert to {eh_web}
    with check ((made_by_id = ( SELECT gate.practitioner_id() AS practitioner_id)) AND (ended_at IS NULL) AND (EXISTS ( SELECT
   FROM ((sharing_agreements_post p
     JOIN sharing_agreements_agency a ON ((a.id = p.agency_id)))
     JOIN sharing_agreements_post c ON ((c.agency_id = p.agency_id)))
  WHERE ((p.id = sharing_agreements_postcover.post_id) AND (a.no = ( SELECT gate.agency_no() AS agency_no)) AND (c.practitioner_id = sharing_agreements_postcover.practitioner_id) AND (c.practitioner_id <> p.practitioner_id) AND ((p.practitioner_id = ( SELECT gate.practitioner_id() AS practitioner_id)) OR (( SELECT gate.claim(9) AS claim) = ANY (ARRAY['coordinator'::text, 'manager'::text, 'administrator'::text])))))));

-- on: sharing_agreements_postcover
create policy own_agency_ends as permissive for update to {eh_web}
    using (EXISTS ( SELECT
   FROM (sharing_agreements_post p
     JOIN sharing_agreements_agency a ON ((a.id = p.agency_id)))
  WHERE ((p.id = sharing_agreements_postcover.post_id) AND (a.no = ( SELECT gate.agency_no() AS agency_no)) AND ((p.practitioner_id = ( SELECT gate.practitioner_id() AS practitioner_id)) OR (( SELECT gate.claim(9) AS claim) = ANY (ARRAY['coordinator'::text, 'manager'::text, 'administrator'::text]))))));

-- on: sharing_agreements_postcover
create policy own_agency_reads as permissive for select to {eh_web}
    using (EXISTS ( SELECT
   FROM (sharing_agreements_post p
     JOIN sharing_agreements_agency a ON ((a.id = p.agency_id)))
  WHERE ((p.id = sharing_agreements_postcover.post_id) AND (a.no = ( SELECT gate.agency_no() AS agency_no)))));

-- on: sharing_agreements_notificationchoice
create policy own_choice as permissive for all to {eh_web}
    using (practitioner_id = ( SELECT gate.practitioner_id() AS practitioner_id))
    with check (practitioner_id = ( SELECT gate.practitioner_id() AS practitioner_id));

-- on: sharing_agreements_conflict
create policy own_conflicts as permissive for all to {eh_web}
    using ((practitioner_id = ( SELECT gate.practitioner_id() AS practitioner_id)) AND (NOT detected))
    with check ((practitioner_id = ( SELECT gate.practitioner_id() AS practitioner_id)) AND (NOT detected));

-- on: sharing_agreements_owndetails
create policy own_details as permissive for select to {eh_web}
    using (practitioner_id = ( SELECT gate.practitioner_id() AS practitioner_id));

-- on: referrals_draftattachment
create policy own_draft as permissive for all to {eh_web}
    using (EXISTS ( SELECT
   FROM referrals_draft d
  WHERE ((d.id = referrals_draftattachment.draft_id) AND (d.author_id = ( SELECT gate.practitioner_id() AS practitioner_id)))))
    with check (EXISTS ( SELECT
   FROM referrals_draft d
  WHERE ((d.id = referrals_draftattachment.draft_id) AND (d.author_id = ( SELECT gate.practitioner_id() AS practitioner_id)))));

-- on: referrals_draft
create policy own_drafts as permissive for all to {eh_web}
    using (author_id = ( SELECT gate.practitioner_id() AS practitioner_id))
    with check (author_id = ( SELECT gate.practitioner_id() AS practitioner_id));

-- on: referrals_queuefilter
create policy own_filter as permissive for all to {eh_web}
    using (practitioner_id = ( SELECT gate.practitioner_id() AS practitioner_id))
    with check (practitioner_id = ( SELECT gate.practitioner_id() AS practitioner_id));

-- on: sharing_agreements_submission
create policy own_forms as permissive for all to {eh_web}
    using (practitioner_id = ( SELECT gate.practitioner_id() AS practitioner_id))
    with check (practitioner_id = ( SELECT gate.practitioner_id() AS practitioner_id));

-- on: referrals_devicekey
create policy own_keys as permissive for all to {eh_web}
    using (practitioner_id = ( SELECT gate.practitioner_id() AS practitioner_id))
    with check (practitioner_id = ( SELECT gate.practitioner_id() AS practitioner_id));

-- on: sharing_agreements_emergencynotice
create policy own_notices as permissive for select to {eh_web}
    using (practitioner_id = ( SELECT gate.practitioner_id() AS practitioner_id));

-- on: sharing_agreements_notification
create policy own_notifications as permissive for select to {eh_web}
    using (practitioner_id = ( SELECT gate.practitioner_id() AS practitioner_id));

-- on: referrals_guidanceread
create policy own_reads as permissive for all to {eh_web}
    using (practitioner_id = ( SELECT gate.practitioner_id() AS practitioner_id))
    with check (practitioner_id = ( SELECT gate.practitioner_id() AS practitioner_id));

-- on: cases_thresholdtrial
create policy own_trials as permissive for all to {eh_web}
    using (practitioner_id = ( SELECT gate.practitioner_id() AS practitioner_id))
    with check ((practitioner_id = ( SELECT gate.practitioner_id() AS practitioner_id)) AND (counted_at IS NULL) AND (( SELECT gate.claim(9) AS claim) = ANY (ARRAY['coordinator'::text, 'manager'::text, 'administrator'::text])));

-- on: referrals_schoolnotice
create policy police_alone as restrictive for select to {eh_web}
    using (owner_no = ( SELECT gate.agency_no() AS agency_no));

-- on: referrals_checkanswer
create policy stays_in_the_room as restrictive for select to {eh_web}
    using ((owner_no = ( SELECT gate.agency_no() AS agency_no)) OR (sent_to_no = ( SELECT gate.agency_no() AS agency_no)) OR (id = ANY (( SELECT gate.shared_records(2) AS shared_records)::uuid[])));

-- on: referrals_checkanswerdetail
create policy stays_in_the_room as restrictive for select to {eh_web}
    using ((owner_no = ( SELECT gate.agency_no() AS agency_no)) OR (sent_to_no = ( SELECT gate.agency_no() AS agency_no)) OR (id = ANY (( SELECT gate.shared_records(3) AS shared_records)::uuid[])));

-- on: sharing_agreements_emergencyaccess
create policy tells as permissive for select to {eh_worker}
    using (( SELECT gate.job() AS job) = 'tell_of_emergency'::text);

-- on: sharing_agreements_emergencynotice
create policy tells as permissive for all to {eh_worker}
    using (( SELECT gate.job() AS job) = 'tell_of_emergency'::text)
    with check (( SELECT gate.job() AS job) = 'tell_of_emergency'::text);

-- on: sharing_agreements_recordexception
create policy the_owners as permissive for select to {eh_web}
    using ((owner_no = ( SELECT gate.agency_no() AS agency_no)) AND (( SELECT gate.receives() AS receives) OR (( SELECT gate.claim(9) AS claim) = 'governance_lead'::text) OR (made_by_id = ( SELECT gate.practitioner_id() AS practitioner_id))));

-- on: cases_threshold, referrals_hubthreshold
create policy the_partnership_sets as permissive for update to {eh_web}
    using (( SELECT gate.claim(9) AS claim) = ANY (ARRAY['coordinator'::text, 'manager'::text, 'administrator'::text]));

-- on: referrals_restrictedmatch
create policy told as permissive for select to {eh_web}
    using ((recipient_id = ( SELECT gate.practitioner_id() AS practitioner_id)) OR ((hub_id = ( SELECT (gate.claim(7))::uuid AS claim)) AND (( SELECT gate.claim(9) AS claim) = 'manager'::text)));

-- on: referrals_importreject
create policy with_its_import as permissive for select to {eh_web}
    using (EXISTS ( SELECT
   FROM referrals_reportimport r
  WHERE (r.id = referrals_importreject.run_id)));

-- on: sharing_agreements_simulationline
create policy with_its_run as permissive for select to {eh_web}
    using (EXISTS ( SELECT
   FROM sharing_agreements_simulationrun r
  WHERE (r.id = sharing_agreements_simulationline.run_id)));

-- on: referrals_reportimport
create policy with_its_system as permissive for select to {eh_web}
    using (EXISTS ( SELECT
   FROM sharing_agreements_recordsystem s
  WHERE (s.id = referrals_reportimport.system_id)));

-- on: sharing_agreements_systemkey
create policy with_its_system as permissive for select to {eh_web}
    using (EXISTS ( SELECT
   FROM sharing_agreements_recordsystem s
  WHERE (s.id = sharing_agreements_systemkey.system_id)));

-- on: sharing_agreements_agreement
create policy writes_draft as permissive for update to {eh_web}
    using (((state)::text = 'draft'::text) AND (drafter_id = ( SELECT gate.drafts_for() AS drafts_for)));

-- on: sharing_agreements_agreementdocument
create policy writes_draft as permissive for all to {eh_web}
    using (EXISTS ( SELECT
   FROM sharing_agreements_agreement a
  WHERE ((a.id = sharing_agreements_agreementdocument.agreement_id) AND ((a.state)::text = 'draft'::text) AND (a.drafter_id = ( SELECT gate.drafts_for() AS drafts_for)))));

-- on: sharing_agreements_agreementexample
create policy writes_draft as permissive for all to {eh_web}
    using (EXISTS ( SELECT
   FROM sharing_agreements_agreement a
  WHERE ((a.id = sharing_agreements_agreementexample.agreement_id) AND ((a.state)::text = 'draft'::text) AND (a.drafter_id = ( SELECT gate.drafts_for() AS drafts_for)))));

-- on: sharing_agreements_clause
create policy writes_draft as permissive for all to {eh_web}
    using (EXISTS ( SELECT
   FROM sharing_agreements_agreement a
  WHERE ((a.id = sharing_agreements_clause.agreement_id) AND ((a.state)::text = 'draft'::text) AND (a.drafter_id = ( SELECT gate.drafts_for() AS drafts_for)))));

-- on: sharing_agreements_party
create policy writes_draft as permissive for all to {eh_web}
    using (EXISTS ( SELECT
   FROM sharing_agreements_agreement a
  WHERE ((a.id = sharing_agreements_party.agreement_id) AND ((a.state)::text = 'draft'::text) AND (a.drafter_id = ( SELECT gate.drafts_for() AS drafts_for)))));

-- on: cases_action, cases_actionprogress, cases_answer, cases_assessment, cases_assessmentanswer, cases_case, cases_casemove, cases_childincase, cases_childlevel, cases_childseen, cases_childwords, cases_closingdetail, cases_closingsummary, cases_consenttohelp, cases_cover, cases_custody, cases_event, cases_eventdetail, cases_expectedagency, cases_familycopy, cases_familymember, cases_flag, cases_handover, cases_healthcontact, cases_household, cases_householdmember, cases_keepapart, cases_leadassignment, cases_leadnotice, cases_liftednotsafetotell, cases_meeting, cases_meetinginvitation, cases_meetingminutes, cases_meetingplace, cases_meetingpoint, cases_need, cases_needdetail, cases_note, cases_notedetail, cases_notsafetotell, cases_objection, cases_outcome, cases_ownplan, cases_ownplanaim, cases_pin, cases_planconcern, cases_relationship, cases_retentionanswer, cases_retentionreview, cases_review, cases_reviewdetail, cases_reviewscore, cases_safecontact, cases_schoolplace, cases_servicereferral, cases_servicereferralstep, cases_signoff, cases_snooze, cases_staffsafetynote, cases_stepup, cases_stepupanswer, cases_stepupdetail, cases_teammember, cases_watch, cases_watchprompt, referrals_adultofconcern, referrals_agencycheck, referrals_attachment, referrals_checkanswer, referrals_checkanswerdetail, referrals_checkanswerhubonly, referrals_checksopening, referrals_clockmark, referrals_contact, referrals_contactentry, referrals_decision, referrals_decisiondetail, referrals_disagreement, referrals_disagreementrung, referrals_feedback, referrals_feedbackread, referrals_followup, referrals_followupstep, referrals_gradechange, referrals_hubflag, referrals_hubflagsnooze, referrals_match, referrals_noticecopy, referrals_question, referrals_releasedattachment, referrals_releaserefusal, referrals_releaserequest, referrals_report, referrals_reportaddition, referrals_reportdetail, referrals_reportedadult, referrals_reportedchild, referrals_reportedchilddetail, referrals_reporthubonly, referrals_reportplace, referrals_runganswer, referrals_schoolnotice, referrals_secondlook, referrals_wrongchildmark, sharing_agreements_address, sharing_agreements_identity, sharing_agreements_identitydetail
create policy writes_own as permissive for insert to {eh_web}
    with check ((owner_no = ( SELECT gate.agency_no() AS agency_no)) AND (author_no = ( SELECT gate.practitioner_no() AS practitioner_no)) AND ( SELECT gate.writes() AS writes));

CREATE OR REPLACE FUNCTION gate.acknowledge_notice(copy uuid, at_time timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare one referrals_noticecopy%rowtype;
begin
    select * into one from referrals_noticecopy n where n.id = copy;
    if not found or not coalesce(
           one.sent_to_no = gate.agency_no() and one.sent_to_practitioner_no = gate.practitioner_no()
           and gate.is_briefed() and one.withdrawn_at is null and not one.about && gate.denied_people()
           and not gate.agency_no() = any(one.hidden_from)
           and (one.restricted = 0 or gate.practitioner_no() = any(one.allowed)), false) then
        raise exception 'no such notice' using errcode = 'EH404';
    end if;
    if one.acknowledged_at is not null then
        return false;
    end if;
    update referrals_noticecopy set acknowledged_at = at_time, version = version + 1 where id = copy;
    update referrals_schoolnotice
       set acknowledged_at = at_time, acknowledged_by_id = gate.practitioner_id(), version = version + 1
     where id = one.notice_id and acknowledged_at is null;
    return true;
end
$function$;

CREATE OR REPLACE FUNCTION gate.act_as(practitioner_no integer, practitioner uuid, post uuid, agency_no smallint, agency uuid, team_no integer, role text, purpose text)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
    before constant text := coalesce(current_setting('earlyhelp.principal', true), '');
    payload constant text := concat_ws('|', 'p', gate.nonce(), practitioner_no, practitioner, post, agency_no, agency,
                                       coalesce(team_no, 0), role, purpose);
    key gate.secret%rowtype;
begin
    select * into key from gate.secret;
    perform set_config('earlyhelp.principal', payload || '#'
        || encode(sha256(key.outer_key || sha256(key.inner_key || convert_to(payload, 'UTF8'))), 'hex'), true);
    return before;
end
$function$;

CREATE OR REPLACE FUNCTION gate.add_record_system(system uuid, named text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    c constant text[] := gate.claims();
    itself constant uuid := gen_random_uuid();
    its_post constant uuid := gen_random_uuid();
begin
    if c[1] is distinct from 'p' or c[9] not in ('administrator', 'governance_lead') then
        return false;
    end if;
    perform pg_advisory_xact_lock(hashtextextended('gate.add_record_system', 0));
    if exists (select from sharing_agreements_recordsystem s
                where s.agency_id = c[7]::uuid and s.name = named and s.ended_at is null) then
        return false;
    end if;
    insert into sharing_agreements_practitioner
           (id, no, provider, subject, email, name, phone, password, is_active, is_demonstration)
    select itself, (select coalesce(max(w.no), 0) + 1 from sharing_agreements_practitioner w),
           'system', system::text, '', named, '', '!', false, me.is_demonstration
      from sharing_agreements_practitioner me where me.id = c[4]::uuid;
    insert into sharing_agreements_post (id, practitioner_id, agency_id, role, title, starts_on)
    values (its_post, itself, c[7]::uuid, 'reporter', 'Record system', gate.today());
    insert into sharing_agreements_recordsystem (id, agency_id, post_id, name, added_by_id, added_at)
    values (system, c[7]::uuid, its_post, named, c[4]::uuid, now());
    return true;
end
$function$;

CREATE OR REPLACE FUNCTION gate.add_school_term(first_day date, last_day date)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    if gate.claim(9) is null or gate.claim(9) not in ('coordinator', 'manager', 'administrator') then
        raise exception 'no such setting' using errcode = 'EH403';
    end if;
    if last_day < first_day or exists (
        select from sharing_agreements_schoolterm t
         where t.first_day <= add_school_term.last_day and t.last_day >= add_school_term.first_day) then
        return false;
    end if;
    insert into sharing_agreements_schoolterm values (add_school_term.first_day, add_school_term.last_day);
    return true;
end
$function$;

CREATE OR REPLACE FUNCTION gate.add_schools(schools jsonb)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    c constant text[] := gate.claims();
    made integer;
begin
    if c[1] is distinct from 'p' or c[9] is distinct from 'administrator' then
        return 0;
    end if;
    perform pg_advisory_xact_lock(hashtextextended('gate.add_schools', 0));
    insert into sharing_agreements_agency
           (id, no, name, short_name, type, district, phone, out_of_hours_phone, email, controller, sensitive, urn, uprn)
    select gen_random_uuid(), (select coalesce(max(a.no), 0) from sharing_agreements_agency a) + s.place,
           s.name, s.short_name, 'school', own.district, s.phone, '', s.email, '', false, s.urn, s.uprn
      from (select x.*, row_number() over (order by x.place_in_file) as place
              from (select e ->> 'name' as name, e ->> 'short_name' as short_name, e ->> 'urn' as urn,
                           e ->> 'uprn' as uprn, e ->> 'email' as email, e ->> 'phone' as phone, n as place_in_file
                      from jsonb_array_elements(schools) with ordinality l (e, n)) x
             where not exists (select from sharing_agreements_agency a where a.urn = x.urn or a.name = x.name)) s,
           sharing_agreements_agency own
     where own.id = c[7]::uuid;
    get diagnostics made = row_count;
    return made;
end
$function$;

CREATE OR REPLACE PROCEDURE gate.admit_job(IN target text, IN job text)
 LANGUAGE plpgsql
AS $procedure$
begin
    execute format('create policy %I on %I to eh_worker using ((select gate.job()) = %L) with check ((select gate.job()) = %L)',
                   'job_' || job, target, job, job);
end
$procedure$;

CREATE OR REPLACE FUNCTION gate.agencies_that_looked(family uuid)
 RETURNS TABLE(agency_no smallint, looks bigint, first_at timestamp with time zone, last_at timestamp with time zone)
 LANGUAGE sql
 PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    select a.no, count(*), min(d.at), max(d.at)
      from gate.looks_at(family) d
      join sharing_agreements_agency a on a.id = d.agency_id
     where d.outcome in ('seen', 'done')
       and (not a.sensitive or a.no = gate.agency_no() or gate.claim(9) in ('manager', 'governance_lead'))
     group by a.no order by 4 desc
$function$;

CREATE OR REPLACE FUNCTION gate.agency_no()
 RETURNS smallint
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare c constant text[] := gate.claims();
begin
    return case when c[1] = 'p' then c[6]::smallint end;
end
$function$;

CREATE OR REPLACE FUNCTION gate.agreement_digest(wanted uuid)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$ select encode(sha256(convert_to(gate.agreement_words(wanted), 'UTF8')), 'hex') $function$;

CREATE OR REPLACE FUNCTION gate.agreement_words(wanted uuid)
 RETURNS text
 LANGUAGE sql
 STABLE
 SET search_path TO 'public', 'pg_temp'
AS $function$
    select jsonb_pretty(jsonb_build_object(
        'reference', a.reference, 'version', a.version, 'title', a.title, 'overarching', a.overarching,
        'parent', a.parent_id, 'replaces', a.replaces_id,
        'purposes', (select jsonb_agg(p order by p) from unnest(a.purposes) p), 'powers', a.powers,
        'aim', a.aim, 'lawful_basis', a.lawful_basis, 'retention', a.retention,
        'incident_contact', a.incident_contact, 'rights_contact', a.rights_contact, 'dpia_reference', a.dpia_reference,
        'starts_on', a.starts_on, 'ends_on', a.ends_on, 'review_on', a.review_on,
        'parties', (select jsonb_agg(jsonb_build_object('agency', g.name, 'no', g.no, 'capacity', p.capacity) order by g.no)
                      from sharing_agreements_party p join sharing_agreements_agency g on g.id = p.agency_id
                     where p.agreement_id = a.id),
        'clauses', (select jsonb_agg(jsonb_build_object(
                        'number', c.number, 'provider', coalesce(provider.name, c.provider_type || c.in_provider_district),
                        'recipient', coalesce(recipient.name, c.recipient_type || c.in_recipient_district), 'roles', to_jsonb(c.recipient_roles),
                        'kind', c.kind, 'level', c.level, 'needs_involvement', c.needs_involvement,
                        'needs_consent', c.needs_consent, 'stages', to_jsonb(c.stages), 'how_far_back', c.how_far_back)
                        order by c.number)
                      from (select x.*, coalesce(' in ' || nullif(x.provider_district, ''), '') as in_provider_district,
                                   coalesce(' in ' || nullif(x.recipient_district, ''), '') as in_recipient_district
                              from sharing_agreements_clause x) c
                      left join sharing_agreements_agency provider on provider.id = c.provider_agency_id
                      left join sharing_agreements_agency recipient on recipient.id = c.recipient_agency_id
                     where c.agreement_id = a.id),
        'documents', (select jsonb_agg(jsonb_build_object('title', d.title, 'digest', d.digest) order by d.title)
                        from sharing_agreements_agreementdocument d where d.agreement_id = a.id))
        || coalesce((
            select jsonb_build_object('examples', jsonb_agg(jsonb_build_object(
                        'number', e.number, 'must_see', e.must_see, 'recipient', coalesce(recipient.name, e.recipient_type),
                        'group', e.recipient_group, 'district', e.recipient_district, 'role', e.role,
                        'purpose', e.purpose, 'provider', coalesce(provider.name, e.provider_type), 'kind', e.kind,
                        'level', e.level, 'is_involved', e.is_involved, 'agrees', e.agrees, 'stage', e.stage, 'age', e.age)
                        order by e.number))
              from sharing_agreements_agreementexample e
              left join sharing_agreements_agency provider on provider.id = e.provider_agency_id
              left join sharing_agreements_agency recipient on recipient.id = e.recipient_agency_id
             where e.agreement_id = a.id having count(*) > 0), '{}'))
      from sharing_agreements_agreement a where a.id = wanted
$function$;

CREATE OR REPLACE FUNCTION gate.all_rows(condition text)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select string_agg(gate.fact_rows(g.table_name, condition), ' union all ' order by g.table_name) from gate.governed g $function$;

CREATE OR REPLACE FUNCTION gate.allow_list_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    if tg_op <> 'INSERT' then
        perform gate.refresh_people(array[old.content_object_id]);
    end if;
    if tg_op <> 'DELETE' then
        perform gate.refresh_people(array[new.content_object_id]);
    end if;
    return null;
end
$function$;

CREATE OR REPLACE FUNCTION gate.answer_detected(practitioner uuid, said text, because text)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare settled integer;
begin
    perform gate.require_reason(because);
    if coalesce(said, '') not in ('confirmed', 'lifted') then
        raise exception 'a connection is confirmed or lifted' using errcode = '23514';
    end if;
    if not gate.answers_for(practitioner) then
        raise exception 'there is no such connection to answer for' using errcode = 'EH403';
    end if;
    update sharing_agreements_conflict c
       set answer = said, answered_at = now(), answered_by_id = gate.practitioner_id(), answered_because = trim(because),
           ended_at = case when said = 'lifted' then now() end
     where c.practitioner_id = practitioner and c.detected and c.ended_at is null and c.answer = '';
    get diagnostics settled = row_count;
    if settled = 0 then
        raise exception 'there is no such connection to answer for' using errcode = 'EH403';
    end if;
    return settled;
end
$function$;

CREATE OR REPLACE FUNCTION gate.answers_for(practitioner uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    select coalesce(gate.claim(9) in ('governance_lead', 'manager') and practitioner <> gate.practitioner_id()
                    and exists (select from sharing_agreements_post p
                                  join sharing_agreements_agency a on a.id = p.agency_id and a.no = gate.agency_no()
                                 where p.practitioner_id = practitioner and p.starts_on <= gate.today()
                                   and (p.ends_on is null or p.ends_on >= gate.today())), false)
$function$;

CREATE OR REPLACE FUNCTION gate.any_right()
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
declare
    c constant text[] := gate.claims();
    opens boolean;
begin
    if c[1] is distinct from 'p' then
        return c[1] is not null;
    end if;
    select m.bits is not null into opens
      from gate.mask m
     where m.agency_no = c[6]::smallint and m.role = c[9] and m.purpose = c[10] and m.day = gate.today()
       and m.version = (select v.version from gate.rules_version v)
       and m.level = 1 and m.back = 12 and m.involved;
    return coalesce(opens, gate.mask(1, 12, true) is not null)
        or exists (select from gate.holder h, gate.role r
                    where h.agency_no = c[6]::smallint and r.role = c[9]
                      and (r.own_self or r.receives or r.own_agency_kinds <> 0 or r.own_team_kinds <> 0))
        or gate.emergency_people() is not null
        or gate.shared_records(1) is not null;
end
$function$;

CREATE OR REPLACE FUNCTION gate.append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$ begin raise exception 'the disclosure log is append-only' using errcode = 'EH403'; end $function$;

CREATE OR REPLACE FUNCTION gate.approve_mail_domain(domain text, force uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare plain constant text := lower(trim(domain));
begin
    if gate.claim(9) is distinct from 'administrator' or not exists (
        select from sharing_agreements_agency a where a.id = force and a.type in ('police', 'transport_police')) then
        raise exception 'no such force' using errcode = 'EH403';
    end if;
    if plain !~ '^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$' or length(plain) > 253 then
        return false;
    end if;
    insert into referrals_maildomain (domain, agency_id) values (plain, force) on conflict do nothing;
    return found;
end
$function$;

CREATE OR REPLACE FUNCTION gate.are_swapped(a_given text[], a_family text[], b_given text[], b_family text[])
 RETURNS boolean
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
begin
    return (a_given && b_family or gate.mistyped(a_given[1], b_family[cardinality(b_family)]))
       and (a_family && b_given or gate.mistyped(a_family[cardinality(a_family)], b_given[1]));
end
$function$;

CREATE OR REPLACE FUNCTION gate.as_of(rows gate.past_row[], on_day date)
 RETURNS SETOF gate.past_row
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    with known as materialized (
        select * from unnest(rows) r where r.known_on <= on_day
    ), people as materialized (
        select array_agg(row(p.id, x.stage, x.involved, x.workers, x.lead_no, x.consent_until, x.facts_until,
                             x.restricted, x.address_hidden)::sharing_agreements_personfacts) as facts
          from (select distinct unnest(about) as id from known) p,
               lateral gate.facts_of(gate.same_person(p.id), on_day) x
    ), sets as materialized (
        select s.*, f.stage, f.involved, f.consent_until, f.facts_until, f.restricted
          from (select distinct about, person_id, kind = 2 as locates from known) s
         cross join people
         cross join lateral gate.facts_from(people.facts, s.about, s.person_id, case when s.locates then 2 else 1 end::smallint) f
    ), withheld as materialized (
        select x.record_id, coalesce(array_agg(a.no) filter (where x.ended_at is null), '{}') as now,
               coalesce(array_agg(a.no) filter (where gate.held_on(x.made_at, x.ended_at, on_day)), '{}') as that_day
          from sharing_agreements_recordexception x
          join sharing_agreements_agency a on a.id = x.agency_id
         where x.verb = 'withhold' and x.record_id in (select k.id from known k)
         group by 1
    )
    select k.happening, k.level, k.known_on, k.id, k.person_id, k.about, k.happened_on,
           array(select h from unnest(k.hidden_from) h where h <> all (coalesce(w.now, '{}'))) || w.that_day,
           k.kind, k.owner_no, null::integer, k.sent_to_no, s.stage, s.involved, s.consent_until, s.facts_until,
           s.restricted, null::integer[]
      from known k
      join sets s on s.about = k.about and s.person_id is not distinct from k.person_id and s.locates = (k.kind = 2)
      left join withheld w on w.record_id = k.id
$function$;

CREATE OR REPLACE FUNCTION gate.ask_outside_code(access uuid, mail text, named text, telephone text)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    address constant text := lower(trim(mail));
    -- A quoted local part may hold an @, and then mail goes elsewhere than the first domain says: plain addresses alone.
    force_id constant uuid := (select d.agency_id from referrals_maildomain d
                                where d.domain = substring(address from '^[a-z0-9._%+''-]+@([a-z0-9.-]+)$'));
begin
    if force_id is null then
        return 'unknown';
    end if;
    perform pg_advisory_xact_lock(hashtextextended('gate.ask_outside_code ' || force_id, 0));
    delete from gate.outside_secret s using referrals_outsideaccess o
     where o.id = s.access_id and o.used_at is null and o.asked_at < now() - interval '1 day';
    delete from referrals_outsideaccess o where o.used_at is null and o.asked_at < now() - interval '1 day';
    if 3 <= (select count(*) from referrals_outsideaccess o
              where o.email = address and o.asked_at > now() - interval '1 hour')
       or 60 <= (select count(*) from referrals_outsideaccess o
                  where o.agency_id = force_id and o.asked_at > now() - interval '1 hour') then
        return 'too_many';
    end if;
    insert into referrals_outsideaccess (id, agency_id, email, name, phone, asked_at, attempts)
    values (access, force_id, address, named, telephone, now(), 0);
    return 'asked';
end
$function$;

CREATE OR REPLACE FUNCTION gate.asked_of_group(sentence text)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE
AS $function$
declare asked text := regexp_replace(regexp_replace(sentence,
    '\(select gate\.(shared_records)\((\d)\)\)(::uuid\[\])?', 'asker_\1_\2', 'g'),
    '\(select gate\.(agency_no|practitioner_no|team_no|own_agency_kinds|own_team_kinds|own_self|receives|denied_people|emergency_people)\(\)\)',
    'asker_\1', 'g');
begin
    if replace(asked, 'gate.today()', '') ~ 'gate\.' then
        raise exception 'a simulation has no column for what this asks: %', asked;
    end if;
    return asked;
end
$function$;

CREATE OR REPLACE FUNCTION gate.askers_of(person uuid, agency uuid)
 RETURNS gate.asker[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    select array_agg((w.no, w.id, p.id, g.no, g.id, coalesce(t.no, 0), p.role, null)::gate.asker)
      from sharing_agreements_post p
      join sharing_agreements_practitioner w on w.id = p.practitioner_id and w.is_active
      join sharing_agreements_agency g on g.id = p.agency_id
      left join sharing_agreements_team t on t.id = p.team_id
     where p.practitioner_id = person and p.agency_id = agency
       and p.starts_on <= gate.today() and (p.ends_on is null or p.ends_on >= gate.today())
       and (w.trained_until is null or w.trained_until >= gate.today())
$function$;

CREATE OR REPLACE FUNCTION gate.begin(p_agency smallint, p_role text, p_purpose text)
 RETURNS text
 LANGUAGE plpgsql
 PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare current_version constant bigint := (select version from gate.rules_version);
begin
    -- One transaction writes them; whoever comes meanwhile computes their own and does not wait for it to end.
    if exists (select from public.sharing_agreements_agency a where a.no = p_agency)
       and exists (select from gate.role r where r.role = p_role)
       and p_purpose = any('{reporting,triage,early_help,keeping_in_touch,school_notice,oversight,governance,evaluation,own_account}')
       and not exists (select from gate.mask m where m.agency_no = p_agency and m.role = p_role and m.purpose = p_purpose
                      and m.day = gate.today() and m.version = current_version)
       and pg_try_advisory_xact_lock(hashtextextended(format('gate.begin %s|%s|%s', p_agency, p_role, p_purpose), 0)) then
        insert into gate.mask
        select p_agency, p_role, p_purpose, gate.today(), current_version, l, b, i, c.bits
          from generate_series(1, 3) l
         cross join unnest('{0,36,12}'::integer[]) b
         cross join unnest('{f,t}'::boolean[]) i
          left join gate.compute_masks(p_agency, p_role, p_purpose) c
            on c.level = l and c.back = b and c.involved = i
        on conflict do nothing;
        delete from gate.mask m where m.agency_no = p_agency and m.role = p_role and m.purpose = p_purpose
           and (m.day < gate.today() or m.version < current_version);
    end if;
    return gate.nonce();
end
$function$;

CREATE OR REPLACE FUNCTION gate.begin_counting(one sharing_agreements_simulationrun)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    wanted constant integer := gate.parts_to_count() - 1;
    parts integer;
begin
    perform gate.prepare_simulation(
        one.id, array[gate.suppose(one.agreement_id, one.supposed, one.agency_id, one.starts_on, one.ends_on)], one.from_day,
        case when one.practitioner_id is not null
             then coalesce(gate.askers_of(one.practitioner_id, one.for_agency_id), '{}') end);
    with bound as (
        select '00000000-0000-0000-0000-000000000000'::uuid as id
        union
        select b from unnest((select percentile_disc(array(select i::float8 / wanted from generate_series(1, wanted - 1) i))
                                        within group (order by f.id) from sharing_agreements_family f)) b
         where b is not null
    )
    insert into gate.simulated_part
    select one.id, 1, null, null
    union all
    select one.id, 1 + row_number() over (order by b.id), b.id, lead(b.id) over (order by b.id) from bound b;
    get diagnostics parts = row_count;
    analyze gate.simulated_shape, gate.simulated_group, gate.simulated_reach;
    return parts;
end
$function$;

CREATE OR REPLACE FUNCTION gate.begin_emergency(family uuid, child_name text, child_born date, why text)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    found_people uuid[];
    found_family uuid := family;
    made uuid := gen_random_uuid();
    folded_name constant text := gate.folded(child_name);
begin
    perform gate.require_reason(why);
    if not gate.writes() or coalesce(gate.claim(9) = 'outside_reporter', false) then
        raise exception 'this role has no emergency access' using errcode = 'EH403';
    end if;
    if family is null then
        if folded_name = '' or child_born is null then
            raise exception 'a full name and a date of birth are needed' using errcode = '23514';
        end if;
        execute format($sql$
            select array_agg(distinct i.person_id) from sharing_agreements_identity i
             where i.born_on = $1 and i.born_precision = 'day' and %s
               and gate.folded(i.family_name) <> ''
               and $2 in (gate.folded(nullif(i.given_name, '') || ' ' || i.family_name),
                          gate.folded(nullif(i.known_as, '') || ' ' || i.family_name))
            $sql$, gate.denial()) into found_people using child_born, folded_name;
        found_people := array(select distinct m from unnest(found_people) p, unnest(gate.same_person(p)) m);
        found_family := gate.family_of(found_people);
    end if;
    if found_family is not null then
        found_people := array(select distinct unnest(coalesce(found_people, '{}') || gate.people_of_family(found_family)));
    end if;
    found_people := array(select p from unnest(found_people) p
                           where p <> all (gate.denied_people()) and p <> all (gate.closed_people('see_restricted')));
    if found_people = '{}' then
        return null;
    end if;
    insert into sharing_agreements_emergencyaccess
        (id, practitioner_id, post_id, agency_no, family_id, people, told, reason, started_at, ends_at, outcome, review_words)
    values (made, gate.practitioner_id(), gate.claim(5)::uuid, gate.agency_no(), found_family, found_people,
            gate.holders_about(found_people), trim(why), now(), now() + gate.emergency_hours(), '', '');
    return made;
end
$function$;

CREATE OR REPLACE FUNCTION gate.born_from(born_on date, how text)
 RETURNS date
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$ select case when how in ('day', 'month', 'year') then born_on else (born_on - interval '1 year')::date end $function$;

CREATE OR REPLACE FUNCTION gate.born_level(a date, a_how text, b date, b_how text)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
    x text;
    y text;
begin
    if a is null or b is null or 'unknown' in (a_how, b_how) then
        return 'born_unknown';
    elsif a_how = 'due' or b_how = 'due' then
        return case when a_how = b_how and abs(a - b) <= 21 then 'born_due' else 'born_other' end;
    elsif a_how <> 'day' or b_how <> 'day' then
        return case when gate.born_from(a, a_how) <= gate.born_until(b, b_how)
                     and gate.born_from(b, b_how) <= gate.born_until(a, a_how) then 'born_part' else 'born_other' end;
    end if;
    x := to_char(a, 'YYYYMMDD');
    y := to_char(b, 'YYYYMMDD');
    return case
        when a = b then case when right(x, 4) = '0101' then 'born_guess' else 'born_same' end
        when left(x, 4) = left(y, 4) and substr(x, 5, 2) = right(y, 2) and right(x, 2) = substr(y, 5, 2) then 'born_flipped'
        when abs(a - b) = 1 or public.levenshtein_less_equal(x, y, 1) = 1 then 'born_mistyped'
        when right(x, 4) = right(y, 4) and abs(a - b) < 4000 or left(x, 6) = left(y, 6)
          or left(x, 4) = left(y, 4) and right(x, 2) = right(y, 2) then 'born_near'
        when left(x, 4) = left(y, 4) and '0101' in (right(x, 4), right(y, 4)) then 'born_part'
        else 'born_other' end;
end
$function$;

CREATE OR REPLACE FUNCTION gate.born_rule(a date, a_how text, b date, b_how text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    select case
        when a is null or b is null or 'unknown' in (a_how, b_how) then 'unknown'
        when a_how = 'due' or b_how = 'due' then
            case when a_how = b_how and abs(a - b) <= 21 then 'due' else 'different' end
        when a = b and a_how = 'day' and b_how = 'day' then
            case when extract(month from a) = 1 and extract(day from a) = 1 then 'guess' else 'same' end
        when a_how <> 'day' or b_how <> 'day' then
            case when gate.born_from(a, a_how) <= gate.born_until(b, b_how)
                  and gate.born_from(b, b_how) <= gate.born_until(a, a_how) then 'part' else 'different' end
        when abs(a - b) <= 1
          or (extract(year from a) = extract(year from b) and extract(month from a) = extract(day from b)
              and extract(day from a) = extract(month from b))
          or ((extract(year from a) = extract(year from b))::int + (extract(month from a) = extract(month from b))::int
              + (extract(day from a) = extract(day from b))::int) = 2 then 'close'
        else 'different' end
$function$;

CREATE OR REPLACE FUNCTION gate.born_until(born_on date, how text)
 RETURNS date
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    select case how when 'day' then born_on
                    when 'month' then (date_trunc('month', born_on) + interval '1 month' - interval '1 day')::date
                    when 'year' then (date_trunc('year', born_on) + interval '1 year' - interval '1 day')::date
                    else (born_on + interval '1 year')::date end
$function$;

CREATE OR REPLACE FUNCTION gate.born_years(born_on date, how text)
 RETURNS integer[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    select case when born_on is null or how in ('unknown', 'due') then '{}'
                when how in ('day', 'month', 'year') then array[extract(year from born_on)::int]
                else array(select generate_series(extract(year from gate.born_from(born_on, how))::int,
                                                  extract(year from gate.born_until(born_on, how))::int)) end
$function$;

CREATE OR REPLACE FUNCTION gate.brings_facts()
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$ select coalesce(current_setting('earlyhelp.brings_facts', true), '') = 'on' and gate.in_maintenance() $function$;

CREATE OR REPLACE FUNCTION gate.can_see(practitioner uuid, newest integer)
 RETURNS TABLE(post_id uuid, purpose text, way text, clause_id uuid, kind smallint, level integer, owner_no smallint, records bigint)
 LANGUAGE plpgsql
 PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    c constant text[] := gate.claims();
    before constant text := coalesce(current_setting('earlyhelp.principal', true), '');
    one record;
    owners smallint[];
    governed record;
    more gate.fact_row[];
    rows gate.fact_row[];
begin
    if coalesce(gate.claim(9), '') <> 'governance_lead' then
        return;
    end if;
    for one in
        select p.id, w.no, w.id as practitioner, p.role::text, t.no as team_no, r.purpose
          from sharing_agreements_post p
          join sharing_agreements_practitioner w on w.id = p.practitioner_id and w.is_active
          left join sharing_agreements_team t on t.id = p.team_id
         cross join lateral (select x.purpose from gate.rules(gate.today(), c[6]::smallint, p.role::text) x
                              union select 'own_account' order by 1) r
         where p.practitioner_id = can_see.practitioner and p.agency_id = c[7]::uuid
           and p.starts_on <= gate.today() and (p.ends_on is null or p.ends_on >= gate.today())
           and (w.trained_until is null or w.trained_until >= gate.today())
    loop
        perform gate.act_as(one.no, one.practitioner, one.id, c[6]::smallint, c[7]::uuid, one.team_no, one.role, one.purpose);
        perform gate.keep_clauses(c[6]::smallint, one.role, one.purpose);
        owners := array(select a.provider_no from gate.own_clauses() a union select c[6]::smallint);
        rows := '{}';
        for governed in select g.table_name, gate.depth(g.level) as depth from gate.governed g order by 1 loop
            execute format('select array_agg(held::gate.fact_row) from (%s) held',
                           gate.rows_to_count(governed.table_name, governed.depth))
               into more using owners, newest;
            rows := rows || more;
        end loop;
        return query
        select one.id, one.purpose, s.way, s.clause_id, s.kind, s.level, s.owner_no, count(distinct s.record_id)
          from gate.explain_rows(rows) s
         where s.way = 'clause' or one.purpose = 'own_account'
         group by s.way, s.clause_id, s.kind, s.level, s.owner_no;
    end loop;
    perform set_config('earlyhelp.principal', before, true);
end
$function$;

CREATE OR REPLACE FUNCTION gate.changes_of(clauses gate.clause_shape[])
 RETURNS bytea
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare changes bytea;
begin
    execute format($sql$
        select decode(string_agg(case when stands = would_stand then '00' when would_stand then '01' else '02' end, '' order by class), 'hex')
          from (select %s as class, coalesce(bool_or(m.stands), false) as stands,
                       coalesce(bool_or(m.would_stand), false) as would_stand
                  from (select l as level, s as stage, i as works, gate.today() as facts_until,
                               (gate.today() - make_interval(months => back))::date as happened_on,
                               case when c then gate.today() end as consent_until,
                               case when i then '{1}'::smallint[] else '{}' end as involved
                          from generate_series(1, 3) l, generate_series(0, 7) s, unnest('{0,12,36}'::integer[]) back,
                               unnest('{t,f}'::boolean[]) c, unnest('{t,f}'::boolean[]) i) fact_row
                  left join unnest($1) m on %s
                 group by 1) classes$sql$, gate.class_of('fact_row.works'), gate.opened_by('1::smallint'))
       into changes using clauses;
    return changes;
end
$function$;

CREATE OR REPLACE FUNCTION gate.check_examples(wanted uuid, instead jsonb DEFAULT NULL::jsonb)
 RETURNS TABLE(example_id uuid, holds boolean, recipient_no smallint, provider_no smallint, clause_id uuid)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    one sharing_agreements_agreement%rowtype;
    examples sharing_agreements_agreementexample[];
    -- by name, so that a supposed change may come to say more
    signing constant jsonb := jsonb_build_object('agreement_id', wanted, 'verb', 'sign');
begin
    select * into one from sharing_agreements_agreement a
     where a.id = wanted and a.state not in ('ended', 'replaced')
       and (a.state <> 'draft' or a.drafter_id = gate.drafts_for() or gate.in_maintenance());
    if not found then
        return;
    end if;
    if instead is null then
        examples := array(select e from sharing_agreements_agreementexample e where e.agreement_id = wanted);
    else
        examples := array(select e from jsonb_populate_recordset(null::sharing_agreements_agreementexample, instead) e
                           where e.agreement_id = wanted);
    end if;
    return query select * from gate.example_results(
        examples, case when one.state = 'signed' and one.starts_on <= gate.today() then '{}'::gate.supposed[]
                       else array[jsonb_populate_record(null::gate.supposed, signing)] end);
end
$function$;

CREATE OR REPLACE FUNCTION gate.check_log()
 RETURNS TABLE(finding text, seal integer, row_id uuid)
 LANGUAGE sql
 STABLE
 SET search_path TO 'public', 'pg_temp'
 SET "TimeZone" TO 'UTC'
 SET "DateStyle" TO 'ISO'
AS $function$
    with chain as materialized (
        select s.*, row_number() over (order by s.number) as nth,
               lag(s.digest, 1, decode(repeat('00', 32), 'hex')) over (order by s.number) as before
          from sharing_agreements_seal s
    ), held as materialized (
        select r.seal, count(*) as count, string_agg(r.digest, '' order by r.position) as digests
          from sharing_agreements_sealedrow r group by r.seal
    ), last as (
        select c.settled from chain c order by c.number desc limit 1
    )
    select 'row changed', r.seal, r.row_id
      from sharing_agreements_sealedrow r join sharing_agreements_disclosure d on d.id = r.row_id
     where r.digest <> sha256(convert_to(gate.log_text(d), 'UTF8'))
    union all
    select 'row removed', r.seal, r.row_id from sharing_agreements_sealedrow r
     where not exists (select from sharing_agreements_disclosure d where d.id = r.row_id)
    union all
    select 'row added', null, d.id from sharing_agreements_disclosure d, last
     where d.tx < last.settled and pg_snapshot_xmin(pg_current_snapshot())::text::bigint >= last.settled
       and not exists (select from sharing_agreements_sealedrow r where r.row_id = d.id)
    union all
    select 'seal does not follow the one before', c.number, null from chain c
     where c.number <> c.nth or c.previous <> c.before
    union all
    select 'seal does not match its rows', c.number, null from chain c left join held h on h.seal = c.number
     where c.count is distinct from h.count
        or c.digest <> gate.seal_digest(c.number, c.count, c.settled, c.sealed_at, c.previous, coalesce(h.digests, ''))
    union all
    select 'rows under a seal that is gone', h.seal, null from held h where h.seal not in (select c.number from chain c)
    order by 2, 1, 3
$function$;

CREATE OR REPLACE FUNCTION gate.check_standing_examples(agreements uuid[])
 RETURNS TABLE(example_id uuid, holds boolean, recipient_no smallint, provider_no smallint, clause_id uuid)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    if gate.job() is distinct from 'check_examples' and not gate.in_maintenance() then
        raise exception 'a job does this' using errcode = 'EH403';
    end if;
    return query select * from gate.example_results(
        array(select e from sharing_agreements_agreementexample e where e.agreement_id = any(agreements)), '{}');
end
$function$;

CREATE OR REPLACE FUNCTION gate.chronology_to_look_back_at(family uuid, by_day text, headline integer)
 RETURNS gate.past_row[]
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    known_on constant text := case by_day when 'happened' then 'r.happened_on'
                                   else $sql$(r.recorded_at at time zone 'Europe/London')::date$sql$ end;
    condition constant text := format('r.family_id = $1 and kind <> 4 and %s and (owner_no = (select gate.agency_no()) or %s)',
                                      gate.denial(), gate.predicate(1));
    found gate.past_row[];
begin
    if coalesce(gate.claim(9), '') not in ('governance_lead', 'manager') or gate.claim(10) <> 'evaluation' then
        return '{}';
    end if;
    execute format('select array_agg(x.one) from (%s union all %s) x',
        gate.past_rows('cases_event', headline, 'coalesce(r.event_id, r.id)', known_on, condition),
        gate.past_rows('cases_eventdetail', 3, '(select coalesce(e.event_id, e.id) from cases_event e where e.id = r.event_id)',
                       known_on, condition))
       into found using family;
    return coalesce(found, '{}');
end
$function$;

CREATE OR REPLACE FUNCTION gate.claim(part integer)
 RETURNS text
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare c constant text[] := gate.claims();
begin
    return case when c[1] = 'p' then c[part] end;
end
$function$;

CREATE OR REPLACE FUNCTION gate.claims()
 RETURNS text[]
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
    raw constant text := current_setting('earlyhelp.principal', true);
    payload text;
    parts text[];
    key gate.secret%rowtype;
begin
    if raw is null or length(raw) < 66 then
        return null;
    end if;
    payload := left(raw, -65);
    select * into key from gate.secret;
    if encode(sha256(key.outer_key || sha256(key.inner_key || convert_to(payload, 'UTF8'))), 'hex')
       is distinct from right(raw, 64) then
        return null;
    end if;
    parts := string_to_array(payload, '|');
    if parts[2] is distinct from gate.nonce() then
        return null;
    end if;
    return parts;
end
$function$;

CREATE OR REPLACE FUNCTION gate.class_of(works text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
    select format($text$((((%s)::integer * 3 + fact_row.level - 1) * 8 + fact_row.stage) * 3
           + case when fact_row.happened_on > (select (gate.today() - interval '12 months')::date) then 0
                  when fact_row.happened_on > (select (gate.today() - interval '36 months')::date) then 1 else 2 end) * 2
           + (coalesce(fact_row.consent_until, '-infinity') >= (select gate.today()))::integer$text$, works)
$function$;

CREATE OR REPLACE FUNCTION gate.clause_words(clauses uuid[])
 RETURNS TABLE(clause_id uuid, number text, agreement_id uuid, reference text, title text, signed_on date, until date)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    select x.id, x.number::text, a.id, a.reference::text, a.title::text,
           (select (max(p.signed_at) at time zone 'Europe/London')::date from sharing_agreements_party p
             where p.agreement_id = a.id and (p.left_on is null or p.left_on > gate.today())), a.ends_on
      from sharing_agreements_clause x
      join sharing_agreements_agreement a on a.id = x.agreement_id
     where x.id = any(clauses)
$function$;

CREATE OR REPLACE FUNCTION gate.clear_hub_flags(person uuid, at_time timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare ended constant uuid[] := gate.require_ended(person);
begin
    update referrals_hubflag f
       set cleared_at = at_time, version = version + 1
     where f.cleared_at is null and f.rule <> 'feedback_late' and f.about && ended
       and (f.rule = 'back_again' and f.subject_id = any(ended)
            or not exists (
               select from (select k.person_id
                              from referrals_contact c
                              join referrals_reportedchild k on k.report_id = c.report_id
                             where c.id = f.contact_id or c.id = any(f.evidence)
                             union
                            select p from unnest(f.about) p where f.contact_id is null) child
                where not exists (select from gate.ended_people() e where e.person_id = child.person_id)));
end
$function$;

CREATE OR REPLACE FUNCTION gate.climb_flag(flag uuid, seen integer, at_time timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare one cases_flag%rowtype;
begin
    select * into one from cases_flag f where f.id = flag;
    if not found or not coalesce(gate.in_maintenance() or (
           (one.owner_no = gate.agency_no() and gate.claim(9) in ('coordinator', 'manager')
            or one.lead_no = gate.practitioner_no() or gate.practitioner_no() = any(one.workers))
           and not one.about && gate.denied_people()
           and not gate.agency_no() = any(one.hidden_from)
           and (one.restricted = 0 or gate.practitioner_no() = any(one.allowed))), false) then
        raise exception 'no such flag' using errcode = 'EH404';
    end if;
    update cases_flag set climbed_at = at_time, version = version + 1
     where id = flag and climbed_at is null and cleared_at is null and version = seen;
    return found;
end
$function$;

CREATE OR REPLACE FUNCTION gate.climbed_to_me(state text, due_on date, asked uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    select coalesce(gate.claim(9) = 'manager' and climbed_to_me.state = 'waiting'
                    and (gate.claim(7)::uuid = asked and gate.today() > due_on + 7
                         or gate.today() > due_on + 14
                            and exists (select from sharing_agreements_agency a
                                         where a.id = gate.claim(7)::uuid and a.type = 'hub')), false)
$function$;

CREATE OR REPLACE FUNCTION gate.closed_people(permission text)
 RETURNS uuid[]
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    me constant uuid := gate.practitioner_id();
    closed uuid[];
begin
    if permission = 'see_restricted' then
        closed := array(select f.person_id from sharing_agreements_personfacts f where f.restricted);
    else
        closed := array(select f.person_id from sharing_agreements_personfacts f where f.address_hidden);
    end if;
    return array(
        select p from unnest(closed) p
         where not exists (
               select from sharing_agreements_personuserobjectpermission o
                 join auth_permission a on a.id = o.permission_id and a.codename = permission
                where o.user_id = me and o.content_object_id = any(gate.same_person(p))));
end
$function$;

CREATE OR REPLACE FUNCTION gate.compared_clauses(supposing gate.supposed[], on_day date, for_recipient smallint DEFAULT NULL::smallint, for_role text DEFAULT NULL::text, for_purpose text DEFAULT NULL::text)
 RETURNS TABLE(recipient_no smallint, role text, purpose text, provider_no smallint, kind smallint, clauses gate.clause_shape[])
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    with both_worlds as materialized (
        select x.recipient_no, x.role, x.purpose, x.provider_no, x.kind, x.level, x.back, x.needs_involvement,
               x.needs_consent, x.stages, bool_or(not x.supposed) as stands, bool_or(x.supposed) as would_stand
          from (select false as supposed, r.* from gate.rules(on_day, for_recipient, for_role, for_purpose) r
                union all
                select true, r.* from gate.rules_supposing(supposing, on_day, for_recipient, for_role, for_purpose) r) x
         group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
    )
    select b.recipient_no, b.role, b.purpose, b.provider_no, b.kind,
           array_agg((b.level, b.back, b.needs_involvement, b.needs_consent, b.stages, b.stands, b.would_stand)::gate.clause_shape
                     order by b.level, b.back, b.needs_involvement, b.needs_consent, b.stages)
      from both_worlds b
     group by 1, 2, 3, 4, 5
    having bool_or(b.stands <> b.would_stand)
$function$;

CREATE OR REPLACE FUNCTION gate.compute_masks(p_agency smallint, p_role text, p_purpose text)
 RETURNS TABLE(level smallint, back smallint, involved boolean, bits bytea)
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare size constant integer := (select (max(a.no) + 1) * 64 from public.sharing_agreements_agency a);
begin
    return query
    with allowed as materialized (
        select r.provider_no * 32 + r.kind as cell, r.level, r.back, r.needs_involvement,
               gate.stage_bits(r.stages, r.needs_consent) as bits
          from gate.rules(gate.today(), p_agency, p_role, p_purpose) r
    ), cells as (
        select l, b, i, a.cell, bit_or(a.bits) as bits
          from generate_series(1, 3) l
         cross join unnest('{0,36,12}'::integer[]) b
         cross join unnest('{f,t}'::boolean[]) i
          join allowed a on a.level >= l and (a.back = 0 or (b > 0 and a.back >= b)) and (i or not a.needs_involvement)
         group by 1, 2, 3, 4
    ), pieces as (
        select c.l, c.b, c.i, c.cell, lag(c.cell, 1, -1) over (partition by c.l, c.b, c.i order by c.cell) as before,
               lpad(to_hex(((c.bits & 255) << 8) | (c.bits >> 8)), 4, '0') as two_bytes
          from cells c
    )
    select p.l::smallint, p.b::smallint, p.i,
           decode(string_agg(repeat('0000', p.cell - p.before - 1) || p.two_bytes, '' order by p.cell)
                  || repeat('0000', size / 2 - 1 - max(p.cell)), 'hex')
      from pieces p
     group by 1, 2, 3;
end
$function$;

CREATE OR REPLACE FUNCTION gate.connections_waiting(day date)
 RETURNS TABLE(practitioner_id uuid, since timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    with found as (
        select o.agency_id, c.practitioner_id as about, max(c.declared_at) as since
          from sharing_agreements_conflict c
          join sharing_agreements_post o on o.practitioner_id = c.practitioner_id
                                        and o.starts_on <= day and coalesce(o.ends_on, 'infinity') >= day
         where c.detected and c.ended_at is null and c.answer = ''
         group by 1, 2
    ), lead as (
        select f.agency_id, f.about, f.since, h.practitioner_id
          from found f join gate.holders(day, array['governance_lead']) h
            on h.agency_id = f.agency_id and h.practitioner_id <> f.about
    )
    select l.practitioner_id, l.since from lead l
     union all
    select h.practitioner_id, f.since
      from found f join gate.holders(day, array['manager']) h
        on h.agency_id = f.agency_id and h.practitioner_id <> f.about
     where not exists (select from lead l where l.agency_id = f.agency_id and l.about = f.about)
$function$;

CREATE OR REPLACE FUNCTION gate.count_part(run uuid, part gate.simulated_part)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET work_mem TO '128MB'
 SET jit TO 'off'
AS $function$
declare
    providers constant smallint[] := array(select distinct r.provider_no from gate.simulated_reach r where r.run_id = run);
    within constant text := case when part.from_id is null then 'family_id is null'
                                 when part.below_id is null then 'family_id >= $3'
                                 else 'family_id >= $3 and family_id < $4' end;
begin
    execute format($sql$
        insert into gate.simulated_count
        select $1, $5, f.group_no, f.kind, f.level, f.gained, sum(f.records), count(f.family_id)
          from (select d.group_no, d.kind, d.level, d.gained, d.family_id, count(*) as records
                  from (%s) d group by 1, 2, 3, 4, 5) f
         group by 3, 4, 5, 6$sql$,
        gate.differing(array(select g.table_name from gate.governed g), 'owner_no = any($2) and ' || within))
        using run, providers, part.from_id, part.below_id, part.no;
    delete from gate.simulated_part x where x.run_id = run and x.no = part.no;
end
$function$;

CREATE OR REPLACE FUNCTION gate.days_of_change(rows gate.past_row[], first_day date, last_day date)
 RETURNS SETOF date
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    with same as materialized (
        select distinct m from (select distinct unnest(about) as id from unnest(rows)) p, unnest(gate.same_person(p.id)) m
    ), moment as (
        select m.moved_at as at from sharing_agreements_agreementmove m
        union all select p.signed_at from sharing_agreements_party p
        union all select c.recorded_at from sharing_agreements_sharingconsent c where c.person_id in (select m from same)
        union all select s.changed_at from sharing_agreements_stagechange s where s.person_id in (select m from same)
        union all select r.lifted_at from sharing_agreements_restrictedperson r where r.person_id in (select m from same)
        union all select h.lifted_at from sharing_agreements_hiddenaddress h where h.person_id in (select m from same)
        union all select case x.verb when 'share' then x.made_at else x.ended_at end
                    from sharing_agreements_recordexception x where x.record_id in (select r.id from unnest(rows) r)
    ), day as (
        select (at at time zone 'Europe/London')::date as one from moment
        union select a.starts_on from sharing_agreements_agreement a
        union select p.left_on from sharing_agreements_party p
        union select i.starts_on from sharing_agreements_involvement i where i.person_id in (select m from same)
        union select i.ends_on + 1 from sharing_agreements_involvement i where i.person_id in (select m from same)
        union select r.known_on from unnest(rows) r
        union select first_day
    )
    select one from day where one between first_day and last_day order by one
$function$;

CREATE OR REPLACE FUNCTION gate.days_to_look_back_at(family uuid, by_day text)
 RETURNS TABLE(first_day date, last_day date)
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    select min(r.known_on), max(r.known_on) from unnest(gate.chronology_to_look_back_at(family, by_day, 2)) r
    having count(*) > 0
$function$;

CREATE OR REPLACE FUNCTION gate.declare_conflict(child_name text, child_born date, why text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare folded_name constant text := gate.folded(child_name);
begin
    perform gate.require_reason(why);
    if gate.practitioner_id() is null or folded_name = '' or child_born is null then
        raise exception 'a full name and a date of birth are needed' using errcode = '23514';
    end if;
    insert into sharing_agreements_conflict (id, practitioner_id, person_id, reason, declared_at)
    select gen_random_uuid(), gate.practitioner_id(), p, left(trim(why), 300), now()
      from (select distinct i.person_id as p from sharing_agreements_identity i
             where i.born_on = child_born and i.born_precision = 'day' and gate.folded(i.family_name) <> ''
               and folded_name in (gate.folded(nullif(i.given_name, '') || ' ' || i.family_name),
                                   gate.folded(nullif(i.known_as, '') || ' ' || i.family_name))) found
     where not exists (select from sharing_agreements_conflict c
                        where c.practitioner_id = gate.practitioner_id() and c.person_id = p and c.ended_at is null);
end
$function$;

CREATE OR REPLACE FUNCTION gate.denial(reader text DEFAULT '(select gate.agency_no())'::text, closed_people text DEFAULT '(select gate.denied_people())'::text, for_whom text DEFAULT '(select gate.practitioner_no())'::text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
    select format($text$(
        not (about && %2$s)
        and not (%1$s = any(hidden_from))
        and (restricted = 0 or (restricted = 1 and author_no = %3$s)
             or %3$s = any(allowed)))$text$, reader, closed_people, for_whom)
$function$;

CREATE OR REPLACE FUNCTION gate.denied_people()
 RETURNS uuid[]
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
declare
    c constant text[] := gate.claims();
    me constant uuid := case when c[1] = 'p' then c[4]::uuid end;
    closed constant uuid[] := array(
        select x.person_id from sharing_agreements_conflict x where x.practitioner_id = me and x.ended_at is null
        union all
        select x.person_id from sharing_agreements_practitioner x where x.id = me and x.person_id is not null);
begin
    if closed = '{}' then
        return closed;
    end if;
    return array(select distinct m from unnest(closed) p, unnest(gate.same_person(p)) m);
end
$function$;

CREATE OR REPLACE FUNCTION gate.denied_to_each()
 RETURNS TABLE(practitioner_id uuid, person_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    select distinct d.who, m
      from (select c.practitioner_id, c.person_id from sharing_agreements_conflict c where c.ended_at is null
             union all
            select p.id, p.person_id from sharing_agreements_practitioner p where p.person_id is not null) d (who, person),
           unnest(gate.same_person(d.person)) m
$function$;

CREATE OR REPLACE FUNCTION gate.depth(level text)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$ select case level when 'existence' then 1 when 'summary' then 2 else 3 end $function$;

CREATE OR REPLACE FUNCTION gate.details_or_homes(saying boolean)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
    if saying then
        perform pg_advisory_xact_lock(hashtext('own details'));
    else
        perform pg_advisory_xact_lock_shared(hashtext('own details'));
    end if;
end
$function$;

CREATE OR REPLACE FUNCTION gate.detect_conflicts(people uuid[], practitioner uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    insert into sharing_agreements_conflict
        (id, practitioner_id, person_id, reason, declared_at, detected, answer, answered_because)
    select gen_random_uuid(), found.who, found.person_id, '', now(), true, '', ''
      from (select distinct o.practitioner_id as who, i.person_id
              from sharing_agreements_identity i
              join sharing_agreements_owndetails o on o.surnames @> array[gate.folded(i.family_name)]
             where i.person_id = any(people) and (practitioner is null or o.practitioner_id = practitioner)
               and (i.born_on = o.born_on and i.born_precision = 'day' and i.author_id is distinct from o.practitioner_id
                    and nullif(gate.folded(o.given_name), '') in (gate.folded(i.given_name), gate.folded(i.known_as))
                    or exists (select from sharing_agreements_address a
                                where a.person_id = any(gate.same_person(i.person_id))
                                  and o.postcode <> '' and gate.folded_postcode(a.postcode) = o.postcode
                                  and (i.author_id is distinct from o.practitioner_id
                                       or a.author_id is distinct from o.practitioner_id)))) found
     where not exists (select from sharing_agreements_conflict c
                        where c.practitioner_id = found.who and c.person_id = any(gate.same_person(found.person_id)))
$function$;

CREATE OR REPLACE FUNCTION gate.detected_conflicts()
 RETURNS TABLE(practitioner_id uuid, since timestamp with time zone, waiting bigint, confirmed bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    with found as materialized (
        select c.practitioner_id, min(c.declared_at) as since, count(*) filter (where c.answer = '') as waiting,
               count(*) filter (where c.answer = 'confirmed') as confirmed
          from sharing_agreements_conflict c
         where c.detected and c.ended_at is null
         group by 1
    )
    select f.practitioner_id, f.since, f.waiting, f.confirmed from found f where gate.answers_for(f.practitioner_id)
$function$;

CREATE OR REPLACE FUNCTION gate.differing(tables text[], condition text)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    select format($sql$
        select group_no, table_name, id, family_id, kind, level, happened_on, change = 1 as gained
          from (
            select fact_row.*, get_byte(shape.changes, %5$s) as change, asker.no as group_no, %2$s
              from (select every_row.*, near_no
                      from (%1$s) every_row
                     cross join lateral unnest(case when facts_until >= (select gate.today()) then involved || 0::smallint
                                                    else '{0}'::smallint[] end) near_no
                    offset 0) fact_row -- so that nobody joins recipients before knowing who is near
              join gate.simulated_reach reach
                on reach.run_id = $1 and reach.near_no = fact_row.near_no and reach.provider_no = fact_row.owner_no
               and reach.kind = fact_row.kind
              join gate.simulated_shape shape on shape.run_id = $1 and shape.no = reach.shape
              join gate.simulated_group asker on asker.run_id = $1 and asker.no = reach.group_no
             where fact_row.near_no <> 0
                or not (fact_row.facts_until >= (select gate.today()) and asker.agency_no = any(fact_row.involved))) pair
         where change > 0 and %3$s and (%4$s) is not true$sql$,
        (select string_agg(gate.fact_rows(t, condition), ' union all ') from unnest(tables) t),
        (select string_agg(format('asker.%1$I as asker_%1$s', a.attname), ', ') from pg_attribute a
          where a.attrelid = 'gate.simulated_group'::regclass and a.attnum > 4 and not a.attisdropped),
        gate.asked_of_group(gate.denial()),
        gate.asked_of_group(string_agg(expression, ' or ' order by place) filter (where not by_clause)),
        gate.class_of('fact_row.near_no <> 0'))
      from gate.ways_of_row()
$function$;

CREATE OR REPLACE FUNCTION gate.drafts_for()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED
AS $function$ select case when gate.claim(9) = 'governance_lead' then gate.claim(7)::uuid end $function$;

CREATE OR REPLACE FUNCTION gate.emergency_hours()
 RETURNS interval
 LANGUAGE sql
 IMMUTABLE
AS $function$ select interval '4 hours' $function$;

CREATE OR REPLACE FUNCTION gate.emergency_people()
 RETURNS uuid[]
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
declare c constant text[] := gate.claims();
begin
    if c[1] is distinct from 'p' then
        return null;
    end if;
    return (select array_agg(distinct m)
              from sharing_agreements_emergencyaccess e, unnest(e.people) p, unnest(gate.same_person(p)) m
             where e.practitioner_id = c[4]::uuid and e.post_id = c[5]::uuid
               and e.ended_at is null and now() < e.ends_at);
end
$function$;

CREATE OR REPLACE FUNCTION gate.end_agreement(wanted uuid, why text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare one constant sharing_agreements_agreement := gate.hold_agreement(wanted, '{draft,proposed,signed,suspended}');
begin
    if one.drafter_id is distinct from gate.drafts_for()
       and not (one.drafter_id is null and gate.is_bound(one.id, signed => false)) then
        raise exception 'only the drafter ends it for everybody' using errcode = 'EH403';
    end if;
    perform gate.require_words(why, 'say why it ends');
    perform gate.move_agreement(one.id, 'end', 'ended', why);
end
$function$;

CREATE OR REPLACE FUNCTION gate.end_emergency(access uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    update sharing_agreements_emergencyaccess e set ended_at = now()
     where e.id = access and e.practitioner_id = gate.practitioner_id() and e.ended_at is null and now() < e.ends_at;
    if not found then
        raise exception 'there is no such emergency access' using errcode = 'EH403';
    end if;
end
$function$;

CREATE OR REPLACE FUNCTION gate.end_exceptions(target text, record uuid, with_agency uuid, of_verb text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare one record;
begin
    perform gate.require_own_record(target, record);
    for one in
        update sharing_agreements_recordexception x set ended_at = now()
          from gate.rows_of_record(target, record) r
         where x.table_name = r.table_name and x.record_id = r.id and x.agency_id = with_agency and x.verb = of_verb
           and x.ended_at is null
        returning x.table_name, x.record_id, x.verb
    loop
        if one.verb = 'withhold' then
            execute format('update %I set hidden_from = array_remove(hidden_from, (select no from sharing_agreements_agency
                                                                                    where id = $2)) where id = $1',
                           one.table_name) using one.record_id, with_agency;
        end if;
    end loop;
end
$function$;

CREATE OR REPLACE FUNCTION gate.end_involvement(people uuid[], agency uuid, practitioner uuid, why text, last_day date)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    perform gate.require_fact_changer(people);
    perform gate.lock_people(people);
    update sharing_agreements_involvement
       set ends_on = greatest(last_day, starts_on - 1)
     where person_id = any(people) and agency_id = agency and reason = why
       and practitioner_id is not distinct from practitioner and (ends_on is null or ends_on > last_day);
    perform gate.refresh_people(people);
end
$function$;

CREATE OR REPLACE FUNCTION gate.end_record_system(system uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare own constant sharing_agreements_recordsystem := gate.own_system(system);
begin
    if own.id is null then
        return false;
    end if;
    update sharing_agreements_systemkey set revoked_at = now(), revoked_by_id = gate.practitioner_id()
     where system_id = own.id and revoked_at is null;
    update sharing_agreements_post set ends_on = greatest(starts_on, gate.today()) where id = own.post_id;
    update sharing_agreements_recordsystem set ended_at = now(), ended_by_id = gate.practitioner_id() where id = own.id;
    return true;
end
$function$;

CREATE OR REPLACE FUNCTION gate.end_team(people uuid[], last_day date)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    perform gate.require_fact_changer(people);
    perform from sharing_agreements_personfacts where person_id = any(people) order by person_id for update;
    update sharing_agreements_involvement
       set ends_on = greatest(last_day, starts_on - 1)
     where person_id = any(people) and reason in ('lead', 'cover', 'team') and (ends_on is null or ends_on > last_day);
    perform gate.refresh_people(people);
end
$function$;

CREATE OR REPLACE FUNCTION gate.end_watch(child uuid, because text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare one cases_childincase%rowtype;
begin
    select * into one from cases_childincase c where c.id = child;
    if not found or not coalesce(gate.may_work_on(one), false) then
        raise exception 'no such child in a case' using errcode = 'EH404';
    end if;
    update cases_watch w
       set ended_on = gate.today(), ended_answer = 'back_to_help', ended_because = because, version = version + 1
     where w.case_id = one.case_id and w.person_id = one.person_id and w.ended_on is null;
end
$function$;

CREATE OR REPLACE FUNCTION gate.end_watches(step uuid, last_day date, because text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    update cases_watch w
       set ended_on = last_day, ended_answer = 'stepped_up', ended_because = because, version = w.version + 1
      from gate.stepped_up_child(step) c
     where w.person_id = c.person_id and w.ended_on is null
       and exists (select from cases_stepupanswer a where a.step_up_id = step and a.result = 'received')
$function$;

CREATE OR REPLACE FUNCTION gate.ended_people()
 RETURNS TABLE(person_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    select distinct m
      from (select distinct on (i.person_id, i.owner_id) i.person_id, i.has_died
              from sharing_agreements_identity i
             where i.person_id in (select x.person_id from sharing_agreements_identity x where x.has_died)
             order by i.person_id, i.owner_id, i.recorded_at desc, i.id) latest,
           unnest(gate.same_person(latest.person_id)) m
     where latest.has_died
$function$;

CREATE OR REPLACE FUNCTION gate.example_results(examples sharing_agreements_agreementexample[], supposing gate.supposed[])
 RETURNS TABLE(example_id uuid, holds boolean, recipient_no smallint, provider_no smallint, clause_id uuid)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    return query execute format($sql$
        with example as materialized (
            select * from unnest($1)
        ), rule as materialized (
            select * from gate.rules_supposing($2, gate.today())
        ), member as materialized (
            select p.agreement_id, p.agency_id from sharing_agreements_party p
             where p.agreement_id in (select e.agreement_id from example e) and (p.left_on is null or gate.today() < p.left_on)
        ), fact_row as materialized (
            select e.id, e.agreement_id, e.must_see, e.role, e.purpose, e.kind, gate.depth(e.level) as level,
                   reader.no as reader_no, owner.no as owner_no, e.stage::integer as stage,
                   (gate.today() - make_interval(months => e.age))::date as happened_on,
                   case when e.agrees then gate.today() end as consent_until, gate.today() as facts_until,
                   case when e.is_involved then array[reader.no] else '{}' end as involved
              from example e
              join sharing_agreements_agency reader
                on reader.id = e.recipient_agency_id
                or (reader.type = e.recipient_type and case e.recipient_group
                        when 'party' then (e.agreement_id, reader.id) in (select * from member)
                        when 'stranger' then (e.agreement_id, reader.id) not in (select * from member)
                        when 'inside' then reader.district = e.recipient_district
                        when 'outside' then reader.district <> e.recipient_district
                        else true end)
              join sharing_agreements_agency owner
                on (owner.id = e.provider_agency_id or owner.type = e.provider_type)
               and (e.agreement_id, owner.id) in (select * from member)
             where owner.no <> reader.no
        ), tried as (
            select fact_row.id, fact_row.must_see, fact_row.reader_no, fact_row.owner_no,
                   (array_agg(m.clause_id order by m.agreement_id <> fact_row.agreement_id, m.clause_id)
                        filter (where m.agreement_id = fact_row.agreement_id or not fact_row.must_see))[1] as clause_id
              from fact_row
              left join rule m on m.recipient_no = fact_row.reader_no and m.role = fact_row.role
               and m.purpose = fact_row.purpose and m.provider_no = fact_row.owner_no and m.kind = fact_row.kind and %s
             group by 1, 2, 3, 4
        ), wrong as (
            select distinct on (t.id) t.* from tried t where (t.clause_id is not null) <> t.must_see
             order by t.id, t.reader_no, t.owner_no
        )
        select e.id, w.id is null and (not e.must_see or e.id in (select t.id from tried t)),
               w.reader_no, w.owner_no, w.clause_id
          from example e
          left join wrong w on w.id = e.id$sql$, gate.opened_by('fact_row.reader_no')) using examples, supposing;
end
$function$;

CREATE OR REPLACE FUNCTION gate.examples_of(line uuid, at_most integer)
 RETURNS TABLE(family_id uuid, month date)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET jit TO 'off'
AS $function$
declare
    counted sharing_agreements_simulationline%rowtype;
    one sharing_agreements_simulationrun%rowtype;
    recipient smallint;
    scratch constant uuid := gen_random_uuid();
begin
    select * into counted from sharing_agreements_simulationline x where x.id = line;
    select * into one from sharing_agreements_simulationrun r where r.id = counted.run_id;
    select a.no into recipient from sharing_agreements_agency a where a.id = counted.agency_id;
    if gate.drafts_for() is null or one.practitioner_id is not null or gate.rules_are_as_in(one.id) is not true then
        return;
    end if;
    perform gate.prepare_simulation(
        scratch, array[gate.suppose(one.agreement_id, one.supposed, one.agency_id, one.starts_on, one.ends_on)], one.from_day,
        null, recipient, counted.role::text, counted.purpose::text);
    return query execute format($sql$
        select d.family_id, date_trunc('month', max(d.happened_on))::date from (%s) d
         where d.kind = $2 and d.level = gate.depth($3) and d.gained = $4
         group by d.family_id order by max(d.happened_on) desc, d.family_id limit $5$sql$,
        gate.differing(array(select g.table_name from gate.governed g where g.level = counted.level),
                       'family_id is not null and owner_no = (select gate.agency_no()) and ' || gate.denial()))
        using scratch, counted.kind, counted.level, counted.gained, at_most;
    perform gate.forget_simulation(scratch);
end
$function$;

CREATE OR REPLACE FUNCTION gate.explain(tables text[], ids uuid[])
 RETURNS TABLE(record_id uuid, table_name text, kind smallint, owner_no smallint, way text, clause_id uuid)
 LANGUAGE plpgsql
 PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare c constant text[] := gate.claims();
begin
    if c[1] is distinct from 'p' or cardinality(ids) is distinct from cardinality(tables) then
        return;
    end if;
    perform gate.keep_clauses(c[6]::smallint, c[9], c[10]);
    return query
    select x.record_id, x.table_name, x.kind, x.owner_no, x.way, x.clause_id
      from gate.explain_rows(gate.rows_asked_about(tables, ids)) x;
end
$function$;

CREATE OR REPLACE FUNCTION gate.explain_look(look uuid)
 RETURNS TABLE(record_id uuid, table_name text, kind smallint, owner_no smallint, way text, clause_id uuid)
 LANGUAGE plpgsql
 PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    c constant text[] := gate.claims();
    page sharing_agreements_disclosure%rowtype;
    before text;
begin
    select * into page from sharing_agreements_disclosure d
     where d.id = look and d.practitioner_id = c[4]::uuid and d.post_id = c[5]::uuid;
    if not found or c[1] is distinct from 'p' then
        return;
    end if;
    before := gate.act_as(c[3]::integer, c[4]::uuid, c[5]::uuid, c[6]::smallint, c[7]::uuid, c[8]::integer, c[9], page.purpose);
    return query
    select x.* from gate.explain(
        array(select t from jsonb_object_keys(page.tables) t, unnest(page.record_ids) i),
        array(select i from jsonb_object_keys(page.tables) t, unnest(page.record_ids) i)) x;
    perform set_config('earlyhelp.principal', before, true);
end
$function$;

CREATE OR REPLACE FUNCTION gate.explain_rows(asked_about gate.fact_row[])
 RETURNS SETOF gate.opening
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
        declare
            my_agency constant smallint := gate.agency_no();
            my_number constant integer := gate.practitioner_no();
            this_day constant date := gate.today();
        begin
            return query
        with fact_row as materialized (select * from (select * from unnest(asked_about)) every_row where (
        not (about && (select gate.denied_people()))
        and not (my_agency = any(hidden_from))
        and (restricted = 0 or (restricted = 1 and author_no = my_number)
             or my_number = any(allowed)))),
        mine as materialized (select * from gate.own_clauses())
        select fact_row.id, fact_row.table_name, fact_row.kind, fact_row.level, fact_row.owner_no, tried.way, null::uuid as clause_id
          from (select *, array_remove(array[case when owner_no = my_agency and (((select gate.own_agency_kinds()) >> kind) & 1 = 1) then 'own_agency' end, case when owner_no = my_agency and ((team_no = (select gate.team_no()) and ((select gate.own_team_kinds()) >> kind) & 1 = 1)) then 'own_team' end, case when owner_no = my_agency and (((select gate.own_self()) and author_no = my_number)) then 'own_author' end, case when owner_no = my_agency and (((select gate.own_self()) and my_number = any(workers)
           and facts_until >= this_day and kind <> 4)) then 'own_worker' end, case when ((sent_to_no = my_agency
           and ((select gate.receives()) or sent_to_practitioner_no = my_number))) then 'sent' end, case when ((kind <> 4 and about && (select gate.emergency_people()))) then 'emergency' end, case when ((level = 1 and (kind <> 4 and id = any((select gate.shared_records(1))::uuid[]))) or (level = 2 and (kind <> 4 and id = any((select gate.shared_records(2))::uuid[]))) or (level = 3 and (kind <> 4 and id = any((select gate.shared_records(3))::uuid[])))) then 'shared' end], null) as ways from fact_row) fact_row, unnest(fact_row.ways) tried (way)
        union all
        select fact_row.id, fact_row.table_name, fact_row.kind, fact_row.level, fact_row.owner_no, 'clause', m.clause_id
          from fact_row
          join mine m on m.provider_no = owner_no and m.kind = fact_row.kind
         where m.level >= fact_row.level
           and (m.stages >> stage) & 1 = 1
           and (m.back = 0 or happened_on > (this_day - make_interval(months => m.back))::date)
           and (not m.needs_consent or consent_until >= this_day)
           and (not m.needs_involvement
                or (facts_until >= this_day and my_agency = any(involved)));
        end
        $function$;

CREATE OR REPLACE FUNCTION gate.explaining(fact_rows text, carried text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
    select format($sql$
        with fact_row as materialized (select * from (%1$s) every_row where %2$s),
        mine as materialized (select * from gate.own_clauses())
        select %3$s, tried.way, null::uuid as clause_id
          from (select *, array_remove(array[%4$s], null) as ways from fact_row) fact_row, unnest(fact_row.ways) tried (way)
        union all
        select %3$s, 'clause', m.clause_id
          from fact_row
          join mine m on m.provider_no = owner_no and m.kind = fact_row.kind
         where %5$s$sql$,
        fact_rows, gate.denial(), carried,
        string_agg(format('case when %s then %L end', expression, way), ', ' order by place) filter (where not by_clause),
        gate.opened_by())
      from gate.ways_of_row()
$function$;

CREATE OR REPLACE FUNCTION gate.fact_rows(target text, condition text)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    select format('select %L::text as table_name, %s as level, %s from public.%I where %s', g.table_name,
                  gate.depth(g.level),
                  (select string_agg(a.attname, ', ' order by a.attnum) from pg_attribute a
                    where a.attrelid = (select t.typrelid from pg_type t where t.oid = 'gate.fact_row'::regtype)
                      and a.attnum > 2), g.table_name, condition)
      from gate.governed g where g.table_name = target
$function$;

CREATE OR REPLACE FUNCTION gate.facts_for(about uuid[], main uuid, kind smallint)
 RETURNS gate.facts
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    select gate.facts_from(array(select f from sharing_agreements_personfacts f where f.person_id = any(facts_for.about)),
                           facts_for.about, main, kind)
$function$;

CREATE OR REPLACE FUNCTION gate.facts_from(known sharing_agreements_personfacts[], about uuid[], main uuid, kind smallint)
 RETURNS gate.facts
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    with f as (
        select * from unnest(known) where person_id = any(case when main is null then about else array[main] end)
    ), everybody as (
        select * from unnest(known) where person_id = any(about)
    ), closings as (
        select gate.same_person(person_id) as people, 'see_restricted' as needs from everybody where everybody.restricted
        union all
        select gate.same_person(person_id), 'see_hidden_address' from everybody where kind = 2 and address_hidden
    )
    select coalesce((select stage from f order by array_position('{3,4,5,2,1,6,0}'::smallint[], stage) limit 1), 0)::smallint,
           coalesce((select array_agg(distinct n order by n) from f, unnest(f.involved) n), '{}'),
           coalesce((select array_agg(distinct n order by n) from f, unnest(f.workers) n), '{}'),
           (select lead_no from f where lead_no is not null order by person_id limit 1),
           case when exists (select from f) and not exists (select from f where consent_until is null)
                then (select min(consent_until) from f) end,
           coalesce((select min(facts_until) from f), '9999-12-31'),
           (case when exists (select from everybody where everybody.restricted) then 1 else 0 end
            + case when kind = 2 and exists (select from everybody where address_hidden) then 2 else 0 end)::smallint,
           case when exists (select from closings) then array(
               select w.no from sharing_agreements_practitioner w
                where w.id in (select o.user_id from sharing_agreements_personuserobjectpermission o
                                where o.content_object_id in (select unnest(c.people) from closings c))
                  and not exists (
                      select from closings c
                       where not exists (
                           select from sharing_agreements_personuserobjectpermission o
                             join auth_permission a on a.id = o.permission_id and a.codename = c.needs
                            where o.user_id = w.id and o.content_object_id = any(c.people)))
                order by w.no) end
$function$;

CREATE OR REPLACE FUNCTION gate.facts_of(ids uuid[], on_day date)
 RETURNS sharing_agreements_personfacts
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    with active as (
        select i.*, g.no as agency_no, p.no as practitioner_no
          from sharing_agreements_involvement i
          join sharing_agreements_agency g on g.id = i.agency_id
          left join sharing_agreements_practitioner p on p.id = i.practitioner_id
         where i.person_id = any(ids) and i.starts_on <= on_day and (i.ends_on is null or i.ends_on >= on_day)
    )
    select ids[1],
           coalesce((select s.stage from sharing_agreements_stagechange s
                      where s.person_id = any(ids) and (s.changed_at at time zone 'Europe/London')::date <= on_day
                      order by s.changed_at desc, s.id desc limit 1), 0)::smallint,
           coalesce((select array_agg(distinct a.agency_no order by a.agency_no) from active a), '{}')::smallint[],
           coalesce((select array_agg(distinct a.practitioner_no order by a.practitioner_no) from active a
                      where a.practitioner_no is not null), '{}')::integer[],
           (select a.practitioner_no from active a where a.reason = 'lead' order by a.added_at desc, a.id desc limit 1),
           (select c.until from sharing_agreements_sharingconsent c
             where c.person_id = any(ids) and (c.recorded_at at time zone 'Europe/London')::date <= on_day
             order by c.recorded_at desc, c.id desc limit 1),
           coalesce(least((select min(a.ends_on) from active a),
                          (select min(i.starts_on) - 1 from sharing_agreements_involvement i
                            where i.person_id = any(ids) and i.starts_on > on_day
                              and (i.ends_on is null or i.ends_on >= i.starts_on))), '9999-12-31'),
           exists (select from sharing_agreements_restrictedperson r
                    where r.person_id = any(ids) and gate.held_on(r.set_at, r.lifted_at, on_day)),
           exists (select from sharing_agreements_hiddenaddress h
                    where h.person_id = any(ids) and gate.held_on(h.set_at, h.lifted_at, on_day))
$function$;

CREATE OR REPLACE FUNCTION gate.families_in_touch(in_case uuid, after_day date, after_id uuid, most integer)
 RETURNS TABLE(watch_id uuid, case_id uuid, person_id uuid, ends_on date)
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    if gate.agency_no() is null then
        return;
    end if;
    return query execute format($sql$
        select id, case_id, person_id, ends_on
          from cases_watch
         where ended_on is null and on_lists and family_told_on <= gate.today()
           and gate.today() between starts_on and ends_on
           and ($1 is null or case_id = $1)
           and ($2 is null or (ends_on, id) > ($2, $3))
           and %s and %s
         order by ends_on, id limit least($4, 200)$sql$, gate.predicate(1), gate.denial())
      using in_case, after_day, after_id, most;
end
$function$;

CREATE OR REPLACE FUNCTION gate.families_to_ask_about(name text, born date)
 RETURNS TABLE(family_id uuid, records bigint, first_month date, last_month date)
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    people uuid[];
begin
    if gate.claim(9) is distinct from 'governance_lead' or gate.folded(name) = '' or born is null then
        return;
    end if;
    people := array(
        select distinct m
          from sharing_agreements_identity i, unnest(gate.same_person(i.person_id)) m
         where i.owner_no = gate.agency_no() and i.born_on = born
           and (i.given_name <> '' and gate.folded(name) = gate.folded(i.given_name || ' ' || i.family_name)
                or i.known_as <> '' and gate.folded(name) = gate.folded(i.known_as || ' ' || i.family_name)));
    return query execute format($sql$
        select family_id, count(*), date_trunc('month', min(happened_on))::date, date_trunc('month', max(happened_on))::date
          from (%s) held where %s and owner_no = (select gate.agency_no())
         group by 1 order by 4 desc, 1$sql$,
        gate.all_rows('about && $1 and family_id is not null'), gate.denial()) using people;
end
$function$;

CREATE OR REPLACE FUNCTION gate.family_level(a text[], b text[])
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
    a_whole constant text := a[cardinality(a)];
    b_whole constant text := b[cardinality(b)];
begin
    return case
        when a_whole is null or b_whole is null then 'family_unknown'
        when a_whole = b_whole or a[1:2] @> b[1:2] and b[1:2] @> a[1:2] then 'family_same'
        when a && b then 'family_part'
        when gate.mistyped(a_whole, b_whole) then 'family_mistyped'
        when gate.sound(a_whole) = gate.sound(b_whole) then 'family_sounds'
        when public.similarity(a_whole, b_whole) >= 0.3 then 'family_near'
        else 'family_other' end;
end
$function$;

CREATE OR REPLACE FUNCTION gate.family_of(people uuid[])
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    parts text;
    found_family uuid;
begin
    select string_agg(format('select family_id, recorded_at from %I where person_id = any($1) and family_id is not null',
                             g.table_name), ' union all ')
      into parts from gate.governed g;
    execute format('select family_id from (%s) x order by recorded_at desc limit 1', parts) into found_family using people;
    return found_family;
end
$function$;

CREATE OR REPLACE FUNCTION gate.find_child(asked_given text, asked_family text, born_first date, born_last date, asked_place text, asked_phone text, most integer)
 RETURNS TABLE(person_id uuid, identity_id uuid, levels text[], score real)
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET effective_io_concurrency TO '0'
AS $function$
declare
    compared constant integer := 60;  -- a family of accounts of one child fits, several times over
    given constant text[] := gate.name_words(asked_given);
    family constant text[] := gate.name_words(asked_family);
    others constant text[] := gate.variants(given);
    how constant text := case when born_first is null then 'unknown' when born_first = born_last then 'day' else 'range' end;
    years constant integer[] := case when born_first is null then '{}' else array(
        select generate_series(extract(year from born_first)::int, extract(year from born_last)::int)) end;
    keys integer[] := gate.match_keys(given || others, family, case how when 'day' then born_first end, how);
    line constant text := gate.folded_line(asked_place);
    code constant text := gate.folded_postcode(asked_place);
    is_code constant boolean := code ~ '^[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}$';
    phone constant text := gate.phone_end(asked_phone);
    facts constant integer := (given || family <> '{}')::int + (born_first is not null)::int + (line <> '')::int
                              + (phone is not null)::int;
    nobody constant text := 'select null::uuid where false';
    weights constant sharing_agreements_matchweights := gate.match_weights();
    y integer;
begin
    if not gate.any_right() or facts < 2 then
        return;
    end if;
    if how = 'range' then
        foreach y in array years loop
            keys := keys || gate.match_keys(given || others, family, make_date(y, 1, 1), 'year');
        end loop;
    end if;
    -- What was not asked for is left out: planning its policy would take longer than all the rest.
    return query execute format($sql$
        with place (person_id) as materialized (%1$s), rung (identity_id) as materialized (%2$s), found as materialized (
            select i.id, i.person_id, i.given_words, i.family_words, i.born_on, i.born_precision,
                   i.person_id = any(array(select p.person_id from place p)) as is_there,
                   i.id = any(array(select r.identity_id from rung r)) as is_rung
              from sharing_agreements_identity i
             where (i.match_keys && $1 %3$s %4$s) and %5$s and %6$s
             order by gate.promise($2, $3, $7, $8, $9, i.given_words, i.family_words, i.born_on, i.born_precision)
                      + case when i.person_id = any(array(select p.person_id from place p)) then 3 else 0 end
                      + case when i.id = any(array(select r.identity_id from rung r)) then 3 else 0 end desc, i.person_id
             limit $13
        ), level as materialized (
            select f.id, f.person_id,
                   gate.name_levels($2, $3, $7, f.given_words, f.family_words)
                   || case when $8::date is null or f.born_on is null or f.born_precision = 'unknown' then 'born_unknown'
                           when $8 = $9 then gate.born_level($8, 'day', f.born_on, f.born_precision)
                           when gate.born_from(f.born_on, f.born_precision) <= $9
                            and gate.born_until(f.born_on, f.born_precision) >= $8 then 'born_part'
                           else 'born_other' end
                   || case when $4 = '' then '{}' when not f.is_there then '{line_unknown}'
                           when $14 then '{postcode_same}' else '{line_same}' end::text[]
                   || case when f.is_rung then 'phone_same' else 'phone_unknown' end as levels
              from found f
        ), weighed as materialized (
            select l.*, gate.weigh(l.levels, $10) as score from level l
        )
        select * from (
            select distinct on (w.person_id) w.person_id, w.id, w.levels, w.score from weighed w where w.score >= $11
             order by w.person_id, w.score desc, w.id) best
         order by best.score desc, best.person_id
         limit least($12, 50) $sql$,
        case when line = '' then nobody else format(
            'select a.person_id from sharing_agreements_address a where %s and %s and %s',
            case when is_code then 'gate.folded_postcode(a.postcode) = $5 and a.postcode <> '''''
                 else 'a.folded like $4 || ''%'' and a.folded <> ''''' end, gate.predicate(2), gate.denial()) end,
        case when phone is null then nobody else format(
            'select d.identity_id from sharing_agreements_identitydetail d where gate.phone_end(d.phone) = $6 and %s and %s',
            gate.predicate(3), gate.denial()) end,
        case when line <> '' then 'or i.person_id = any(array(select p.person_id from place p))' else '' end,
        case when phone is not null then 'or i.id = any(array(select r.identity_id from rung r))' else '' end,
        gate.predicate(1), gate.denial())
      using keys, given, others, line, code, phone, family, born_first, born_last, weights.weights, weights.show_from, most,
            compared, is_code;
end
$function$;

CREATE OR REPLACE FUNCTION gate.find_people(asked_name text, born_first date, born_last date, asked_place text, asked_phone text, most integer)
 RETURNS TABLE(person_id uuid, identity_id uuid, likeness real)
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    name constant text := gate.folded(asked_name);
    line constant text := gate.folded_line(asked_place);
    code constant text := gate.folded_postcode(asked_place);
    phone constant text := right(regexp_replace(coalesce(asked_phone, ''), '\D', '', 'g'), 9);
    facts constant integer := (name <> '')::int + (born_first is not null)::int + (line <> '')::int + (phone <> '')::int;
begin
    if not gate.any_right() or facts = 0
       or (facts < 2 and gate.claim(9) not in ('decision_maker', 'navigator', 'emergency_duty')) then
        return;
    end if;
    perform gate.set_likeness();
    return query execute format($sql$
        select distinct on (found.person_id) found.person_id, found.id, word_similarity($1, found.search_text)
          from (select * from sharing_agreements_identity
                 where %5$s
                   and ($2 is null or (born_on is not null and born_precision <> 'unknown'
                        and gate.born_from(born_on, born_precision) <= $3
                        and gate.born_until(born_on, born_precision) >= $2))
                   and %1$s and %2$s) found
         where ($4 = '' or exists (
                    select from (select * from sharing_agreements_address
                                  where (folded like $4 || '%%' or gate.folded_postcode(postcode) = $5)
                                    and %3$s and %2$s) home
                     where home.person_id = any(gate.same_person(found.person_id))))
           and ($6 = '' or exists (
                    select from (select * from sharing_agreements_identitydetail
                                  where right(regexp_replace(phone, '\D', '', 'g'), 9) = $6 and %4$s and %2$s) rung
                     where rung.person_id = any(gate.same_person(found.person_id))))
         order by found.person_id, word_similarity($1, found.search_text) desc, found.id
         limit least($7, 200) $sql$,
        gate.predicate(1), gate.denial(), gate.predicate(2), gate.predicate(3),
        case when name ~ '[^a-z0-9 ]' then 'string_to_array($1, '' '') <@ (given_words || family_words)'
             else '($1 = '''' or $1 <% search_text)' end)
      using name, born_first, born_last, line, code, phone, most;
end
$function$;

CREATE OR REPLACE FUNCTION gate.finish_simulation(run uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    insert into sharing_agreements_simulationline
        (id, run_id, agency_id, role, purpose, kind, level, gained, records, families)
    select gen_random_uuid(), run, a.id, alike.role, alike.purpose, c.kind,
           (array['existence', 'summary', 'full'])[c.level], c.gained, c.records, c.families
      from (select x.group_no, x.kind, x.level, x.gained, sum(x.records) as records, sum(x.families) as families
              from gate.simulated_count x where x.run_id = run group by 1, 2, 3, 4) c
      join gate.simulated_group g on g.run_id = run and g.no = c.group_no
      join sharing_agreements_agency a on a.no = g.agency_no
     cross join unnest(g.roles, g.purposes) alike (role, purpose);
    perform gate.forget_simulation(run);
    update sharing_agreements_simulationrun r set done_at = clock_timestamp() where r.id = run;
end
$function$;

CREATE OR REPLACE FUNCTION gate.first_day_apart(starts_on date, ends_on date, other_start date, other_end date)
 RETURNS date
 LANGUAGE sql
 STABLE
AS $function$
    select min(d) from unnest(array[gate.today(), starts_on, ends_on + 1, other_start, other_end + 1]) d
     where d >= gate.today() and (d between starts_on and ends_on) <> (d between other_start and other_end)
$function$;

CREATE OR REPLACE FUNCTION gate.first_days_in_force()
 RETURNS TABLE(agreement_id uuid, first_day date)
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED
AS $function$ select * from gate.first_days_supposing('{}', gate.today()) $function$;

CREATE OR REPLACE FUNCTION gate.first_days_supposing(supposing gate.supposed[], on_day date)
 RETURNS TABLE(agreement_id uuid, first_day date)
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED
AS $function$
    with change as materialized (
        select * from unnest(supposing)
    ), move as (
        select m.agreement_id, m.to_state, (m.moved_at at time zone 'Europe/London')::date as day, 0 as last, m.moved_at, m.no
          from public.sharing_agreements_agreementmove m
        union all
        select x.agreement_id, case when x.verb in ('sign', 'resume') then 'signed' else 'ended' end, on_day, 1, null, null
          from change x where x.verb in ('sign', 'resume', 'suspend', 'end')
    ), spell as (
        select m.agreement_id, m.to_state, m.day as from_day, lead(m.day) over of_one as until_day
          from move m
        window of_one as (partition by m.agreement_id order by m.day, m.last, m.moved_at, m.no)
    ), settled as (
        select p.agreement_id,
               max(coalesce(least((p.signed_at at time zone 'Europe/London')::date, p.left_on, signs.day), 'infinity')) as day
          from public.sharing_agreements_party p
          left join (select x.agreement_id, on_day as day from change x where x.verb = 'sign') signs
            on signs.agreement_id = p.agreement_id
         group by 1
    ), dated as (
        select a.id,
               case x.verb when 'dates' then x.starts_on when 'sign' then least(a.starts_on, on_day) else a.starts_on end as starts_on,
               case x.verb when 'dates' then x.ends_on else a.ends_on end as ends_on
          from public.sharing_agreements_agreement a
          left join change x on x.agreement_id = a.id
    )
    select a.id, min(began.day)
      from dated a
      join spell on spell.agreement_id = a.id and spell.to_state = 'signed'
      join settled on settled.agreement_id = a.id
     cross join lateral (select greatest(spell.from_day, a.starts_on, settled.day) as day) began
     where began.day <= a.ends_on
       and (spell.until_day is null or began.day < spell.until_day)
     group by a.id
$function$;

CREATE OR REPLACE FUNCTION gate.first_sight_of_whole(family uuid, on_day date, by_day text)
 RETURNS TABLE(day date, agency_no smallint, role text, purpose text)
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select * from gate.first_whole(gate.chronology_to_look_back_at(family, by_day, 2), on_day) $function$;

CREATE OR REPLACE FUNCTION gate.first_whole(rows gate.past_row[], on_day date)
 RETURNS TABLE(day date, agency_no smallint, role text, purpose text)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    whole constant uuid[] := array(select distinct r.happening from unnest(rows) r where r.known_on <= on_day);
    among constant gate.past_row[] := array(select r from unnest(rows) r where r.happening = any(whole));
    one date;
begin
    for one in
        select d from gate.days_of_change(among, (
            select max(known) from (select min(r.known_on) as known from unnest(among) r group by r.happening) x), gate.today()) d
         order by d
    loop
        return query
        with seen as materialized (select * from gate.seen_on(among, one))
        select one, who.agency_no, who.role, who.purpose
          from (select distinct s.agency_no, s.role, s.purpose from seen s) who
          left join gate.role r on r.role = who.role
          join seen s on s.agency_no = who.agency_no
           and case s.way when 'own' then true when 'clause' then (s.role, s.purpose) = (who.role, who.purpose)
                    else coalesce(r.receives, true) end
         group by 2, 3, 4
        having count(distinct s.happening) = cardinality(whole)
         order by 2, 3, 4;
        if found then
            return;
        end if;
    end loop;
end
$function$;

CREATE OR REPLACE FUNCTION gate.fold_address()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    new.folded := case when gate.folded(new.line) = '' then ''
                       else left(gate.folded_line(new.line) || '|' || gate.folded_postcode(new.postcode), 200) end;
    return new;
end
$function$;

CREATE OR REPLACE FUNCTION gate.fold_identity()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    new.born_on := case new.born_precision when 'month' then date_trunc('month', new.born_on)::date
                                           when 'year' then date_trunc('year', new.born_on)::date
                                           else new.born_on end;
    if new.born_on is null then
        new.born_precision := 'unknown';
    end if;
    new.search_text := gate.folded(concat_ws(' ', new.given_name, new.known_as, new.family_name));
    new.given_words := gate.name_words(new.given_name) || gate.name_words(new.known_as);
    new.family_words := gate.name_words(new.family_name);
    new.match_keys := gate.match_keys(new.given_words, new.family_words, new.born_on, new.born_precision);
    new.matched_at := now();
    return new;
end
$function$;

CREATE OR REPLACE FUNCTION gate.folded(words text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    select trim(regexp_replace(
        public.unaccent('public.unaccent'::regdictionary, gate.latin(translate(words, '''’`´', ''))),
        '[^[:alnum:]]+', ' ', 'g'))
$function$;

CREATE OR REPLACE FUNCTION gate.folded_line(words text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    with word as (
        select w, n, count(*) over () as last
          from unnest(string_to_array(gate.folded(words), ' ')) with ordinality x (w, n) where w <> ''
    )
    select coalesce(string_agg(coalesce(long.word, word.w), ' ' order by word.n), '')
      from word
      left join (values ('rd', 'road'), ('ave', 'avenue'), ('av', 'avenue'), ('ln', 'lane'), ('cl', 'close'), ('dr', 'drive'),
                        ('ct', 'court'), ('cres', 'crescent'), ('gdns', 'gardens'), ('gr', 'grove'), ('pl', 'place'),
                        ('sq', 'square'), ('tce', 'terrace'), ('terr', 'terrace'), ('apt', 'flat'), ('apartment', 'flat'),
                        ('hse', 'house'), ('st', 'street')) long (short, word)
        on long.short = word.w and (word.w <> 'st' or word.n = word.last)
$function$;

CREATE OR REPLACE FUNCTION gate.folded_postcode(words text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$ select upper(regexp_replace(coalesce(words, ''), '[^A-Za-z0-9]', '', 'g')) $function$;

CREATE OR REPLACE FUNCTION gate.forget_simulation(run uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    delete from gate.simulated_clause x where x.run_id = run;
    delete from gate.simulated_shape x where x.run_id = run;
    delete from gate.simulated_group x where x.run_id = run;
    delete from gate.simulated_reach x where x.run_id = run;
    delete from gate.simulated_part x where x.run_id = run;
    delete from gate.simulated_count x where x.run_id = run;
$function$;

CREATE OR REPLACE FUNCTION gate.given_level(a text[], a_variants text[], b text[])
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
begin
    return case
        when cardinality(a) = 0 or cardinality(b) = 0 then 'given_unknown'
        when a[1] = b[1] then 'given_same'
        when a && b then 'given_part'
        when a_variants && b then 'given_variant'
        when 1 in (length(a[1]), length(b[1])) and left(a[1], 1) = left(b[1], 1) then 'given_initial'
        when gate.mistyped(a[1], b[1]) then 'given_mistyped'
        when gate.sound(a[1]) = gate.sound(b[1]) then 'given_sounds'
        when public.similarity(a[1], b[1]) >= 0.3 then 'given_near'
        else 'given_other' end;
end
$function$;

CREATE OR REPLACE FUNCTION gate.governed_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    perform gate.write_fan_out();
    perform gate.write_rows_asked_about();
    perform gate.write_rows_about();
    return null;
end
$function$;

CREATE OR REPLACE FUNCTION gate.hand_over_records(family uuid, to_agency uuid, last_day date, why text)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    governed record;
    handed integer := 0;
    some_rows integer;
begin
    perform gate.require_reason(why);
    if last_day is null or last_day < gate.today() then
        raise exception 'a hand-over has a last day' using errcode = '23514';
    end if;
    if coalesce(gate.claim(9), '') not in ('manager', 'coordinator') then
        raise exception 'this role hands nothing over' using errcode = 'EH403';
    end if;
    perform gate.require_another_agency(to_agency);
    for governed in select g.table_name, g.level from gate.governed g order by 1 loop
        execute format($sql$
            insert into sharing_agreements_recordexception
                (id, verb, table_name, record_id, owner_no, agency_id, level, until, reason, made_by_id, made_at)
            select gen_random_uuid(), 'share', %L, id, owner_no, $2, 'full', $3, $4, gate.practitioner_id(), now()
              from %I where family_id = $1 and owner_no = gate.agency_no() and kind <> 4 and %s and %s $sql$,
            governed.table_name, governed.table_name,
            gate.own_ways(), gate.denial())
          using family, to_agency, last_day, trim(why);
        get diagnostics some_rows = row_count;
        handed := handed + some_rows;
    end loop;
    return handed;
end
$function$;

CREATE OR REPLACE FUNCTION gate.handed_over(family uuid)
 RETURNS TABLE(agency_id uuid, until date, reason text, made_by_id uuid, made_at timestamp with time zone)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare parts text;
begin
    if coalesce(gate.claim(9), '') not in ('manager', 'coordinator') then
        return;
    end if;
    select string_agg(format($sql$
        select x.agency_id, x.until, x.reason::text, x.made_by_id, x.made_at
          from sharing_agreements_recordexception x join %I r on r.id = x.record_id and r.family_id = $1
         where x.table_name = %L and x.owner_no = gate.agency_no() and x.verb = 'share' and x.practitioner_id is null
           and x.ended_at is null and x.until >= gate.today() $sql$, g.table_name, g.table_name), ' union ') into parts
      from gate.governed g;
    return query execute parts using family;
end
$function$;

CREATE OR REPLACE PROCEDURE gate.hang(IN target text, IN link text, IN whose text)
 LANGUAGE plpgsql
AS $procedure$
declare
    headline constant text := (
        select c.confrelid::regclass::text from pg_constraint c
          join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
         where c.contype = 'f' and c.conrelid = target::regclass and a.attname = link);
begin
    if whose not in ('owner', 'sent_to', 'either', 'lead', 'hub') or headline is null then
        raise exception 'no such headline, or nobody whose words may hang on it';
    end if;
    -- The name comes after "stamp": triggers run in the order of their names, and the stamp puts `about` in order.
    execute format('create trigger %I before insert or update of %I on %I
                    for each row execute function gate.under_headline(%L, %L, %L)',
                   'under_headline_' || link, link, target, headline, link, whose);
end
$procedure$;

CREATE OR REPLACE FUNCTION gate.has_to_do_with(people uuid[])
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    own constant smallint := gate.agency_no();
    one uuid;
    group_ids uuid[];
    governed record;
    held boolean;
    sent boolean;
    is_known boolean;
begin
    foreach one in array people loop
        group_ids := gate.same_person(one);
        continue when exists (select from sharing_agreements_personfacts f
                               where f.person_id = any(group_ids) and own = any(f.involved) and f.facts_until >= gate.today());
        is_known := exists (select from sharing_agreements_personfacts f
                             where f.person_id = any(group_ids)
                               and (f.involved <> '{}' or f.restricted or f.address_hidden));
        sent := false;
        for governed in select g.table_name from gate.governed g order by 1 loop
            execute format('select coalesce(bool_or(sent_to_no = $2), false), count(*) > 0
                              from %I where about && $1 and owner_no <> $2', governed.table_name)
               into sent, held using group_ids, own;
            exit when sent;
            is_known := is_known or held;
        end loop;
        if is_known and not sent then
            return false;
        end if;
    end loop;
    return true;
end
$function$;

CREATE OR REPLACE FUNCTION gate.held_on(since timestamp with time zone, until timestamp with time zone, on_day date)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
    select (since at time zone 'Europe/London')::date <= on_day
           and (until is null or (until at time zone 'Europe/London')::date > on_day)
$function$;

CREATE OR REPLACE FUNCTION gate.helped_in(people uuid[])
 RETURNS TABLE(person_id uuid, case_id uuid, state text)
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    if gate.agency_no() is null then
        return;
    end if;
    return query execute format($sql$
        select p, k.case_id, k.state::text
          from unnest($1) p
         cross join lateral (
               select x.case_id, x.state
                 from (select * from cases_childincase where about && gate.same_person(p) and %s and %s) x
                where x.state not in ('stepped_up', 'declined', 'closed')
                order by x.recorded_at desc, x.id limit 1) k
         order by p$sql$, gate.predicate(1), gate.denial()) using people;
end
$function$;

CREATE OR REPLACE FUNCTION gate.hidden_addresses(people uuid[])
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    select f.person_id from sharing_agreements_personfacts f
     where f.person_id = any(people) and f.address_hidden
       and gate.claims() is not null and f.person_id <> all(gate.denied_people())
$function$;

CREATE OR REPLACE FUNCTION gate.hide_address(person uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    perform gate.require_fact_changer(array[person]);
    perform gate.lock_people(array[person]);
    insert into sharing_agreements_hiddenaddress (id, person_id, set_by_id, set_at)
    values (gen_random_uuid(), person, gate.practitioner_id(), now());
    perform gate.refresh_people(array[person]);
end
$function$;

CREATE OR REPLACE FUNCTION gate.hold_agreement(wanted uuid, states text[])
 RETURNS sharing_agreements_agreement
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare one sharing_agreements_agreement%rowtype;
begin
    if gate.drafts_for() is null then
        raise exception 'only an information-governance lead does this' using errcode = 'EH403';
    end if;
    select * into one from sharing_agreements_agreement a where a.id = wanted for no key update;
    if not found or (one.state = 'draft' and one.drafter_id is distinct from gate.drafts_for()) then
        raise exception 'no such agreement' using errcode = 'EH404';
    end if;
    if one.state <> all(states) then
        raise exception 'the agreement is % now', one.state using errcode = 'EH409';
    end if;
    return one;
end
$function$;

CREATE OR REPLACE FUNCTION gate.holders(day date, roles text[])
 RETURNS TABLE(agency_id uuid, practitioner_id uuid, practitioner_no integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    select distinct o.agency_id, p.id, p.no
      from sharing_agreements_post o join sharing_agreements_practitioner p on p.id = o.practitioner_id
     where o.role = any(roles) and p.is_active and o.starts_on <= day and coalesce(o.ends_on, 'infinity') >= day
$function$;

CREATE OR REPLACE FUNCTION gate.holders_about(people uuid[])
 RETURNS smallint[]
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    parts text;
    found_numbers smallint[];
begin
    select string_agg(format('select owner_no from %I where about && $1', g.table_name), ' union ')
      into parts from gate.governed g;
    execute format('select coalesce(array_agg(owner_no order by owner_no), ''{}'') from (%s) x', parts)
       into found_numbers using people;
    return found_numbers;
end
$function$;

CREATE OR REPLACE FUNCTION gate.holds(agencies smallint[])
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    if not gate.in_maintenance() then
        raise exception 'maintenance only' using errcode = 'EH403';
    end if;
    insert into gate.holder select distinct unnest(agencies) on conflict do nothing;
end
$function$;

CREATE OR REPLACE FUNCTION gate.house_level(a text[], b text[])
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
    x text[];
    y text[];
begin
    if cardinality(a) = 1 and cardinality(b) = 1 then
        return case gate.house_number(a[1]) = gate.house_number(b[1])
               when true then 'house_same' when false then 'house_other' else 'house_unknown' end;
    end if;
    x := array(select gate.house_number(line) from unnest(a) line where gate.house_number(line) is not null);
    y := array(select gate.house_number(line) from unnest(b) line where gate.house_number(line) is not null);
    return case when x = '{}' or y = '{}' then 'house_unknown' when x && y then 'house_same' else 'house_other' end;
end
$function$;

CREATE OR REPLACE FUNCTION gate.house_number(line text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$ select substring(line from '(?:^| )([0-9]+[a-z]?)(?: |$)') $function$;

CREATE OR REPLACE FUNCTION gate.in_maintenance()
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$ select coalesce(current_setting('earlyhelp.maintenance', true), '') = 'on'
             and current_setting('role') = 'eh_owner' $function$;

CREATE OR REPLACE FUNCTION gate.in_touch_since(people uuid[])
 RETURNS TABLE(person_id uuid, since date)
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    return query
    select m.person_id, coalesce(min(w.starts_on), (min(m.stage_since) at time zone 'Europe/London')::date)
      from gate.marks_of(people) m
      left join cases_watch w on w.person_id = any(gate.same_person(m.person_id)) and w.ended_on is null
     where m.stage = 4
     group by m.person_id;
end
$function$;

CREATE OR REPLACE PROCEDURE gate.insert_staged(IN staged text, IN target text)
 LANGUAGE plpgsql
AS $procedure$
declare
    fixed_kind constant smallint := (select kind from gate.governed where table_name = target);
begin
    if to_regclass('pg_temp.staged_sets') is null then
        create temporary table staged_sets (about uuid[], person_id uuid, locates boolean, f gate.facts) on commit drop;
    end if;
    execute format($sql$
        update %I r
           set kind = coalesce(%L::smallint, r.kind), owner_no = owner.no,
               author_no = (select no from sharing_agreements_practitioner p where p.id = r.author_id),
               sent_to_no = (select no from sharing_agreements_agency a where a.id = r.sent_to_id),
               sent_to_practitioner_no =
                   (select no from sharing_agreements_practitioner p where p.id = r.sent_to_practitioner_id),
               about = array(select distinct p from unnest(r.about || r.person_id) p where p is not null order by p)
          from sharing_agreements_agency owner where owner.id = r.owner_id $sql$, staged, fixed_kind);
    execute format($sql$
        insert into staged_sets
        select d.about, d.person_id, d.locates,
               gate.facts_for(d.about, d.person_id, case when d.locates then 2 else 1 end::smallint)
          from (select about, person_id, kind = 2 as locates from %I
                except select about, person_id, locates from staged_sets) d $sql$, staged);
    execute format($sql$
        update %I r
           set stage = (s.f).stage, involved = (s.f).involved, workers = (s.f).workers, lead_no = (s.f).lead_no,
               consent_until = (s.f).consent_until, facts_until = (s.f).facts_until, restricted = (s.f).restricted,
               allowed = (s.f).allowed,
               bit = (r.owner_no * 32 + r.kind) * 16 + (s.f).stage * 2
          from staged_sets s
         where s.about = r.about and s.person_id is not distinct from r.person_id
           and s.locates = (r.kind = 2) $sql$, staged);
    execute format('insert into %I select * from %I', target, staged);
    execute format('select gate.holds(coalesce(array_agg(distinct n), ''{}'')) from
                    (select owner_no as n from %1$I union select sent_to_no from %1$I where sent_to_no is not null) x', staged);
end
$procedure$;

CREATE OR REPLACE FUNCTION gate.instant_text(at timestamp with time zone)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$ select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') $function$;

CREATE OR REPLACE FUNCTION gate.involve(people uuid[], agency uuid, practitioner uuid, why text, from_day date, last_day date)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    perform gate.require_fact_changer(people);
    perform gate.lock_people(people);
    insert into sharing_agreements_involvement
        (id, person_id, agency_id, practitioner_id, reason, starts_on, ends_on, added_by_id, added_at)
    select gen_random_uuid(), p, agency, practitioner, why, from_day, last_day, gate.practitioner_id(), now()
      from unnest(people) p;
    perform gate.refresh_people(people);
end
$function$;

CREATE OR REPLACE FUNCTION gate.is_bound(wanted uuid, signed boolean)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    select exists (select from sharing_agreements_party p
                    where p.agreement_id = wanted and p.agency_id = gate.drafts_for() and p.left_on is null
                      and (not signed or p.signed_at is not null))
$function$;

CREATE OR REPLACE FUNCTION gate.is_briefed()
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    return exists (select from referrals_guidanceread r
                    where r.practitioner_id = gate.practitioner_id() and r.card = 'notice-to-school');
end
$function$;

CREATE OR REPLACE FUNCTION gate.issue_system_key(system uuid, key uuid, secret_digest bytea, until date)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare own constant sharing_agreements_recordsystem := gate.own_system(system);
begin
    if own.id is null or until not between gate.today() and gate.today() + 366
       or 2 <= (select count(*) from sharing_agreements_systemkey k
                 where k.system_id = own.id and k.revoked_at is null and k.expires_on >= gate.today()) then
        return false;
    end if;
    insert into sharing_agreements_systemkey (id, system_id, made_by_id, made_at, expires_on)
    values (key, own.id, gate.practitioner_id(), now(), until);
    insert into gate.system_secret values (key, secret_digest);
    return true;
end
$function$;

CREATE OR REPLACE FUNCTION gate.job()
 RETURNS text
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare c constant text[] := gate.claims();
begin
    return case when c[1] = 'j' then c[3] end;
end
$function$;

CREATE OR REPLACE FUNCTION gate.keep_clauses(p_agency smallint, p_role text, p_purpose text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare current_version constant bigint := (select version from gate.rules_version);
begin
    if exists (select from gate.clauses_ready x where x.agency_no = p_agency and x.role = p_role
                  and x.purpose = p_purpose and x.day = gate.today() and x.version = current_version)
       or not pg_try_advisory_xact_lock(hashtextextended(format('gate.keep %s|%s|%s', p_agency, p_role, p_purpose), 0)) then
        return;
    end if;
    delete from gate.open_clause x where x.agency_no = p_agency and x.role = p_role and x.purpose = p_purpose;
    insert into gate.open_clause
    select p_agency, p_role, p_purpose, current_version, r.provider_no, r.kind, r.clause_id, r.level, r.back,
           r.needs_involvement, r.needs_consent, r.stages
      from gate.rules(gate.today(), p_agency, p_role, p_purpose) r
    on conflict do nothing;
    insert into gate.clauses_ready values (p_agency, p_role, p_purpose, gate.today(), current_version)
    on conflict (agency_no, role, purpose) do update set day = excluded.day, version = excluded.version;
end
$function$;

CREATE OR REPLACE FUNCTION gate.keep_moves()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    if tg_op = 'UPDATE' and not gate.in_maintenance() then
        return null;
    end if;
    insert into sharing_agreements_agreementmove
        (agreement_id, verb, from_state, to_state, moved_at, moved_by_id, agency_id, reason, digest, words)
    select new.id,
           case when tg_op = 'INSERT' then 'open'
                else coalesce(('{"draft": "return", "proposed": "propose", "signed": "sign", "suspended": "suspend",
                                 "ended": "end", "replaced": "replace"}'::jsonb) ->> new.state, 'open') end,
           case when tg_op = 'UPDATE' then old.state else '' end, new.state,
           case when tg_op = 'INSERT' and new.state not in ('draft', 'proposed')
                then least(now(), new.starts_on::timestamp at time zone 'Europe/London') else now() end,
           gate.practitioner_id(), case when tg_op = 'INSERT' then new.drafter_id end, '', '', '';
    return null;
end
$function$;

CREATE OR REPLACE FUNCTION gate.keeps_directory()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    select coalesce(gate.claim(9) in ('coordinator', 'administrator')
                    or (gate.claim(9) = 'manager' and exists (
                        select from sharing_agreements_agency a
                         where a.id = gate.claim(7)::uuid and a.type = 'early_help')), false)
$function$;

CREATE OR REPLACE FUNCTION gate.kept_apart(people uuid[])
 RETURNS TABLE(one uuid, other uuid)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    perform gate.require_fact_changer(people);
    return query
    select distinct p, q
      from unnest(people) p, unnest(gate.same_person(p)) mp, cases_keepapart k, unnest(people) q
     where k.person_id = mp and k.from_person_id = any(gate.same_person(q))
       and (k.ended_on is null or k.ended_on >= gate.today());
end
$function$;

CREATE OR REPLACE FUNCTION gate.key_adults(school uuid, people uuid[], card_version integer)
 RETURNS TABLE(practitioner_id uuid, name text, title text, briefed boolean)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare everybody uuid[];
begin
    if not coalesce(gate.job() = 'send_school_notices'
                    or (gate.writes() and exists (select from sharing_agreements_agency a
                                                   where a.no = gate.agency_no()
                                                     and a.type in ('police', 'transport_police'))), false) then
        return;
    end if;
    everybody := array(select distinct m from unnest(people) p, unnest(gate.same_person(p)) m);
    return query
        select distinct on (w.name, w.id) w.id, w.name::text, p.title::text,
               exists (select from referrals_guidanceread r where r.practitioner_id = w.id
                          and r.card = 'notice-to-school' and r.version >= card_version)
          from sharing_agreements_post p
          join sharing_agreements_practitioner w on w.id = p.practitioner_id
         where p.agency_id = school and p.key_adult and p.starts_on <= gate.today()
           and (p.ends_on is null or p.ends_on >= gate.today())
           and w.is_active and (w.trained_until is null or w.trained_until >= gate.today())
           and (w.person_id is null or w.person_id <> all(everybody))
           and not exists (select from sharing_agreements_conflict c where c.practitioner_id = w.id
                              and c.ended_at is null and c.person_id = any(everybody))
           and not exists (select from sharing_agreements_personfacts f
                            where f.person_id = any(everybody) and f.restricted
                              and not exists (
                                  select from sharing_agreements_personuserobjectpermission o
                                    join auth_permission x on x.id = o.permission_id and x.codename = 'see_restricted'
                                   where o.user_id = w.id and o.content_object_id = any(gate.same_person(f.person_id))))
         order by w.name, w.id, p.title;
end
$function$;

CREATE OR REPLACE FUNCTION gate.lacks_basis(d sharing_agreements_disclosure)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
    select d.rules_version > 0 and d.post_id is not null and d.record_ids <> '{}' and d.outcome in ('seen', 'done')
       and not exists (select from sharing_agreements_lookbasis b where b.look_id = d.id)
$function$;

CREATE OR REPLACE FUNCTION gate.last_looks(families uuid[], page text)
 RETURNS TABLE(family_id uuid, at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    select f, last.at
      from unnest(families) f,
           lateral (select d.at from sharing_agreements_disclosure d
                     where d.practitioner_id = gate.practitioner_id() and d.family_id = f
                       and d.what = 'GET ' || page and d.outcome = 'seen'
                     order by d.at desc limit 1) last
$function$;

CREATE OR REPLACE FUNCTION gate.latin(words text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    select translate(
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(lower(coalesce(words, '')),
            'щ', 'shch'), 'ш', 'sh'), 'ч', 'ch'), 'ж', 'zh'), 'х', 'kh'), 'ц', 'ts'), 'ю', 'yu'), 'я', 'ya'),
            'θ', 'th'), 'χ', 'ch'), 'ψ', 'ps'),
        'абвгґдезиіїйклмнопрстуфыэєёαβγδεζηικλμνξοπρσςτυφωάέήίόύώьъ',
        'abvggdeziiiyklmnoprstufyeeeavgdeziiklmnxoprsstyfoaeiioyo')
$function$;

CREATE OR REPLACE FUNCTION gate.leads_may_see(lead_agency uuid, case_owner uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    select lead_agency = case_owner or exists (
        select from gate.rules(gate.today()) r
          join sharing_agreements_agency lead on lead.no = r.recipient_no and lead.id = lead_agency
          join sharing_agreements_agency owner on owner.no = r.provider_no and owner.id = case_owner
         where r.role = 'lead_practitioner' and r.purpose = 'early_help' and r.kind = 15 and r.level >= 2)
$function$;

CREATE OR REPLACE FUNCTION gate.leave_agreement(wanted uuid, why text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare one constant sharing_agreements_agreement := gate.hold_agreement(wanted, '{signed,suspended}');
begin
    if not gate.is_bound(one.id, signed => true) then
        raise exception 'only a party leaves' using errcode = 'EH403';
    end if;
    perform gate.require_words(why, 'say why your agency leaves');
    update sharing_agreements_party set left_on = gate.today()
     where agreement_id = one.id and agency_id = gate.drafts_for();
    perform gate.move_agreement(one.id, 'leave', one.state, why);
    if (select count(*) from sharing_agreements_party p where p.agreement_id = one.id and p.left_on is null) < 2 then
        perform gate.move_agreement(one.id, 'end', 'ended', 'fewer than two parties are left');
    end if;
end
$function$;

CREATE OR REPLACE FUNCTION gate.leave_rolls(person uuid, staying uuid, last_day date)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    anchors constant uuid[] := gate.same_person(person);
    left_behind uuid[];
begin
    perform gate.require_fact_changer(array[person]);
    perform gate.lock_people(array[person]);
    with ended as (
        update sharing_agreements_involvement i
           set ends_on = greatest(leave_rolls.last_day, i.starts_on - 1)
         where i.person_id = any(anchors) and i.reason = 'on_roll' and i.agency_id is distinct from staying
           and (i.ends_on is null or i.ends_on > leave_rolls.last_day)
        returning i.agency_id
    )
    select array_agg(distinct agency_id) into left_behind from ended;
    update sharing_agreements_involvement i
       set ends_on = greatest(leave_rolls.last_day, i.starts_on - 1)
     where i.person_id = any(anchors) and i.reason = 'team' and i.agency_id = any(left_behind)
       and (i.ends_on is null or i.ends_on > leave_rolls.last_day);
    perform gate.refresh_people(array[person]);
end
$function$;

CREATE OR REPLACE FUNCTION gate.lift(person uuid, what text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    perform gate.require_fact_changer(array[person]);
    if gate.practitioner_no() is not null and person = any(gate.closed_people(
        case what when 'restricted' then 'see_restricted' else 'see_hidden_address' end)) then
        raise exception 'only somebody on the allow-list lifts it' using errcode = 'EH403';
    end if;
    perform gate.lock_people(array[person]);
    if what = 'restricted' then
        update sharing_agreements_restrictedperson set lifted_at = now()
         where person_id = any(gate.same_person(person)) and lifted_at is null;
    else
        update sharing_agreements_hiddenaddress set lifted_at = now()
         where person_id = any(gate.same_person(person)) and lifted_at is null;
    end if;
    perform gate.refresh_people(array[person]);
end
$function$;

CREATE OR REPLACE FUNCTION gate.lifted_markers(markers uuid[])
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    select marker_id from cases_liftednotsafetotell where marker_id = any(markers)
$function$;

CREATE OR REPLACE FUNCTION gate.line_key(folded text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    select coalesce(substring(folded from '(?:^| )([0-9]+[a-z]?)(?: |$)'), '') || ' '
        || coalesce(gate.sound(substring(folded from '(?:^| )([a-z]{2,})')), '')
$function$;

CREATE OR REPLACE FUNCTION gate.line_level(a text[], b text[])
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
    alike real;
    part real;
begin
    if a is null or b is null then
        return 'line_unknown';
    elsif a && b then
        return 'line_same';
    end if;
    if cardinality(a) = 1 and cardinality(b) = 1 then
        alike := public.similarity(a[1], b[1]);
        part := greatest(public.word_similarity(a[1], b[1]), public.word_similarity(b[1], a[1]));
    else
        select max(public.similarity(x, y)), max(greatest(public.word_similarity(x, y), public.word_similarity(y, x)))
          into alike, part from unnest(a) x, unnest(b) y;
    end if;
    return case when alike >= 0.6 then 'line_mistyped' when part >= 0.7 then 'line_part'
                when alike >= 0.35 then 'line_near' else 'line_other' end;
end
$function$;

CREATE OR REPLACE FUNCTION gate.link_person(duplicate uuid, kept uuid, why text DEFAULT ''::text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    the_two constant uuid[] := array[duplicate, kept];
    moved uuid;
    into_root uuid;
begin
    perform gate.require_fact_changer(the_two);
    perform gate.one_link_at_a_time();
    perform gate.lock_people(the_two);
    if duplicate = any(gate.same_person(kept)) then
        return;
    end if;
    moved := gate.same_root(duplicate);
    into_root := gate.same_root(kept);
    update sharing_agreements_person set merged_into_id = into_root where id = moved;
    insert into sharing_agreements_personlink
        (id, said_id, kept_id, moved_id, into_id, linked_at, linked_by_id, reason, unlinked_because)
    values (gen_random_uuid(), duplicate, kept, moved, into_root, clock_timestamp(), gate.practitioner_id(), why, '');
    perform gate.refresh_people(the_two);
end
$function$;

CREATE OR REPLACE FUNCTION gate.list_for_retention(day date, at_time timestamp with time zone, cases uuid[], ended date[], due date[])
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare listed bigint;
begin
    if gate.job() is distinct from 'list_retention' and not gate.in_maintenance() then
        raise exception 'only the job lists cases for retention' using errcode = 'EH403';
    end if;
    perform from sharing_agreements_personfacts f
      where f.person_id in (select unnest(s.about) from cases_case s where s.id = any(cases))
      order by f.person_id for share;
    insert into cases_retentionreview as r (id, owner_id, family_id, person_id, about, happened_on, recorded_at,
        sent_to_id, sent_to_practitioner_id, hidden_from, version, kind, owner_no, sent_to_no, sent_to_practitioner_no, bit,
        stage, involved, workers, lead_no, consent_until, facts_until, restricted, allowed,
        case_id, ended_on, due_on, listed_on, status)
    select gen_random_uuid(), s.owner_id, s.family_id, s.person_id, s.about, day, at_time, null, null, s.hidden_from, 1,
           s.kind, s.owner_no, null, null, s.bit, s.stage, s.involved, s.workers, s.lead_no, s.consent_until,
           s.facts_until, s.restricted, s.allowed, s.id, x.ended_on, x.due_on, day, 'waiting'
      from unnest(cases, ended, due) x (case_id, ended_on, due_on)
      join cases_case s on s.id = x.case_id
    on conflict (case_id) do update
       set taken_off_on = null, listed_on = excluded.listed_on, ended_on = excluded.ended_on, due_on = excluded.due_on,
           version = r.version + 1
     where r.taken_off_on is not null;
    get diagnostics listed = row_count;
    return listed;
end
$function$;

CREATE OR REPLACE FUNCTION gate.lock_people(people uuid[])
 RETURNS uuid[]
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    ids uuid[];
    before uuid[];
begin
    if current_setting('transaction_isolation') <> 'read committed' then
        raise exception 'facts are changed under READ COMMITTED only' using errcode = '25000';
    end if;
    loop
        select coalesce(array_agg(distinct m order by m), '{}') into ids
          from unnest(people) p, unnest(gate.same_person(p)) m;
        if ids = before then
            return ids;
        end if;
        perform from sharing_agreements_personfacts where person_id = any(ids) order by person_id for update;
        before := ids;
    end loop;
end
$function$;

CREATE OR REPLACE FUNCTION gate.log_text(d sharing_agreements_disclosure)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
    select (jsonb_build_object(
        'id', d.id, 'at', gate.instant_text(d.at), 'practitioner', d.practitioner_id, 'post', d.post_id,
        'agency', d.agency_id, 'role', d.role, 'purpose', d.purpose, 'job', d.job, 'what', d.what,
        'outcome', d.outcome, 'tables', d.tables, 'records', d.record_ids, 'family', d.family_id,
        'request', d.request_id, 'basis', d.basis, 'tx', d.tx)
        || case when d.rules_version > 0 then jsonb_build_object('rules', d.rules_version) else '{}' end
        || coalesce((select jsonb_build_object('told', gate.instant_text(b.at), 'same_rules', b.same_rules,
                                               'openings', b.openings, 'unopened', b.unopened)
                       from sharing_agreements_lookbasis b where b.look_id = d.id), '{}'))::text
$function$;

CREATE OR REPLACE FUNCTION gate.look_again_for_conflicts()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    perform gate.details_or_homes(false);
    perform gate.detect_conflicts(gate.same_person((to_jsonb(new) ->> tg_argv[0])::uuid), null);
    return null;
end
$function$;

CREATE OR REPLACE FUNCTION gate.look_for_conflicts()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare people uuid[];
begin
    perform gate.details_or_homes(false);
    if exists (select from sharing_agreements_owndetails) then
        select array_agg(distinct m) into people from fresh, unnest(gate.same_person(fresh.person_id)) m;
        perform gate.detect_conflicts(people, null);
    end if;
    return null;
end
$function$;

CREATE OR REPLACE FUNCTION gate.looking_back(family uuid, on_day date, by_day text)
 RETURNS TABLE(agency_no smallint, way text, clause_id uuid, kind smallint, owner_no smallint, level integer, roles text[], happenings bigint, held bigint, readable bigint)
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    with line as (
        select s.*, case when s.level = 3 then 3 when s.way = 'clause' then least(s.gave, 2) else 2 end as reach
          from gate.seen_on(gate.chronology_to_look_back_at(family, by_day, 1), on_day) s
    ), furthest as (
        select l.agency_no, l.way, l.clause_id, l.kind, l.owner_no, l.happening, max(l.reach) as reach,
               array_agg(distinct l.role order by l.role) as roles
          from line l group by 1, 2, 3, 4, 5, 6
    )
    select f.agency_no, f.way, f.clause_id, f.kind, f.owner_no, f.reach, array_remove(f.roles, ''),
           count(distinct f.happening), count(distinct f.happening) filter (where f.way = 'own'),
           count(distinct f.happening) filter (where f.reach >= 2)
      from furthest f
     group by grouping sets ((f.agency_no, f.way, f.clause_id, f.kind, f.owner_no, f.reach, f.roles), (f.agency_no), ())
    having count(*) > 0
$function$;

CREATE OR REPLACE FUNCTION gate.looks_after(asking uuid, asked uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    select coalesce(gate.claim(9) = 'governance_lead', false)
       and (gate.claim(7)::uuid in (asking, asked)
            or not exists (select from gate.holders(gate.today(), array['governance_lead']) h
                            where h.agency_id in (asking, asked)))
$function$;

CREATE OR REPLACE FUNCTION gate.looks_at(family uuid)
 RETURNS SETOF sharing_agreements_disclosure
 LANGUAGE plpgsql
 PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare asked_about constant uuid[] := array(select f.id from unnest(gate.rows_to_ask_about(family)) f);
begin
    if cardinality(asked_about) = 0 then
        return;
    end if;
    return query
    select d.* from sharing_agreements_disclosure d
     where d.practitioner_id is not null
       and (d.record_ids && asked_about
            or (d.family_id = looks_at.family and d.agency_id = (gate.claim(7))::uuid));
end
$function$;

CREATE OR REPLACE FUNCTION gate.looks_by_others(before timestamp with time zone, before_id uuid, most integer)
 RETURNS TABLE(id uuid, at timestamp with time zone, practitioner_id uuid, agency_no smallint, role text, purpose text, what text, outcome text, family_id uuid, kinds smallint[], records integer)
 LANGUAGE plpgsql
 PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
#variable_conflict use_column
declare
    chunk constant integer := 1000;
    given integer := 0;
    looks sharing_agreements_disclosure[];
    found_here integer;
    question text;
begin
    if gate.claim(9) is distinct from 'governance_lead' then
        return;
    end if;
    select format($sql$
               with asked as materialized (select l.id as look, r as record from unnest($1) l, unnest(l.record_ids) r),
               ours as (
                   select look, array_agg(distinct kind order by kind) as kinds, count(*)::integer as records from (%s) held
                    group by look)
               select l.id, l.at, l.practitioner_id, a.no, l.role::text, l.purpose::text, l.what::text, l.outcome::text,
                      l.family_id, ours.kinds, ours.records
                 from unnest($1) l join ours on ours.look = l.id join sharing_agreements_agency a on a.id = l.agency_id
                order by l.at desc, l.id desc limit $2$sql$,
               string_agg(format('select asked.look, t.kind from asked join %I t on t.id = asked.record
                                   where owner_no = (select gate.agency_no()) and %s', g.table_name, gate.denial()), ' union all '))
      into question from gate.governed g;
    loop
        looks := array(
            select d from sharing_agreements_disclosure d
             where d.practitioner_id is not null and d.agency_id <> gate.claim(7)::uuid and d.record_ids <> '{}'
               and d.outcome in ('seen', 'done') and (before is null or (d.at, d.id) < (before, before_id))
             order by d.at desc, d.id desc limit chunk);
        exit when cardinality(looks) = 0;
        return query execute question using looks, most - given;
        get diagnostics found_here = row_count;
        given := given + found_here;
        exit when given >= most or cardinality(looks) < chunk;
        before := looks[chunk].at;
        before_id := looks[chunk].id;
    end loop;
end
$function$;

CREATE OR REPLACE FUNCTION gate.mail_domains()
 RETURNS TABLE(domain text, force text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    select d.domain, a.name from referrals_maildomain d join sharing_agreements_agency a on a.id = d.agency_id
     where gate.claim(9) = 'administrator' order by a.name, d.domain
$function$;

CREATE OR REPLACE FUNCTION gate.make_outside_code(access uuid, secret_digest bytea)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare address text;
begin
    if gate.job() is distinct from 'send_outside_code' then
        return null;
    end if;
    update referrals_outsideaccess o set expires_at = now() + interval '10 minutes'
     where o.id = access and o.used_at is null and o.asked_at > now() - interval '10 minutes'
    returning o.email into address;
    if address is not null then
        insert into gate.outside_secret values (access, secret_digest)
        on conflict (access_id) do update set digest = excluded.digest;
    end if;
    return address;
end
$function$;

CREATE OR REPLACE FUNCTION gate.marks_of(people uuid[])
 RETURNS TABLE(person_id uuid, stage smallint, stage_since timestamp with time zone, address_hidden boolean)
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare by_job constant boolean := gate.job() is not null or gate.in_maintenance();
begin
    if not by_job and coalesce(gate.claim(9), '') not in ('decision_maker', 'navigator', 'emergency_duty', 'manager', 'coordinator') then
        return;
    end if;
    return query
    select f.person_id, f.stage,
           (select max(s.changed_at) from sharing_agreements_stagechange s where s.person_id = any(gate.same_person(f.person_id))),
           f.address_hidden
      from sharing_agreements_personfacts f
     where f.person_id = any(people)
       and (by_job or not (f.person_id = any(gate.denied_people())
                           or f.person_id = any(gate.closed_people('see_restricted'))));
end
$function$;

CREATE OR REPLACE FUNCTION gate.mask(p_level integer, p_back integer, p_involved boolean)
 RETURNS bytea
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
declare
    c constant text[] := gate.claims();
    found_bits bytea;
begin
    if c[1] is distinct from 'p' then
        return null;
    end if;
    select m.bits into found_bits
      from gate.mask m
     where m.agency_no = c[6]::smallint and m.role = c[9] and m.purpose = c[10] and m.day = gate.today()
       and m.version = (select v.version from gate.rules_version v)
       and m.level = p_level and m.back = p_back and m.involved = p_involved;
    if not found then
        select x.bits into found_bits from gate.compute_masks(c[6]::smallint, c[9], c[10]) x
         where x.level = p_level and x.back = p_back and x.involved = p_involved;
    end if;
    return found_bits || ''::bytea;
end
$function$;

CREATE OR REPLACE FUNCTION gate.match_keys(given text[], family text[], born_on date, how text)
 RETURNS integer[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
    keys integer[] := '{}';
    years constant integer[] := gate.born_years(born_on, how);
    a text;
    b text;
    y integer;
    a_sound text;
    b_sound text;
begin
    if how in ('day', 'due') and to_char(born_on, 'MMDD') <> '0101' then
        keys := array[hashtext('b ' || to_char(born_on, 'YYYY ') || least(to_char(born_on, 'MM'), to_char(born_on, 'DD'))
                               || greatest(to_char(born_on, 'MM'), to_char(born_on, 'DD')))];
    end if;
    foreach a in array given loop
        a_sound := gate.sound(a);
        foreach b in array family loop
            b_sound := gate.sound(b);
            keys := keys || hashtext('n ' || least(a_sound, b_sound) || ' ' || greatest(a_sound, b_sound));
            foreach y in array years loop
                keys := keys || hashtext('f ' || y || ' ' || b_sound || ' ' || left(a, 1))
                             || hashtext('g ' || y || ' ' || a_sound || ' ' || left(b, 1));
            end loop;
        end loop;
    end loop;
    return keys;
end
$function$;

CREATE OR REPLACE FUNCTION gate.match_people(people uuid[])
 RETURNS TABLE(person_id uuid, candidate_id uuid, identity_id uuid, levels text[], score real)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    weights constant jsonb := (gate.match_weights()).weights;
    ask_from constant real := (gate.match_weights()).ask_from;
begin
    if gate.job() is null and not gate.in_maintenance() then
        return;
    end if;
    return query
    with one as materialized (
        select distinct gate.same_root(p) as root, m as person_id from unnest(people) p, unnest(gate.same_person(p)) m
    ), asked as materialized (
        select one.root, i.id, i.person_id, i.given_words, gate.variants(i.given_words) as variants, i.family_words,
               i.born_on, i.born_precision, i.sex, i.is_child, i.match_keys
          from one join sharing_agreements_identity i on i.person_id = one.person_id
    ), asked_home as materialized (
        select one.root, split_part(a.folded, '|', 1) as line, gate.folded_postcode(a.postcode) as code,
               gate.postcode_key(a.postcode) as code_key, gate.folded(a.town) as town, a.uprn
          from one join sharing_agreements_address a on a.person_id = one.person_id
    ), asked_number as materialized (
        select asked.id, gate.nhs_number(d.nhs_number) as nhs, gate.upn(d.upn) as upn, gate.phone_end(d.phone) as phone
          from asked join sharing_agreements_identitydetail d on d.identity_id = asked.id
    ), met as (
        select asked.id as asked_id, c.id, c.person_id, false as at_home
          from asked
          join sharing_agreements_identity c
            on c.match_keys && (asked.match_keys || case when asked.variants = '{}' then '{}'::integer[] else
                   gate.match_keys(asked.variants, asked.family_words, asked.born_on, asked.born_precision) end)
        union
        select asked.id, c.id, c.person_id, false
          from asked
          join asked_home h on h.root = asked.root and h.code <> ''
          join sharing_agreements_address a on gate.postcode_key(a.postcode) = h.code_key and a.postcode <> ''
          join sharing_agreements_identity c on c.person_id = a.person_id
        union
        select asked.id, c.id, c.person_id, true
          from asked
          join asked_home h on h.root = asked.root and h.line <> ''
          join sharing_agreements_address a on gate.line_key(a.folded) = gate.line_key(h.line) and a.folded <> ''
          join sharing_agreements_identity c on c.person_id = a.person_id
        union
        select asked.id, c.id, c.person_id, false
          from asked
          join asked_home h on h.root = asked.root and h.line <> ''
          join sharing_agreements_address a on gate.street_key(a.folded, a.town) = gate.street_key(h.line, h.town) and a.folded <> ''
          join sharing_agreements_identity c on c.person_id = a.person_id
        union
        select asked.id, c.id, c.person_id, true
          from asked
          join asked_home h on h.root = asked.root and h.uprn <> ''
          join sharing_agreements_address a on a.uprn = h.uprn and a.uprn <> ''
          join sharing_agreements_identity c on c.person_id = a.person_id
        union
        select asked.id, c.id, c.person_id, false
          from asked
          join asked_number n on n.id = asked.id
          join sharing_agreements_identitydetail d
            on gate.nhs_number(d.nhs_number) = n.nhs or gate.upn(d.upn) = n.upn or gate.phone_end(d.phone) = n.phone
          join sharing_agreements_identity c on c.id = d.identity_id
    ), found as (
        select m.asked_id, m.id, m.person_id, bool_or(m.at_home) as at_home from met m group by 1, 2, 3
    ), compared as materialized (
        select f.asked_id, asked.root, c.id, c.person_id, f.at_home,
               gate.name_levels(asked.given_words, asked.variants, asked.family_words, c.given_words, c.family_words)
                   || gate.born_level(asked.born_on, asked.born_precision, c.born_on, c.born_precision)
                   || case when 'U' in (asked.sex, c.sex) then 'sex_unknown'
                           when asked.sex = c.sex then 'sex_same' else 'sex_other' end as levels
          from found f
          join asked on asked.id = f.asked_id
          join sharing_agreements_identity c on c.id = f.id
         where asked.is_child = c.is_child and asked.person_id <> c.person_id
    ), other as materialized (
        -- Neighbours with nothing else alike are no candidates.
        select * from compared c
         where c.at_home or not (c.levels && '{given_other,given_near}' and c.levels @> '{family_other,born_other}')
    ), home as materialized (
        select a.person_id, array_agg(split_part(a.folded, '|', 1)) filter (where a.folded <> '') as lines,
               array_agg(gate.folded_postcode(a.postcode)) filter (where a.postcode <> '') as codes,
               array_agg(gate.folded(a.town)) filter (where a.town <> '') as towns,
               array_agg(a.uprn) filter (where a.uprn <> '') as uprns
          from sharing_agreements_address a
         where a.person_id in (select o.person_id from other o)
         group by 1
    ), number as materialized (
        select d.identity_id as id, gate.nhs_number(d.nhs_number) as nhs, gate.upn(d.upn) as upn, gate.phone_end(d.phone) as phone
          from sharing_agreements_identitydetail d
         where d.identity_id in (select o.id from other o)
    ), own_home as materialized (
        select h.root, array_agg(h.line) filter (where h.line <> '') as lines,
               array_agg(h.code) filter (where h.code <> '') as codes,
               array_agg(h.town) filter (where h.town <> '') as towns,
               array_agg(h.uprn) filter (where h.uprn <> '') as uprns
          from asked_home h group by 1
    ), placed as materialized (
        select o.asked_id, o.root, o.id, o.person_id, o.levels
                   || gate.place_levels(own.lines, own.codes, own.towns, own.uprns,
                                        home.lines, home.codes, home.towns, home.uprns)
                   || gate.number_level('nhs', n.nhs, d.nhs) || gate.number_level('upn', n.upn, d.upn)
                   || gate.number_level('phone', n.phone, d.phone) as levels
          from other o
          left join own_home own on own.root = o.root
          left join home on home.person_id = o.person_id
          left join asked_number n on n.id = o.asked_id
          left join number d on d.id = o.id
    ), weighed as (
        select p.root, p.person_id, p.id, x.levels, gate.weigh(x.levels, weights) as score
          from placed p, lateral (select p.levels || gate.together(p.levels) as levels) x
    )
    select distinct on (w.root, r.candidate) w.root, r.candidate, w.id, w.levels, w.score
      from weighed w, lateral (select gate.same_root(w.person_id) as candidate) r
     where w.score >= ask_from and r.candidate <> w.root
     order by w.root, r.candidate, w.score desc, w.id;
end
$function$;

CREATE OR REPLACE FUNCTION gate.match_weights()
 RETURNS sharing_agreements_matchweights
 LANGUAGE sql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select w from sharing_agreements_matchweights w order by w.version desc limit 1 $function$;

CREATE OR REPLACE FUNCTION gate.may_ask_about(family uuid)
 RETURNS boolean
 LANGUAGE sql
 PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select cardinality(gate.rows_to_ask_about(family)) > 0 $function$;

CREATE OR REPLACE FUNCTION gate.may_resume(wanted uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    select gate.is_bound(wanted, signed => true) and coalesce((
        select m.agency_id is null or m.agency_id = gate.drafts_for() or not exists (
               select from sharing_agreements_party p
                where p.agreement_id = wanted and p.agency_id = m.agency_id and p.left_on is null)
          from sharing_agreements_agreementmove m
         where m.agreement_id = wanted and m.verb = 'suspend'
         order by m.moved_at desc, m.no desc limit 1), true)
$function$;

CREATE OR REPLACE FUNCTION gate.may_simulate(agreement uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    select exists (select from sharing_agreements_agreement a
                    where a.id = may_simulate.agreement
                      and (a.drafter_id = gate.drafts_for()
                           or (a.state <> 'draft' and (a.state <> 'ended' or gate.was_proposed(a.id)) and exists (
                               select from sharing_agreements_party p
                                where p.agreement_id = a.id and p.agency_id = gate.drafts_for()))))
$function$;

CREATE OR REPLACE FUNCTION gate.may_work_on(child cases_childincase)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    select gate.in_maintenance() or gate.job() is not null or (
        not (child.about && gate.denied_people())
        and not coalesce(gate.agency_no() = any(child.hidden_from), false)
        and (child.restricted & 1 = 0 or not (child.about && gate.closed_people('see_restricted')))
        and ((gate.practitioner_no() = any(child.workers) and child.facts_until >= gate.today())
             or (child.owner_no = gate.agency_no() and (gate.own_role()).may_change_facts)
             or (child.sent_to_no = gate.agency_no() and gate.receives())
             or (gate.receives() and exists (
                 select from cases_stepup s
                  where s.person_id = child.person_id and s.sent_to_no = gate.agency_no()))))
$function$;

CREATE OR REPLACE FUNCTION gate.missing_to_propose(wanted uuid)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    select case
        when (select count(*) from sharing_agreements_party p where p.agreement_id = a.id) < 2
            then 'an agreement has at least two parties'
        when not exists (select from sharing_agreements_clause c where c.agreement_id = a.id)
            then 'an agreement has at least one clause'
        when a.purposes = '{}' then 'an agreement has at least one purpose'
        when exists (select from unnest(a.purposes) p where coalesce(a.powers -> p, '[]') = '[]')
            then 'every purpose names the power or duty it rests on'
        when a.ends_on < gate.today() then 'the last day has passed'
        when exists (select from sharing_agreements_clause c, unnest(array[c.provider_agency_id, c.recipient_agency_id]) g
                      where c.agreement_id = a.id and g is not null
                        and not exists (select from sharing_agreements_party p where p.agreement_id = a.id and p.agency_id = g))
            then 'a clause names an agency that is not a party'
        when exists (select from sharing_agreements_party old
                      where old.agreement_id = a.replaces_id and old.signed_at is not null
                        and (old.left_on is null or gate.today() < old.left_on)
                        and not exists (select from sharing_agreements_party p
                                         where p.agreement_id = a.id and p.agency_id = old.agency_id))
            then 'a new version keeps every party that is still bound by the one it replaces'
        else '' end
      from sharing_agreements_agreement a where a.id = wanted
$function$;

CREATE OR REPLACE FUNCTION gate.mistyped(a text, b text)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    select case public.levenshtein_less_equal(left(a, 60), left(b, 60), 2)
               when 0 then true
               when 1 then least(length(a), length(b)) >= 3
               when 2 then least(length(a), length(b)) >= 6
                        or least(length(a), length(b)) >= 3 and gate.slipped(left(a, 60), left(b, 60))
               else false end
$function$;

CREATE OR REPLACE FUNCTION gate.move_agreement(wanted uuid, did text, target text, why text, signed_digest text DEFAULT ''::text, proposed_words text DEFAULT ''::text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    insert into sharing_agreements_agreementmove
        (agreement_id, verb, from_state, to_state, moved_at, moved_by_id, agency_id, reason, digest, words)
    select a.id, did, a.state, target,
           greatest(clock_timestamp(), (select max(m.moved_at) from sharing_agreements_agreementmove m where m.agreement_id = a.id)),
           gate.practitioner_id(), gate.claim(7)::uuid, why, signed_digest, proposed_words
      from sharing_agreements_agreement a where a.id = wanted;
    update sharing_agreements_agreement set state = target where id = wanted and state <> target;
end
$function$;

CREATE OR REPLACE FUNCTION gate.move_child(child uuid, expected text, target text, new_stage integer, why text, signed uuid, at_time timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare one cases_childincase%rowtype;
begin
    perform from sharing_agreements_personfacts f
      join cases_childincase c on c.person_id = f.person_id
     where c.id = child for update of f;
    select * into one from cases_childincase c where c.id = child for update;
    if not found or not coalesce(gate.may_work_on(one), false) then
        raise exception 'no such child in a case' using errcode = 'EH404';
    end if;
    if one.state <> expected then
        raise exception 'the case has moved already' using errcode = 'EH409';
    end if;
    insert into cases_casemove (id, owner_id, author_id, family_id, person_id, about, happened_on, recorded_at,
        sent_to_id, hidden_from, version, kind, owner_no, bit, stage, involved, workers, restricted,
        case_id, child_id, from_state, to_state, at, reason, sign_off_id)
    values (gen_random_uuid(), coalesce(gate.claim(7)::uuid, one.owner_id), gate.practitioner_id(), one.family_id,
        one.person_id, one.about, (at_time at time zone 'Europe/London')::date, at_time,
        one.sent_to_id, one.hidden_from, 1, 15, 0, 0, 0, '{}', '{}', 0,
        one.case_id, child, expected, target, at_time, why, signed);
    update cases_childincase set state = target, since = at_time, version = version + 1 where id = child;
    perform gate.set_stage(array[one.person_id], new_stage);
end
$function$;

CREATE OR REPLACE FUNCTION gate.moves_stay()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
    if not gate.in_maintenance() then
        raise exception 'what was done to an agreement is never rewritten' using errcode = 'EH403';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end
$function$;

CREATE OR REPLACE FUNCTION gate.my_looks(before timestamp with time zone, before_id uuid, most integer)
 RETURNS TABLE(id uuid, at timestamp with time zone, post_id uuid, agency_no smallint, role text, purpose text, what text, outcome text, family_id uuid, records integer)
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    select d.id, d.at, d.post_id, a.no, d.role::text, d.purpose::text, d.what::text, d.outcome::text, d.family_id,
           cardinality(d.record_ids)
      from sharing_agreements_disclosure d
      left join sharing_agreements_agency a on a.id = d.agency_id
     where d.practitioner_id = gate.practitioner_id()
       and (before is null or (d.at, d.id) < (before, before_id))
     order by d.at desc, d.id desc limit most
$function$;

CREATE OR REPLACE FUNCTION gate.name_key_adult(post uuid, is_one boolean)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare c constant text[] := gate.claims();
begin
    if c[1] is distinct from 'p' or c[9] <> 'governance_lead' then
        return false;
    end if;
    update sharing_agreements_post p set key_adult = is_one where p.id = post and p.agency_id = c[7]::uuid;
    return found;
end
$function$;

CREATE OR REPLACE FUNCTION gate.name_levels(a_given text[], a_variants text[], a_family text[], b_given text[], b_family text[])
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
    found text[];
begin
    if a_given && b_family and a_family && b_given and not (a_given && b_given and a_family && b_family) then
        return '{given_swapped,family_swapped}';
    end if;
    found := array[gate.given_level(a_given, a_variants, b_given), gate.family_level(a_family, b_family)];
    if found && '{given_other,given_near}' and found && '{family_other,family_near}'
       and gate.are_swapped(a_given, a_family, b_given, b_family) then
        return '{given_swapped,family_swapped}';
    end if;
    return found;
end
$function$;

CREATE OR REPLACE FUNCTION gate.name_rule(a_given text, a_family text, a_known text, b_given text, b_family text, b_known text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
 SET search_path TO 'public', 'pg_temp'
AS $function$
    with f as (
        select gate.folded(a_given) ag, gate.folded(a_family) af, gate.folded(a_known) ak,
               gate.folded(b_given) bg, gate.folded(b_family) bf, gate.folded(b_known) bk
    )
    select case
        when ag || af = '' or bg || bf = '' then 'unknown'
        when ag = bg and af = bf then 'same'
        when af = bf and (ag = '' or bg = '') then 'part'
        when af = bf and (ag = bk or ak = bg or (ak <> '' and ak = bk)) then 'known_as'
        when ag <> '' and ag = bf and af = bg then 'swapped'
        when af = bf and (similarity(ag, bg) >= 0.4 or levenshtein(left(ag, 60), left(bg, 60)) <= 1
                          or dmetaphone(ag) = dmetaphone(bg)) then 'similar'
        when ag = bg and (similarity(af, bf) >= 0.4 or string_to_array(af, ' ') && string_to_array(bf, ' ')
                          or dmetaphone(af) = dmetaphone(bf)) then 'similar'
        when af = bf then 'family'
        else 'different' end
      from f
$function$;

CREATE OR REPLACE FUNCTION gate.name_words(words text)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
    plain constant text := gate.folded(words);
    found constant text[] := string_to_array(plain, ' ');
begin
    return case when plain = '' then '{}' when cardinality(found) = 1 then found
                else found || replace(plain, ' ', '') end;
end
$function$;

CREATE OR REPLACE FUNCTION gate.named_people(people uuid[])
 RETURNS TABLE(person_id uuid, practitioner_id uuid)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    if gate.job() is null and not gate.in_maintenance() then
        return;
    end if;
    return query
    select f.person_id, o.user_id
      from sharing_agreements_personfacts f
      left join (sharing_agreements_personuserobjectpermission o
                 join auth_permission a on a.id = o.permission_id and a.codename = 'see_restricted')
             on o.content_object_id = any(gate.same_person(f.person_id))
     where f.person_id = any(people) and f.restricted;
end
$function$;

CREATE OR REPLACE FUNCTION gate.nhs_number(words text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    with d as (select regexp_replace(coalesce(words, ''), '[\s-]', '', 'g') as ten)
    select ten from d
     where ten ~ '^[0-9]{10}$' and ten !~ '^(.)\1*$'
       and (select (11 - sum(substr(ten, i, 1)::int * (11 - i)) % 11) % 11 from generate_series(1, 9) i)
           = substr(ten, 10, 1)::int
$function$;

CREATE OR REPLACE FUNCTION gate.nonce()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED
AS $function$ select pg_backend_pid() || '.' || (date_part('epoch', now()) * 1000000)::bigint $function$;

CREATE OR REPLACE FUNCTION gate.not_looked_at(records uuid[], page text)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    select r from unnest(records) r
     where gate.practitioner_id() is not null
       and not exists (select from sharing_agreements_disclosure d
                        where d.practitioner_id = gate.practitioner_id() and d.record_ids @> array[r]
                          and d.what = 'GET ' || page and d.outcome = 'seen')
$function$;

CREATE OR REPLACE FUNCTION gate.not_safe_to_tell(people uuid[])
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    perform gate.require_fact_changer(people);
    return query
    select distinct p
      from unnest(people) p, unnest(gate.same_person(p)) m
      join cases_notsafetotell n on n.person_id = m
     where not exists (select from cases_liftednotsafetotell l where l.marker_id = n.id);
end
$function$;

CREATE OR REPLACE FUNCTION gate.number_level(field text, a text, b text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    select field || case when a is null or b is null then '_unknown' when a = b then '_same' else '_other' end
$function$;

CREATE OR REPLACE FUNCTION gate.one_link_at_a_time()
 RETURNS void
 LANGUAGE sql
AS $function$ select pg_advisory_xact_lock(hashtextextended('gate.link_person', 0)) $function$;

CREATE OR REPLACE FUNCTION gate.only_drafts_change()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    before constant jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
    after constant jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
    one uuid;
begin
    if gate.in_maintenance() or (tg_op = 'UPDATE' and before - tg_argv[1:] = after - tg_argv[1:]) then
        return case when tg_op = 'DELETE' then old else new end;
    end if;
    foreach one in array array[(coalesce(before, after) ->> tg_argv[0])::uuid, (coalesce(after, before) ->> tg_argv[0])::uuid] loop
        perform from sharing_agreements_agreement a where a.id = one and a.state = 'draft' for share;
        if not found then
            raise exception 'only a draft can be changed; copy it as a new version' using errcode = 'EH409';
        end if;
    end loop;
    return case when tg_op = 'DELETE' then old else new end;
end
$function$;

CREATE OR REPLACE FUNCTION gate.open_outside_access(access uuid, secret_digest bytea)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    one referrals_outsideaccess%rowtype;
    itself uuid;
    its_post uuid;
begin
    update referrals_outsideaccess o set attempts = o.attempts + 1
     where o.id = access and o.used_at is null and o.expires_at > now() and o.attempts < 5
    returning * into one;
    if not found
       or not exists (select from gate.outside_secret s where s.access_id = access and s.digest = secret_digest)
       or exists (select from sharing_agreements_practitioner w
                   where w.provider = 'outside' and w.subject = one.email and not w.is_active) then
        return null;
    end if;
    delete from gate.outside_secret s where s.access_id = access;
    perform pg_advisory_xact_lock(hashtextextended('gate.add_record_system', 0));
    select w.id into itself from sharing_agreements_practitioner w
     where w.provider = 'outside' and w.subject = one.email;
    if itself is null then
        itself := gen_random_uuid();
        insert into sharing_agreements_practitioner
               (id, no, provider, subject, email, name, phone, password, is_active, is_demonstration)
        select itself, coalesce(max(w.no), 0) + 1, 'outside', one.email, one.email, one.name, one.phone, '!', true,
               coalesce(bool_and(w.is_demonstration), false)
          from sharing_agreements_practitioner w;
    else
        update sharing_agreements_practitioner w set name = one.name, phone = one.phone where w.id = itself;
    end if;
    select p.id into its_post from sharing_agreements_post p
     where p.practitioner_id = itself and p.agency_id = one.agency_id and p.role = 'outside_reporter';
    if its_post is null then
        its_post := gen_random_uuid();
        insert into sharing_agreements_post (id, practitioner_id, agency_id, role, title, starts_on, ends_on)
        values (its_post, itself, one.agency_id, 'outside_reporter', 'No account, verified by e-mail',
                gate.today(), gate.today() + 1);
    else
        update sharing_agreements_post p set ends_on = gate.today() + 1 where p.id = its_post;
    end if;
    update referrals_outsideaccess o set used_at = now(), post_id = its_post where o.id = access;
    return its_post;
end
$function$;

CREATE OR REPLACE FUNCTION gate.opened_by(reader text DEFAULT '(select gate.agency_no())'::text, on_day text DEFAULT 'gate.today()'::text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
    select format($text$m.level >= fact_row.level
           and (m.stages >> stage) & 1 = 1
           and (m.back = 0 or happened_on > (%2$s - make_interval(months => m.back))::date)
           and (not m.needs_consent or consent_until >= %2$s)
           and (not m.needs_involvement
                or (facts_until >= %2$s and %1$s = any(involved)))$text$, reader, on_day)
$function$;

CREATE OR REPLACE FUNCTION gate.openings_of(page sharing_agreements_disclosure)
 RETURNS TABLE(openings jsonb, opened bigint)
 LANGUAGE sql
AS $function$
    with e as materialized (
        select * from gate.explain(
            array(select t from jsonb_object_keys(page.tables) t, unnest(page.record_ids) i),
            array(select i from jsonb_object_keys(page.tables) t, unnest(page.record_ids) i))
    ), line as (
        select e.owner_no, e.way, e.clause_id, count(distinct e.record_id) as records,
               array_agg(distinct e.kind order by e.kind) as kinds
          from e group by 1, 2, 3
    )
    select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                        'owner', l.owner_no, 'way', l.way, 'records', l.records, 'kinds', l.kinds, 'clause', l.clause_id,
                        'number', x.number, 'agreement', a.reference, 'version', a.version))
                    order by l.owner_no, l.way, a.reference, x.number, l.clause_id), '[]'),
           (select count(distinct e.record_id) from e)
      from line l
      left join sharing_agreements_clause x on x.id = l.clause_id
      left join sharing_agreements_agreement a on a.id = x.agreement_id
$function$;

CREATE OR REPLACE FUNCTION gate.owe_examples()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    insert into sharing_agreements_owedjob (id, key, job, payload, attempts, last_error)
    select gen_random_uuid(), 'check_examples:' || pg_current_xact_id(), 'check_examples', '{}', 0, ''
     where exists (select from sharing_agreements_agreementexample)
    on conflict do nothing;
    return null;
end
$function$;

CREATE OR REPLACE FUNCTION gate.own_agency_kinds()
 RETURNS bigint
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
declare
    c constant text[] := gate.claims();
    kinds constant bigint := (select r.own_agency_kinds from gate.role r where c[1] = 'p' and r.role = c[9]);
begin
    if kinds & (1::bigint << 4) = 0
       or exists (select from public.sharing_agreements_agency a where a.no = c[6]::smallint and a.type = 'hub') then
        return coalesce(kinds, 0);
    end if;
    return coalesce(kinds & ~(1::bigint << 4), 0);
end
$function$;

CREATE OR REPLACE FUNCTION gate.own_clauses()
 RETURNS TABLE(clause_id uuid, provider_no smallint, kind smallint, level smallint, back smallint, needs_involvement boolean, needs_consent boolean, stages integer)
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare c constant text[] := gate.claims();
begin
    if c[1] is distinct from 'p' then
        return;
    end if;
    return query
    with ready as materialized (
        select x.version from gate.clauses_ready x
         where x.agency_no = c[6]::smallint and x.role = c[9] and x.purpose = c[10] and x.day = gate.today()
           and x.version = (select v.version from gate.rules_version v)
    )
    select o.clause_id, o.provider_no, o.kind, o.level, o.back, o.needs_involvement, o.needs_consent, o.stages
      from ready
      join gate.open_clause o on o.agency_no = c[6]::smallint and o.role = c[9] and o.purpose = c[10]
       and o.version = ready.version
    union all
    select r.clause_id, r.provider_no, r.kind, r.level, r.back, r.needs_involvement, r.needs_consent, r.stages
      from gate.rules(gate.today(), c[6]::smallint, c[9], c[10]) r
     where not exists (select from ready);
end
$function$;

CREATE OR REPLACE FUNCTION gate.own_openings(openings jsonb)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
AS $function$
    select coalesce(jsonb_agg(o order by nth), '[]')
      from jsonb_array_elements(openings) with ordinality x (o, nth)
     where (o ->> 'owner')::smallint = (select gate.agency_no())
$function$;

CREATE OR REPLACE FUNCTION gate.own_role()
 RETURNS gate.role
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare one gate.role%rowtype;
begin
    select * into one from gate.role r where r.role = gate.claim(9);
    return one;
end
$function$;

CREATE OR REPLACE FUNCTION gate.own_self()
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
declare c constant text[] := gate.claims();
begin
    return coalesce((select r.own_self from gate.role r where c[1] = 'p' and r.role = c[9]), false);
end
$function$;

CREATE OR REPLACE FUNCTION gate.own_system(system uuid)
 RETURNS sharing_agreements_recordsystem
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    c constant text[] := gate.claims();
    found_system sharing_agreements_recordsystem%rowtype;
begin
    if c[1] = 'p' and c[9] in ('administrator', 'governance_lead') then
        select * into found_system from sharing_agreements_recordsystem s
         where s.id = system and s.agency_id = c[7]::uuid and s.ended_at is null for update;
    end if;
    return found_system;
end
$function$;

CREATE OR REPLACE FUNCTION gate.own_team_kinds()
 RETURNS bigint
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
declare c constant text[] := gate.claims();
begin
    return coalesce((select r.own_team_kinds from gate.role r where c[1] = 'p' and r.role = c[9]), 0);
end
$function$;

CREATE OR REPLACE FUNCTION gate.own_ways()
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$ select format('(%s)', string_agg(expression, ' or ' order by place)) from gate.ways(2) where within = 'own' $function$;

CREATE OR REPLACE FUNCTION gate.parts_to_count()
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    select least(64, greatest(4, 1 + ceil(sum(greatest(c.reltuples, 0)) / 400000)))::integer
      from gate.governed g join pg_class c on c.oid = g.table_name::regclass
$function$;

CREATE OR REPLACE FUNCTION gate.past_rows(target text, level integer, happening text, known_on text, condition text)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    select format('select row(%s, %s, %s, %s)::gate.past_row as one from public.%I r where %s',
                  happening, past_rows.level, known_on,
                  (select string_agg('r.' || a.attname, ', ' order by a.attnum) from pg_attribute a
                    where a.attrelid = (select t.typrelid from pg_type t where t.oid = 'gate.past_row'::regtype)
                      and a.attnum > 3), g.table_name, condition)
      from gate.governed g where g.table_name = target
$function$;

CREATE OR REPLACE FUNCTION gate.people_of_families(families uuid[], agency_no smallint)
 RETURNS TABLE(family_id uuid, person_id uuid, holds boolean)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare parts text;
begin
    select string_agg(format('select family_id, about, owner_no = $2 as own from %I where family_id = any($1)',
                             g.table_name), ' union all ') into parts from gate.governed g;
    return query execute format('select family_id, p, bool_or(own) from (%s) rows, unnest(about) p group by 1, 2', parts)
        using families, agency_no;
end
$function$;

CREATE OR REPLACE FUNCTION gate.people_of_family(family uuid)
 RETURNS uuid[]
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    parts text;
    people uuid[];
begin
    select string_agg(format('select about from %I where family_id = $1', g.table_name), ' union all ')
      into parts from gate.governed g;
    execute format('select array_agg(distinct p) from (%s) rows, unnest(rows.about) p', parts) into people using family;
    return people;
end
$function$;

CREATE OR REPLACE FUNCTION gate.people_written_since(since timestamp with time zone)
 RETURNS uuid[]
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    if gate.job() is null and not gate.in_maintenance() then
        return '{}';
    end if;
    return array(select distinct i.person_id from sharing_agreements_identity i
                  where i.recorded_at >= since or i.matched_at >= since);
end
$function$;

CREATE OR REPLACE FUNCTION gate.person_born()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    insert into sharing_agreements_personfacts
        (person_id, stage, involved, workers, facts_until, restricted, address_hidden)
    values (new.id, 0, '{}', '{}', '9999-12-31', false, false);
    return null;
end
$function$;

CREATE OR REPLACE FUNCTION gate.phone_end(words text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$ select nullif(right(regexp_replace(coalesce(words, ''), '\D', '', 'g'), 9), '') $function$;

CREATE OR REPLACE FUNCTION gate.place_levels(a_lines text[], a_codes text[], a_towns text[], a_uprns text[], b_lines text[], b_codes text[], b_towns text[], b_uprns text[])
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
begin
    if a_uprns && b_uprns then
        return '{line_same,house_same,postcode_same,town_same}';
    end if;
    return array[gate.line_level(a_lines, b_lines), gate.house_level(a_lines, b_lines),
                 gate.postcode_level(a_codes, b_codes), gate.town_level(a_towns, b_towns)];
end
$function$;

CREATE OR REPLACE FUNCTION gate.place_rule(a_lines text[], a_codes text[], b_lines text[], b_codes text[])
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    select case
        when a_lines && b_lines then 'same_home'
        when a_codes && b_codes then 'same_postcode'
        when cardinality(a_codes) = 0 or cardinality(b_codes) = 0 then 'unknown'
        else 'different' end
$function$;

CREATE OR REPLACE FUNCTION gate.post_of_key(key uuid, secret_digest bytea)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    found_post constant uuid := (
        select s.post_id
          from gate.system_secret x
          join sharing_agreements_systemkey k on k.id = x.key_id
          join sharing_agreements_recordsystem s on s.id = k.system_id
         where x.key_id = key and x.digest = secret_digest
           and k.revoked_at is null and k.expires_on >= gate.today() and s.ended_at is null);
begin
    if found_post is not null then
        update sharing_agreements_systemkey set last_used_at = date_trunc('minute', now())
         where id = (select k.id from sharing_agreements_systemkey k
                      where k.id = key and (k.last_used_at is null or k.last_used_at < now() - interval '1 minute')
                        for update skip locked);
    end if;
    return found_post;
end
$function$;

CREATE OR REPLACE FUNCTION gate.postcode_key(code text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$ select string_agg(x, '' order by x) from unnest(string_to_array(gate.folded_postcode(code), null)) x $function$;

CREATE OR REPLACE FUNCTION gate.postcode_level(a text[], b text[])
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
begin
    return case
        when a is null or b is null then 'postcode_unknown'
        when a && b then 'postcode_same'
        when cardinality(a) = 1 and cardinality(b) = 1 then
            case when gate.slipped(a[1], b[1]) then 'postcode_mistyped'
                 when left(a[1], -3) = left(b[1], -3) then 'postcode_district' else 'postcode_other' end
        when exists (select from unnest(a) x, unnest(b) y where gate.slipped(x, y)) then 'postcode_mistyped'
        when exists (select from unnest(a) x, unnest(b) y where left(x, -3) = left(y, -3) and length(x) > 3) then 'postcode_district'
        else 'postcode_other' end;
end
$function$;

CREATE OR REPLACE FUNCTION gate.posts_that_might(rows gate.fact_row[])
 RETURNS TABLE(agency_no smallint, role text, team_no integer, posts uuid[], purposes text[])
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
#variable_conflict use_column
begin
    return query
    with held as (
        select p.id, g.id as agency_id, g.no as agency_no, p.role::text, t.no as team_no, w.no as practitioner_no,
               w.person_id is not null or exists (select from sharing_agreements_conflict x
                                                   where x.practitioner_id = w.id and x.ended_at is null) as closed_somewhere,
               exists (select from sharing_agreements_emergencyaccess e
                        where e.practitioner_id = w.id and e.ended_at is null and now() < e.ends_at) as in_emergency
          from sharing_agreements_post p
          join sharing_agreements_agency g on g.id = p.agency_id
          join sharing_agreements_practitioner w on w.id = p.practitioner_id and w.is_active
          left join sharing_agreements_team t on t.id = p.team_id
         where p.starts_on <= gate.today() and (p.ends_on is null or p.ends_on >= gate.today())
           and (w.trained_until is null or w.trained_until >= gate.today())
    ), told as materialized (
        select x.agency_id, (select w.no from sharing_agreements_practitioner w where w.id = x.practitioner_id) as practitioner_no
          from sharing_agreements_recordexception x
         where x.verb = 'share' and x.ended_at is null and x.record_id in (select f.id from unnest(rows) f)
    ), named as materialized (
        select distinct n from unnest(rows) f,
               unnest(f.workers || coalesce(f.allowed, '{}') || array[f.author_no, f.sent_to_practitioner_no]) n
        union
        select t.practitioner_no from told t
    ), released as materialized (
        select distinct r.recipient_no, r.role, r.purpose
          from gate.rules(gate.today()) r
         where (r.provider_no, r.kind) in (select f.owner_no, f.kind from unnest(rows) f)
    ), might as (
        select h.*, h.in_emergency or h.closed_somewhere
                    or h.practitioner_no in (select n from named where n is not null) as alone,
               array(select r.purpose from released r where r.recipient_no = h.agency_no and r.role = h.role) as purposes
          from held h
    )
    select m.agency_no, m.role, m.team_no, array_agg(m.id order by m.practitioner_no),
           case when m.purposes = '{}' then '{own_account}' else m.purposes end
      from might m
     where m.purposes <> '{}' or m.in_emergency or m.agency_id in (select t.agency_id from told t)
        or m.agency_no in (select f.owner_no from unnest(rows) f union select f.sent_to_no from unnest(rows) f)
     group by m.agency_no, m.role, m.team_no, m.purposes, case when m.alone then m.id end;
end
$function$;

CREATE OR REPLACE FUNCTION gate.practitioner_id()
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare c constant text[] := gate.claims();
begin
    return case when c[1] = 'p' then c[4]::uuid end;
end
$function$;

CREATE OR REPLACE FUNCTION gate.practitioner_no()
 RETURNS integer
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare c constant text[] := gate.claims();
begin
    return case when c[1] = 'p' then c[3]::integer end;
end
$function$;

CREATE OR REPLACE FUNCTION gate.predicate(level integer)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
    select format('((owner_no = (select gate.agency_no()) and (%s)) or %s)',
                  string_agg(expression, ' or ' order by place) filter (where within = 'own'),
                  string_agg(expression, ' or ' order by place) filter (where within = ''))
      from gate.ways(level)
$function$;

CREATE OR REPLACE FUNCTION gate.prepare_simulation(run uuid, supposing gate.supposed[], on_day date, askers gate.asker[] DEFAULT NULL::gate.asker[], for_recipient smallint DEFAULT NULL::smallint, for_role text DEFAULT NULL::text, for_purpose text DEFAULT NULL::text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    nobody constant uuid := '00000000-0000-0000-0000-000000000000';
    before constant text := coalesce(current_setting('earlyhelp.principal', true), '');
    clauses integer;
    one record;
begin
    with compared as materialized (
        select * from gate.compared_clauses(supposing, on_day, for_recipient, for_role, for_purpose)
    ), shape as materialized (
        select c.clauses, (row_number() over ())::integer as no from compared c group by c.clauses
    ), kept as (
        insert into gate.simulated_shape select run, s.no, gate.changes_of(s.clauses) from shape s
    )
    insert into gate.simulated_clause
    select run, c.recipient_no, c.role, c.purpose, c.provider_no, c.kind, s.no
      from compared c join shape s on s.clauses = c.clauses;
    get diagnostics clauses = row_count;

    for one in
        with touched as (
            select x.recipient_no, x.role, x.purpose,
                   array_agg((x.provider_no, x.kind, x.shape) order by x.provider_no, x.kind) as clauses
              from gate.simulated_clause x where x.run_id = run group by 1, 2, 3
        ), alike as (
            select t.recipient_no, array_agg(t.role order by t.role, t.purpose) as roles,
                   array_agg(t.purpose order by t.role, t.purpose) as purposes
              from touched t join gate.role r on r.role = t.role
             where askers is null
             group by t.recipient_no, t.clauses, r.receives
        )
        select row_number() over (order by g.agency_no, g.roles, g.post, g.purposes) as no, g.*
          from (select 0 as practitioner_no, nobody as practitioner, nobody as post, l.recipient_no as agency_no,
                       a.id as agency, 0 as team_no, l.roles, l.purposes
                  from alike l join sharing_agreements_agency a on a.no = l.recipient_no
                union all
                select w.practitioner_no, w.practitioner, w.post, w.agency_no, w.agency, w.team_no, array[t.role], array[t.purpose]
                  from unnest(askers) w
                  join touched t on t.recipient_no = w.agency_no and t.role = w.role and t.purpose = coalesce(w.purpose, t.purpose)) g
    loop
        perform gate.act_as(one.practitioner_no, one.practitioner, one.post, one.agency_no, one.agency, one.team_no,
                            one.roles[1], one.purposes[1]);
        insert into gate.simulated_group
        values (run, one.no, one.roles, one.purposes, one.agency_no, gate.practitioner_no(), gate.team_no(),
                gate.own_agency_kinds(), gate.own_team_kinds(), gate.own_self(), gate.receives(), gate.denied_people(),
                gate.emergency_people(), gate.shared_records(1), gate.shared_records(2), gate.shared_records(3));
    end loop;
    perform set_config('earlyhelp.principal', before, true);

    if clauses > 1000 then
        analyze gate.simulated_clause, gate.simulated_group, gate.simulated_shape;
    end if;
    insert into gate.simulated_reach
    select run, case when works then g.agency_no else 0 end, c.provider_no, c.kind, g.no, c.shape
      from gate.simulated_group g
      join gate.simulated_clause c
        on c.run_id = run and c.recipient_no = g.agency_no and c.role = g.roles[1] and c.purpose = g.purposes[1]
      join gate.simulated_shape s on s.run_id = run and s.no = c.shape
      join unnest('{t,f}'::boolean[]) works
        on bit_count(substring(s.changes from 1 + works::integer * 144 for 144)) > 0
     where g.run_id = run;
end
$function$;

CREATE OR REPLACE FUNCTION gate.progress_of(asked uuid[])
 RETURNS TABLE(report uuid, queued_at timestamp with time zone, feedback_due_at timestamp with time zone, graded_at timestamp with time zone, read_at timestamp with time zone)
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    select r.id, c.recorded_at, c.feedback_due_at, c.graded_at,
           (select max(e.at) from referrals_contactentry e where e.contact_id = c.id and e.what = 'read')
      from referrals_report r
      join referrals_contact c on c.report_id = r.id
     where r.id = any(asked) and r.owner_no = gate.agency_no() and r.author_no = gate.practitioner_no()
       and not gate.agency_no() = any(r.hidden_from) and not r.about && gate.denied_people()
$function$;

CREATE OR REPLACE FUNCTION gate.promise(given text[], others text[], family text[], born_first date, born_last date, b_given text[], b_family text[], b_born date, b_how text)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    select case when b_given && given then 3 when b_given && others then 2
                when left(b_given[1], 1) = left(given[1], 1) then 1 when b_given && family then 2 else 0 end
         + case when b_family && family then 3 when left(b_family[1], 1) = left(family[1], 1) then 1
                when b_family && given then 2 else 0 end
         + case when born_first is null or b_born is null then 2
                when b_born between born_first and born_last then case when born_first = born_last then 5 else 4 end
                when b_how <> 'day' and b_born between born_first - 366 and born_last + 366 then 4
                when born_first = born_last
                 and (date_part('year', b_born) = date_part('year', born_first)
                      and (date_part('month', b_born) = date_part('month', born_first)
                           or date_part('day', b_born) = date_part('day', born_first)
                           or date_part('month', b_born) = date_part('day', born_first)
                           or date_part('doy', b_born) = 1)
                      or date_part('month', b_born) = date_part('month', born_first)
                     and date_part('day', b_born) = date_part('day', born_first)) then 3
                else 0 end
$function$;

CREATE OR REPLACE FUNCTION gate.propose_agreement(wanted uuid, seen_digest text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    one constant sharing_agreements_agreement := gate.hold_agreement(wanted, '{draft}');
    missing constant text := gate.missing_to_propose(one.id);
begin
    if missing <> '' then
        raise exception '%', missing using errcode = '23514';
    end if;
    if gate.agreement_digest(one.id) is distinct from seen_digest then
        raise exception 'the draft has changed since it was shown' using errcode = 'EH409';
    end if;
    perform gate.move_agreement(one.id, 'propose', 'proposed', '', seen_digest, gate.agreement_words(one.id));
end
$function$;

CREATE OR REPLACE PROCEDURE gate.protect(IN target text, IN level text, IN kind integer DEFAULT NULL::integer, IN lead_may_update boolean DEFAULT false)
 LANGUAGE plpgsql
AS $procedure$
declare
    may_update constant text := case when lead_may_update
        then '(owner_no = (select gate.agency_no()) or (lead_no = (select gate.practitioner_no()) and facts_until >= (select gate.today())))'
        else 'owner_no = (select gate.agency_no())' end;
    facts constant text[] := array['id', 'owner_id', 'author_id', 'family_id', 'person_id', 'about', 'happened_on',
        'recorded_at', 'sent_to_id', 'sent_to_practitioner_id', 'hidden_from', 'kind', 'owner_no', 'author_no',
        'team_no', 'sent_to_no', 'sent_to_practitioner_no', 'bit', 'stage', 'involved', 'workers', 'lead_no',
        'consent_until', 'facts_until', 'restricted', 'allowed'];
    open_columns text;
    link text;
begin
    insert into gate.governed values (target, level, kind);
    -- Facts of a family change in all its records at once: with room left on their page no index has to be changed.
    execute format('alter table %I set (fillfactor = 85)', target);
    execute format('alter table %I enable row level security', target);
    execute format('alter table %I force row level security', target);
    execute format('grant select, insert on %I to eh_web, eh_worker', target);
    execute format('grant select, insert, update on %I to eh_gate', target);
    select string_agg(quote_ident(column_name), ', ') into open_columns
      from information_schema.columns
     where table_schema = 'public' and table_name = target and column_name <> all(facts);
    execute format('grant update (%s) on %I to eh_web, eh_worker', open_columns, target);
    execute format('create policy gate_sees_all on %I to eh_gate using (true) with check (true)', target);
    execute format('create policy maintenance on %I to eh_owner using ((select gate.in_maintenance()))
                    with check ((select gate.in_maintenance()))', target);
    execute format('create policy may_be_read on %I for select to eh_web using %s', target,
                   gate.predicate(case level when 'existence' then 1 when 'summary' then 2 else 3 end));
    execute format('create policy is_closed on %I as restrictive to eh_web using %s with check
                    (not (about && (select gate.denied_people())))', target, gate.denial());
    execute format('create policy writes_own on %I for insert to eh_web with check
                    (owner_no = (select gate.agency_no()) and author_no = (select gate.practitioner_no())
                     and (select gate.writes()))', target);
    execute format('create policy changes_own on %I for update to eh_web using ((select gate.writes()) and %s)
                    with check (true)', target, may_update);
    execute format('create trigger stamp before insert on %I for each row execute function gate.stamp(%L)',
                   target, coalesce(kind::text, ''));
    execute format('create index %I on %I using gin (about)', target || '_about', target);
    execute format('create index %I on %I (person_id, happened_on desc)', target || '_person_day', target);
    execute format('create index %I on %I (family_id, happened_on desc)', target || '_family_day', target);
    execute format('create index %I on %I (owner_no, recorded_at desc)', target || '_owner_newest', target);
    execute format('create index %I on %I (sent_to_no, recorded_at desc) where sent_to_no is not null',
                   target || '_sent_newest', target);
    for link in
        select a.attname
          from pg_constraint c
          join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1] and a.attnotnull
          join gate.governed g on g.table_name = c.confrelid::regclass::text
          join pg_index i on i.indrelid = c.conrelid and i.indisunique and i.indkey::text = a.attnum::text
         where c.contype = 'f' and c.conrelid = target::regclass and protect.level = 'full'
    loop
        call gate.hang(target, link, case when lead_may_update then 'lead' else 'owner' end);
    end loop;
end
$procedure$;

CREATE OR REPLACE FUNCTION gate.publishable(n bigint)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$ select case when n between 1 and 7 then null else (round(n / 5.0) * 5)::bigint end $function$;

CREATE OR REPLACE FUNCTION gate.raise_flags(subjects text, day date, at_time timestamp with time zone, rules text[], subject_ids uuid[], cases uuid[], episodes uuid[], evidence text[])
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare raised bigint;
begin
    if gate.job() is distinct from 'watch_cases' and not gate.in_maintenance() then
        raise exception 'only the watch raises flags' using errcode = 'EH403';
    end if;
    if subjects not in ('cases_case', 'cases_watch', 'cases_stepup', 'cases_teammember', 'cases_childincase', 'cases_expectedagency', 'cases_custody') then
        raise exception 'flags are about cases, keeping in touch, step ups and places in a team' using errcode = '22023';
    end if;
    execute format(
        'select from sharing_agreements_personfacts f
          where f.person_id in (select unnest(s.about) from %I s where s.id = any($1))
          order by f.person_id for share', subjects) using subject_ids;
    execute format($insert$
        insert into cases_flag as f (id, owner_id, family_id, person_id, about, happened_on, recorded_at, sent_to_id,
            sent_to_practitioner_id, hidden_from, version, kind, owner_no, sent_to_no, sent_to_practitioner_no, bit,
            stage, involved, workers, lead_no, consent_until, facts_until, restricted, allowed,
            case_id, rule, subject_id, episode, evidence, raised_at, raised_on, author_id, author_no)
        select gen_random_uuid(), s.owner_id, s.family_id, s.person_id, s.about, $1, $2, s.sent_to_id,
               s.sent_to_practitioner_id, s.hidden_from, 1, s.kind, s.owner_no, s.sent_to_no,
               s.sent_to_practitioner_no, s.bit, s.stage, s.involved, s.workers, s.lead_no, s.consent_until,
               s.facts_until, s.restricted, s.allowed, x.case_id, x.rule, x.subject_id, x.episode, x.evidence::uuid[], $2, $1,
               case when $8 then s.author_id end, case when $8 then s.author_no end
          from unnest($3, $4, $5, $6, $7) x (rule, subject_id, case_id, episode, evidence)
          join %I s on s.id = x.subject_id
        on conflict (rule, subject_id, episode) do update
           set cleared_at = null, raised_at = excluded.raised_at, raised_on = excluded.raised_on,
               evidence = excluded.evidence, snoozed_until = null, climbed_at = null
         where f.cleared_at is not null $insert$, subjects)
      using day, at_time, rules, subject_ids, cases, episodes, evidence, subjects in ('cases_teammember', 'cases_expectedagency');
    get diagnostics raised = row_count;
    return raised;
end
$function$;

CREATE OR REPLACE FUNCTION gate.readable()
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
    select format('((%s) is true)', string_agg(format('(level = %s and %s)', l, gate.predicate(l)), ' or '))
      from generate_series(1, 3) l
$function$;

CREATE OR REPLACE FUNCTION gate.receives()
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
declare c constant text[] := gate.claims();
begin
    return coalesce((select r.receives from gate.role r where c[1] = 'p' and r.role = c[9]), false);
end
$function$;

CREATE OR REPLACE FUNCTION gate.record_sharing_consent(people uuid[], agreed_until date)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    perform gate.require_fact_changer(people);
    perform gate.lock_people(people);
    insert into sharing_agreements_sharingconsent (id, person_id, until, recorded_by_id, recorded_at)
    select gen_random_uuid(), p, agreed_until, gate.practitioner_id(), clock_timestamp() from unnest(people) p;
    perform gate.refresh_people(people);
end
$function$;

CREATE OR REPLACE FUNCTION gate.refresh_expired(most integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare ids uuid[];
begin
    select array_agg(person_id) into ids
      from (select person_id from sharing_agreements_personfacts where facts_until < gate.today()
             order by person_id limit most) x;
    if ids is null then
        return 0;
    end if;
    perform gate.refresh_people(ids);
    return cardinality(ids);
end
$function$;

CREATE OR REPLACE FUNCTION gate.refresh_people(people uuid[])
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    ids constant uuid[] := gate.lock_people(people);
    one uuid;
begin
    foreach one in array ids loop
        update sharing_agreements_personfacts f
           set (stage, involved, workers, lead_no, consent_until, facts_until, restricted, address_hidden) =
               (select x.stage, x.involved, x.workers, x.lead_no, x.consent_until, x.facts_until, x.restricted,
                       x.address_hidden
                  from gate.facts_of(gate.same_person(one), gate.today()) x)
         where f.person_id = one;
    end loop;
    perform gate.fan_out(ids);
end
$function$;

CREATE OR REPLACE FUNCTION gate.releases_granted(answers uuid[])
 RETURNS TABLE(request uuid, last_day date, is_open boolean)
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    if not gate.receives() then
        return;
    end if;
    return query execute format($sql$
        select w.id,
               coalesce(max(x.until) filter (where x.ended_at is null),
                        max(least(x.until, (x.ended_at at time zone 'Europe/London')::date))),
               bool_or(x.ended_at is null and x.until >= (select gate.today()))
          from (select * from referrals_checkanswer
                 where id = any($1) and sent_to_no = (select gate.agency_no()) and %1$s) a
          join (select * from referrals_releaserequest
                 where check_answer_id = any($1) and owner_no = (select gate.agency_no()) and %1$s) w
            on w.check_answer_id = a.id
          join sharing_agreements_recordexception x
            on x.table_name = 'referrals_checkanswer' and x.record_id = a.id and x.agency_id = w.agency_id
           and x.verb = 'share' and x.until >= w.happened_on and (x.ended_at is null or x.ended_at > w.asked_at)
         group by w.id$sql$, gate.denial()) using answers;
end
$function$;

CREATE OR REPLACE FUNCTION gate.releases_refused(since timestamp with time zone, most integer)
 RETURNS TABLE(refused_at timestamp with time zone, refused_by uuid, asked_by uuid, kept_from uuid, reason text)
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    if gate.claim(9) is distinct from 'governance_lead' then
        return;
    end if;
    return query execute format($sql$
        select f.refused_at, f.owner_id, f.sent_to_id, w.agency_id, f.reason::text
          from (select * from referrals_releaserefusal
                 where (select gate.agency_no()) in (owner_no, sent_to_no) and refused_at > $1 and %s) f
          join referrals_releaserequest w on w.id = f.request_id
         order by f.refused_at desc, f.id limit least($2, 200)$sql$, gate.denial()) using since, most;
end
$function$;

CREATE OR REPLACE FUNCTION gate.remove_school_term(first_day date)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    if gate.claim(9) is null or gate.claim(9) not in ('coordinator', 'manager', 'administrator') then
        raise exception 'no such setting' using errcode = 'EH403';
    end if;
    delete from sharing_agreements_schoolterm t where t.first_day = remove_school_term.first_day;
    return found;
end
$function$;

CREATE OR REPLACE FUNCTION gate.reports_before_and_after(until date)
 RETURNS TABLE(months integer, often boolean, families bigint, before bigint, after bigint)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    if coalesce(gate.claim(9), '') not in ('analyst', 'manager', 'coordinator', 'governance_lead')
       or coalesce(gate.claim(10), '') <> 'evaluation' then
        return;
    end if;
    return query
    with recursive up as (
        select p.id, p.merged_into_id as root from sharing_agreements_person p where p.merged_into_id is not null
         union all
        select u.id, p.merged_into_id from up u join sharing_agreements_person p on p.id = u.root
         where p.merged_into_id is not null
    ), merged as materialized (
        select u.id, u.root from up u join sharing_agreements_person p on p.id = u.root and p.merged_into_id is null
    ), begun as materialized (
        select c.family_id, min(m.at) as at
          from cases_casemove m join cases_case c on c.id = m.case_id
         where m.to_state = 'plan_active'
         group by c.family_id
        having min(m.at) < (until::timestamp at time zone 'Europe/London') - interval '6 months'
    ), belongs as materialized (
        select distinct b.family_id, b.at, coalesce(x.root, w.person_id) as root
          from begun b
          join (select k.family_id, k.person_id from cases_childincase k
                 union
                select f.family_id, f.person_id from cases_familymember f) w on w.family_id = b.family_id
          left join merged x on x.id = w.person_id
    ), named as (
        select distinct w.family_id, w.at, r.id, r.recorded_at
          from referrals_report r
         cross join unnest(r.about) a (person)
          left join merged x on x.id = a.person
          join belongs w on w.root = coalesce(x.root, a.person)
         where r.recorded_at >= w.at - interval '12 months' and r.recorded_at < w.at + interval '12 months'
           and r.recorded_at < (until::timestamp at time zone 'Europe/London')
           and not exists (select from referrals_wrongchildmark m join referrals_reportedchild k on k.id = m.reported_child_id
                            where k.report_id = r.id and k.person_id = a.person)
    ), counted as materialized (
        select b.family_id, b.at, s.months,
               count(n.id) filter (where n.recorded_at < b.at and n.recorded_at >= b.at - s.months * interval '1 month') as before,
               count(n.id) filter (where n.recorded_at >= b.at and n.recorded_at < b.at + s.months * interval '1 month') as after,
               count(n.id) filter (where n.recorded_at < b.at) >= 3 as often
          from begun b
         cross join (values (6), (12)) s (months)
          left join named n on n.family_id = b.family_id
         where b.at < (until::timestamp at time zone 'Europe/London') - s.months * interval '1 month'
         group by b.family_id, b.at, s.months
    ), summed as (
        select s.months, o.often, count(c.family_id) as families, sum(c.before)::bigint as before, sum(c.after)::bigint as after
          from (values (6), (12)) s (months)
         cross join (values (false), (true)) o (often)
          left join counted c on c.months = s.months and (c.often or not o.often)
         group by s.months, o.often
    )
    select t.months, t.often, gate.publishable(t.families),
           case when t.families not between 1 and 7 then gate.publishable(coalesce(t.before, 0)) end,
           case when t.families not between 1 and 7 then gate.publishable(coalesce(t.after, 0)) end
      from summed t
     order by t.months, t.often;
end
$function$;

CREATE OR REPLACE FUNCTION gate.requests_waiting(day date)
 RETURNS TABLE(practitioner_id uuid, since timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    with asked as (
        select r.agency_id, r.asked_id, r.asked_by_id, r.asked_at, r.due_on
          from sharing_agreements_agreementrequest r where r.state = 'waiting'
    ), lead as (
        select h.agency_id, h.practitioner_id from gate.holders(day, array['governance_lead']) h
    ), manager as (
        select h.agency_id, h.practitioner_id, a.type = 'hub' as at_hub
          from gate.holders(day, array['manager']) h join sharing_agreements_agency a on a.id = h.agency_id
    ), reads (who, asker, since) as (
        select l.practitioner_id, r.asked_by_id,
               case when day > r.due_on then (r.due_on + 1)::timestamp at time zone 'Europe/London' else r.asked_at end
          from asked r
          join lead l on l.agency_id in (r.agency_id, r.asked_id)
                      or not exists (select from lead o where o.agency_id in (r.agency_id, r.asked_id))
         union all
        select m.practitioner_id, r.asked_by_id, (r.due_on + 8)::timestamp at time zone 'Europe/London'
          from asked r join manager m on m.agency_id = r.asked_id
         where day > r.due_on + 7
         union all
        select m.practitioner_id, r.asked_by_id, (r.due_on + 15)::timestamp at time zone 'Europe/London'
          from asked r join manager m on m.at_hub
         where day > r.due_on + 14
    )
    select who, since from reads where who <> asker
$function$;

CREATE OR REPLACE FUNCTION gate.require_another_agency(other uuid)
 RETURNS void
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    if not exists (select from sharing_agreements_agency a where a.id = other and a.no <> gate.agency_no()) then
        raise exception 'another agency than your own is needed' using errcode = '23514';
    end if;
end
$function$;

CREATE OR REPLACE FUNCTION gate.require_ended(person uuid)
 RETURNS uuid[]
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    if not gate.in_maintenance() and not (
           gate.writes()
           and exists (select from sharing_agreements_personfacts f
                        where f.person_id = person and gate.agency_no() = any(f.involved))
           and exists (select from sharing_agreements_identity i
                        where i.person_id = person and i.has_died and i.owner_no = gate.agency_no())
           and not person = any(gate.denied_people())) then
        raise exception 'no such person' using errcode = 'EH404';
    end if;
    return gate.same_person(person);
end
$function$;

CREATE OR REPLACE FUNCTION gate.require_fact_changer(people uuid[])
 RETURNS void
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    if gate.in_maintenance() or gate.job() is not null then
        return;
    end if;
    if people && gate.denied_people() then
        raise exception 'a conflict of interest closes these people to this practitioner' using errcode = 'EH403';
    end if;
    if coalesce((gate.own_role()).may_change_facts, false)
       and (exists (select from sharing_agreements_agency a
                     where a.no = gate.agency_no() and a.type in ('hub', 'early_help'))
            or gate.has_to_do_with(people)) then
        return;
    end if;
    if gate.writes() and coalesce((
        select bool_and(gate.practitioner_no() = any(f.workers) and f.facts_until >= gate.today())
          from sharing_agreements_personfacts f
         where f.person_id = any(people)), false) then
        return;
    end if;
    raise exception 'this post may not change facts about these people' using errcode = 'EH403';
end
$function$;

CREATE OR REPLACE FUNCTION gate.require_own_record(target text, record uuid)
 RETURNS void
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare is_own boolean;
begin
    if not exists (select from gate.governed g where g.table_name = target) then
        raise exception 'there is no such kind of record' using errcode = '22023';
    end if;
    execute format('select exists (select from %I where id = $1 and owner_no = gate.agency_no() and kind <> 4 and %s and %s)',
                   target, gate.own_ways(), gate.denial()) into is_own using record;
    if not is_own or not gate.writes() then
        raise exception 'only the agency whose record it is decides on it' using errcode = 'EH403';
    end if;
end
$function$;

CREATE OR REPLACE FUNCTION gate.require_reason(why text)
 RETURNS void
 LANGUAGE plpgsql
 IMMUTABLE
AS $function$
begin
    if length(trim(coalesce(why, ''))) < 10 then
        raise exception 'a reason in words is needed' using errcode = '23514';
    end if;
end
$function$;

CREATE OR REPLACE FUNCTION gate.require_teller()
 RETURNS void
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    if gate.job() is distinct from 'tell_practitioners' and not gate.in_maintenance() then
        raise exception 'only the job that tells practitioners asks what waits for them' using errcode = 'EH403';
    end if;
end
$function$;

CREATE OR REPLACE FUNCTION gate.require_unknown(newcomer uuid)
 RETURNS void
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    governed record;
    held boolean;
begin
    if exists (select from sharing_agreements_personfacts f
                where f.person_id = newcomer and (f.involved <> '{}' or f.restricted)) then
        raise exception 'this person is known already' using errcode = 'EH403';
    end if;
    for governed in select g.table_name from gate.governed g order by 1 loop
        execute format('select exists (select from %I where about && $1 and owner_no is distinct from $2)',
                       governed.table_name) into held using gate.same_person(newcomer), gate.agency_no();
        if held then
            raise exception 'this person is known already' using errcode = 'EH403';
        end if;
    end loop;
end
$function$;

CREATE OR REPLACE FUNCTION gate.require_words(words text, missing text)
 RETURNS void
 LANGUAGE plpgsql
 IMMUTABLE
AS $function$
begin
    if coalesce(btrim(words), '') = '' then
        raise exception '%', missing using errcode = '23514';
    end if;
end
$function$;

CREATE OR REPLACE FUNCTION gate.restamp_people()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    if not gate.in_maintenance() then
        raise exception 'facts are computed for everybody in maintenance only' using errcode = 'EH403';
    end if;
    update sharing_agreements_personfacts f
       set (stage, involved, workers, lead_no, consent_until, facts_until, restricted, address_hidden) =
           (select x.stage, x.involved, x.workers, x.lead_no, x.consent_until, x.facts_until, x.restricted,
                   x.address_hidden
              from gate.facts_of(gate.same_person(f.person_id), gate.today()) x);
end
$function$;

CREATE OR REPLACE FUNCTION gate.restrict_person(person uuid, why text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    perform gate.require_fact_changer(array[person]);
    perform gate.lock_people(array[person]);
    insert into sharing_agreements_restrictedperson (id, person_id, reason, set_by_id, set_at)
    values (gen_random_uuid(), person, why, gate.practitioner_id(), now());
    perform gate.refresh_people(array[person]);
end
$function$;

CREATE OR REPLACE FUNCTION gate.resume_agreement(wanted uuid, why text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare one constant sharing_agreements_agreement := gate.hold_agreement(wanted, '{suspended}');
begin
    if not gate.may_resume(one.id) then
        raise exception 'whoever suspended it resumes it' using errcode = 'EH403';
    end if;
    perform gate.require_words(why, 'say why it is resumed');
    perform gate.move_agreement(one.id, 'resume', 'signed', why);
end
$function$;

CREATE OR REPLACE FUNCTION gate.return_to_draft(wanted uuid, why text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare one constant sharing_agreements_agreement := gate.hold_agreement(wanted, '{proposed}');
begin
    if one.drafter_id is distinct from gate.drafts_for() and not gate.is_bound(one.id, signed => false) then
        raise exception 'only the drafter or a party returns it' using errcode = 'EH403';
    end if;
    if one.drafter_id is null then
        raise exception 'nobody here drafted it, so nobody can change it' using errcode = 'EH409';
    end if;
    perform gate.require_words(why, 'say why it goes back');
    update sharing_agreements_party
       set signatory_name = '', signatory_post = '', signed_at = null, signed_by_id = null, digest = ''
     where agreement_id = one.id;
    perform gate.move_agreement(one.id, 'return', 'draft', why);
end
$function$;

CREATE OR REPLACE FUNCTION gate.review_emergency(access uuid, found_outcome text, words text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    perform gate.require_reason(words);
    if coalesce(found_outcome, '') not in ('justified', 'not_justified', 'agreement_missing') then
        raise exception 'a review has an outcome' using errcode = '23514';
    end if;
    update sharing_agreements_emergencyaccess e
       set reviewed_at = now(), reviewed_by_id = gate.practitioner_id(), outcome = found_outcome, review_words = trim(words)
     where e.id = access and e.reviewed_at is null and gate.claim(9) = 'governance_lead'
       and e.practitioner_id <> gate.practitioner_id()
       and (e.agency_no = gate.agency_no() or gate.agency_no() = any(e.told));
    if not found then
        raise exception 'there is no such emergency access to review' using errcode = 'EH403';
    end if;
end
$function$;

CREATE OR REPLACE FUNCTION gate.revoke_system_key(key uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare whose constant uuid := (select k.system_id from sharing_agreements_systemkey k where k.id = key);
begin
    if (gate.own_system(whose)).id is null then
        return false;
    end if;
    update sharing_agreements_systemkey set revoked_at = now(), revoked_by_id = gate.practitioner_id()
     where id = key and revoked_at is null;
    return true;
end
$function$;

CREATE OR REPLACE FUNCTION gate.rows_about(people uuid[])
 RETURNS gate.fact_row[]
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
        declare
            found_rows gate.fact_row[];
        begin
            select array_agg(held::gate.fact_row) into found_rows from (select 'cases_action'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_action where about && people union all select 'cases_actionprogress'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_actionprogress where about && people union all select 'cases_answer'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_answer where about && people union all select 'cases_assessment'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_assessment where about && people union all select 'cases_assessmentanswer'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_assessmentanswer where about && people union all select 'cases_case'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_case where about && people union all select 'cases_casemove'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_casemove where about && people union all select 'cases_childincase'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_childincase where about && people union all select 'cases_childlevel'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_childlevel where about && people union all select 'cases_childseen'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_childseen where about && people union all select 'cases_childwords'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_childwords where about && people union all select 'cases_closingdetail'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_closingdetail where about && people union all select 'cases_closingsummary'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_closingsummary where about && people union all select 'cases_consenttohelp'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_consenttohelp where about && people union all select 'cases_cover'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_cover where about && people union all select 'cases_custody'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_custody where about && people union all select 'cases_event'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_event where about && people union all select 'cases_eventdetail'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_eventdetail where about && people union all select 'cases_expectedagency'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_expectedagency where about && people union all select 'cases_familycopy'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_familycopy where about && people union all select 'cases_familymember'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_familymember where about && people union all select 'cases_flag'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_flag where about && people union all select 'cases_handover'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_handover where about && people union all select 'cases_healthcontact'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_healthcontact where about && people union all select 'cases_household'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_household where about && people union all select 'cases_householdmember'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_householdmember where about && people union all select 'cases_keepapart'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_keepapart where about && people union all select 'cases_leadassignment'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_leadassignment where about && people union all select 'cases_leadnotice'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_leadnotice where about && people union all select 'cases_liftednotsafetotell'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_liftednotsafetotell where about && people union all select 'cases_meeting'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_meeting where about && people union all select 'cases_meetinginvitation'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_meetinginvitation where about && people union all select 'cases_meetingminutes'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_meetingminutes where about && people union all select 'cases_meetingplace'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_meetingplace where about && people union all select 'cases_meetingpoint'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_meetingpoint where about && people union all select 'cases_need'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_need where about && people union all select 'cases_needdetail'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_needdetail where about && people union all select 'cases_note'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_note where about && people union all select 'cases_notedetail'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_notedetail where about && people union all select 'cases_notsafetotell'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_notsafetotell where about && people union all select 'cases_objection'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_objection where about && people union all select 'cases_outcome'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_outcome where about && people union all select 'cases_ownplan'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_ownplan where about && people union all select 'cases_ownplanaim'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_ownplanaim where about && people union all select 'cases_pin'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_pin where about && people union all select 'cases_planconcern'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_planconcern where about && people union all select 'cases_relationship'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_relationship where about && people union all select 'cases_retentionanswer'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_retentionanswer where about && people union all select 'cases_retentionreview'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_retentionreview where about && people union all select 'cases_review'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_review where about && people union all select 'cases_reviewdetail'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_reviewdetail where about && people union all select 'cases_reviewscore'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_reviewscore where about && people union all select 'cases_safecontact'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_safecontact where about && people union all select 'cases_schoolplace'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_schoolplace where about && people union all select 'cases_servicereferral'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_servicereferral where about && people union all select 'cases_servicereferralstep'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_servicereferralstep where about && people union all select 'cases_signoff'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_signoff where about && people union all select 'cases_snooze'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_snooze where about && people union all select 'cases_staffsafetynote'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_staffsafetynote where about && people union all select 'cases_stepup'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_stepup where about && people union all select 'cases_stepupanswer'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_stepupanswer where about && people union all select 'cases_stepupdetail'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_stepupdetail where about && people union all select 'cases_teammember'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_teammember where about && people union all select 'cases_watch'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_watch where about && people union all select 'cases_watchprompt'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_watchprompt where about && people union all select 'referrals_adultofconcern'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_adultofconcern where about && people union all select 'referrals_agencycheck'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_agencycheck where about && people union all select 'referrals_attachment'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_attachment where about && people union all select 'referrals_checkanswer'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_checkanswer where about && people union all select 'referrals_checkanswerdetail'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_checkanswerdetail where about && people union all select 'referrals_checkanswerhubonly'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_checkanswerhubonly where about && people union all select 'referrals_checksopening'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_checksopening where about && people union all select 'referrals_clockmark'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_clockmark where about && people union all select 'referrals_contact'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_contact where about && people union all select 'referrals_contactentry'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_contactentry where about && people union all select 'referrals_decision'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_decision where about && people union all select 'referrals_decisiondetail'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_decisiondetail where about && people union all select 'referrals_disagreement'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_disagreement where about && people union all select 'referrals_disagreementrung'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_disagreementrung where about && people union all select 'referrals_feedback'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_feedback where about && people union all select 'referrals_feedbackread'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_feedbackread where about && people union all select 'referrals_followup'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_followup where about && people union all select 'referrals_followupstep'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_followupstep where about && people union all select 'referrals_gradechange'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_gradechange where about && people union all select 'referrals_hubflag'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_hubflag where about && people union all select 'referrals_hubflagsnooze'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_hubflagsnooze where about && people union all select 'referrals_match'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_match where about && people union all select 'referrals_noticecopy'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_noticecopy where about && people union all select 'referrals_question'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_question where about && people union all select 'referrals_releasedattachment'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_releasedattachment where about && people union all select 'referrals_releaserefusal'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_releaserefusal where about && people union all select 'referrals_releaserequest'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_releaserequest where about && people union all select 'referrals_report'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_report where about && people union all select 'referrals_reportaddition'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_reportaddition where about && people union all select 'referrals_reportdetail'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_reportdetail where about && people union all select 'referrals_reportedadult'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_reportedadult where about && people union all select 'referrals_reportedchild'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_reportedchild where about && people union all select 'referrals_reportedchilddetail'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_reportedchilddetail where about && people union all select 'referrals_reporthubonly'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_reporthubonly where about && people union all select 'referrals_reportplace'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_reportplace where about && people union all select 'referrals_runganswer'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_runganswer where about && people union all select 'referrals_schoolnotice'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_schoolnotice where about && people union all select 'referrals_secondlook'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_secondlook where about && people union all select 'referrals_wrongchildmark'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_wrongchildmark where about && people union all select 'sharing_agreements_address'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.sharing_agreements_address where about && people union all select 'sharing_agreements_identity'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.sharing_agreements_identity where about && people union all select 'sharing_agreements_identitydetail'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.sharing_agreements_identitydetail where about && people) held;
            return coalesce(found_rows, '{}');
        end
        $function$;

CREATE OR REPLACE FUNCTION gate.rows_asked_about(tables text[], ids uuid[])
 RETURNS gate.fact_row[]
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
        declare
            more gate.fact_row[];
            found_rows gate.fact_row[] := '{}';
        begin

            if 'cases_action' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_action'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_action where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_action'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_actionprogress' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_actionprogress'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_actionprogress where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_actionprogress'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_answer' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_answer'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_answer where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_answer'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_assessment' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_assessment'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_assessment where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_assessment'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_assessmentanswer' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_assessmentanswer'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_assessmentanswer where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_assessmentanswer'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_case' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_case'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_case where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_case'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_casemove' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_casemove'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_casemove where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_casemove'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_childincase' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_childincase'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_childincase where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_childincase'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_childlevel' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_childlevel'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_childlevel where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_childlevel'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_childseen' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_childseen'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_childseen where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_childseen'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_childwords' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_childwords'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_childwords where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_childwords'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_closingdetail' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_closingdetail'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_closingdetail where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_closingdetail'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_closingsummary' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_closingsummary'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_closingsummary where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_closingsummary'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_consenttohelp' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_consenttohelp'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_consenttohelp where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_consenttohelp'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_cover' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_cover'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_cover where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_cover'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_custody' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_custody'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_custody where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_custody'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_event' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_event'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_event where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_event'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_eventdetail' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_eventdetail'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_eventdetail where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_eventdetail'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_expectedagency' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_expectedagency'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_expectedagency where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_expectedagency'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_familycopy' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_familycopy'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_familycopy where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_familycopy'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_familymember' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_familymember'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_familymember where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_familymember'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_flag' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_flag'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_flag where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_flag'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_handover' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_handover'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_handover where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_handover'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_healthcontact' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_healthcontact'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_healthcontact where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_healthcontact'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_household' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_household'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_household where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_household'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_householdmember' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_householdmember'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_householdmember where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_householdmember'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_keepapart' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_keepapart'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_keepapart where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_keepapart'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_leadassignment' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_leadassignment'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_leadassignment where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_leadassignment'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_leadnotice' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_leadnotice'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_leadnotice where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_leadnotice'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_liftednotsafetotell' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_liftednotsafetotell'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_liftednotsafetotell where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_liftednotsafetotell'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_meeting' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_meeting'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_meeting where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_meeting'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_meetinginvitation' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_meetinginvitation'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_meetinginvitation where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_meetinginvitation'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_meetingminutes' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_meetingminutes'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_meetingminutes where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_meetingminutes'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_meetingplace' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_meetingplace'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_meetingplace where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_meetingplace'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_meetingpoint' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_meetingpoint'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_meetingpoint where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_meetingpoint'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_need' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_need'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_need where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_need'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_needdetail' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_needdetail'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_needdetail where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_needdetail'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_note' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_note'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_note where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_note'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_notedetail' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_notedetail'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_notedetail where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_notedetail'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_notsafetotell' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_notsafetotell'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_notsafetotell where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_notsafetotell'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_objection' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_objection'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_objection where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_objection'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_outcome' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_outcome'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_outcome where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_outcome'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_ownplan' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_ownplan'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_ownplan where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_ownplan'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_ownplanaim' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_ownplanaim'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_ownplanaim where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_ownplanaim'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_pin' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_pin'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_pin where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_pin'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_planconcern' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_planconcern'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_planconcern where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_planconcern'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_relationship' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_relationship'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_relationship where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_relationship'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_retentionanswer' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_retentionanswer'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_retentionanswer where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_retentionanswer'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_retentionreview' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_retentionreview'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_retentionreview where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_retentionreview'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_review' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_review'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_review where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_review'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_reviewdetail' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_reviewdetail'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_reviewdetail where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_reviewdetail'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_reviewscore' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_reviewscore'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_reviewscore where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_reviewscore'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_safecontact' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_safecontact'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_safecontact where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_safecontact'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_schoolplace' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_schoolplace'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_schoolplace where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_schoolplace'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_servicereferral' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_servicereferral'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_servicereferral where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_servicereferral'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_servicereferralstep' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_servicereferralstep'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_servicereferralstep where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_servicereferralstep'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_signoff' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_signoff'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_signoff where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_signoff'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_snooze' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_snooze'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_snooze where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_snooze'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_staffsafetynote' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_staffsafetynote'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_staffsafetynote where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_staffsafetynote'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_stepup' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_stepup'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_stepup where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_stepup'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_stepupanswer' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_stepupanswer'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_stepupanswer where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_stepupanswer'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_stepupdetail' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_stepupdetail'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_stepupdetail where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_stepupdetail'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_teammember' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_teammember'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_teammember where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_teammember'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_watch' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_watch'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_watch where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_watch'))) held;
                found_rows := found_rows || more;
            end if;
            if 'cases_watchprompt' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'cases_watchprompt'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.cases_watchprompt where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'cases_watchprompt'))) held;
                found_rows := found_rows || more;
            end if;
            if 'referrals_adultofconcern' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'referrals_adultofconcern'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_adultofconcern where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'referrals_adultofconcern'))) held;
                found_rows := found_rows || more;
            end if;
            if 'referrals_agencycheck' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'referrals_agencycheck'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_agencycheck where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'referrals_agencycheck'))) held;
                found_rows := found_rows || more;
            end if;
            if 'referrals_attachment' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'referrals_attachment'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_attachment where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'referrals_attachment'))) held;
                found_rows := found_rows || more;
            end if;
            if 'referrals_checkanswer' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'referrals_checkanswer'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_checkanswer where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'referrals_checkanswer'))) held;
                found_rows := found_rows || more;
            end if;
            if 'referrals_checkanswerdetail' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'referrals_checkanswerdetail'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_checkanswerdetail where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'referrals_checkanswerdetail'))) held;
                found_rows := found_rows || more;
            end if;
            if 'referrals_checkanswerhubonly' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'referrals_checkanswerhubonly'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_checkanswerhubonly where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'referrals_checkanswerhubonly'))) held;
                found_rows := found_rows || more;
            end if;
            if 'referrals_checksopening' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'referrals_checksopening'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_checksopening where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'referrals_checksopening'))) held;
                found_rows := found_rows || more;
            end if;
            if 'referrals_clockmark' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'referrals_clockmark'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_clockmark where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'referrals_clockmark'))) held;
                found_rows := found_rows || more;
            end if;
            if 'referrals_contact' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'referrals_contact'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_contact where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'referrals_contact'))) held;
                found_rows := found_rows || more;
            end if;
            if 'referrals_contactentry' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'referrals_contactentry'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_contactentry where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'referrals_contactentry'))) held;
                found_rows := found_rows || more;
            end if;
            if 'referrals_decision' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'referrals_decision'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_decision where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'referrals_decision'))) held;
                found_rows := found_rows || more;
            end if;
            if 'referrals_decisiondetail' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'referrals_decisiondetail'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_decisiondetail where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'referrals_decisiondetail'))) held;
                found_rows := found_rows || more;
            end if;
            if 'referrals_disagreement' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'referrals_disagreement'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_disagreement where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'referrals_disagreement'))) held;
                found_rows := found_rows || more;
            end if;
            if 'referrals_disagreementrung' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'referrals_disagreementrung'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_disagreementrung where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'referrals_disagreementrung'))) held;
                found_rows := found_rows || more;
            end if;
            if 'referrals_feedback' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'referrals_feedback'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_feedback where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'referrals_feedback'))) held;
                found_rows := found_rows || more;
            end if;
            if 'referrals_feedbackread' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'referrals_feedbackread'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_feedbackread where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'referrals_feedbackread'))) held;
                found_rows := found_rows || more;
            end if;
            if 'referrals_followup' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'referrals_followup'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_followup where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'referrals_followup'))) held;
                found_rows := found_rows || more;
            end if;
            if 'referrals_followupstep' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'referrals_followupstep'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_followupstep where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'referrals_followupstep'))) held;
                found_rows := found_rows || more;
            end if;
            if 'referrals_gradechange' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'referrals_gradechange'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_gradechange where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'referrals_gradechange'))) held;
                found_rows := found_rows || more;
            end if;
            if 'referrals_hubflag' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'referrals_hubflag'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_hubflag where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'referrals_hubflag'))) held;
                found_rows := found_rows || more;
            end if;
            if 'referrals_hubflagsnooze' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'referrals_hubflagsnooze'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_hubflagsnooze where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'referrals_hubflagsnooze'))) held;
                found_rows := found_rows || more;
            end if;
            if 'referrals_match' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'referrals_match'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_match where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'referrals_match'))) held;
                found_rows := found_rows || more;
            end if;
            if 'referrals_noticecopy' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'referrals_noticecopy'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_noticecopy where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'referrals_noticecopy'))) held;
                found_rows := found_rows || more;
            end if;
            if 'referrals_question' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'referrals_question'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_question where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'referrals_question'))) held;
                found_rows := found_rows || more;
            end if;
            if 'referrals_releasedattachment' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'referrals_releasedattachment'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_releasedattachment where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'referrals_releasedattachment'))) held;
                found_rows := found_rows || more;
            end if;
            if 'referrals_releaserefusal' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'referrals_releaserefusal'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_releaserefusal where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'referrals_releaserefusal'))) held;
                found_rows := found_rows || more;
            end if;
            if 'referrals_releaserequest' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'referrals_releaserequest'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_releaserequest where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'referrals_releaserequest'))) held;
                found_rows := found_rows || more;
            end if;
            if 'referrals_report' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'referrals_report'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_report where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'referrals_report'))) held;
                found_rows := found_rows || more;
            end if;
            if 'referrals_reportaddition' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'referrals_reportaddition'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_reportaddition where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'referrals_reportaddition'))) held;
                found_rows := found_rows || more;
            end if;
            if 'referrals_reportdetail' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'referrals_reportdetail'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_reportdetail where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'referrals_reportdetail'))) held;
                found_rows := found_rows || more;
            end if;
            if 'referrals_reportedadult' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'referrals_reportedadult'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_reportedadult where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'referrals_reportedadult'))) held;
                found_rows := found_rows || more;
            end if;
            if 'referrals_reportedchild' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'referrals_reportedchild'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_reportedchild where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'referrals_reportedchild'))) held;
                found_rows := found_rows || more;
            end if;
            if 'referrals_reportedchilddetail' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'referrals_reportedchilddetail'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_reportedchilddetail where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'referrals_reportedchilddetail'))) held;
                found_rows := found_rows || more;
            end if;
            if 'referrals_reporthubonly' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'referrals_reporthubonly'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_reporthubonly where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'referrals_reporthubonly'))) held;
                found_rows := found_rows || more;
            end if;
            if 'referrals_reportplace' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'referrals_reportplace'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_reportplace where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'referrals_reportplace'))) held;
                found_rows := found_rows || more;
            end if;
            if 'referrals_runganswer' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'referrals_runganswer'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_runganswer where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'referrals_runganswer'))) held;
                found_rows := found_rows || more;
            end if;
            if 'referrals_schoolnotice' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'referrals_schoolnotice'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_schoolnotice where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'referrals_schoolnotice'))) held;
                found_rows := found_rows || more;
            end if;
            if 'referrals_secondlook' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'referrals_secondlook'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_secondlook where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'referrals_secondlook'))) held;
                found_rows := found_rows || more;
            end if;
            if 'referrals_wrongchildmark' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'referrals_wrongchildmark'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.referrals_wrongchildmark where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'referrals_wrongchildmark'))) held;
                found_rows := found_rows || more;
            end if;
            if 'sharing_agreements_address' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'sharing_agreements_address'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.sharing_agreements_address where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'sharing_agreements_address'))) held;
                found_rows := found_rows || more;
            end if;
            if 'sharing_agreements_identity' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'sharing_agreements_identity'::text as table_name, 2 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.sharing_agreements_identity where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'sharing_agreements_identity'))) held;
                found_rows := found_rows || more;
            end if;
            if 'sharing_agreements_identitydetail' = any(tables) then
                select array_agg(held::gate.fact_row) into more from (select 'sharing_agreements_identitydetail'::text as table_name, 3 as level, id, family_id, about, happened_on, hidden_from, kind, owner_no, author_no, team_no, sent_to_no, sent_to_practitioner_no, bit, stage, involved, workers, consent_until, facts_until, restricted, allowed from public.sharing_agreements_identitydetail where id = any(array(select i from unnest(tables, ids) asked (t, i) where t = 'sharing_agreements_identitydetail'))) held;
                found_rows := found_rows || more;
            end if;
            return found_rows;
        end
        $function$;

CREATE OR REPLACE FUNCTION gate.rows_of_record(target text, record uuid)
 RETURNS TABLE(table_name text, id uuid, level text)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare hung record;
begin
    return query select g.table_name, record, g.level from gate.governed g where g.table_name = target;
    for hung in
        select c.conrelid::regclass::text as child, a.attname as link, g.level
          from pg_constraint c
          join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
          join gate.governed g on g.table_name = c.conrelid::regclass::text
          join pg_index i on i.indrelid = c.conrelid and i.indisunique and i.indkey::text = a.attnum::text
         where c.contype = 'f' and c.confrelid = target::regclass and g.level = 'full'
    loop
        return query execute format('select %L::text, h.id, %L::text from %I h where h.%I = $1',
                                    hung.child, hung.level, hung.child, hung.link) using record;
    end loop;
end
$function$;

CREATE OR REPLACE FUNCTION gate.rows_to_ask_about(family uuid)
 RETURNS gate.fact_row[]
 LANGUAGE plpgsql
 PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    people uuid[] := '{}';
    rows gate.fact_row[] := '{}';
    more gate.fact_row[];
    step text;
begin
    if coalesce(gate.claim(9), 'reporter') in ('reporter', 'supervisor', 'analyst', 'administrator') then
        return rows;
    end if;
    -- The family's own rows; then rows about the same people that name no family, such as a name or the first report.
    foreach step in array array['family_id = $1', 'family_id is null and about && $2'] loop
        execute format('with held as materialized (%s) select array_agg(held::gate.fact_row) from held where %s and (%s)',
            gate.all_rows(step), gate.denial(),
            case when gate.claim(9) = 'governance_lead' then 'owner_no = (select gate.agency_no())'
                 else gate.readable() end)
           into more using family, people;
        rows := rows || coalesce(more, '{}');
        people := array(select distinct p from unnest(rows) f, unnest(f.about) p);
    end loop;
    return rows;
end
$function$;

CREATE OR REPLACE FUNCTION gate.rows_to_count(target text, depth integer)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    select format($sql$
        select n.* from unnest($1) o, lateral (%1$s) n
        union (%2$s) union (%3$s) union (%4$s) $sql$,
        gate.fact_rows(target, 'owner_no = o order by recorded_at desc limit $2'),
        gate.fact_rows(target, 'sent_to_no = (select gate.agency_no()) order by recorded_at desc limit $2'),
        gate.fact_rows(target, 'about && (select gate.emergency_people()) limit $2'),
        gate.fact_rows(target, format('id = any((select gate.shared_records(%s))::uuid[]) limit $2', depth)))
$function$;

CREATE OR REPLACE FUNCTION gate.rules(on_day date, for_recipient smallint DEFAULT NULL::smallint, for_role text DEFAULT NULL::text, for_purpose text DEFAULT NULL::text)
 RETURNS TABLE(clause_id uuid, agreement_id uuid, recipient_no smallint, role text, purpose text, provider_no smallint, kind smallint, level smallint, back smallint, needs_involvement boolean, needs_consent boolean, stages integer)
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select * from gate.rules_supposing('{}', on_day, for_recipient, for_role, for_purpose) $function$;

CREATE OR REPLACE FUNCTION gate.rules_are_as_in(run uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    select r.rules_version = (select v.version from gate.rules_version v) and r.day = gate.today() and r.revision = a.revision
      from sharing_agreements_simulationrun r
      join sharing_agreements_agreement a on a.id = r.agreement_id
     where r.id = run and gate.may_simulate(r.agreement_id)
$function$;

CREATE OR REPLACE FUNCTION gate.rules_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    if tg_argv[0] is distinct from 'in maintenance' or gate.in_maintenance() then
        update gate.rules_version set version = version + 1;
    end if;
    return null;
end
$function$;

CREATE OR REPLACE FUNCTION gate.rules_supposing(supposing gate.supposed[], on_day date, for_recipient smallint DEFAULT NULL::smallint, for_role text DEFAULT NULL::text, for_purpose text DEFAULT NULL::text)
 RETURNS TABLE(clause_id uuid, agreement_id uuid, recipient_no smallint, role text, purpose text, provider_no smallint, kind smallint, level smallint, back smallint, needs_involvement boolean, needs_consent boolean, stages integer)
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
    with change as materialized (
        select * from unnest(supposing)
    ), wanted as materialized (
        select a.id from sharing_agreements_agreement a where for_recipient is null
        union
        select p.agreement_id from sharing_agreements_party p
         where p.agency_id = (select g.id from sharing_agreements_agency g where g.no = for_recipient)
        union
        select x.agreement_id from change x
    ), standing as materialized (
        select s.agreement_id, false as signed_now from gate.states_on(on_day) s where s.state = 'signed'
           and s.agreement_id not in (select x.agreement_id from change x where x.verb in ('sign', 'resume', 'suspend', 'end'))
        union all
        select x.agreement_id, x.verb = 'sign' from change x where x.verb in ('sign', 'resume')
    ), member as materialized (
        select p.agreement_id, p.agency_id,
               coalesce((p.signed_at at time zone 'Europe/London')::date <= on_day, false) as has_signed
          from wanted
          join sharing_agreements_party p on p.agreement_id = wanted.id
         where (p.left_on is null or on_day < p.left_on)
           and (p.agreement_id, p.agency_id) not in (select x.agreement_id, x.agency_id from change x where x.verb in ('join', 'leave'))
        union all
        select x.agreement_id, x.agency_id, true from change x where x.verb = 'join'
    ), bound as (
        select m.agreement_id, g.id, g.no, g.type, g.district
          from member m
          join standing s on s.agreement_id = m.agreement_id
          join sharing_agreements_agency g on g.id = m.agency_id
         where m.has_signed or s.signed_now
    ), superseded as materialized (
        select newer.replaces_id
          from sharing_agreements_agreement newer
          join gate.first_days_supposing(supposing, on_day) began on began.agreement_id = newer.id
         where newer.replaces_id is not null and began.first_day <= on_day
    )
    select c.id, a.id, recipient.no, r.role, u.purpose, provider.no, c.kind,
           (case c.level when 'existence' then 1 when 'summary' then 2 else 3 end)::smallint,
           c.how_far_back, c.needs_involvement, c.needs_consent,
           case when c.stages = '{}' then 255
                else (select bit_or(1 << s) from unnest(c.stages) s) end
      from wanted
      join sharing_agreements_agreement a on a.id = wanted.id
      join standing stood on stood.agreement_id = a.id
      left join change dated on dated.agreement_id = a.id and dated.verb = 'dates'
      join sharing_agreements_clause c on c.agreement_id = a.id
      join bound recipient on recipient.agreement_id = a.id
       and (recipient.id = c.recipient_agency_id
            or recipient.type = c.recipient_type and c.recipient_district in ('', recipient.district))
      join bound provider on provider.agreement_id = a.id
       and (provider.id = c.provider_agency_id
            or provider.type = c.provider_type and c.provider_district in ('', provider.district))
     cross join unnest(c.recipient_roles) r (role)
     cross join unnest(a.purposes) u (purpose)
     where a.id not in (select replaces_id from superseded)
       and (for_recipient is null or recipient.no = for_recipient)
       and (for_role is null or r.role = for_role)
       and (for_purpose is null or u.purpose = for_purpose)
       and (on_day >= coalesce(dated.starts_on, a.starts_on) or stood.signed_now)
       and on_day <= coalesce(dated.ends_on, a.ends_on)
       and recipient.no <> provider.no
       and (stood.signed_now or not exists (
           select from member x where x.agreement_id = a.id and not x.has_signed))
$function$;

CREATE OR REPLACE FUNCTION gate.same_person(p uuid)
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    with recursive up as (
        select id, merged_into_id from sharing_agreements_person where id = p
        union
        select x.id, x.merged_into_id from sharing_agreements_person x join up on x.id = up.merged_into_id
    ), root as (
        select id from up where merged_into_id is null
    ), down as (
        select id from root
        union
        select x.id from sharing_agreements_person x join down on x.merged_into_id = down.id
    )
    select coalesce(array_agg(id order by id), '{}') from down
$function$;

CREATE OR REPLACE FUNCTION gate.same_root(p uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    with recursive up as (
        select id, merged_into_id from sharing_agreements_person where id = p
        union
        select x.id, x.merged_into_id from sharing_agreements_person x join up on x.id = up.merged_into_id
    )
    select id from up where merged_into_id is null
$function$;

CREATE OR REPLACE FUNCTION gate.say_hub_rung(notice uuid, at_time timestamp with time zone)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    one cases_leadnotice%rowtype;
    answered integer;
begin
    select * into one from cases_leadnotice n where n.id = notice;
    if not found or not coalesce(gate.in_maintenance() or (
           one.sent_to_no = gate.agency_no()
           and (gate.receives() or one.sent_to_practitioner_no = gate.practitioner_no())
           and not one.about && gate.denied_people()
           and not gate.agency_no() = any(one.hidden_from)
           and (one.restricted = 0 or gate.practitioner_no() = any(one.allowed))), false) then
        raise exception 'no such notice' using errcode = 'EH404';
    end if;
    update cases_leadnotice set rung_at = at_time, version = version + 1
     where case_id = one.case_id and rung_at is null and withdrawn_at is null;
    get diagnostics answered = row_count;
    return answered;
end
$function$;

CREATE OR REPLACE FUNCTION gate.say_own_details(given text, surnames text[], born date, home_postcode text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare me constant uuid := gate.practitioner_id();
begin
    if me is null then
        raise exception 'nobody acts' using errcode = 'EH403';
    end if;
    perform gate.details_or_homes(true);
    insert into sharing_agreements_owndetails (practitioner_id, given_name, surnames, born_on, postcode, said_at)
    values (me, trim(given),
            array(select distinct gate.folded(s) from unnest(say_own_details.surnames) s where gate.folded(s) <> ''),
            born, gate.folded_postcode(home_postcode), now())
    on conflict (practitioner_id) do update
       set given_name = excluded.given_name, surnames = excluded.surnames, born_on = excluded.born_on,
           postcode = excluded.postcode, said_at = excluded.said_at;
    perform gate.detect_conflicts(array(
        select m from (select a.person_id from sharing_agreements_address a
                        where a.postcode <> '' and gate.folded_postcode(a.postcode) = gate.folded_postcode(home_postcode)
                        union
                       select i.person_id from sharing_agreements_identity i where i.born_on = born) likely,
               unnest(gate.same_person(likely.person_id)) m), me);
end
$function$;

CREATE OR REPLACE FUNCTION gate.seal_digest(number integer, count integer, settled bigint, sealed_at timestamp with time zone, previous bytea, digests bytea)
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE
AS $function$
    select sha256(convert_to(concat_ws('|', number, count, settled, gate.instant_text(sealed_at)), 'UTF8')
                  || previous || digests)
$function$;

CREATE OR REPLACE FUNCTION gate.seal_log(most integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET "TimeZone" TO 'UTC'
 SET "DateStyle" TO 'ISO'
AS $function$
declare
    last sharing_agreements_seal%rowtype;
    next_number integer;
    settled_now bigint;
    taken integer;
    latest bigint;
    waits bigint;
    digests bytea;
begin
    if not gate.in_maintenance() and coalesce(gate.job(), '') <> 'seal_log' then
        raise exception 'only the job that seals may seal' using errcode = 'EH403';
    end if;
    perform pg_advisory_xact_lock(hashtextextended('gate.seal_log', 0));
    select * into last from sharing_agreements_seal order by number desc limit 1;
    next_number := coalesce(last.number, 0) + 1;
    settled_now := pg_snapshot_xmin(pg_current_snapshot())::text::bigint;
    with unsealed as materialized (
        select d.id, d.tx, gate.lacks_basis(d) as waits from sharing_agreements_disclosure d
         where d.tx >= (select gate.unsealed_from())
           and not exists (select from sharing_agreements_sealedrow s where s.row_id = d.id)
    ), waiting as materialized (
        select d.* from unsealed u join sharing_agreements_disclosure d on d.id = u.id
         where not u.waits order by d.tx, d.id limit most
    ), added as (
        insert into sharing_agreements_sealedrow (row_id, seal, position, digest)
        select w.id, next_number, row_number() over (order by w.tx, w.id),
               sha256(convert_to(gate.log_text(w::sharing_agreements_disclosure), 'UTF8'))
          from waiting w
        returning position, digest
    )
    select count(*), string_agg(a.digest, '' order by a.position), (select max(w.tx) from waiting w),
           (select min(u.tx) from unsealed u where u.waits)
      into taken, digests, latest, waits from added a;
    if taken = 0 then
        return 0;
    end if;
    settled_now := least(settled_now, waits, case when taken = most then latest end);
    insert into sharing_agreements_seal (number, count, settled, sealed_at, previous, digest)
    select next_number, taken, settled_now, t.now, p.digest,
           gate.seal_digest(next_number, taken, settled_now, t.now, p.digest, digests)
      from (select clock_timestamp() as now) t,
           (select coalesce(last.digest, decode(repeat('00', 32), 'hex')) as digest) p;
    return taken;
end
$function$;

CREATE OR REPLACE FUNCTION gate.seen_on(rows gate.past_row[], on_day date)
 RETURNS TABLE(agency_no smallint, role text, purpose text, happening uuid, kind smallint, owner_no smallint, level integer, way text, clause_id uuid, gave smallint)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    return query execute format($sql$
        with fact_row as materialized (select * from gate.as_of($1, $2)),
        mine as materialized (
            select * from gate.rules_supposing('{}', $2) r
             where (r.provider_no, r.kind) in (select f.owner_no, f.kind from fact_row f)
        )
        select owner_no, '', '', happening, kind, owner_no, level, 'own', null::uuid, null::smallint from fact_row
        union all
        select sent_to_no, '', '', happening, kind, owner_no, level, 'sent', null, null
          from fact_row where sent_to_no <> owner_no and %1$s
        union all
        select shared.agency_no, '', '', happening, kind, owner_no, level, 'shared', null, null
          from fact_row
          join (select x.record_id, a.no as agency_no, gate.depth(x.level) as depth
                  from sharing_agreements_recordexception x
                  join sharing_agreements_agency a on a.id = x.agency_id
                 where x.verb = 'share' and x.practitioner_id is null and gate.held_on(x.made_at, x.ended_at, $2)
                   and (x.until is null or x.until >= $2)) shared on shared.record_id = fact_row.id and depth >= level
         where kind <> 4 and shared.agency_no <> owner_no and %2$s
        union all
        select m.recipient_no, m.role, m.purpose, happening, fact_row.kind, owner_no, fact_row.level, 'clause', m.clause_id, m.level
          from fact_row
          join mine m on m.provider_no = owner_no and m.kind = fact_row.kind
         where %3$s and %4$s$sql$,
        gate.denial('sent_to_no', '''{}''::uuid[]', 'null::integer'), gate.denial('shared.agency_no', '''{}''::uuid[]', 'null::integer'),
        gate.opened_by('m.recipient_no', '$2'), gate.denial('m.recipient_no', '''{}''::uuid[]', 'null::integer'))
        using rows, on_day;
end
$function$;

CREATE OR REPLACE FUNCTION gate.send_again(old uuid, another uuid, its_reference text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    if gate.claim(9) is distinct from 'administrator' then
        return false;
    end if;
    update sharing_agreements_notification set settled_at = now()
     where id = old and settled_at is null and (returned_at is not null or sent_at is null);
    if not found then
        return false;
    end if;
    insert into sharing_agreements_notification (id, practitioner_id, address, urgent, reference, made_at, theirs)
    select another, p.id, p.email, n.urgent, its_reference, now(), ''
      from sharing_agreements_notification n join sharing_agreements_practitioner p on p.id = n.practitioner_id
     where n.id = old;
    -- the job of the old one has nothing left to do: it is not left on the list of jobs that stopped
    update sharing_agreements_owedjob set stopped_at = null, sent_at = null, attempts = 0
     where key = 'send_notification:' || old and done_at is null;
    return true;
end
$function$;

CREATE OR REPLACE FUNCTION gate.set_key(inner_half bytea, outer_half bytea)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    insert into gate.secret (inner_key, outer_key) values (inner_half, outer_half)
    on conflict (only_one) do update set inner_key = excluded.inner_key, outer_key = excluded.outer_key
$function$;

CREATE OR REPLACE FUNCTION gate.set_likeness()
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    perform similarity('a', 'a');
    perform set_config('pg_trgm.similarity_threshold', '0.4', true), set_config('pg_trgm.word_similarity_threshold', '0.4', true);
end
$function$;

CREATE OR REPLACE FUNCTION gate.set_stage(people uuid[], new_stage integer)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    perform gate.require_fact_changer(people);
    if new_stage not between 0 and 6 then
        raise exception 'there is no such stage' using errcode = '23514';
    end if;
    perform gate.lock_people(people);
    insert into sharing_agreements_stagechange (id, person_id, stage, changed_by_id, changed_at)
    select gen_random_uuid(), p, new_stage, gate.practitioner_id(), clock_timestamp() from unnest(people) p;
    perform gate.refresh_people(people);
end
$function$;

CREATE OR REPLACE FUNCTION gate.settle_action(action uuid, target text, what text, at_time timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare one cases_action%rowtype;
begin
    select * into one from cases_action a where a.id = action;
    if not found or one.about && gate.denied_people() or not coalesce(
        gate.in_maintenance() or one.doer_id = gate.practitioner_id()
        or (one.lead_no = gate.practitioner_no() and one.facts_until >= gate.today())
        or (one.owner_no = gate.agency_no() and (one.author_no = gate.practitioner_no() or gate.receives())), false) then
        raise exception 'no such action' using errcode = 'EH404';
    end if;
    insert into cases_actionprogress (id, owner_id, author_id, family_id, person_id, about, happened_on, recorded_at,
        sent_to_id, hidden_from, version, kind, owner_no, bit, stage, involved, workers, restricted,
        action_id, status, what)
    values (gen_random_uuid(), coalesce(gate.claim(7)::uuid, one.owner_id), gate.practitioner_id(), one.family_id,
        one.person_id, one.about, (at_time at time zone 'Europe/London')::date, at_time,
        one.owner_id, one.hidden_from, 1, 16, 0, 0, 0, '{}', '{}', 0, action, target, what);
    update cases_action set status = target, settled_at = at_time, version = version + 1
     where id = action and status = 'open';
    if not found then
        raise exception 'the action is settled already' using errcode = 'EH409';
    end if;
end
$function$;

CREATE OR REPLACE FUNCTION gate.settle_all_replaced()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    if gate.job() is distinct from 'warn_of_agreements' and not gate.in_maintenance() then
        raise exception 'the daily job does this' using errcode = 'EH403';
    end if;
    perform gate.settle_replaced(n.id)
       from sharing_agreements_agreement n join sharing_agreements_agreement o on o.id = n.replaces_id
      where o.state in ('signed', 'suspended');
end
$function$;

CREATE OR REPLACE FUNCTION gate.settle_replaced(newer uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare older uuid;
begin
    select o.id into older
      from sharing_agreements_agreement n
      join sharing_agreements_agreement o on o.id = n.replaces_id
      join gate.first_days_in_force() began on began.agreement_id = n.id
     where n.id = newer and began.first_day <= gate.today() and o.state in ('signed', 'suspended')
       for no key update of o;
    if found then
        perform gate.move_agreement(older, 'replace', 'replaced', '');
    end if;
end
$function$;

CREATE OR REPLACE FUNCTION gate.share_record(target text, record uuid, to_agency uuid, to_practitioner uuid, how_much text, last_day date, why text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    perform gate.require_reason(why);
    perform gate.require_own_record(target, record);
    if coalesce(how_much, '') not in ('summary', 'full') or last_day is null or last_day < gate.today() then
        raise exception 'a share needs a level, and a last day that is not past' using errcode = '23514';
    end if;
    perform gate.require_another_agency(to_agency);
    update sharing_agreements_recordexception x set ended_at = now()
      from gate.rows_of_record(target, record) r
     where x.table_name = r.table_name and x.record_id = r.id and x.agency_id = to_agency and x.verb = 'share'
       and x.practitioner_id is not distinct from to_practitioner and x.ended_at is null;
    insert into sharing_agreements_recordexception
        (id, verb, table_name, record_id, owner_no, agency_id, practitioner_id, level, until, reason, made_by_id, made_at)
    select gen_random_uuid(), 'share', r.table_name, r.id, gate.agency_no(), to_agency, to_practitioner, how_much, last_day,
           trim(why), gate.practitioner_id(), now()
      from gate.rows_of_record(target, record) r
     where how_much = 'full' or r.level <> 'full';
end
$function$;

CREATE OR REPLACE FUNCTION gate.share_team(newcomer uuid, member uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    perform gate.require_fact_changer(array[member]);
    perform from sharing_agreements_personfacts
      where person_id in (newcomer, member) order by person_id for update;
    if not gate.in_maintenance() and not coalesce((gate.own_role()).may_change_facts, false) then
        perform gate.require_unknown(newcomer);
    end if;
    insert into sharing_agreements_involvement
        (id, person_id, agency_id, practitioner_id, reason, starts_on, ends_on, added_by_id, added_at)
    select gen_random_uuid(), newcomer, i.agency_id, i.practitioner_id, i.reason, gate.today(), i.ends_on,
           gate.practitioner_id(), now()
      from sharing_agreements_involvement i
     where i.person_id = any(gate.same_person(member)) and i.reason in ('lead', 'cover', 'team')
       and i.starts_on <= gate.today() and (i.ends_on is null or i.ends_on >= gate.today());
    perform gate.refresh_people(array[newcomer]);
end
$function$;

CREATE OR REPLACE FUNCTION gate.shared_records(level integer)
 RETURNS uuid[]
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
declare c constant text[] := gate.claims();
begin
    if c[1] is distinct from 'p' then
        return null;
    end if;
    return (select array_agg(x.record_id)
              from sharing_agreements_recordexception x
             where x.agency_id = c[7]::uuid
               and x.verb = 'share' and x.ended_at is null and (x.until is null or x.until >= gate.today())
               and array_position('{existence,summary,full}', x.level) >= shared_records.level
               and (x.practitioner_id = c[4]::uuid or x.practitioner_id is null and gate.receives()));
end
$function$;

CREATE OR REPLACE FUNCTION gate.sign_agreement(wanted uuid, seen_digest text, name text, post text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    one constant sharing_agreements_agreement := gate.hold_agreement(wanted, '{proposed}');
    failing integer;
    all_signed boolean;
begin
    if not gate.is_bound(one.id, signed => false) then
        raise exception 'only a party signs' using errcode = 'EH403';
    end if;
    if gate.is_bound(one.id, signed => true) then
        raise exception 'already signed for this agency' using errcode = 'EH409';
    end if;
    if gate.agreement_digest(one.id) is distinct from seen_digest then
        raise exception 'these are not the words that were shown' using errcode = 'EH409';
    end if;
    perform gate.require_words(name, 'a signature names its signatory');
    perform gate.require_words(post, 'a signature names the signatory''s post');
    if one.ends_on < gate.today() then
        raise exception 'the last day has passed' using errcode = '23514';
    end if;
    select min(e.number) into failing
      from gate.check_examples(one.id) tried
      join sharing_agreements_agreementexample e on e.id = tried.example_id
     where not tried.holds;
    if failing is not null then
        raise exception 'example % does not hold', failing using errcode = 'EH424';
    end if;
    update sharing_agreements_party
       set signatory_name = btrim(name), signatory_post = btrim(post), signed_at = clock_timestamp(),
           signed_by_id = gate.practitioner_id(), digest = seen_digest
     where agreement_id = one.id and agency_id = gate.drafts_for();
    all_signed := not exists (select from sharing_agreements_party p
                               where p.agreement_id = one.id and p.left_on is null and p.signed_at is null);
    perform gate.move_agreement(one.id, 'sign', case when all_signed then 'signed' else 'proposed' end, '', seen_digest);
    perform gate.settle_replaced(one.id);
end
$function$;

CREATE OR REPLACE FUNCTION gate.simulate_next(run uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    one sharing_agreements_simulationrun%rowtype;
    part gate.simulated_part%rowtype;
    still integer;
begin
    if gate.job() is distinct from 'simulate_agreement' and not gate.in_maintenance() then
        raise exception 'a job does this' using errcode = 'EH403';
    end if;
    select * into one from sharing_agreements_simulationrun r where r.id = run for no key update;
    if not found or one.done_at is not null then
        return 0;
    end if;
    if one.parts_done = 0 then
        one.parts_total := gate.begin_counting(one);
    end if;
    select * into part from gate.simulated_part p where p.run_id = run order by p.no limit 1;
    perform gate.count_part(run, part);
    select count(*) into still from gate.simulated_part p where p.run_id = run;
    update sharing_agreements_simulationrun r
       set parts_done = one.parts_total - still, parts_total = one.parts_total where r.id = run;
    if still = 0 then
        perform gate.finish_simulation(run);
    end if;
    return still;
end
$function$;

CREATE OR REPLACE FUNCTION gate.slipped(a text, b text)
 RETURNS boolean
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
    far constant integer := public.levenshtein_less_equal(a, b, 2);
    at integer := 1;
begin
    if length(a) <> length(b) or far > 2 then
        return false;
    elsif far = 1 then
        return true;
    end if;
    while substr(a, at, 1) = substr(b, at, 1) and at < length(a) loop
        at := at + 1;
    end loop;
    return substr(a, at, 2) = reverse(substr(b, at, 2));
end
$function$;

CREATE OR REPLACE FUNCTION gate.sound(word text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$ select coalesce(nullif(public.dmetaphone(word), ''), word) $function$;

CREATE OR REPLACE FUNCTION gate.stage_bits(stages integer, needs_consent boolean)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    select bit_or((case when needs_consent then 2 else 3 end) << (s * 2))
      from generate_series(0, 7) s where stages & (1 << s) <> 0
$function$;

CREATE OR REPLACE FUNCTION gate.stamp()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    c constant text[] := gate.claims();
    facts gate.facts;
    known integer;
begin
    if current_setting('transaction_isolation') <> 'read committed' then
        raise exception 'governed rows are written under READ COMMITTED only' using errcode = '25000';
    end if;
    if tg_argv[0] <> '' then
        new.kind := tg_argv[0]::smallint;
    end if;
    if new.kind not between 1 and 31 then
        raise exception 'a governed row needs a kind from 1 to 31' using errcode = '23514';
    end if;
    new.about := array(select distinct p from unnest(new.about || new.person_id) p where p is not null order by p);
    if c[1] = 'p' then
        new.author_id := c[4]::uuid;
        new.team_no := nullif(c[8]::integer, 0);
    end if;
    new.owner_no := (select no from sharing_agreements_agency where id = new.owner_id);
    new.author_no := (select no from sharing_agreements_practitioner where id = new.author_id);
    new.sent_to_no := (select no from sharing_agreements_agency where id = new.sent_to_id);
    new.sent_to_practitioner_no := (select no from sharing_agreements_practitioner where id = new.sent_to_practitioner_id);
    if new.kind = 4 and new.sent_to_id is not null
       and not exists (select from sharing_agreements_agency where id = new.sent_to_id and type = 'hub') then
        raise exception 'the hub-only box is sent to a hub only' using errcode = '23514';
    end if;
    perform from sharing_agreements_personfacts where person_id = any(new.about) order by person_id for share;
    get diagnostics known = row_count;
    if known <> cardinality(new.about) then
        raise exception 'a governed row is about people with an anchor only' using errcode = '23503';
    end if;
    facts := gate.facts_for(new.about, new.person_id, new.kind);
    new.stage := facts.stage;
    new.involved := facts.involved;
    new.workers := facts.workers;
    new.lead_no := facts.lead_no;
    new.consent_until := facts.consent_until;
    new.facts_until := facts.facts_until;
    new.restricted := facts.restricted;
    new.allowed := facts.allowed;
    new.bit := (new.owner_no * 32 + new.kind) * 16 + facts.stage * 2;
    if not exists (select from gate.holder where agency_no = new.owner_no) then
        insert into gate.holder values (new.owner_no) on conflict do nothing;
    end if;
    if new.sent_to_no is not null and not exists (select from gate.holder where agency_no = new.sent_to_no) then
        insert into gate.holder values (new.sent_to_no) on conflict do nothing;
    end if;
    return new;
end
$function$;

CREATE OR REPLACE FUNCTION gate.stamp_disclosure()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare c constant text[] := gate.claims();
begin
    if gate.in_maintenance() then
        return new;
    end if;
    new.at := clock_timestamp();
    new.practitioner_id := case when c[1] = 'p' then c[4]::uuid end;
    new.post_id := case when c[1] = 'p' then c[5]::uuid end;
    new.agency_id := case when c[1] = 'p' then c[7]::uuid end;
    new.role := case when c[1] = 'p' then c[9] else '' end;
    new.purpose := case when c[1] = 'p' then c[10] else '' end;
    new.job := case when c[1] = 'j' then c[3] else '' end;
    new.rules_version := coalesce((select v.version from gate.rules_version v), 0);
    return new;
end
$function$;

CREATE OR REPLACE FUNCTION gate.stamp_transaction()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$ begin new.tx := pg_current_xact_id()::text::bigint; return new; end $function$;

CREATE OR REPLACE FUNCTION gate.start_simulation(wanted uuid, supposed text, agency uuid, starts_on date, ends_on date, practitioner uuid)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    made constant uuid := gen_random_uuid();
    refusal constant text := gate.why_not_suppose(wanted, supposed, agency, starts_on, ends_on);
begin
    if gate.drafts_for() is null then
        raise exception 'only an information-governance lead does this' using errcode = 'EH403';
    end if;
    if not gate.may_simulate(wanted)
       or (practitioner is not null and gate.askers_of(practitioner, gate.drafts_for()) is null) then
        raise exception 'no such agreement' using errcode = 'EH404';
    end if;
    if refusal <> '' then
        raise exception '%', refusal using errcode = '23514';
    end if;
    insert into sharing_agreements_simulationrun
        (id, agreement_id, supposed, agency_id, starts_on, ends_on, practitioner_id, for_agency_id, asked_by_id, asked_at,
         day, from_day, rules_version, revision, parts_total, parts_done)
    select made, wanted, supposed, agency, start_simulation.starts_on, start_simulation.ends_on, practitioner,
           case when practitioner is not null then gate.drafts_for() end, gate.practitioner_id(), clock_timestamp(), gate.today(),
           case supposed when 'sign' then gate.today()
                when 'dates' then gate.first_day_apart(a.starts_on, a.ends_on, start_simulation.starts_on, start_simulation.ends_on)
                else greatest(gate.today(), a.starts_on) end,
           (select v.version from gate.rules_version v), a.revision, gate.parts_to_count(), 0
      from sharing_agreements_agreement a where a.id = wanted;
    return made;
end
$function$;

CREATE OR REPLACE FUNCTION gate.states_on(on_day date)
 RETURNS TABLE(agreement_id uuid, state text)
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED
AS $function$
    select distinct on (m.agreement_id) m.agreement_id, m.to_state
      from public.sharing_agreements_agreementmove m
     where (m.moved_at at time zone 'Europe/London')::date <= on_day
     order by m.agreement_id, m.moved_at desc, m.no desc
$function$;

CREATE OR REPLACE FUNCTION gate.stepped_up_child(step uuid)
 RETURNS SETOF cases_childincase
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    select c.*
      from cases_stepup s
      join cases_childincase c on c.case_id = s.case_id and c.person_id = s.person_id
     where s.id = step and gate.may_work_on(c)
$function$;

CREATE OR REPLACE FUNCTION gate.stop_prompts(person uuid, answer text, at_time timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare ended constant uuid[] := gate.require_ended(person);
begin
    if answer not in ('died', 'pregnancy_ended') then
        raise exception 'not an end of a life' using errcode = '22023';
    end if;
    update cases_watch
       set ended_on = gate.today(), ended_answer = answer, version = version + 1
     where person_id = any(ended) and ended_on is null;
    update cases_leadnotice
       set withdrawn_at = at_time, version = version + 1
     where person_id = any(ended) and rung_at is null and withdrawn_at is null;
    update cases_flag f
       set cleared_at = at_time, version = version + 1
     where f.cleared_at is null and f.about && ended
       and (f.about <@ ended or not exists (
               select from cases_childincase c
                where c.case_id = f.case_id and c.state in ('waiting', 'assessing', 'plan_active')
                  and not c.person_id = any(ended)
                  and not exists (select from gate.ended_people() e where e.person_id = c.person_id)));
end
$function$;

CREATE OR REPLACE FUNCTION gate.stopped_jobs()
 RETURNS TABLE(id uuid, job text, made_at timestamp with time zone, stopped_at timestamp with time zone, attempts smallint, last_error text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    select o.id, o.job, o.made_at, o.stopped_at, o.attempts, o.last_error
      from sharing_agreements_owedjob o
     where o.stopped_at is not null and gate.claim(9) = 'administrator'
     order by o.stopped_at
     limit 500
$function$;

CREATE OR REPLACE FUNCTION gate.street_key(folded text, town text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    select gate.sound(substring(folded from '(?:^| )([a-z]{3,})')) || ' '
        || gate.sound(nullif(split_part(gate.folded(town), ' ', 1), ''))
$function$;

CREATE OR REPLACE FUNCTION gate.suppose(agreement uuid, verb text, agency uuid DEFAULT NULL::uuid, starts_on date DEFAULT NULL::date, ends_on date DEFAULT NULL::date)
 RETURNS gate.supposed
 LANGUAGE sql
 IMMUTABLE
AS $function$ select (agreement, verb, agency, starts_on, ends_on)::gate.supposed $function$;

CREATE OR REPLACE FUNCTION gate.suppose_consent(family uuid, person uuid, agreed_until date)
 RETURNS TABLE(agency_no smallint, role text, posts uuid[], kind smallint, level integer, owner_no smallint, closes bigint, stays bigint, opens bigint)
 LANGUAGE plpgsql
 PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    rows constant gate.fact_row[] := gate.rows_to_ask_about(family);
    tables constant text[] := array(select f.table_name from unnest(rows) f);
    ids constant uuid[] := array(select f.id from unnest(rows) f);
    before constant text := coalesce(current_setting('earlyhelp.principal', true), '');
    supposed gate.fact_row[];
    standing uuid[];
    would_stand uuid[];
    group_ record;
    one record;
    for_purpose text;
begin
    begin
        perform gate.record_sharing_consent(array[person], agreed_until);
        supposed := gate.rows_asked_about(tables, ids);
        raise exception 'supposed' using errcode = 'EHSUP';
    exception when sqlstate 'EHSUP' then
        null;
    end;
    for group_ in select * from gate.posts_that_might(rows) loop
        select w.no, w.id as practitioner, p.id, g.no as agency, g.id as agency_id into one
          from sharing_agreements_post p
          join sharing_agreements_practitioner w on w.id = p.practitioner_id
          join sharing_agreements_agency g on g.id = p.agency_id
         where p.id = group_.posts[1];
        standing := '{}';
        would_stand := '{}';
        foreach for_purpose in array group_.purposes loop
            perform gate.act_as(one.no, one.practitioner, one.id, one.agency, one.agency_id, group_.team_no,
                                group_.role, for_purpose);
            perform gate.keep_clauses(one.agency, group_.role, for_purpose);
            standing := standing || array(select s.record_id from gate.explain_rows(rows) s);
            would_stand := would_stand || array(select s.record_id from gate.explain_rows(supposed) s);
        end loop;
        return query
        with asked as (
            select f.id, f.kind, f.level, f.owner_no, f.id in (select x from unnest(standing) x) as stands,
                   f.id in (select x from unnest(would_stand) x) as would
              from unnest(rows) f
        )
        select group_.agency_no::smallint, group_.role, group_.posts, a.kind, a.level, a.owner_no,
               count(*) filter (where a.stands and not a.would), count(*) filter (where a.stands and a.would),
               count(*) filter (where a.would and not a.stands)
          from asked a
         where a.stands or a.would
         group by a.kind, a.level, a.owner_no;
    end loop;
    perform set_config('earlyhelp.principal', before, true);
end
$function$;

CREATE OR REPLACE FUNCTION gate.suspend_agreement(wanted uuid, why text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare one constant sharing_agreements_agreement := gate.hold_agreement(wanted, '{signed}');
begin
    if not gate.is_bound(one.id, signed => true) then
        raise exception 'only a party suspends it' using errcode = 'EH403';
    end if;
    perform gate.require_words(why, 'say why it is suspended');
    perform gate.move_agreement(one.id, 'suspend', 'suspended', why);
end
$function$;

CREATE OR REPLACE FUNCTION gate.take_back_mail_domain(domain text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    if gate.claim(9) is distinct from 'administrator' then
        raise exception 'no such domain' using errcode = 'EH403';
    end if;
    delete from referrals_maildomain d where d.domain = take_back_mail_domain.domain;
    return found;
end
$function$;

CREATE OR REPLACE FUNCTION gate.take_back_notices(person uuid, at_time timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare ended constant uuid[] := gate.require_ended(person);
begin
    update referrals_noticecopy set withdrawn_at = at_time, version = version + 1
     where person_id = any(ended) and withdrawn_at is null and acknowledged_at is null;
    update referrals_schoolnotice set withdrawn_at = at_time, version = version + 1
     where person_id = any(ended) and withdrawn_at is null and acknowledged_at is null;
end
$function$;

CREATE OR REPLACE FUNCTION gate.take_back_records(family uuid, from_agency uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    governed record;
    taken integer := 0;
    some_rows integer;
begin
    if coalesce(gate.claim(9), '') not in ('manager', 'coordinator') then
        raise exception 'this role takes nothing back' using errcode = 'EH403';
    end if;
    for governed in select g.table_name from gate.governed g order by 1 loop
        execute format($sql$
            update sharing_agreements_recordexception x set ended_at = now() from %I r
             where r.family_id = $1 and r.id = x.record_id and x.table_name = %L and x.owner_no = gate.agency_no()
               and x.agency_id = $2 and x.verb = 'share' and x.ended_at is null $sql$,
            governed.table_name, governed.table_name) using family, from_agency;
        get diagnostics some_rows = row_count;
        taken := taken + some_rows;
    end loop;
    return taken;
end
$function$;

CREATE OR REPLACE FUNCTION gate.team_no()
 RETURNS integer
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare c constant text[] := gate.claims();
begin
    return case when c[1] = 'p' then nullif(c[8]::integer, 0) end;
end
$function$;

CREATE OR REPLACE FUNCTION gate.today()
 RETURNS date
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE
AS $function$ begin return (now() at time zone 'Europe/London')::date; end $function$;

CREATE OR REPLACE FUNCTION gate.together(levels text[])
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    select case when levels && '{given_other,given_near,given_initial}' and levels && '{line_same,line_mistyped}'
                 and not levels && '{postcode_other,postcode_district}'
                then array['home_other_name'] else '{}' end
        || case when levels && '{given_other,given_near,given_initial}' and levels && '{born_same,born_guess,born_due}'
                 and levels && '{family_same,family_part,family_mistyped}'
                 and not (levels && '{line_other}' and levels && '{postcode_other,postcode_district}')
                then array['may_be_twins'] else '{}' end
        || case when levels @> '{given_unknown,family_unknown}' then array['no_name'] else '{}' end
$function$;

CREATE OR REPLACE FUNCTION gate.town_level(a text[], b text[])
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
begin
    return case
        when a is null or b is null then 'town_unknown'
        when a && b then 'town_same'
        when cardinality(a) = 1 and cardinality(b) = 1 then
            case when public.similarity(a[1], b[1]) >= 0.5 then 'town_mistyped' else 'town_other' end
        when exists (select from unnest(a) x, unnest(b) y where public.similarity(x, y) >= 0.5) then 'town_mistyped'
        else 'town_other' end;
end
$function$;

CREATE OR REPLACE FUNCTION gate.try_job_again(owed uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    if gate.claim(9) is distinct from 'administrator' then
        return false;
    end if;
    update sharing_agreements_owedjob set stopped_at = null, sent_at = null, attempts = 0
     where id = owed and stopped_at is not null;
    return found;
end
$function$;

CREATE OR REPLACE FUNCTION gate.undelivered(taken_since timestamp with time zone)
 RETURNS TABLE(id uuid, name text, address text, made_at timestamp with time zone, returned_at timestamp with time zone, attempts smallint, error text, is_stopped boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    select n.id, p.name, n.address, n.made_at, n.returned_at, coalesce(o.attempts, 0::smallint),
           coalesce(o.last_error, ''), o.stopped_at is not null
      from sharing_agreements_notification n
      join sharing_agreements_practitioner p on p.id = n.practitioner_id
      left join sharing_agreements_owedjob o on o.key = 'send_notification:' || n.id
     where n.settled_at is null and p.is_active and gate.claim(9) = 'administrator'
       and (n.returned_at is not null or n.sent_at is null and n.made_at < taken_since)
     order by n.made_at desc
     limit 200
$function$;

CREATE OR REPLACE FUNCTION gate.under_headline()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    link constant uuid := to_jsonb(new) ->> tg_argv[1];
    fits boolean;
begin
    if link is null or gate.in_maintenance() then
        return new;
    end if;
    execute format('select exists (select from %I h where h.id = $1 and h.about = $2
                       and h.person_id is not distinct from $3 and case %L
                           when ''owner'' then $4 = h.owner_id
                           when ''sent_to'' then $4 = h.sent_to_id
                           when ''either'' then $4 in (h.owner_id, h.sent_to_id)
                           when ''lead'' then $4 = h.owner_id
                               or coalesce(h.lead_no = gate.practitioner_no() and h.facts_until >= gate.today(), false)
                           else $4 in (select a.id from sharing_agreements_agency a where a.type = ''hub'')
                           end)', tg_argv[0], tg_argv[2])
       into fits using link, new.about, new.person_id, new.owner_id;
    if not fits then
        raise exception 'a row under a headline belongs to its headline''s agency and people' using errcode = '23503';
    end if;
    return new;
end
$function$;

CREATE OR REPLACE FUNCTION gate.unlink_person(duplicate uuid, why text DEFAULT ''::text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    others uuid[];
    link sharing_agreements_personlink;
begin
    perform gate.one_link_at_a_time();
    others := gate.lock_people(array[duplicate]);
    perform gate.require_fact_changer(others);
    select * into link from sharing_agreements_personlink l
     where duplicate in (l.said_id, l.moved_id) and l.unlinked_at is null
     order by l.linked_at desc limit 1 for update;
    if link.id is null then
        return;
    end if;
    update sharing_agreements_person set merged_into_id = null where id = link.moved_id;
    update sharing_agreements_personlink
       set unlinked_at = clock_timestamp(), unlinked_by_id = gate.practitioner_id(), unlinked_because = why
     where id = link.id;
    perform gate.refresh_people(others);
end
$function$;

CREATE OR REPLACE FUNCTION gate.unsealed_from()
 RETURNS bigint
 LANGUAGE sql
 STABLE
AS $function$
    select coalesce((select case when pg_snapshot_xmin(pg_current_snapshot())::text::bigint < s.settled then 0
                                 else s.settled end
                       from sharing_agreements_seal s order by s.number desc limit 1), 0)
$function$;

CREATE OR REPLACE FUNCTION gate.unsent_drafts()
 RETURNS TABLE(author_name text, started_at timestamp with time zone)
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    select w.name::text, d.started_at
      from referrals_draft d
      join sharing_agreements_practitioner w on w.id = d.author_id
      join sharing_agreements_post p on p.id = d.post_id
      join sharing_agreements_agency a on a.id = p.agency_id
      left join sharing_agreements_team t on t.id = p.team_id
     where d.sent_at is null and d.abandoned_at is null and d.started_at < now() - interval '8 hours'
       and a.no = gate.agency_no() and w.no <> gate.practitioner_no()
       and (gate.claim(9) = 'manager' or (gate.claim(9) = 'supervisor' and t.no = gate.team_no()))
       and coalesce(d.data #>> '{concern,typed,concern,0}', '') <> 'works_with_children'
       and coalesce(d.data #>> '{works-with-children,typed,works_at,0}', '') <> a.id::text
     order by d.started_at
$function$;

CREATE OR REPLACE FUNCTION gate.unusual_looks(days integer, many integer, before timestamp with time zone, before_id uuid, most integer)
 RETURNS TABLE(id uuid, at timestamp with time zone, practitioner_id uuid, role text, family_id uuid, holds boolean, families integer, reasons text[])
 LANGUAGE plpgsql
 PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
#variable_conflict use_column
declare
    since constant timestamptz := now() - make_interval(days => days);
    on_day date := (coalesce(before, now()) at time zone 'Europe/London')::date;
    wanted integer := most;
    given integer;
begin
    if gate.claim(9) is distinct from 'governance_lead' then
        return;
    end if;
    while wanted > 0 and on_day >= (since at time zone 'Europe/London')::date loop
        return query
        select f.* from gate.unusual_looks_of(on_day, since, many) f
         where before is null or (f.at, f.id) < (before, before_id)
         order by f.at desc, f.id desc limit wanted;
        get diagnostics given = row_count;
        wanted := wanted - given;
        on_day := on_day - 1;
    end loop;
end
$function$;

CREATE OR REPLACE FUNCTION gate.unusual_looks_of(on_day date, since timestamp with time zone, many integer)
 RETURNS TABLE(id uuid, at timestamp with time zone, practitioner_id uuid, role text, family_id uuid, holds boolean, families integer, reasons text[])
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
#variable_conflict use_column
declare
    c constant text[] := gate.claims();
    begins constant timestamptz := on_day::timestamp at time zone 'Europe/London';
    ends constant timestamptz := (on_day + 1)::timestamp at time zone 'Europe/London';
    own constant smallint := c[6]::smallint;
    is_hub constant boolean := exists (select from sharing_agreements_agency a where a.id = c[7]::uuid and a.type = 'hub');
begin
    return query
    with recent as materialized (
        select d.id, d.at, d.practitioner_id, d.role::text, d.family_id, d.record_ids
          from sharing_agreements_disclosure d
         where d.at >= greatest(since, begins - interval '1 hour') and d.at < ends
           and d.agency_id = c[7]::uuid
           and d.practitioner_id is not null and d.family_id is not null and d.outcome in ('seen', 'done')
           and d.role <> 'governance_lead'
    ), looks as materialized (
        select * from recent where at >= begins
    ), visits as materialized (
        select (array_agg(l.id order by l.at desc, l.id))[1] as id, max(l.at) as at, l.practitioner_id, l.family_id,
               (array_agg(l.role order by l.at desc, l.id))[1] as role
          from looks l group by l.practitioner_id, l.family_id
    ), people as materialized (
        select p.* from gate.people_of_families(array(select distinct l.family_id from looks l), own) p
    ), involved as materialized (
        select p.family_id, i.practitioner_id
          from people p
          join sharing_agreements_involvement i on i.person_id = p.person_id
         where i.agency_id = c[7]::uuid and i.starts_on <= on_day and (i.ends_on is null or i.ends_on >= on_day)
    ), hits as (
        select distinct l.practitioner_id, l.family_id, 'surname' as reason
          from (select distinct x.practitioner_id, x.family_id, r from looks x, unnest(x.record_ids) r) l
          join sharing_agreements_identity i on i.id = l.r
          join sharing_agreements_practitioner w on w.id = l.practitioner_id
         where i.family_name <> '' and gate.folded(i.family_name) = gate.folded(regexp_replace(trim(w.name), '^.*\s', ''))
        union all
        select v.practitioner_id, v.family_id, 'not_involved'
          from visits v
         where not is_hub
           and not exists (
               select from involved i
                where i.family_id = v.family_id
                  and (i.practitioner_id = v.practitioner_id or v.role in ('manager', 'coordinator')))
    ), within_an_hour as (
        select a.practitioner_id, a.at, a.role, count(distinct b.family_id)::integer as families
          from looks a
          join recent b on b.practitioner_id = a.practitioner_id and b.at > a.at - interval '1 hour' and b.at <= a.at
         group by a.id, a.practitioner_id, a.at, a.role
        having count(distinct b.family_id) > many
    )
    select v.id, v.at, v.practitioner_id, v.role, v.family_id,
           exists (select from people p where p.family_id = v.family_id and p.holds),
           null::integer, array_agg(h.reason order by h.reason desc)
      from hits h join visits v using (practitioner_id, family_id)
     group by v.id, v.at, v.practitioner_id, v.role, v.family_id
    union all
    select md5(concat(m.practitioner_id, on_day))::uuid, max(m.at), m.practitioner_id, min(m.role), null, false,
           max(m.families), array['many']
      from within_an_hour m group by m.practitioner_id;
end
$function$;

CREATE OR REPLACE FUNCTION gate.upn(words text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    with d as (select upper(regexp_replace(coalesce(words, ''), '\s', '', 'g')) as upn)
    select upn from d
     where upn ~ '^[A-Z][0-9]{11}[0-9A-Z]$'
       and left(upn, 1) = substr('ABCDEFGHJKLMNPQRTUVWXYZ', 1 + (
               select sum(i * ((position(substr(upn, i, 1) in 'ABCDEFGHJKLMNPQRTUVWXYZ0123456789') - 1) % 23))::int % 23
                 from generate_series(2, 13) i), 1)
$function$;

CREATE OR REPLACE FUNCTION gate.variants(names text[])
 RETURNS text[]
 LANGUAGE sql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    with root as (
        select unnest(names) as name
        union select v.stands_for from sharing_agreements_namevariant v where v.name = any(names)
    )
    select coalesce(array_agg(distinct x.name), '{}')
      from (select name from root union select v.name from sharing_agreements_namevariant v join root on v.stands_for = root.name) x
     where x.name <> all(names)
$function$;

CREATE OR REPLACE FUNCTION gate.waiting_at_agencies(day date)
 RETURNS TABLE(practitioner uuid, newest timestamp with time zone, newest_urgent timestamp with time zone)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    perform gate.require_teller();
    return query
    select who, max(since), max(since) filter (where urgent)
      from (select n.practitioner_id, n.told_at, true
              from sharing_agreements_emergencynotice n
              join sharing_agreements_emergencyaccess a on a.id = n.access_id
             where a.reviewed_at is null
             union all
            select h.practitioner_id, w.made_at, false
              from sharing_agreements_agreementwarning w
              join sharing_agreements_agreement a on a.id = w.agreement_id
              join sharing_agreements_party y on y.agreement_id = a.id and y.left_on is null
              join gate.holders(day, array['governance_lead']) h on h.agency_id = y.agency_id
             where a.state in ('signed', 'proposed')
             union all
            select h.practitioner_id, m.moved_at, false
              from sharing_agreements_agreement a
              join sharing_agreements_party y on y.agreement_id = a.id and y.left_on is null and y.signed_at is null
              join sharing_agreements_agreementmove m on m.agreement_id = a.id and m.verb = 'propose'
              join gate.holders(day, array['governance_lead']) h on h.agency_id = y.agency_id
             where a.state = 'proposed'
             union all
            select w.practitioner_id, w.since, false from gate.connections_waiting(day) w
             union all
            select r.practitioner_id, r.since, false from gate.requests_waiting(day) r) waits (who, since, urgent)
     group by who;
end
$function$;

CREATE OR REPLACE FUNCTION gate.waiting_at_front_door(day date)
 RETURNS TABLE(practitioner uuid, newest timestamp with time zone, newest_urgent timestamp with time zone)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    perform gate.require_teller();
    return query
    with denied as materialized (select * from gate.denied_to_each()),
    answering as materialized (select * from gate.holders(day, array['supervisor', 'coordinator', 'manager'])),
    managers as materialized (select * from gate.holders(day, array['manager'])),
    deciders as materialized (select * from gate.holders(day, array['decision_maker', 'emergency_duty'])),
    open_checks as materialized (
        select k.* from referrals_agencycheck k
         where k.withdrawn_at is null
           and not exists (select from referrals_checkanswer a where a.check_asked_id = k.id)),
    waits (who, no, about, restricted, allowed, since, urgent) as (
        -- danger or red that nobody has acknowledged
        select d.practitioner_id, d.practitioner_no, c.about, c.restricted, c.allowed,
               greatest(c.received_at, c.graded_at), true
          from referrals_contact c join deciders d on d.agency_id = c.owner_id
         where c.acknowledged_at is null and c.status <> 'decided'
           and (c.danger or 'red' in (c.grade, c.reported))
         union all
        -- the hub asks whoever reported
        select r.author_id, p.no, r.about, r.restricted, r.allowed, c.waiting_since, true
          from referrals_contact c
          join referrals_report r on r.id = c.report_id
          join sharing_agreements_practitioner p on p.id = r.author_id
         where c.waiting_since is not null and c.status <> 'decided'
         union all
        -- what became of a report, unread
        select f.sent_to_practitioner_id, f.sent_to_practitioner_no, f.about, f.restricted, f.allowed, f.recorded_at, false
          from referrals_feedback f
         where f.sent_to_practitioner_id is not null and f.recorded_at > day - interval '14 days'
           and not exists (select from referrals_feedbackread x where x.feedback_id = f.id)
         union all
        -- the hub asks an agency, and later its manager
        select a.practitioner_id, a.practitioner_no, k.about, k.restricted, k.allowed, greatest(k.asked_at, k.chased_at), true
          from open_checks k join answering a on a.agency_id = k.sent_to_id
         union all
        select m.practitioner_id, m.practitioner_no, k.about, k.restricted, k.allowed, k.climbed_at, true
          from open_checks k join managers m on m.agency_id = k.sent_to_id
         where k.climbed_at is not null
         union all
        -- a notice of domestic abuse, for the key adult it was written for
        select n.sent_to_practitioner_id, n.sent_to_practitioner_no, n.about, n.restricted, n.allowed, n.sent_at, true
          from referrals_noticecopy n
         where n.acknowledged_at is null and n.withdrawn_at is null and n.sent_to_practitioner_id is not null)
    select w.who, max(w.since), max(w.since) filter (where w.urgent)
      from waits w
     where (w.restricted = 0 or w.no = any(w.allowed))
       and not exists (select from denied d where d.practitioner_id = w.who and d.person_id = any(w.about))
     group by w.who;
end
$function$;

CREATE OR REPLACE FUNCTION gate.waiting_on_clocks(day date)
 RETURNS TABLE(practitioner uuid, newest timestamp with time zone, newest_urgent timestamp with time zone)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    perform gate.require_teller();
    return query
    with denied as materialized (select * from gate.denied_to_each()),
    hub as materialized (select * from gate.holders(day, array['decision_maker', 'navigator', 'emergency_duty'])),
    deciders as materialized (select * from gate.holders(day, array['decision_maker', 'emergency_duty'])),
    managers as materialized (select * from gate.holders(day, array['manager'])),
    running as materialized (
        select c.owner_id, c.claimed_by_id, c.about, c.restricted, c.allowed, m.share, m.passed_at
          from referrals_contact c
          join referrals_clockmark m on m.contact_id = c.id and m.due_at = c.due_at
         where c.status <> 'decided' and m.share >= 80),
    waits (who, no, about, restricted, allowed, since) as (
        select h.practitioner_id, h.practitioner_no, r.about, r.restricted, r.allowed, r.passed_at
          from running r join hub h on h.agency_id = r.owner_id and h.practitioner_id = r.claimed_by_id
         union all
        select d.practitioner_id, d.practitioner_no, r.about, r.restricted, r.allowed, r.passed_at
          from running r join deciders d on d.agency_id = r.owner_id
         where r.claimed_by_id is null
         union all
        select m.practitioner_id, m.practitioner_no, r.about, r.restricted, r.allowed, r.passed_at
          from running r join managers m on m.agency_id = r.owner_id
         where r.share = 100)
    select w.who, max(w.since), max(w.since)
      from waits w
     where (w.restricted = 0 or w.no = any(w.allowed))
       and not exists (select from denied d where d.practitioner_id = w.who and d.person_id = any(w.about))
     group by w.who;
end
$function$;

CREATE OR REPLACE FUNCTION gate.waiting_on_disagreements(day date)
 RETURNS TABLE(practitioner uuid, newest timestamp with time zone, newest_urgent timestamp with time zone)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    perform gate.require_teller();
    return query
    with denied as materialized (select * from gate.denied_to_each()),
    managers as materialized (select * from gate.holders(day, array['manager'])),
    open_ones as materialized (
        select r.id, r.owner_id, r.rung, r.decision_id, r.about, r.restricted, r.allowed, r.began_at,
               r.sent_to_practitioner_id as said_by,
               r.may_harm or exists (select from referrals_disagreementrung b
                                      where b.joins_id = r.id and b.may_harm) as urgent
          from referrals_disagreementrung r
         where r.joins_id is null
           and not exists (select from referrals_runganswer a where a.rung_id = r.id)
           and not exists (select from referrals_disagreementrung l
                            where l.decision_id = r.decision_id and l.rung > r.rung)),
    waits (who, no, rung) as (
        select p.id, p.no, o.id
          from open_ones o
          join referrals_decision d on d.id = o.decision_id
          join sharing_agreements_practitioner p on p.id = d.author_id
         where o.rung = 1
         union all
        select m.practitioner_id, m.practitioner_no, o.id
          from open_ones o join managers m on m.agency_id = o.owner_id
         where o.rung > 1)
    select w.who, max(o.began_at), max(o.began_at) filter (where o.urgent)
      from waits w join open_ones o on o.id = w.rung
     where (o.restricted = 0 or w.no = any(o.allowed))
       and o.said_by is distinct from w.who
       and not exists (select from referrals_disagreementrung b
                        where b.joins_id = o.id and b.sent_to_practitioner_id = w.who)
       and not exists (select from denied d where d.practitioner_id = w.who and d.person_id = any(o.about))
     group by w.who;
end
$function$;

CREATE OR REPLACE FUNCTION gate.waiting_on_receipts(day date)
 RETURNS TABLE(practitioner uuid, newest timestamp with time zone, newest_urgent timestamp with time zone)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    perform gate.require_teller();
    return query
    with denied as materialized (select * from gate.denied_to_each()),
    receiving as materialized (select * from gate.holders(day, array['coordinator', 'manager'])),
    open_ones as (
        select s.sent_to_id, s.about, s.restricted, s.allowed, greatest(s.recorded_at, last.answered_at) as since
          from cases_stepup s
          left join lateral (select a.result, a.answered_at from cases_stepupanswer a where a.step_up_id = s.id
                              order by a.answered_at desc limit 1) last on true
         where coalesce(last.result, 'disputed') = 'disputed')
    select r.practitioner_id, max(o.since), max(o.since)
      from open_ones o join receiving r on r.agency_id = o.sent_to_id
     where (o.restricted = 0 or r.practitioner_no = any(o.allowed))
       and not exists (select from denied d where d.practitioner_id = r.practitioner_id and d.person_id = any(o.about))
     group by 1;
end
$function$;

CREATE OR REPLACE FUNCTION gate.waiting_with_families(day date)
 RETURNS TABLE(practitioner uuid, newest timestamp with time zone, newest_urgent timestamp with time zone)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    perform gate.require_teller();
    return query
    with denied as materialized (select * from gate.denied_to_each()),
    covering as materialized (
        select v.case_id, p.id, p.no from cases_cover v join sharing_agreements_practitioner p on p.id = v.practitioner_id
         where v.ended_at is null and day between v.starts_on and v.ends_on),
    managers as materialized (select * from gate.holders(day, array['manager'])),
    raised as materialized (
        select * from cases_flag f
         where f.cleared_at is null and coalesce(f.snoozed_until, '-infinity') < day),
    waits (who, no, about, restricted, allowed, since, urgent) as (
        -- somebody is asked to lead, or into a team
        select a.practitioner_id, p.no, a.about, a.restricted, a.allowed, a.recorded_at, false
          from cases_leadassignment a join sharing_agreements_practitioner p on p.id = a.practitioner_id
         where a.ended_at is null and not exists (select from cases_answer x where x.assignment_id = a.id)
         union all
        select t.practitioner_id, p.no, t.about, t.restricted, t.allowed, t.recorded_at, false
          from cases_teammember t join sharing_agreements_practitioner p on p.id = t.practitioner_id
         where t.ended_on is null and not exists (select from cases_answer x where x.team_member_id = t.id)
         union all
        -- ring the hub before you contact the family
        select n.sent_to_practitioner_id, n.sent_to_practitioner_no, n.about, n.restricted, n.allowed, n.recorded_at, true
          from cases_leadnotice n
         where n.rung_at is null and n.withdrawn_at is null and n.sent_to_practitioner_id is not null
         union all
        -- a flag: the lead's and the cover's, then their manager's as well
        select p.id, p.no, f.about, f.restricted, f.allowed, f.raised_at, false
          from raised f join sharing_agreements_practitioner p on p.no = f.lead_no
         where (f.rule <> 'release_due' or exists (
               select from sharing_agreements_post o
                where o.practitioner_id = p.id and o.agency_id = f.owner_id and o.starts_on <= day
                  and coalesce(o.ends_on, 'infinity') >= day))
         union all
        select c.id, c.no, f.about, f.restricted, f.allowed, f.raised_at, false
          from raised f join covering c on c.case_id = f.case_id
         where (f.rule <> 'release_due' or exists (
               select from sharing_agreements_post o
                where o.practitioner_id = c.id and o.agency_id = f.owner_id and o.starts_on <= day
                  and coalesce(o.ends_on, 'infinity') >= day))
         union all
        select m.practitioner_id, m.practitioner_no, f.about, f.restricted, f.allowed, f.climbed_at, false
          from raised f join managers m on m.agency_id = f.owner_id
         where f.climbed_at is not null
         union all
        -- two reviews were missed: the team's as well
        select t.practitioner_id, p.no, f.about, f.restricted, f.allowed, f.raised_at, false
          from raised f
          join cases_teammember t on t.case_id = f.case_id and t.ended_on is null
          join cases_answer x on x.team_member_id = t.id and x.accepted
          join sharing_agreements_practitioner p on p.id = t.practitioner_id
         where f.rule = 'reviews_missed'
         union all
        -- somebody of the team is worried about the plan
        select p.id, p.no, w.about, w.restricted, w.allowed, w.recorded_at, false
          from cases_planconcern w join sharing_agreements_practitioner p on p.no = w.lead_no
         where w.answered_on is null
         union all
        -- a manager's yes is asked for
        select m.practitioner_id, m.practitioner_no, s.about, s.restricted, s.allowed, s.recorded_at, false
          from cases_signoff s join managers m on m.agency_id = s.owner_id
         where m.practitioner_id <> s.author_id and s.recorded_at > day - interval '30 days'
           and not exists (select from cases_answer x where x.sign_off_id = s.id)
         union all
        -- social care did not accept what somebody stepped up
        select u.author_id, p.no, u.about, u.restricted, u.allowed, a.answered_at, true
          from cases_stepupanswer a
          join cases_stepup u on u.id = a.step_up_id
          join sharing_agreements_practitioner p on p.id = u.author_id
         where a.result = 'not_accepted'
           and not exists (select from cases_stepupanswer b where b.step_up_id = u.id and b.answered_at > a.answered_at)
         union all
        -- two lines from somebody who met the family
        select n.sent_to_practitioner_id, n.sent_to_practitioner_no, n.about, n.restricted, n.allowed, n.recorded_at, false
          from cases_note n
         where n.note_kind = 'quick' and n.sent_to_practitioner_id is not null
           and n.recorded_at > day - interval '14 days')
    select w.who, max(w.since), max(w.since) filter (where w.urgent)
      from waits w
     where (w.restricted = 0 or w.no = any(w.allowed))
       and not exists (select from denied d where d.practitioner_id = w.who and d.person_id = any(w.about))
     group by w.who;
end
$function$;

CREATE OR REPLACE FUNCTION gate.was_proposed(agreement uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    select exists (select from sharing_agreements_agreementmove m
                    where m.agreement_id = was_proposed.agreement and m.to_state = 'ended' and m.from_state <> 'draft')
$function$;

CREATE OR REPLACE FUNCTION gate.ways(level integer)
 RETURNS TABLE(place integer, way text, within text, by_clause boolean, expression text)
 LANGUAGE sql
 IMMUTABLE
AS $function$
    values
        (1, 'own_agency', 'own', false, '((select gate.own_agency_kinds()) >> kind) & 1 = 1'),
        (2, 'own_team', 'own', false,
         '(team_no = (select gate.team_no()) and ((select gate.own_team_kinds()) >> kind) & 1 = 1)'),
        (3, 'own_author', 'own', false,
         '((select gate.own_self()) and author_no = (select gate.practitioner_no()))'),
        (4, 'own_worker', 'own', false,
         '((select gate.own_self()) and (select gate.practitioner_no()) = any(workers)
           and facts_until >= (select gate.today()) and kind <> 4)'),
        (5, 'sent', '', false,
         '(sent_to_no = (select gate.agency_no())
           and ((select gate.receives()) or sent_to_practitioner_no = (select gate.practitioner_no())))'),
        (6, 'clause', '', true, format($text$
           get_bit(case when happened_on > (select (gate.today() - interval '12 months')::date) then (select gate.mask(%1$s, 12, false))
                        when happened_on > (select (gate.today() - interval '36 months')::date) then (select gate.mask(%1$s, 36, false))
                        else (select gate.mask(%1$s, 0, false)) end,
                   bit + (coalesce(consent_until, '-infinity') >= (select gate.today()))::integer)::boolean$text$, level)),
        (7, 'clause', '', true, format($text$
           ((select gate.agency_no()) = any(involved) and facts_until >= (select gate.today())
            and get_bit(case when happened_on > (select (gate.today() - interval '12 months')::date) then (select gate.mask(%1$s, 12, true))
                             when happened_on > (select (gate.today() - interval '36 months')::date) then (select gate.mask(%1$s, 36, true))
                             else (select gate.mask(%1$s, 0, true)) end,
                        bit + (coalesce(consent_until, '-infinity') >= (select gate.today()))::integer)::boolean)$text$, level)),
        (8, 'emergency', '', false, '(kind <> 4 and about && (select gate.emergency_people()))'),
        (9, 'shared', '', false, format('(kind <> 4 and id = any((select gate.shared_records(%s))::uuid[]))', level))
$function$;

CREATE OR REPLACE FUNCTION gate.ways_of_row()
 RETURNS TABLE(place integer, way text, by_clause boolean, expression text)
 LANGUAGE sql
 IMMUTABLE
AS $function$
    select place, min(way), bool_or(by_clause),
           case when min(within) = 'own' then 'owner_no = (select gate.agency_no()) and ' else '' end || '('
           || case when count(distinct expression) = 1 then min(expression)
                   else string_agg(format('(level = %s and %s)', l, expression), ' or ') end || ')'
      from generate_series(1, 3) l, gate.ways(l)
     group by place
$function$;

CREATE OR REPLACE FUNCTION gate.weigh(levels text[], weights jsonb)
 RETURNS real
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
    total double precision := coalesce((weights -> 'start')::double precision, 0);
    code text;
begin
    foreach code in array levels loop
        total := total + coalesce((weights -> code)::double precision, 0);
    end loop;
    return total;
end
$function$;

CREATE OR REPLACE FUNCTION gate.who_can_see(family uuid)
 RETURNS TABLE(agency_no smallint, role text, posts uuid[], purpose text, kind smallint, level integer, owner_no smallint, way text, clause_id uuid)
 LANGUAGE plpgsql
 PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    rows constant gate.fact_row[] := gate.rows_to_ask_about(family);
    before constant text := coalesce(current_setting('earlyhelp.principal', true), '');
    group_ record;
    one record;
    for_purpose text;
begin
    for group_ in select * from gate.posts_that_might(rows) loop
        select w.no, w.id as practitioner, p.id, g.no as agency, g.id as agency_id into one
          from sharing_agreements_post p
          join sharing_agreements_practitioner w on w.id = p.practitioner_id
          join sharing_agreements_agency g on g.id = p.agency_id
         where p.id = group_.posts[1];
        foreach for_purpose in array group_.purposes loop
            perform gate.act_as(one.no, one.practitioner, one.id, one.agency, one.agency_id, group_.team_no,
                                group_.role, for_purpose);
            perform gate.keep_clauses(one.agency, group_.role, for_purpose);
            return query
            select distinct group_.agency_no::smallint, group_.role, group_.posts, for_purpose, s.kind, s.level, s.owner_no,
                   s.way, s.clause_id
              from gate.explain_rows(rows) s;
        end loop;
    end loop;
    perform set_config('earlyhelp.principal', before, true);
end
$function$;

CREATE OR REPLACE FUNCTION gate.who_holds(people uuid[])
 RETURNS TABLE(agency_no smallint, kind smallint, first_month date, last_month date, withheld boolean)
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare ids uuid[];
begin
    if gate.agency_no() is null or not gate.any_right() then
        return;
    end if;
    select array_agg(distinct m) into ids from unnest(people) p, unnest(gate.same_person(p)) m;
    return query execute format($sql$
        select owner_no, kind, date_trunc('month', min(happened_on))::date, date_trunc('month', max(happened_on))::date,
               not bool_and(%s)
          from unnest($1) held where kind <> 4 and %s and %s group by 1, 2 order by 1, 2$sql$,
        gate.readable(), gate.predicate(1), gate.denial()) using gate.rows_about(ids);
end
$function$;

CREATE OR REPLACE FUNCTION gate.who_looked(family uuid, before timestamp with time zone, before_id uuid, most integer)
 RETURNS TABLE(id uuid, at timestamp with time zone, practitioner_id uuid, agency_no smallint, role text, purpose text, what text, outcome text, told timestamp with time zone, openings jsonb)
 LANGUAGE sql
 PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    select d.id, d.at, d.practitioner_id, a.no, d.role::text, d.purpose::text, d.what::text, d.outcome::text, b.at,
           gate.own_openings(b.openings)
      from gate.looks_at(case when gate.claim(9) in ('manager', 'governance_lead') then family end) d
      join sharing_agreements_agency a on a.id = d.agency_id
      left join sharing_agreements_lookbasis b on b.look_id = d.id
     where before is null or (d.at, d.id) < (before, before_id)
     order by d.at desc, d.id desc limit most
$function$;

CREATE OR REPLACE FUNCTION gate.whom_to_tell(cases uuid[])
 RETURNS TABLE(case_id uuid, family_id uuid, hidden_from smallint[], lead_id uuid, tell_id uuid, agency_id uuid)
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    if gate.agency_no() is null then
        return;
    end if;
    return query execute format($sql$
        with known as materialized (
            select distinct on (k.case_id) k.case_id, k.lead_no
              from (select * from cases_childincase where case_id = any($1) and %s and %s) k
             where k.state not in ('stepped_up', 'declined', 'closed')
             order by k.case_id, k.lead_no is null, k.id)
        select c.id, c.family_id, c.hidden_from, u.id,
               case when v.agency_id is null then u.id else v.practitioner_id end,
               coalesce(v.agency_id, a.agency_id, o.agency_id, c.owner_id)
          from known k
          join cases_case c on c.id = k.case_id
          left join sharing_agreements_practitioner u on u.no = k.lead_no and u.is_active
          left join lateral (
               select v.practitioner_id, v.agency_id from cases_cover v
                where v.case_id = k.case_id and v.ended_at is null and gate.today() between v.starts_on and v.ends_on
                order by v.recorded_at limit 1) v on true
          left join lateral (
               select a.agency_id from cases_leadassignment a
                 join cases_answer w on w.assignment_id = a.id and w.accepted
                where a.case_id = k.case_id and a.practitioner_id = u.id
                order by w.recorded_at desc limit 1) a on true
          left join lateral (
               select o.agency_id from sharing_agreements_post o
                where o.practitioner_id = u.id and gate.today() between o.starts_on and coalesce(o.ends_on, 'infinity')
                order by o.role = 'lead_practitioner' desc, o.id limit 1) o on true
         order by c.id$sql$, gate.predicate(1), gate.denial()) using cases;
end
$function$;

CREATE OR REPLACE FUNCTION gate.why_not_suppose(wanted uuid, supposed text, agency uuid, starts_on date, ends_on date)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    select case
        when supposed = 'sign' and a.state not in ('draft', 'proposed') then 'it was signed already'
        when supposed = 'resume' and a.state <> 'suspended' then 'it is not suspended'
        when supposed not in ('sign', 'resume') and a.state <> 'signed' then 'it is not in force'
        when supposed <> 'dates' and a.ends_on < gate.today() then 'the last day has passed'
        when supposed in ('join', 'leave') and agency is null then 'say which agency'
        when supposed = 'join' and exists (select from sharing_agreements_party p
                where p.agreement_id = a.id and p.agency_id = agency and p.left_on is null) then 'that agency is a party already'
        when supposed = 'leave' and not exists (select from sharing_agreements_party p
                where p.agreement_id = a.id and p.agency_id = agency and p.left_on is null and p.signed_at is not null)
            then 'that agency is not bound by it'
        when supposed = 'dates' and (why_not_suppose.starts_on is null or why_not_suppose.ends_on is null)
            then 'say its first and its last day'
        when supposed = 'dates' and why_not_suppose.ends_on < why_not_suppose.starts_on
            then 'the last day is before the first day'
        when supposed = 'dates'
             and gate.first_day_apart(a.starts_on, a.ends_on, why_not_suppose.starts_on, why_not_suppose.ends_on) is null
            then 'from today on it is in force on the same days'
        else '' end
      from sharing_agreements_agreement a where a.id = wanted
$function$;

CREATE OR REPLACE FUNCTION gate.widen_case(case_no uuid, people uuid[])
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
    if not coalesce((select bool_or(gate.may_work_on(c)) from cases_childincase c where c.case_id = case_no), false) then
        raise exception 'no such case' using errcode = 'EH404';
    end if;
    perform gate.require_fact_changer(people);
    update cases_case
       set about = array(select distinct p from unnest(about || people) p order by p) where id = case_no;
    perform gate.refresh_people(people);
end
$function$;

CREATE OR REPLACE FUNCTION gate.withhold_record(target text, record uuid, from_agency uuid, why text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    one record;
    hidden integer;
    number constant smallint := (select no from sharing_agreements_agency where id = from_agency);
begin
    perform gate.require_reason(why);
    perform gate.require_own_record(target, record);
    perform gate.require_another_agency(from_agency);
    for one in select * from gate.rows_of_record(target, record) loop
        execute format('update %I set hidden_from = hidden_from || $2 where id = $1 and not $2 = any(hidden_from)',
                       one.table_name) using one.id, number;
        get diagnostics hidden = row_count;
        continue when hidden = 0;  -- it was hidden before: ending this decision must not open that again
        insert into sharing_agreements_recordexception
            (id, verb, table_name, record_id, owner_no, agency_id, level, reason, made_by_id, made_at)
        values (gen_random_uuid(), 'withhold', one.table_name, one.id, gate.agency_no(), from_agency, '', trim(why),
                gate.practitioner_id(), now());
    end loop;
end
$function$;

CREATE OR REPLACE FUNCTION gate.would_change(tables text[], supposing gate.supposed[], on_day date, askers gate.asker[])
 RETURNS TABLE(person integer, table_name text, record_id uuid, gained boolean)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    run constant uuid := gen_random_uuid();
    at integer;
begin
    if not gate.in_maintenance() then
        raise exception 'row by row in maintenance only' using errcode = 'EH403';
    end if;
    for at in 1 .. cardinality(askers) loop
        perform gate.prepare_simulation(run, supposing, on_day, askers[at:at]);
        return query execute format('select $2, x.table_name, x.id, x.gained from (%s) x', gate.differing(tables, 'true'))
            using run, at;
        perform gate.forget_simulation(run);
    end loop;
end
$function$;

CREATE OR REPLACE FUNCTION gate.write_bases(most integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    before constant text := coalesce(current_setting('earlyhelp.principal', true), '');
    one record;
    told integer := 0;
begin
    if not gate.in_maintenance() and coalesce(gate.job(), '') <> 'seal_log' then
        raise exception 'only the job that seals may say why' using errcode = 'EH403';
    end if;
    perform pg_advisory_xact_lock(hashtextextended('gate.seal_log', 0));
    for one in
        select d::sharing_agreements_disclosure as page, w.no, g.no as agency, t.no as team
          from sharing_agreements_disclosure d
          join sharing_agreements_post p on p.id = d.post_id
          join sharing_agreements_practitioner w on w.id = d.practitioner_id
          join sharing_agreements_agency g on g.id = d.agency_id
          left join sharing_agreements_team t on t.id = p.team_id
         where d.tx >= (select gate.unsealed_from()) and gate.lacks_basis(d)
           and not exists (select from sharing_agreements_sealedrow s where s.row_id = d.id)
         order by d.tx, d.id limit most
    loop
        perform gate.act_as(one.no, (one.page).practitioner_id, (one.page).post_id, one.agency, (one.page).agency_id,
                            one.team, (one.page).role, (one.page).purpose);
        insert into sharing_agreements_lookbasis (look_id, at, same_rules, openings, unopened)
        select (one.page).id, clock_timestamp(),
               (one.page).rules_version = (select v.version from gate.rules_version v),
               o.openings, cardinality((one.page).record_ids) - o.opened
          from gate.openings_of(one.page) o;
        told := told + 1;
    end loop;
    perform set_config('earlyhelp.principal', before, true);
    return told;
end
$function$;

CREATE OR REPLACE FUNCTION gate.write_explain()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    execute format($sql$
        create or replace function gate.explain_rows(asked_about gate.fact_row[]) returns setof gate.opening
        language plpgsql stable security definer parallel restricted
        set search_path = public, pg_temp set plan_cache_mode = force_generic_plan
        as $body$
        declare
            my_agency constant smallint := gate.agency_no();
            my_number constant integer := gate.practitioner_no();
            this_day constant date := gate.today();
        begin
            return query %s;
        end
        $body$ $sql$,
        replace(replace(replace(replace(
            gate.explaining('select * from unnest(asked_about)',
                            'fact_row.id, fact_row.table_name, fact_row.kind, fact_row.level, fact_row.owner_no'),
            '(select gate.agency_no())', 'my_agency'), '(select gate.practitioner_no())', 'my_number'),
            '(select gate.today())', 'this_day'), 'gate.today()', 'this_day'));
    revoke execute on function gate.explain_rows(gate.fact_row[]) from public;
end
$function$;

CREATE OR REPLACE FUNCTION gate.write_fan_out()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    execute format($sql$
        create or replace function gate.fan_out(ids uuid[]) returns void
        language plpgsql volatile security definer
        set search_path = public, pg_temp set plan_cache_mode = force_generic_plan set enable_seqscan = off
        as $body$
        begin
            %s
        end
        $body$ $sql$, (
        select string_agg(format($one$
            if exists (select from %1$I r where r.about && ids) then
                perform from %1$I r where r.about && ids and cardinality(r.about) > 1 order by r.id for update;
                with sets as materialized (
                    select d.about, d.person_id, d.locates, f.*
                      from (select distinct r.about, r.person_id, r.kind = 2 as locates from %1$I r where r.about && ids) d,
                           lateral gate.facts_for(d.about, d.person_id, case when d.locates then 2 else 1 end::smallint) f
                )
                update %1$I r
                   set stage = s.stage, involved = s.involved, workers = s.workers, lead_no = s.lead_no,
                       consent_until = s.consent_until, facts_until = s.facts_until, restricted = s.restricted,
                       allowed = s.allowed, bit = (r.owner_no * 32 + r.kind) * 16 + s.stage * 2
                  from sets s
                 where r.about && ids and r.about = s.about and r.person_id is not distinct from s.person_id
                   and (r.kind = 2) = s.locates
                   and (r.stage, r.involved, r.workers, r.lead_no, r.consent_until, r.facts_until, r.restricted,
                        r.allowed, r.bit)
                       is distinct from (s.stage, s.involved, s.workers, s.lead_no, s.consent_until, s.facts_until,
                                         s.restricted, s.allowed, (r.owner_no * 32 + r.kind) * 16 + s.stage * 2);
            end if;$one$, g.table_name), '' order by g.table_name)
          from gate.governed g));
    revoke execute on function gate.fan_out(uuid[]) from public;
end
$function$;

CREATE OR REPLACE FUNCTION gate.write_rows_about()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    execute format($sql$
        create or replace function gate.rows_about(people uuid[]) returns gate.fact_row[]
        language plpgsql stable security definer parallel restricted
        set search_path = public, pg_temp set plan_cache_mode = force_generic_plan
        as $body$
        declare
            found_rows gate.fact_row[];
        begin
            select array_agg(held::gate.fact_row) into found_rows from (%s) held;
            return coalesce(found_rows, '{}');
        end
        $body$ $sql$, coalesce(gate.all_rows('about && people'), 'select (null::gate.fact_row).* where false'));
    revoke execute on function gate.rows_about(uuid[]) from public;
end
$function$;

CREATE OR REPLACE FUNCTION gate.write_rows_asked_about()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    execute format($sql$
        create or replace function gate.rows_asked_about(tables text[], ids uuid[]) returns gate.fact_row[]
        language plpgsql stable security definer parallel restricted
        set search_path = public, pg_temp set plan_cache_mode = force_generic_plan
        as $body$
        declare
            more gate.fact_row[];
            found_rows gate.fact_row[] := '{}';
        begin
            %s
            return found_rows;
        end
        $body$ $sql$, (
        select string_agg(format($one$
            if %1$L = any(tables) then
                select array_agg(held::gate.fact_row) into more from (%2$s) held;
                found_rows := found_rows || more;
            end if;$one$, g.table_name, gate.fact_rows(g.table_name, format(
                'id = any(array(select i from unnest(tables, ids) asked (t, i) where t = %L))', g.table_name))),
            '' order by g.table_name)
          from gate.governed g));
    revoke execute on function gate.rows_asked_about(text[], uuid[]) from public;
end
$function$;

CREATE OR REPLACE FUNCTION gate.writes()
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
declare c constant text[] := gate.claims();
begin
    return coalesce((select r.writes from gate.role r where c[1] = 'p' and r.role = c[9]), false);
end
$function$;

CREATE OR REPLACE FUNCTION gate.wrong_facts()
 RETURNS TABLE(table_name text, id uuid)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
    every_set text;
    every_check text;
begin
    return query
    select 'sharing_agreements_personfacts', f.person_id
      from sharing_agreements_personfacts f,
           lateral gate.facts_of(gate.same_person(f.person_id), gate.today()) x
     where (f.stage, f.involved, f.workers, f.lead_no, f.consent_until, f.restricted, f.address_hidden)
           is distinct from (x.stage, x.involved, x.workers, x.lead_no, x.consent_until, x.restricted, x.address_hidden)
        or f.facts_until is distinct from x.facts_until;
    select string_agg(format('select about, person_id, kind = 2 as locates from %I', g.table_name), ' union '),
           string_agg(format($sql$
            select %1$L::text, r.id
              from %1$I r
              join sharing_agreements_agency a on a.id = r.owner_id
              join sets x on x.about = r.about and x.person_id is not distinct from r.person_id
               and x.locates = (r.kind = 2)
             where (r.stage, r.involved, r.workers, r.lead_no, r.consent_until, r.facts_until, r.restricted, r.allowed)
                   is distinct from (x.stage, x.involved, x.workers, x.lead_no, x.consent_until, x.facts_until, x.restricted,
                                     x.allowed)
                or r.owner_no <> a.no
                or r.author_no is distinct from
                   (select w.no from sharing_agreements_practitioner w where w.id = r.author_id)
                or r.sent_to_no is distinct from
                   (select s.no from sharing_agreements_agency s where s.id = r.sent_to_id)
                or r.sent_to_practitioner_no is distinct from
                   (select w.no from sharing_agreements_practitioner w where w.id = r.sent_to_practitioner_id)
                or r.bit <> (r.owner_no * 32 + r.kind) * 16 + r.stage * 2
                or (r.person_id is not null and not r.person_id = any(r.about)) $sql$, g.table_name),
            ' union all ')
      into every_set, every_check
      from gate.governed g;
    return query execute format($sql$
        with sets as materialized (
            select d.about, d.person_id, d.locates, f.*
              from (%s) d, lateral gate.facts_for(d.about, d.person_id, case when d.locates then 2 else 1 end::smallint) f
        )
        %s $sql$, every_set, every_check);
end
$function$;
