"""E-mails to oneself, what did not arrive, flags and their rules, saying that somebody has died: axe, both widths."""

import pytest
from django.urls import reverse

from cases.actions import thresholds, watching
from cases.models import Flag
from cases.vocabulary import FlagRule
from referrals.models import MailDomain
from sharing_agreements.models import Notification, PostCover, SchoolTerm, Team
from sharing_agreements.vocabulary import Purpose, Role
from tests import cast
from tests.cases.stalled import AS_OF, days_ago, noon, work
from tests.cases.web import story
from tests.conftest import as_web, as_worker
from tests.referrals import served
from tests.referrals.test_checks_are_accessible import signed_in, walk


@pytest.mark.parametrize("width", [1280, 390])
def test_every_screen_of_the_watch_is_accessible(committed: str, width: int) -> None:
    everybody = cast.assemble()
    Team.objects.create(no=901, agency=everybody.early_help, name="North")
    admin = cast.post("Ada", everybody.early_help, Role.ADMINISTRATOR)
    marsh = story.marshes(everybody)
    for late in (20, 40):
        work(everybody).action(days_ago(late))
    for post, returned in ((everybody.eddie, True), (everybody.eddie, False), (everybody.amira, True)):
        Notification.objects.create(
            practitioner=post.practitioner,
            address="somebody.with.a.rather.long.address@early-help.marlbeck.example.org",
            urgent=returned,
            reference="ACDEFHJK",
            made_at=noon(AS_OF),
            returned_at=noon(AS_OF) if returned else None,
        )
    with as_web(everybody.esi, Purpose.OVERSIGHT):
        asked = {"rule": FlagRule.ACTIONS_OVERDUE, "is_on": True, "climbs_after": 5, "by": everybody.esi}
        counted, waiting = (thresholds.try_threshold(days=days, now=noon(AS_OF), **asked) for days in (2, 30))
    with as_worker(watching.JOB):
        watching.count_trial(trial=counted, as_of=AS_OF, now=noon(AS_OF))
        watching.sweep(as_of=AS_OF, now=noon(AS_OF))
    PostCover.objects.create(
        post=everybody.eddie,
        practitioner=everybody.esi.practitioner,
        starts_on=cast.today(),
        ends_on=cast.today(),
        reason="On leave",
        made_by=everybody.esi.practitioner,
        made_at=noon(AS_OF),
    )
    SchoolTerm.objects.get_or_create(first_day=AS_OF, last_day=AS_OF)
    MailDomain.objects.create(domain="a-rather-long-domain.of-a-force.police.example.org", agency=everybody.police)
    flag = Flag.objects.filter(rule="actions_overdue").first()
    rules, flags = reverse("cases:flag_rules"), reverse("cases:flags")
    trials = f"{rules}actions_overdue/what-would-happen"
    pages = {
        admin: ["/notifications/undelivered/", rules, "/school-terms/", "/mail-domains/"],
        everybody.esi: [
            reverse("cases:list_away"),
            rules,
            f"{rules}silent/",
            f"{trials}/{counted}/",
            f"{trials}/{waiting}/",
            flags,
        ],
        everybody.eddie: [
            "/notifications/",
            flags,
            f"{flags}?rule=silent&age=old",
            f"/families/{flag.family_id}/flags/{flag.pk}/to-manager/",
            f"{marsh.address}people/death/",
            f"{marsh.address}people/",
        ],
    }
    emails = {post: served.let_in(post) for post in pages}
    with served.serving(committed) as address, served.browsing() as browser:
        for post, page in signed_in(browser, address, emails, width):
            walk(page, address, width, pages[post], post.practitioner.name)
