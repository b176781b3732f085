"""Hana works the contact at the hub, child by child."""

import datetime

from tests import cast
from tests.journeys.maintenance import Maintenance
from tests.journeys.somebody import Somebody
from tests.launch.running import until

WHY = "Mother asked for help last week."


def the_worker_puts_it_in_the_hubs_queue(database: Maintenance, reference: str) -> str:
    """Gives the contact's id. One in ten waits for a manager's look by chance; this one is kept out of the sample."""
    in_queue = "select c.id from referrals_contact c join referrals_report r on r.id = c.report_id where reference = %s"
    until(lambda: bool(database.run(in_queue, reference)), within=20, what="the contact in the queue")
    database.run("update referrals_contact set looked_at = false")
    return str(database.run(in_queue, reference)[0][0])


def the_decider_sees_the_card_and_claims_it(hana: Somebody) -> None:
    hana.turns_to("Queue")
    hana.reads("Kayden Marsh", "Ellie Marsh", "Reporter: amber", "Ungraded")
    hana.follows("Kayden Marsh")
    hana.presses("Claim this contact")
    hana.reads("With Hana")


def she_grades_it_with_a_reason(hana: Somebody) -> None:
    hana.follows("Grade it")
    hana.chooses("Green", of="How soon must the hub decide?")
    hana.presses("")
    hana.reads("Say why the grade differs")
    hana.types(reason=WHY)
    hana.presses("")
    hana.reads("Graded green", WHY)


def _begins(hana: Somebody, place: int, outcome: str, level: str) -> str:
    """Opens the decision for the child in this place and answers what every outcome asks; gives the previewed words."""
    card = hana.page.locator("[aria-label='What to do']")
    with hana.page.expect_navigation():
        card.get_by_role("button", name="Decide for").nth(place).click()
    hana.looks()
    hana.chooses(outcome, of="What happens for this child?")
    hana.chooses(level, of="Level of need")
    hana.types(reason="Hub-only reason.")
    hana.chooses("Agreed", of="What did the family say about help?")
    hana.chooses("Public task", of="Lawful basis")
    radio = hana.page.get_by_role("group", name="What happens for this child?").get_by_label(outcome)
    hint = hana.page.locator(f"#{radio.get_attribute('aria-describedby')}").inner_text()
    return hint.strip().removeprefix("The reporter will read: ")


def _decides(hana: Somebody) -> None:
    hana.presses("Decide")
    hana.reads("Decided. The reporter has been told.")


def _names_who_acts_next(hana: Somebody, who: str, what: str) -> None:
    hana.types(next_who=who, next_what=what)
    hana.types_day("next_by", cast.today() + datetime.timedelta(days=7))


def she_offers_early_help(hana: Somebody, place: int, way: str) -> str:
    """For the child in this place, offered or opened; gives the words the reporter will read."""
    previewed = _begins(hana, place, "Early help", "Level 3")
    hana.chooses(way, of="If early help: how does it start?")
    hana.types(team_words="Rows at home; mother would like help.")
    _names_who_acts_next(hana, "Marlbeck Early Help", "Ring the mother")
    _decides(hana)
    return previewed


def she_gives_advice(hana: Somebody, place: int) -> str:
    """For the child in this place; gives the words the reporter will read."""
    previewed = _begins(hana, place, "Information and advice", "Level 2")
    _names_who_acts_next(hana, "The midwife", "Talks with the mother")
    _decides(hana)
    return previewed


def she_takes_no_further_action_and_says_nobody_acts(hana: Somebody, place: int) -> str:
    """For the child in this place; gives the words the reporter will read."""
    previewed = _begins(hana, place, "No further action", "Level 1")
    hana.page.get_by_label("Nobody does anything next").check()
    _decides(hana)
    return previewed


def the_contact_is_decided(hana: Somebody, reference: str) -> None:
    """It says so, and the queue holds it no longer."""
    hana.reads("Decided.")
    hana.turns_to("Queue")
    hana.does_not_read(reference)
