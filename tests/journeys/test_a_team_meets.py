"""A team meets: an agenda, a report by who cannot come, minutes that each reads as far as they may; then a copy for the
child, read first by whoever hands it over, and what the child disagrees with beside the plan.
"""

import datetime
from pathlib import Path

import pytest

from cases.actions import team
from sharing_agreements.vocabulary import Purpose
from tests import cast
from tests.conftest import as_web
from tests.factories import cases as factory
from tests.journeys.maintenance import Maintenance
from tests.journeys.servers import running
from tests.journeys.somebody import Somebody, sits_down
from tests.referrals import served

BEN = "Ben, Marlbeck Community Health"


def a_team_of_two(everybody: cast.Cast) -> factory.Household:
    """Amira leads a child's plan, and Ben has joined her."""
    home = factory.plan_active(everybody, children=1)
    told = {"practitioner": everybody.ben.practitioner, "agency": everybody.health, "part": "sleep"}
    with as_web(everybody.amira, Purpose.EARLY_HELP):
        place = team.invite(case=home.case, **told, by=everybody.amira, now=factory.now())
    with as_web(everybody.ben, Purpose.EARLY_HELP):
        team.accept_place(place=place, by=everybody.ben, now=factory.now())
    return home


@pytest.mark.parametrize("width", [1280, 390], ids=["desk", "phone"])
def test_a_team_meets_and_the_child_reads_their_copy(committed: str, tmp_path: Path, width: int):
    everybody = cast.assemble()
    home = a_team_of_two(everybody)
    emails = {post: served.let_in(post) for post in (everybody.amira, everybody.ben)}
    family = f"/families/{home.family.pk}/"
    database = Maintenance(committed)
    with running(committed, tmp_path) as service, served.browsing() as browser:
        amira = sits_down(browser, service.address, emails[everybody.amira], width)
        ben = sits_down(browser, service.address, emails[everybody.ben], width)
        amira_arranges_it_with_an_agenda(amira, family)
        ben_cannot_come_and_sends_a_report(ben, family)
        database.run("update cases_meeting set starts_at = now() - interval '1 hour'")
        amira_records_it_and_takes_minutes(amira, family)
        ben_reads_his_copy(ben, family)
        amira_reads_the_childs_copy_and_hands_it_over(amira, family)
        the_child_disagrees_and_it_stands_beside_the_plan(amira, family)


def amira_arranges_it_with_an_agenda(amira: Somebody, family: str) -> None:
    amira.opens(f"{family}team/")
    amira.follows("Arrange a meeting")
    amira.chooses("Team around the family", of="What sort of meeting is it?")
    amira.types_day("day", cast.today() + datetime.timedelta(days=3))
    amira.types(clock="15:30", agenda="Mornings\nBreakfast club")
    amira.presses("Arrange the meeting")
    amira.follows("Agenda, reports and minutes")
    amira.reads("On the agenda", "Mornings", "Breakfast club", f"Not heard from yet: {BEN}")
    assert amira.text.index("Mornings") < amira.text.index("Breakfast club")


def ben_cannot_come_and_sends_a_report(ben: Somebody, family: str) -> None:
    ben.turns_to("My work")
    ben.opens(f"{family}team/")
    ben.follows("Agenda, reports and minutes")
    ben.follows("Send apologies or a report")
    ben.chooses("No", of="Can you come?")
    ben.types(report="Sleeps through since May.")
    ben.presses("Send")
    ben.reads("Report sent beforehand", "Sleeps through since May.", "Apologies sent beforehand")


def amira_records_it_and_takes_minutes(amira: Somebody, family: str) -> None:
    amira.opens(f"{family}team/")
    amira.follows("Agenda, reports and minutes")
    amira.reads("Sleeps through since May.")
    amira.follows("Record who came and what was decided")
    amira.chooses("Yes", of="Did the meeting take place?")
    amira.types(decided="Go on with the breakfast club")
    amira.presses("Record the meeting")
    amira.reads("Held", "Go on with the breakfast club", "Ben, Marlbeck Community Health: sent a report")
    amira.follows("Add a point")
    amira.chooses("Said at the meeting", of="What is it?")
    amira.types(text="Mornings are calmer.")
    amira.presses("Add the point")
    amira.reads("Said at the meeting", "Mornings are calmer.")


def ben_reads_his_copy(ben: Somebody, family: str) -> None:
    ben.opens(f"{family}team/")
    ben.follows("Agenda, reports and minutes")
    ben.reads("Mornings are calmer.", "This is your copy")


def amira_reads_the_childs_copy_and_hands_it_over(amira: Somebody, family: str) -> None:
    amira.opens(f"{family}plan/")
    amira.follows("Copies for the family")
    amira.follows("Read the copy for")
    amira.reads(
        "Come to school on time", "Amira, Quarry Hill Primary, leads the work with you", "the plan", "Who can see what"
    )
    amira.does_not_read("Sleeps through since May.", "Mornings are calmer.")
    amira.chooses("Given to them in person", of="How do they get it?")
    amira.page.get_by_label("I have read this copy as they will read it").check()
    amira.presses("Keep it as handed over")
    amira.reads("This copy is for you alone", "Come to school on time", "If you disagree")


def the_child_disagrees_and_it_stands_beside_the_plan(amira: Somebody, family: str) -> None:
    amira.opens(f"{family}copies/")
    amira.follows("Write down what somebody disagrees with")
    amira.chooses("The plan", of="What do they disagree with?")
    amira.types(words="I am never late.")
    amira.presses("Save")
    amira.reads("I am never late.")
    amira.follows("Answer")
    amira.types(answer="We looked at the register together.")
    amira.presses("Save")
    amira.opens(f"{family}plan/")
    amira.reads("What the family disagrees with", "I am never late.", "We looked at the register together.")
