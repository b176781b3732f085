"""Examples of a draft, as a governance lead writes them in the browser."""

import pytest

from sharing_agreements.models import AgreementExample, ExampleAlarm
from sharing_agreements.vocabulary import AgreementState, ExampleGroup, Kind, Level, Purpose, RecordAge, Role, Stage
from tests import cast
from tests.sharing_agreements.web.agreements import Lead

pytestmark = pytest.mark.django_db


@pytest.fixture
def everybody():
    return cast.assemble()


@pytest.fixture
def gita(everybody):
    return Lead(everybody.gita)


def example(provider, **changed):
    """The page of an example, filled in: schools outside Marlbeck must not see."""
    said = {
        "must_see": "False",
        "recipient": "type:school",
        "recipient_group": ExampleGroup.OUTSIDE,
        "recipient_district": "Marlbeck",
        "role": Role.TEAM_MEMBER,
        "purpose": Purpose.EARLY_HELP,
        "level": Level.SUMMARY,
        "kind": str(Kind.IDENTITY.value),
        "provider": str(provider.pk),
        "is_involved": "True",
        "agrees": "True",
        "stage": str(Stage.PLAN_OPEN.value),
        "age": str(RecordAge.NEW.value),
    }
    return {**said, **changed}


def body(answer):
    return answer.content.decode()


def test_a_lead_writes_an_example_reads_it_as_a_sentence_and_takes_it_out(everybody, gita):
    made = gita.draft(everybody.police)
    assert gita.get("add_example", made.pk).status_code == 200
    answer = gita.edit(made, "add_example", **example(everybody.police))
    assert answer.status_code == 302, body(answer)
    page = body(gita.get("read_agreement", made.pk))
    assert (
        "Any agency of the type school outside Marlbeck (team member, for early help with a family) must not see the "
        "summary of a record of this kind: name, date of birth and identifiers, from Marlbeck Constabulary, about "
        "somebody it works with who agrees to the sharing; while the case is at: early help open; about what happened "
        "in the last 12 months." in page
    )
    assert "Does not hold" not in page
    gita.send("remove_example", made.pk, AgreementExample.objects.get().pk, said={})
    assert not AgreementExample.objects.exists()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"recipient_group": ""}, "Choose which agencies of that type"),
        ({"recipient_district": ""}, "Choose the district"),
        ({"must_see": ""}, "Choose whether they must see it"),
    ],
)
def test_what_is_missing_is_said_beside_the_field(everybody, gita, changed, sentence):
    made = gita.draft(everybody.police)
    answer = gita.edit(made, "add_example", **example(everybody.police, **changed))
    assert answer.status_code == 422 and sentence in body(answer)


def test_a_named_agency_needs_neither_group_nor_district(everybody, gita):
    made = gita.draft(everybody.police)
    named = {"recipient": str(everybody.housing.pk), "recipient_group": ExampleGroup.OUTSIDE}
    assert gita.edit(made, "add_example", **example(everybody.police, **named)).status_code == 302
    kept = AgreementExample.objects.get()
    assert (kept.recipient_agency, kept.recipient_group, kept.recipient_district) == (everybody.housing, "", "")


def test_the_clauses_suggest_examples_and_the_lead_keeps_some(everybody, gita):
    made = gita.draft(everybody.police)
    page = body(gita.get("suggest_examples", made.pk))
    assert "must see the summary" in page and "must not see the whole" in page
    kept = page.split('name="kept"')[1].split('value="')[1].split('"')[0]
    assert gita.edit(made, "suggest_examples", kept=[kept]).status_code == 302
    assert AgreementExample.objects.count() == 1
    assert f'value="{kept}"' not in body(gita.get("suggest_examples", made.pk)), "what is kept is not suggested again"


def test_suggestions_that_do_not_hold_are_not_made(everybody, gita):
    """The team agreement opens identities in full to whoever is involved, so a clause of summaries stops nothing."""
    made = gita.draft(everybody.police)
    clause = made.clauses.get()
    type(clause).objects.filter(pk=clause.pk).update(needs_involvement=True)
    page = body(gita.get("suggest_examples", made.pk))
    assert "must see the summary" in page and "must not see the whole" not in page


def test_a_stale_page_adds_nothing(everybody, gita):
    made = gita.draft(everybody.police)
    answer = gita.send("add_example", made.pk, said={**example(everybody.police), "version": "1"})
    assert answer.status_code == 422 and not AgreementExample.objects.exists()


def test_a_failing_example_is_said_when_it_is_proposed_and_refuses_the_signature(everybody, gita):
    made = gita.draft(everybody.police)
    named = {"must_see": "True", "recipient": str(everybody.housing.pk)}
    gita.edit(made, "add_example", **example(everybody.police, **named))
    assert "Does not hold" in body(gita.get("read_agreement", made.pk))
    assert "nobody can sign this" in body(gita.get("propose_agreement", made.pk))
    assert gita.propose(made).status_code == 302
    assert "cannot be signed" in body(gita.get("sign_agreement", made.pk))
    answer = gita.sign(made)
    assert answer.status_code == 422
    assert "Example 1 does not hold" in body(answer) and "Marlbeck Homes would not see it" in body(answer)


def test_an_alarm_heads_the_register_of_a_partys_lead_and_nobody_elses(everybody, gita):
    made = gita.draft(everybody.police)
    gita.edit(made, "add_example", **example(everybody.police))
    type(made).objects.filter(pk=made.pk).update(state=AgreementState.SIGNED)
    ExampleAlarm.objects.create(example=made.examples.get(), because="Fen School would see it: clause 1.1 opens it.")
    pia = Lead(cast.post("Pia", everybody.police, Role.GOVERNANCE_LEAD))
    oda = Lead(cast.post("Oda", everybody.oak_green, Role.GOVERNANCE_LEAD))
    for lead in (gita, pia):
        assert "Fen School would see it" in body(lead.get("agreements"))
    assert "Fen School would see it" not in body(oda.get("agreements"))
    assert "Fen School would see it" in body(gita.get("read_agreement", made.pk))


def test_others_find_neither_the_pages_nor_the_example(everybody, gita):
    made = gita.draft(everybody.police)
    gita.edit(made, "add_example", **example(everybody.police))
    pia = Lead(cast.post("Pia", everybody.police, Role.GOVERNANCE_LEAD))
    assert {pia.get(name, made.pk).status_code for name in ("add_example", "suggest_examples")} == {404}
    assert pia.send("remove_example", made.pk, made.examples.get().pk, said={}).status_code == 404
    assert made.examples.count() == 1
