"""The family agrees, Amira is asked to lead, and a plan is made with Ben."""

import datetime

from tests import cast
from tests.journeys.somebody import Somebody


def the_family_agrees(esi: Somebody) -> str:
    """Esi records it, and accepts the offer; gives the family's path."""
    esi.turns_to("My work")
    esi.reads("Marsh family", "Offered")
    esi.turns_to("Caseload")
    esi.follows("Marsh family")
    family = esi.page.url.removeprefix(esi.address)
    esi.follows("Record consent to help")
    esi.chooses("Kayden Marsh", of="Who answered?")
    esi.page.get_by_role("group", name="What did they say").get_by_label("Agreed", exact=True).check()
    esi.types(told_by="Mother, at home, to Esi")
    esi.presses("Record the answer")
    esi.follows("The family says yes to the offer")
    esi.presses("Accept the offer")
    esi.reads("Waiting for a lead")
    return family


def the_manager_asks_amira_to_lead(esi: Somebody) -> None:
    esi.follows("Team")
    esi.follows("Ask somebody to lead")
    esi.page.get_by_label("Agency", exact=True).select_option(label="Quarry Hill Primary")
    with esi.page.expect_navigation():
        esi.page.locator("form[method=get] button").click()
    esi.looks()
    esi.chooses("Amira", of="Who")
    esi.types(message="You know the mother well.")
    esi.presses("Ask them")
    esi.reads("no answer yet")


def amira_accepts(amira: Somebody) -> None:
    amira.turns_to("My work")
    amira.reads("You are asked to lead")
    amira.follows("Accept or decline")
    amira.reads("You know the mother well.")
    amira.chooses("Yes, I will be the lead practitioner", of="Will you lead?")
    amira.presses("Send your answer")
    amira.reads("Kayden Marsh", "Ellie Marsh", "Assessing", "Amira")


def she_invites_ben_from_health(amira: Somebody) -> None:
    amira.follows("Team")
    amira.follows("Invite somebody into the team")
    amira.page.get_by_label("Agency", exact=True).select_option(label="Marlbeck Community Health")
    with amira.page.expect_navigation():
        amira.page.locator("form[method=get] button").click()
    amira.chooses("Ben", of="Who")
    amira.types(part="Ellie's speech")
    amira.presses("Invite them")
    amira.reads("Ben", "Asked")


def ben_accepts(ben: Somebody) -> None:
    ben.turns_to("My work")
    ben.reads("Ellie's speech")
    ben.follows("Accept or decline")
    ben.chooses("Yes, I will join", of="Will you join the team?")
    ben.presses("Send your answer")
    ben.reads("Kayden Marsh", "Ellie Marsh")


def she_writes_the_assessment(amira: Somebody, family: str) -> None:
    amira.opens(family)
    amira.follows("Plan")
    amira.follows("Assessment of")
    amira.follows("Write the section What we are worried about")
    worries = amira.page.url
    amira.types(words_worries__family="Kayden hides when Dean comes.")
    amira.presses("Save and go on")
    amira.reads("What needs to happen")
    amira.opens(worries)


def saving_over_a_newer_version_shows_both(amira: Somebody) -> None:
    """The same page in two windows; the second to save has the older version."""
    address, box = amira.page.url, "words_worries__family"
    other = Somebody(amira.page.context.new_page(), amira.address, amira.name, amira.width)
    other.opens(address)
    other.types(**{box: "Kayden hides when Dean comes. Ellie has stopped talking."})
    other.presses("Save and go on")
    amira.types(**{box: "Kayden hides under the table."})
    amira.presses("Save and go on")
    amira.reads("Somebody else changed this", "Ellie has stopped talking.")
    assert amira.page.locator(".eh-versions").count() == 1
    assert amira.page.locator(f"[name={box}]").input_value() == "Kayden hides under the table."
    amira.types(**{box: "Kayden hides under the table. Ellie has stopped talking."})
    amira.presses("Save and go on")
    assert amira.page.locator(".eh-versions").count() == 0
    other.page.close()


def add_need(amira: Somebody, family: str, child: str, title: str) -> None:
    """A need of a child under relationships, at 4 of 10."""
    amira.opens(f"{family}plan/")
    amira.follows("Add a need")
    amira.chooses(child, of="Whose need is it?")
    amira.types(title=title, baseline="4")
    amira.page.locator("[name=heading]").select_option("relationships")
    amira.presses("Add the need")


def add_action(amira: Somebody, need: str, title: str, doer: str) -> None:
    """An action for a need, due in three weeks; they stay on the plan."""
    amira.follows(f"Add an action for {need}")
    amira.types(title=title, measure="She was there")
    amira.chooses(doer, of="Who does it?")
    amira.types_day("due_on", cast.today() + datetime.timedelta(days=21))
    amira.presses("Add the action")


def she_makes_a_plan_with_two_agencies(amira: Somebody, family: str) -> None:
    calm, speech = "Kayden needs calm evenings", "Ellie needs help to talk"
    add_need(amira, family, "Kayden Marsh", calm)
    amira.follows(f"Add an outcome for {calm}")
    amira.types(title="Kayden sleeps through the night")
    amira.presses("Add the outcome")
    add_action(amira, calm, "Meet Kayden each Friday", "Amira")
    add_need(amira, family, "Ellie Marsh", speech)
    add_action(amira, speech, "Visit at home to hear Ellie talk", "Ben")
    amira.reads("Amira, Quarry Hill Primary", "Ben, Marlbeck Community Health")


def she_finishes_the_assessment_and_the_plan_starts(amira: Somebody, family: str) -> None:
    amira.follows("Assessment of")
    amira.follows("Finish the assessment")
    amira.types(conclusion="Two needs, two agencies, review in six weeks.")
    amira.presses("Finish and start the plan")
    amira.opens(family)
    amira.reads("Plan active")


def ben_finds_his_action(ben: Somebody, family: str) -> None:
    ben.opens(f"{family}plan/")
    ben.reads("Visit at home to hear Ellie talk", "Meet Kayden each Friday")
