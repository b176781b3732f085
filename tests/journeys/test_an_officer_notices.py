"""A stepped-down family struggles again: two lines on patrol reach the lead, and a worry the hub (domain B4)."""

from pathlib import Path

import pytest

from sharing_agreements.vocabulary import Purpose
from tests import cast
from tests.journeys.maintenance import Maintenance
from tests.journeys.servers import running
from tests.journeys.somebody import sits_down
from tests.journeys.steps import deciding, noticing
from tests.referrals import served
from tests.referrals.noticing import eyes_and_ears, kept_in_touch_with


@pytest.mark.parametrize(("width", "has_script"), [(390, True), (1280, False)], ids=["phone", "desk_without_script"])
def test_two_lines_on_patrol_reach_the_lead_and_a_worry_the_hub(
    committed: str, tmp_path: Path, width: int, has_script: bool
):
    who = cast.assemble()
    eyes_and_ears(who, purposes=(Purpose.KEEPING_IN_TOUCH, Purpose.REPORTING))
    kept_in_touch_with(who)
    database = Maintenance(committed)
    emails = {post.practitioner.name.lower(): served.let_in(post) for post in (who.cleo, who.eddie, who.hana)}
    with running(committed, tmp_path) as service, served.browsing() as browser:
        cleo = sits_down(browser, service.address, emails["cleo"], width, has_script=has_script)
        noticing.she_finds_the_family_on_her_list(cleo)
        noticing.she_writes_two_lines(cleo, noticing.WELL, worried=False)
        cleo.reads("Sent to Eddie.")
        eddie = sits_down(browser, service.address, emails["eddie"], width)
        noticing.the_lead_reads_it_and_nothing_is_red(eddie, noticing.WELL)
        assert not database.run("select id from referrals_contact union all select id from cases_leadnotice")

        noticing.she_writes_two_lines(cleo, noticing.WORRIED, worried=True)
        reference = noticing.she_goes_on_to_the_report_and_types_nothing_again(cleo)
        deciding.the_worker_puts_it_in_the_hubs_queue(database, reference)
        hana = sits_down(browser, service.address, emails["hana"], width)
        noticing.the_hub_sees_it_first_in_the_watch(hana)
        noticing.she_confirms_who_it_is(hana)
        noticing.the_lead_is_told_to_ring_the_hub(eddie, database)
