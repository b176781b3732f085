"""Examples signed with an agreement: they say what the policy does, and nothing is signed or changed against them."""

import json
import uuid

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.utils import DatabaseError
from django.utils import timezone

from sharing_agreements.actions import agreeing, drafting
from sharing_agreements.actions.exampling import JOB, check_standing_examples
from sharing_agreements.actions.exchanging import import_draft
from sharing_agreements.models import Agency, Agreement, AgreementDocument, AgreementExample, OwedJob
from sharing_agreements.presenting.agreements import compare
from sharing_agreements.queries.agreements import words_of
from sharing_agreements.queries.examples import alarms_for, examples_of
from sharing_agreements.refusals import Refused
from sharing_agreements.rules.odrl import read, written
from sharing_agreements.tasks import owe_check_examples
from sharing_agreements.vocabulary import AgencyType, AgreementState, ExampleGroup, Kind, Level, Purpose, Role, Stage
from tests import cast, exampling, proving, worlds
from tests.conftest import as_web, as_worker
from tests.sharing_agreements import test_agreement_life

pytestmark = pytest.mark.django_db
WORLDS = 60
EXAMPLES = 8
CHUNK = 20


@pytest.fixture
def cursor(db):
    with connection.cursor() as wrapped:
        proving.prepare(wrapped.cursor)
        yield wrapped.cursor


@pytest.mark.parametrize("first", range(0, WORLDS, CHUNK))
def test_an_example_of_any_agreement_holds_when_the_oracle_says_so(cursor, first):
    verdicts = []
    for number in range(first, first + CHUNK):
        source = proving.seeded(number)
        cursor.execute("savepoint before_the_world")
        world = worlds.make(source, cast.today())
        proving.load(cursor, world)
        for at in range(len(world.agreements)):
            examples = [exampling.make(world, at, source) for _ in range(EXAMPLES)]
            exampling.write(cursor, at, examples)
            cursor.execute("set local role eh_gate")
            for signed in (False, True):
                supposed = exampling.as_if_signed(world, at) if signed else world
                said = exampling.tried(cursor, at, signed=signed)
                expected = {n: exampling.holds(supposed, at, one) for n, one in enumerate(examples, start=1)}
                assert said == expected, (number, at, signed)
                verdicts += [(one.must_see, expected[n]) for n, one in enumerate(examples, start=1)]
            cursor.execute("set local role eh_owner")
        cursor.execute("rollback to savepoint before_the_world")
    for sort in [(True, True), (True, False), (False, True), (False, False)]:
        assert verdicts.count(sort) >= CHUNK / 2, "an answer that never comes proves nothing"


@pytest.fixture
def everybody() -> cast.Cast:
    return cast.assemble()


def draft_with_example(who, **changed):
    """Police let early help's lead practitioners see summaries of identities; an example says who must not."""
    made = test_agreement_life.draft(who)
    said = {
        "must_see": False,
        "recipient_type": AgencyType.EARLY_HELP,
        "recipient_group": ExampleGroup.STRANGER,
        "role": Role.LEAD_PRACTITIONER,
        "purpose": Purpose.EARLY_HELP,
        "provider_agency": who.police,
        "kind": Kind.IDENTITY,
        "level": Level.SUMMARY,
        "is_involved": False,
        "agrees": False,
        "stage": Stage.PLAN_OPEN,
        **changed,
    }
    AgreementExample.objects.create(agreement=made, number=3, **said)
    return made


def in_force(agreement):
    """Signed by every party, in maintenance."""
    agreement.parties.update(signed_at=cast.SIGNED_AT, signatory_name="A. Signatory")
    Agreement.objects.filter(pk=agreement.pk).update(state=AgreementState.SIGNED)
    agreement.refresh_from_db()


def try_all(now=None):
    """What the worker's job does; the numbers of the examples that do not hold."""
    with as_worker(JOB):
        wrong = check_standing_examples(now=now or timezone.now(), today=cast.today())
    return [one.example.number for one in wrong]


