"""Old reports come in from a file: each good line once, each bad one named, into no queue."""

import csv
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from cases.models import Event
from referrals.actions import adding
from referrals.models import Contact, Report, ReportAddition, ReportedChild, ReportImport
from referrals.presenting import reported_by
from referrals.queries import reporting as queries
from sharing_agreements.actions import record_systems
from sharing_agreements.models import Address, Disclosure, Identity, OwedJob, RecordSystem
from sharing_agreements.refusals import Refused
from sharing_agreements.vocabulary import Precision, Purpose, Role
from tests import cast, database
from tests.conftest import as_login, as_web
from tests.importing.files import MAPPING, line, mapped, written
from tests.referrals import typing

ROOT = Path(__file__).parents[2]
WHOSE = ["--agency", "Marlbeck Constabulary", "--system", "Niche archive"]


@pytest.fixture
def everybody(committed):
    found = cast.assemble()
    ada = cast.post("Ada", found.police, Role.ADMINISTRATOR)
    with as_web(ada, Purpose.GOVERNANCE):
        record_systems.add_record_system(name="Niche archive", by=ada)
    return found


def run(path: Path, *more: str, capsys=None) -> str:
    call_command("import_reports", str(path), *WHOSE, *more)
    return capsys.readouterr().out if capsys else ""


