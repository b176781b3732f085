"""An agreement is drafted, signed by five agencies and suspended in the browser: what a school sees of it.

Everybody is a persona, as on the demonstration: who signs types their own name instead of a password.
"""

from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from cases.models import FamilyMember
from cases.vocabulary import FamilyPart
from sharing_agreements.actions import facts
from sharing_agreements.models import Family, Identity, Post, Practitioner
from sharing_agreements.vocabulary import AgencyType, InvolvementReason, Role
from tests import cast
from tests.journeys.somebody import sits_down_as_persona
from tests.journeys.steps import agreeing, following
from tests.referrals import arriving, served
from tests.sharing_agreements.test_simulation import do_what_is_owed

DESK, PHONE = 1280, 390
KINDS = "name, date of birth and identifiers; concern report; household, relationships and safe contact"
ACCOUNT = "Hungry again, no coat, third Monday."


def a_family_the_council_and_the_police_know(who: cast.Cast) -> str:
    """The police reported Ada; early help keeps her household; Oak Green teaches her. Gives the path."""
    report = arriving.send(who.cleo, who.hub, arriving.child("Ada Marsh"), account=ACCOUNT)
    ada, family = report.children.get().person, Family.objects.create()
    council = {"owner": who.early_help, "author": who.eddie.practitioner, "happened_on": cast.today()}
    Identity.objects.create(**council, person=ada, given_name="Ada", family_name="Marsh")
    FamilyMember.objects.create(**council, family=family, person=ada, part=FamilyPart.CHILD)
    facts.involve(
        people=[ada.pk],
        agency=who.oak_green.pk,
        practitioner=who.dev.practitioner_id,
        reason=InvolvementReason.TEAM,
        starts_on=cast.today(),
    )
    return f"/families/{family.pk}/"


def governance_leads(who: cast.Cast) -> list[Post]:
    """Whoever signs for the police and for each of three schools."""
    fenwater = cast.agency("Fenwater Academy", AgencyType.SCHOOL)
    at = {"Paula": who.police, "Quentin": who.quarry_hill, "Odette": who.oak_green, "Felix": fenwater}
    return [cast.post(name, agency, Role.GOVERNANCE_LEAD) for name, agency in at.items()]


def the_worker_counts() -> None:
    """Do what is owed, in a thread of its own: Django refuses to run beside a browser's loop."""

    def work() -> None:
        try:
            do_what_is_owed()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(work).result()


def test_a_school_sees_what_five_agencies_signed_until_it_is_suspended(committed: str):
    who = cast.assemble()
    family = a_family_the_council_and_the_police_know(who)
    leads = governance_leads(who)
    Practitioner.objects.update(is_demonstration=True, password="!")
    with served.published(committed, DEMONSTRATION="1") as address, served.browsing() as browser:

        def arrives(post: Post, width: int, other_width: int | None):
            return sits_down_as_persona(browser, address, post.practitioner.name, width, other_width)

        dev, gita = arrives(who.dev, PHONE, DESK), arrives(who.gita, DESK, PHONE)
        following.he_is_shown_nothing(dev, family)

        agreement = agreeing.she_writes_the_words(gita)
        agreeing.she_names_the_parties(gita, *(lead.agency.name for lead in leads))
        agreeing.she_says_what_it_is_for_and_which_law_carries_it(gita)
        agreeing.she_adds_a_clause(gita, "Marlbeck Constabulary", "Concern report")
        agreeing.she_adds_a_clause(gita, "Marlbeck Early Help", "Name, date of birth", "Household, relationships")
        agreeing.she_reads_the_matrix(gita)
        agreeing.she_keeps_the_examples_her_clauses_suggest(gita)
        agreeing.she_writes_one_that_does_not_hold_and_takes_it_out(gita, "Marlbeck Constabulary")
        predicted = (
            "Oak Green Primary would see 5 records: name, date of birth and identifiers; concern report; household"
        )
        agreeing.she_counts_what_would_change(gita, "It came into force today", the_worker_counts, predicted)
        agreeing.she_proposes_it(gita)
        agreeing.a_lead_signs_by_typing_their_own_name(gita)
        for lead in leads:
            signing = arrives(lead, DESK, PHONE if lead.agency == who.police else None)
            agreeing.another_partys_lead_finds_it_waiting(signing)
            if lead == leads[-1]:
                following.he_is_shown_nothing(dev, family)
            agreeing.a_lead_signs_by_typing_their_own_name(signing)
        agreeing.it_is_in_force(signing)

        following.he_reads_the_summary_and_not_the_account(dev, family, ACCOUNT)
        following.he_reads_which_clause_opens_it(dev, agreement)
        gita.opens(agreement)
        changed = predicted.replace("would see", "would no longer see")
        agreeing.she_counts_what_would_change(gita, "It was suspended", the_worker_counts, changed)
        following.she_finds_who_looked(gita, family)
        agreeing.she_suspends_it(gita, agreement)
        following.his_very_next_page_shows_nothing(dev)
        following.he_is_shown_nothing(dev, family)
