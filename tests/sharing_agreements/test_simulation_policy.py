"""Who reads what came of a simulation: by what the acting agency is to the agreement, its state and the role."""

import pytest
from django.utils import timezone

from sharing_agreements.models import Agency, Agreement, Party, Post, SimulationLine, SimulationRun
from sharing_agreements.vocabulary import AgencyType, Kind, Level, Purpose, Role
from tests import cast
from tests.sharing_agreements.asking import reads

pytestmark = pytest.mark.django_db


@pytest.fixture
def agencies():
    types = {"drafter": AgencyType.EARLY_HELP, "party": AgencyType.POLICE, "stranger": AgencyType.HOUSING}
    return {name: cast.agency(name.title(), kind) for name, kind in types.items()}


def counted(agreement: Agreement, by: Post, **more) -> SimulationLine:
    """A run with one line."""
    told = {"asked_by": by.practitioner, "asked_at": timezone.now(), "day": cast.today(), "from_day": cast.today()}
    counts = {"rules_version": 1, "revision": 1, "parts_total": 1}
    run = SimulationRun.objects.create(agreement=agreement, supposed="sign", **told, **counts, **more)
    about = {"role": Role.MANAGER, "purpose": Purpose.EARLY_HELP, "kind": Kind.NOTE, "level": Level.SUMMARY}
    return SimulationLine.objects.create(run=run, agency=by.agency, gained=True, records=1, families=1, **about)


def agreed(agencies: dict[str, Agency], state: str) -> Agreement:
    made = cast.agreement(purposes=[Purpose.EARLY_HELP], clauses=[], state=state, drafter=agencies["drafter"])
    Party.objects.create(agreement=made, agency=agencies["party"])
    return made


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("at", ["drafter", "party", "stranger"])
@pytest.mark.parametrize("state", ["draft", "proposed", "signed", "suspended", "replaced"])
def test_governance_leads_of_the_drafter_and_once_proposed_of_the_parties_read_it(agencies, state, at, role):
    counter = cast.post("Gita", agencies["drafter"], Role.GOVERNANCE_LEAD)
    counted(agreed(agencies, state), counter)
    Party.objects.create(agreement=agreed(agencies, "signed"), agency=agencies["stranger"])
    may = role == "governance_lead" and (at == "drafter" or (at == "party" and state != "draft"))
    post = cast.post("Pia", agencies[at], role)
    assert reads(post, SimulationRun) == reads(post, SimulationLine) == may


@pytest.mark.parametrize(("given_up_as", "party_reads"), [("draft", 0), ("proposed", 1), ("signed", 1)])
def test_a_draft_that_was_given_up_stays_its_drafters(agencies, given_up_as, party_reads):
    gita = cast.post("Gita", agencies["drafter"], Role.GOVERNANCE_LEAD)
    pia = cast.post("Pia", agencies["party"], Role.GOVERNANCE_LEAD)
    agreement, other = agreed(agencies, given_up_as), agreed(agencies, "signed")
    counted(agreement, gita)
    Agreement.objects.filter(pk__in=[agreement.pk, other.pk]).update(state="ended")
    for who, count in ((gita, 1), (pia, party_reads)):
        assert (
            reads(who, Agreement, pk=agreement.pk) == reads(who, SimulationRun) == reads(who, SimulationLine) == count
        )


def test_lines_are_read_with_their_own_run(agencies):
    gita = cast.post("Gita", agencies["drafter"], Role.GOVERNANCE_LEAD)
    pia = cast.post("Pia", agencies["party"], Role.GOVERNANCE_LEAD)
    draft, proposed = (counted(agreed(agencies, state), gita) for state in ("draft", "proposed"))
    for who, lines in ((gita, [draft, proposed]), (pia, [proposed])):
        assert reads(who, SimulationLine) == len(lines)
        assert [reads(who, SimulationLine, pk=line.pk) for line in lines] == [1] * len(lines)


def test_what_would_change_for_one_practitioner_is_for_their_agencys_leads(agencies):
    gita = cast.post("Gita", agencies["drafter"], Role.GOVERNANCE_LEAD)
    pia = cast.post("Pia", agencies["party"], Role.GOVERNANCE_LEAD)
    agreement = agreed(agencies, "signed")
    for whose in (None, agencies["drafter"], agencies["party"]):
        counted(agreement, gita, for_agency=whose)
    for who in (gita, pia):
        assert reads(who, SimulationRun) == 2
        assert reads(who, SimulationRun, for_agency=None) == reads(who, SimulationRun, for_agency=who.agency) == 1
