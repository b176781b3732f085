"""What a simulation predicts is what the change then does, row for row; and the counts it keeps are of those rows."""

import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from sharing_agreements.actions import owing
from sharing_agreements.actions.simulating import JOB, simulate
from sharing_agreements.models import Agreement, Family, Identity, OwedJob, SimulationLine, SimulationRun
from sharing_agreements.refusals import Refused
from sharing_agreements.tasks import jobs
from sharing_agreements.vocabulary import (
    AgencyType,
    AgreementState,
    Kind,
    Level,
    Purpose,
    Role,
    SupposedChange,
)
from tests import cast, proving, supposing, worlds
from tests.conftest import as_web

WORLDS = 30
CHUNK = 10
TODAY = cast.today()


@pytest.fixture
def cursor(db):
    with connection.cursor() as wrapped:
        proving.prepare(wrapped.cursor)
        yield wrapped.cursor


def judge(cursor, world, source):
    """How many rows change hands in the world, and each change where something else happens than was predicted."""
    number = supposing.bring_closer(world, source)
    proving.load(cursor, world)
    before = {viewer: supposing.listed(cursor, viewer) for viewer in world.viewers}
    differences, wrong = 0, []
    for change in supposing.changes(world, number, source):
        said = {viewer: supposing.predicted(cursor, viewer, change) for viewer in world.viewers}
        cursor.execute("savepoint before_it_happened")
        supposing.really(cursor, change)
        for viewer in world.viewers:
            after = supposing.listed(cursor, viewer)
            happened = {True: after - before[viewer], False: before[viewer] - after}
            differences += len(after ^ before[viewer])
            if said[viewer] != happened:
                wrong.append((change, viewer, said[viewer], happened))
        cursor.execute("rollback to savepoint before_it_happened")
    return differences, wrong


@pytest.mark.parametrize("first", range(0, WORLDS, CHUNK))
def test_what_is_predicted_is_what_the_change_then_does_row_for_row(cursor, first):
    differences = 0
    for number in range(first, first + CHUNK):
        source = proving.seeded(number)
        cursor.execute("savepoint before_the_world")
        compared, wrong = judge(cursor, worlds.make(source, TODAY), source)
        assert not wrong, (f"world {number}", wrong[:3])
        differences += compared
        cursor.execute("rollback to savepoint before_the_world")
    assert differences > CHUNK, "worlds in which nothing changes prove nothing"


@pytest.fixture
def everybody(db):
    return cast.assemble()


def draft_between_police_and_early_help(everybody):
    """Police records of identity, in summary, for two roles of early help."""
    made = cast.agreement(
        everybody.police,
        everybody.early_help,
        purposes=[Purpose.EARLY_HELP],
        clauses=[
            {
                "provider_type": AgencyType.POLICE,
                "recipient_type": AgencyType.EARLY_HELP,
                "recipient_roles": [Role.LEAD_PRACTITIONER, Role.COORDINATOR],
                "kind": Kind.IDENTITY,
                "level": Level.SUMMARY,
                "needs_involvement": False,
            }
        ],
        drafter=everybody.early_help,
        state=AgreementState.DRAFT,
    )
    made.parties.update(signed_at=None, signatory_name="")
    return made


def identities(everybody, count, family=None, **more):
    """Accounts of different people by the police."""
    for _ in range(count):
        row = {"owner": everybody.police, "author": everybody.cleo.practitioner, "happened_on": cast.today()}
        Identity.objects.create(**row, person=cast.person(), family=family, **more)


def begin(by, agreement, supposed=SupposedChange.SIGN, agency=None):
    """Begin a run as a governance lead."""
    with as_web(by, Purpose.GOVERNANCE):
        return simulate(agreement=agreement, supposed=supposed, agency=agency, by=by)


def do_what_is_owed():
    """What the worker does until nothing is owed; how many jobs that was."""
    done = 0
    while one := OwedJob.objects.filter(done_at=None, job=JOB).first():
        owing.run(one.pk, jobs())
        done += 1
    return done


