"""A job touches only what its policies name, and writes no word of a record where somebody else would read it."""

import random

import pytest
from django.db import connection
from django.utils import timezone

from cases.actions import watching
from sharing_agreements.tasks import jobs
from tests import cast
from tests.conftest import as_worker
from tests.every_door.planting import WORD, plant
from tests.sharing_agreements.test_canaries import forget_checks, governed_models

pytestmark = pytest.mark.django_db


@pytest.fixture
def garden():
    forget_checks()
    return plant(random.Random(0))


def named():
    """Governed table -> the jobs that a policy of it names."""
    with connection.cursor() as cursor:
        cursor.execute("select tablename, policyname from pg_policies where 'eh_worker' = any(roles)")
        found = {}
        for table, policy in cursor.fetchall():
            found.setdefault(table, set()).add(policy)
    return {m._meta.db_table: found.get(m._meta.db_table, set()) for m in governed_models()}


def test_a_governed_table_has_policies_of_jobs_and_no_other_way_in_for_the_worker():
    odd = {policy for policies in named().values() for policy in policies if not policy.startswith("job_")}
    assert odd == set()


def test_a_job_reads_and_changes_rows_only_where_a_policy_names_it(garden):
    policies, wrong = named(), []
    for job in [*jobs(), "a_job_nobody_made"]:
        with as_worker(job), connection.cursor() as cursor:
            for model in garden.rows:
                table = model._meta.db_table
                is_named = f"job_{job}" in policies[table]
                cursor.execute(f"select count(*) from {table}")
                if (cursor.fetchone()[0] > 0) != is_named:
                    wrong.append(f"{job} reads {table}")
                cursor.execute(
                    "select bool_or(has_column_privilege('eh_worker', %s, a.attname, 'update')) from pg_attribute a"
                    " where a.attrelid = %s::regclass and a.attname = 'version'",
                    [table, table],
                )
                if cursor.fetchone()[0]:
                    cursor.execute(f"update {table} set version = version")
                    if cursor.rowcount and not is_named:
                        wrong.append(f"{job} changes {table}")
    assert wrong == []


def test_what_the_watch_on_cases_writes_holds_no_word_of_any_record(garden):
    before = {m: set(m.objects.values_list("pk", flat=True)) for m in governed_models()}
    words = {m: _words(m) for m in governed_models()}
    with as_worker(watching.JOB):
        watching.sweep(as_of=cast.today(), now=timezone.now())
    new = [row for m, old in before.items() for row in m.objects.exclude(pk__in=old)]
    assert new, "the watch found nothing to write about"
    said = [str(row.__dict__) for row in new]
    assert [one for one in said if WORD.search(one)] == []
    assert {m: _words(m) for m in governed_models()} == words


def _words(model):
    """Every word that stands in a table."""
    return {word for row in model.objects.all() for word in WORD.findall(str(row.__dict__))}
