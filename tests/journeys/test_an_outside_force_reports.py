"""A force without accounts reports by a code and learns nothing by it; the hub knows whom it rests on (R3, A11)."""

from pathlib import Path

import pytest

from referrals.models import MailDomain
from sharing_agreements.vocabulary import AgencyType, Role
from tests import cast
from tests.journeys.maintenance import Maintenance
from tests.journeys.servers import running
from tests.journeys.somebody import Somebody, sits_down
from tests.journeys.steps import coming_in as steps
from tests.journeys.steps import deciding
from tests.referrals import served
from tests.referrals.arriving import child, send


@pytest.mark.parametrize(("width", "has_script"), [(390, True), (1280, False)], ids=["phone", "desk_without_script"])
def test_an_officer_without_an_account_reports_and_learns_nothing(
    committed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, width: int, has_script: bool
):
    mails = tmp_path / "mail"
    monkeypatch.setenv("EMAIL_FOLDER", str(mails))
    who = cast.assemble()
    force = cast.agency("Crossline Transport Police", AgencyType.TRANSPORT_POLICE)
    MailDomain.objects.create(domain="crossline.example.org", agency=force)
    lewis_post = cast.post("Lewis", force, Role.REPORTER)
    known = send(who.cleo, who.hub, child("Craig Ackroyd"))
    database = Maintenance(committed)
    emails = {post.practitioner.name.lower(): served.let_in(post) for post in (who.hana, lewis_post)}
    with running(committed, tmp_path) as service, served.browsing() as browser:
        window = {"viewport": {"width": width, "height": 900}, "java_script_enabled": has_script}
        page = browser.new_context(**window).new_page()
        page.set_default_timeout(10_000)
        eyes = None if has_script else browser.new_context(viewport={"width": width, "height": 900}).new_page()
        ann = Somebody(page, service.address, "ann", width, eyes)
        steps.an_address_that_is_no_forces_is_sent_nothing(ann)
        steps.she_asks_for_a_code_from_the_sign_in_page(ann)
        steps.she_types_it(ann, steps.the_code_that_was_sent(mails))
        theirs = ("/find/", "/queue/", f"/reports/{known.pk}/", "/families/my-work/", "/agreements/", "/notices/")
        steps.she_finds_no_search_and_no_list(ann, *theirs)
        reference = steps.she_reports_craig(ann)

        deciding.the_worker_puts_it_in_the_hubs_queue(database, reference)
        hana = sits_down(browser, service.address, emails["hana"], width, has_script=has_script)
        steps.the_hub_sees_that_she_has_no_account(hana, reference)
        steps.no_headline_of_his_says_fine(database, reference)
        steps.she_adds_to_it_and_reads_how_far_it_is(ann, reference)
        steps.another_of_her_force_finds_nothing_of_hers(
            sits_down(browser, service.address, emails["lewis"], width), ann.page.url
        )
        steps.after_an_hour_she_is_out(ann, database)