WRONG = {"must_see": True, "recipient_group": ExampleGroup.PARTY, "level": Level.FULL}
"""Nobody sees the whole: the clause opens summaries."""


def test_an_agreement_with_an_example_that_does_not_hold_is_proposed_and_not_signed(everybody):
    made = draft_with_example(everybody, **WRONG)
    assert test_agreement_life.do(everybody.gita, "propose_agreement", made) == ""
    assert test_agreement_life.do(everybody.gita, "sign_agreement", made) == "EH424"
    signature = {"digest": test_agreement_life.digest(made), "name": "N. Signatory", "post": "Chief officer"}
    with pytest.raises(Refused) as caught, as_web(everybody.gita, Purpose.GOVERNANCE):
        agreeing.sign(agreement=made, **signature, by=everybody.gita)
    assert caught.value.refusal.code == "example_fails"
    said = caught.value.refusal.sentence
    assert "Example 3" in said and "any party of the type early help" in said.lower()
    assert "Marlbeck Early Help would not see it" in said
    assert not made.parties.exclude(signed_at=None).exists()


def test_an_agreement_whose_examples_hold_is_signed(everybody):
    made = draft_with_example(everybody, must_see=True, recipient_group=ExampleGroup.PARTY)
    assert test_agreement_life.do(everybody.gita, "propose_agreement", made) == ""
    assert test_agreement_life.do(everybody.gita, "sign_agreement", made) == ""


def test_what_must_not_be_seen_fails_by_any_agreement_and_the_clause_is_named(everybody):
    made = draft_with_example(
        everybody,
        recipient_type="",
        recipient_group="",
        recipient_agency=everybody.early_help,
        is_involved=True,
        level=Level.FULL,
    )
    with as_web(everybody.gita, Purpose.GOVERNANCE):
        (tried,) = examples_of(made)
    assert "Marlbeck Early Help would see it" in tried.fails and "Team around the family agreement" in tried.fails


def test_an_example_is_part_of_what_is_signed_and_only_a_draft_takes_one(everybody):
    plain, made = test_agreement_life.draft(everybody), draft_with_example(everybody)
    with connection.cursor() as cursor:
        cursor.execute("select gate.agreement_words(%s), gate.agreement_words(%s)", [plain.pk, made.pk])
        without, within = cursor.fetchone()
    assert "examples" not in without, "what was signed before examples existed has the digest it had"
    assert '"must_see": false' in within and '"group": "stranger"' in within
    Agreement.objects.filter(pk=made.pk).update(state=AgreementState.PROPOSED)
    with as_web(everybody.gita, Purpose.GOVERNANCE):
        made.examples.all().delete()
    assert made.examples.count() == 1, "what was proposed stays"
    with pytest.raises(DatabaseError), as_web(everybody.gita, Purpose.GOVERNANCE):
        add_one_more(made)


def add_one_more(agreement):
    """The same again, as the next number."""
    one = agreement.examples.get()
    one.pk, one.number, one._state.adding = uuid.uuid4(), 4, True
    one.save()


def test_a_copy_has_the_examples_and_a_comparison_names_what_differs(everybody):
    made = draft_with_example(everybody)
    in_force(made)
    with as_web(everybody.gita, Purpose.GOVERNANCE):
        copy = drafting.copy_as_new_version(agreement=made, by=everybody.gita)
    assert compare(made, copy, {}).is_same
    copy.examples.update(must_see=True)
    Agreement.objects.filter(pk=copy.pk).update(overarching=True)
    AgreementDocument.objects.create(
        agreement=copy, title="Impact assessment", filename="a.pdf", content=b"x", digest="ab"
    )
    change = compare(made, Agreement.objects.get(pk=copy.pk), {})
    assert [what for what, _ in change.new] == ["Example", "Document"] and [what for what, _ in change.gone] == [
        "Example"
    ]
    assert change.words == [("Tier", "Specific", "Overarching")]


