"""What each login and the gate may do to each table and with which functions, said again and compared word for word.

Row security decides about rows; these privileges decide what a login may try at all. A privilege more or less than said
here fails: `bin/mutate` widens every grant and forgets every revoke to see that it does.
"""

import pytest
from django.apps import apps
from django.db import connection

from sharing_agreements.models import SharedRecord

pytestmark = pytest.mark.django_db

READS, ADDS, REMOVES = "select", "select insert", "select insert delete"
CHANGES, KEEPS = "select insert update", "select insert update delete"
WEB = {
    "auth_permission": READS,
    "cases_assessmentform": ADDS,
    "cases_service": f"{ADDS} update(application_process areas assured_date description eligibility_description email "
    "fees_description headings headings_are_ours imported_at keeps_list maximum_age minimum_age name "
    "organization phone places status terms url version wait_time whole)",
    "cases_uncheckedservice": f"{READS} update(cleared_at)",
    "cases_threshold": f"{READS} update(climbs_after days is_on)",
    "cases_thresholdtrial": ADDS,
    "django_content_type": READS,
    "django_migrations": READS,
    "django_session": KEEPS,
    "referrals_devicekey": CHANGES,
    "referrals_draft": CHANGES,
    "referrals_draftattachment": f"{ADDS} update(content emptied_at shows)",
    "referrals_guidanceread": ADDS,
    "referrals_hubthreshold": f"{READS} update(climbs_after days is_on times)",
    "referrals_importreject": READS,
    "referrals_queuefilter": f"{ADDS} update(grade whose)",
    "referrals_reportimport": READS,
    "referrals_restrictedmatch": READS,
    "sharing_agreements_agency": READS,
    "sharing_agreements_agreement": f"{ADDS} update(aim dpia_reference ends_on incident_contact lawful_basis "
    "overarching parent_id powers purposes reference retention review_on revision rights_contact starts_on title)",
    "sharing_agreements_agreementdocument": REMOVES,
    "sharing_agreements_agreementexample": REMOVES,
    "sharing_agreements_agreementmove": READS,
    "sharing_agreements_agreementrequest": f"{ADDS} update(answer answered_at answered_by_id state version)",
    "sharing_agreements_agreementwarning": READS,
    "sharing_agreements_clause": f"{REMOVES} update(how_far_back kind level needs_consent needs_involvement number "
    "provider_agency_id provider_district provider_type recipient_agency_id recipient_district "
    "recipient_roles recipient_type stages)",
    "sharing_agreements_conflict": ADDS,
    "sharing_agreements_disclosure": "insert",
    "sharing_agreements_emergencyaccess": READS,
    "sharing_agreements_emergencynotice": READS,
    "sharing_agreements_examplealarm": READS,
    "sharing_agreements_family": ADDS,
    "sharing_agreements_hubhours": READS,
    "sharing_agreements_matchweights": READS,
    "sharing_agreements_namevariant": REMOVES,
    "sharing_agreements_notification": READS,
    "sharing_agreements_notificationchoice": f"{ADDS} update(how_often)",
    "sharing_agreements_owedjob": "insert",
    "sharing_agreements_owndetails": READS,
    "sharing_agreements_party": f"{REMOVES} update(capacity)",
    "sharing_agreements_person": ADDS,
    "sharing_agreements_personlink": READS,
    "sharing_agreements_post": READS,
    "sharing_agreements_postcover": f"{ADDS} update(ended_at)",
    "sharing_agreements_practitioner": f"{READS} update(last_login)",
    "sharing_agreements_recordexception": READS,
    "sharing_agreements_recordsystem": READS,
    "sharing_agreements_schoolterm": READS,
    "sharing_agreements_simulationline": READS,
    "sharing_agreements_simulationrun": READS,
    "sharing_agreements_submission": CHANGES,
    "sharing_agreements_switchedoffpack": REMOVES,
    "sharing_agreements_systemkey": READS,
    "sharing_agreements_team": READS,
    "sharing_agreements_workingday": READS,
    "gate.governed": READS,
}
WORKER = {
    "auth_permission": READS,
    "cases_service": READS,
    "cases_threshold": READS,
    "cases_thresholdtrial": f"{READS} update(counted_at lines)",
    "cases_uncheckedservice": f"{ADDS} update(cleared_at)",
    "django_content_type": READS,
    "django_migrations": READS,
    "referrals_hubthreshold": READS,
    "referrals_restrictedmatch": ADDS,
    "sharing_agreements_agency": READS,
    "sharing_agreements_agreement": READS,
    "sharing_agreements_agreementdocument": READS,
    "sharing_agreements_agreementexample": READS,
    "sharing_agreements_agreementmove": READS,
    "sharing_agreements_agreementwarning": ADDS,
    "sharing_agreements_clause": READS,
    "sharing_agreements_disclosure": "insert",
    "sharing_agreements_donejob": ADDS,
    "sharing_agreements_emergencyaccess": READS,
    "sharing_agreements_emergencynotice": ADDS,
    "sharing_agreements_examplealarm": f"{ADDS} update(ended_at)",
    "sharing_agreements_family": ADDS,
    "sharing_agreements_hubhours": READS,
    "sharing_agreements_matchweights": READS,
    "sharing_agreements_namevariant": READS,
    "sharing_agreements_notification": f"{ADDS} update(delivered_at returned_at sent_at theirs)",
    "sharing_agreements_notificationchoice": READS,
    "sharing_agreements_owedjob": CHANGES,
    "sharing_agreements_party": READS,
    "sharing_agreements_person": ADDS,
    "sharing_agreements_post": READS,
    "sharing_agreements_postcover": READS,
    "sharing_agreements_practitioner": READS,
    "sharing_agreements_schoolterm": READS,
    "sharing_agreements_team": READS,
    "sharing_agreements_workingday": READS,
    "gate.governed": READS,
}
"""Ungoverned tables. A table that is not here is closed to the login."""

