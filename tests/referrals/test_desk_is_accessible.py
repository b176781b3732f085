"""Every screen of disagreements with axe, as each side sees it, at desk and phone width."""

import pytest

from referrals.vocabulary import RungVerdict
from sharing_agreements.vocabulary import Role
from tests import cast
from tests.referrals import served
from tests.referrals.arriving import arrive
from tests.referrals.disagreeing import answer, decide, disagree, further
from tests.referrals.test_checks_are_accessible import kept, signed_in
from tests.referrals.test_report_is_accessible import look


@pytest.mark.parametrize("width", [1280, 390])
def test_every_screen_of_disagreements_is_accessible(committed: str, width: int) -> None:
    everybody = cast.assemble()
    mona = cast.post("Mona", everybody.hub, Role.MANAGER)
    told, answered, above = (arrive(everybody.cleo, everybody.hub) for _ in range(3))
    for contact in (told, answered, above):
        decide(contact, everybody.hana)
    first = disagree(answered, everybody.cleo)
    answer(first, everybody.hana, RungVerdict.STANDS)
    rung = disagree(above, everybody.cleo)
    answer(rung, everybody.hana)
    senior = further(rung, everybody.cleo)
    answer(senior, mona)
    senior = further(senior, everybody.cleo)
    tours = {
        everybody.cleo: [
            f"/reports/feedback/{told.report.feedback.get().pk}/disagree/",
            f"/reports/disagreements/{first.pk}/further/",
            f"/reports/{above.report_id}/",
        ],
        mona: ["/queue/", "/queue/disagreements/", f"/queue/disagreements/{senior.pk}/", "/families/my-work/"],
        everybody.hana: [f"/contacts/{above.pk}/", f"/queue/disagreements/{senior.pk}/"],
    }
    emails = {post: served.let_in(post) for post in tours}
    with served.serving(committed) as address, served.browsing() as browser:
        for post, page in signed_in(browser, address, emails, width):
            for path in tours[post]:
                page.goto(address + path)
                look(page, width)
                kept(page, f"{post.practitioner.name}{path.replace('/', '-')[:32]}{width}")
                if page.locator("main form.eh-narrow").count():
                    with page.expect_navigation():
                        page.locator("main form button").last.click()
                    look(page, width)
