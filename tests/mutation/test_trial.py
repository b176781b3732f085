"""The command itself: a mutated database is the migrated one but for the mutant, and what nobody asks survives."""

import itertools
import json
import subprocess
import sys

import psycopg2
import pytest

from tests import database
from tests.mutation import applying, targets
from tests.mutation.killing_worlds import NUMBERS
from tests.mutation.tokens import statements


@pytest.fixture
def administrator():
    name = f"{database.NAME}_applied"
    database.clone(name)
    connection = psycopg2.connect(database.admin_address(name))
    with connection.cursor() as cursor:
        yield cursor
    connection.close()
    database.drop(name)


def _state(cursor) -> set[tuple[str, ...]]:
    cursor.execute(applying.STATE)
    return set(cursor.fetchall())


def test_a_mutant_that_changes_nothing_leaves_the_database_as_it_was(administrator):
    """Every statement that has mutants is taken back and run again: nothing is lost and nothing is added by that."""
    before = _state(administrator)
    mutants = [m for m in targets.all_mutants() if m.file.endswith(".sql")]
    made_policies = False
    for file, mine in itertools.groupby(mutants, lambda m: m.file):
        begins = {m.change.start for m in mine}
        for one in statements((database.ROOT / file).read_text(encoding="utf-8")):
            is_maker = one.name in applying.MAKERS
            if begins & set(range(one.start, one.end)) and not (is_maker and made_policies):
                made_policies |= is_maker
                administrator.execute(applying.swap(one, one.text))
    lost = sorted(_state(administrator) ^ before)
    assert not lost, "\n".join(" ".join(one)[:200] for one in lost)


def run(*words: str, kept) -> tuple[int, dict[str, int], str]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.mutation.command", *words, "--kept", str(kept / "verdicts.jsonl")],
        cwd=database.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = done.stdout.splitlines()
    assert lines, done.stderr
    return done.returncode, json.loads(lines[-1]), done.stdout


WORLDS = [f"{targets.WORLDS}::test_the_database_and_the_oracle_agree[{number}]" for number in NUMBERS[:5]]
FEW = ["--only", "gate.denial:drop not", "--only", "gate.ways:drop conjunct:4"]


def test_a_policy_that_forgets_whom_it_keeps_out_is_noticed(tmp_path):
    code, said, out = run(*FEW, *(word for test in WORLDS for word in ("--tests", test)), kept=tmp_path)
    assert said == {"mutants": 3, "killed": 3, "explained": 0, "survived": 0, "invalid": 0}, out
    assert code == 0


def test_the_same_policy_survives_where_no_test_is_asked(tmp_path):
    code, said, out = run(*FEW, "--tests", "none", kept=tmp_path)
    assert said == {"mutants": 3, "killed": 0, "explained": 0, "survived": 3, "invalid": 0}, out
    assert code == 1
    assert "-        not (about && " in out


def test_a_permission_that_never_refuses_is_noticed(tmp_path):
    words = ["--only", "permissions.py:why_not_move", "--tests", "tests/cases/test_permissions.py"]
    code, said, out = run(*words, kept=tmp_path)
    assert (code, said["survived"], said["killed"] > 0) == (0, 0, True), out
