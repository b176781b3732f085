"""What is written of records, links and record systems: which posts read which rows of it."""

import pytest
from django.utils import timezone

from sharing_agreements.models import (
    Identity,
    Person,
    PersonLink,
    Post,
    RecordException,
    RecordSystem,
    SystemKey,
)
from sharing_agreements.vocabulary import AgencyType, Role
from tests import cast
from tests.sharing_agreements.asking import reads

pytestmark = pytest.mark.django_db
RECEIVES = {"decision_maker", "navigator", "emergency_duty", "coordinator", "manager"}


@pytest.fixture
def police():
    return cast.agency("Marlbeck Constabulary", AgencyType.POLICE)


@pytest.fixture
def hub(police):
    return cast.agency("Marlbeck MASH", AgencyType.HUB, host=police, controller="Marlbeck Council")


@pytest.mark.parametrize("role", Role)
def test_what_an_agency_decided_on_a_record_is_read_there_by_who_receives_leads_or_decided_it(police, hub, role):
    maker = cast.post("Tina", police, Role.TEAM_MEMBER)
    RecordException.objects.create(
        verb="share",
        table_name="sharing_agreements_identity",
        record_id=Person.objects.create().pk,
        owner_no=police.no,
        agency=hub,
        level="summary",
        reason="Asked",
        made_by=maker.practitioner,
        made_at=timezone.now(),
    )
    here, there = cast.post("Pam", police, role), cast.post("Hal", hub, role)
    assert reads(maker, RecordException) == 1
    assert reads(here, RecordException) == (role in RECEIVES | {"governance_lead"})
    assert reads(there, RecordException) == 0
    moved_on = Post.objects.create(
        practitioner=maker.practitioner, agency=hub, role=Role.TEAM_MEMBER, starts_on=cast.LONG_AGO
    )
    assert reads(moved_on, RecordException) == 0


@pytest.fixture
def link():
    said, kept = Person.objects.create(), Person.objects.create()
    return PersonLink.objects.create(said=said, kept=kept, moved=said, into=kept, linked_at=timezone.now())


def account_of(person: Person, by: Post) -> None:
    Identity.objects.create(owner=by.agency, author=by.practitioner, person=person, happened_on=cast.today())


@pytest.mark.parametrize("role", Role)
def test_a_link_is_read_by_hub_roles_and_managers(hub, link, role):
    post = cast.post("Hana", hub, role)
    for person in (link.said, link.kept):
        account_of(person, post)
    assert reads(post, PersonLink) == (role in RECEIVES - {"coordinator"})


@pytest.mark.parametrize(("of_said", "of_kept"), [(True, True), (True, False), (False, True), (False, False)])
def test_a_link_is_read_by_who_may_read_an_account_of_both(hub, police, link, of_said, of_kept):
    hana, cleo = cast.post("Hana", hub, Role.DECISION_MAKER), cast.post("Cleo", police, Role.REPORTER)
    account_of(Person.objects.create(), hana)
    account_of(link.said, hana if of_said else cleo)
    account_of(link.kept, hana if of_kept else cleo)
    assert reads(hana, PersonLink) == (of_said and of_kept)


def a_key(post: Post) -> SystemKey:
    told = {"added_by": post.practitioner, "added_at": timezone.now()}
    system = RecordSystem.objects.create(agency=post.agency, post=post, name=f"System of {post.agency}", **told)
    return SystemKey.objects.create(
        system=system, made_by=post.practitioner, made_at=timezone.now(), expires_on=cast.FAR_OFF
    )


@pytest.mark.parametrize("role", Role)
def test_record_systems_and_their_keys_are_read_by_who_tends_them_at_the_own_agency(hub, police, role):
    own = a_key(cast.post("Niche", police, Role.REPORTER))
    a_key(cast.post("Mosaic", hub, Role.REPORTER))
    post = cast.post("Ada", police, role)
    tends = role in {"administrator", "governance_lead"}
    assert reads(post, RecordSystem) == reads(post, SystemKey) == tends
    assert reads(post, RecordSystem, pk=own.system_id) == reads(post, SystemKey, pk=own.pk) == tends
