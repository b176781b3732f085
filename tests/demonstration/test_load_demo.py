"""The demonstration is repeatable, and copying it in gives the same rows as saving it does."""

import datetime
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from cases.actions.opening import next_reference
from cases.models import Case, ChildInCase, FamilyCopy, MeetingPoint, OwnPlan
from cases.vocabulary import CaseState
from earlyhelp.demonstration import district, history
from earlyhelp.demonstration.world import World
from referrals.models import AgencyCheck, Contact, Report
from referrals.queries.checks import waiting_for
from referrals.queries.facts import facts_of
from sharing_agreements.models import Agency, Agreement, Post, Practitioner, SharedRecord
from sharing_agreements.queries import calendar
from sharing_agreements.queries.examples import examples_of
from sharing_agreements.vocabulary import Purpose, Role
from tests import database
from tests.cast import today
from tests.conftest import as_web

FAMILIES = 20


def a_world() -> World:
    world = World(seed=7, today=today())
    history.tell(world, calendar(), FAMILIES)
    return world


def governed_rows() -> dict[str, list[tuple]]:
    with connection.cursor() as cursor:
        cursor.execute("select table_name from gate.governed order by 1")
        tables = [name for (name,) in cursor.fetchall()]
        found = {}
        for table in tables:
            cursor.execute(f'select * from "{table}" order by id')
            found[table] = cursor.fetchall()
    return found


WHEN_WRITTEN = {"sharing_agreements_identity.matched_at"}
"""Columns that hold when a row was written, so no two ways agree on them."""


def columns_that_differ(table: str, some: list[tuple], others: list[tuple]) -> set[str]:
    """Names of columns in which the same rows are not the same, or `rows` when there are other rows."""
    if len(some) != len(others):
        return {f"{table}: rows"}
    with connection.cursor() as cursor:
        cursor.execute(f'select * from "{table}" limit 0')
        names = [column.name for column in cursor.description]
    pairs = zip(some, others, strict=True)
    return {f"{table}.{n}" for a, b in pairs for n, x, y in zip(names, a, b, strict=True) if x != y}


def wrong_facts() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from gate.wrong_facts()")
        return cursor.fetchone()[0]


@pytest.fixture
def copied(db) -> Iterator[dict[str, list[tuple]]]:
    a_world().load.copy()
    return governed_rows()


@pytest.mark.django_db
def test_the_same_seed_and_day_give_the_same_district():
    first, second = a_world().load.rows, a_world().load.rows
    assert list(first) == list(second)
    for model, rows in first.items():
        fields = [field.attname for field in model._meta.concrete_fields if field.attname != "started_at"]
        ours = [[getattr(row, name) for name in fields] for row in rows]
        theirs = [[getattr(row, name) for name in fields] for row in second[model]]
        assert ours == theirs, model.__name__


@pytest.mark.django_db
def test_nothing_was_written_or_stands_so_since_a_moment_to_come():
    world = World(seed=7, today=today())
    history.tell(world, calendar(), 20 * FAMILIES)
    for model, rows in world.load.rows.items():
        for name in {"recorded_at", "since", "at"} & {field.name for field in model._meta.concrete_fields}:
            late = [row for row in rows if (moment := getattr(row, name)) and moment > world.now]
            assert not late, (model.__name__, name, len(late))


@pytest.mark.django_db
def test_the_facts_of_every_copied_row_hold(copied):
    assert sum(map(len, copied.values())) > 1_000
    assert wrong_facts() == 0


@pytest.mark.django_db
def test_every_example_of_the_demonstrations_agreements_holds(copied):
    call_command("check_agreement_examples")
    tried = {a.reference: examples_of(a) for a in Agreement.objects.all()}
    assert [one.words for found in tried.values() for one in found if one.fails] == []
    assert {reference for reference, found in tried.items() if not found} == {"MB-01"}, "it has no clause to show"


