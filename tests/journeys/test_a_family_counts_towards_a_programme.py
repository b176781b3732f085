"""B7: needs are ticked, and whoever leads or oversees the work sees that they are enough for a programme, since when.
Nobody else does, and no other page says it of the family.
"""

from pathlib import Path

import pytest

from tests import cast
from tests.cases.web import story
from tests.journeys.servers import running
from tests.journeys.somebody import Somebody, sits_down
from tests.referrals import served

WORDS = ("Supporting Families", "of 10", "of 6", "programme")


@pytest.mark.parametrize("width", [1280, 390], ids=["desk", "phone"])
def test_what_is_needed_is_enough(committed: str, tmp_path: Path, width: int):
    everybody = cast.assemble()
    marsh = story.marshes(everybody)
    emails = [served.let_in(post) for post in (everybody.eddie, everybody.ben, everybody.esi)]
    with running(committed, tmp_path) as service, served.browsing() as browser:
        eddie, ben, esi = (sits_down(browser, service.address, email, width) for email in emails)
        one_need_is_not_enough(eddie, marsh.address)
        the_lead_ticks_two_more(eddie, marsh.address)
        it_is_enough_since_today(eddie, marsh.address)
        it_is_enough_since_today(esi, marsh.address)
        nobody_else_is_shown_it(ben, marsh.address)
        no_other_page_says_it(eddie, marsh.address)


def one_need_is_not_enough(eddie: Somebody, family: str) -> None:
    eddie.opens(f"{family}plan/")
    eddie.follows("What counts towards a programme")
    eddie.reads("1 of 10", "Not enough: it asks for 3", "1 of 6", "Not enough: it asks for 2")


def the_lead_ticks_two_more(eddie: Somebody, family: str) -> None:
    for heading, title in (
        ("Secure housing", "The landlord wants them out"),
        ("Financial stability", "Rent is behind"),
    ):
        eddie.opens(f"{family}needs/add/")
        eddie.page.get_by_label("Which outcome it belongs to").select_option(label=heading)
        eddie.types(title=title, baseline="4")
        eddie.chooses("Ada Marsh", of="Whose need is it?")
        eddie.presses("Add the need")


def it_is_enough_since_today(who: Somebody, family: str) -> None:
    day = cast.today()
    who.opens(f"{family}plan/")
    who.follows("What counts towards a programme")
    who.reads("3 of 10", "Enough: it asks for 3, and there is evidence for that since", f"{day.day} {day:%B %Y}")
    who.reads("The landlord wants them out, recorded", "2 of 6", "Rent is behind, recorded")


def nobody_else_is_shown_it(ben: Somebody, family: str) -> None:
    ben.opens(f"{family}plan/")
    ben.does_not_read("What counts towards a programme")
    assert ben.opens(f"{family}programmes/").status == 409


def no_other_page_says_it(eddie: Somebody, family: str) -> None:
    for page in (family, f"{family}people/", f"{family}team/", f"{family}chronology/", f"{family}needs-over-time/"):
        eddie.opens(page)
        eddie.does_not_read(*WORDS)
    for page in ("Caseload", "Flags", "My work"):
        eddie.turns_to(page)
        eddie.does_not_read(*WORDS)