def rejects(path: Path) -> list[list[str]]:
    with path.with_name(f"{path.name}.rejects.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_a_line_becomes_a_report_the_hub_can_read_and_nobody_waits_for(everybody, tmp_path):
    run(written(tmp_path, [line(1)]), "--mapping", str(mapped(tmp_path)))
    with as_web(everybody.hana, Purpose.TRIAGE):
        report = Report.objects.visible().get()
        assert report.reference.startswith("IM-")
        assert report.detail.account == "Shouting heard, call 1.\nNobody hurt."
        assert reported_by(report) == "PC 4471 Reed, through Niche archive, Record system, Marlbeck Constabulary"
        assert (str(report.happened_on), report.concern, report.urgency) == ("2019-03-02", "domestic_abuse", "green")
        assert report.sent_at.isoformat() == "2019-03-02T21:40:00+00:00"
        kay, ellie = (Identity.objects.get(person_id=child.person_id) for child in report.children.all())
        assert (kay.given_name, kay.family_name, str(kay.born_on)) == ("Kay", "Marsh1", "2016-05-09")
        assert (ellie.born_precision, kay.search_text != "") == (Precision.YEAR, True)
        assert Address.objects.filter(line="1 Fen Lane").count() == 2
        assert Event.objects.filter(source_id=report.pk).count() == 2
    assert not Contact.objects.exists()
    assert not OwedJob.objects.exists()
    (sent,) = Disclosure.objects.filter(what="old reports imported for hub")
    assert (sent.agency_id, sent.record_ids) == (everybody.police.pk, [report.pk])


SAYING_MORE = {
    "more": lambda report, **who: adding.add_to_report(report=report, text="More.", **who),
    "a correction": lambda report, **who: adding.correct_report(
        report=report, part="Account", said_before="a", text="b", **who
    ),
    "what became of it": lambda report, **who: adding.chase_report(report=report, text="?", **who),
    "a wrong child": lambda report, **who: adding.mark_wrong_child(
        child=report.children.all()[0], because="Another Kay.", **who
    ),
}


@pytest.mark.parametrize("saying", SAYING_MORE)
def test_nobody_works_on_it_so_saying_more_is_refused_and_no_job_is_owed(everybody, tmp_path, saying):
    run(written(tmp_path, [line(1)]), "--mapping", str(mapped(tmp_path)))
    system = RecordSystem.objects.get().post
    with as_web(system, Purpose.REPORTING):
        report = queries.own_agency_reports(system).get()
        with pytest.raises(Refused) as refused:
            SAYING_MORE[saying](report, by=system, now=timezone.now())
    assert refused.value.refusal.code == "nobody_works_on_it"
    assert not OwedJob.objects.exists() and not ReportAddition.objects.exists()


def test_the_page_of_it_says_that_it_is_old_and_offers_nothing_to_wait_for(everybody, tmp_path, settings):
    run(written(tmp_path, [line(1)]), "--mapping", str(mapped(tmp_path)))
    settings.HTTPS, settings.SECURE_SSL_REDIRECT = False, False
    client, address = Client(), f"/reports/{Report.objects.get().pk}/"
    typing.sign_in(client, cast.post("Gale", everybody.police, Role.MANAGER))
    with as_login("eh_web"):
        page = client.get(address).content.decode()
    assert "nobody at the hub works on it" in page and "Kay Marsh1" in page
    assert "The hub has it" not in page and "With the hub" not in page


def test_the_facts_of_every_row_are_those_the_gate_would_have_written(everybody, tmp_path):
    run(written(tmp_path, [line(number) for number in range(30)]), "--mapping", str(mapped(tmp_path)))
    with connection.cursor() as cursor:
        cursor.execute("select * from gate.wrong_facts()")
        assert cursor.fetchall() == []
    before = {row["id"]: row for row in Report.objects.values()}
    with connection.cursor() as cursor:
        cursor.execute("select tgname, pg_get_triggerdef(oid) from pg_trigger where tgrelid = 'cases_event'::regclass")
        assert "brings_facts" in dict(cursor.fetchall())["stamp"]
    for row in before.values():
        assert row["kind"] == 3 and row["bit"] == (row["owner_no"] * 32 + 3) * 16


def test_no_login_but_the_owner_in_maintenance_brings_facts_of_its_own(everybody):
    with as_web(everybody.cleo, Purpose.REPORTING), connection.cursor() as cursor:
        cursor.execute("set local earlyhelp.brings_facts = 'on'")
        cursor.execute("set local earlyhelp.maintenance = 'on'")
        cursor.execute("select gate.brings_facts()")
        assert cursor.fetchone() == (False,)


def test_bad_lines_are_named_and_the_good_ones_come_in(everybody, tmp_path, capsys):
    lines = [
        line(1),
        line(2, Reported="soon"),
        line(3, Narrative=""),
        line(4, Child_1="", DOB_1=""),
        line(5, Type="XX"),
        line(6, DOB_1="30/02/2016"),
        line(7, Occurrence=""),
        line(8, When="2999-01-01"),
        line(9, Narrative="a\x00b"),
        line(10),
        line(1),
    ]
    path = written(tmp_path, lines)
    out = run(path, "--mapping", str(mapped(tmp_path)), capsys=capsys)
    assert "2 accepted, 1 here already, 8 rejected." in out
    heading, *found = rejects(path)
    assert heading == ["line", "reason"]
    # each narrative but the empty one and the one with a NUL takes two lines of the file
    assert found == [
        ["5", "sent is no date, or date and time"],
        ["6", "account is empty"],
        ["8", "no child is named"],
        ["10", "concern is a word the mapping does not know"],
        ["12", "born is no date"],
        ["14", "reference is empty"],
        ["16", "happened is no day that has been"],
        ["17", "it holds a character that is no text"],
    ]
    assert not any("Fen" in reason or "Marsh" in reason for _, reason in found)


def test_json_lines_come_in_by_the_same_mapping_which_is_kept(everybody, tmp_path, capsys):
    first = run(written(tmp_path, [line(1)]), "--mapping", str(mapped(tmp_path)), capsys=capsys)
    path = written(tmp_path, [line(1), line(2)], "old.jsonl")
    with path.open("a") as file:
        file.write('{"Occurrence": \n["a list"]\n')
    second = run(path, capsys=capsys)
    assert "1 accepted, 0 here already" in first
    assert "1 accepted, 1 here already, 2 rejected." in second
    assert rejects(path)[1:] == [["3", "this is no JSON"], ["4", "this is no object"]]


def test_a_dry_run_says_the_same_and_keeps_nothing(everybody, tmp_path, capsys):
    path = written(tmp_path, [line(1), line(2, Reported="soon")])
    out = run(path, "--mapping", str(mapped(tmp_path)), "--dry-run", capsys=capsys)
    assert "1 would be accepted, 1 rejected." in out
    assert rejects(path)[1:] == [["5", "sent is no date, or date and time"]]
    assert not Report.objects.exists()
    assert not ReportImport.objects.exists()


def test_the_same_file_again_changes_nothing(everybody, tmp_path, capsys):
    path = written(tmp_path, [line(1), line(2)])
    first = run(path, "--mapping", str(mapped(tmp_path)), capsys=capsys)
    before = set(Report.objects.values_list("pk", flat=True))
    assert run(path, capsys=capsys) in first
    assert set(Report.objects.values_list("pk", flat=True)) == before


WRONG = [
    ({"colour": "Type"}, "colour is no part of a report"),
    ({"account": "Story"}, "the file has no column Story"),
    ({"children": "Child 1"}, "children is a list"),
    ({"concern": {"column": "Type", "codes": {"DA": "violence"}}}, "concern: violence is none of domestic_abuse"),
    ({"sent": ["Reported"]}, "sent takes the name of a column"),
]


@pytest.mark.parametrize(("changed", "sentence"), WRONG)
def test_a_wrong_mapping_is_refused_before_anything_is_kept(everybody, tmp_path, changed, sentence):
    path = written(tmp_path, [line(1)])
    with pytest.raises(CommandError, match=sentence):
        run(path, "--mapping", str(mapped(tmp_path, **changed)))
    assert not Report.objects.exists()


def test_a_system_of_another_agency_is_refused(everybody, tmp_path):
    with pytest.raises(CommandError, match="has no record system"):
        call_command("import_reports", str(written(tmp_path, [])), "--agency", "Marlbeck Homes", "--system", "Niche")


def test_killed_in_the_middle_it_goes_on_and_every_line_comes_in_once(everybody, committed, tmp_path):
    many, bad = 1500, {100, 700, 1400}
    path = written(tmp_path, [line(n, **({"Reported": "soon"} if n in bad else {})) for n in range(many)])
    command = [sys.executable, "manage.py", "import_reports", str(path), *WHOSE, "--batch", "25"]
    command += ["--mapping", str(mapped(tmp_path))]
    environment = {**os.environ, "DATABASE_URL": database.address("eh_migrator", committed)}
    kills = []
    for after in (1, 500, 1000):
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE)
        deadline = time.monotonic() + 120
        while (ReportImport.objects.values_list("done", flat=True).first() or 0) < after:
            assert process.poll() is None and time.monotonic() < deadline
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        kills.append(ReportImport.objects.get().done)
    assert kills == sorted(set(kills)) and kills[-1] < many, kills
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert f"Going on after {kills[-1]} records." in done.stdout
    assert f"{many - 3} accepted, 0 here already, 3 rejected." in done.stdout
    accounts = Counter(text for text in Report.objects.values_list("detail__account", flat=True))
    assert set(accounts.values()) == {1} and len(accounts) == many - 3
    assert ReportedChild.objects.count() == Identity.objects.count() == Event.objects.count()
    assert len(rejects(path)) == 4
    assert sum(len(one.record_ids) for one in Disclosure.objects.filter(outcome="sent")) == many - 3


def test_the_mapping_in_the_documentation_is_the_one_tested():
    text = (ROOT / "docs" / "importing.md").read_text(encoding="utf-8")
    for column in ("Occurrence", "Reported", "Narrative"):
        assert f'"{column}"' in text
    assert MAPPING["concern"]["codes"]["DA"] in text
