"""What each role reads, adds and changes where rows have rules of their own: asked of the database, not the program.

Every attempt is made under the login it is about and undone again.
"""

from itertools import product
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from cases.models import (
    AssessmentForm,
    Case,
    LiftedNotSafeToTell,
    NotSafeToTell,
    RetentionAnswer,
    RetentionReview,
    Service,
    Threshold,
    ThresholdTrial,
    UncheckedService,
)
from sharing_agreements.models import Person
from sharing_agreements.vocabulary import AgencyType, Kind, Level, Purpose, Role
from tests import cast
from tests.conftest import as_login, as_web, as_worker

pytestmark = pytest.mark.django_db

NOW = cast.SIGNED_AT
HUB = {"decision_maker", "navigator", "emergency_duty"}
SETS = {"coordinator", "manager", "administrator"}


class Undone(Exception):
    """Takes back what was tried."""


def may(attempt) -> bool:
    """Whether rows come of it: row security neither refuses nor finds nothing to change."""
    done = False
    try:
        with transaction.atomic():
            done = bool(attempt())
            raise Undone
    except Undone:
        return done
    except DatabaseError as error:
        if "row-level security" in str(error):
            return False
        raise


@pytest.fixture
def here():
    """One post at the early help service, one at a school and one at the hub; their roles are set as asked."""
    early_help = cast.agency("Marlbeck Early Help", AgencyType.EARLY_HELP)
    agencies = {
        "early_help": early_help,
        "school": cast.agency("Quarry Hill Primary", AgencyType.SCHOOL),
        "hub": cast.agency("Marlbeck MASH", AgencyType.HUB, host=early_help, controller="Marlbeck Council"),
    }
    return SimpleNamespace(**{name: cast.post(name, at, Role.MANAGER) for name, at in agencies.items()})


def as_role(post, role: str):
    post.role = role
    return as_web(post, Purpose.EARLY_HELP)


def test_the_numbers_of_the_watch_are_read_by_all_and_set_by_coordinators_managers_and_administrators(here):
    for role in Role:
        with as_role(here.school, role):
            assert may(Threshold.objects.exists)
            assert may(lambda: Threshold.objects.update(days=3)) == (role in SETS), role
    with as_worker("watch_cases"):
        assert may(Threshold.objects.exists)


def trial(who, **more) -> ThresholdTrial:
    numbers = {"rule": "silent", "is_on": True, "days": 1, "climbs_after": 1, "asked_at": NOW}
    return ThresholdTrial(practitioner_id=who.practitioner_id, **numbers | more)


def test_other_numbers_are_tried_for_oneself_by_who_may_set_them_and_counted_by_the_watch_alone(here):
    for role, who, counted in product(Role, (here.school, here.hub), (None, NOW)):
        with as_role(here.school, role):
            new = trial(who, counted_at=counted)
            done = may(lambda new=new: new.save(force_insert=True) or True)
            assert done == (role in SETS and who is here.school and counted is None), (role, who, counted)
    for job, counts in (("watch_cases", True), ("list_retention", False)):
        trial(here.school).save()
        with as_worker(job):
            assert may(ThresholdTrial.objects.exists) == counts
            assert may(lambda: ThresholdTrial.objects.update(counted_at=NOW, lines=[])) == counts


def test_a_trial_is_read_by_whoever_asked(here):
    trial(here.school).save()
    for post in (here.school, here.hub):
        with as_web(post, Purpose.OVERSIGHT):
            assert may(ThresholdTrial.objects.exists) == (post is here.school)


def test_the_form_is_read_by_who_acts_and_versions_are_added_by_administrators_and_early_help_managers(here):
    AssessmentForm.objects.create(version=2, sections=[], why="Sleep", made_at=NOW, made_by=here.hub.practitioner)
    for role, post in product(Role, (here.early_help, here.school)):
        new = AssessmentForm(version=3, sections=[], why="Pets", made_at=NOW, made_by_id=post.practitioner_id)
        keeps = role == "administrator" or (role == "manager" and post is here.early_help)
        with as_role(post, role):
            assert may(AssessmentForm.objects.exists)
            assert may(lambda new=new: new.save(force_insert=True) or True) == keeps, (role, post)
    with as_login("eh_web"):
        assert not may(AssessmentForm.objects.exists)


