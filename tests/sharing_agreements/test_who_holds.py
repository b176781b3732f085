"""Which agencies hold something, and whether all of it is shown: also where a record was sent to nobody."""

import pytest

from sharing_agreements import queries
from sharing_agreements.models import Identity
from sharing_agreements.vocabulary import AgencyType, Kind, Level, Purpose, Role
from tests import cast
from tests.conftest import as_web

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("level", "sent", "withheld"),
    [
        (Level.EXISTENCE, False, True),
        (Level.EXISTENCE, True, False),
        (Level.SUMMARY, False, False),
        (Level.SUMMARY, True, False),
    ],
)
def test_what_may_be_known_of_and_not_read_is_withheld(level, sent, withheld):
    everybody = cast.assemble()
    child, hub = cast.person(), everybody.hub
    owner = cast.agency("Marlbeck Provision", AgencyType.ALTERNATIVE_PROVISION)
    cast.agreement(
        hub,
        owner,
        purposes=[Purpose.TRIAGE],
        clauses=[
            {
                "provider_agency": owner,
                "recipient_agency": hub,
                "recipient_roles": [Role.DECISION_MAKER],
                "kind": Kind.IDENTITY,
                "level": level,
                "needs_involvement": False,
            }
        ],
    )
    Identity.objects.create(owner=owner, person=child, happened_on=cast.today(), sent_to=hub if sent else None)
    with as_web(everybody.hana, Purpose.TRIAGE):
        assert [one.withheld for one in queries.who_holds([child.pk])] == [withheld]
