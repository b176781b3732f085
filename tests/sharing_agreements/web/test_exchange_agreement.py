"""Saving an agreement as ODRL and reading it back into a draft, in the browser."""

import json

import jsonschema
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sharing_agreements.models import Agreement
from sharing_agreements.queries.agreements import words_of
from sharing_agreements.vocabulary import Kind, Role
from sharing_agreements.web.views.sending import find_agreement
from tests import cast
from tests.sharing_agreements.test_odrl import SCHEMA
from tests.sharing_agreements.web.agreements import Lead, clause

pytestmark = pytest.mark.django_db
OWN = {"uid", "reference", "documents", "signed"}
"""What a copy has of its own."""


@pytest.fixture
def everybody():
    return cast.assemble()


@pytest.fixture
def gita(everybody):
    return Lead(everybody.gita)


def saved(lead, agreement):
    answer = lead.get("export_agreement", agreement.pk)
    assert answer.headers["Content-Type"].startswith("application/ld+json")
    return json.loads(answer.content)


def as_file(document):
    return SimpleUploadedFile("agreement.jsonld", json.dumps(document).encode())


def rest(agreement):
    return {name: said for name, said in words_of(agreement).items() if name not in OWN}


def test_every_agreement_of_the_cast_is_saved_and_read_back_whole(everybody, gita):
    draft = gita.draft(everybody.police, everybody.health)
    gita.edit(draft, "add_clause", **clause("type:police", everybody.early_help, stages=["3"], how_far_back="12"))
    for number, one in enumerate([draft, everybody.triage, everybody.team_agreement]):
        document = saved(gita, one)
        jsonschema.validate(document, SCHEMA)
        answer = gita.send("import_agreement", said={"paper": as_file(document), "reference": f"IN-{number}"})
        assert answer.status_code == 302, answer.content.decode()
        copy = find_agreement(Agreement.objects.get(reference=f"IN-{number}").pk)
        assert rest(copy) == rest(find_agreement(one.pk))
        assert (copy.state, copy.drafter) == ("draft", everybody.early_help)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda d: d.update(profile="another"), "not an agreement of the profile"),
        (lambda d: d["eh:party"][0].update({"eh:name": "Someone Else"}), "Not known here as a party: Someone Else"),
        (lambda d: d["permission"][0]["target"].update(uid="urn:early-help:kind:99"), "In the clause 1.1"),
        (lambda d: d["permission"][0]["target"].update(uid=f"urn:early-help:kind:{Kind.HUB_ONLY.value}"), "hub_only"),
        (lambda d: d["permission"][0]["constraint"].append({"leftOperand": "count"}), "we can read"),
        (lambda d: d.pop("eh:title"), "is missing"),
    ],
)
def test_a_file_that_is_not_an_agreement_for_here_is_refused_in_words(everybody, gita, spoil, says):
    document = saved(gita, everybody.triage)
    spoil(document)
    page = gita.send("import_agreement", said={"paper": as_file(document), "reference": "IN-1"})
    assert page.status_code == 422
    assert says in page.content.decode()
    assert not Agreement.objects.filter(reference="IN-1").exists()


def test_what_is_no_json_and_a_taken_reference_are_refused(everybody, gita):
    page = gita.send("import_agreement", said={"paper": SimpleUploadedFile("x.jsonld", b"%PDF")})
    assert "The file is not JSON" in page.content.decode()
    page = gita.send("import_agreement", said={"paper": as_file(saved(gita, everybody.triage))})
    assert "has this reference" in page.content.decode()


def test_only_a_governance_lead_reads_one_in_and_nobody_saves_anothers_draft(everybody, gita):
    draft = gita.draft(everybody.police)
    pia = Lead(cast.post("Pia", everybody.police, Role.GOVERNANCE_LEAD))
    assert pia.get("export_agreement", draft.pk).status_code == 404
    assert Lead(everybody.esi).get("import_agreement").status_code == 404
