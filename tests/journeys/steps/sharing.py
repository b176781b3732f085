"""Who signed sees the summary; who did not sees nothing, exactly as if there were nothing."""

import re
from uuid import uuid4

from tests.journeys.somebody import Somebody
from tests.journeys.steps.reporting import ACCOUNT

NEUTRAL = "There is nothing we can show you. This does not mean the family is not known."


def the_school_that_signed_reads_the_summary_of_the_concern(amira: Somebody, family: str) -> None:
    amira.opens(f"{family}chronology/")
    amira.reads("Concern report: domestic abuse", "Marlbeck Constabulary: concern report")
    amira.does_not_read(ACCOUNT, "Hub-only reason.")


def it_is_not_told_of_the_children_it_does_not_work_with(amira: Somebody, family: str) -> None:
    for page in ("", "people/", "chronology/"):
        amira.opens(family + page)
        amira.does_not_read("No further action", "Information and advice")


def the_school_that_did_not_sign_finds_nothing(dev: Somebody) -> None:
    """Find answers about a child who is known exactly as about one who is not."""
    pages = []
    for name in ("Kayden Marsh", "Nobody Ofthisname"):
        dev.turns_to("Find")
        dev.types(name=name, born_day="9", born_month="5", born_year="2016")
        dev.chooses("I work with this family", of="Why are you looking?")
        dev.presses("Find")
        dev.reads(NEUTRAL, "01632 960123")
        pages.append(bare(dev.page.content()).replace(name, "NAME"))
    assert pages[0] == pages[1]


def bare(body: str) -> str:
    """A page without what differs on each page, whoever looks at what: its tokens."""
    return re.sub(r'name="(csrfmiddlewaretoken|idempotency_key)"[^>]*value="[^"]+"', "", body)


def each_record_is_for_them_as_one_that_does_not_exist(dev: Somebody, paths: list[str]) -> None:
    """Status, length and body are those of a random id."""
    for path in paths:
        nowhere = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", lambda _found: str(uuid4()), path)
        real, random = (_answer(dev, address) for address in (path, nowhere))
        assert real == random and real[0] == 404, path
        dev.reads("There is nothing here to show you")


def _answer(dev: Somebody, path: str) -> tuple[int, str, str]:
    """Status, length as the server says it, and body without its tokens."""
    answer = dev.opens(path)
    return answer.status, answer.headers.get("content-length", ""), bare(answer.text())


def they_have_nothing_to_do(dev: Somebody) -> None:
    for page in ("My work", "Caseload", "Flags", "My reports"):
        dev.turns_to(page)
        dev.does_not_read("Marsh", "EH-", "CN-2")
