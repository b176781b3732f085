"""A teacher who is shown nothing asks for it, and the governance lead reads what is missing (B6)."""

from tests.journeys.somebody import Somebody

KIND = "Early help case"
NEED = "We plan support in school for children whose families have early help."
MISSING = (
    "Oak Green Primary and Marlbeck Early Help have no agreement: nothing shows early help case (summary) of any child "
    "from Marlbeck Early Help to a team member at Oak Green Primary."
)
ANSWER = "I am drafting an agreement about early help cases with Oak Green."
OF_THE_FAMILY = ("Ada", "Marsh", "Kate")


def he_is_refused_and_asks(dev: Somebody, address: str) -> None:
    """From the page that shows nothing to the form, which knows nothing of where he came from."""
    answer = dev.opens(address)
    assert answer.status == 404
    dev.reads("There is nothing here to show you", "We cannot say which.")
    dev.does_not_read(*OF_THE_FAMILY)
    dev.follows("ask for it or propose an agreement")
    assert dev.page.url == f"{dev.address}/ask-for-sharing/", "the address says where he came from"
    dev.reads("nothing is looked up")
    dev.page.get_by_label("Whose records?").select_option(label="Marlbeck Early Help")
    dev.page.get_by_label("Which kind?").select_option(label=KIND)
    dev.chooses("The summary", of="How much of it?")
    dev.types(why=NEED)
    dev.presses("Ask the governance leads")
    dev.reads("Your request is with the governance leads. No record was looked at.")
    dev.does_not_read(*OF_THE_FAMILY, address.split("/")[2])


def what_he_reads_about_it(dev: Somebody) -> str:
    """The sentence about what is missing, of the newest request."""
    card = dev.page.locator(".govuk-summary-card").first
    said = card.locator(".govuk-summary-list__row", has_text="What the agreements said that day")
    return said.locator("dd").inner_text().strip()


def it_reaches_the_governance_lead(gita: Somebody) -> None:
    gita.turns_to("Requests")
    gita.reads(f"{KIND}, from Marlbeck Early Help", "Dev, team member at Oak Green Primary", NEED, MISSING)
    gita.does_not_read(*OF_THE_FAMILY)


def she_says_what_becomes_of_it(gita: Somebody) -> None:
    gita.follows("Answer to Oak Green Primary about early help case from Marlbeck Early Help")
    gita.reads(MISSING)
    gita.chooses("An agreement is being drafted", of="What becomes of it?")
    gita.types(answer=ANSWER)
    gita.presses("Send the answer")
    gita.reads("Answered.", ANSWER)


def he_reads_her_answer(dev: Somebody) -> None:
    dev.opens("/agreement-requests/")
    dev.reads(KIND, "An agreement is being drafted", ANSWER)
