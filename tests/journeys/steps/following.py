"""Dev, who knows the child at school, sees what the agreement opens for as long as it is in force."""

from tests.journeys.somebody import Somebody
from tests.journeys.steps.agreeing import REFERENCE, TITLE

HEADLINE = "Concern report: neglect"
NOTHING = "There is nothing here to show you"


def he_is_shown_nothing(dev: Somebody, family: str) -> None:
    for page in ("", "chronology/"):
        answer = dev.opens(family + page)
        assert answer.status == 404
        dev.reads(NOTHING)
        dev.does_not_read("Ada", "Marsh", HEADLINE, "/why/")


def he_reads_the_summary_and_not_the_account(dev: Somebody, family: str, account: str) -> None:
    dev.opens(family)
    dev.reads("Ada Marsh")
    dev.follows("Chronology")
    dev.reads(HEADLINE, "Ada Marsh", "Marlbeck Constabulary: concern report")
    dev.does_not_read(account)


def he_reads_which_clause_opens_it(dev: Somebody, agreement: str) -> None:
    """Beside the record, and on the page of the page's own reasons; the clause is one click away."""
    entry = dev.page.locator(".eh-timeline__item", has_text=HEADLINE)
    entry.get_by_text("Why you can see this").click()
    clause = f"clause 1.1 of {TITLE} ({REFERENCE})"
    assert clause in entry.inner_text(), entry.inner_text()
    dev.looks()
    dev.page.get_by_role("link", name="Why you can see this page").click()
    dev.looks()
    dev.reads("Concern report", clause)
    dev.does_not_read("Ada Marsh")
    dev.follows(clause)
    assert dev.page.url == f"{dev.address}{agreement}#clause-1.1"
    dev.page.go_back()
    dev.page.go_back()
    dev.reads(HEADLINE)


def she_finds_who_looked(gita: Somebody, family: str) -> None:
    """Early help owns an account of Ada, so its governance lead may ask who read it: all looks, then one family's."""
    gita.turns_to("Looks")
    gita.reads("Dev", "Team member, Oak Green Primary", "name, date of birth and identifiers")
    gita.does_not_read("Ada", "Marsh")
    gita.follows("Who has looked at this family")
    assert gita.page.url.endswith(f"{family}who-looked/")
    gita.reads("Oak Green Primary", "Dev")


def his_very_next_page_shows_nothing(dev: Somebody) -> None:
    """He has the family open, and follows a link on it."""
    dev.page.get_by_role("link", name="People", exact=True).click()
    dev.looks()
    dev.reads(NOTHING)
    dev.does_not_read("Ada", "Marsh", HEADLINE)
