"""Agreements and what belongs to them: who reads which, who writes a draft, and that nothing but a draft changes.

Gita leads for the council, which drafts; Pia for the police, a party; Hal for the housing association, which is none.
"""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from sharing_agreements.models import (
    Agreement,
    AgreementDocument,
    AgreementExample,
    AgreementMove,
    AgreementWarning,
    Clause,
    ExampleAlarm,
    OwedJob,
    Party,
    Post,
)
from sharing_agreements.vocabulary import AgencyType, AgreementState, ExampleGroup, Kind, Level, Purpose, Role, Stage
from tests import cast
from tests.conftest import as_web
from tests.sharing_agreements.asking import GATE, REFUSED, adds, asks, changes, reads, removes

pytestmark = pytest.mark.django_db
NOT_A_DRAFT = "EH409"
NEVER_REWRITTEN = "EH403"
JOB = "find_repeats"
BELONGING = (Party, Clause, AgreementDocument, AgreementExample)
"""What a draft is written of. Their agreement is read with them, as are its moves and warnings."""


@pytest.fixture
def council():
    return cast.agency("Marlbeck Early Help", AgencyType.EARLY_HELP)


@pytest.fixture
def police():
    return cast.agency("Marlbeck Constabulary", AgencyType.POLICE)


@pytest.fixture
def housing():
    return cast.agency("Marlbeck Homes", AgencyType.HOUSING)


@pytest.fixture
def gita(council):
    return cast.post("Gita", council, Role.GOVERNANCE_LEAD)


@pytest.fixture
def pia(police):
    return cast.post("Pia", police, Role.GOVERNANCE_LEAD)


@pytest.fixture
def hal(housing):
    return cast.post("Hal", housing, Role.GOVERNANCE_LEAD)


def an_agreement(by: Post, state: str = "draft", **more: Any) -> Agreement:
    """As its drafter's governance lead opens it."""
    said = {
        "reference": f"D-{Agreement.objects.count()}",
        "title": "Working together",
        "purposes": [Purpose.EARLY_HELP],
        "aim": "Help early.",
        "lawful_basis": "Public task.",
        "drafter": by.agency,
        "state": state,
        "starts_on": cast.today(),
        "ends_on": cast.FAR_OFF,
        "review_on": cast.FAR_OFF,
        "powers": {},
        "retention": "",
    }
    return Agreement(**said | more)


def belonging(of: Agreement, other: Any) -> dict[type, Any]:
    """One more of each for it; `other` is an agency that is no party yet."""
    agencies = {"provider_type": AgencyType.POLICE, "kind": Kind.NOTE, "level": Level.SUMMARY}
    return {
        Party: Party(agreement=of, agency=other),
        Clause: Clause(
            agreement=of,
            number="1.1",
            recipient_type=AgencyType.HUB,
            recipient_roles=[Role.MANAGER],
            stages=[],
            **agencies,
        ),
        AgreementDocument: AgreementDocument(agreement=of, title="Map", filename="map.pdf", content=b"", digest="d"),
        AgreementExample: AgreementExample(
            agreement=of,
            number=1,
            must_see=False,
            recipient_type=AgencyType.HUB,
            recipient_group=ExampleGroup.EVERY,
            role=Role.MANAGER,
            purpose=Purpose.EARLY_HELP,
            is_involved=False,
            agrees=False,
            stage=Stage.NONE,
            **agencies,
        ),
    }


def written(by: Post, state: str = "draft", **more: Any) -> Agreement:
    """One that is there, with one of each that belongs to it; it passed through every state on its way."""
    made = an_agreement(by, **more)
    made.save()
    for row in belonging(made, by.agency).values():
        row.save()
    AgreementWarning.objects.create(agreement=made, sort="expiry", due_on=cast.today(), days=7)
    if state != "draft":
        Agreement.objects.filter(pk=made.pk).update(state="proposed")
        Agreement.objects.filter(pk=made.pk).update(state=state)
    return made


