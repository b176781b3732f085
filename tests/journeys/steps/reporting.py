"""Cleo reports four children she met at one address."""

import datetime

from tests import cast
from tests.journeys.somebody import Somebody
from tests.referrals import typing
from tests.referrals.test_report_speed import row

ACCOUNT = "Shouting from the flat. Kayden said he hides when Dean comes."


def four_children() -> dict[str, str]:
    """Kayden and Ellie with part-known birthdays, one whose name nobody knew, and one unborn."""
    due = cast.today() + datetime.timedelta(days=60)
    unborn = {"day": str(due.day), "month": str(due.month), "year": str(due.year), "due": "on"}
    return typing.children(
        typing.KAYDEN,
        typing.child(1, "Ellie Marsh", seen="seen_only", year="2019"),
        typing.child(2, "not known", seen="not_seen", unknown="on"),
        typing.child(3, "", seen="not_seen", **unborn),
    )


def answer(cleo: Somebody, posted: dict[str, str]) -> None:
    """Type or tick each answer that the page asks for."""
    for name, text in posted.items():
        control = cleo.page.locator(f'[name="{name}"]:not([type=hidden])')
        if control.count() and control.first.get_attribute("type") in {"radio", "checkbox"}:
            cleo.page.locator(f'[name="{name}"][value="{text}"]').check()
        elif control.count() and text:
            control.fill(text)


def an_officer_writes_a_report_about_four_children(cleo: Somebody) -> None:
    cleo.opens("/reports/start/")
    for slug, posted in {**typing.PAGES, "account": {"account": ACCOUNT}, "children": four_children()}.items():
        if slug == "children":
            for place in range(4):
                if place:
                    cleo.presses("Add another child")
                answer(cleo, row(posted, place))
        else:
            answer(cleo, posted)
        cleo.presses("Continue")
    cleo.reads("Kayden Marsh", "Ellie Marsh", ACCOUNT)


def she_presses_send_twice(cleo: Somebody) -> None:
    cleo.page.get_by_role("button", name="Send the report").dblclick()
    cleo.page.wait_for_url("**/sent/")
    cleo.looks()


def she_reads_the_reference_the_clock_and_whom_to_ring(cleo: Somebody) -> str:
    """Gives the reference."""
    reference = cleo.page.locator(".govuk-panel__body").inner_text()
    assert reference.startswith("CN-")
    cleo.reads("The hub decides by", "ring", "01632 960")
    return reference


def it_is_one_report(cleo: Somebody, reference: str) -> None:
    cleo.turns_to("My reports")
    assert cleo.page.get_by_role("link", name="CN-").count() == 1, cleo.text
    cleo.reads(reference)


def she_opens_what_became_of_it(cleo: Somebody, reference: str) -> str:
    """Gives the report's path."""
    cleo.turns_to("My reports")
    cleo.follows(reference)
    return cleo.page.url.removeprefix(cleo.address)


def she_reads_for_each_child_what_was_previewed(cleo: Somebody, previewed: list[str]) -> None:
    texts = [one.strip() for one in cleo.page.locator(".govuk-summary-card p.eh-pre").all_inner_texts()]
    assert texts == previewed


def she_says_that_she_has_read_it(cleo: Somebody) -> None:
    cleo.presses("I have read this")
