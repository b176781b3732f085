"""Photographs and papers with axe, as each side sees them, at desk and phone width, with and without a scanner."""

import uuid

import pytest
from django.utils import timezone

from referrals.actions import drafting
from sharing_agreements.vocabulary import Purpose
from tests import cast
from tests.conftest import as_web
from tests.referrals import served
from tests.referrals.arriving import arrive
from tests.referrals.papers import photograph
from tests.referrals.scanner import scanning
from tests.referrals.test_checks_are_accessible import kept
from tests.referrals.test_report_is_accessible import look


@pytest.mark.parametrize("width", [1280, 390])
def test_every_screen_of_files_is_accessible(committed: str, width: int) -> None:
    everybody = cast.assemble()
    contact = arrive(everybody.cleo, everybody.hub)
    now = timezone.now()
    with as_web(everybody.cleo, Purpose.REPORTING):
        draft = drafting.start_draft(key=uuid.uuid4(), by=everybody.cleo, now=now)
    cleo, hana = (served.let_in(post) for post in (everybody.cleo, everybody.hana))
    size = {"width": width, "height": 900}
    photo = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": photograph(size=(400, 300))}
    with scanning() as (scanner, _), served.browsing() as browser:
        with served.serving(committed, SCANNER=scanner) as address:
            page = served.signed_in(browser, address, cleo, viewport=size)
            for path in (f"/reports/drafts/{draft.pk}/files/", f"/reports/{contact.report_id}/files/"):
                page.goto(address + path)
                with page.expect_navigation():
                    page.locator("main button").last.click()
                look(page, width)
                kept(page, f"files-errors-{path.split('/')[2]}-{width}")
                page.set_input_files("input[type=file]", files=[photo])
                page.get_by_label("What does it show?").fill("The kitchen")
                page.get_by_label("This shows no part").check()
                page.get_by_role("button", name="Add this file").click()
                page.get_by_text("The file is kept.").wait_for()
                look(page, width)
                kept(page, f"files-kept-{path.split('/')[2]}-{width}")
            page.goto(f"{address}/reports/{contact.report_id}/")
            look(page, width)
            sent = str(page.locator('a[href^="/files/"]').get_attribute("href")).split("/")[2]
            page = served.signed_in(browser, address, hana, viewport=size)
            for path in (f"/contacts/{contact.pk}/", f"/contacts/{contact.pk}/files/{sent}/release/"):
                page.goto(address + path)
                look(page, width)
                kept(page, f"files-hub-{path.count('/')}-{width}")
        with served.serving(committed) as address:
            page = served.signed_in(browser, address, cleo, viewport=size)
            page.goto(f"{address}/reports/{contact.report_id}/files/")
            look(page, width)
            kept(page, f"files-no-scanner-{width}")