def test_saved_one_by_one_the_rows_are_the_same(committed):
    """The stamp trigger and the set-based loader are two ways to the same facts."""
    world = a_world()
    with transaction.atomic():
        for model, rows in world.load.rows.items():
            if not issubclass(model, SharedRecord):
                model.objects.bulk_create(rows)
        with connection.cursor() as cursor:
            cursor.execute("select gate.restamp_people()")
        for model, rows in world.load.rows.items():
            if issubclass(model, SharedRecord):
                model.objects.bulk_create(rows)
    saved = governed_rows()
    connection.close()
    copied = _copied_into_a_fresh_database()
    assert saved.keys() == copied.keys()
    for table, rows in saved.items():
        assert columns_that_differ(table, rows, copied[table]) <= WHEN_WRITTEN


def _copied_into_a_fresh_database() -> dict[str, list[tuple]]:
    name = f"{database.NAME}_copied"
    database.clone(name)
    before = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = name
    try:
        a_world().load.copy()
        return governed_rows()
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
        database.drop(name)


@pytest.mark.parametrize("seed", range(5))
def test_every_spell_begins_inside_the_three_years_told(seed):
    """The working-day calendar, and so every clock, ends somewhere: a full-sized district must stay inside it."""
    world = World(seed=seed, today=today())
    earliest = today() - datetime.timedelta(days=history.DAYS)
    opened = [at.date() for _, at in history.fates(world, 1.0)]
    assert len(opened) > 500
    assert min(opened) > earliest


@pytest.mark.django_db
def test_it_refuses_a_database_that_holds_anybody(copied):
    with pytest.raises(CommandError, match="already holds agencies"):
        call_command("load_demo", families=1)


@pytest.mark.django_db
def test_new_cases_and_reports_are_numbered_after_the_loaded_ones():
    call_command("load_demo", families=3)
    assert not Case.objects.filter(reference=next_reference()).exists()
    with connection.cursor() as cursor:
        cursor.execute("select nextval('referrals_report_number')")
        number = cursor.fetchone()[0]
    assert not Report.objects.filter(reference__endswith=f"{number:06d}").exists()


@pytest.mark.django_db
def test_the_district_is_as_described(copied):
    assert Agency.objects.count() == len(district.AGENCIES) == 19
    assert Practitioner.objects.count() == 46
    assert not Practitioner.objects.filter(is_demonstration=False).exists()
    assert Agreement.objects.filter(state="signed").count() == 7
    expiring = Agreement.objects.get(reference="MB-05")
    assert expiring.ends_on == today() + datetime.timedelta(days=40)
    assert Contact.objects.exclude(status="decided").exists()
    states = set(ChildInCase.objects.values_list("state", flat=True))
    assert {CaseState.OFFERED, CaseState.WAITING, CaseState.PLAN_ACTIVE, CaseState.STEPPED_DOWN} <= states


@pytest.mark.django_db
def test_todays_queue_shows_questions_answered_late_and_gone_on_to_a_manager(copied):
    contact = Contact.objects.get(report__reference=AgencyCheck.objects.first().reference)
    hana = Post.objects.get(practitioner__name="Hana Whitlock")
    with as_web(hana, Purpose.TRIAGE):
        page = facts_of(contact, post=hana, today=today())
    checks = page.around.checks[contact.pk]
    assert len(checks) == 5 and sum(one.is_answered for one in checks) == 2 == len(page.answers)
    assert [one.sent_to.short_name for one in checks if one.climbed_at] == ["Marlbeck Police"]
    waiting = [one for one in checks if one.late_at and not one.climbed_at]
    assert [one.sent_to_practitioner.name for one in waiting] == ["Amira Haddad"]
    assert page.around.repeats[contact.pk].total == 1
    amira = Post.objects.get(practitioner__name="Amira Haddad", role=Role.LEAD_PRACTITIONER)
    with as_web(amira, Purpose.TRIAGE):
        assert [one.question for one in waiting_for(amira)] == [waiting[0].question]


@pytest.mark.django_db
def test_a_team_shows_its_meetings_a_copy_and_a_plan_of_a_schools_own(copied):
    eddie = Post.objects.get(practitioner__name="Eddie Sharpe", role=Role.LEAD_PRACTITIONER)
    with as_web(eddie, Purpose.EARLY_HELP):
        case = FamilyCopy.objects.get().case
        points = MeetingPoint.objects.filter(meeting__case=case).values_list("part", flat=True)
        plan = OwnPlan.objects.get()
    assert set(points) == {"agenda", "said", "decided", "apologies", "report"}
    assert plan.joined_at is None and plan.whom in case.about
