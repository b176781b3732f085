"""A concern becomes a plan behind signed agreements, and a case left alone is flagged: the whole job, step by step.

At desk width with script, and at phone width with the report sent by a browser without script.
"""

from pathlib import Path

import pytest

from tests import cast
from tests.journeys.maintenance import Maintenance
from tests.journeys.servers import running
from tests.journeys.somebody import sits_down
from tests.journeys.steps import deciding, planning, reporting, sharing, watching
from tests.referrals import served


@pytest.mark.parametrize(("width", "has_script"), [(1280, True), (390, False)], ids=["desk", "phone_without_script"])
def test_a_concern_about_four_children_becomes_a_plan(committed: str, tmp_path: Path, width: int, has_script: bool):
    who = cast.assemble()
    database = Maintenance(committed)
    people = (who.cleo, who.hana, who.esi, who.amira, who.ben, who.dev)
    emails = {post.practitioner.name.lower(): served.let_in(post) for post in people}
    with running(committed, tmp_path) as service, served.browsing() as browser:

        def arrives(name: str, **more: bool):
            return sits_down(browser, service.address, emails[name], width, **more)

        cleo = arrives("cleo", has_script=has_script)
        reporting.an_officer_writes_a_report_about_four_children(cleo)
        reporting.she_presses_send_twice(cleo)
        reference = reporting.she_reads_the_reference_the_clock_and_whom_to_ring(cleo)
        reporting.it_is_one_report(cleo, reference)

        contact = deciding.the_worker_puts_it_in_the_hubs_queue(database, reference)
        hana = arrives("hana")
        deciding.the_decider_sees_the_card_and_claims_it(hana)
        deciding.she_grades_it_with_a_reason(hana)
        previewed = [
            deciding.she_offers_early_help(hana, 0, "Offer it"),
            deciding.she_offers_early_help(hana, 0, "Open a case"),
            deciding.she_takes_no_further_action_and_says_nobody_acts(hana, 0),
            deciding.she_gives_advice(hana, 0),
        ]
        deciding.the_contact_is_decided(hana, reference)

        report = reporting.she_opens_what_became_of_it(cleo, reference)
        reporting.she_reads_for_each_child_what_was_previewed(cleo, previewed)
        reporting.she_says_that_she_has_read_it(cleo)

        esi, amira, ben = arrives("esi"), arrives("amira"), arrives("ben")
        family = planning.the_family_agrees(esi)
        planning.the_manager_asks_amira_to_lead(esi)
        planning.amira_accepts(amira)
        planning.she_invites_ben_from_health(amira)
        planning.ben_accepts(ben)
        planning.she_writes_the_assessment(amira, family)
        planning.saving_over_a_newer_version_shows_both(amira)
        planning.she_makes_a_plan_with_two_agencies(amira, family)
        planning.she_finishes_the_assessment_and_the_plan_starts(amira, family)
        planning.ben_finds_his_action(ben, family)

        sharing.the_school_that_signed_reads_the_summary_of_the_concern(amira, family)
        sharing.it_is_not_told_of_the_children_it_does_not_work_with(amira, family)
        dev = arrives("dev")
        sharing.the_school_that_did_not_sign_finds_nothing(dev)
        paths = [family, f"{family}plan/", f"{family}chronology/", f"{family}notes/add/", report]
        sharing.each_record_is_for_them_as_one_that_does_not_exist(dev, [*paths, f"/contacts/{contact}/"])
        sharing.they_have_nothing_to_do(dev)

        watching.ten_weeks_go_by_and_nobody_writes_anything(database, family.split("/")[2])
        watching.a_night_passes(database, service)
        watching.the_lead_finds_the_flag_with_its_sentence(amira)
        watching.a_note_is_written(amira, family)
        watching.a_night_passes(database, service)
        watching.the_flag_is_gone(amira)