def lines_of(by, run):
    """What the run says, to this reader: role, kind, level, gained, records, families."""
    with as_web(by, Purpose.GOVERNANCE):
        columns = ("role", "kind", "level", "gained", "records", "families")
        return sorted(SimulationLine.objects.filter(run=run).values_list(*columns))


def test_a_draft_is_counted_for_each_role_of_each_recipient_table_by_table(everybody):
    identities(everybody, 3, Family.objects.create())
    identities(everybody, 2)
    identities(everybody, 4, sent_to=everybody.early_help)
    identities(everybody, 1, hidden_from=[everybody.early_help.no])
    run = begin(everybody.gita, draft_between_police_and_early_help(everybody))
    assert do_what_is_owed() == SimulationRun.objects.get(pk=run).tables_total
    assert lines_of(everybody.gita, run) == [
        (Role.COORDINATOR, Kind.IDENTITY, Level.SUMMARY, True, 5, 1),
        (Role.LEAD_PRACTITIONER, Kind.IDENTITY, Level.SUMMARY, True, 9, 1),
    ], "a coordinator receives what is sent to the agency, so it is not new to them"
    assert SimulationRun.objects.get(pk=run).done_at


def test_ending_what_was_signed_takes_away_what_signing_gave(everybody):
    identities(everybody, 2)
    made = draft_between_police_and_early_help(everybody)
    made.parties.update(signed_at=cast.SIGNED_AT, signatory_name="A. Signatory")
    Agreement.objects.filter(pk=made.pk).update(state=AgreementState.SIGNED)
    run = begin(everybody.gita, made, SupposedChange.END)
    do_what_is_owed()
    assert [(line[3], line[4]) for line in lines_of(everybody.gita, run)] == [(False, 2), (False, 2)]


def test_a_run_that_was_interrupted_goes_on_with_the_next_table(everybody):
    identities(everybody, 2)
    run = begin(everybody.gita, draft_between_police_and_early_help(everybody))
    owing.run(OwedJob.objects.get(job=JOB).pk, jobs())
    half = SimulationRun.objects.get(pk=run)
    assert (half.tables_done, half.done_at) == (1, None)
    assert do_what_is_owed() == half.tables_total - 1
    assert [line[4] for line in lines_of(everybody.gita, run)] == [2, 2]


def test_only_the_leads_of_the_parties_read_it_and_of_a_draft_only_its_drafters(everybody):
    identities(everybody, 1)
    pia = cast.post("Pia", everybody.police, Role.GOVERNANCE_LEAD)
    oda = cast.post("Oda", everybody.oak_green, Role.GOVERNANCE_LEAD)
    made = draft_between_police_and_early_help(everybody)
    with pytest.raises(Refused):
        begin(pia, made)
    run = begin(everybody.gita, made)
    do_what_is_owed()
    assert lines_of(pia, run) == []
    Agreement.objects.filter(pk=made.pk).update(state=AgreementState.PROPOSED)
    assert len(lines_of(pia, run)) == 2
    assert lines_of(oda, run) == lines_of(everybody.esi, run) == []
    with pytest.raises(Refused):
        begin(oda, made)


@pytest.mark.parametrize("supposed", [SupposedChange.END, SupposedChange.LEAVE, SupposedChange.JOIN])
def test_what_cannot_happen_to_a_draft_is_refused(everybody, supposed):
    with pytest.raises(Refused):
        begin(everybody.gita, draft_between_police_and_early_help(everybody), supposed, everybody.housing)


def test_no_login_asks_row_by_row_or_reads_the_rules_of_a_change(everybody):
    for question in ("gate.rules_supposing('{}', gate.today())", "gate.compared_clauses('{}')"):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            as_web(everybody.gita, Purpose.GOVERNANCE),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"select * from {question}")
