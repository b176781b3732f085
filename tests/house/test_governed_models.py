"""Every model is governed, or says here why not; every governed table has the same policies, and nothing more."""

import re

import pytest
from django.apps import apps
from django.db import connection

from sharing_agreements.models import SharedRecord

pytestmark = pytest.mark.django_db
APPS = ("sharing_agreements", "cases", "referrals")

RULES_OF_THEIR_OWN = {
    "sharing_agreements_person": "anchor without personal data: whoever acts may read and add",
    "sharing_agreements_family": "anchor without personal data: whoever acts may read and add",
    "sharing_agreements_conflict": "a practitioner's own declared connections",
    "sharing_agreements_owndetails": "the practitioner they are about alone; written by the gate alone",
    "sharing_agreements_emergencyaccess": "who used it, and who answers for it; written by the gate alone",
    "sharing_agreements_emergencynotice": "whose notice it is alone, by its own policy; written by one job",
    "sharing_agreements_recordexception": "the agency whose record it is; written by the gate alone",
    "referrals_reportimport": "who tends the record system it came through; written in maintenance",
    "referrals_importreject": "read with its import; written in maintenance",
    "sharing_agreements_submission": "a practitioner's own forms, so that sending twice is once",
    "sharing_agreements_personlink": "hub roles and managers who may read an account of both; the gate writes",
    "sharing_agreements_namevariant": "whoever acts reads names that stand for one another; administrators edit them",
    "sharing_agreements_agreement": "proposed and signed agreements are for everybody; a draft is its drafter's",
    "sharing_agreements_party": "read with its agreement; written while it is a draft",
    "sharing_agreements_clause": "read with its agreement; written while it is a draft",
    "sharing_agreements_agreementdocument": "read with its agreement; written while it is a draft",
    "sharing_agreements_agreementmove": "read with its agreement; written by the gate alone",
    "sharing_agreements_agreementwarning": "read with its agreement; written by the daily job",
    "sharing_agreements_agreementexample": "read with its agreement; written while it is a draft",
    "sharing_agreements_examplealarm": "read with its example; written by one job",
    "sharing_agreements_simulationrun": "governance leads of the agreement's parties and drafter; numbers only",
    "sharing_agreements_simulationline": "read with its run; numbers only",
    "sharing_agreements_switchedoffpack": "settings of the partnership",
    "sharing_agreements_recordsystem": "an agency's administrators and governance leads; written by the gate",
    "sharing_agreements_systemkey": "read with its record system; what it is made of is not in it",
    "sharing_agreements_agreementrequest": "a practitioner's own wishes, and those a governance lead answers",
    "referrals_devicekey": "a practitioner's own keys, for reports waiting on a device",
    "referrals_draft": "a practitioner's own unsent report",
    "referrals_draftattachment": "files of a practitioner's own unsent report",
    "referrals_guidanceread": "which cards of guidance a practitioner has read",
    "referrals_queuefilter": "a practitioner's own wish of what to see of the queue",
    "referrals_restrictedmatch": "the people named for one restricted match, and the hub's manager",
    "sharing_agreements_notificationchoice": "a practitioner's own choice; one job reads it",
    "sharing_agreements_postcover": "the post's own agency: who is away and who covers",
    "sharing_agreements_notification": "a practitioner's own e-mails, which say nothing; three jobs write them",
    "cases_assessmentform": "whoever acts reads it; administrators and early help managers add versions",
    "cases_service": "the directory of services: whoever acts reads it; its keepers add and change",
    "cases_uncheckedservice": "tasks of the directory's keepers, about services alone; raised by one job",
    "cases_threshold": "settings of the partnership",
    "cases_thresholdtrial": "whoever asked what other numbers would flag; numbers only",
    "referrals_hubthreshold": "settings of the partnership",
}
"""Tables with row security that are not governed: who reads a row is a small rule of their own."""

READABLE_BY_ALL = {
    "auth_permission": "names of permissions",
    "django_content_type": "names of models",
    "django_migrations": "names of migrations",
    "django_session": "hashed keys and signed contents, useless without the cookie and the key of the site",
    "sharing_agreements_agency": "the partnership's directory",
    "sharing_agreements_team": "the partnership's directory",
    "sharing_agreements_practitioner": "the partnership's directory; sign-in reads the password hash here",
    "sharing_agreements_post": "the partnership's directory",
    "sharing_agreements_workingday": "the calendar",
    "sharing_agreements_hubhours": "the calendar",
    "sharing_agreements_schoolterm": "the calendar",
    "sharing_agreements_matchweights": "what agreement between two accounts weighs; nothing about anybody",
    "sharing_agreements_owedjob": "job names and ids; the worker's alone",
    "sharing_agreements_donejob": "job names and ids; the worker's alone",
}
"""Tables a login may read without row security. None holds anything about a family."""

