"""J13: two managers look at cases whose time is over: one is kept, one held, one marked by both, none deleted."""

import datetime
from pathlib import Path

import pytest

from cases.actions import retention
from cases.models import Case
from sharing_agreements.models import Identity
from sharing_agreements.vocabulary import Role
from tests import cast
from tests.cases.stalled import work
from tests.conftest import as_worker
from tests.journeys.servers import running
from tests.journeys.somebody import Somebody, sits_down
from tests.referrals import served

YEAR = datetime.timedelta(days=365)


@pytest.mark.parametrize("width", [1280, 390], ids=["desk", "phone"])
def test_two_managers_look_at_old_records(committed: str, tmp_path: Path, width: int):
    everybody = cast.assemble()
    references = three_old_cases(everybody)
    second = cast.post("Mo", everybody.early_help, Role.MANAGER)
    emails = [served.let_in(post) for post in (everybody.esi, second)]
    with running(committed, tmp_path) as service, served.browsing() as browser:
        esi, mo = (sits_down(browser, service.address, email, width) for email in emails)
        esi.opens("/families/retention/")
        esi.reads("Waits for a review: 3", *references)
        one_says_nothing_and_is_asked(esi, references[0])
        one_is_kept(esi)
        one_is_held(esi, references[1])
        one_is_proposed(esi, references[2])
        the_other_agrees(mo, references[2])
    assert Case.objects.filter(reference__in=references).count() == 3


def three_old_cases(everybody: cast.Cast) -> list[str]:
    today, found = cast.today(), []
    for years in (40, 35, 30):
        home = work(everybody, state="closed", began=4000)
        born = {"born_on": today - years * YEAR, "born_precision": "day"}
        Identity.objects.create(**home.common(today - 20 * YEAR), given_name="Ada", **born)
        found.append(home.case.reference)
    with as_worker(retention.JOB):
        retention.list_retention(as_of=today, now=datetime.datetime.now(datetime.UTC))
    return found


def one_says_nothing_and_is_asked(esi: Somebody, reference: str) -> None:
    esi.follows(reference)
    esi.presses("Save")
    esi.reads("Say why")


def one_is_kept(esi: Somebody) -> None:
    esi.chooses("Keep it until a day", of="What becomes of these records?")
    esi.types_day("until", cast.today() + YEAR)
    esi.types(reason="She asked to read it.")
    esi.presses("Save")
    esi.reads("Waits for a review: 2")


def one_is_held(esi: Somebody, reference: str) -> None:
    esi.follows(reference)
    esi.chooses("Hold it", of="What becomes of these records?")
    esi.page.get_by_label("What are they held for?").select_option(label="A public inquiry")
    esi.types(reason="The inquiry of 2026 asked for all of them.")
    esi.presses("Save")
    esi.opens("/families/retention/?status=held")
    esi.reads("On hold: 1", "A public inquiry: The inquiry of 2026 asked for all of them.")


def one_is_proposed(esi: Somebody, reference: str) -> None:
    esi.opens("/families/retention/")
    esi.follows(reference)
    esi.chooses("Propose it for disposal", of="What becomes of these records?")
    esi.types(reason="Nothing anybody could ask for.")
    esi.presses("Save")
    esi.opens("/families/retention/?status=proposed")
    esi.follows(reference)
    esi.does_not_read("Agree to its disposal")


def the_other_agrees(mo: Somebody, reference: str) -> None:
    mo.opens("/families/retention/?status=proposed")
    mo.follows(reference)
    mo.reads("Nothing anybody could ask for.")
    mo.chooses("Agree to its disposal", of="What becomes of these records?")
    mo.types(reason="I looked too.")
    mo.presses("Save")
    mo.opens("/families/retention/?status=marked")
    mo.reads("Marked for disposal: 1", reference)
