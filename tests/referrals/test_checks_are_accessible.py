"""Every screen of agency checks with axe, as each side sees it, at desk and phone width."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page

from referrals.actions import answering, checking
from referrals.models import AgencyCheck, CheckAnswer, Contact, ReleaseRequest
from sharing_agreements.actions import exceptions
from sharing_agreements.actions.exceptions import Share
from sharing_agreements.models import Post
from sharing_agreements.vocabulary import Level, Purpose, Role
from tests import cast
from tests.conftest import as_web
from tests.referrals import served
from tests.referrals.arriving import arrive, child
from tests.referrals.checking import answer, ask, grade, open_checks
from tests.referrals.test_report_is_accessible import look

SHOTS = os.environ.get("JOURNEY_PICTURES")
"""A folder for a picture of each screen, when somebody wants to look."""


def walk(page: Page, address: str, width: int, paths: list[str], who: str) -> None:
    """Look at each address, and at each form with its errors."""
    for path in paths:
        page.goto(address + path)
        look(page, width)
        kept(page, f"{who}{path.replace('/', '-')}{width}")
        if (
            path.endswith(("family-answer/", "ask-agencies/", "answer/", "refuse/", "let-out/"))
            and page.locator("main form").count()
        ):
            with page.expect_navigation():
                page.locator("main form button").last.click()
            look(page, width)
            kept(page, f"{who}{path.replace('/', '-')}{width}-errors")


def kept(page: Page, name: str) -> None:
    """Keep a picture, when somebody wants to look."""
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


def a_desk(everybody: cast.Cast, hetty: Post) -> tuple[Contact, list[AgencyCheck], CheckAnswer, ReleaseRequest]:
    """One agency has answered and is asked to let it out to three, one is late and was chased, one was asked just now.

    Of the three it refused one, let the only teacher of another read it, and the third waits.
    """
    contact = arrive(everybody.cleo, everybody.hub, child(), child("Ada Smith"))
    grade(contact, everybody.hana)
    open_checks(contact, everybody.hugo)
    checks = ask(contact, everybody.hugo, everybody.health, everybody.quarry_hill, everybody.early_help)
    said = answer(checks[0], hetty)
    asked = checks[1].asked_at
    AgencyCheck.objects.filter(pk=checks[1].pk).update(due_at=asked, chased_at=asked, climbed_at=asked)
    wishes = []
    for agency in (everybody.police, everybody.early_help, everybody.oak_green):
        with as_web(everybody.hana, Purpose.TRIAGE):
            told = {"agency": agency, "why": "They work with the family.", "by": everybody.hana}
            wishes.append(checking.ask_release(answer=said, **told, now=timezone.now()))
    with as_web(hetty, Purpose.TRIAGE):
        answering.refuse_release(request=wishes[0], reason="Told in confidence.", by=hetty, now=timezone.now())
        dev = everybody.dev.practitioner
        share = Share(everybody.oak_green, Level.SUMMARY, cast.FAR_OFF, "They see her every day.", dev)
        exceptions.share_records([said], share)
    return contact, checks, said, wishes[1]


@pytest.mark.parametrize("width", [1280, 390])
def test_every_screen_of_checks_is_accessible(committed: str, width: int) -> None:
    everybody = cast.assemble()
    hetty = cast.post("Hetty", everybody.health, Role.MANAGER)
    mona = cast.post("Mona", everybody.hub, Role.MANAGER)
    contact, (first, second, third), said, wish = a_desk(everybody, hetty)
    page = f"/contacts/{contact.pk}/"
    decide = f"{page}children/{contact.report.children.first().pk}/decide/"
    tours = {
        everybody.hana: ["/queue/", page, f"{page}family-answer/", f"{page}ask-agencies/", decide],
        everybody.hugo: [page],
        mona: [page],
        hetty: [
            "/checks/",
            f"/checks/{first.pk}/answer/",
            f"/checks/answers/{said.pk}/let-out/",
            f"/checks/releases/{wish.pk}/refuse/",
        ],
        everybody.amira: ["/checks/", f"/checks/{second.pk}/answer/"],
        everybody.dev: [reverse("cases:my_work"), "/shared-with-us/"],
        everybody.esi: ["/checks/", f"/checks/{third.pk}/answer/"],
    }
    emails = {post: served.let_in(post) for post in tours}
    with served.serving(committed) as address, served.browsing() as browser:
        for post, page_of in signed_in(browser, address, emails, width):
            walk(page_of, address, width, tours[post], post.practitioner.name)


def signed_in(browser: Browser, address: str, emails: dict[Post, str], width: int) -> Iterator[tuple[Post, Page]]:
    """Each of these people with a page of their own."""
    for post, email in emails.items():
        yield post, served.signed_in(browser, address, email, viewport={"width": width, "height": 900})
