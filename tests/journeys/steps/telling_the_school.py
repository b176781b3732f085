"""Police tell a school's key adult of domestic abuse at a child's home, before the next school day."""

from tests.journeys.maintenance import Maintenance
from tests.journeys.somebody import Somebody
from tests.journeys.steps.reporting import answer
from tests.launch.running import until
from tests.referrals import typing

HAPPENED = "Police were called to an argument between two adults."
SEEMED = "Awake in the hall, very quiet."
WORDS = "He hides when Dean comes."


def an_officer_reports_it(cleo: Somebody) -> None:
    """Kayden is ten; Bo is a baby, too young for any school."""
    children = typing.children(typing.KAYDEN, typing.child(1, "Bo Marsh", seen="seen_only", year=str(2026)))
    cleo.opens("/reports/start/")
    for slug, posted in {**typing.PAGES, "children": children}.items():
        if slug == "children":
            answer(cleo, {name: text for name, text in posted.items() if name.startswith("child-0")})
            cleo.presses("Add another child")
            answer(cleo, {name: text for name, text in posted.items() if name.startswith("child-1")})
        else:
            answer(cleo, posted)
        cleo.presses("Continue")
    cleo.presses("Send the report")


def she_is_told_to_tell_the_school_of_the_child_who_goes_to_one(cleo: Somebody) -> None:
    cleo.reads("Now tell the school, before 08:30 on", "Kayden Marsh", "Not written.")
    cleo.does_not_read("Bo Marsh")
    cleo.turns_to("My work")
    cleo.reads("Notices before the next school day", "Kayden Marsh", "Not written.")


def she_writes_the_notice(cleo: Somebody, school: str) -> None:
    """What is missing is said beside each question, and nothing typed is lost."""
    cleo.follows("Write the notice")
    cleo.types(seemed=SEEMED, words=WORDS)
    cleo.presses("Send to the school")
    cleo.reads("Choose the child's school", "Say whether the child was there", "Say where it happened")
    assert cleo.page.locator("[name=seemed]").input_value() == SEEMED
    cleo.page.locator("[name=school]").select_option(label=school)
    cleo.chooses("Heard it", of="Was the child there?")
    cleo.chooses("At the child's home", of="Where was it?")
    cleo.types(circumstances=HAPPENED)
    cleo.presses("Send to the school")


def she_reads_that_nobody_there_is_briefed(cleo: Somebody, school: str) -> None:
    cleo.reads(f"Not sent: nobody at {school} has read the card", "Amira", "must read the card first")


def a_key_adult_reads_the_card(amira: Somebody) -> None:
    """Before that she learns of no notice; only that she must read."""
    amira.turns_to("My work")
    amira.reads("Card to read")
    amira.does_not_read("Kayden", "domestic abuse at home")
    amira.follows("Read the card")
    amira.presses("I have read this")


def the_notice_reaches_her_by_itself(amira: Somebody, database: Maintenance) -> None:
    until(lambda: bool(database.run("select 1 from referrals_noticecopy")), within=20, what="the copy")
    amira.turns_to("My work")
    amira.reads("Notices before the next school day", "Kayden Marsh")
    amira.follows("Read the notice")
    amira.reads("Kayden Marsh: domestic abuse at home", "9 May 2016", "21:40", "Heard it", SEEMED, WORDS, HAPPENED)
    amira.does_not_read("14 Fen Lane", "cut lip", "Bo Marsh")


def she_says_that_she_has_it(amira: Somebody) -> None:
    amira.presses("I have it")
    amira.reads("The police can see that you have it", "You said that you have it")
    amira.turns_to("My work")
    amira.does_not_read("Kayden Marsh")


def the_officer_reads_who_has_it(cleo: Somebody, school: str) -> None:
    cleo.turns_to("Notices")
    cleo.reads("Received, or owed to nobody", f"Amira, {school}, has it since")


def nobody_else_finds_it(dev: Somebody, address: str) -> None:
    dev.turns_to("Notices")
    dev.reads("There is no notice for you")
    assert dev.opens(address).status == 404


def she_takes_it_back(cleo: Somebody) -> None:
    cleo.follows("See it")
    cleo.presses("Take it back")
    cleo.reads("Taken back.", "Tell the school: Kayden Marsh")
    assert cleo.page.locator("[name=circumstances]").input_value() == HAPPENED


def what_she_read_is_gone(amira: Somebody, address: str) -> None:
    amira.opens(address)
    amira.reads("This notice was taken back")
    amira.does_not_read("Kayden", HAPPENED)
