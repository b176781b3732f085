"""Every screen of the report with axe, at desk and phone width, with its errors showing. Nothing runs off the side."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from referrals.web.steps import STEPS
from tests import cast
from tests.referrals import served, typing
from tests.referrals.test_report_speed import Hands

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],  # what passes is counted, but not written down
}


def look(page: Page, width: int) -> None:
    """No violation, nothing wider than the window. The back link stands outside `main` by upstream's design."""
    found = Axe().run(page, context={"exclude": [".govuk-back-link"]}, options=RULES)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


def write_until_checked(page: Page, address: str, width: int) -> str:
    """Answer page after page, looking at each empty and with its errors; gives the draft's address."""
    hands = Hands(page)
    page.goto(f"{address}/reports/start/")
    for slug, posted in typing.PAGES.items():
        look(page, width)
        if slug in {"danger", "children", "now"}:
            hands.press("Continue")
            look(page, width)
        if slug == "children":
            posted = typing.children(typing.KAYDEN, typing.child(1, "Ellie", age="3"))
            hands.answer({name: text for name, text in posted.items() if "-0-" in name})
            hands.press("Add another child")
            hands.answer({name: text for name, text in posted.items() if "-1-" in name})
        else:
            hands.answer(posted)
        hands.press("Continue")
    return page.url.split("#")[0].removesuffix("check/")


@pytest.mark.parametrize("width", [1280, 390])
def test_every_screen_of_the_report_is_accessible(committed: str, width: int) -> None:
    email = served.let_in(cast.assemble().cleo)
    with served.serving(committed) as address, served.browsing() as browser:
        page = served.signed_in(browser, address, email, viewport={"width": width, "height": 900})
        draft = write_until_checked(page, address, width)
        prompted = [step.slug for step in STEPS if not step.required]
        for path in ["", "put-aside/", *(f"{slug}/?checking" for slug in prompted)]:
            page.goto(draft + path)
            look(page, width)
        page.goto(f"{draft}check/")
        look(page, width)
        Hands(page).press("Send the report")
        look(page, width)
        page.get_by_role("link", name="See the report").click()
        report = page.url
        for path in ["", "add/", "correct/", "copy/"]:
            page.goto(report + path)
            look(page, width)
        page.goto(f"{address}/reports/")
        look(page, width)
