"""What a reporter hears back with axe, as each side sees it, at desk and phone width."""

import datetime

import pytest
from django.utils import timezone

from referrals.models import Contact
from sharing_agreements.vocabulary import Role
from tests import cast
from tests.referrals import served
from tests.referrals.arriving import arrive, child
from tests.referrals.test_checks_are_accessible import signed_in, walk


@pytest.mark.parametrize("width", [1280, 390])
def test_every_screen_of_hearing_back_is_accessible(committed: str, width: int) -> None:
    everybody = cast.assemble()
    mona = cast.post("Mona", everybody.hub, Role.MANAGER)
    week_ago = timezone.now() - datetime.timedelta(days=7)
    contact = arrive(everybody.cleo, everybody.hub, child(), child("Ada Smith"), at=week_ago)
    Contact.objects.filter(pk=contact.pk).update(chased_at=week_ago + datetime.timedelta(days=6))
    report = f"/reports/{contact.report_id}/"
    tours = {
        everybody.cleo: ["/reports/", report, f"{report}chase/"],
        everybody.hana: ["/queue/", f"/contacts/{contact.pk}/", f"/contacts/{contact.pk}/tell/"],
        mona: ["/queue/", "/queue/hearing/"],
    }
    emails = {post: served.let_in(post) for post in tours}
    with served.serving(committed) as address, served.browsing() as browser:
        for post, page in signed_in(browser, address, emails, width):
            walk(page, address, width, tours[post], post.practitioner.name)