GATE = {
    "auth_permission": READS,
    "referrals_draft": READS,
    "referrals_guidanceread": READS,
    "referrals_maildomain": REMOVES,
    "referrals_outsideaccess": KEEPS,
    "sharing_agreements_agency": ADDS,
    "sharing_agreements_agreement": f"{READS} update(state)",
    "sharing_agreements_agreementdocument": READS,
    "sharing_agreements_agreementexample": READS,
    "sharing_agreements_agreementmove": ADDS,
    "sharing_agreements_agreementrequest": READS,
    "sharing_agreements_agreementwarning": READS,
    "sharing_agreements_clause": READS,
    "sharing_agreements_conflict": KEEPS,
    "sharing_agreements_disclosure": READS,
    "sharing_agreements_emergencyaccess": CHANGES,
    "sharing_agreements_emergencynotice": READS,
    "sharing_agreements_family": KEEPS,
    "sharing_agreements_hiddenaddress": KEEPS,
    "sharing_agreements_hubhours": READS,
    "sharing_agreements_involvement": KEEPS,
    "sharing_agreements_lookbasis": ADDS,
    "sharing_agreements_matchweights": READS,
    "sharing_agreements_namevariant": READS,
    "sharing_agreements_notification": CHANGES,
    "sharing_agreements_owedjob": CHANGES,
    "sharing_agreements_owndetails": CHANGES,
    "sharing_agreements_party": f"{READS} update(digest left_on signatory_name signatory_post signed_at signed_by_id)",
    "sharing_agreements_person": KEEPS,
    "sharing_agreements_personfacts": KEEPS,
    "sharing_agreements_personlink": CHANGES,
    "sharing_agreements_personuserobjectpermission": KEEPS,
    "sharing_agreements_post": f"{ADDS} update(ends_on key_adult)",
    "sharing_agreements_practitioner": f"{ADDS} update(name phone)",
    "sharing_agreements_recordexception": CHANGES,
    "sharing_agreements_recordsystem": CHANGES,
    "sharing_agreements_restrictedperson": KEEPS,
    "sharing_agreements_schoolterm": REMOVES,
    "sharing_agreements_seal": ADDS,
    "sharing_agreements_sealedrow": ADDS,
    "sharing_agreements_sharingconsent": KEEPS,
    "sharing_agreements_simulationline": ADDS,
    "sharing_agreements_simulationrun": CHANGES,
    "sharing_agreements_stagechange": KEEPS,
    "sharing_agreements_systemkey": CHANGES,
    "sharing_agreements_team": READS,
    "sharing_agreements_workingday": READS,
}
"""Ungoverned tables that are not the gate's own, and what its functions may do to them whoever calls."""

