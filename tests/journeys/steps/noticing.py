"""An officer on patrol meets a family that is being kept in touch with, and writes two lines."""

import time

from tests.journeys.maintenance import Maintenance
from tests.journeys.somebody import Somebody
from tests.launch.running import until
from tests.referrals.test_report_speed import Hands

WELL = "Ada and mum at the park. Both well, mornings are fine."
WORRIED = "Ada out alone at ten at night, says nobody is home."


def she_finds_the_family_on_her_list(cleo: Somebody) -> None:
    """The name, whom to tell, the number and the last day; nothing of why they were helped."""
    cleo.turns_to("In touch")
    cleo.reads("Ada Marsh", "Tell Eddie, lead practitioner, on 07700 900456 if worried")
    cleo.does_not_read("Help with mornings", "Glad of it", "2018")


def she_writes_two_lines(cleo: Somebody, text: str, *, worried: bool) -> None:
    """Safety is asked first. Two taps and two lines from the list."""
    cleo.follows("Write a quick note")
    first = cleo.page.locator("form input:visible, form textarea:visible").first
    assert first.get_attribute("name") == "worry"
    cleo.chooses("Yes" if worried else "No", of="Is there anything that worries you")
    cleo.types(text=text)
    cleo.presses("Send")


def the_lead_reads_it_and_nothing_is_red(eddie: Somebody, words: str) -> None:
    eddie.turns_to("My work")
    eddie.reads("Somebody noticed", words)
    card = eddie.page.locator(".eh-card", has_text=words)
    assert "red" not in (card.get_attribute("class") or "")


def she_goes_on_to_the_report_and_types_nothing_again(cleo: Somebody) -> str:
    """What the note said stands in the report; what it could not know is asked. Gives the reference."""
    hands = Hands(cleo.page)
    for answers in (
        {"danger": "no"},
        {},
        {"concern": "neglect"},
        {"happened_at": "Mill Lane"},
        {"child-0-seen": "alone"},
        {"now_at": "At home with a neighbour", "told": "not_asked"},
        {"urgency": "amber"},
    ):
        if "account/" in cleo.page.url:
            assert cleo.page.locator("[name=account]").input_value() == WORRIED
        if "children/" in cleo.page.url:
            assert cleo.page.locator("[name=child-0-name]").input_value() == "Ada Marsh"
        hands.answer(answers)
        cleo.presses("Continue")
    cleo.presses("Send the report")
    return cleo.page.locator(".govuk-panel__body").inner_text().strip()


def the_hub_sees_it_first_in_the_watch(hana: Somebody) -> None:
    hana.turns_to("Queue")
    hana.reads("Provisionally red", "Ada Marsh", "Being kept in touch with", "Matches to settle: 1 sure")


def she_confirms_who_it_is(hana: Somebody) -> None:
    hana.follows("Ada Marsh")
    hana.presses("Claim this contact")
    hana.follows("Settle this match")
    hana.chooses("Yes, the same person", of="Are they the same person?")
    hana.presses("Save your answer")


def the_lead_is_told_to_ring_the_hub(eddie: Somebody, database: Maintenance) -> float:
    """Seconds until the lead's notice was written."""
    began = time.monotonic()
    until(lambda: bool(database.run("select id from cases_leadnotice")), within=60, what="the notice to the lead")
    took = time.monotonic() - began
    eddie.turns_to("My work")
    eddie.reads("Ring the hub first", "New information. Ring the hub before you contact the family.")
    eddie.does_not_read(WORRIED)
    return took