@pytest.mark.parametrize("state", AgreementState)
def test_a_draft_is_its_drafters_and_what_was_proposed_is_everybodys(gita, pia, hal, state):
    made = written(gita, state)
    plain = cast.post("Esi", gita.agency, Role.MANAGER)
    is_open = state != "draft"
    expected = [1, is_open, is_open, is_open]
    for model in (*BELONGING, AgreementMove, AgreementWarning):
        which = {"agreement": made}
        rows = model.objects.filter(**which).count()
        found = [reads(who, model, **which) for who in (gita, pia, hal, plain)]
        assert found == [count * rows for count in expected], model
    assert [reads(who, Agreement) for who in (gita, pia, hal, plain)] == expected


def test_a_draft_that_was_given_up_stays_its_drafters(gita, pia):
    made = an_agreement(gita)
    made.save()
    Agreement.objects.update(state="ended")
    assert [reads(who, Agreement) for who in (gita, pia)] == [1, 0]


def test_of_two_agreements_what_belongs_to_the_readable_one_is_read(gita, hal, council):
    written(gita)
    read = written(gita, "signed")
    example = read.examples.get()
    for one in AgreementExample.objects.all():
        ExampleAlarm.objects.create(example=one, because="Nobody sees it")
    for model in (*BELONGING, AgreementWarning):
        assert [reads(who, model) for who in (gita, hal)] == [2, 1], model
        assert reads(hal, model, agreement=read) == 1, model
    assert [reads(who, ExampleAlarm) for who in (gita, hal)] == [2, 1]
    assert reads(hal, ExampleAlarm, example=example) == 1


def test_jobs_read_all_of_it_and_two_of_them_write_what_they_find(gita, pia):
    made = written(gita)
    for model in (Agreement, *BELONGING, AgreementMove):
        assert reads(JOB, model) == 1, model
    warning = AgreementWarning(agreement=made, sort="review", due_on=cast.today(), days=7)
    alarm = ExampleAlarm(example=made.examples.get(), because="Nobody sees it")
    for job, row in (("warn_of_agreements", warning), ("check_examples", alarm)):
        assert [adds(who, row) for who in (job, JOB, gita)] == [1, REFUSED, REFUSED]
        row.save()
    assert [reads(who, AgreementWarning) for who in ("warn_of_agreements", JOB)] == [2, 0]
    assert [reads(who, ExampleAlarm) for who in ("check_examples", JOB)] == [1, 0]
    assert [changes(who, ExampleAlarm, ended_at=timezone.now()) for who in ("check_examples", JOB)] == [1, 0]


@pytest.mark.parametrize("role", Role)
def test_a_governance_lead_opens_a_draft_for_the_own_agency(council, pia, role):
    post = cast.post("Gita", council, role)
    leads = role == "governance_lead"
    assert adds(post, an_agreement(post)) == (1 if leads else REFUSED)
    assert adds(post, an_agreement(pia)) == REFUSED
    assert adds(post, an_agreement(post, drafter=None)) == REFUSED
    for state in set(AgreementState) - {AgreementState.DRAFT}:
        assert adds(post, an_agreement(post, state)) == REFUSED, state


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("state", AgreementState)
def test_its_words_change_while_it_is_a_draft_and_by_its_drafters_lead(council, gita, pia, state, role):
    written(gita, state)
    post = cast.post("Esi", council, role)
    may = state == "draft" and role == "governance_lead"
    assert changes(post, Agreement, title="Another") == may
    assert changes(pia, Agreement, title="Another") == 0
    assert changes(post, Agreement, state="signed") == REFUSED


CHANGED = {Party: {"capacity": "processor"}, Clause: {"level": Level.FULL}}


