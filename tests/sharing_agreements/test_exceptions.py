"""Emergency access and the owner's decisions on one record, verb by verb, as the web login."""

import datetime
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from cases.models import Event, EventDetail
from sharing_agreements.models import Address, Conflict, EmergencyAccess, Identity, RecordException
from sharing_agreements.vocabulary import CASEWORK_ROLES, Kind, Purpose, Role
from tests import cast
from tests.cases.web import story
from tests.conftest import as_web

pytestmark = pytest.mark.django_db
WHY = "Child found alone on Mill Lane; nobody answers at home."
DAY = datetime.timedelta(days=1)


@pytest.fixture
def everybody():
    return cast.assemble()


@pytest.fixture
def marsh(everybody):
    return story.marshes(everybody)


def call(verb, *arguments):
    """Call a verb of the gate; the SQLSTATE when it refuses."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"select gate.{verb}({', '.join(['%s'] * len(arguments))})", arguments)
            return cursor.fetchone()[0]
    except DatabaseError as error:
        return f"refused {error.__cause__.pgcode}"


def ada_born():
    return cast.today().replace(year=cast.today().year - 7, day=1)


def open_ada(post, *, name="Ada Marsh", born=None, why=WHY, purpose=Purpose.EARLY_HELP):
    with as_web(post, purpose):
        return call("begin_emergency", None, name, born or ada_born(), why)


def sees(post, model=Identity, purpose=Purpose.EARLY_HELP, **found):
    with as_web(post, purpose):
        return set(model.objects.visible().filter(**found).values_list("pk", flat=True))


def event(by, marsh, kind=Kind.NOTE, **more):
    headline = Event.objects.create(
        **story.written(by, family=marsh.family, person=marsh.ada, **more), kind=kind, title="Visit", source_kind="note"
    )
    EventDetail.objects.create(
        **story.written(by, family=marsh.family, person=marsh.ada, **more), kind=kind, event=headline, text="All of it."
    )
    return headline


@pytest.mark.parametrize("role", list(Role))
def test_roles_that_do_casework_open_a_family_and_no_other_role_does(everybody, marsh, role):
    somebody = cast.post("Sam", everybody.oak_green, role)
    assert sees(somebody) == set()
    opened = open_ada(somebody)
    if role not in CASEWORK_ROLES:
        assert opened == "refused EH403"
        assert sees(somebody) == set()
    else:
        assert len(sees(somebody)) == 4


@pytest.mark.parametrize("why", ["", "   ", "urgent", None])
def test_without_a_reason_in_words_nothing_opens(everybody, marsh, why):
    assert open_ada(everybody.dev, why=why) == "refused 23514"
    assert not EmergencyAccess.objects.exists()


@pytest.mark.parametrize(("name", "days"), [("Ada", 0), ("Marsh", 0), ("Ada March", 0), ("Ada Marsh", 1)])
def test_without_the_full_name_and_the_date_of_birth_nothing_opens(everybody, marsh, name, days):
    assert open_ada(everybody.dev, name=name, born=ada_born() + days * DAY) is None
    assert not EmergencyAccess.objects.exists()
    assert sees(everybody.dev) == set()


def test_case_and_accents_of_the_name_do_not_matter(everybody, marsh):
    assert open_ada(everybody.dev, name="  áda   MARSH ")


def test_it_opens_the_whole_family_and_no_other(everybody, marsh):
    stranger = story.person(everybody.eddie, "Zoe", "Other", ada_born())
    open_ada(everybody.dev)
    shown = sees(everybody.dev)
    assert len(shown) == 4
    assert not Identity.objects.filter(pk__in=shown, person=stranger).exists()


def test_it_ends_by_itself_after_four_hours(everybody, marsh):
    made = EmergencyAccess.objects.get(pk=open_ada(everybody.dev))
    assert made.ends_at - made.started_at == datetime.timedelta(hours=4)
    assert len(sees(everybody.dev)) == 4
    hours = datetime.timedelta(hours=4)
    EmergencyAccess.objects.update(started_at=made.started_at - hours, ends_at=made.ends_at - hours)
    assert sees(everybody.dev) == set()


def test_it_ends_at_once_by_whoever_opened_it_and_nobody_else(everybody, marsh):
    opened = open_ada(everybody.dev)
    with as_web(everybody.gita, Purpose.GOVERNANCE):
        assert call("end_emergency", opened) == "refused EH403"
    with as_web(everybody.dev, Purpose.EARLY_HELP):
        assert Identity.objects.visible().count() == 4
        call("end_emergency", opened)
        assert Identity.objects.visible().count() == 0
        assert call("end_emergency", opened) == "refused EH403"


def test_it_holds_under_the_post_it_was_opened_under_only(everybody, marsh):
    other = everybody.dev.practitioner.posts.create(
        agency=everybody.housing, role=Role.TEAM_MEMBER, starts_on=cast.LONG_AGO
    )
    open_ada(everybody.dev)
    assert sees(other) == set()
    assert sees(cast.post("Sam", everybody.oak_green, Role.TEAM_MEMBER)) == set()
    assert len(sees(everybody.dev)) == 4


def test_the_hub_only_box_stays_closed(everybody, marsh):
    shut = event(everybody.hana, marsh, kind=Kind.HUB_ONLY, sent_to=everybody.hub)
    shown = event(everybody.hana, marsh)
    open_ada(everybody.dev)
    assert sees(everybody.dev, Event, pk__in=[shut.pk, shown.pk]) == {shown.pk}
    assert sees(everybody.dev, EventDetail, event__in=[shut.pk, shown.pk]) == {shown.detail.pk}


def test_a_conflict_of_interest_is_not_lifted_and_the_answer_is_that_for_nobody(everybody, marsh):
    with as_web(everybody.dev, Purpose.OWN_ACCOUNT):
        for one in (marsh.ada, marsh.joe, marsh.kate, marsh.lee):
            Conflict.objects.create(
                practitioner=everybody.dev.practitioner, person=one, declared_at=story.timezone.now()
            )
    assert open_ada(everybody.dev) is None
    assert sees(everybody.dev) == set()


def test_a_conflict_with_one_person_closes_what_is_about_them(everybody, marsh):
    Conflict.objects.create(
        practitioner=everybody.dev.practitioner, person=marsh.kate, declared_at=story.timezone.now()
    )
    open_ada(everybody.dev)
    assert Identity.objects.get(person=marsh.kate).pk not in sees(everybody.dev)
    assert len(sees(everybody.dev)) == 3


def restrict(person, verb="restrict_person"):
    assert call(verb, person.pk, *(["Colleague's family"] if verb == "restrict_person" else [])) in (None, "")


def test_a_restricted_child_is_answered_as_nobody(everybody, marsh):
    for one in (marsh.ada, marsh.joe, marsh.kate, marsh.lee):
        restrict(one)
    assert open_ada(everybody.dev) is None
    assert open_ada(everybody.dev, name="Nobody Atall") is None
    assert not EmergencyAccess.objects.exists()


def test_a_restricted_sibling_stays_closed(everybody, marsh):
    restrict(marsh.joe)
    opened = open_ada(everybody.dev)
    assert marsh.joe.pk not in EmergencyAccess.objects.get(pk=opened).people
    assert Identity.objects.get(person=marsh.joe).pk not in sees(everybody.dev)


def test_a_hidden_address_stays_closed(everybody, marsh):
    home = Address.objects.create(
        **story.written(everybody.eddie, person=marsh.ada, family=marsh.family), line="1 Mill Lane"
    )
    open_ada(everybody.dev)
    assert sees(everybody.dev, Address) == {home.pk}
    restrict(marsh.ada, "hide_address")
    assert sees(everybody.dev, Address) == set()


def test_a_name_withheld_from_the_agency_finds_nobody(everybody, marsh):
    Identity.objects.filter(person=marsh.ada).update(hidden_from=[everybody.oak_green.no])
    assert open_ada(everybody.dev) is None
    assert open_ada(everybody.ben)


def test_only_the_people_concerned_read_that_it_happened(everybody, marsh):
    event(everybody.ben, marsh)
    opened = open_ada(everybody.dev)
    told = set(EmergencyAccess.objects.get(pk=opened).told)
    assert told == {everybody.early_help.no, everybody.health.no}
    theirs = cast.post("Gus", everybody.health, Role.GOVERNANCE_LEAD)
    own = cast.post("Olu", everybody.oak_green, Role.GOVERNANCE_LEAD)
    elsewhere = cast.post("Gwen", everybody.police, Role.GOVERNANCE_LEAD)
    colleague = cast.post("Sam", everybody.oak_green, Role.TEAM_MEMBER)
    concerned = [everybody.dev, everybody.gita, everybody.esi, theirs, own]
    for post, reads in [*((one, 1) for one in concerned), (elsewhere, 0), (colleague, 0)]:
        with as_web(post, Purpose.GOVERNANCE):
            assert EmergencyAccess.objects.count() == reads, post


def test_a_governance_lead_concerned_reviews_it_once_and_nobody_their_own(everybody, marsh):
    opened = open_ada(everybody.dev)
    lead = {"dev": everybody.oak_green, "police": everybody.police}
    elsewhere = cast.post("Gwen", lead["police"], Role.GOVERNANCE_LEAD)
    self_too = everybody.dev.practitioner.posts.create(
        agency=everybody.oak_green, role=Role.GOVERNANCE_LEAD, starts_on=cast.LONG_AGO
    )
    words = "The officer had to know who to ring."

    def review(post, outcome="justified", said=words):
        with as_web(post, Purpose.GOVERNANCE):
            return call("review_emergency", opened, outcome, said)

    for post in (elsewhere, self_too, everybody.esi, everybody.dev):
        assert review(post) == "refused EH403", post
    assert review(everybody.gita, said="ok") == "refused 23514"
    assert review(everybody.gita, outcome="fine") == "refused 23514"
    assert review(everybody.gita) == ""
    assert review(everybody.gita) == "refused EH403"
    done = EmergencyAccess.objects.get(pk=opened)
    assert (done.outcome, done.review_words, done.reviewed_by) == ("justified", words, everybody.gita.practitioner)


def test_the_web_login_writes_neither_table_itself(everybody, marsh):
    opened = open_ada(everybody.dev)
    with as_web(everybody.dev, Purpose.EARLY_HELP):
        for model, change in [(EmergencyAccess, {"reason": "x"}), (RecordException, {"reason": "x"})]:
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                model.objects.filter(pk=opened).update(**change)
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                model.objects.filter(pk=opened).delete()


def share(post, record, to, *, level="full", until=None, why=WHY, practitioner=None):
    with as_web(post, Purpose.EARLY_HELP):
        return call("share_record", "cases_event", record.pk, to.pk, practitioner, level, until or cast.today(), why)


def withhold(post, record, other, why=WHY):
    with as_web(post, Purpose.EARLY_HELP):
        return call("withhold_record", "cases_event", record.pk, other.pk, why)


def end(post, record, other, verb):
    with as_web(post, Purpose.EARLY_HELP):
        return call("end_exceptions", "cases_event", record.pk, other.pk, verb)


@pytest.fixture
def housing(everybody):
    return cast.post("Hal", everybody.housing, Role.MANAGER)


def test_a_record_shared_at_a_level_shows_that_level_to_that_agency_only(everybody, marsh, housing):
    summary, full = event(everybody.eddie, marsh), event(everybody.eddie, marsh)
    assert share(everybody.eddie, summary, everybody.housing, level="summary") == ""
    assert share(everybody.eddie, full, everybody.housing) == ""
    assert sees(housing, Event) == {summary.pk, full.pk}
    assert sees(housing, EventDetail) == {full.detail.pk}
    assert sees(cast.post("Hil", everybody.housing, Role.TEAM_MEMBER), Event) == set()
    assert sees(everybody.dev, Event) == set()


def test_sharing_again_replaces_what_was_decided_before(everybody, marsh, housing):
    record = event(everybody.eddie, marsh)
    share(everybody.eddie, record, everybody.housing)
    share(everybody.eddie, record, everybody.housing, level="summary")
    assert sees(housing, Event) == {record.pk}
    assert sees(housing, EventDetail) == set()


def test_a_record_shared_with_one_practitioner_is_theirs_alone(everybody, marsh, housing):
    record = event(everybody.eddie, marsh)
    one = cast.post("Hil", everybody.housing, Role.TEAM_MEMBER)
    share(everybody.eddie, record, everybody.housing, practitioner=one.practitioner_id)
    assert sees(one, Event) == {record.pk}
    assert sees(housing, Event) == set()


def test_a_share_ends_with_its_last_day(everybody, marsh, housing):
    record = event(everybody.eddie, marsh)
    share(everybody.eddie, record, everybody.housing, until=cast.today())
    assert sees(housing, Event) == {record.pk}
    RecordException.objects.update(until=cast.today() - DAY)
    assert sees(housing, Event) == set()


@pytest.mark.parametrize(
    "wrong", [{"until": cast.LONG_AGO}, {"level": "existence"}, {"level": "all"}, {"why": "asked"}, {"why": ""}]
)
def test_a_share_needs_a_reason_a_level_and_a_day_to_come(everybody, marsh, wrong):
    assert share(everybody.eddie, event(everybody.eddie, marsh), everybody.housing, **wrong) == "refused 23514"
    assert not RecordException.objects.exists()


def test_a_record_is_not_shared_within_the_agency_nor_with_none(everybody, marsh):
    record = event(everybody.eddie, marsh)
    assert share(everybody.eddie, record, everybody.early_help) == "refused 23514"
    everybody.housing.pk = uuid4()
    assert share(everybody.eddie, record, everybody.housing) == "refused 23514"


def test_whoever_received_a_record_cannot_pass_it_on_nor_withhold_it(everybody, marsh, housing):
    record = event(everybody.eddie, marsh)
    share(everybody.eddie, record, everybody.housing)
    for post in (housing, everybody.ben):
        assert record.pk in sees(post, Event)
        assert share(post, record, everybody.oak_green) == "refused EH403"
        assert withhold(post, record, everybody.oak_green) == "refused EH403"
        assert end(post, record, everybody.housing, "share") == "refused EH403"


def test_reading_in_an_emergency_gives_nobody_the_right_to_pass_on(everybody, marsh):
    record = event(everybody.ben, marsh)
    colleague = cast.post("Bo", everybody.health, Role.TEAM_MEMBER)
    open_ada(colleague)
    assert record.pk in sees(colleague, Event)
    assert share(colleague, record, everybody.oak_green) == "refused EH403"
    assert withhold(colleague, record, everybody.oak_green) == "refused EH403"


def test_a_colleague_who_cannot_read_a_record_decides_nothing_on_it(everybody, marsh):
    record = event(everybody.cleo, marsh)
    assert share(everybody.cyrus, record, everybody.housing) == "refused EH403"
    assert withhold(everybody.cyrus, record, everybody.housing) == "refused EH403"
    assert share(everybody.cleo, record, everybody.housing) == ""


def test_the_hub_only_box_is_never_shared(everybody, marsh):
    record = event(everybody.hana, marsh, kind=Kind.HUB_ONLY, sent_to=everybody.hub)
    assert share(everybody.hana, record, everybody.housing) == "refused EH403"


def test_a_shared_record_stays_closed_where_a_person_is_closed(everybody, marsh, housing):
    record = event(everybody.eddie, marsh)
    share(everybody.eddie, record, everybody.housing)
    Conflict.objects.create(practitioner=housing.practitioner, person=marsh.ada, declared_at=story.timezone.now())
    assert sees(housing, Event) == set()


def test_withholding_hides_headline_and_detail_whatever_agreements_say(everybody, marsh):
    record, other = event(everybody.eddie, marsh), event(everybody.eddie, marsh)
    assert record.pk in sees(everybody.ben, Event)
    assert withhold(everybody.eddie, record, everybody.health) == ""
    assert sees(everybody.ben, Event, pk__in=[record.pk, other.pk]) == {other.pk}
    assert record.detail.pk not in sees(everybody.ben, EventDetail)
    assert record.pk in sees(everybody.eddie, Event)
    assert end(everybody.eddie, record, everybody.health, "withhold") == ""
    assert sees(everybody.ben, Event, pk__in=[record.pk, other.pk]) == {record.pk, other.pk}


def test_a_withheld_record_stays_closed_in_an_emergency_and_when_shared(everybody, marsh):
    record = event(everybody.eddie, marsh)
    withhold(everybody.eddie, record, everybody.oak_green)
    share(everybody.eddie, record, everybody.oak_green, practitioner=everybody.dev.practitioner_id)
    open_ada(everybody.dev)
    assert record.pk not in sees(everybody.dev, Event)


def test_ending_what_was_withheld_does_not_open_what_was_hidden_before(everybody, marsh):
    record = event(everybody.eddie, marsh, hidden_from=[everybody.health.no])
    withhold(everybody.eddie, record, everybody.health)
    end(everybody.eddie, record, everybody.health, "withhold")
    assert record.pk not in sees(everybody.ben, Event)


@pytest.mark.parametrize("why", ["", "no"])
def test_withholding_needs_a_reason_and_another_agency(everybody, marsh, why):
    record = event(everybody.eddie, marsh)
    assert withhold(everybody.eddie, record, everybody.health, why) == "refused 23514"
    assert withhold(everybody.eddie, record, everybody.early_help) == "refused 23514"


def test_ending_a_share_closes_the_record_at_once(everybody, marsh, housing):
    record = event(everybody.eddie, marsh)
    share(everybody.eddie, record, everybody.housing)
    assert end(everybody.eddie, record, everybody.housing, "share") == ""
    assert sees(housing, Event) == set()
    assert RecordException.objects.filter(ended_at__isnull=False).count() == 2


def hand_over(post, marsh, to, until=None, why=WHY):
    with as_web(post, Purpose.EARLY_HELP):
        return call("hand_over_records", marsh.family.pk, to.pk, until or cast.today(), why)


def test_a_hand_over_shows_the_agencys_records_of_the_family_until_its_last_day(everybody, marsh, housing):
    own, theirs = event(everybody.eddie, marsh), event(everybody.ben, marsh)
    assert hand_over(everybody.esi, marsh, everybody.housing) > 0
    assert own.pk in sees(housing, Event)
    assert own.detail.pk in sees(housing, EventDetail)
    assert theirs.pk not in sees(housing, Event)
    RecordException.objects.update(until=cast.today() - DAY)
    assert sees(housing, Event) == set()


def test_a_hand_over_is_taken_back(everybody, marsh, housing):
    hand_over(everybody.esi, marsh, everybody.housing)
    with as_web(everybody.eddie, Purpose.EARLY_HELP):
        assert call("take_back_records", marsh.family.pk, everybody.housing.pk) == "refused EH403"
    with as_web(everybody.esi, Purpose.EARLY_HELP):
        assert call("take_back_records", marsh.family.pk, everybody.housing.pk) > 0
    assert sees(housing, Event) == set()


def test_a_manager_or_coordinator_hands_over_and_nobody_else(everybody, marsh):
    coordinator = cast.post("Col", everybody.early_help, Role.COORDINATOR)
    for post in (everybody.eddie, everybody.hana, everybody.gita, everybody.ben):
        assert hand_over(post, marsh, everybody.housing) == "refused EH403", post
    assert hand_over(coordinator, marsh, everybody.housing) > 0
    for wrong in ({"why": ""}, {"until": cast.LONG_AGO}, {"to": everybody.early_help}):
        assert hand_over(everybody.esi, marsh, **{"to": everybody.housing, **wrong}) == "refused 23514"


def test_the_hub_only_box_and_closed_people_are_not_handed_over(everybody, marsh, housing):
    manager = cast.post("Mia", everybody.hub, Role.MANAGER)
    shut = event(everybody.hana, marsh, kind=Kind.HUB_ONLY, sent_to=everybody.hub)
    shown = event(everybody.hana, marsh)
    hand_over(manager, marsh, everybody.housing)
    assert sees(housing, Event, pk__in=[shut.pk, shown.pk]) == {shown.pk}


def declare(post, name, born=None, why="She is my sister's child."):
    with as_web(post, Purpose.OWN_ACCOUNT):
        return call("declare_conflict", name, born or ada_born(), why)


def test_a_declared_connection_closes_the_person_and_says_the_same_for_nobody(everybody, marsh):
    record = Identity.objects.get(person=marsh.ada).pk
    assert record in sees(everybody.ben)
    assert declare(everybody.ben, "Ada Marsh", why="") == "refused 23514"
    assert declare(everybody.ben, "Ada Marsh") == declare(everybody.ben, "Nobody Atall") == ""
    assert record not in sees(everybody.ben)
    declare(everybody.ben, "ada marsh")
    assert Conflict.objects.count() == 1
    assert record in sees(everybody.eddie)


def test_decisions_on_a_record_are_read_by_the_agency_whose_it_is(everybody, marsh, housing):
    share(everybody.eddie, event(everybody.eddie, marsh), everybody.housing)
    for post, reads in [
        (everybody.eddie, 2),
        (everybody.esi, 2),
        (everybody.gita, 2),
        (housing, 0),
        (everybody.ben, 0),
    ]:
        with as_web(post, Purpose.EARLY_HELP):
            assert RecordException.objects.count() == reads, post
