"""The seals on the disclosure log: what somebody with every right changed afterwards is found."""

import hashlib
import io
import json
import subprocess
import sys
import uuid
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from sharing_agreements import tasks
from sharing_agreements.actions.sealing import seal
from sharing_agreements.models import Disclosure, LookBasis, Seal, SealedRow
from sharing_agreements.queries.log import disagreements
from sharing_agreements.rules.log_extract import whole
from sharing_agreements.vocabulary import Purpose
from tests import cast, database
from tests.conftest import as_login, as_web, as_worker
from tests.doors import login, refusal

ROOT = Path(settings.BASE_DIR)
ADD = (
    "insert into sharing_agreements_disclosure (id, at, role, purpose, job, what, outcome, tables, record_ids, "
    "request_id, basis) values (%s, now(), '', '', '', 'late', 'seen', '{}', '{}', '', '')"
)
COLUMNS = dict.fromkeys(("sharing_agreements_seal", "sharing_agreements_sealedrow"), "digest = ''") | {
    "sharing_agreements_lookbasis": "openings = '[]'"
}
TABLES = tuple(COLUMNS)


def fill(count: int = 5, **more) -> list[Disclosure]:
    return [Disclosure.objects.create(what=f"page {n}", **more) for n in range(count)]


@pytest.fixture
def log(committed):
    """Two seals, of five rows and of three."""
    everybody = cast.assemble()
    fill(5, agency_id=everybody.police.pk)
    seal()
    fill(3, agency_id=everybody.health.pk)
    seal()
    return committed


def with_triggers_off(name, *statements):
    """Somebody who holds the administrator's password, and knows how to switch the guards off."""
    admin = psycopg2.connect(database.admin_address(name))
    with admin, admin.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement)
            assert cursor.rowcount > 0, statement
    admin.close()


def verify(**options) -> list[str]:
    """What the command prints, findings or not."""
    out = io.StringIO()
    returncode = 0
    try:
        call_command("verify_log", stdout=out, **options)
    except CommandError as refused:
        returncode = refused.returncode
    found = [line for line in out.getvalue().splitlines() if "as they were sealed" not in line]
    assert returncode == bool(found)
    return found


FIRST_ROW = "(select row_id from sharing_agreements_sealedrow where seal = 1 and position = 2)"
EDITS = {
    "what was done": "what = 'nothing'",
    "when": "at = at - interval '1 microsecond'",
    "who": "practitioner_id = gen_random_uuid()",
    "which records": "record_ids = array[gen_random_uuid()]",
    "which family": "family_id = gen_random_uuid()",
}


def test_a_log_as_it_was_sealed_has_no_finding(log):
    assert disagreements() == []
    assert verify() == []
    assert list(Seal.objects.order_by("number").values_list("number", "count")) == [(1, 5), (2, 3)]


@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_row_is_found(log, edit):
    row = SealedRow.objects.get(seal=1, position=2).row_id
    with_triggers_off(log, f"update sharing_agreements_disclosure set {EDITS[edit]} where id = {FIRST_ROW}")
    assert verify() == [f"row changed, seal 1, row {row}"]


def test_a_basis_said_after_the_seal_is_found(log):
    row = SealedRow.objects.get(seal=1, position=2).row_id
    LookBasis.objects.create(look_id=row, at=timezone.now(), same_rules=True, openings=[], unopened=0)
    assert verify() == [f"row changed, seal 1, row {row}"]


def test_a_removed_row_is_found(log):
    row = SealedRow.objects.get(seal=1, position=2).row_id
    with_triggers_off(log, f"delete from sharing_agreements_disclosure where id = {FIRST_ROW}")
    assert verify() == [f"row removed, seal 1, row {row}"]
    with_triggers_off(log, f"delete from sharing_agreements_sealedrow where row_id = '{row}'")
    assert verify() == ["seal does not match its rows, seal 1"]


def test_an_added_row_is_found(log):
    key = uuid.uuid4()
    with_triggers_off(
        log,
        "insert into sharing_agreements_disclosure (id, at, role, purpose, job, what, outcome, tables, record_ids, "
        f"request_id, basis, tx) select '{key}', at, role, purpose, job, what, outcome, tables, record_ids, "
        f"request_id, basis, tx from sharing_agreements_disclosure where id = {FIRST_ROW}",
    )
    assert verify() == [f"row added, row {key}"]


def test_a_row_in_another_place_is_found(log):
    with_triggers_off(
        log,
        "update sharing_agreements_sealedrow set position = -position where seal = 1 and position in (1, 2)",
        "update sharing_agreements_sealedrow set position = 3 + position where seal = 1 and position < 0",
    )
    assert verify() == ["seal does not match its rows, seal 1"]