@pytest.mark.parametrize("model", BELONGING)
def test_what_belongs_to_a_draft_is_written_by_its_drafters_lead_alone(gita, pia, hal, housing, model):
    """Each of the two leads has a draft of their own and one that was proposed, so that neither reaches the other's."""
    own, proposed = written(gita), written(gita, "proposed")
    written(pia)
    plain = cast.post("Esi", gita.agency, Role.MANAGER)
    row, too_late = (belonging(of, housing)[model] for of in (own, proposed))
    for one in (row, too_late):
        one.number = "2.1" if model is Clause else 2
        one.title = "Plan"
    assert [adds(who, row) for who in (gita, pia, hal, plain)] == [1, REFUSED, REFUSED, REFUSED]
    assert adds(gita, too_late) == NOT_A_DRAFT
    assert [removes(who, model) for who in (gita, pia, hal, plain)] == [1, 1, 0, 0]
    if to := CHANGED.get(model):
        assert [changes(who, model, **to) for who in (gita, pia, hal, plain)] == [1, 1, 0, 0]


SIGNED = {
    "signatory_name": "A. Signatory",
    "signatory_post": "Chief officer",
    "signed_at": cast.SIGNED_AT,
    "digest": "d",
    "left_on": cast.LONG_AGO,
}


@pytest.mark.parametrize("column", [*SIGNED, "signed_by"])
def test_a_party_is_added_unsigned_and_signatures_are_the_gates(gita, housing, column):
    made = written(gita)
    said = {column: SIGNED.get(column, gita.practitioner)}
    assert adds(gita, Party(agreement=made, agency=housing, **said)) == REFUSED
    assert changes(gita, Party, **said) == REFUSED
    Party.objects.update(**SIGNED, signed_by=gita.practitioner)
    assert changes(gita, Party, capacity="processor") == 1


@pytest.fixture
def without_row_security(db):
    """What the trigger alone holds: nothing else stands between a login's privileges and a row."""
    with connection.cursor() as cursor:
        for model in BELONGING:
            cursor.execute(f"alter table {model._meta.db_table} disable row level security")
        cursor.execute("alter table sharing_agreements_agreement disable row level security")


@pytest.mark.parametrize("state", AgreementState)
def test_nothing_but_a_draft_changes_though_row_security_were_forgotten(gita, without_row_security, housing, state):
    made = written(gita, state)
    an_agreement(gita).save()
    done = 1 if state == "draft" else NOT_A_DRAFT
    for model, row in belonging(made, housing).items():
        row.number = "2.1" if model is Clause else 2
        row.title = "Plan"
        assert adds(gita, row) == done, model
        assert removes(gita, model) == done, model
        if to := CHANGED.get(model):
            assert changes(gita, model, **to) == done, model
    table = Agreement._meta.db_table
    assert asks(gita, f"update {table} set title = 'Another' where id = %s", [made.pk]) == done


@pytest.mark.parametrize("state", AgreementState)
def test_the_gate_signs_and_moves_whatever_the_state(gita, pia, state):
    made = written(gita, state)
    for column, value in (SIGNED | {"signed_by": gita.practitioner}).items():
        assert changes(GATE, Party, **SIGNED | {column: value}) == 1
    assert changes(GATE, Agreement, state="signed") == 1
    with connection.cursor() as cursor:
        cursor.execute("set local role eh_gate")
        Party.objects.update(left_on=cast.LONG_AGO)
        Agreement.objects.update(state="suspended")
        cursor.execute("set local role eh_owner")
    made.refresh_from_db()
    assert (made.state, made.parties.get().left_on) == ("suspended", cast.LONG_AGO)


def test_maintenance_changes_what_it_must(gita, housing):
    made = written(gita, "signed")
    Clause.objects.update(level=Level.FULL)
    Agreement.objects.update(title="Another")
    Party.objects.create(agreement=made, agency=housing)
    Party.objects.filter(agency=gita.agency).delete()
    made.refresh_from_db()
    assert (made.title, made.clauses.get().level, made.parties.get().agency) == ("Another", "full", housing)