CLOSED = {
    "sharing_agreements_personfacts",
    "sharing_agreements_involvement",
    "sharing_agreements_sharingconsent",
    "sharing_agreements_stagechange",
    "sharing_agreements_restrictedperson",
    "sharing_agreements_hiddenaddress",
    "sharing_agreements_personuserobjectpermission",
    "sharing_agreements_disclosure",
    "sharing_agreements_lookbasis",
    "sharing_agreements_seal",
    "sharing_agreements_sealedrow",
    "referrals_importmapping",
    "referrals_maildomain",
    "referrals_outsideaccess",
}
"""Tables no login may read at all: only gate functions do."""

MORE_POLICIES = {
    (
        "cases_retentionreview",
        "only_managers_decide",
    ): "narrows to managers, each for themselves",
    ("cases_retentionanswer", "only_managers_answer"): "narrows to managers",
    ("cases_case", "offerer_changes"): "the agency that offered help may change the case it was sent",
    ("referrals_checkanswer", "stays_in_the_room"): "narrows: only its owner's word opens an answer",
    (
        "referrals_checkanswerdetail",
        "stays_in_the_room",
    ): "narrows: only its owner's word opens an answer",
    ("referrals_schoolnotice", "police_alone"): "narrows: the force that owes it, whatever a clause opens",
    ("referrals_noticecopy", "for_its_reader"): "narrows: its force, and the one key adult who has read the card",
    ("cases_liftednotsafetotell", "only_the_hub_lifts"): "narrows who may lift the marker",
}
"""Policies for the web login beyond those of gate.protect. None may let a row be read."""

JOBS = {
    "check_directory": "cases_service cases_uncheckedservice",
    "check_examples": "sharing_agreements_examplealarm",
    "climb_disagreements": "referrals_disagreementrung referrals_runganswer",
    "follow_notifications": "sharing_agreements_notification",
    "list_likenesses": "referrals_match sharing_agreements_identity",
    "list_retention": "cases_childincase cases_retentionreview sharing_agreements_identity",
    "load_events": "cases_event cases_eventdetail cases_familymember",
    "mark_clocks": "referrals_clockmark referrals_contact",
    "match_report": "referrals_contact referrals_contactentry referrals_match referrals_report "
    "referrals_restrictedmatch",
    "notice_late_checks": "referrals_agencycheck referrals_checkanswer referrals_contact",
    "receive_addition": "referrals_contact referrals_reportaddition",
    "receive_check_answer": "referrals_agencycheck referrals_checkanswer referrals_contact",
    "receive_disagreement": "referrals_decision referrals_disagreement referrals_disagreementrung referrals_runganswer",
    "receive_report": "referrals_contact referrals_report",
    "send_notification": "sharing_agreements_notification",
    "send_school_notices": "referrals_noticecopy referrals_schoolnotice",
    "tell_not_taken_up": "cases_casemove cases_childincase referrals_contact referrals_decision referrals_feedback "
    "referrals_report referrals_reportedchild referrals_wrongchildmark",
    "tell_practitioners": "sharing_agreements_notification sharing_agreements_notificationchoice "
    "sharing_agreements_postcover",
    "warn_of_agreements": "sharing_agreements_agreementwarning",
    "watch_cases": "cases_action cases_answer cases_assessment cases_case cases_childincase cases_consenttohelp "
    "cases_cover cases_custody cases_event cases_expectedagency cases_flag cases_leadassignment cases_meeting "
    "cases_meetinginvitation cases_note cases_review cases_stepup cases_stepupanswer cases_teammember "
    "cases_thresholdtrial cases_watch cases_watchprompt sharing_agreements_identity",
    "watch_contacts": "cases_childincase cases_cover cases_familymember cases_leadnotice cases_liftednotsafetotell "
    "cases_notsafetotell cases_watch referrals_adultofconcern referrals_contact referrals_contactentry "
    "referrals_feedback referrals_hubflag referrals_report referrals_reportedadult referrals_reportedchild "
    "referrals_wrongchildmark sharing_agreements_address",
    "watch_families": "cases_childincase cases_event cases_familymember referrals_hubflag sharing_agreements_address",
}
"""Job -> the tables whose rows it reads and writes by a policy of its own."""

