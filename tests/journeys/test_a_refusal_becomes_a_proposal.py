"""A teacher is refused for want of an agreement and asks for one; the governance lead reads what is missing (B6).

Asked from a family that exists and from one that does not, the sentence is the same.
"""

import uuid

from sharing_agreements.models import Practitioner
from tests import cast
from tests.cases.web import story
from tests.journeys.somebody import sits_down_as_persona
from tests.journeys.steps import asking
from tests.journeys.test_an_agreement_opens_and_closes import DESK, PHONE
from tests.referrals import served


def test_a_refused_teacher_asks_and_the_governance_lead_reads_what_is_missing(committed: str):
    who = cast.assemble()
    marsh = story.marshes(who)
    Practitioner.objects.update(is_demonstration=True, password="!")
    with served.published(committed, DEMONSTRATION="1") as address, served.browsing() as browser:
        dev = sits_down_as_persona(browser, address, "Dev", PHONE, DESK)
        gita = sits_down_as_persona(browser, address, "Gita", DESK, PHONE)

        asking.he_is_refused_and_asks(dev, f"/families/{uuid.uuid4()}/")
        of_nobody = asking.what_he_reads_about_it(dev)
        asking.he_is_refused_and_asks(dev, marsh.address)
        assert asking.what_he_reads_about_it(dev) == of_nobody == asking.MISSING

        asking.it_reaches_the_governance_lead(gita)
        asking.she_says_what_becomes_of_it(gita)
        asking.he_reads_her_answer(dev)
