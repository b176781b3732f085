"""What would change, as a governance lead finds it in the browser."""

import datetime

import pytest
from django.urls import reverse

from sharing_agreements.models import Family, SimulationLine, SimulationRun
from sharing_agreements.vocabulary import AgreementState, Role, SupposedChange
from tests import cast
from tests.sharing_agreements.test_simulation import (
    do_what_is_owed,
    draft_between_police_and_early_help,
    identities,
    signed_between_police_and_early_help,
)
from tests.sharing_agreements.web.agreements import Lead, boxes

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
    assert f"0 of {run.parts_total} parts are done" in waiting and "See how far it is" in waiting
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
    nobody = gita.send("suppose_change", everybody.triage.pk, "join", said={})
    assert nobody.status_code == 422 and "Which agency?" in nobody.content.decode()
    party = {"agency": str(everybody.police.pk)}
    assert gita.send("suppose_change", everybody.triage.pk, "join", said=party).status_code == 422
    same = boxes("starts_on", everybody.triage.starts_on) | boxes("ends_on", everybody.triage.ends_on)
    refused = gita.send("suppose_change", everybody.triage.pk, "dates", said=same)
    assert refused.status_code == 422 and "From today on it is in force on the same days" in refused.content.decode()
    swapped = boxes("starts_on", cast.today()) | boxes("ends_on", cast.yesterday())
    refused = gita.send("suppose_change", everybody.triage.pk, "dates", said=swapped)
    assert refused.status_code == 422 and "The last day must not be before the first day" in refused.content.decode()


@pytest.mark.parametrize("supposed", [SupposedChange.JOIN, SupposedChange.LEAVE, SupposedChange.DATES])
def test_what_needs_an_agency_or_days_is_asked_for_them_on_the_next_page(everybody, supposed):
    answer = Lead(everybody.gita).send("simulate_agreement", everybody.triage.pk, said={"supposed": supposed})
    assert answer.url == f"/agreements/{everybody.triage.pk}/what-would-change/if/{supposed}/"
    assert not SimulationRun.objects.exists()


def test_an_earlier_last_day_closes_from_the_day_after_it(everybody):
    identities(everybody, 3)
    made = signed_between_police_and_early_help(everybody)
    gita = Lead(everybody.gita)
    assert "Last day in force" in gita.get("suppose_change", made.pk, "dates").content.decode()
    last = cast.today() + datetime.timedelta(days=9)
    said = boxes("starts_on", made.starts_on) | boxes("ends_on", last)
    assert gita.send("suppose_change", made.pk, "dates", said=said).status_code == 302
    run = SimulationRun.objects.get()
    assert run.from_day == last + datetime.timedelta(days=1)
    do_what_is_owed()
    page = gita.get("read_simulation", made.pk, run.pk).content.decode()
    assert "Marlbeck Early Help would no longer see up to 3 records" in page
    assert f"to {last.day} {last:%B %Y}" in page and "the first day on which it matters" in page


@pytest.mark.parametrize("supposed", ["sign", "resume", "nonsense"])
def test_there_is_no_page_for_what_needs_nothing_more_or_cannot_happen(everybody, supposed):
    assert Lead(everybody.gita).get("suppose_change", everybody.triage.pk, supposed).status_code == 404


def test_a_lead_of_no_party_finds_neither_the_form_nor_the_numbers(everybody):
    made = draft_between_police_and_early_help(everybody)
    type(made).objects.filter(pk=made.pk).update(state=AgreementState.PROPOSED)
    Lead(everybody.gita).send("simulate_agreement", made.pk, said={"supposed": SupposedChange.SIGN})
    oda = Lead(cast.post("Oda", everybody.oak_green, Role.GOVERNANCE_LEAD))
    assert "what-would-change" not in oda.get("read_agreement", made.pk).content.decode()
    assert oda.get("simulate_agreement", made.pk).status_code == 404
    type(made).objects.filter(pk=made.pk).update(state=AgreementState.SIGNED)
    assert oda.get("suppose_change", made.pk, "dates").status_code == 404
    assert oda.get("read_simulation", made.pk, SimulationRun.objects.get().pk).status_code == 404


def test_the_owner_of_records_opens_examples_and_the_other_party_does_not(everybody):
    family = Family.objects.create()
    identities(everybody, 2, family)
    pia = Lead(cast.post("Pia", everybody.police, Role.GOVERNANCE_LEAD))
    made = signed_between_police_and_early_help(everybody)
    pia.send("simulate_agreement", made.pk, said={"supposed": SupposedChange.END})
    do_what_is_owed()
    run, line = SimulationRun.objects.get(), SimulationLine.objects.first()
    there = f"/agreements/{made.pk}/what-would-change/{run.pk}/examples/"
    assert there in pia.get("read_simulation", made.pk, run.pk).content.decode()
    page = pia.get("read_examples", made.pk, run.pk, line.pk).content.decode()
    address = reverse("cases:who_can_see", args=[family.pk])
    assert address in page and "Family 1" in page
    assert pia.open(address).status_code == 200
    gita = Lead(everybody.gita)
    assert there not in gita.get("read_simulation", made.pk, run.pk).content.decode()
    theirs = gita.get("read_examples", made.pk, run.pk, line.pk).content.decode()
    assert str(family.pk) not in theirs and "None of your agency" in theirs
    oda = Lead(cast.post("Oda", everybody.oak_green, Role.GOVERNANCE_LEAD))
    assert oda.get("read_examples", made.pk, run.pk, line.pk).status_code == 404


def test_a_lead_has_it_counted_for_one_practitioner_of_the_own_agency(everybody):
    identities(everybody, 2)
    made = signed_between_police_and_early_help(everybody)
    gita = Lead(everybody.gita)
    gita.send("simulate_agreement", made.pk, said={"supposed": SupposedChange.SUSPEND})
    do_what_is_owed()
    run = SimulationRun.objects.get()
    form = gita.get("simulate_for_one", made.pk, run.pk).content.decode()
    assert everybody.eddie.practitioner.name in form and everybody.cleo.practitioner.name not in form
    answer = gita.send("simulate_for_one", made.pk, run.pk, said={"practitioner": str(everybody.eddie.practitioner.pk)})
    do_what_is_owed()
    page = gita.open(answer.url).content.decode()
    assert f"What would change for {everybody.eddie.practitioner.name} if it was suspended today" in page
    assert "would no longer see 2 records" in page
    pia = Lead(cast.post("Pia", everybody.police, Role.GOVERNANCE_LEAD))
    assert pia.client and pia.open(answer.url).status_code == 404
    assert pia.send("simulate_for_one", made.pk, run.pk, said={}).status_code == 422