ADDED_BY_THE_GATE_OR_A_JOB = {
    "eh_web": {
        *("cases_casemove", "cases_flag", "cases_leadnotice", "cases_retentionreview"),
        *("referrals_clockmark", "referrals_disagreementrung", "referrals_hubflag"),
    },
    "eh_worker": {"cases_casemove", "cases_retentionreview"},
}
"""Governed tables that the login only reads. It adds rows to every other one; the policies say whose."""

NEVER_REWRITTEN = {
    *("cases_answer", "cases_assessmentanswer", "cases_casemove", "cases_childincase", "cases_childlevel"),
    *("cases_consenttohelp", "cases_liftednotsafetotell", "cases_notsafetotell", "cases_retentionanswer"),
    *("cases_servicereferral", "cases_servicereferralstep", "cases_snooze", "cases_stepupanswer"),
    *("referrals_adultofconcern", "referrals_attachment", "referrals_checkanswer", "referrals_checkanswerdetail"),
    *("referrals_checkanswerhubonly", "referrals_checksopening", "referrals_clockmark", "referrals_contactentry"),
    *("referrals_decisiondetail", "referrals_disagreement", "referrals_disagreementrung", "referrals_feedback"),
    *("referrals_feedbackread", "referrals_followupstep", "referrals_gradechange", "referrals_hubflagsnooze"),
    *("referrals_question", "referrals_releasedattachment", "referrals_releaserefusal", "referrals_releaserequest"),
    *("referrals_report", "referrals_reportaddition", "referrals_reportdetail", "referrals_reportedadult"),
    *("referrals_reportedchild", "referrals_reportedchilddetail", "referrals_reporthubonly", "referrals_reportplace"),
    *("referrals_runganswer", "referrals_secondlook", "referrals_wrongchildmark"),
}
"""Governed tables whose rows no login changes at all: a new row says it anew, or the gate changes them."""

STAYS_AS_WRITTEN = {
    "cases_action": "measure power power_reason settled_at sort status",
    "cases_assessment": "form_version",
    "cases_cover": "post_cover_id",
    "cases_event": "headings",
    "cases_expectedagency": "agency_id case_id why",
    "cases_familycopy": "case_id lines way",
    "cases_flag": "case_id cleared_at climbed_at episode evidence raised_at raised_on rule subject_id",
    "cases_leadnotice": "case_id rung_at",
    "cases_meetingpoint": "meeting_id part text",
    "cases_objection": "against case_id words",
    "cases_ownplan": "asked review_on title why",
    "cases_ownplanaim": "aim doing heading plan_id",
    "cases_pin": "event_id reason",
    "cases_planconcern": "case_id words",
    "cases_retentionreview": "case_id due_on ended_on listed_on taken_off_on",
    "referrals_agencycheck": "adult_reason asked_at contact_id looks_back named question reference",
    "referrals_contact": "feedback_due_at",
    "referrals_decision": "team_words",
    "referrals_followup": "began_at decision_id",
    "referrals_hubflag": "cleared_at climbed_at contact_id evidence raised_at raised_on rule subject_id",
    "referrals_noticecopy": "acknowledged_at child_born child_name circumstances happened_time notice_id place "
    "police_reference seemed seen sent_at starts_at there words",
    "referrals_schoolnotice": "acknowledged_at acknowledged_by_id report_id",
    "sharing_agreements_identity": "family_words given_words match_keys matched_at",
}
"""Columns of other governed tables that no login changes; it changes every other one that is not a fact."""

BUT_THE_WORKER = {
    "cases_flag": (True, STAYS_AS_WRITTEN["cases_flag"]),
    "cases_leadnotice": (True, "case_id rung_at"),
    "cases_retentionreview": (True, STAYS_AS_WRITTEN["cases_retentionreview"]),
    "referrals_hubflag": (True, STAYS_AS_WRITTEN["referrals_hubflag"]),
    "referrals_contact": (False, "lead_left_out_at"),
    "referrals_noticecopy": (False, "version withdrawn_at"),
}
"""Whether the worker changes these columns too, whose rows its jobs keep, or they are the web login's alone."""