WEB_MAY_DELETE = {
    "django_session",
    "sharing_agreements_party",
    "sharing_agreements_clause",
    "sharing_agreements_agreementdocument",
    "sharing_agreements_agreementexample",
    "sharing_agreements_switchedoffpack",
    "sharing_agreements_namevariant",
}
"""Sessions, words of a draft agreement (row security and a trigger: only while it is a draft), a switch, names."""


def rows(statement: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def governed() -> dict[str, tuple[str, int | None]]:
    with connection.cursor() as cursor:
        cursor.execute("set local role eh_gate")
        cursor.execute("select table_name, level, kind from gate.governed")
        found = {name: (level, kind) for name, level, kind in cursor.fetchall()}
        cursor.execute("set local role eh_owner")
    return found


def policies() -> dict[str, dict[str, tuple]]:
    found: dict[str, dict[str, tuple]] = {}
    for table, name, *rest in rows(
        "select tablename, policyname, permissive, roles::text, cmd, qual, with_check from pg_policies"
    ):
        found.setdefault(table, {})[name] = tuple(rest)
    return found


def test_every_shared_record_is_governed_as_it_says():
    said = {m._meta.db_table: (m.LEVEL, m.KIND) for m in apps.get_models() if issubclass(m, SharedRecord)}
    assert governed() == {table: (str(level), kind and int(kind)) for table, (level, kind) in said.items()}


def test_every_other_model_says_why_it_is_not_governed():
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        if model._meta.app_label in APPS and table not in governed():
            known = table in RULES_OF_THEIR_OWN or table in READABLE_BY_ALL or table in CLOSED
            assert known, f"govern {table} with gate.protect, or add it with a reason to a list in this file"


def test_pages_of_governed_tables_have_room_for_a_change_of_facts():
    """Without it a change of one person's facts is four times as slow (decision 0066)."""
    room = dict(rows("select relname, reloptions from pg_class where relkind = 'r'"))
    assert [table for table in governed() if room[table] != ["fillfactor=85"]] == []


def test_row_security_is_forced_wherever_it_stands():
    forced = dict(rows("select relname, relforcerowsecurity from pg_class where relkind = 'r' and relrowsecurity"))
    for table in {*governed(), *RULES_OF_THEIR_OWN, *forced}:
        assert forced.get(table), f"{table}: alter table ... enable, force row level security"


def test_maintenance_reaches_every_row_and_no_other_policy_lets_the_owner_in():
    (secured,) = zip(*rows("select relname from pg_class where relkind = 'r' and relrowsecurity"), strict=True)
    asked = "( SELECT gate.in_maintenance() AS in_maintenance)"
    said = [("maintenance", ("PERMISSIVE", "{eh_owner}", "ALL", asked, asked))]
    found = policies()
    for table in secured:
        assert [(name, one) for name, one in found[table].items() if "eh_owner" in one[1]] == said, table


def test_no_policy_keeps_the_gate_from_what_its_privileges_allow():
    may = rows(
        "select relname, p from pg_class c, unnest('{select,insert,update,delete}'::text[]) p "
        "where relrowsecurity and relkind = 'r' and (has_table_privilege('eh_gate', c.oid, p) "
        "or p <> 'delete' and has_any_column_privilege('eh_gate', c.oid, p))"
    )
    found = policies()
    for table, privilege in may:
        own = [one for one in found[table].values() if one[:2] == ("PERMISSIVE", "{eh_gate}")]
        opened = {command.lower() for _, _, command, using, check in own if {using, check} <= {"true", None}}
        assert opened & {"all", privilege}, (table, privilege)


def test_what_a_login_reads_without_row_security_is_on_the_list():
    readable = rows(
        "select relname from pg_class c where relkind in ('r', 'p', 'v', 'm', 'f') and not relrowsecurity "
        "and relnamespace = 'public'::regnamespace and (has_any_column_privilege('eh_web', c.oid, 'select') "
        "or has_any_column_privilege('eh_worker', c.oid, 'select'))"
    )
    assert {table for (table,) in readable} <= set(READABLE_BY_ALL)


def test_closed_tables_are_closed():
    for table in CLOSED:
        for login in ("eh_web", "eh_worker"):
            (may,) = rows(f"select has_any_column_privilege('{login}', '{table}', 'select')")[0]
            assert not may, (login, table)


def test_every_governed_table_has_the_policies_of_protect_and_no_other_way_to_read():
    found = policies()
    model = {
        "summary": found["sharing_agreements_identity"],
        "full": found["sharing_agreements_identitydetail"],
    }
    for table, (level, _) in governed().items():
        own = {name: policy for name, policy in found[table].items() if not name.startswith("job_")}
        for name in ("may_be_read", "is_closed", "writes_own", "gate_sees_all", "maintenance"):
            assert own.pop(name) == model[level][name], (table, name)
        _, roles, command, _, _ = own.pop("changes_own")
        assert (roles, command) == ("{eh_web}", "UPDATE"), table
        for name, policy in own.items():
            assert (table, name) in MORE_POLICIES, f"{table}: say in MORE_POLICIES why {name} is needed"
            assert policy[0] == "RESTRICTIVE" or policy[2] not in {"ALL", "SELECT"}, (table, name)


def test_a_job_policy_is_for_the_worker_and_names_its_job():
    for table, own in policies().items():
        for name, (_, roles, _, using, check) in own.items():
            if name.startswith("job_"):
                assert roles == "{eh_worker}", (table, name)
                assert f"'{name.removeprefix('job_')}'" in using and using == check, (table, name)


def test_a_job_has_the_tables_that_are_said_here_and_no_other():
    found: dict[str, set[str]] = {}
    for table, own in policies().items():
        for name in own:
            if name.startswith("job_"):
                found.setdefault(name.removeprefix("job_"), set()).add(table)
    assert found == {job: set(tables.split()) for job, tables in JOBS.items()}


def test_the_lead_changes_rows_of_the_tables_whose_class_says_so_and_of_no_other():
    found = policies()
    for model in apps.get_models():
        if issubclass(model, SharedRecord):
            _, _, _, using, _ = found[model._meta.db_table]["changes_own"]
            assert ("lead_no" in using) == model.LEAD_MAY_UPDATE, model.__name__


def test_no_login_owns_anything_or_can_make_anything():
    assert rows("select relname from pg_class where pg_get_userbyid(relowner) in ('eh_web', 'eh_worker')") == []
    assert rows("select proname from pg_proc where pg_get_userbyid(proowner) in ('eh_web', 'eh_worker')") == []
    for login in ("eh_web", "eh_worker"):
        for schema in ("public", "gate"):
            assert rows(f"select has_schema_privilege('{login}', '{schema}', 'create')") == [(False,)]
        assert rows(f"select has_database_privilege('{login}', current_database(), 'create, temporary')") == [(False,)]
        assert (
            rows(f"select pg_has_role('{login}', r, 'member') from unnest('{{eh_owner,eh_gate}}'::name[]) r")
            == [(False,)] * 2
        )


def test_no_login_deletes_or_empties():
    for login in ("eh_web", "eh_worker"):
        may = rows(
            f"select relname from pg_class c where relkind = 'r' and relnamespace = 'public'::regnamespace "
            f"and (has_table_privilege('{login}', c.oid, 'delete') or has_table_privilege('{login}', c.oid, 'truncate')"
            f" or has_table_privilege('{login}', c.oid, 'trigger'))"
        )
        assert {table for (table,) in may} <= WEB_MAY_DELETE, login


def test_no_login_updates_a_fact():
    facts = [f.attname for f in SharedRecord._meta.get_fields()] if not SharedRecord._meta.abstract else []
    facts = facts or ["owner_id", "owner_no", "author_id", "about", "person_id", "involved", "workers", "bit", "stage"]
    facts += [
        "id",
        "kind",
        "sent_to_id",
        "sent_to_no",
        "hidden_from",
        "restricted",
        "allowed",
        "consent_until",
        "facts_until",
    ]
    for table in governed():
        for login in ("eh_web", "eh_worker"):
            for fact in facts:
                assert rows(f"select has_column_privilege('{login}', '{table}', '{fact}', 'update')") == [(False,)], (
                    table,
                    fact,
                )


def test_views_read_as_whoever_asks():
    for name, kind, options in rows(
        "select relname, relkind, coalesce(reloptions::text, '') from pg_class "
        "where relkind in ('v', 'm') and relnamespace in ('public'::regnamespace, 'gate'::regnamespace)"
    ):
        assert kind == "v", f"{name}: a materialised view has no row security"
        assert re.search("security_invoker=(true|on|1)", options), f"{name}: with (security_invoker = true)"


def test_a_definer_function_fixes_its_search_path():
    loose = rows(
        "select p.oid::regprocedure::text from pg_proc p where prosecdef and pronamespace in "
        "('public'::regnamespace, 'gate'::regnamespace) and not exists "
        "(select from unnest(proconfig) c where c like 'search_path=%')"
    )
    assert loose == []