def test_a_seal_made_again_does_not_match_the_one_after(log):
    with_triggers_off(
        log,
        f"update sharing_agreements_disclosure set what = 'nothing' where id = {FIRST_ROW}",
        "update sharing_agreements_sealedrow r set digest = sha256(convert_to(gate.log_text(d), 'UTF8')) "
        "from sharing_agreements_disclosure d where d.id = r.row_id and r.seal = 1",
        "update sharing_agreements_seal s set digest = gate.seal_digest(number, count, settled, sealed_at, previous, "
        "(select string_agg(r.digest, '' order by r.position) from sharing_agreements_sealedrow r where seal = 1)) "
        "where number = 1",
    )
    assert verify() == ["seal does not follow the one before, seal 2"]


@pytest.mark.parametrize("number", [1, 2])
def test_a_seal_that_is_gone_is_found(log, number):
    with_triggers_off(log, f"delete from sharing_agreements_seal where number = {number}")
    assert f"rows under a seal that is gone, seal {number}" in verify()


def test_a_late_commit_is_sealed_next_time(log):
    late = uuid.uuid4()
    with login("eh_web", log) as web, web.cursor() as cursor:
        cursor.execute(ADD, [str(late)])
        fill(2)
        assert seal() == 2
        web.commit()
    assert disagreements() == []
    assert seal() == 1
    assert SealedRow.objects.filter(row_id=late).exists()
    assert disagreements() == []


def test_a_log_restored_into_another_server_is_sealed_on(log):
    with_triggers_off(log, "update sharing_agreements_seal set settled = settled + 1000000 where number = 2")
    assert verify() == ["seal does not match its rows, seal 2"]
    fill(2)
    assert (seal(), seal()) == (2, 0)


def test_sealing_again_seals_nothing_and_many_rows_are_several_seals(log):
    assert seal() == 0
    fill(7)
    assert seal(most=3) == 7
    assert list(Seal.objects.order_by("number").values_list("count", flat=True)) == [5, 3, 3, 3, 1]
    assert disagreements() == []


def test_the_settings_of_a_session_change_no_digest(log):
    with connection.cursor() as cursor:
        cursor.execute("set timezone = 'Asia/Kolkata'")
        cursor.execute("set datestyle = 'German'")
        try:
            assert disagreements() == []
        finally:
            cursor.execute("reset timezone")
            cursor.execute("reset datestyle")


@pytest.mark.django_db
@pytest.mark.parametrize("table", TABLES)
def test_not_even_the_owner_in_maintenance_changes_a_seal(table):
    fill(1)
    seal()
    LookBasis.objects.create(look_id=uuid.uuid4(), at=timezone.now(), same_rules=True, openings=[], unopened=0)
    for statement in (f"update {table} set {COLUMNS[table]}", f"delete from {table}", f"truncate {table}"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.parametrize("name", ["eh_web", "eh_worker", "eh_migrator"])
def test_no_login_changes_removes_or_empties_a_seal(log, name):
    LookBasis.objects.create(look_id=uuid.uuid4(), at=timezone.now(), same_rules=True, openings=[], unopened=0)
    with login(name, log) as opened:
        for table in TABLES:
            for change in (f"update {table} set {COLUMNS[table]}", f"delete from {table}", f"truncate {table}"):
                assert refusal(opened, change)[:5] in {"42501", "EH403"}, change


@pytest.mark.django_db
def test_only_the_job_seals():
    everybody = cast.assemble()
    fill(1)
    with pytest.raises(DatabaseError, match="permission denied"), as_web(everybody.gita, Purpose.GOVERNANCE):
        seal()
    with pytest.raises(DatabaseError, match="only the job"), as_worker("find_repeats"), connection.cursor() as cursor:
        cursor.execute("select gate.seal_log(5)")
    with as_login("eh_worker"):
        tasks.seal_log()
    assert Seal.objects.get().count == 1


def extract(tmp_path, name="extract") -> list[str]:
    out = tmp_path / name
    call_command("extract_log", agency="Marlbeck Constabulary", out=out, verbosity=0)
    return out.read_text(encoding="utf-8").splitlines()


def checked(tmp_path, lines, **more) -> list[str]:
    """What verify_log finds in an extract of these lines."""
    file = tmp_path / "received"
    file.write_text("\n".join(lines), encoding="utf-8")
    return verify(extract=file, **more)


def test_an_agency_checks_its_extract_and_reads_no_other_row(log, tmp_path):
    lines = extract(tmp_path)
    assert checked(tmp_path, lines) == []
    rows = [json.loads(json.loads(line)["row"]) for line in lines if "row" in json.loads(line)]
    police = {
        str(key) for key in Disclosure.objects.filter(what__startswith="page").values_list("agency_id", flat=True)
    }
    assert len(rows) == 5
    assert {row["agency"] for row in rows} < police
    others = Disclosure.objects.exclude(agency_id=rows[0]["agency"]).values_list("id", flat=True)
    assert len(others) == 3
    assert not [key for key in others if str(key) in "".join(lines)]


def own_line(lines) -> int:
    return next(at for at, line in enumerate(lines) if '"row"' in line)


def test_a_changed_row_of_an_extract_is_found_and_so_is_its_digest_made_again(log, tmp_path):
    lines = extract(tmp_path)
    at = own_line(lines)
    said = json.loads(lines[at])
    said["row"] = said["row"].replace("page", "nothing")
    assert said["row"] != json.loads(lines[at])["row"]
    assert checked(tmp_path, [*lines[:at], json.dumps(said), *lines[at + 1 :]])[0] == f"line {at + 1}: row changed"
    said["digest"] = hashlib.sha256(said["row"].encode()).hexdigest()
    again = [*lines[:at], json.dumps(said), *lines[at + 1 :]]
    assert checked(tmp_path, again)[0] == "seal 1: does not match its rows"


def test_a_row_or_a_seal_missing_added_or_moved_in_an_extract_is_found(log, tmp_path):
    lines = extract(tmp_path)
    at = own_line(lines)
    assert checked(tmp_path, lines[:at] + lines[at + 1 :])[0] == "seal 1: 4 rows of 5"
    assert checked(tmp_path, lines[: at + 1] + lines[at:])[0] == "seal 1: 6 rows of 5"
    moved = [*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]]
    assert checked(tmp_path, moved)[0] == "seal 1: does not match its rows"
    second = next(n for n, line in enumerate(lines) if '"seal": 2' in line)
    assert "seal 2: does not follow the one before" in checked(tmp_path, [lines[0], *lines[second:]])
    assert "no seal in it" in checked(tmp_path, lines[:1])
    assert checked(tmp_path, [*lines, "{"]) == [f"line {len(lines) + 1}: stands after the last line"]


