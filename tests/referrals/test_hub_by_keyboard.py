"""The hub's main journey with keys alone: open the queue, filter it, claim, decide for each child, hand over.

Whoever cannot use a mouse gets everywhere with Tab and back with Shift and Tab, sees at each stop where they are, and
is held nowhere.
"""

import datetime

import pytest
from playwright.sync_api import Page

from referrals.models import Contact, Decision
from tests import cast
from tests.referrals import served
from tests.referrals.arriving import arrive, child
from tests.referrals.checking import grade

MOST_STOPS = 150
HERE = "document.activeElement"
SEEN = """() => {
    const here = document.activeElement, style = getComputedStyle(here), box = here.getBoundingClientRect();
    const label = here.labels && here.labels[0];
    const around = label ? getComputedStyle(label, '::before') : style;
    const marks = one => one.outlineStyle !== 'none' && parseFloat(one.outlineWidth) > 0 || one.boxShadow !== 'none'
        || one.backgroundColor !== 'rgba(0, 0, 0, 0)' && here.matches('a');
    return {tag: here.tagName, seen: marks(style) || marks(around), inside: box.bottom > 0 && box.top < innerHeight};
}"""


class Keys:
    """Somebody who has no mouse. Every stop is looked at."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def tab(self, *, back: bool = False) -> None:
        """The next stop, which must be seen to be one."""
        self.page.keyboard.press("Shift+Tab" if back else "Tab")
        here = self.page.evaluate(SEEN)
        if here["tag"] != "BODY":
            assert here["seen"] and here["inside"], f"focus is not seen: {self.page.evaluate(f'{HERE}.outerHTML')}"

    def goes_to(self, selector: str) -> None:
        """Tabs until the focus is on what this matches."""
        for _ in range(MOST_STOPS):
            self.tab()
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                return
        raise AssertionError(f"no way by keyboard to {selector} on {self.page.url}")

    def goes_to_words(self, tag: str, words: str) -> None:
        """Tabs until the focus is on a link or button with these words."""
        for _ in range(MOST_STOPS):
            self.tab()
            told = "([t, w]) => document.activeElement.matches(t) && document.activeElement.innerText.includes(w)"
            if self.page.evaluate(told, [tag, words]):
                return
        raise AssertionError(f"no way by keyboard to {words!r} on {self.page.url}")

    def presses(self, tag: str, words: str) -> None:
        """Goes to a link or button and presses Enter."""
        self.goes_to_words(tag, words)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def picks(self, name: str, value: str) -> None:
        """Picks one of several with the arrow keys: one stop leads into the group."""
        self.goes_to(f'[name="{name}"]')
        for _ in range(20):
            if self.page.evaluate(f"{HERE}.checked && {HERE}.value") == value:
                return
            self.page.keyboard.press("Space" if not self.page.evaluate(f"{HERE}.checked") else "ArrowDown")
        raise AssertionError(f"no way by keyboard to {value} of {name}")

    def types(self, name: str, text: str) -> None:
        """Goes to a box and types."""
        self.goes_to(f'[name="{name}"]')
        self.page.keyboard.type(text)

    def is_held_nowhere(self) -> None:
        """Tab goes once round the page and out of it; two steps back from the start of the page lead out again."""
        self.page.evaluate(f"{HERE}.blur()")
        for _ in range(MOST_STOPS * 2):
            self.tab()
            if self.page.evaluate(f"{HERE} === document.body"):
                break
        else:
            raise AssertionError(f"the focus never leaves {self.page.url}")
        self.tab(back=True)
        self.tab(back=True)


def decides(keys: Keys) -> None:
    """Fills the whole decision in its order and sends it."""
    day = cast.today() + datetime.timedelta(days=7)
    keys.picks("outcome", "advice")
    keys.picks("level_of_need", "2")
    keys.types("reason", "Seen well at home.")
    keys.types("next_who", "School nurse")
    keys.types("next_what", "Sees the child")
    for part, number in (("day", day.day), ("month", day.month), ("year", day.year)):
        keys.types(f"next_by_{part}", str(number))
    keys.picks("consent_state", "agreed")
    keys.picks("lawful_basis", "public_task")
    keys.presses("button", "Decide")


@pytest.mark.parametrize("width", [1280, 390])
def test_the_hub_works_from_queue_to_handing_over_with_keys_alone(committed: str, width: int) -> None:
    everybody = cast.assemble()
    contact = arrive(everybody.cleo, everybody.hub, child(), child("Ada Smith"))
    other = arrive(everybody.cleo, everybody.hub, child("Sam Green"))
    for one in (contact, other):
        grade(one, everybody.hugo)
    email = served.let_in(everybody.hana)
    with served.serving(committed) as address, served.browsing() as browser:
        page = served.signed_in(browser, address, email, viewport={"width": width, "height": 900})
        keys = Keys(page)
        page.goto(f"{address}/queue/")
        keys.is_held_nowhere()
        keys.goes_to('[name="grade"]')
        page.keyboard.type("Amber")
        keys.presses("button", "Show these")
        keys.presses("a", "Jo Smith")
        keys.is_held_nowhere()
        keys.presses("button", "Claim this contact")
        for name in ("Jo", "Ada"):
            keys.presses("a", f"Decide for {name}")
            decides(keys)
            assert "Decided. The reporter has been told." in page.locator("main").inner_text()
        page.goto(f"{address}/queue/")
        keys.presses("a", "Sam Green")
        keys.presses("button", "Claim this contact")
        keys.presses("a", "Hand it over")
        keys.picks("to", page.locator('[name="to"]').first.get_attribute("value") or "")
        keys.types("note", "Ring the school first.")
        keys.presses("button", "Hand")
        assert "Handed over." in page.locator("body").inner_text()
    assert Decision.objects.count() == 2
    assert Contact.objects.get(pk=other.pk).claimed_by == everybody.hugo.practitioner
