"""What the web login may call with the gate's rights: each function is here with what holds it back.

A function made in schema gate is open to everybody until revoked. Add the new one here with its guard, or
`revoke execute on function ... from public`.
"""

import pytest
from django.db import connection

OWN = "answers only about the principal who asks"
GUARDED = "checks the principal before it does anything: gate.require_fact_changer or the like"
OPEN = {
    "claims": OWN,
    "claim": OWN,
    "job": OWN,
    "own_role": OWN,
    **dict.fromkeys(("practitioner_no", "practitioner_id", "agency_no", "team_no"), OWN),
    **dict.fromkeys(("own_team_kinds", "own_self", "receives", "writes"), OWN),
    "own_agency_kinds": OWN,
    "begin": "keeps masks ready; rights come only with a signature",
    "mask": OWN,
    "any_right": OWN,
    "denied_people": OWN,
    "same_person": "links between anchors, which whoever acts may read",
    "rules": "clauses of signed agreements, which everybody may read",
    "last_looks": OWN,
    "not_looked_at": OWN,
    "hidden_addresses": "says of people already known that whereabouts are closed, never where they are",
    "leads_may_see": "clauses of signed agreements, which everybody may read",
    "explain": "applies the policy's own sentences for the principal who asks",
    "explain_look": "only of a page this practitioner opened under this post",
    "clause_words": "clauses of signed agreements, which everybody may read",
    "who_can_see": "about what the principal may read; a governance lead about their own agency's rows",
    "suppose_consent": "runs the verb, which refuses whoever may not; about rows the principal may read; numbers only",
    "keeps_directory": OWN,
    "can_see": "governance leads, of their own agency's posts; numbers only",
    "agencies_that_looked": "looks at records the principal may ask about; sensitive agencies as users 2.21 says",
    "who_looked": "managers and governance leads, looks at records they may ask about",
    "families_to_ask_about": "governance leads, of their own agency's records; numbers for a name and date they know",
    "may_ask_about": "a yes or no about records the principal may ask about",
    "my_looks": OWN,
    "looks_by_others": "governance leads, of their own agency's records; kinds and numbers",
    "unusual_looks": "governance leads, of their own agency's looks",
    "releases_refused": "governance leads, refusals by or to their own agency; never of closed people, nor the answer",
    "releases_granted": "who receives for a hub, its own requests about answers sent to it; never of closed people",
    "climbed_to_me": "says of a request's date and agency only whether it has climbed to the principal",
    **dict.fromkeys(
        ("add_record_system", "issue_system_key", "revoke_system_key", "end_record_system"),
        "administrators and governance leads, for their own agency",
    ),
    "ask_outside_code": "anybody, of an approved mail domain, three times an hour; answers nothing of who came before",
    "make_outside_code": "one job only",
    "open_outside_access": "needs a code that was sent to an approved address: five tries in ten minutes",
    "name_key_adult": "governance leads, of their own agency's posts",
    "is_briefed": OWN,
    "key_adults": "police who write, and one job; who holds a post, and whether they have read one card",
    "acknowledge_notice": "the reader of the copy alone",
    "add_schools": "administrators, into the district of their own agency",
    "end_watch": "whoever may work on the child: a hub sends back a case it opened",
    "post_of_key": "needs the secret of a live key: there is nothing to guess",
    "leave_rolls": GUARDED,
    "looks_after": "says of agencies only whether the principal answers their requests",
    "days_to_look_back_at": "managers and governance leads, for a learning review: days of what they may ask about",
    "reports_before_and_after": "the board's roles, for learning: sums over all families, one to seven hidden",
    "looking_back": "managers and governance leads, for a learning review: numbers only, of what they may ask about",
    "first_sight_of_whole": "managers and governance leads, for a learning review: a day, agencies and roles",
    "who_holds": "applies the policy to every row it counts",
    "find_people": "applies the policy at existence level to every identity it finds",
    "find_child": "applies the policy to every identity, place and number it compares by",
    "match_people": "jobs only",
    "people_written_since": "jobs only",
    "match_weights": "what agreement weighs, which everybody may read",
    "variants": "first names that stand for one another, which everybody may read",
    "named_people": "jobs only",
    "marks_of": "hub roles, managers and coordinators; never about closed people",
    "in_touch_since": "as marks_of, which it asks",
    "progress_of": "times of reports the principal sent; never of what was found",
    "unsent_drafts": "managers and supervisors; names and times only",
    "stopped_jobs": "administrators; job names and errors",
    "try_job_again": "administrators",
    "undelivered": "administrators; names, addresses and errors of e-mails that say nothing",
    "send_again": "administrators",
    **dict.fromkeys(("mail_domains", "approve_mail_domain", "take_back_mail_domain"), "administrators"),
    **dict.fromkeys(("add_school_term", "remove_school_term"), "coordinators, managers and administrators; a calendar"),
    "require_fact_changer": OWN,
    "may_work_on": "says whether the principal may move a child's case",
    "stepped_up_child": "only to whoever may_work_on says may work on the child",
    "was_proposed": "a yes or no about an agreement that has ended",
    "is_bound": OWN,
    "may_resume": OWN,
    **dict.fromkeys(
        ("propose_agreement", "return_to_draft", "sign_agreement", "suspend_agreement", "resume_agreement"),
        "governance leads, for their own agency: gate.hold_agreement",
    ),
    "leave_agreement": "governance leads, for their own agency: gate.hold_agreement",
    "end_agreement": "governance leads of the drafter: gate.hold_agreement",
    "settle_all_replaced": "the daily job only",
    "check_examples": "made-up records only; of a draft its drafter's governance lead alone",
    "check_standing_examples": "one job only",
    "may_simulate": OWN,
    "start_simulation": "governance leads of the agreement's parties and drafter: gate.may_simulate",
    "simulate_next": "one job only; numbers",
    "examples_of": "governance leads, of a run they may read; families of their own agency's records",
    "rules_are_as_in": "a yes or no about a run the principal may read",
    "involve": GUARDED,
    "end_involvement": GUARDED,
    "set_stage": GUARDED,
    "record_sharing_consent": GUARDED,
    "restrict_person": GUARDED,
    "hide_address": GUARDED,
    "lift": GUARDED,
    "link_person": GUARDED,
    "unlink_person": GUARDED,
    "move_child": GUARDED,
    "widen_case": GUARDED,
    "settle_action": GUARDED,
    "lifted_markers": "whether markers are lifted, by ids only whoever read the markers knows; never the reason",
    "not_safe_to_tell": GUARDED,
    "kept_apart": GUARDED,
    "share_team": GUARDED,
    "whom_to_tell": "applies the policy at existence level to the children of each case; who leads and covers",
    "helped_in": "applies the policy at existence level to every child's place in a case",
    "families_in_touch": "applies the policy at existence level to every row; families who agreed to be on lists",
    "climb_flag": "whoever oversees the case's agency or works on the case, of a flag that is open to them",
    **dict.fromkeys(
        ("stop_prompts", "take_back_notices", "clear_hub_flags"),
        "whoever works with the person and has written that they died: gate.require_ended",
    ),
    "say_hub_rung": "whoever the notice was sent to, and roles of that agency that receive",
    "end_watches": "only with a receipt, and only of a child may_work_on says the principal may work on",
    "end_team": GUARDED,
    "emergency_people": "the acting post's own, and empty unless it opened a family and said why",
    "shared_records": "ids only, of records whose owner shared them with the acting agency",
    "begin_emergency": "roles that write, with a reason; kept, told to who holds something, and reviewed",
    "end_emergency": "one's own only",
    "review_emergency": "governance leads of the agencies concerned, never of one's own access",
    "share_record": "the record's own agency, through somebody who reads it and writes",
    "withhold_record": "the record's own agency, through somebody who reads it and writes",
    "end_exceptions": "the record's own agency, through somebody who reads it and writes",
    "hand_over_records": "managers and coordinators, of their own agency's records that they read",
    "take_back_records": "managers and coordinators, of what their own agency handed over",
    "declare_conflict": "closes people to the principal, opens nothing and answers nothing",
    "say_own_details": "about the principal alone; closes people to them, opens nothing and answers nothing",
    "detected_conflicts": "governance leads and managers, that something was found of their own agency's practitioners",
    "answer_detected": "governance leads and managers, of their own agency's practitioners, never of themselves",
    "handed_over": "managers and coordinators, of what their own agency handed over",
}

