"""Northamptonshire's start (domain B2): 47 schools come in from a file, five kinds of agency sign, one school reports a
concern below the threshold, and the hub works with the family until it is ready; the school reads what became of it.
"""

import datetime

import pytest
from playwright.sync_api import Browser

from referrals.models import FollowUp
from sharing_agreements.models import Agency
from sharing_agreements.vocabulary import AgencyType, Kind, Level, Purpose, Role
from tests import cast
from tests.journeys.somebody import Somebody, sits_down
from tests.referrals import served
from tests.referrals.arriving import arrive
from tests.referrals.checking import grade

DESK, PHONE = 1280, 390
WEEK = datetime.timedelta(days=7)
SIGNATORIES = (
    AgencyType.POLICE,
    AgencyType.SCHOOL,
    AgencyType.COMMUNITY_HEALTH,
    AgencyType.HOUSING,
    AgencyType.CHARITY,
)


def schools(count: int) -> str:
    """A file of schools: good lines, one that is no school, and one that is there twice."""
    lines = [
        f"Pilot School {n},{100100 + n},,Marlbeck,office{n}@school.example,01632 96{n:04}" for n in range(1, count + 1)
    ]
    return "\n".join(["name,urn,uprn,district,email,phone", *lines, "No Number,,,,a@b.example,01632 960000", lines[0]])


def all_of_them_come_in(browser: Browser, address: str, vera: str, width: int) -> None:
    """The administrator looks through the file, corrects nothing, and adds what is good; again adds nothing."""
    who = sits_down(browser, address, vera, width)
    who.turns_to("Schools")
    upload = {"name": "schools.csv", "mimeType": "text/csv", "buffer": schools(47).encode()}
    for added in (47, 0):
        who.page.locator('[name="file"]').set_input_files(upload)  # type: ignore[arg-type]
        who.presses("Look through the file")
        who.reads("Line 49 has a URN that is not six digits.")
        if added:
            who.reads("Line 50 has the URN of line 2.", "Nothing has been added yet.")
            who.presses("Add these schools")
            who.reads("47 schools were added.", "Pilot School 47", "office47@school.example")
        else:
            assert "Here already 48" in " ".join(who.text.split())


def the_hub_works_until_the_family_is_ready(who: Somebody, contact: str) -> None:
    """Decided below the threshold, a step with the next one, and an end."""
    who.opens(contact)
    who.presses("Decide for Jo")
    who.chooses("The hub follows it up", of="What happens for this child?")
    who.chooses("Level 2", of="Level of need")
    who.chooses("Agreed", of="What did the family say about help?")
    who.chooses("Public task", of="Lawful basis")
    who.types(reason="Tired and late; a family that would like a hand.", next_who="Hana", next_what="Hub meeting")
    who.types_day("next_by", cast.today() + WEEK)
    who.presses("Decide")
    who.opens("/queue/")
    who.follows("The hub follows up 1 child itself")
    who.reads("Jo Smith", "Hub meeting")
    who.follows("Write down a step")
    who.presses("Write it down")
    who.reads("Say what was done", "Say what comes next")
    who.types(did="Hub meeting: housing mends the heating, the charity calls.", next_what="Ring mother")
    who.types_day("next_by", cast.today() + 2 * WEEK)
    who.presses("Write it down")
    who.reads("housing mends the heating", "Ring mother")
    who.follows("End it")
    who.presses("End it")
    who.reads("Say how it ends")
    who.chooses("Ready to disengage", of="How does it end?")
    who.types(why="Warm home, at school on time for four weeks. Mother says they manage.")
    who.presses("End it")
    who.reads("The hub follows up nobody now.")


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_a_school_of_the_file_reports_below_the_threshold_and_reads_that_the_family_was_ready(
    committed: str, width: int
) -> None:
    who = cast.assemble()
    vera = cast.post("Vera", who.early_help, Role.ADMINISTRATOR)
    emails = [served.let_in(post) for post in (vera, who.hana)]
    with served.serving(committed) as address:
        with served.browsing() as browser:
            all_of_them_come_in(browser, address, emails[0], width)
        school = Agency.objects.get(urn="100147")
        assert Agency.objects.filter(type=AgencyType.SCHOOL, email__startswith="office").count() == 47
        signed_by_five_kinds(who, school, cast.agency("Kite Family Support", AgencyType.CHARITY))
        sunil = cast.post("Sunil", school, Role.REPORTER)
        emails.append(served.let_in(sunil))
        contact = arrive(sunil, who.hub)
        grade(contact, who.hana)
        with served.browsing() as browser:
            hana = sits_down(browser, address, emails[1], width)
            the_hub_works_until_the_family_is_ready(hana, f"/contacts/{contact.pk}/")
            reporter = sits_down(browser, address, emails[2], width)
            reporter.turns_to("My reports")
            reporter.follows("CN-")
            reporter.reads("The hub has finished", "the family no longer needs it")
            reporter.does_not_read("housing mends the heating", "Mother says they manage")
        assert FollowUp.objects.get().ending == "ready"


def signed_by_five_kinds(who: cast.Cast, school: Agency, kite: Agency) -> None:
    """An agreement of the hub with police, a school of the file, health, housing and a charity."""
    clause = {"recipient_type": AgencyType.HUB, "recipient_roles": [Role.DECISION_MAKER], "level": Level.SUMMARY}
    cast.agreement(
        who.hub,
        who.police,
        school,
        who.health,
        who.housing,
        kite,
        purposes=[Purpose.TRIAGE],
        title="Hub agreement",
        clauses=[
            {**clause, "provider_type": kind, "kind": Kind.IDENTITY, "needs_involvement": False} for kind in SIGNATORIES
        ],
    )
