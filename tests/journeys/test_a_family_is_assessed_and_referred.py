"""A family is assessed on a form that was changed, referred to a service, and withdraws; each page at both widths."""

from pathlib import Path

from django.db import connection

from cases.actions import directory
from cases.models import Assessment, Service
from cases.rules.directory import read_file
from sharing_agreements.vocabulary import Role
from tests import cast
from tests.cases.test_directory_rules import SLEEP, held
from tests.cases.web import story
from tests.factories import cases as factory
from tests.journeys.servers import running
from tests.journeys.somebody import Somebody, sits_down
from tests.referrals import served

HELPS = {**SLEEP, "description": "For babies and their parents.", "fees_description": "Free"}

SHUT = [
    {**SLEEP, "id": "s-2", "name": "Sleep at school", "status": "temporarily closed"},
    {**SLEEP, "id": "s-3", "name": "Sleep for parents", "status": "temporarily closed"},
]


def is_referred(eddie: Somebody, marsh: story.Marshes) -> None:
    """Eddie refers the family to a service that takes it, not to one that is closed."""
    eddie.opens(f"{marsh.address}plan/")
    eddie.follows("Refer to a service for: Walk to school")
    eddie.opens(f"{marsh.address}actions/{marsh.rows['action'].pk}/refer/?words=sleep")
    eddie.reads("Sleep at school. Closed for now, and it keeps no waiting list. Last checked 3 May 2026.")
    eddie.chooses("Sleep for parents", of="Which service?")
    eddie.presses("They were referred")
    eddie.reads("takes names for its waiting list only")
    eddie.chooses("Sleep clinic", of="Which service?")
    eddie.types(area="Fenwater")
    eddie.presses("They were referred")
    eddie.follows("What became of it")
    eddie.chooses("On a waiting list", of="How does it stand?")
    eddie.presses("Write it down")
    eddie.reads("on a waiting list")


def fits_a_telephone(eddie: Somebody) -> None:
    """What an answer does and the button under it stand on one screen of a telephone, from the heading on."""
    eddie.page.set_viewport_size({"width": 390, "height": 844})
    heading = eddie.page.get_by_role("heading", level=1).bounding_box()
    button = eddie.page.get_by_role("button", name="Record the answer").bounding_box()
    assert heading and button and button["y"] + button["height"] - heading["y"] <= 844, button
    eddie.page.set_viewport_size({"width": 1280, "height": 900})


def keeps_the_directory(esi: Somebody) -> None:
    """Esi reads what came of it, and the services that are open and closed."""
    esi.opens("/families/directory/unmet-needs/")
    esi.reads("Fenwater")
    esi.opens("/families/directory/")
    esi.follows("Sleep at school")
    esi.reads("Closed for now", "It keeps a waiting list while it is closed")
    esi.opens("/families/directory/")
    esi.follows("Sleep clinic")


def test_a_family_is_assessed_and_referred(committed: str, tmp_path: Path):
    who = cast.assemble()
    marsh = story.marshes(who)
    begun = Assessment.objects.create(
        **story.written(who.eddie, family=marsh.family, about=[marsh.ada.pk, marsh.joe.pk]),
        case=marsh.case,
        due_on=cast.today(),
    )
    held_by_us = held(HELPS, *SHUT)
    directory.import_services(entries=read_file(held_by_us).entries, by=None, now=factory.now())
    Service.objects.filter(their_id="s-3").update(keeps_list=True)
    keeper = cast.post("Ada", who.early_help, Role.ADMINISTRATOR)
    emails = {post.practitioner.name.lower(): served.let_in(post) for post in (keeper, who.eddie, who.esi)}
    connection.close()
    with running(committed, tmp_path) as service, served.browsing() as browser:
        ada = sits_down(browser, service.address, emails["ada"], 1280)
        ada.other_width = 390
        ada.opens("/families/assessment-form/")
        ada.follows("Change the section What we are worried about")
        ada.types(ask_new="Who else is worried?", why="Another question")
        ada.presses("Save the new version")
        ada.reads("Version 2 is in use")
        ada.follows("Version 1")
        ada.opens("/families/directory/import/")

        eddie = sits_down(browser, service.address, emails["eddie"], 1280)
        eddie.other_width = 390
        address = f"{marsh.address}assessments/{begun.pk}/"
        eddie.opens(address)
        eddie.follows("Write the section Family and environment")
        eddie.types(score_home__family="4", words_home__family="Damp in both rooms")
        eddie.presses("Save and go on")
        eddie.opens(address)
        eddie.reads("4 of 10", "Damp in both rooms")
        is_referred(eddie, marsh)
        eddie.opens(f"{marsh.address}consent/record/")
        eddie.chooses("Kate Marsh", of="Who answered?")
        eddie.chooses("Withdrawn", of="What did they say about receiving help?")
        eddie.presses("Record the answer")
        eddie.reads("Before it is recorded", "Nothing is recorded yet", "What carries on")
        fits_a_telephone(eddie)
        eddie.page.get_by_text("Who goes on reading what").click()
        eddie.looks()
        eddie.presses("Record the answer")

        esi = sits_down(browser, service.address, emails["esi"], 1280)
        esi.other_width = 390
        keeps_the_directory(esi)
