"""Which policies stand on tables with rules of their own: for which login, for which command, and no other.

What each says is tested where its subject is; one more, or one for a wider command, is noticed here.
"""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db

POLICIES = {
    "cases_assessmentform": "anyone_acting select web, keepers_add insert web",
    "cases_case": "offerer_changes update web",
    "cases_liftednotsafetotell": "only_the_hub_lifts narrows insert web",
    "cases_retentionanswer": "only_managers_answer narrows insert web",
    "cases_retentionreview": "only_managers_decide narrows update web",
    "cases_service": "anyone_acting select web, keepers_add insert web, keepers_change update web",
    "cases_threshold": "anyone_reads select web worker, the_partnership_sets update web",
    "cases_thresholdtrial": "own_trials all web",
    "cases_uncheckedservice": "anyone_acting select web, keepers_clear update web",
    "referrals_checkanswer": "stays_in_the_room narrows select web",
    "referrals_checkanswerdetail": "stays_in_the_room narrows select web",
    "referrals_devicekey": "own_keys all web",
    "referrals_draft": "gate_counts select gate, own_drafts all web",
    "referrals_draftattachment": "own_draft all web",
    "referrals_guidanceread": "gate_sees_all select gate, own_reads all web",
    "referrals_hubthreshold": "anyone_reads select web worker, the_partnership_sets update web",
    "referrals_importreject": "with_its_import select web",
    "referrals_maildomain": "gate_approves insert gate, gate_reads select gate, gate_takes_back delete gate",
    "referrals_noticecopy": "for_its_reader narrows select web",
    "referrals_outsideaccess": "gate_sees_all all gate",
    "referrals_queuefilter": "own_filter all web",
    "referrals_reportimport": "with_its_system select web",
    "referrals_restrictedmatch": "told select web",
    "referrals_schoolnotice": "police_alone narrows select web",
    "sharing_agreements_agreement": "gate_sees_all all gate, jobs_read select worker, may_be_read select web, "
    "opens_draft insert web, writes_draft update web",
    "sharing_agreements_agreementdocument": "gate_sees_all all gate, jobs_read select worker, may_be_read select web, "
    "writes_draft all web",
    "sharing_agreements_agreementexample": "gate_sees_all all gate, jobs_read select worker, may_be_read select web, "
    "writes_draft all web",
    "sharing_agreements_agreementmove": "gate_sees_all all gate, jobs_read select worker, may_be_read select web",
    "sharing_agreements_agreementrequest": "answers update web, asked_or_answers select web, "
    "asks_for_own_agency insert web, climbed select web, gate_sees_all select gate",
    "sharing_agreements_agreementwarning": "gate_sees_all select gate, may_be_read select web",
    "sharing_agreements_clause": "gate_sees_all all gate, jobs_read select worker, may_be_read select web, "
    "writes_draft all web",
    "sharing_agreements_conflict": "gate_sees_all all gate, own_conflicts all web",
    "sharing_agreements_emergencyaccess": "answered_for select web, gate_sees_all all gate, tells select worker",
    "sharing_agreements_emergencynotice": "gate_sees_all select gate, own_notices select web, tells all worker",
    "sharing_agreements_examplealarm": "may_be_read select web",
    "sharing_agreements_family": "anyone_acting all web worker, gate_sees_all all gate",
    "sharing_agreements_namevariant": "administrators_add insert web, administrators_remove delete web, "
    "anyone_acting select web worker, gate_sees_all all gate",
    "sharing_agreements_notification": "gate_sees_all all gate, own_notifications select web",
    "sharing_agreements_notificationchoice": "own_choice all web",
    "sharing_agreements_owndetails": "gate_sees_all all gate, own_details select web",
    "sharing_agreements_party": "comes_unsigned narrows insert web, gate_sees_all all gate, jobs_read select worker, "
    "may_be_read select web, writes_draft all web",
    "sharing_agreements_person": "anyone_acting all web worker, gate_sees_all all gate",
    "sharing_agreements_personlink": "gate_sees_all all gate, hub_reads select web",
    "sharing_agreements_postcover": "own_agency_arranges insert web, own_agency_ends update web, "
    "own_agency_reads select web",
    "sharing_agreements_recordexception": "gate_sees_all all gate, the_owners select web",
    "sharing_agreements_recordsystem": "gate_sees_all all gate, own_agency select web",
    "sharing_agreements_simulationline": "gate_sees_all all gate, with_its_run select web",
    "sharing_agreements_simulationrun": "gate_sees_all all gate, of_the_parties select web",
    "sharing_agreements_submission": "own_forms all web",
    "sharing_agreements_switchedoffpack": "leads_switch_off insert web, leads_switch_on delete web, "
    "may_be_read select web",
    "sharing_agreements_systemkey": "gate_sees_all all gate, with_its_system select web",
}
"""Table -> its policies: name, whether it narrows, command, login. Maintenance has one on each; jobs have theirs,
and governed tables those of gate.protect: tests/house/test_governed_models.py."""

OF_PROTECT = {"may_be_read", "is_closed", "writes_own", "changes_own", "gate_sees_all"}


def found() -> dict[str, dict[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select tablename, policyname, concat_ws(' ', policyname, "
            "case permissive when 'RESTRICTIVE' then 'narrows' end, lower(cmd), "
            "replace(array_to_string(roles, ' '), 'eh_', '')) from pg_policies "
            "where schemaname = 'public' and policyname not like 'job\\_%' order by 1, 2"
        )
        tables: dict[str, dict[str, str]] = {}
        for table, name, said in cursor.fetchall():
            tables.setdefault(table, {})[name] = said
    return tables


def test_a_table_has_the_policies_that_are_said_here_and_no_other():
    more: dict[str, str] = {}
    for table, own in found().items():
        protected = OF_PROTECT if "is_closed" in own else set()
        said = [policy for name, policy in own.items() if name not in protected | {"maintenance"}]
        if said:
            more[table] = ", ".join(said)
    assert more == POLICIES


def test_maintenance_has_its_policy_on_every_table_with_row_security():
    with connection.cursor() as cursor:
        cursor.execute("select relname from pg_class where relrowsecurity and relkind in ('r', 'p')")
        secured = {table for (table,) in cursor.fetchall()}
    assert {table for table, own in found().items() if own.get("maintenance") == "maintenance all owner"} == secured
