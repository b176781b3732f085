"""A young couple expects a baby: from an officer's report to the birth, as one record."""

import datetime
import functools

from tests import cast
from tests.journeys.maintenance import Maintenance
from tests.journeys.somebody import Somebody
from tests.journeys.steps import planning
from tests.journeys.steps.reporting import answer
from tests.referrals import typing
from tests.referrals.test_report_speed import row

COURSE = "Parenting together"
TOGETHER = "A family whose name is not known"


@functools.cache
def due() -> datetime.date:
    """The day on which the baby is expected, the same in every step of one run."""
    return cast.in_days(90)


def unborn() -> dict[str, str]:
    """What the officer types of a child who is not born yet."""
    day = {part: str(getattr(due(), part)) for part in ("day", "month", "year")}
    return typing.children(typing.child(0, "", seen="not_seen", due="on", **day))


def an_officer_reports_a_couple_and_their_unborn_child(cleo: Somebody) -> None:
    cleo.opens("/reports/start/")
    for slug, posted in {**typing.PAGES, "concern": {"concern": "unborn"}, "children": unborn()}.items():
        answer(cleo, row(posted, 0) if slug == "children" else posted)
        cleo.presses("Continue")
    cleo.reads(f"due {due():%-d %B %Y}")
    cleo.follows("Adults with the child")
    answer(cleo, {"adult-0-name": "Mia Reed", "adult-0-relation": "Mother"})
    cleo.presses("Add another adult")
    answer(cleo, {"adult-1-name": "Josh Hale", "adult-1-relation": "Father"})
    cleo.presses("Continue")
    cleo.presses("Send the report")


def the_hub_sees_that_a_baby_is_expected_and_opens_a_case(hana: Somebody, contact: str) -> None:
    hana.opens(f"/contacts/{contact}/")
    hana.reads(f"due {due():%-d %B %Y}", "Mia Reed", "Josh Hale")
    hana.presses("Claim this contact")
    hana.follows("Grade it")
    hana.chooses("Amber", of="How soon must the hub decide?")
    hana.presses("")


def each_parent_answers_for_themselves(esi: Somebody) -> str:
    """The mother agrees, the father declines; gives the family's path."""
    esi.turns_to("Caseload")
    esi.follows(TOGETHER)
    family = esi.page.url.removeprefix(esi.address)
    for parent, said in (("Mia Reed", "Agreed"), ("Josh Hale", "Declined")):
        esi.follows("Record consent to help")
        esi.chooses(parent, of="Who answered?")
        esi.page.get_by_role("group", name="What did they say").get_by_label(said, exact=True).check()
        esi.types(told_by="At home, to Esi")
        esi.presses("Record the answer")
        if said == "Declined":
            esi.reads("Before it is recorded", "Nothing is recorded yet")
            esi.presses("Record the answer")
    return family


def somebody_is_asked(asker: Somebody, link: str, agency: str, who: str, button: str, **said: str) -> None:
    asker.follows("Team")
    asker.follows(link)
    asker.page.get_by_label("Agency", exact=True).select_option(label=agency)
    with asker.page.expect_navigation():
        asker.page.locator("form[method=get] button").click()
    asker.chooses(who, of="Who")
    asker.types(**said)
    asker.presses(button)


def they_say_yes(asked: Somebody, answer_word: str, of: str) -> None:
    asked.turns_to("My work")
    asked.follows("Accept or decline")
    asked.chooses(answer_word, of=of)
    asked.presses("Send your answer")


def a_parenting_service_is_found_for_them(eddie: Somebody, family: str) -> None:
    need, action = "Mia and Josh want to be ready for the baby", "Find them a parenting course"
    planning.add_need(eddie, family, "Unborn baby", need)
    planning.add_action(eddie, need, action, "Eddie")
    eddie.follows(f"Refer to a service for: {action}")
    eddie.chooses(COURSE, of="Which service?")
    eddie.types(area="Fenwater")
    eddie.presses("They were referred")
    eddie.reads(COURSE)


def the_midwife_records_the_birth(ben: Somebody, family: str) -> None:
    ben.opens(f"{family}people/")
    ben.reads("Unborn baby")
    ben.follows("Record a birth")
    ben.types(given_name="Rose", family_name="Reed")
    ben.types_day("born_on", cast.today())
    ben.chooses("Female", of="Sex")
    ben.presses("Record the birth")
    ben.reads("Rose Reed")


def everybody_reads_the_name_and_nobody_an_unborn_child(family: str, *readers: Somebody) -> None:
    for reader in readers:
        reader.opens(f"{family}people/")
        reader.reads("Rose Reed")
        assert "Unborn baby" not in reader.text, reader.text


def it_is_one_record_and_each_parent_has_their_own_answer(database: Maintenance) -> None:
    people = database.run("select distinct person_id from referrals_reportedchild")
    assert people == database.run("select distinct person_id from cases_childincase")
    accounts = "select is_unborn from sharing_agreements_identity where person_id = %s order by recorded_at"
    assert database.run(accounts, str(people[0][0])) == [(True,), (False,)]
    said = database.run(
        "select state, count(distinct person_id) from cases_consenttohelp group by state order by state"
    )
    assert said == [("agreed", 1), ("declined", 1)]
