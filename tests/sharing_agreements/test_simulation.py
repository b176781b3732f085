"""What a simulation predicts is what the change then does, row for row; and the counts it keeps are of those rows."""

import datetime
from collections import Counter

import pytest
from django.db import connection
from django.db.utils import ProgrammingError
from django.utils import timezone

from sharing_agreements.actions import owing
from sharing_agreements.actions.simulating import JOB, simulate
from sharing_agreements.models import (
    Agreement,
    Conflict,
    Family,
    Identity,
    OwedJob,
    SimulationLine,
    SimulationRun,
)
from sharing_agreements.queries.simulating import examples_of
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


@pytest.fixture
def cursor(db):
    with connection.cursor() as wrapped:
        proving.prepare(wrapped.cursor)
        yield wrapped.cursor


def judge(cursor, world, source, shape):
    """How many rows change hands for each verb, and each change where something else happens than was predicted."""
    number = supposing.bring_closer(world, source, shape)
    proving.load(cursor, world)
    days = source.choice([0, 0, 1, 30])
    differences, wrong, today = Counter(), [], cast.today()
    for change in supposing.changes(world, number, source):
        on_day = today + datetime.timedelta(days=days if change.verb == SupposedChange.DATES else 0)
        said = supposing.predicted(cursor, world.viewers, change, on_day=on_day)
        cursor.execute("savepoint before_it_happened")
        supposing.bring_day_here(cursor, (on_day - today).days)
        before = {viewer: supposing.listed(cursor, viewer) for viewer in world.viewers}
        supposing.really(cursor, change.days_earlier((on_day - today).days))
        for viewer in world.viewers:
            after = supposing.listed(cursor, viewer)
            happened = {True: after - before[viewer], False: before[viewer] - after}
            differences[change.verb] += len(after ^ before[viewer])
            if said[viewer] != happened:
                wrong.append((change, on_day, viewer, said[viewer], happened))
        cursor.execute("rollback to savepoint before_it_happened")
    return differences, wrong


@pytest.mark.parametrize("first", range(0, WORLDS, CHUNK))
def test_what_is_predicted_is_what_the_change_then_does_row_for_row(cursor, first):
    differences = Counter()
    for number in range(first, first + CHUNK):
        source = proving.seeded(number)
        cursor.execute("savepoint before_the_world")
        compared, wrong = judge(cursor, worlds.make(source, cast.today()), source, number % 3)
        assert not wrong, (f"world {number}", wrong[:3])
        differences.update(compared)
        cursor.execute("rollback to savepoint before_the_world")
    assert differences.total() > CHUNK, f"worlds in which nothing changes prove nothing: {differences}"


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


def signed_between_police_and_early_help(everybody):
    """The same, signed by both."""
    made = draft_between_police_and_early_help(everybody)
    made.parties.update(signed_at=cast.SIGNED_AT, signatory_name="A. Signatory")
    Agreement.objects.filter(pk=made.pk).update(state=AgreementState.SIGNED)
    return made


def identities(everybody, count, family=None, **more):
    """Accounts of different people by the police."""
    for _ in range(count):
        row = {"owner": everybody.police, "author": everybody.cleo.practitioner, "happened_on": cast.today()}
        Identity.objects.create(**row, person=cast.person(), family=family, **more)


def begin(by, agreement, supposed=SupposedChange.SIGN, **more):
    """Begin a run as a governance lead."""
    with as_web(by, Purpose.GOVERNANCE):
        return simulate(agreement=agreement, supposed=supposed, **more, by=by)


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


def test_a_draft_is_counted_for_each_role_of_each_recipient_part_by_part(everybody):
    identities(everybody, 3, Family.objects.create())
    identities(everybody, 2)
    identities(everybody, 4, sent_to=everybody.early_help)
    identities(everybody, 1, hidden_from=[everybody.early_help.no])
    run = begin(everybody.gita, draft_between_police_and_early_help(everybody))
    assert do_what_is_owed() == SimulationRun.objects.get(pk=run).parts_total
    assert lines_of(everybody.gita, run) == [
        (Role.COORDINATOR, Kind.IDENTITY, Level.SUMMARY, True, 5, 1),
        (Role.LEAD_PRACTITIONER, Kind.IDENTITY, Level.SUMMARY, True, 9, 1),
    ], "a coordinator receives what is sent to the agency, so it is not new to them"
    assert SimulationRun.objects.get(pk=run).done_at