OPEN_TO_ALL, OF_THE_SEAL = "agreements, which everybody may read", "asked by the job that seals"
READS_AS_CALLER = {
    **dict.fromkeys(("agreement_words", "first_days_supposing", "insert_staged", "states_on"), OPEN_TO_ALL),
    **dict.fromkeys(("check_log", "log_text", "lacks_basis", "openings_of", "unsealed_from"), OF_THE_SEAL),
    "protect": "maintenance",
}

_NAME_A_TABLE = r"""
select distinct p.proname
  from pg_proc p, pg_class c join pg_namespace n on n.oid = c.relnamespace
 where p.pronamespace = 'gate'::regnamespace and not p.prosecdef and c.relkind = 'r' and n.nspname in ('public', 'gate')
   and p.prosrc ~ case n.nspname when 'gate' then 'gate\.' || c.relname || '\M(?!\s*\()'
                                 else '\m' || c.relname || '\M' end
"""


@pytest.mark.django_db
def test_a_function_that_reads_a_table_has_the_gates_rights_unless_it_is_said_here():
    with connection.cursor() as cursor:
        cursor.execute(_NAME_A_TABLE)
        assert {row[0] for row in cursor.fetchall()} == set(READS_AS_CALLER)


@pytest.mark.django_db
def test_the_web_login_calls_with_the_gates_rights_only_what_is_on_the_list():
    with connection.cursor() as cursor:
        cursor.execute(
            "select distinct proname from pg_proc p where prosecdef and prorettype <> 'trigger'::regtype "
            "and pronamespace in ('gate'::regnamespace, 'public'::regnamespace) "
            "and has_function_privilege('eh_web', p.oid, 'execute')"
        )
        callable_by_web = {row[0] for row in cursor.fetchall()}
    unexplained = callable_by_web - set(OPEN)
    assert not unexplained, f"say what holds these back in {__file__}, or revoke them: {sorted(unexplained)}"
    assert not set(OPEN) - callable_by_web, "these have the gate's rights no longer, or are gone"
