"""What would change, as a governance lead finds it in the browser."""

import pytest

from sharing_agreements.models import Family, SimulationRun
from sharing_agreements.vocabulary import AgreementState, Role, SupposedChange
from tests import cast
from tests.sharing_agreements.test_simulation import (
    do_what_is_owed,
    draft_between_police_and_early_help,
    identities,
)
from tests.sharing_agreements.web.agreements import Lead

pytestmark = pytest.mark.django_db


@pytest.fixture
def everybody():
    return cast.assemble()


def test_a_lead_supposes_that_a_draft_comes_into_force_and_reads_what_would_open(everybody):
    identities(everybody, 3, Family.objects.create())
    made = draft_between_police_and_early_help(everybody)
    gita = Lead(everybody.gita)
    assert f"/agreements/{made.pk}/what-would-change/" in gita.get("read_agreement", made.pk).content.decode()
    answer = gita.send("simulate_agreement", made.pk, said={"supposed": SupposedChange.SIGN})
    assert answer.status_code == 302, answer.content.decode()
    run = SimulationRun.objects.get()
    waiting = gita.get("read_simulation", made.pk, run.pk).content.decode()
    assert f"0 of {run.tables_total} lists of records are done" in waiting and "See how far it is" in waiting
    do_what_is_owed()
    page = gita.get("read_simulation", made.pk, run.pk).content.decode()
    assert "What would change if it came into force today" in page
    assert "Marlbeck Early Help would see up to 3 records" in page and "Coordinator" not in waiting
    assert "Name, date of birth and identifiers (summary)" in page and "has changed since" not in page
    assert "it came into force today, asked on" in gita.get("simulate_agreement", made.pk).content.decode()
    cast.agency("Another school", "school")
    assert "has changed since" in gita.get("read_simulation", made.pk, run.pk).content.decode()


def test_what_is_missing_is_said_beside_the_field(everybody):
    gita = Lead(everybody.gita)
    nothing = gita.send("simulate_agreement", everybody.triage.pk, said={})
    assert nothing.status_code == 422 and "Choose what would happen to the agreement" in nothing.content.decode()
    nobody = gita.send("simulate_agreement", everybody.triage.pk, said={"supposed": SupposedChange.JOIN})
    assert nobody.status_code == 422 and "Choose the agency that joins or leaves" in nobody.content.decode()
    party = {"supposed": SupposedChange.JOIN, "agency": str(everybody.police.pk)}
    refused = gita.send("simulate_agreement", everybody.triage.pk, said=party)
    assert refused.status_code == 422 and "That agency is a party already" in refused.content.decode()


def test_a_lead_of_no_party_finds_neither_the_form_nor_the_numbers(everybody):
    made = draft_between_police_and_early_help(everybody)
    type(made).objects.filter(pk=made.pk).update(state=AgreementState.PROPOSED)
    Lead(everybody.gita).send("simulate_agreement", made.pk, said={"supposed": SupposedChange.SIGN})
    oda = Lead(cast.post("Oda", everybody.oak_green, Role.GOVERNANCE_LEAD))
    assert "what-would-change" not in oda.get("read_agreement", made.pk).content.decode()
    assert oda.get("simulate_agreement", made.pk).status_code == 404
    assert oda.get("read_simulation", made.pk, SimulationRun.objects.get().pk).status_code == 404
