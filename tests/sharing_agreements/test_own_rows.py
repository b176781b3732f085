"""Small tables that belong to whoever they are about, and the jobs that write them: each door tried from both sides."""

import uuid

import pytest
from django.utils import timezone

from sharing_agreements.models import (
    EmergencyAccess,
    EmergencyNotice,
    Family,
    NameVariant,
    Notification,
    NotificationChoice,
    Person,
    Submission,
    SwitchedOffPack,
)
from sharing_agreements.vocabulary import AgencyType, Role
from tests import cast
from tests.sharing_agreements.asking import NOBODY, REFUSED, adds, changes, reads, removes

pytestmark = pytest.mark.django_db
NOW = timezone.now
TELLS, SENDS, FOLLOWS = "tell_practitioners", "send_notification", "follow_notifications"
OTHER_JOB = "find_repeats"


@pytest.fixture
def police():
    return cast.agency("Marlbeck Constabulary", AgencyType.POLICE)


@pytest.fixture
def cleo(police):
    return cast.post("Cleo", police, Role.REPORTER)


@pytest.fixture
def cyrus(police):
    return cast.post("Cyrus", police, Role.REPORTER)


@pytest.mark.parametrize("anchor", [Person, Family])
def test_whoever_acts_reads_anchors_and_adds_them_linked_to_no_other(cleo, anchor):
    there = anchor.objects.create()
    for who in (cleo, OTHER_JOB):
        assert reads(who, anchor) == 1
        assert adds(who, anchor()) == 1
        assert adds(who, anchor(merged_into=there)) == REFUSED
    for who in NOBODY:
        assert reads(who, anchor) == 0
        assert adds(who, anchor()) == REFUSED
        assert adds(who, anchor(merged_into=there)) == REFUSED


def a_form(post) -> Submission:
    return Submission(practitioner=post.practitioner, key=uuid.uuid4(), body_digest="d", answer="/")


def test_answered_forms_are_their_practitioners_own(cleo, cyrus):
    a_form(cyrus).save()
    assert [reads(who, Submission) for who in (cleo, cyrus)] == [0, 1]
    assert [changes(who, Submission, answer="/there/") for who in (cleo, cyrus)] == [0, 1]
    assert changes(cyrus, Submission, practitioner=cleo.practitioner) == REFUSED
    assert [adds(who, a_form(cyrus)) for who in (cleo, cyrus)] == [REFUSED, 1]
    assert [reads(who, Submission) for who in NOBODY] == [0, REFUSED]


def test_how_often_to_be_told_is_ones_own_choice_and_read_by_the_job_that_tells(cleo, cyrus):
    NotificationChoice.objects.create(practitioner=cyrus.practitioner)
    found = [reads(who, NotificationChoice) for who in (cleo, cyrus, TELLS, SENDS, OTHER_JOB, "eh_worker")]
    assert found == [0, 1, 1, 0, 0, 0]
    assert [changes(who, NotificationChoice, how_often="never") for who in (cleo, cyrus)] == [0, 1]
    for who, whose, answer in ((cleo, cleo, 1), (cyrus, cleo, REFUSED)):
        assert adds(who, NotificationChoice(practitioner=whose.practitioner)) == answer


def an_email(post) -> Notification:
    return Notification(practitioner=post.practitioner, address="a@example.org", urgent=False, made_at=NOW())


def test_emails_are_read_by_whom_they_went_to_and_written_by_three_jobs(cleo, cyrus):
    an_email(cyrus).save()
    assert [reads(who, Notification) for who in (cleo, cyrus, OTHER_JOB, "eh_worker")] == [0, 1, 0, 0]
    for job in (TELLS, SENDS, FOLLOWS):
        assert reads(job, Notification) == 1
        assert adds(job, an_email(cleo)) == 1
        assert changes(job, Notification, sent_at=NOW()) == 1
    assert adds(OTHER_JOB, an_email(cleo)) == REFUSED
    assert changes(OTHER_JOB, Notification, sent_at=NOW()) == 0
    assert adds(cyrus, an_email(cyrus)) == REFUSED


def an_access(post, told=()) -> EmergencyAccess:
    return EmergencyAccess(
        practitioner=post.practitioner,
        post_id=post.pk,
        agency_no=post.agency.no,
        people=[],
        told=list(told),
        reason="Danger",
        started_at=NOW(),
        ends_at=NOW(),
    )


@pytest.mark.parametrize("role", Role)
def test_emergency_access_is_read_by_who_used_it_and_by_who_answers_for_it(police, cleo, role):
    health, housing = cast.agency("Health", AgencyType.COMMUNITY_HEALTH), cast.agency("Homes", AgencyType.HOUSING)
    an_access(cleo, told=[health.no]).save()
    answers = role in {"governance_lead", "manager"}
    assert reads(cleo, EmergencyAccess) == 1
    for agency, is_concerned in ((police, True), (health, True), (housing, False)):
        assert reads(cast.post(f"P{agency.no}", agency, role), EmergencyAccess) == (answers and is_concerned)


def test_one_job_tells_of_emergencies_and_each_reads_what_they_were_told(cleo, cyrus):
    job = "tell_of_emergency"
    access = an_access(cleo)
    access.save()
    assert [reads(who, EmergencyAccess) for who in (job, OTHER_JOB, "eh_worker")] == [1, 0, 0]
    told = {"access": access, "told_at": NOW()}
    assert adds(OTHER_JOB, EmergencyNotice(practitioner=cyrus.practitioner, **told)) == REFUSED
    assert adds(job, EmergencyNotice(practitioner=cyrus.practitioner, **told)) == 1
    EmergencyNotice.objects.create(practitioner=cyrus.practitioner, **told)
    assert [reads(who, EmergencyNotice) for who in (cleo, cyrus, job, OTHER_JOB)] == [0, 1, 1, 0]


@pytest.mark.parametrize("role", Role)
def test_names_that_stand_for_one_another_are_read_by_whoever_acts_and_tended_by_administrators(police, role):
    count = NameVariant.objects.count()
    post = cast.post("Ada", police, role)
    tends = role == "administrator"
    assert reads(post, NameVariant) == count > 0
    assert adds(post, NameVariant(name="tanz", stands_for="constance", why="short")) == (1 if tends else REFUSED)
    assert removes(post, NameVariant) == tends * count
    assert changes(post, NameVariant, why="spelling") == REFUSED
    assert [reads(who, NameVariant) for who in (OTHER_JOB, *NOBODY)] == [count, 0, 0]


@pytest.mark.parametrize("role", Role)
def test_law_is_switched_off_and_on_by_governance_leads_in_their_own_name_and_read_by_all(police, cleo, role):
    SwitchedOffPack.objects.create(pack="uk_gdpr", reason="Not here", switched_by=cleo.practitioner)
    post = cast.post("Gita", police, role)
    leads = role == "governance_lead"
    other = {"pack": "confidentiality", "reason": "Not here"}
    assert [reads(who, SwitchedOffPack) for who in (post, "eh_web")] == [1, 1]
    assert adds(post, SwitchedOffPack(switched_by=post.practitioner, **other)) == (1 if leads else REFUSED)
    assert adds(post, SwitchedOffPack(switched_by=cleo.practitioner, **other)) == REFUSED
    assert removes(post, SwitchedOffPack) == leads
