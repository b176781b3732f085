"""What became of a file of old reports, on the screen: for who tends the agency's record systems, and nobody else."""

import pytest
from django.core.management import call_command

from referrals.models import ReportImport
from sharing_agreements.actions import record_systems
from sharing_agreements.vocabulary import Purpose, Role
from tests import cast
from tests.cases.web.conftest import Visitor
from tests.conftest import as_web
from tests.importing.files import line, mapped, written
from tests.importing.test_import_reports import WHOSE

pytestmark = pytest.mark.django_db
PAGE = "/imports/"


@pytest.fixture
def people():
    found = cast.assemble()
    ada = cast.post("Ada", found.police, Role.ADMINISTRATOR)
    with as_web(ada, Purpose.GOVERNANCE):
        record_systems.add_record_system(name="Niche archive", by=ada)
    return found, Visitor(ada)


@pytest.fixture
def run(people, tmp_path):
    bad = [line(number, Reported="soon") for number in range(3, 15)]
    path = written(tmp_path, [line(1), line(2), line(2), line(20, Narrative=""), *bad], "old & long.csv")
    call_command("import_reports", str(path), *WHOSE, "--mapping", str(mapped(tmp_path)))
    return ReportImport.objects.get()


def test_the_list_says_what_came_in_and_what_did_not(people, run):
    text = people[1].get(PAGE).content.decode()
    assert "old &amp; long.csv" in text and "Niche archive" in text and "Finished" in text
    for label, number in (("Came in", 2), ("Here already", 1), ("Rejected", 13)):
        assert f'data-label="{label}">{number}</td>' in " ".join(text.split())


def test_one_import_gives_the_reasons_the_lines_and_who_ran_it(people, run):
    text = " ".join(people[1].get(f"{PAGE}{run.pk}/").content.decode().split())
    assert "sent is no date, or date and time" in text and "account is empty" in text
    assert "and more" in text and "Fen Lane" not in text and "Marsh" not in text
    assert f"by the login {run.run_by} of the server" in text and run.run_by
    assert "reference: Occurrence" in text and "concern: Type" in text
    saved = people[1].get(f"{PAGE}{run.pk}/rejects/")
    lines = saved.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "line,reason" and len(lines) == 14
    assert saved["Content-Disposition"].startswith("attachment")


def test_one_that_was_stopped_says_where_it_goes_on(people, run):
    ReportImport.objects.update(ended_at=None, done=1)
    text = " ".join(people[1].get(f"{PAGE}{run.pk}/").content.decode().split())
    assert "1 record of the file dealt with so far" in text and "goes on from there" in text
    assert "Not finished" in people[1].get(PAGE).content.decode()


def test_nothing_imported_is_said_so(people):
    assert "Nothing has been imported for your agency." in people[1].get(PAGE).content.decode()


def test_a_page_asks_no_more_for_more_rows(people, run, django_assert_max_num_queries):
    people[1].get(PAGE)
    with django_assert_max_num_queries(13):
        people[1].get(PAGE)
    with django_assert_max_num_queries(14):
        people[1].get(f"{PAGE}{run.pk}/")


def test_another_agency_and_other_roles_learn_of_nothing(people, run):
    found, _ = people
    for other in (cast.post("Bo", found.health, Role.ADMINISTRATOR), cast.post("Cy", found.hub, Role.GOVERNANCE_LEAD)):
        visitor = Visitor(other)
        assert "old &amp; long.csv" not in visitor.get(PAGE).content.decode()
        for address in (f"{PAGE}{run.pk}/", f"{PAGE}{run.pk}/rejects/"):
            assert visitor.get(address).status_code == 404
    for role in (Role.REPORTER, Role.MANAGER, Role.ANALYST):
        assert Visitor(cast.post(f"R{role}", found.police, role)).get(PAGE).status_code == 404
