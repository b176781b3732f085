"""Somebody at a browser. Each page they come to is held to axe and to the width of their window.

With JOURNEY_PICTURES set to a folder, a picture of every page is kept there.
"""

import datetime
import os
import re
from collections import Counter
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, Response

from tests.referrals import served
from tests.referrals.test_report_is_accessible import look

HEIGHT = 900
_pictures: Counter[str] = Counter()


class Somebody:
    """One practitioner in a window of their own. What they do is what they see: words on links, buttons, choices."""

    def __init__(self, page: Page, address: str, name: str, width: int, eyes: Page | None = None) -> None:
        self.page, self.address, self.name, self.width, self.eyes = page, address, name, width, eyes
        self.other_width: int | None = None

    def looks(self) -> None:
        """The page they are on has no fault, and shows nothing of the machinery."""
        if self.eyes:
            self.eyes.context.clear_cookies()
            self.eyes.context.add_cookies(self.page.context.cookies())  # type: ignore[arg-type]
            self.eyes.goto(self.page.url)
        look(self.eyes or self.page, self.width)
        if self.other_width:
            self.page.set_viewport_size({"width": self.other_width, "height": HEIGHT})
            look(self.page, self.other_width)
            self.page.set_viewport_size({"width": self.width, "height": HEIGHT})
        folder = os.environ.get("JOURNEY_PICTURES")
        if folder:
            _pictures["all"] += 1
            what = re.sub(r"\W+", "-", self.page.title())[:50]
            name = f"{self.width}-{_pictures['all']:03}-{self.name}-{what}.png"
            self.page.screenshot(path=Path(folder) / name, full_page=True)

    def opens(self, path: str) -> Response:
        """Goes to an address; gives the server's answer."""
        answer = self.page.goto(path if path.startswith("http") else self.address + path)
        assert answer is not None
        self.looks()
        return answer

    def follows(self, link: str, *, within: Locator | None = None) -> None:
        """Follows the link with these words."""
        with self.page.expect_navigation():
            (within or self.page.locator("#main-content")).get_by_role("link", name=link).first.click()
        self.looks()

    def turns_to(self, word: str) -> None:
        """Follows a word of the menu at the top, which a narrow window with script folds away, or one under More."""
        menu = self.page.locator(".govuk-service-navigation")
        fold = menu.get_by_role("button", name="Menu")
        if fold.is_visible():
            fold.click()
        at_the_top = menu.get_by_role("link", name=word, exact=True)
        if not at_the_top.count():
            at_the_top = menu.get_by_role("link", name="More", exact=True)
        with self.page.expect_navigation():
            at_the_top.click()
        self.looks()
        if self.page.url.endswith("/more/"):
            self.follows(word)

    def presses(self, button: str) -> None:
        """Presses the button with these words."""
        with self.page.expect_navigation():
            self.page.locator("#main-content").get_by_role("button", name=button).last.click()
        self.looks()

    def chooses(self, answer: str, *, of: str, within: Locator | None = None) -> None:
        """Ticks an answer of the question `of`."""
        group = (within or self.page).get_by_role("group", name=of).first
        group.get_by_label(answer).first.check()

    def types(self, **fields: str) -> None:
        """Types into fields, by the names they are posted under."""
        for name, text in fields.items():
            self.page.locator(f'[name="{name}"]').fill(text)

    def types_day(self, name: str, day: datetime.date) -> None:
        """Types a date into its three boxes."""
        self.types(**{f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)})

    @property
    def text(self) -> str:
        """What the main part of the page says."""
        return self.page.locator("main").inner_text()

    def reads(self, *words: str) -> None:
        """The page says all of this."""
        for each in words:
            assert each in self.text, f"{self.name} does not read {each!r} on {self.page.url}:\n{self.text}"

    def does_not_read(self, *words: str) -> None:
        """The page, hidden parts included, says none of this."""
        body = self.page.content()
        for each in words:
            assert each not in body, f"{self.name} reads {each!r} on {self.page.url}"


def sits_down(browser: Browser, address: str, email: str, width: int, *, has_script: bool = True) -> Somebody:
    """Somebody signs in."""
    window = {"viewport": {"width": width, "height": HEIGHT}, "java_script_enabled": has_script}
    page = served.signed_in(browser, address, email, **window)
    page.set_default_timeout(10_000)
    # axe is a script: where the window runs none, a second one of the same session is held to it.
    eyes = None if has_script else browser.new_context(**window | {"java_script_enabled": True}).new_page()
    who = Somebody(page, address, email.partition("@")[0], width, eyes)
    who.looks()
    return who


def sits_down_as_persona(browser: Browser, address: str, name: str, width: int, other_width: int | None) -> Somebody:
    """Somebody of the demonstration signs in with one click. Each page is looked at in the other width as well."""
    page = browser.new_context(viewport={"width": width, "height": HEIGHT}).new_page()
    page.set_default_timeout(10_000)
    who = Somebody(page, address, name, width)
    who.other_width = other_width
    who.opens("/personas/")
    button = page.get_by_role("button", name=f"{name}: ")
    if not button.is_visible():
        page.get_by_text("Everybody else in the district").click()
    with page.expect_navigation():
        button.click()
    who.looks()
    return who
