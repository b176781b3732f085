"""How long a report about four children takes: counted from the forms, and run in a browser with and without script.

Run `pytest -s tests/referrals/test_report_speed.py` to read the figures. The operators are those of the keystroke-level
model (Card, Moran and Newell 1980): K a key by an average typist, P pointing, B pressing a button, H hand to mouse
and back, M deciding an answer, R the machine's answer.
"""

import sys
import time
from dataclasses import dataclass
from typing import Any

import pytest
from django import forms
from playwright.sync_api import Page

from referrals.rules.report import Known
from referrals.web.forms.rows import RowSet
from referrals.web.steps import STEPS
from sharing_agreements.fields import DateBoxes
from tests import cast
from tests.referrals import served, typing

K, P, B, H, M, R = 0.28, 1.1, 0.1, 0.4, 1.35, 0.5
LIMIT = 180
KNOWN = Known(names=("Kayden Marsh",), under_five=True, danger="no")


@dataclass
class Effort:
    """Operators counted so far."""

    keys: int = 0
    points: int = 0
    decisions: int = 0
    pages: int = 0
    answers: int = 0

    def seconds(self, answer_time: float = R) -> float:
        """What the model gives, with one hand's way to the mouse and back per page."""
        hands = 2 * H * self.pages
        return self.keys * K + self.points * (P + 2 * B) + self.decisions * M + hands + self.pages * answer_time


def fields_of(page: Any) -> list[tuple[str, forms.Field]]:
    """Every visible field of a page of the real form, row by row, under the name the browser posts."""
    if isinstance(page, RowSet):
        return [pair for row in page.forms for pair in fields_of(row)]
    return [(page.add_prefix(bound.name), bound.field) for bound in page if not bound.is_hidden]


def keys_for(name: str, wanted: forms.Field, posted: dict[str, str]) -> int | None:
    """Keys typed into a field, Tab included; None when it is pointed at, or left as it is."""
    if isinstance(wanted.widget, DateBoxes):
        boxes = [posted.get(f"{name}_{part}", "") for part in (*wanted.widget.parts, "age")]
        return sum(len(text) + 1 for text in boxes if text) or None
    is_chosen = isinstance(wanted.widget, forms.RadioSelect | forms.CheckboxInput)
    return None if is_chosen or not posted.get(name) else len(posted[name]) + 1


def count(script: dict[str, dict[str, str]]) -> Effort:
    """Operators that the real forms ask for, with these answers; and which answers they ask for at all."""
    effort = Effort()
    for step in (step for step in STEPS if step.slug in script):
        posted = script[step.slug]
        typed = {key: [text] for key, text in posted.items()}
        page = step.form(typed=typed, known=KNOWN)
        effort.pages += 1 + (len(page.forms) - 1 if isinstance(page, RowSet) else 0)
        for name, wanted in fields_of(page):
            keys = keys_for(name, wanted, posted)
            is_ticked = isinstance(wanted.widget, forms.CheckboxInput) and bool(wanted.initial)
            is_said = not is_ticked and any(key == name or key.rpartition("_")[0] == name for key in posted)
            effort.keys += keys or 0
            effort.points += 1 if is_said and keys is None else 0
            effort.decisions += 1 if is_said else 0
            effort.answers += 1 if wanted.required or name.endswith("-name") else 0
    effort.pages += 1  # check your answers
    effort.points += effort.pages  # one button a page
    return effort


class Hands:
    """Does in a browser what a reporter does, and counts it."""

    def __init__(self, page: Page) -> None:
        self.page, self.effort = page, Effort()

    def press(self, button: str) -> None:
        """Press a button and wait for the page."""
        self.effort.points += 1
        self.effort.pages += 1
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button, exact=True).last.click()

    def answer(self, posted: dict[str, str]) -> None:
        """Type or choose every answer of a page."""
        for name, text in posted.items():
            control = self.page.locator(f'[name="{name}"]:not([type=hidden])')
            if control.count() == 0:
                continue
            if control.first.get_attribute("type") in {"radio", "checkbox"}:
                self.choose(name, text)
            elif text:
                control.press_sequentially(text)
                self.page.keyboard.press("Tab")
                self.effort.keys += len(text) + 1

    def choose(self, name: str, value: str) -> None:
        """Tick or choose, unless it is so already."""
        box = self.page.locator(f'[name="{name}"][value="{value}"]')
        if not box.is_checked():
            box.check()
            self.effort.points += 1


def row(page: dict[str, str], place: int) -> dict[str, str]:
    """The answers of one row of the children page."""
    return {name: text for name, text in page.items() if name.startswith(f"child-{place}-")}


def file_report(page: Page, address: str) -> Effort:
    """The whole report about four children, from the first page to the reference."""
    hands = Hands(page)
    page.goto(f"{address}/reports/start/")
    for slug, posted in typing.PAGES.items():
        if slug == "children":
            for place in range(4):
                if place:
                    hands.press("Add another child")
                hands.answer(row(posted, place))
        else:
            hands.answer(posted)
        hands.press("Continue")
    hands.press("Send the report")
    return hands.effort


def test_the_report_asks_eleven_answers_and_three_more_for_each_further_child() -> None:
    one = {**typing.PAGES, "children": typing.children(typing.KAYDEN)}
    assert count(one).answers == 11
    assert count(typing.PAGES).answers == 20


def test_four_children_take_under_180_seconds_by_the_keystroke_model() -> None:
    effort = count(typing.PAGES)
    sys.stdout.write(
        f"\nestimate from the forms: {effort.answers} answers, {effort.pages} pages, {effort.keys} keys,"
        f" {effort.points} points, {effort.decisions} decisions, {effort.seconds():.0f} s\n"
    )
    assert effort.seconds() < LIMIT


@pytest.mark.parametrize("has_script", [True, False])
def test_four_children_are_reported_in_a_browser_on_a_phone(committed: str, has_script: bool) -> None:
    email = served.let_in(cast.assemble().cleo)
    with served.serving(committed) as address, served.browsing() as browser:
        phone = {"viewport": {"width": 390, "height": 844}, "java_script_enabled": has_script}
        page = served.signed_in(browser, address, email, **phone)
        started = time.monotonic()
        effort = file_report(page, address)
        taken = time.monotonic() - started
        assert "CN-" in page.locator(".govuk-panel__body").inner_text()
        assert "The hub decides by" in page.locator("main").inner_text()
    effort.decisions = count(typing.PAGES).decisions
    human = effort.seconds(answer_time=taken / effort.pages)
    sys.stdout.write(
        f"\nrun {'with' if has_script else 'without'} script: {effort.pages} pages, {effort.keys} keys,"
        f" {effort.points} points, machine {taken:.1f} s; with a person's hands and mind {human:.0f} s\n"
    )
    assert human < LIMIT
