"""Who reads what a supposed change would do: leads of the parties, and of one practitioner those of their agency."""

import pytest

from sharing_agreements.models import SimulationRun
from sharing_agreements.vocabulary import Purpose, Role, SupposedChange
from tests import cast
from tests.conftest import as_web

pytestmark = pytest.mark.django_db


def test_leads_of_the_parties_read_it_and_what_is_of_one_practitioner_those_of_that_agency():
    who = cast.assemble()
    agreement = cast.agreement(who.police, who.early_help, purposes=[Purpose.EARLY_HELP], clauses=[])
    said = {
        "agreement": agreement,
        "supposed": SupposedChange.END,
        "asked_by": who.gita.practitioner,
        "asked_at": cast.SIGNED_AT,
        "day": cast.today(),
        "from_day": cast.today(),
        "rules_version": 1,
        "revision": 1,
        "parts_total": 1,
    }
    for_whom = {"all": None, "early help": who.early_help, "police": who.police, "oak green": who.oak_green}
    names = {SimulationRun.objects.create(**said, for_agency=one).pk: name for name, one in for_whom.items()}

    def reads(post):
        with as_web(post, Purpose.GOVERNANCE):
            return {names[key] for key in SimulationRun.objects.values_list("pk", flat=True)}

    assert reads(who.gita) == {"all", "early help"}
    assert reads(cast.post("Pia", who.police, Role.GOVERNANCE_LEAD)) == {"all", "police"}
    assert reads(cast.post("Oda", who.oak_green, Role.GOVERNANCE_LEAD)) == set()
    assert reads(who.esi) == set()
