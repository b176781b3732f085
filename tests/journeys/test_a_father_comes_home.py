"""F85, J10: a lead learns that the children's father is in prison, is told within 28 days of his release, and says that
he is out. Somebody of the team whose agreement opens no prison records reads nothing of it.
"""

import datetime
from pathlib import Path

import pytest

from tests import cast
from tests.cases.web import story
from tests.journeys.maintenance import Maintenance
from tests.journeys.servers import running
from tests.journeys.somebody import Somebody, sits_down
from tests.journeys.steps import watching
from tests.referrals import served

DAY = datetime.timedelta(days=1)


@pytest.mark.parametrize("width", [1280, 390], ids=["desk", "phone"])
def test_a_release_is_prepared_for(committed: str, tmp_path: Path, width: int):
    everybody = cast.assemble()
    marsh = story.marshes(everybody)
    lead, helper = served.let_in(everybody.eddie), served.let_in(everybody.ben)
    database = Maintenance(committed)
    with running(committed, tmp_path) as service, served.browsing() as browser:
        eddie = sits_down(browser, service.address, lead, width)
        the_lead_records_what_probation_said(eddie, marsh.address)
        watching.a_night_passes(database, service)
        the_task_says_how_many_days_are_left(eddie)
        somebody_of_the_team_reads_nothing_of_it(sits_down(browser, service.address, helper, width), marsh.address)
        the_day_is_put_off(eddie, marsh.address)
        watching.a_night_passes(database, service)
        eddie.turns_to("Flags")
        eddie.does_not_read("Release in")
        he_is_out(eddie, marsh.address)


def the_lead_records_what_probation_said(eddie: Somebody, family: str) -> None:
    eddie.opens(f"{family}people/")
    eddie.follows("Say that somebody is in custody")
    eddie.presses("Save")
    eddie.reads("Who told you?")
    eddie.chooses("Lee", of="Who is in custody?")
    eddie.types_day("release_on", cast.today() + 12 * DAY)
    eddie.types(told_by="probation")
    eddie.presses("Save")
    eddie.reads("In custody", "Release in 12 days", "agree the plan with the family", "told by probation")


def the_task_says_how_many_days_are_left(eddie: Somebody) -> None:
    eddie.turns_to("My work")
    eddie.reads("Release in 12 days")
    eddie.turns_to("Flags")
    eddie.reads("Release expected", "Release in 12 days")


def somebody_of_the_team_reads_nothing_of_it(ben: Somebody, family: str) -> None:
    for page in (family, f"{family}people/", f"{family}chronology/"):
        ben.opens(page)
        ben.does_not_read("In custody", "Release in")


def the_day_is_put_off(eddie: Somebody, family: str) -> None:
    eddie.opens(f"{family}people/")
    eddie.follows("Change the days")
    eddie.types_day("release_on", cast.today() + 60 * DAY)
    eddie.presses("Save")
    eddie.reads("Release in 60 days")


def he_is_out(eddie: Somebody, family: str) -> None:
    eddie.opens(f"{family}people/")
    eddie.follows("They are out")
    eddie.chooses("Released", of="What happened?")
    eddie.types_day("on", cast.today())
    eddie.presses("Save")
    eddie.does_not_read("Release in")
    eddie.opens(f"{family}chronology/")
    eddie.reads("Released from custody", "Release from custody expected on", "In custody")
