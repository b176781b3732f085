"""B5: two reviews are missed. The lead, the manager and the team are told; an officer of the team says what is wrong
with the plan; the lead answers, reviews, and the flag goes.
"""

from pathlib import Path

import pytest

from cases.models import Answer, TeamMember
from sharing_agreements.models import Post
from sharing_agreements.vocabulary import InvolvementReason, Kind, Role
from tests import cast
from tests.cases.web import story
from tests.journeys.maintenance import Maintenance
from tests.journeys.servers import running
from tests.journeys.somebody import Somebody, sits_down
from tests.journeys.steps import watching
from tests.referrals import served

SAYS = "Two reviews of the plan have been missed"


@pytest.mark.parametrize("width", [1280, 390], ids=["desk", "phone"])
def test_two_missed_reviews_reach_everybody_and_police_say_why(committed: str, tmp_path: Path, width: int):
    everybody = cast.assemble()
    marsh = story.marshes(everybody)
    officer = cast.post("Pat", everybody.police, Role.TEAM_MEMBER)
    joins_the_team(marsh, officer, everybody.eddie)
    emails = [served.let_in(post) for post in (everybody.eddie, everybody.esi, everybody.ben, officer)]
    database = Maintenance(committed)
    with running(committed, tmp_path) as service, served.browsing() as browser:
        eddie, esi, ben, pat = (sits_down(browser, service.address, email, width) for email in emails)
        six_weeks_go_by_twice(database)
        watching.a_night_passes(database, service)
        for who in (eddie, esi, ben, pat):
            everybody_is_told(who)
        the_officer_says_what_is_wrong(pat, marsh.address)
        the_manager_sees_that_it_waits(esi)
        the_lead_answers(eddie)
        the_officer_reads_the_answer(pat, marsh.address)
        the_lead_reviews_the_plan(eddie, marsh.address)
        watching.a_night_passes(database, service)
        for who in (eddie, esi, ben, pat):
            who.turns_to("My work")
            who.does_not_read(SAYS)


def joins_the_team(marsh: story.Marshes, officer: Post, by: Post) -> None:
    """The officer was asked into the team and said yes; written as maintenance would."""
    children = [marsh.ada.pk, marsh.joe.pk]
    story.work(children, children, officer, InvolvementReason.TEAM)
    own = {"family": marsh.family, "about": children}
    asked = {"practitioner": officer.practitioner, "agency": officer.agency, "part": "neighbourhood officer"}
    place = TeamMember.objects.create(**story.written(by, **own), case=marsh.case, **asked)
    Answer.objects.create(**story.written(officer, **own), kind=Kind.CASE, team_member=place, accepted=True)


def six_weeks_go_by_twice(database: Maintenance) -> None:
    database.run("update cases_review set next_review_on = next_review_on - 45, happened_on = happened_on - 87")


def everybody_is_told(who: Somebody) -> None:
    who.turns_to("My work")
    who.reads("Marsh family", SAYS)
    who.turns_to("Flags")
    who.reads("Two reviews missed", SAYS)


def the_officer_says_what_is_wrong(pat: Somebody, family: str) -> None:
    pat.opens(f"{family}plan/")
    pat.follows("Say that the plan does not work")
    pat.presses("Tell the lead")
    pat.reads("Write what worries you")
    pat.types(words="Nobody has been to the house since March.")
    pat.presses("Tell the lead")
    pat.reads("Worries about this plan", "Nobody has been to the house since March.", "Not answered yet")


def the_manager_sees_that_it_waits(esi: Somebody) -> None:
    esi.turns_to("My work")
    esi.reads("is worried about the plan: Nobody has been to the house since March.")


def the_lead_answers(eddie: Somebody) -> None:
    eddie.turns_to("My work")
    eddie.reads("is worried about the plan")
    eddie.follows("Answer")
    eddie.types(answer="I visit on Thursday with Ben.")
    eddie.presses("Save")
    eddie.reads("Answered", "I visit on Thursday with Ben.")
    eddie.turns_to("My work")
    eddie.does_not_read("is worried about the plan")


def the_officer_reads_the_answer(pat: Somebody, family: str) -> None:
    pat.opens(f"{family}plan/")
    pat.reads("I visit on Thursday with Ben.")
    pat.does_not_read("Answer<")


def the_lead_reviews_the_plan(eddie: Somebody, family: str) -> None:
    eddie.opens(f"{family}reviews/record/")
    for name in ("Ada Marsh", "Joe Marsh"):
        eddie.chooses(name, of="Which children was it about?")
    eddie.types_day("held_on", cast.today())
    eddie.chooses("Better", of="Ada misses a day of school a week")
    eddie.chooses("Carry on with the plan", of="What happens next?")
    eddie.types(summary="We start again.")
    eddie.presses("Record the review")
