"""Requests for sharing: who writes one, reads it, answers it, and to whom one climbs that nobody answers."""

import datetime
from dataclasses import dataclass

import pytest
from django.utils import timezone

from sharing_agreements.models import Agency, AgreementRequest, Post, Practitioner
from sharing_agreements.vocabulary import AgencyType, RequestState, Role
from tests import cast
from tests.factories.agreements import request_for_sharing
from tests.sharing_agreements.asking import REFUSED, adds, asks, changes, reads

pytestmark = pytest.mark.django_db


@dataclass
class Scene:
    """A school asks the police; the hub and a health trust have nothing to do with it."""

    school: Agency
    police: Agency
    hub: Agency
    health: Agency
    amira: Post
    """Who asks."""

    def request(self, **more) -> AgreementRequest:
        """As Amira writes it."""
        return request_for_sharing(self.amira, self.police, **more)

    def due(self, days_ago: int, **more) -> AgreementRequest:
        """One whose last day was so many days ago."""
        return self.request(due_on=cast.today() - datetime.timedelta(days=days_ago), **more)


@pytest.fixture
def scene():
    school = cast.agency("Quarry Hill Primary", AgencyType.SCHOOL)
    police = cast.agency("Marlbeck Constabulary", AgencyType.POLICE)
    return Scene(
        school=school,
        police=police,
        hub=cast.agency("Marlbeck MASH", AgencyType.HUB, host=police, controller="Marlbeck Council"),
        health=cast.agency("Marlbeck Community Health", AgencyType.COMMUNITY_HEALTH),
        amira=cast.post("Amira", school, Role.TEAM_MEMBER),
    )


def answered(by: Post) -> dict:
    return {"state": RequestState.REFUSED, "answered_by": by.practitioner, "answered_at": timezone.now()}


@pytest.mark.parametrize("role", Role)
def test_it_is_read_by_who_asked_and_by_the_governance_leads_of_both_agencies(scene, role):
    scene.request().save()
    leads = role == "governance_lead"
    assert reads(scene.amira, AgreementRequest) == 1
    for agency in (scene.school, scene.police):
        post = cast.post(f"P{agency.no}", agency, role)
        assert reads(post, AgreementRequest) == leads
        assert changes(post, AgreementRequest, answer="No", answered_by=post.practitioner) == leads
    assert reads("eh_web", AgreementRequest) == 0


@pytest.mark.parametrize("at", ["school", "police"])
@pytest.mark.parametrize(
    ("held", "holds"),
    [
        ({}, True),
        ({"starts_on": cast.today}, True),
        ({"starts_on": cast.tomorrow}, False),
        ({"ends_on": cast.today}, True),
        ({"ends_on": cast.yesterday}, False),
    ],
)
def test_where_neither_agency_has_a_governance_lead_today_every_one_reads_and_answers_it(scene, at, held, holds):
    scene.request().save()
    elsewhere = cast.post("Hal", scene.health, Role.GOVERNANCE_LEAD)
    for agency in (scene.school, scene.police):
        cast.post(f"P{agency.no}", agency, Role.MANAGER)
    assert reads(elsewhere, AgreementRequest) == 1
    cast.post("Gita", getattr(scene, at), Role.GOVERNANCE_LEAD, **cast.said_today(held))
    assert reads(elsewhere, AgreementRequest) == (not holds)
    answer = {"answer": "No", "answered_by": elsewhere.practitioner}
    assert changes(elsewhere, AgreementRequest, **answer) == (not holds)
    assert [reads(who, AgreementRequest) for who in ("eh_web", cast.post("Ben", scene.health, Role.MANAGER))] == [0, 0]


def test_a_lead_who_can_no_longer_sign_in_keeps_no_request_from_the_others(scene):
    scene.request().save()
    elsewhere, gone = (cast.post(f"L{at.no}", at, Role.GOVERNANCE_LEAD) for at in (scene.health, scene.police))
    assert reads(elsewhere, AgreementRequest) == 0
    Practitioner.objects.filter(pk=gone.practitioner_id).update(is_active=False)
    assert reads(elsewhere, AgreementRequest) == 1


def test_one_asks_for_the_own_agency_in_the_own_name_and_leaves_the_answer_open(scene):
    lead = cast.post("Gita", scene.school, Role.GOVERNANCE_LEAD)
    assert adds(scene.amira, scene.request()) == 1
    assert adds(scene.amira, scene.request(asked_by=lead.practitioner)) == REFUSED
    assert adds(scene.amira, scene.request(agency=scene.health)) == REFUSED
    assert adds(scene.amira, scene.request(**answered(lead))) == REFUSED
    for who in (lead, "eh_web"):
        assert adds(who, scene.request()) == REFUSED
        assert adds(who, scene.request(answered_by=lead.practitioner)) == REFUSED


def test_an_answer_is_given_in_the_own_name_even_by_who_asked(scene):
    lead, other = (cast.post(name, scene.school, Role.GOVERNANCE_LEAD) for name in ("Gita", "Gus"))
    scene.request(asked_by=lead.practitioner).save()
    assert changes(lead, AgreementRequest, answer="No") == REFUSED
    assert changes(lead, AgreementRequest, answer="No", answered_by=other.practitioner) == REFUSED
    assert changes(lead, AgreementRequest, answer="No", answered_by=lead.practitioner) == 1
    assert changes(lead, AgreementRequest, why="Another reason", answered_by=lead.practitioner) == REFUSED


READS_FROM = {"police": 8, "hub": 15}
"""The day after the last day to answer on which managers of an agency begin to read it."""


@pytest.mark.parametrize("days", [7, 8, 14, 15])
@pytest.mark.parametrize("at", ["school", "police", "hub", "health"])
def test_one_that_waits_climbs_to_the_managers_of_who_was_asked_and_then_of_the_hub(scene, at, days):
    manager = cast.post("Mo", getattr(scene, at), Role.MANAGER)
    request = scene.due(days)
    request.save()
    assert reads(manager, AgreementRequest) == (days >= READS_FROM.get(at, 1000))
    assert adds(manager, request.__class__(**_again(request))) == REFUSED
    assert changes(manager, AgreementRequest, answered_by=manager.practitioner) == 0
    AgreementRequest.objects.update(**answered(manager))
    assert reads(manager, AgreementRequest) == 0


def _again(request: AgreementRequest) -> dict:
    said = {field.attname: getattr(request, field.attname) for field in request._meta.concrete_fields}
    return {name: value for name, value in said.items() if name != "id"}


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.GOVERNANCE_LEAD}))
@pytest.mark.parametrize("at", ["police", "hub"])
def test_it_climbs_to_no_other_role(scene, at, role):
    scene.due(15).save()
    assert reads(cast.post("Mo", getattr(scene, at), role), AgreementRequest) == (role == "manager")
    assert reads("eh_web", AgreementRequest) == 0


def test_a_hub_that_was_asked_reads_it_as_soon_as_others_would(scene):
    manager = cast.post("Mo", scene.hub, Role.MANAGER)
    scene.due(8, asked=scene.hub).save()
    assert reads(manager, AgreementRequest) == 1


def test_where_nobody_acts_both_questions_are_answered_with_no(scene):
    given = [scene.school.pk, scene.police.pk]
    assert asks("eh_web", "select where gate.looks_after(%s, %s) is false", given) == 1
    assert asks("eh_web", "select where gate.climbed_to_me('waiting', '2020-01-01', %s) is false", given[:1]) == 1