def test_an_example_goes_to_another_installation_and_back(everybody):
    made = draft_with_example(everybody, recipient_group=ExampleGroup.OUTSIDE, recipient_district="Marlbeck")
    document = json.loads(json.dumps(written(words_of(made))))
    with as_web(everybody.gita, Purpose.GOVERNANCE):
        back = import_draft(words=read(document), reference="D-BACK", by=everybody.gita)
        assert words_of(back)["examples"] == words_of(made)["examples"]


def test_a_change_of_agencies_raises_an_alarm_for_the_leads_of_the_parties_until_it_is_mended(everybody):
    pia = cast.post("Pia", everybody.police, Role.GOVERNANCE_LEAD)
    oda = cast.post("Oda", everybody.oak_green, Role.GOVERNANCE_LEAD)
    made = draft_with_example(everybody, recipient_group=ExampleGroup.OUTSIDE, recipient_district="Marlbeck")
    in_force(made)
    assert try_all() == []
    Agency.objects.filter(pk=everybody.early_help.pk).update(district="Stonewick")
    assert try_all() == try_all() == [3]
    with as_web(pia, Purpose.GOVERNANCE):
        (alarm,) = alarms_for(pia)
        assert "Marlbeck Early Help would see it: clause 1.1 opens it." in alarm.because
    for other in (oda, everybody.esi):
        with as_web(other, Purpose.GOVERNANCE):
            assert alarms_for(other) == []
    Agency.objects.filter(pk=everybody.early_help.pk).update(district="Marlbeck")
    assert try_all() == []
    with as_web(pia, Purpose.GOVERNANCE):
        assert alarms_for(pia) == []


@pytest.mark.parametrize("state", [s for s in AgreementState if s != AgreementState.SIGNED])
def test_the_examples_of_an_agreement_that_is_not_in_force_alarm_nobody(everybody, state):
    made = draft_with_example(everybody, **WRONG)
    in_force(made)
    assert try_all() == [3]
    Agreement.objects.filter(pk=made.pk).update(state=state)
    assert try_all() == []


def owed():
    return set(OwedJob.objects.filter(job=JOB).values_list("key", flat=True))


def test_a_change_of_rules_or_people_owes_a_trial_once_for_its_transaction(everybody):
    assert owed() == set(), "where nobody wrote an example there is nothing to try"
    draft_with_example(everybody)
    cast.agency("A new school", AgencyType.SCHOOL)
    cast.post("Nina", everybody.police, Role.REPORTER)
    assert len(owed()) == 1
    owe_check_examples()
    owe_check_examples()
    assert owed() - {f"{JOB}:{cast.today()}"} != owed() and len(owed()) == 2


def test_the_command_says_what_does_not_hold_and_fails(everybody, capsys):
    call_command("check_agreement_examples")
    in_force(draft_with_example(everybody, **WRONG))
    with pytest.raises(CommandError, match="1 examples do not hold"):
        call_command("check_agreement_examples")
    said = capsys.readouterr().out
    assert "Every example of the agreements in force holds." in said and "example 3" in said


def test_no_login_tries_made_up_examples_of_others_drafts_or_all_at_once(everybody):
    made = draft_with_example(everybody)
    pia = cast.post("Pia", everybody.police, Role.GOVERNANCE_LEAD)
    with as_web(pia, Purpose.GOVERNANCE), connection.cursor() as cursor:
        cursor.execute("select count(*) from gate.check_examples(%s)", [made.pk])
        assert cursor.fetchone() == (0,)
    for question in ("gate.check_standing_examples('{}')", "gate.example_results('{}', '{}')"):
        with (
            pytest.raises(DatabaseError, match=r"permission denied|a job does this"),
            as_web(everybody.gita, Purpose.GOVERNANCE),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"select * from {question}")