WORKER_ALONE = {
    *("list_for_retention", "raise_flags", "refresh_expired", "seal_log", "write_bases", "wrong_facts"),
    *("ended_people", "waiting_at_agencies", "waiting_at_front_door", "waiting_on_clocks", "waiting_with_families"),
    *("waiting_on_disagreements", "waiting_on_receipts"),
}

MAINTENANCE_ALONE = {"check_log", "facts_for", "holds", "log_text", "restamp_people", "set_key", "would_change"}

EVERY_KIND = frozenset(range(1, 32))
BUT_THE_HUBS_BOX = EVERY_KIND - {4}
IDENTITY_AND_CASE = frozenset({1, 15})
NO_KIND: frozenset[int] = frozenset()
OWN_ROWS = {
    "reporter": (NO_KIND, NO_KIND, "own writes"),
    "supervisor": (NO_KIND, BUT_THE_HUBS_BOX, "own writes"),
    "decision_maker": (EVERY_KIND, NO_KIND, "own receives writes facts"),
    "navigator": (EVERY_KIND, NO_KIND, "own receives writes facts"),
    "emergency_duty": (EVERY_KIND, NO_KIND, "own receives writes facts"),
    "coordinator": (BUT_THE_HUBS_BOX, NO_KIND, "own receives writes facts"),
    "lead_practitioner": (NO_KIND, IDENTITY_AND_CASE, "own writes"),
    "team_member": (NO_KIND, NO_KIND, "own writes"),
    "manager": (BUT_THE_HUBS_BOX, NO_KIND, "own receives writes facts"),
    "governance_lead": (NO_KIND, NO_KIND, ""),
    "analyst": (NO_KIND, NO_KIND, ""),
    "administrator": (NO_KIND, NO_KIND, ""),
    "outside_reporter": (NO_KIND, NO_KIND, "own writes"),
}
"""Role -> kinds it reads of its whole agency, kinds it reads of its team; whether it reads its own rows and those it
works on, opens what is sent to the agency, writes, and changes facts."""

FACTS = {field.column for field in SharedRecord._meta.concrete_fields} - {"version"}
"""Columns of every governed table that the database keeps by itself."""

_PRIVILEGES = """
select case n.nspname when 'gate' then 'gate.' else '' end || c.relname,
       concat_ws(' ',
           (select string_agg(p, ' ' order by o)
              from unnest('{select,insert,update,delete,truncate,references,trigger}'::text[]) with ordinality x (p, o)
             where has_table_privilege(%(login)s, c.oid, p)),
           (select 'update(' || string_agg(a.attname, ' ' order by a.attname) || ')'
              from pg_attribute a, aclexplode(a.attacl) x
             where a.attrelid = c.oid and x.grantee = %(login)s::regrole and x.privilege_type = 'UPDATE'),
           (select string_agg(x.privilege_type || ' of ' || a.attname, ' ')
              from pg_attribute a, aclexplode(a.attacl) x
             where a.attrelid = c.oid and x.grantee in (%(login)s::regrole, 0) and x.privilege_type <> 'UPDATE')),
       exists (select from gate.governed g where g.table_name = c.relname)
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where n.nspname in ('public', 'gate') and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
"""


