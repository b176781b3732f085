"""Scenario B1: an officer meets a young couple expecting a baby; help starts before the birth and goes on after it."""

from pathlib import Path

from cases.actions import directory
from cases.rules.directory import read_file
from tests import cast
from tests.cases.test_directory_rules import SLEEP, held
from tests.factories import cases as factory
from tests.journeys.maintenance import Maintenance
from tests.journeys.servers import running
from tests.journeys.somebody import sits_down
from tests.journeys.steps import deciding, expecting
from tests.referrals import served


def test_an_unborn_child_gets_help_is_born_and_stays_one_record(committed: str, tmp_path: Path):
    who = cast.assemble()
    database = Maintenance(committed)
    course = held({**SLEEP, "name": expecting.COURSE})
    directory.import_services(entries=read_file(course).entries, by=None, now=factory.now())
    people = (who.cleo, who.hana, who.esi, who.eddie, who.ben)
    emails = {post.practitioner.name.lower(): served.let_in(post) for post in people}
    with running(committed, tmp_path) as service, served.browsing() as browser:

        def arrives(name: str):
            return sits_down(browser, service.address, emails[name], 1280)

        cleo, hana = arrives("cleo"), arrives("hana")
        expecting.an_officer_reports_a_couple_and_their_unborn_child(cleo)
        reference = cleo.page.locator(".govuk-panel__body").inner_text()
        contact = deciding.the_worker_puts_it_in_the_hubs_queue(database, reference)
        expecting.the_hub_sees_that_a_baby_is_expected_and_opens_a_case(hana, contact)
        deciding.she_offers_early_help(hana, 0, "Open a case")

        esi, eddie, ben = arrives("esi"), arrives("eddie"), arrives("ben")
        family = expecting.each_parent_answers_for_themselves(esi)
        ask = expecting.somebody_is_asked
        ask(esi, "Ask somebody to lead", "Marlbeck Early Help", "Eddie", "Ask them", message="A first baby.")
        expecting.they_say_yes(eddie, "Yes, I will be the lead practitioner", "Will you lead?")
        expecting.a_parenting_service_is_found_for_them(eddie, family)
        health = "Marlbeck Community Health"
        ask(eddie, "Invite somebody into the team", health, "Ben", "Invite them", part="Midwife")
        expecting.they_say_yes(ben, "Yes, I will join", "Will you join the team?")

        expecting.the_midwife_records_the_birth(ben, family)
        expecting.everybody_reads_the_name_and_nobody_an_unborn_child(family, ben, eddie, hana)
        expecting.it_is_one_record_and_each_parent_has_their_own_answer(database)