@pytest.mark.parametrize(
    ("state", "supposed", "more", "days_away"),
    [
        (AgreementState.SIGNED, SupposedChange.END, {}, 0),
        (AgreementState.SIGNED, SupposedChange.SUSPEND, {}, 0),
        (AgreementState.SIGNED, SupposedChange.LEAVE, {"agency": "police"}, 0),
        (AgreementState.SIGNED, SupposedChange.DATES, {"starts_on": cast.LONG_AGO, "ends_on": cast.yesterday}, 0),
        (
            AgreementState.SIGNED,
            SupposedChange.DATES,
            {"starts_on": cast.LONG_AGO, "ends_on": lambda: cast.in_days(7)},
            8,
        ),
        (AgreementState.SUSPENDED, SupposedChange.RESUME, {}, 0),
    ],
)
def test_each_change_takes_or_gives_what_the_agreement_opened(everybody, state, supposed, more, days_away):
    identities(everybody, 2)
    made = signed_between_police_and_early_help(everybody)
    Agreement.objects.filter(pk=made.pk).update(state=state)
    given = {
        name: getattr(everybody, value) if name == "agency" else value for name, value in cast.said_today(more).items()
    }
    run = begin(everybody.gita, made, supposed, **given)
    do_what_is_owed()
    gained = supposed == SupposedChange.RESUME
    assert [line[3:5] for line in lines_of(everybody.gita, run)] == [(gained, 2), (gained, 2)]
    assert SimulationRun.objects.get(pk=run).from_day == cast.in_days(days_away)


def test_an_agency_that_joins_sees_what_the_others_of_its_type_see(everybody):
    identities(everybody, 2)
    other = cast.agency("Other early help", AgencyType.EARLY_HELP)
    made = signed_between_police_and_early_help(everybody)
    begin(everybody.gita, made, SupposedChange.JOIN, agency=other)
    do_what_is_owed()
    assert set(SimulationLine.objects.values_list("agency", "gained", "records")) == {(other.pk, True, 2)}


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ({"starts_on": cast.today}, "say its first and its last day"),
        ({"starts_on": cast.today, "ends_on": cast.yesterday}, "the last day is before the first day"),
        ({"starts_on": cast.yesterday, "ends_on": cast.FAR_OFF}, "it is in force on the same days"),
    ],
)
def test_days_that_say_nothing_are_refused(everybody, dates, words):
    with pytest.raises(Refused) as refused:
        begin(
            everybody.gita,
            signed_between_police_and_early_help(everybody),
            SupposedChange.DATES,
            **cast.said_today(dates),
        )
    assert words in refused.value.refusal.sentence.lower()


def test_a_run_that_was_interrupted_goes_on_with_the_next_part(everybody):
    identities(everybody, 2)
    run = begin(everybody.gita, draft_between_police_and_early_help(everybody))
    owing.run(OwedJob.objects.get(job=JOB).pk, jobs())
    half = SimulationRun.objects.get(pk=run)
    assert (half.parts_done, half.done_at) == (1, None)
    assert do_what_is_owed() == half.parts_total - 1
    assert [line[4] for line in lines_of(everybody.gita, run)] == [2, 2]


def test_for_one_practitioner_it_counts_what_that_person_would_see(everybody):
    identities(everybody, 3)
    declared = Identity.objects.first()
    Conflict.objects.create(
        practitioner=everybody.eddie.practitioner,
        person=declared.person,
        reason="his niece",
        declared_at=timezone.now(),
    )
    made = draft_between_police_and_early_help(everybody)
    run = begin(everybody.gita, made, practitioner=everybody.eddie.practitioner)
    do_what_is_owed()
    assert lines_of(everybody.gita, run) == [(Role.LEAD_PRACTITIONER, Kind.IDENTITY, Level.SUMMARY, True, 2, 0)]


def test_what_would_change_for_a_practitioner_is_for_their_own_agencys_leads(everybody):
    pia = cast.post("Pia", everybody.police, Role.GOVERNANCE_LEAD)
    identities(everybody, 1)
    made = signed_between_police_and_early_help(everybody)
    run = begin(everybody.gita, made, SupposedChange.END, practitioner=everybody.eddie.practitioner)
    do_what_is_owed()
    assert lines_of(everybody.gita, run) and lines_of(pia, run) == []
    with pytest.raises(Refused):
        begin(pia, made, SupposedChange.END, practitioner=everybody.eddie.practitioner)


def test_the_owner_of_records_gets_examples_of_them_and_nobody_else_does(everybody):
    known, hidden = Family.objects.create(), Family.objects.create()
    identities(everybody, 2, known)
    identities(everybody, 1, hidden)
    pia = cast.post("Pia", everybody.police, Role.GOVERNANCE_LEAD)
    of_hers = Identity.objects.get(family=hidden).person
    Conflict.objects.create(practitioner=pia.practitioner, person=of_hers, reason="", declared_at=timezone.now())
    run = begin(everybody.gita, signed_between_police_and_early_help(everybody), SupposedChange.END)
    do_what_is_owed()
    line = SimulationLine.objects.filter(run=run).first()

    def families(post):
        with as_web(post, Purpose.GOVERNANCE):
            return [one.family for one in examples_of(line)]

    assert families(pia) == [known.pk], "what is closed to the lead is not an example either"
    assert families(everybody.gita) == families(everybody.eddie) == []
    cast.agency("Another school", AgencyType.SCHOOL)
    assert families(pia) == [], "the rules have changed since it was counted"


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
        begin(everybody.gita, draft_between_police_and_early_help(everybody), supposed, agency=everybody.housing)


def test_no_login_asks_row_by_row_or_reads_the_rules_of_a_change(everybody):
    for question in ("gate.rules_supposing('{}', gate.today())", "gate.compared_clauses('{}', gate.today())"):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            as_web(everybody.gita, Purpose.GOVERNANCE),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"select * from {question}")
