"""An officer of a force without accounts comes in by a code and reports Craig on the embankment (A11)."""

import re
from pathlib import Path

from tests.journeys.maintenance import Maintenance
from tests.journeys.somebody import Somebody
from tests.journeys.steps.reporting import answer
from tests.launch.running import until
from tests.referrals import typing

EMAIL = "ann.reed@crossline.example.org"
ACCOUNT = (
    "Found on the railway embankment by the school. Says his mum hits him and does not feed him and lives with her "
    "crack dealer. Taken home. Penalty notice for trespass given."
)
WORDS = "mum hits me. i dont get fed. i want to go in care"
MORE = "The notice was for standing on the embankment. He was cold and had no coat."
PAGES = {
    "danger": typing.DANGER,
    "account": {"account": ACCOUNT},
    "concern": {"concern": "physical"},
    "when-and-where": {**typing.WHEN_WHERE, "happened_at": "Railway embankment by Quarry Hill Primary"},
    "children": typing.children(typing.child(0, "Craig Ackroyd", year="2014", month="5", day="2")),
    "now": {"now_at": "At home with his mother", "told": "not_asked"},
    "urgency": {"urgency": "red"},
}


def she_asks_for_a_code_from_the_sign_in_page(ann: Somebody, email: str = EMAIL) -> None:
    ann.opens("/sign-in/")
    ann.follows("Report with a code sent to your work e-mail")
    ann.reads("British Transport Police", "use your powers", "01632 960123")
    ann.types(name="PC Ann Reed 4471", phone="01632 960555", email=email)
    ann.presses("Send me a code")


def an_address_that_is_no_forces_is_sent_nothing(ann: Somebody) -> None:
    she_asks_for_a_code_from_the_sign_in_page(ann, "ann.reed@mail.example")
    ann.reads("We do not know this address as a police force's")
    assert ann.page.locator("[name=name]").input_value() == "PC Ann Reed 4471"


def the_code_that_was_sent(mails: Path) -> str:
    """The worker has sent one e-mail, with a code and nothing about anybody."""
    until(lambda: mails.exists() and any(mails.iterdir()), within=20, what="the e-mail")
    text = max(mails.iterdir(), key=lambda one: one.stat().st_mtime).read_text()
    assert f"To: {EMAIL}" in text and "Reed" not in text
    return re.findall(r"\b\d{6}\b", text)[-1]


def she_types_it(ann: Somebody, code: str) -> None:
    """A wrong one first."""
    ann.types(code="000000" if code != "000000" else "111111")
    ann.presses("Go on")
    ann.reads("This code does not open")
    ann.types(code=f"{code[:3]} {code[3:]}")
    ann.presses("Go on")
    ann.reads("My reports", "You have not sent a report yet")


def she_finds_no_search_and_no_list(ann: Somebody, *paths: str) -> None:
    menu = ann.page.locator(".govuk-service-navigation").inner_text()
    assert "My reports" in ann.page.content() and "Find" not in menu and "Queue" not in menu and "My work" not in menu
    for path in paths:
        answered = ann.opens(path)
        assert answered.status == 404, path


def she_reports_craig(ann: Somebody) -> str:
    """His words as he said them. Gives the reference."""
    ann.opens("/reports/start/")
    for posted in PAGES.values():
        answer(ann, posted)
        ann.presses("Continue")
    ann.follows("What the children said")
    ann.types(words_0=WORDS, said_with_0="Nobody else")
    ann.presses("Continue")
    while not ann.page.get_by_role("button", name="Send the report").count():
        ann.presses("Continue")
    ann.reads(WORDS)
    ann.presses("Send the report")
    ann.does_not_read("May be known", "known already", "Now tell the school")
    return ann.page.locator(".govuk-panel__body").inner_text().strip()


def the_hub_sees_that_she_has_no_account(hana: Somebody, reference: str) -> None:
    """The headline is what he told; the fine stands in the account alone."""
    hana.turns_to("Queue")
    card = hana.page.locator(".eh-card", has_text=reference).inner_text()
    assert "Craig Ackroyd" in card and "Reporter has no account: verified by e-mail" in card
    assert "Physical harm" in card and "Red" in card
    assert "enalty" not in card and "trespass" not in card
    hana.follows("Craig Ackroyd")
    hana.reads(WORDS, ACCOUNT, "PC Ann Reed 4471", "verified by e-mail", EMAIL, "01632 960555")
    headings = " ".join(hana.page.locator("h1, h2, h3, .govuk-tag, .eh-badge").all_inner_texts())
    assert "enalty" not in headings and "trespass" not in headings


def no_headline_of_his_says_fine(database: Maintenance, reference: str) -> None:
    """What stands in his chronology as headline is what kind of harm he told of; his words are kept to the letter."""
    mine = "select {} from {} join referrals_report r on r.id = {} where r.reference = %s"
    titles = database.run(mine.format("e.title", "cases_event e", "e.source_id"), reference)
    assert titles == [("Concern report: physical harm",)]
    told = "referrals_reportedchilddetail d join referrals_reportedchild c on c.id = d.reported_child_id"
    assert database.run(mine.format("d.words", told, "c.report_id"), reference) == [(WORDS,)]


def she_adds_to_it_and_reads_how_far_it_is(ann: Somebody, reference: str) -> None:
    ann.turns_to("My reports")
    ann.follows(reference)
    ann.reads("How far it is", "The hub has it")
    ann.follows("Add more")
    ann.types(text=MORE)
    ann.presses("")
    ann.reads(MORE)


def after_an_hour_she_is_out(ann: Somebody, database: Maintenance) -> None:
    """The session runs out by itself; the clock is moved on by moving its end."""
    ((ends,),) = database.run(
        "select max(expire_date - now()) <= interval '1 hour' from django_session"
        " where expire_date - now() > interval '21 minutes'"
    )
    assert ends
    database.run("update django_session set expire_date = now() where expire_date - now() > interval '21 minutes'")
    ann.page.goto(f"{ann.address}/reports/")
    ann.page.wait_for_url("**/sign-in/**")


def another_of_her_force_finds_nothing_of_hers(lewis: Somebody, address: str) -> None:
    assert lewis.opens(address).status == 404
