"""Two people at the hub's desk at the same moment, each on a connection of their own: one wins, nothing is lost."""

import threading
from collections.abc import Callable

from django.db import connection
from django.utils import timezone

from referrals.actions import checking, disagreeing, triaging
from referrals.actions.disagreeing import Against
from referrals.models import AgencyCheck, Contact, ContactEntry, Disagreement, DisagreementRung, GradeChange
from referrals.vocabulary import ContactStep, Urgency
from sharing_agreements.models import Post
from sharing_agreements.refusals import Refused
from sharing_agreements.vocabulary import Purpose, Role
from tests import cast
from tests.conftest import as_web
from tests.referrals.arriving import arrive
from tests.referrals.checking import QUESTION, desk, grade, open_checks
from tests.referrals.disagreeing import decide, receive

Work = Callable[[Contact, Post], object]


def at_once(contact: Contact, works: dict[Post, Work]) -> list[str]:
    """Each reads the contact, waits until the others have, then acts. Answers 'done' or the code of the refusal."""
    ready, answers = threading.Barrier(len(works)), []

    def act(post: Post, work: Work) -> None:
        try:
            with as_web(post, Purpose.TRIAGE):
                read = Contact.objects.select_related("report", "claimed_by", "owner").get(pk=contact.pk)
                ready.wait(20)
                work(read, post)
            answers.append("done")
        except Refused as refused:
            answers.append(refused.refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=pair) for pair in works.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(answers)


def claim(contact: Contact, by: Post) -> None:
    triaging.claim_contact(contact=contact, by=by, now=timezone.now())


def test_of_two_who_claim_at_once_one_has_it_and_the_other_is_refused(committed):
    everybody = cast.assemble()
    for _ in range(5):
        contact = arrive(everybody.cleo, everybody.hub)
        assert at_once(contact, {everybody.hana: claim, everybody.hugo: claim}) == ["claimed_already", "done"]
        contact.refresh_from_db()
        entry = ContactEntry.objects.get(contact=contact, what=ContactStep.CLAIMED)
        assert entry.author == contact.claimed_by


def test_of_two_hand_overs_at_once_one_stands_and_the_other_is_told_to_look_again(committed):
    everybody = cast.assemble()
    third = cast.post("Hilda", everybody.hub, Role.NAVIGATOR)
    contact = arrive(everybody.cleo, everybody.hub)

    def give_to(to: Post) -> Work:
        return lambda held, by: triaging.hand_over_contact(
            contact=held, to=to, note=f"For {to.pk}", version=contact.version, by=by, now=timezone.now()
        )

    works = {everybody.hana: give_to(everybody.hugo), everybody.hugo: give_to(third)}
    assert at_once(contact, works) == ["contact_changed", "done"]
    contact.refresh_from_db()
    assert ContactEntry.objects.get(contact=contact, what=ContactStep.HANDED_OVER).to == contact.claimed_by


def test_a_grade_and_a_question_to_an_agency_at_once_do_not_both_rest_on_what_was_read(committed):
    everybody = cast.assemble()
    cast.post("Hetty", everybody.health, Role.MANAGER)
    contact = arrive(everybody.cleo, everybody.hub)
    grade(contact, everybody.hana)
    open_checks(contact, everybody.hugo)
    contact.refresh_from_db()
    child = contact.report.children.get().person_id
    assert child

    def make_blue(held: Contact, by: Post) -> None:
        triaging.grade_contact(
            contact=held, urgency=Urgency.BLUE, reason="No worry.", version=contact.version, by=by, now=timezone.now()
        )

    def ask(held: Contact, by: Post) -> None:
        checking.ask_agencies(
            contact=held,
            desks=[desk(held, everybody.health)],
            people=[checking.Named(child, "Jo Smith", "", is_child=True)],
            wording=QUESTION,
            version=contact.version,
            by=by,
            now=timezone.now(),
        )

    assert at_once(contact, {everybody.hana: make_blue, everybody.hugo: ask}) == ["contact_changed", "done"]
    blue, asked = GradeChange.objects.filter(after=Urgency.BLUE), AgencyCheck.objects.filter(contact=contact)
    assert blue.count() + asked.count() == 1


def test_of_two_first_disagreements_at_once_one_begins_the_ladder_and_the_other_stands_beside_it(committed):
    everybody = cast.assemble()
    mona = cast.post("Mona", everybody.hub, Role.MANAGER)
    for _ in range(5):
        contact = arrive(everybody.cleo, everybody.hub)
        decide(contact, everybody.hana)
        child = contact.report.children.get()
        against = Against("Nobody saw the bruises.", may_harm=True)
        with as_web(everybody.cleo, Purpose.REPORTING):
            first = disagreeing.disagree(child=child, against=against, by=everybody.cleo, now=timezone.now())
        with as_web(mona, Purpose.TRIAGE):
            told = {"child": child, "contact": contact, "against": against}
            second = disagreeing.disagree_at_hub(**told, by=mona, now=timezone.now())
        ready = threading.Barrier(2)

        def work(said: Disagreement, ready: threading.Barrier = ready) -> None:
            try:
                ready.wait(20)
                receive(said)
            finally:
                connection.close()

        threads = [threading.Thread(target=work, args=(said,)) for said in (first, second)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        rungs = DisagreementRung.objects.filter(decision__reported_child=child)
        assert rungs.filter(joins=None).count() == 1
        assert {rung.disagreement_id for rung in rungs} == {first.pk, second.pk}
