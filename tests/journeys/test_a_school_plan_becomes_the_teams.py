"""A10's second half: a school's own plan for Craig becomes the plan of a team with a review at six weeks, and social
care, whom the school asked and who never came, is flagged to the lead.

The first half, the same-day answer to the school, is in tests/scenarios/test_craig_at_the_hub.py.
"""

import datetime
from pathlib import Path

import pytest

from sharing_agreements.vocabulary import AgencyType
from tests import cast
from tests.factories import cases as factory
from tests.journeys.maintenance import Maintenance
from tests.journeys.servers import running
from tests.journeys.somebody import Somebody, sits_down
from tests.journeys.steps import watching
from tests.referrals import served

CARE = "Marlbeck Social Care"


@pytest.mark.parametrize("width", [1280, 390], ids=["desk", "phone"])
def test_a_pastoral_support_programme_becomes_a_team_plan(committed: str, tmp_path: Path, width: int):
    everybody = cast.assemble()
    cast.agency(CARE, AgencyType.SOCIAL_CARE)
    home = factory.assessing_with(everybody, children=1)
    email = served.let_in(everybody.amira)
    family = f"/families/{home.family.pk}/"
    database = Maintenance(committed)
    with running(committed, tmp_path) as service, served.browsing() as browser:
        amira = sits_down(browser, service.address, email, width)
        the_school_writes_down_its_programme_and_whom_it_asked(amira, family)
        she_brings_it_into_the_teams_plan(amira)
        the_review_is_in_six_weeks(amira, family)
        who_was_asked_is_not_there(amira, family)
        database.run("update cases_expectedagency set recorded_at = recorded_at - interval '15 days'")
        watching.a_night_passes(database, service)
        the_lead_is_told(amira)


def the_school_writes_down_its_programme_and_whom_it_asked(amira: Somebody, family: str) -> None:
    amira.opens(f"{family}plan/")
    amira.follows("Write down what your agency does by itself")
    amira.types(title="Pastoral support programme", why="Second referral inside nine months.")
    amira.types(aim_1="Craig stays in class", doing_1="A key adult meets him each morning")
    amira.types_day("review_on", cast.today() + datetime.timedelta(weeks=16))
    amira.chooses(CARE, of="Which agencies have you asked to help?")
    amira.presses("Save the plan")
    amira.reads("Pastoral support programme", "Craig stays in class: A key adult meets him each morning")
    amira.reads(f"Asked to help: {CARE}")


def she_brings_it_into_the_teams_plan(amira: Somebody) -> None:
    amira.follows("Bring it into the team")
    amira.presses("Bring it in")
    amira.reads("Write the conclusion of the assessment")
    amira.types(conclusion="School alone is not enough.")
    amira.presses("Bring it in")
    amira.reads("Craig stays in class", "A key adult meets him each morning", "Part of the team")


def the_review_is_in_six_weeks(amira: Somebody, family: str) -> None:
    due = cast.today() + datetime.timedelta(weeks=6)
    amira.opens(family)
    amira.reads("Plan active", "Next review", f"{due.day} {due:%B %Y}")


def who_was_asked_is_not_there(amira: Somebody, family: str) -> None:
    amira.opens(f"{family}team/")
    amira.reads("Who should be in the team", CARE, "Not there", "Asked to help with: Pastoral support programme")


def the_lead_is_told(amira: Somebody) -> None:
    amira.turns_to("Flags")
    amira.reads("Agency not in the team", f"{CARE}: Asked to help with: Pastoral support programme")
