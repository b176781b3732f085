"""F56: a lead leaves, and nothing of what they knew goes with them. Their manager finds the families first of all and
hands each on with words of its own, and the next lead's first page begins with them.
"""

from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import timezone

from cases.models import Flag
from cases.vocabulary import FlagRule
from sharing_agreements.models import Identity, Post
from sharing_agreements.vocabulary import Role
from tests import cast
from tests.cases.web import story
from tests.factories import cases as factory
from tests.journeys.servers import running
from tests.journeys.somebody import Somebody, sits_down
from tests.referrals import served

OF_MARSH = "Kate answers texts, not calls.\nNext: the dentist on Monday."
OF_DOYLE = "Joe's father visits on Sundays. Promised: a place at nursery."


@pytest.mark.parametrize("width", [1280, 390], ids=["desk", "phone"])
def test_what_a_lead_knew_stays_when_they_leave(committed: str, tmp_path: Path, width: int):
    everybody = cast.assemble()
    erin = cast.post("Erin", everybody.early_help, Role.LEAD_PRACTITIONER)
    marsh, doyle = story.marshes(everybody), story.marshes(everybody)
    Identity.objects.filter(person__in=[doyle.ada, doyle.joe]).update(family_name="Doyle")
    factory.plan_active(everybody)
    stands_still(doyle, everybody.esi)
    Post.objects.filter(pk=everybody.eddie.pk).update(ends_on=cast.yesterday())
    emails = {post: served.let_in(post) for post in (everybody.esi, everybody.amira, erin)}
    with running(committed, tmp_path) as service, served.browsing() as browser:
        esi = sits_down(browser, service.address, emails[everybody.esi], width)
        finds_the_families_of_who_left_first(esi)
        hands_them_on_to_two_people(esi, marsh, doyle)
        amira = sits_down(browser, service.address, emails[everybody.amira], width)
        accepts_and_reads_it_first(amira, marsh.address)
        one_is_left_to_answer(esi)


def stands_still(family: story.Marshes, by: Post) -> None:
    """The watch found that nobody writes, and it went on to the manager."""
    Flag.objects.create(
        **story.written(by, family=family.family, about=[family.ada.pk]),
        case=family.case,
        rule=FlagRule.SILENT,
        subject_id=family.case.pk,
        episode=uuid4(),
        raised_at=timezone.now(),
        raised_on=cast.today(),
        climbed_at=timezone.now(),
    )


def finds_the_families_of_who_left_first(esi: Somebody) -> None:
    esi.turns_to("Leads")
    first, second = esi.page.locator("tbody tr").all_inner_texts()
    assert first.startswith("Eddie") and "HAS LEFT" in first.upper(), first
    assert second.startswith("Amira, Quarry Hill Primary"), second
    esi.follows("Hand on families", within=esi.page.locator("tbody tr").first)
    esi.reads("Until the next lead says yes nobody leads the work", "Nothing written down (climbed)")


def hands_them_on_to_two_people(esi: Somebody, marsh: story.Marshes, doyle: story.Marshes) -> None:
    one, other = marsh.case.pk, doyle.case.pk
    group = esi.page.get_by_role("group", name="Doyle family")
    group.get_by_label("Hand on this family").check()
    group.get_by_label("Who takes over?").select_option(label="Erin, Lead practitioner")
    esi.types(**{f"handover_{one}": OF_MARSH})
    esi.page.get_by_label("Agency of whoever takes over").select_option(label="Quarry Hill Primary")
    esi.presses("Show who may lead there")
    group = esi.page.get_by_role("group", name="Marsh family")
    group.get_by_label("Hand on this family").check()
    group.get_by_label("Who takes over?").select_option(label="Amira, Lead practitioner")
    assert esi.page.locator(f'[name="handover_{one}"]').input_value() == OF_MARSH
    esi.presses("Ask the next leads")
    esi.reads("There is a problem", f"Doyle family, {doyle.case.reference}: write the handover")
    esi.types(**{f"handover_{other}": OF_DOYLE})
    esi.presses("Ask the next leads")
    esi.reads("Amira, Quarry Hill Primary, is asked since", "Erin, Marlbeck Early Help, is asked since")
    assert esi.page.get_by_label("Hand on this family").count() == 0


def accepts_and_reads_it_first(amira: Somebody, family: str) -> None:
    amira.turns_to("My work")
    amira.follows("Accept or decline")
    amira.reads("Kate answers texts, not calls.")
    amira.chooses("Yes, I will be the lead practitioner", of="Will you lead?")
    amira.presses("Send your answer")
    assert amira.page.url.endswith(family)
    amira.reads("Handed over to you by Esi, Marlbeck Early Help", "Next: the dentist on Monday.")
    first = amira.page.locator("main h2").first.inner_text()
    assert first.startswith("Handed over to you"), first


def one_is_left_to_answer(esi: Somebody) -> None:
    esi.turns_to("Leads")
    assert esi.page.locator("tbody tr").first.inner_text().startswith("Eddie")
    esi.follows("Hand on families", within=esi.page.locator("tbody tr").first)
    esi.reads("Doyle family", "Erin, Marlbeck Early Help, is asked since")
    esi.does_not_read("Marsh family")
