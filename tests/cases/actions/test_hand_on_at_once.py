"""Two managers hand the same families on at the same moment, each on their own connection: nobody is asked twice."""

import threading

from django.db import connection

from cases import refusals
from cases.actions import leading
from cases.models import LeadAssignment
from cases.vocabulary import AssignmentWhy
from sharing_agreements.models import Post
from sharing_agreements.vocabulary import Purpose, Role
from tests import cast
from tests.conftest import as_web
from tests.factories import cases as factory


def hand_on_at_once(homes: list[factory.Household], asked: dict[Post, Post]) -> dict[Post, dict]:
    """Each manager asks their own person for every family once all are ready; gives what each was refused."""
    ready, answers = threading.Barrier(len(asked)), {}

    def act(manager: Post, to: Post) -> None:
        try:
            asks = [leading.NextLead(home.case, to.practitioner, to.agency, "The story so far") for home in homes]
            ready.wait(20)
            with as_web(manager, Purpose.EARLY_HELP):
                told = {"why": AssignmentWhy.HANDOVER, "by": manager, "now": factory.now()}
                answers[manager] = leading.hand_on(asks=asks, **told)
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=pair) for pair in asked.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def waiting() -> list[tuple]:
    return list(LeadAssignment.objects.filter(answer__isnull=True).values_list("case_id", "practitioner__name"))


def test_of_two_who_hand_the_same_families_on_one_is_heard_and_the_other_is_told(committed):
    everybody = cast.assemble()
    eve = cast.post("Eve", everybody.early_help, Role.MANAGER)
    erin = cast.post("Erin", everybody.early_help, Role.LEAD_PRACTITIONER)
    homes = [factory.plan_active(everybody, everybody.eddie, children=1) for _ in range(2)]
    answers = hand_on_at_once(homes, {everybody.esi: everybody.amira, eve: erin})
    heard, told = sorted(answers.values(), key=len)
    assert heard == {}
    assert told == {home.case.pk: refusals.ASKED_ALREADY for home in homes}
    chosen = {name for _, name in waiting()}
    assert len(waiting()) == 2
    assert chosen == ({"Amira"} if answers[everybody.esi] == {} else {"Erin"})


def test_the_same_sent_twice_at_once_asks_once_and_refuses_nothing(committed):
    everybody = cast.assemble()
    eve = cast.post("Eve", everybody.early_help, Role.MANAGER)
    home = factory.plan_active(everybody, everybody.eddie, children=1)
    answers = hand_on_at_once([home], {everybody.esi: everybody.amira, eve: everybody.amira})
    assert list(answers.values()) == [{}, {}]
    assert waiting() == [(home.case.pk, "Amira")]
