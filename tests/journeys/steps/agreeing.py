"""Gita drafts an agreement, five agencies sign it, and one of them suspends it."""

import datetime
from collections.abc import Callable

from tests import cast
from tests.journeys.somebody import Somebody

TITLE = "Police, council and three schools"
REFERENCE = "MB-21"


def she_writes_the_words(gita: Somebody) -> str:
    """Gives the draft's path."""
    gita.turns_to("Agreements")
    gita.presses("Start a draft")
    gita.types(
        title=TITLE,
        reference=REFERENCE,
        aim="So that a school knows when a child on its roll had a bad night.",
        lawful_basis="Public task: we arrange to work together for children's well-being.",
        retention="Six years after the case closes, then deleted.",
        incident_contact="Information security, 01632 960500",
        rights_contact="privacy@example.org",
        dpia_reference="DPIA-21",
    )
    gita.chooses("Specific", of="Which tier is it?")
    for name, days in (("starts_on", 0), ("ends_on", 364), ("review_on", 300)):
        gita.types_day(name, cast.today() + datetime.timedelta(days=days))
    gita.presses("Start the draft")
    gita.reads(TITLE, "Not chosen yet", "Marlbeck Early Help")
    return gita.page.url.removeprefix(gita.address)


def she_names_the_parties(gita: Somebody, *names: str) -> None:
    gita.follows("Parties")
    for name in names:
        gita.page.get_by_label(name, exact=True).select_option(label="Controller")
    gita.presses("Save")
    gita.reads(*names)


def she_says_what_it_is_for_and_which_law_carries_it(gita: Somebody) -> None:
    gita.follows("Purposes and the law they rest on")
    gita.chooses("Early help", of="What is the sharing for?")
    gita.presses("Save")
    gita.chooses("Section 10: working together", of="Early help")
    gita.chooses("Article 6(1)(e): public task", of="Early help")
    gita.presses("Save")
    gita.reads("Children Act 2004: section 10", "UK GDPR: article 6(1)(e)")


def she_adds_a_clause(gita: Somebody, provider: str, *kinds: str) -> None:
    """Schools' team members may see summaries about children they are involved with."""
    gita.follows("Add a clause")
    gita.page.locator("[name=recipient]").select_option(label="Every party of the type school")
    gita.chooses("Team member", of="Which of their posts?")
    gita.chooses("Summary", of="How much?")
    for kind in kinds:
        gita.chooses(kind, of="Which kinds of record?")
    gita.page.locator("[name=provider]").select_option(label=provider)
    gita.presses("Add the clause")
    gita.reads(*(f"may see the summary of records of this kind: {kind.lower()}" for kind in kinds))


def she_reads_the_matrix(gita: Somebody) -> None:
    gita.follows("See it as a matrix")
    gita.reads("Who may see what, and how much", "Marlbeck Constabulary", "Concern report", "Household")
    gita.page.get_by_role("link", name="The agreement", exact=True).click()


def she_keeps_the_examples_her_clauses_suggest(gita: Somebody) -> None:
    """They hold as the draft is, each a sentence; on the draft's page they have numbers."""
    gita.follows("Examples your clauses suggest")
    gita.reads("Any party of the type school (team member", "must see the summary", "must not see the whole")
    gita.presses("Keep the ticked ones")
    gita.reads("Each is signed with the agreement", "must not see the whole")
    gita.does_not_read("Does not hold")


def she_writes_one_that_does_not_hold_and_takes_it_out(gita: Somebody, agency: str) -> None:
    """She thinks the whole is opened to schools. It is not, and nobody could sign."""
    gita.follows("Write an example")
    gita.chooses("They must see it", of="What must be so?")
    gita.page.locator("[name=recipient]").select_option(label="Agencies of the type school")
    gita.chooses("A party", of="Which of that type?")
    for name, label in (("role", "Team member"), ("kind", "Concern report"), ("provider", agency)):
        gita.page.locator(f"[name={name}]").select_option(label=label)
    gita.chooses("Full", of="How much?")
    gita.presses("Add the example")
    gita.reads("Does not hold", "would not see it: no clause of this agreement opens it")
    gita.presses("Propose it for signature")
    gita.reads("does not hold, so nobody can sign this")
    gita.follows("Cancel")
    gita.page.get_by_role("button", name="Remove example").last.click()
    gita.looks()
    gita.does_not_read("Does not hold")


def she_counts_what_would_change(gita: Somebody, supposed: str, count: Callable[[], object], *words: str) -> None:
    """The worker counts in the background; then she reads it."""
    draft = gita.page.url
    gita.follows("What would change")
    gita.chooses(supposed, of="What would change if")
    gita.presses("Continue")
    gita.reads("Still counting")
    count()
    gita.presses("See how far it is")
    gita.reads(*words)
    gita.opens(draft)


def she_proposes_it(gita: Somebody) -> None:
    gita.presses("Propose it for signature")
    gita.presses("Propose it")
    gita.reads("Sign for your agency", "Not signed")


def another_partys_lead_finds_it_waiting(lead: Somebody) -> None:
    """It is on the page they come in by."""
    lead.reads("Waiting for your agency's signature")
    lead.follows(TITLE)
    lead.reads("Not signed")
    lead.does_not_read("In force", "Suspend it")


def a_lead_signs_by_typing_their_own_name(lead: Somebody) -> None:
    lead.presses("Sign for your agency")
    lead.reads("agrees to be bound by", "Fingerprint (SHA-256)", "1.1")
    lead.types(signatory_name="R. Tanner", signatory_post="Chief officer", password=lead.name)
    lead.page.get_by_label("They have read this statement").check()
    lead.presses("Sign")
    lead.reads("R. Tanner, Chief officer")


def it_is_in_force(lead: Somebody) -> None:
    lead.reads("In force")
    lead.does_not_read("Not signed")


def she_suspends_it(gita: Somebody, draft: str) -> None:
    gita.opens(draft)
    gita.presses("Suspend it")
    gita.types(reason="A letter went to a wrong address. Stopped until we know why.")
    gita.presses("Suspend it now")
    gita.does_not_read("In force")
    gita.reads("A letter went to a wrong address", "Resume it")
