"""Police report domestic abuse; the school's briefed key adult hears of it before the next school day (J12, D30)."""

from pathlib import Path

import pytest

from sharing_agreements.models import Post
from tests import cast
from tests.journeys.maintenance import Maintenance
from tests.journeys.servers import running
from tests.journeys.somebody import sits_down
from tests.journeys.steps import telling_the_school as steps
from tests.referrals import served


@pytest.mark.parametrize(("width", "has_script"), [(390, True), (1280, False)], ids=["phone", "desk_without_script"])
def test_a_briefed_key_adult_hears_before_the_next_school_day(
    committed: str, tmp_path: Path, width: int, has_script: bool
):
    who = cast.assemble()
    Post.objects.filter(pk__in=[who.amira.pk, who.dev.pk]).update(key_adult=True)
    database, school = Maintenance(committed), who.quarry_hill.name
    emails = {post.practitioner.name.lower(): served.let_in(post) for post in (who.cleo, who.amira, who.dev)}
    with running(committed, tmp_path) as service, served.browsing() as browser:
        cleo = sits_down(browser, service.address, emails["cleo"], width, has_script=has_script)
        steps.an_officer_reports_it(cleo)
        steps.she_is_told_to_tell_the_school_of_the_child_who_goes_to_one(cleo)
        steps.she_writes_the_notice(cleo, school)
        steps.she_reads_that_nobody_there_is_briefed(cleo, school)

        amira = sits_down(browser, service.address, emails["amira"], width, has_script=has_script)
        steps.a_key_adult_reads_the_card(amira)
        steps.the_notice_reaches_her_by_itself(amira, database)
        address = amira.page.url
        dev = sits_down(browser, service.address, emails["dev"], width)
        steps.nobody_else_finds_it(dev, address)
        steps.she_says_that_she_has_it(amira)
        steps.the_officer_reads_who_has_it(cleo, school)
        steps.she_takes_it_back(cleo)
        steps.what_she_read_is_gone(amira, address)