def moves(of: Agreement) -> list[tuple]:
    return list(of.moves.order_by("no").values_list("verb", "from_state", "to_state", "agency", "moved_by"))


def test_a_history_begins_with_who_opened_the_draft(gita):
    with as_web(gita, Purpose.GOVERNANCE):
        made = an_agreement(gita, starts_on=cast.LONG_AGO)
        made.save()
    assert moves(made) == [("open", "", "draft", gita.agency_id, gita.practitioner_id)]
    assert made.moves.get().moved_at.date() > cast.LONG_AGO


LONDON_MIDNIGHT = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)


@pytest.mark.parametrize("state", AgreementState)
@pytest.mark.parametrize("starts", [cast.LONG_AGO, cast.FAR_OFF])
def test_one_that_was_loaded_already_signed_counts_from_its_first_day(gita, state, starts):
    made = an_agreement(gita, state, starts_on=starts)
    made.save()
    assert moves(made) == [("open", "", state, gita.agency_id, None)]
    from_its_start = state not in {"draft", "proposed"} and starts == cast.LONG_AGO
    moved_at = made.moves.get().moved_at
    assert (moved_at == LONDON_MIDNIGHT) is from_its_start
    assert from_its_start or abs(timezone.now() - moved_at) < datetime.timedelta(minutes=5)


@pytest.mark.parametrize(
    ("before", "after", "verb"),
    [
        ("proposed", "draft", "return"),
        ("draft", "proposed", "propose"),
        ("proposed", "signed", "sign"),
        ("signed", "suspended", "suspend"),
        ("signed", "ended", "end"),
        ("signed", "replaced", "replace"),
    ],
)
def test_a_state_set_in_maintenance_is_a_move_of_today(gita, before, after, verb):
    made = an_agreement(gita, before, starts_on=cast.LONG_AGO)
    made.save()
    Agreement.objects.update(state=after)
    assert moves(made)[1:] == [(verb, before, after, None, None)]
    assert made.moves.last().moved_at.date() > cast.LONG_AGO


def test_a_state_the_gate_sets_leaves_no_move_of_its_own(gita):
    made = written(gita)
    with connection.cursor() as cursor:
        cursor.execute("set local role eh_gate")
        Agreement.objects.update(state="proposed")
        cursor.execute("set local role eh_owner")
    assert len(moves(made)) == 1


def owed() -> list[tuple]:
    """The trials of examples that are owed, which are forgotten at once."""
    trials = OwedJob.objects.filter(job="check_examples")
    found = list(trials.values_list("payload", "attempts", "last_error"))
    trials.delete()
    return found


def test_examples_are_tried_again_once_when_people_or_rules_change_and_never_where_there_are_none(gita, police):
    trial = [({}, 0, "")]
    assert owed() == []
    made = written(gita, "signed")
    owed()
    cast.post("Cleo", police, Role.REPORTER)
    cast.post("Cyrus", police, Role.REPORTER)
    assert owed() == trial
    Agreement.objects.filter(pk=made.pk).update(state="suspended")
    assert owed() == trial


def test_what_was_done_is_never_rewritten_but_in_maintenance(gita):
    table = AgreementMove._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"alter table {table} disable row level security")
        made = written(gita)
        for statement in (f"update {table} set reason = 'Another'", f"delete from {table}"):
            cursor.execute("savepoint attempt; set local earlyhelp.maintenance = 'off'")
            with pytest.raises(Exception, match="never rewritten") as caught:
                cursor.execute(statement)
            assert caught.value.__cause__.pgcode == NEVER_REWRITTEN
            cursor.execute("rollback to savepoint attempt")
    AgreementMove.objects.update(reason="Written again")
    assert made.moves.get().reason == "Written again"
    AgreementMove.objects.all().delete()
    assert not made.moves.exists()
