"""Whoever is to receive a child who was stepped up is told, until they say that they have them."""

import datetime

import pytest
from django.utils import timezone

from cases.models import StepUp, StepUpAnswer
from sharing_agreements.actions import facts
from sharing_agreements.models import Conflict
from sharing_agreements.rules.mail import Waiting
from sharing_agreements.vocabulary import AgencyType, Role
from tests import cast
from tests.telling import waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def everybody():
    return cast.assemble()


@pytest.fixture
def care(everybody):
    """Social care: Cora coordinates, Mark manages, Tim is of a team; Nell manages elsewhere, Old has left."""
    service = cast.agency("Marlbeck Children's Services", AgencyType.SOCIAL_CARE)
    roles = {"Cora": Role.COORDINATOR, "Mark": Role.MANAGER, "Tim": Role.TEAM_MEMBER}
    posts = [cast.post(name, service, role) for name, role in roles.items()]
    left = cast.post("Old", service, Role.MANAGER, ends_on=cast.yesterday())
    return service, [*posts, left, cast.post("Nell", everybody.health, Role.MANAGER)]


AT = [cast.SIGNED_AT + datetime.timedelta(hours=hours) for hours in (3, 6, 9)]
"""When a child was stepped up, and two moments at which something was said of it."""


def stepped_up(everybody, service, *said: str) -> StepUp:
    """Early help hands a child to social care, and then this is said of it."""
    row = {"owner": everybody.early_help, "author": everybody.eddie.practitioner, "happened_on": cast.today()}
    up = StepUp.objects.create(
        **row, person=cast.person(), sent_to=service, reason="Hurt", due_at=AT[0], recorded_at=AT[0]
    )
    receipt = {"named_person": "Sam Shaw", "their_reference": "SC-7", "reason": "Said so"}
    for moment, result in zip(AT[1:], said, strict=False):
        StepUpAnswer.objects.create(**row, step_up=up, result=result, **receipt, answered_at=moment)
    return up


@pytest.mark.parametrize(
    ("said", "who", "since"),
    [
        ([], ["Cora", "Mark"], AT[0]),
        (["received"], [], None),
        (["withdrawn"], [], None),
        (["not_accepted"], ["Eddie"], AT[1]),
        (["not_accepted", "disputed"], ["Cora", "Mark"], AT[2]),
        (["not_accepted", "received"], [], None),
        (["not_accepted", "withdrawn"], [], None),
        (["disputed", "not_accepted"], ["Eddie"], AT[2]),
    ],
)
def test_it_waits_for_those_who_receive_until_they_answer_and_for_the_sender_after_a_no(
    everybody, care, said, who, since
):
    service, _posts = care
    stepped_up(everybody, service, *said)
    assert waiting() == dict.fromkeys(who, Waiting(since, since))


def test_of_several_children_the_newest_counts_and_each_by_what_was_said_of_it(everybody, care):
    service, _posts = care
    stepped_up(everybody, service, "not_accepted", "received")
    stepped_up(everybody, service)
    assert waiting() == dict.fromkeys(["Cora", "Mark"], Waiting(AT[0], AT[0]))
    stepped_up(everybody, service, "not_accepted", "disputed")
    assert waiting() == dict.fromkeys(["Cora", "Mark"], Waiting(AT[2], AT[2]))


def test_somebody_elses_conflict_and_ones_own_with_another_keep_nothing_from_anybody(everybody, care):
    service, posts = care
    up = stepped_up(everybody, service)
    Conflict.objects.create(practitioner=posts[2].practitioner, person=up.person, declared_at=timezone.now())
    Conflict.objects.create(practitioner=posts[0].practitioner, person=cast.person(), declared_at=timezone.now())
    assert set(waiting()) == {"Cora", "Mark"}


def test_of_a_step_up_closed_to_somebody_they_are_told_nothing(everybody, care):
    service, posts = care
    up = stepped_up(everybody, service)
    facts.restrict(person=up.person_id, why="named in an inquiry")
    assert waiting() == {}
    up.refresh_from_db()
    StepUp.objects.filter(pk=up.pk).update(restricted=1, allowed=[posts[0].practitioner.no])
    assert set(waiting()) == {"Cora"}
    Conflict.objects.create(practitioner=posts[0].practitioner, person=up.person, declared_at=timezone.now())
    assert waiting() == {}