def _rows(statement: str, **given: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute("set local role eh_gate")
        cursor.execute(statement, given or None)
        found = cursor.fetchall()
        cursor.execute("set local role eh_owner")
    return found


@pytest.mark.parametrize(("login", "said"), [("eh_web", WEB), ("eh_worker", WORKER)])
def test_a_login_may_do_to_ungoverned_tables_what_is_said_here_and_nothing_else(login, said):
    found = _rows(_PRIVILEGES, login=login)
    assert {table: may for table, may, is_governed in found if may and not is_governed} == said


def test_the_gate_may_do_to_ungoverned_tables_what_is_said_here_and_nothing_else():
    found = _rows(_PRIVILEGES, login="eh_gate")
    others = {table: may.partition(" SELECT of ")[0] for table, may, is_governed in found if may and not is_governed}
    assert {table: may for table, may in others.items() if not table.startswith("gate.")} == GATE


@pytest.mark.parametrize("login", ["eh_web", "eh_worker"])
def test_a_login_reads_and_adds_to_governed_tables_and_changes_no_whole_row(login):
    may = {table: privileges for table, privileges, is_governed in _rows(_PRIVILEGES, login=login) if is_governed}
    whole = {table: privileges.partition(" update(")[0] for table, privileges in may.items()}
    only_read = ADDED_BY_THE_GATE_OR_A_JOB[login]
    assert whole == {table: READS if table in only_read else ADDS for table in may}


@pytest.mark.parametrize("login", ["eh_web", "eh_worker"])
def test_a_login_changes_the_columns_of_governed_tables_that_are_said_here_and_no_other(login):
    said = {}
    for model in apps.get_models():
        if issubclass(model, SharedRecord):
            table = model._meta.db_table
            own = {field.column for field in model._meta.concrete_fields} - FACTS
            stays = own if table in NEVER_REWRITTEN else set(STAYS_AS_WRITTEN.get(table, "").split())
            if login == "eh_worker" and table in BUT_THE_WORKER:
                changes_more, columns = BUT_THE_WORKER[table]
                stays = stays - set(columns.split()) if changes_more else stays | set(columns.split())
            said[table] = own - stays
    found = _rows(
        "select g.table_name, array_agg(a.attname) filter (where has_column_privilege(%(login)s, a.attrelid, a.attnum, "
        "'update')) from gate.governed g join pg_attribute a on a.attrelid = g.table_name::regclass and a.attnum > 0 "
        "and not a.attisdropped group by 1",
        login=login,
    )
    assert {table: set(may or []) for table, may in found} == said


def test_functions_for_the_worker_alone_are_closed_to_the_web_login_and_everybody_else_to_the_gates():
    found = _rows(
        "select proname, has_function_privilege('eh_web', oid, 'execute'), "
        "has_function_privilege('eh_worker', oid, 'execute') from pg_proc "
        "where pronamespace = 'gate'::regnamespace and prorettype <> 'trigger'::regtype"
    )
    assert {name for name, web, worker in found if worker and not web} == WORKER_ALONE
    assert {name for name, web, worker in found if web and not worker} == set()


def test_maintenance_calls_what_is_said_here_and_what_the_worker_may():
    found = _rows(
        "select proname from pg_proc where pronamespace = 'gate'::regnamespace and prokind = 'f' "
        "and prorettype <> 'trigger'::regtype and has_function_privilege('eh_owner', oid, 'execute') "
        "and not has_function_privilege('eh_web', oid, 'execute')"
    )
    assert {name for (name,) in found} == MAINTENANCE_ALONE | WORKER_ALONE


def test_only_maintenance_calls_what_governs_tables():
    found = _rows(
        "select proname from pg_proc where pronamespace = 'gate'::regnamespace and prokind = 'p' "
        "and (has_function_privilege('eh_web', oid, 'execute') or has_function_privilege('eh_worker', oid, 'execute'))"
    )
    assert found == []


def test_maintenance_sets_the_key_that_signs_and_no_login_does():
    found = _rows(
        "select r::text, has_function_privilege(r, 'gate.set_key(bytea, bytea)', 'execute') "
        "from unnest('{eh_owner,eh_web,eh_worker}'::name[]) r"
    )
    assert dict(found) == {"eh_owner": True, "eh_web": False, "eh_worker": False}


def test_a_role_does_with_its_own_agencys_rows_what_is_said_here_and_nothing_else():
    found = _rows(
        "select role, own_agency_kinds, own_team_kinds, concat_ws(' ', case when own_self then 'own' end, "
        "case when receives then 'receives' end, case when writes then 'writes' end, "
        "case when may_change_facts then 'facts' end) from gate.role"
    )

    def kinds(bits: int) -> frozenset[int]:
        return frozenset(kind for kind in range(64) if bits >> kind & 1)

    assert {role: (kinds(agency), kinds(team), may) for role, agency, team, may in found} == OWN_ROWS
