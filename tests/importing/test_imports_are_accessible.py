"""What became of a file of old reports, such a report, and names that stand for one another: axe, both widths."""

from pathlib import Path

import pytest
from django.core.management import call_command

from referrals.models import Report, ReportImport
from sharing_agreements.actions import record_systems
from sharing_agreements.vocabulary import Purpose, Role
from tests import cast
from tests.conftest import as_web
from tests.importing.files import line, mapped, written
from tests.importing.test_import_reports import WHOSE
from tests.referrals import served
from tests.referrals.test_checks_are_accessible import signed_in, walk


@pytest.mark.parametrize("width", [1280, 390])
def test_every_screen_of_imports_and_names_is_accessible(committed: str, tmp_path: Path, width: int) -> None:
    everybody = cast.assemble()
    ada = cast.post("Ada", everybody.police, Role.ADMINISTRATOR)
    gale = cast.post("Gale", everybody.police, Role.MANAGER)
    with as_web(ada, Purpose.GOVERNANCE):
        record_systems.add_record_system(name="Niche archive", by=ada)
    bad = [line(number, Reported="soon") for number in range(3, 40)]
    for name, lines in (
        ("occurrences-2015-2019-marlbeck-division.csv", [line(1), line(2), line(9, Narrative=""), *bad]),
        ("occurrences-2020.csv", [line(50)]),
    ):
        call_command("import_reports", str(written(tmp_path, lines, name)), *WHOSE, "--mapping", str(mapped(tmp_path)))
    stopped = ReportImport.objects.order_by("started_at")[1]
    ReportImport.objects.filter(pk=stopped.pk).update(ended_at=None)
    pages = {
        ada: [
            "/imports/",
            *(f"/imports/{run.pk}/" for run in ReportImport.objects.order_by("started_at")),
            "/name-variants/",
            "/name-variants/?name=mary",
            "/name-variants/?name=nobody",
        ],
        gale: [f"/reports/{Report.objects.earliest('reference').pk}/"],
    }
    emails = {post: served.let_in(post) for post in pages}
    with served.serving(committed) as address, served.browsing() as browser:
        for post, page in signed_in(browser, address, emails, width):
            walk(page, address, width, pages[post], post.practitioner.name)
