"""Two screens of sharing by exception, in a browser: a report released alone, and a connection nobody declared."""

from sharing_agreements.models import Address, Practitioner
from sharing_agreements.vocabulary import Kind, Level, Purpose, Role
from tests import cast
from tests.cases.web import story
from tests.journeys.somebody import sits_down_as_persona
from tests.journeys.test_an_agreement_opens_and_closes import DESK, PHONE
from tests.referrals import arriving, served

ACCOUNT = "Hungry again, no coat, third Monday."


def a_school_reads_police_reports(who: cast.Cast) -> None:
    """A clause for reports alone, full, about any child."""
    clause = {
        "provider_agency": who.police,
        "recipient_agency": who.oak_green,
        "recipient_roles": [Role.TEAM_MEMBER],
        "kind": Kind.CONCERN,
        "level": Level.FULL,
        "needs_involvement": False,
    }
    cast.agreement(who.police, who.oak_green, purposes=[Purpose.EARLY_HELP], clauses=[clause])


def test_a_report_released_alone_is_read_and_a_connection_closes_until_it_is_lifted(committed: str):
    who = cast.assemble()
    marsh = story.marshes(who)
    Address.objects.create(**story.written(who.eddie, person=marsh.ada), line="3 Mill Lane", postcode="MB1 2AB")
    report = arriving.send(who.cleo, who.hub, arriving.child("Jo Smith"), account=ACCOUNT)
    a_school_reads_police_reports(who)
    cast.post("Mona", who.health, Role.MANAGER)
    Practitioner.objects.update(is_demonstration=True, password="!")
    with served.published(committed, DEMONSTRATION="1") as address, served.browsing() as browser:
        dev = sits_down_as_persona(browser, address, "Dev", PHONE, DESK)
        dev.turns_to("Shared with us")
        dev.reads("Concern reports", report.reference, "Marlbeck Constabulary", "No entry is shared with you now.")
        dev.follows(report.reference)
        dev.reads(ACCOUNT, "You read what Marlbeck Constabulary releases to you.")
        dev.does_not_read("Jo Smith")

        ben = sits_down_as_persona(browser, address, "Ben", PHONE, DESK)
        ben.opens(f"{marsh.address}people/")
        ben.reads("Ada")
        ben.opens("/conflict-of-interest/")
        ben.follows("Say who you are")
        ben.presses("Keep it")
        ben.reads("There is a problem")
        ben.types(given_name="Ben", surnames="Marsh", postcode="MB1 2AB", born_day="14", born_month="3")
        ben.types(born_year="1988")
        ben.presses("Keep it")
        ben.reads("Nobody but you can read it.")
        ben.opens(f"{marsh.address}people/")
        ben.does_not_read("Ada")

        mona = sits_down_as_persona(browser, address, "Mona", DESK, PHONE)
        mona.turns_to("Conflicts")
        mona.reads("Ben", "Waiting for an answer")
        mona.does_not_read("Ada", "Marsh", "Mill Lane")
        mona.follows("Answer for Ben")
        mona.chooses("No: open to them again", of="Are they connected with somebody in a record?")
        mona.types(reason="He moved here in May and has no family in the town.")
        mona.presses("Keep the answer")
        mona.reads("Nothing was found about anybody you answer for.")
        ben.opens(f"{marsh.address}people/")
        ben.reads("Ada")