def test_the_directory_is_read_by_who_acts_and_kept_by_its_keepers(here):
    sleep = Service.objects.create(their_id="s-1", name="Sleep clinic", imported_at=NOW)
    UncheckedService.objects.create(service=sleep, raised_on=cast.today())
    new = Service(their_id="s-2", name="Play group", imported_at=NOW)
    attempts = (
        lambda: new.save(force_insert=True) or True,
        lambda: Service.objects.update(name="Sleep"),
        lambda: UncheckedService.objects.update(cleared_at=NOW),
    )
    for role, post in product(Role, (here.early_help, here.school)):
        keeps = role in {"administrator", "coordinator"} or (role == "manager" and post is here.early_help)
        with as_role(post, role):
            assert may(Service.objects.exists) and may(UncheckedService.objects.exists)
            assert [may(attempt) for attempt in attempts] == [keeps] * 3, (role, post)
    with as_login("eh_web"):
        assert [may(Service.objects.exists), may(UncheckedService.objects.exists)] == [False, False]
        assert [may(attempt) for attempt in attempts] == [False] * 3
        with connection.cursor() as cursor:
            cursor.execute("select gate.keeps_directory()")
            assert cursor.fetchone() == (False,)


def test_only_roles_of_the_hub_say_that_it_is_safe_to_tell_somebody_again(here):
    person = Person.objects.create().pk
    row = {"owner": here.hub.agency, "author": here.hub.practitioner, "person_id": person, "happened_on": cast.today()}
    marker = NotSafeToTell.objects.create(**row, reason="Rings at night", review_on=cast.today())
    for role in Role:
        new = LiftedNotSafeToTell(**row, marker=marker, reason="Moved")
        with as_role(here.hub, role):
            assert may(lambda new=new: new.save(force_insert=True) or True) == (role in HUB), role


def reviewed(here, **more) -> RetentionReview:
    """A case of the school whose time is over, on the list."""
    row = {"owner": here.school.agency, "author": here.school.practitioner, "happened_on": cast.today()}
    row["person"] = Person.objects.create()
    case = Case.objects.create(**row, reference=f"EH-{uuid4().hex[:6]}", why="Mornings")
    return RetentionReview.objects.create(
        **row, case=case, ended_on=cast.today(), due_on=cast.today(), listed_on=cast.today(), **more
    )


def test_managers_alone_say_what_becomes_of_a_case_whose_time_is_over(here):
    review = reviewed(here)
    row = {"owner": here.school.agency, "person_id": review.person_id, "happened_on": cast.today()}
    for role in Role:
        said = RetentionAnswer(**row, review=review, status="held", reason="A claim")
        with as_role(here.school, role):
            assert may(lambda: RetentionReview.objects.update(status="held")) == (role == "manager"), role
            assert may(lambda said=said: said.save(force_insert=True) or True) == (role == "manager"), role


def test_a_proposal_and_the_yes_to_one_are_the_managers_own(here):
    me, other = here.school.practitioner_id, here.hub.practitioner_id
    review = reviewed(here)
    for status, proposer, second, allowed in (
        ("proposed", me, None, True),
        ("proposed", other, None, False),
        ("marked", other, me, True),
        ("marked", me, other, False),
        ("held", other, None, True),
        ("held", None, other, True),
        ("waiting", me, me, False),
        ("waiting", None, None, False),
    ):
        written = {"status": status, "proposed_by_id": proposer, "agreed_by_id": second}
        with as_role(here.school, "manager"):
            done = may(lambda written=written: RetentionReview.objects.filter(pk=review.pk).update(**written))
        assert done == allowed, written


def test_whoever_receives_where_a_case_was_offered_changes_it_and_nobody_who_only_reads_it(here):
    roles = ["coordinator", "manager", "team_member", *HUB]
    reads = {"provider_type": AgencyType.HUB, "kind": Kind.CASE, "level": Level.SUMMARY, "needs_involvement": False}
    parties = (here.hub.agency, here.early_help.agency, here.school.agency)
    clauses = [reads | {"recipient_type": at.type, "recipient_roles": roles} for at in parties[1:]]
    cast.agreement(*parties, purposes=[Purpose.EARLY_HELP], clauses=clauses)
    person = Person.objects.create()
    row = {"owner": here.hub.agency, "author": here.hub.practitioner, "happened_on": cast.today(), "person": person}
    Case.objects.create(**row, sent_to=here.early_help.agency, reference="EH-1", why="Mornings")
    for role, post in product(roles, (here.early_help, here.school)):
        with as_role(post, role):
            assert may(Case.objects.exists), (role, post)
            changes = post is here.early_help and role != "team_member"
            assert may(lambda: Case.objects.update(lead_wished_for="Sam")) == changes, (role, post)


@pytest.mark.parametrize("login", ["eh_web", "eh_worker"])
def test_a_login_draws_the_next_number_of_a_case(login):
    with as_login(login), connection.cursor() as cursor:
        cursor.execute("select nextval('cases_reference') + 1 = nextval('cases_reference')")
        assert cursor.fetchone() == (True,)
