"""A governance lead asks what another last day would close, opens an example, and asks about one practitioner."""

import datetime

from sharing_agreements.models import Family, Practitioner
from sharing_agreements.vocabulary import Role
from tests import cast
from tests.journeys.somebody import sits_down_as_persona
from tests.journeys.test_an_agreement_opens_and_closes import DESK, PHONE, the_worker_counts
from tests.referrals import served
from tests.sharing_agreements.test_simulation import (
    identities,
    signed_between_police_and_early_help,
)


def test_a_lead_reads_what_another_last_day_would_close_for_whom(committed: str):
    who = cast.assemble()
    for _ in range(4):
        identities(who, 3, Family.objects.create())
    pia = cast.post("Pia Lund", who.police, Role.GOVERNANCE_LEAD)
    made = signed_between_police_and_early_help(who)
    Practitioner.objects.update(is_demonstration=True, password="!")
    last = cast.today() + datetime.timedelta(days=30)
    with served.published(committed, DEMONSTRATION="1") as address, served.browsing() as browser:
        pia = sits_down_as_persona(browser, address, pia.practitioner.name, DESK, PHONE)
        pia.opens(f"/agreements/{made.pk}/")
        pia.follows("What would change")
        pia.chooses("It had another first or last day", of="What would change if")
        pia.presses("Continue")
        pia.reads("Last day in force")
        pia.types_day("ends_on", last)
        pia.presses("Count what would change")
        pia.reads("Still counting: 0 of 4 parts are done")
        the_worker_counts()
        pia.presses("See how far it is")
        pia.reads("1 agency would see less", "Marlbeck Early Help would no longer see up to 12 records")
        result = pia.page.url
        pia.page.get_by_text("Line by line").click()
        pia.looks()
        pia.follows("Examples")
        pia.reads("12 records in 4 families", "Family 4")
        pia.follows("Family 1")
        pia.reads("Who can see this family")

        gita = sits_down_as_persona(browser, address, who.gita.practitioner.name, PHONE, DESK)
        gita.opens(result)
        gita.follows("What would change for one practitioner of Marlbeck Early Help")
        gita.page.get_by_label("Which practitioner").select_option(label=who.eddie.practitioner.name)
        gita.presses("Count what would change")
        the_worker_counts()
        gita.presses("See how far it is")
        eddie = who.eddie.practitioner.name
        gita.reads(f"What would change for {eddie} if", f"{eddie} would no longer see 12 records")
        assert pia.page.goto(gita.page.url).status == 404