def test_whatever_somebody_does_to_one_line_of_an_extract_is_found(log, tmp_path):
    lines = extract(tmp_path)
    assert checked(tmp_path, lines) == []
    kept = tmp_path / "kept"
    kept.write_text("\n".join(lines), encoding="utf-8")
    for at, line in enumerate(lines):
        changes = {
            "taken out": [],
            "twice": [line, line],
            "cut short": [line[: len(line) // 2]],
            "a space more": [line.replace(": ", ":  ", 1)],
            "a letter changed": [line[:20] + ("b" if line[20] == "a" else "a") + line[21:]],
            "something added": [line[:-1] + ', "note": "all is well"}'],
            "another line before it": [lines[0] if at else lines[1], line],
        }
        for what, instead in changes.items():
            assert checked(tmp_path, [*lines[:at], *instead, *lines[at + 1 :]]), (at, what)
        assert checked(tmp_path, [*lines[:at], *lines[at : at + 2][::-1], *lines[at + 2 :]]) or at == len(lines) - 1
        assert checked(tmp_path, lines[:at]), f"cut off before line {at + 1}"


def test_an_own_row_given_as_a_digest_only_is_found(log, tmp_path):
    lines = extract(tmp_path)
    at = own_line(lines)
    said = json.loads(lines[at])
    hidden = [*lines[:at], json.dumps({"digest": said["digest"]}), *lines[at + 1 :]]
    assert checked(tmp_path, hidden)[0] == "last line: 4 own rows of 5"
    closed_again = list(whole(hidden[:-1]))
    assert checked(tmp_path, closed_again) == []
    kept = tmp_path / "kept"
    kept.write_text("\n".join(lines), encoding="utf-8")
    assert checked(tmp_path, closed_again, kept=kept) == [
        f"row {said['digest'][:16]}: can be read in {kept} and not here"
    ]


def test_an_agency_checks_its_extract_with_python_alone(log, tmp_path):
    file = tmp_path / "received"
    lines = extract(tmp_path)

    def run():
        file.write_text("\n".join(lines), encoding="utf-8")
        return subprocess.run(
            [sys.executable, "-I", ROOT / "bin" / "verify-log", file],
            env={},
            capture_output=True,
            text=True,
            check=False,
        )

    sound = run()
    assert (sound.returncode, sound.stderr) == (0, "") and "5 own rows under 2 seals" in sound.stdout
    lines[own_line(lines)] = lines[own_line(lines)].replace("page", "nothing")
    changed = run()
    assert changed.returncode == 1 and "row changed" in changed.stdout


def test_a_log_rewritten_as_a_whole_shows_against_an_extract_kept(log, tmp_path):
    kept = tmp_path / "kept"
    extract(tmp_path, "kept")
    assert checked(tmp_path, extract(tmp_path, "later"), kept=kept) == []
    with_triggers_off(
        log, *(f"delete from {table}" for table in ("sharing_agreements_sealedrow", "sharing_agreements_seal"))
    )
    seal()
    fresh = extract(tmp_path, "fresh")
    assert verify() == []
    assert checked(tmp_path, fresh) == []
    assert checked(tmp_path, fresh, kept=kept) == [f"seal {n}: not the one in {kept}" for n in (1, 2)]


def test_an_agency_that_is_not_there_and_a_file_that_is_are_refused(log, tmp_path):
    with pytest.raises(CommandError, match="no agency"):
        call_command("extract_log", agency="Nowhere", out=tmp_path / "x")
    extract(tmp_path)
    with pytest.raises(CommandError, match="Cannot write"):
        extract(tmp_path)
    with pytest.raises(CommandError, match="Cannot read"):
        call_command("verify_log", extract=tmp_path / "none")
