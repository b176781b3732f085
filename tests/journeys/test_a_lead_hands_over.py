"""A13, the organisation that forgot: a lead hands over. Without a summary nothing happens; the next lead's first page
begins with it, and everything written before them is there to read.
"""

from pathlib import Path

import pytest

from cases.actions import noting
from cases.models import Event
from cases.vocabulary import NoteKind
from sharing_agreements.vocabulary import Purpose
from tests import cast
from tests.conftest import as_web
from tests.factories import cases as factory
from tests.journeys.servers import running
from tests.journeys.somebody import Somebody, sits_down
from tests.referrals import served

SUMMARY = "Kate answers texts, not calls. Ada has promised to try the breakfast club.\nNext: the dentist."
BEFORE = ["Visited, nobody rushed", "Ada was late twice", "Breakfast club begins"]


def a_family_worked_with(everybody: cast.Cast) -> factory.Household:
    """Amira leads two children and has written about them."""
    home = factory.plan_active(everybody)
    with as_web(everybody.amira, Purpose.EARLY_HELP):
        for words in BEFORE:
            noting.write_note(
                case=home.case,
                people=home.children[:1],
                note_kind=NoteKind.HOME_VISIT,
                headline=words,
                happened_on=cast.today(),
                by=everybody.amira,
                now=factory.now(),
            )
    return home


@pytest.mark.parametrize("width", [1280, 390], ids=["desk", "phone"])
def test_the_next_lead_starts_from_what_was_known(committed: str, tmp_path: Path, width: int):
    everybody = cast.assemble()
    home = a_family_worked_with(everybody)
    titles = set(Event.objects.filter(family=home.family).values_list("title", flat=True))
    emails = {post: served.let_in(post) for post in (everybody.amira, everybody.eddie)}
    family = f"/families/{home.family.pk}/"
    with running(committed, tmp_path) as service, served.browsing() as browser:
        amira = sits_down(browser, service.address, emails[everybody.amira], width)
        hands_over_only_with_a_summary(amira, family)
        eddie = sits_down(browser, service.address, emails[everybody.eddie], width)
        accepts_and_reads_it_first(eddie, family)
        every_earlier_event_is_there(eddie, family, titles)


def hands_over_only_with_a_summary(amira: Somebody, family: str) -> None:
    amira.opens(f"{family}team/")
    amira.follows("Hand over to another lead")
    amira.page.get_by_label("Agency", exact=True).select_option(label="Marlbeck Early Help")
    with amira.page.expect_navigation():
        amira.page.locator("form[method=get] button").click()
    amira.chooses("Eddie", of="Who")
    amira.presses("")
    amira.reads("There is a problem")
    assert amira.page.get_by_role("group", name="Who").first.get_by_label("Eddie").is_checked()
    amira.types(summary=SUMMARY)
    amira.presses("")
    amira.reads("Eddie, Marlbeck Early Help", "no answer yet", "Lead practitioner")


def accepts_and_reads_it_first(eddie: Somebody, family: str) -> None:
    eddie.turns_to("My work")
    eddie.follows("Accept or decline")
    eddie.reads("Kate answers texts, not calls.")
    eddie.chooses("Yes, I will be the lead practitioner", of="Will you lead?")
    eddie.presses("Send your answer")
    assert eddie.page.url.endswith(family)
    eddie.reads("Handed over to you by Amira, Quarry Hill Primary", "Next: the dentist.")
    first = eddie.page.locator("main h2").first.inner_text()
    assert first.startswith("Handed over to you"), first


def every_earlier_event_is_there(eddie: Somebody, family: str, titles: set[str]) -> None:
    eddie.follows("chronology")
    assert len(titles) > len(BEFORE)
    eddie.reads(*BEFORE)
    missing = [title for title in titles if title not in eddie.text]
    assert missing == []
    eddie.opens(f"{family}plan/")
    eddie.reads("Come to school on time")
