"""Who reads a governed row, decided by PostgreSQL alone."""

import datetime
from itertools import product
from uuid import uuid4

import psycopg2
import pytest
from django.contrib.postgres.functions import TransactionNow
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from sharing_agreements.models import (
    Address,
    Agreement,
    Clause,
    Conflict,
    EmergencyAccess,
    Identity,
    Person,
    PersonFacts,
    Post,
    Practitioner,
    RecordException,
    Team,
)
from sharing_agreements.row_security import Principal, identify, signed
from sharing_agreements.vocabulary import AgencyType, Kind, Level, Purpose, Role
from tests import cast, database
from tests.conftest import as_login, as_web, as_worker
from tests.house.test_grants import OWN_ROWS
from tests.sharing_agreements.test_facts import allow

pytestmark = pytest.mark.django_db


@pytest.fixture
def everybody() -> cast.Cast:
    return cast.assemble()


def identity_by(post, person, **more):
    return Identity.objects.create(
        owner=post.agency, author=post.practitioner, person=person, happened_on=cast.today(), given_name="Jo", **more
    )


def seen_by(post, purpose=Purpose.EARLY_HELP):
    with as_web(post, purpose):
        return set(Identity.objects.visible().values_list("pk", flat=True))


def change_facts(verb, *arguments):
    with connection.cursor() as cursor:
        cursor.execute(f"select gate.{verb}({', '.join(['%s'] * len(arguments))})", arguments)


def test_without_a_principal_nobody_sees_anything(everybody):
    identity_by(everybody.cleo, cast.person())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local role eh_web")
        cursor.execute("select count(*) from sharing_agreements_identity")
        assert cursor.fetchone()[0] == 0
        cursor.execute("set local role eh_owner")


@pytest.mark.parametrize(
    ("role", "word", "is_so"),
    [("eh_owner", "on", True), ("eh_owner", "off", False), ("eh_owner", "", False), ("eh_web", "on", False)],
)
def test_maintenance_takes_the_owner_and_the_word(role, word, is_so):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('earlyhelp.maintenance', %s, true)", [word])
        cursor.execute(f"set local role {role}")
        cursor.execute("select gate.in_maintenance()")
        assert cursor.fetchone() == (is_so,)
        cursor.execute("set local role eh_owner; set local earlyhelp.maintenance = 'on'")


SAID = (
    "practitioner_no",
    "practitioner_id",
    "agency_no",
    "team_no",
    "own_agency_kinds",
    "own_team_kinds",
    "own_self",
    "receives",
    "writes",
    "denied_people",
    "emergency_people",
)


def said() -> dict[str, object]:
    """What the gate says of whoever acts."""
    with connection.cursor() as cursor:
        cursor.execute(f"select {', '.join(f'gate.{name}()' for name in SAID)}, gate.shared_records(1)")
        return dict(zip((*SAID, "shared_records"), cursor.fetchone(), strict=True))


def bits(kinds: frozenset[int]) -> int:
    return sum(1 << kind for kind in kinds)


@pytest.mark.parametrize("role", Role)
def test_the_gate_says_of_whoever_acts_what_their_post_says_and_what_their_role_may(role):
    police = cast.agency("Constabulary", AgencyType.POLICE)
    hub = cast.agency("MASH", AgencyType.HUB, host=police, controller="Marlbeck Council")
    agency_kinds, team_kinds, may = OWN_ROWS[role]
    for agency, named, kinds in ((police, "Cleo", agency_kinds - {4}), (hub, "Hana", agency_kinds)):
        team = Team.objects.create(no=agency.no * 10, agency=agency, name="North") if agency == hub else None
        post = cast.post(named, agency, role, team=team)
        with as_web(post, Purpose.EARLY_HELP):
            assert said() == {
                "practitioner_no": post.practitioner.no,
                "practitioner_id": post.practitioner_id,
                "agency_no": agency.no,
                "team_no": team and team.no,
                "own_agency_kinds": bits(kinds),
                "own_team_kinds": bits(team_kinds),
                "own_self": "own" in may,
                "receives": "receives" in may,
                "writes": "writes" in may,
                "denied_people": [],
                "emergency_people": None,
                "shared_records": None,
            }


def test_people_are_closed_to_whoever_is_connected_with_them_now_or_is_one_of_them(everybody):
    mine, was_mine, theirs, myself, another, twin = (cast.person() for _ in range(6))
    Person.objects.filter(pk=twin.pk).update(merged_into=mine)
    me, you = everybody.amira.practitioner, everybody.ben.practitioner
    for who, person, ended in ((me, mine, None), (me, was_mine, cast.SIGNED_AT), (you, theirs, None)):
        Conflict.objects.create(
            practitioner=who, person=person, reason="Cousin", declared_at=cast.SIGNED_AT, ended_at=ended
        )
    Practitioner.objects.filter(pk=me.pk).update(person=myself)
    Practitioner.objects.filter(pk=you.pk).update(person=another)
    for post, closed in (
        (everybody.amira, {mine, twin, myself}),
        (everybody.ben, {theirs, another}),
        (everybody.cleo, set()),
    ):
        with as_web(post, Purpose.EARLY_HELP):
            assert set(said()["denied_people"]) == {person.pk for person in closed}


def test_emergency_access_opens_its_people_to_the_post_that_opened_it_until_it_ends(everybody):
    people = {
        name: cast.person() for name in ("open", "twin", "other post", "other's", "lent", "ended", "over", "ends now")
    }
    Person.objects.filter(pk=people["twin"].pk).update(merged_into=people["open"])
    amira, now = everybody.amira, timezone.now()
    second = cast.post("Ada", everybody.police, Role.MANAGER)
    Post.objects.filter(pk=second.pk).update(practitioner=amira.practitioner)
    for name, by, post, minutes, ended in (
        ("open", amira, amira, 5, None),
        ("other post", amira, second, 5, None),
        ("other's", everybody.ben, everybody.ben, 5, None),
        ("lent", everybody.ben, amira, 5, None),
        ("ended", amira, amira, 5, now),
        ("over", amira, amira, -1, None),
        ("ends now", amira, amira, 5, None),
    ):
        EmergencyAccess.objects.create(
            practitioner=by.practitioner,
            post_id=post.pk,
            agency_no=1,
            people=[people[name].pk],
            told=[],
            reason="Danger",
            started_at=now - datetime.timedelta(hours=1),
            ends_at=now + datetime.timedelta(minutes=minutes),
            ended_at=ended,
        )
    EmergencyAccess.objects.filter(people=[people["ends now"].pk]).update(ends_at=TransactionNow())
    with as_web(amira, Purpose.EARLY_HELP):
        assert set(said()["emergency_people"]) == {people["open"].pk, people["twin"].pk}
    with as_web(everybody.ben, Purpose.EARLY_HELP):
        assert said()["emergency_people"] == [people["other's"].pk]
    with as_web(everybody.cleo, Purpose.EARLY_HELP):
        assert said()["emergency_people"] is None


def test_restricted_people_and_hidden_addresses_are_closed_to_all_but_who_is_named_for_that(everybody):
    people = {name: cast.person() for name in ("restricted", "mine", "twin", "hidden", "hidden from others", "neither")}
    Person.objects.filter(pk=people["twin"].pk).update(merged_into=people["mine"])
    allow(everybody.amira, people["twin"], "see_restricted")
    allow(everybody.amira, people["restricted"], "see_hidden_address")
    allow(everybody.ben, people["restricted"], "see_restricted")
    allow(everybody.amira, people["hidden from others"], "see_hidden_address")
    for fact, names in (("restricted", ("restricted", "mine")), ("address_hidden", ("hidden", "hidden from others"))):
        PersonFacts.objects.filter(person__in=[people[name] for name in names]).update(**{fact: True})

    def closed(post, permission):
        with transaction.atomic(), connection.cursor() as cursor:
            identify(Principal.of(post, Purpose.EARLY_HELP))
            cursor.execute("set local role eh_gate")
            cursor.execute("select gate.closed_people(%s)", [permission])
            found = set(cursor.fetchone()[0])
            cursor.execute("set local role eh_owner; set local earlyhelp.principal = ''")
        return {name for name, person in people.items() if person.pk in found}

    assert closed(everybody.amira, "see_restricted") == {"restricted"}
    assert closed(everybody.ben, "see_restricted") == {"mine"}
    assert closed(everybody.amira, "see_hidden_address") == {"hidden"}
    assert closed(everybody.cleo, "see_hidden_address") == {"hidden", "hidden from others"}


def test_records_are_shared_with_who_receives_or_is_named_until_the_last_day_at_a_level_and_those_below(everybody):
    health, day = everybody.health, datetime.timedelta(days=1)
    coordinator = cast.post("Cora", health, Role.COORDINATOR)
    ben = everybody.ben.practitioner
    rows = {
        "to all who receive": {},
        "to Ben": {"practitioner": ben},
        "to Cora": {"practitioner": coordinator.practitioner},
        "today is the last day": {"until": cast.today()},
        "yesterday was": {"until": cast.today() - day},
        "ended": {"ended_at": cast.SIGNED_AT},
        "withheld": {"verb": "withhold"},
        "elsewhere": {"agency": everybody.police},
        "existence": {"level": "existence"},
        "full": {"level": "full"},
    }
    ids = {}
    for name, more in rows.items():
        ids[name] = uuid4()
        given = {"verb": "share", "agency": health, "level": "summary", "made_at": cast.SIGNED_AT, "reason": "Asked"}
        RecordException.objects.create(
            **{**given, **more}, table_name="x", record_id=ids[name], owner_no=1, made_by=everybody.cleo.practitioner
        )
    receives = {"to all who receive", "to Cora", "today is the last day"}

    def shared(post, level):
        with as_web(post, Purpose.EARLY_HELP), connection.cursor() as cursor:
            cursor.execute("select gate.shared_records(%s)", [level])
            return set(cursor.fetchone()[0] or [])

    for level, more in ((1, {"existence", "full"}), (2, {"full"}), (3, {"full"})):
        expected = (receives if level < 3 else set()) | more
        assert shared(coordinator, level) == {ids[name] for name in expected}, level
        assert shared(everybody.ben, level) == ({ids["to Ben"]} if level < 3 else set()), level


class TestKeptMasks:
    """What agreements give a post is kept, or worked out when asked; another post, day or version takes none of it."""

    NEAREST = (1, 12, True)

    @pytest.fixture(params=["kept", "worked out"])
    def shared(self, request):
        """Police let managers of housing who work with somebody see summaries, three years back."""
        police = cast.agency("Constabulary", AgencyType.POLICE)
        housing, health = cast.agency("Homes", AgencyType.HOUSING), cast.agency("Health", AgencyType.HOSPITAL)
        clause = {
            "provider_agency": police,
            "recipient_agency": housing,
            "recipient_roles": [Role.MANAGER],
            "kind": Kind.POLICE,
            "level": Level.SUMMARY,
            "needs_involvement": True,
            "how_far_back": 36,
        }
        made = cast.agreement(police, housing, purposes=[Purpose.EARLY_HELP], clauses=[clause])
        posts = {name: cast.post(name, at, role) for name, at, role in (
            ("Mo", housing, Role.MANAGER), ("Tia", housing, Role.TEAM_MEMBER), ("Hal", health, Role.MANAGER),
        )}  # fmt: skip
        if request.param == "kept":
            self.keep(posts["Mo"])
        return made, posts

    def keep(self, post):
        """What a page of theirs keeps."""
        with as_web(post, Purpose.EARLY_HELP):
            pass

    def says(self, post, purpose=Purpose.EARLY_HELP, mask=NEAREST):
        """Whether there is such a mask, and any right, for a post whose own masks nobody kept."""
        with as_login("eh_web"), connection.cursor() as cursor:
            cursor.execute("select gate.nonce()")
            setting = signed(Principal.of(post, purpose), cursor.fetchone()[0])
            cursor.execute("select set_config('earlyhelp.principal', %s, true)", [setting])
            cursor.execute("select gate.mask(%s, %s, %s) is not null, gate.any_right()", mask)
            return cursor.fetchone()

    def test_it_is_for_one_agency_role_and_purpose(self, shared):
        _, posts = shared
        assert self.says(posts["Mo"]) == (True, True)
        assert self.says(posts["Mo"], Purpose.TRIAGE) == (False, False)
        assert self.says(posts["Tia"]) == self.says(posts["Hal"]) == (False, False)

    def test_it_is_for_its_level_its_age_and_involvement(self, shared):
        mo = shared[1]["Mo"]
        for level, back, involved in product((1, 2, 3), (0, 12, 36), (False, True)):
            opens = level <= 2 and back > 0 and involved
            assert self.says(mo, mask=(level, back, involved))[0] == opens, (level, back, involved)

    def test_to_know_that_something_is_held_is_a_right_already(self, shared):
        mo = shared[1]["Mo"]
        Clause.objects.update(level=Level.EXISTENCE)
        assert self.says(mo) == (True, True)
        self.keep(mo)
        with connection.cursor() as cursor:  # the widest comes last and no index is used: nothing finds it by luck
            cursor.execute("set local enable_indexscan = off; set local enable_bitmapscan = off; discard plans")
            cursor.execute("set local role eh_gate; update gate.mask set bits = bits where level = 1")
            cursor.execute("set local role eh_owner")
        assert self.says(mo) == (True, True)
        assert self.says(mo, mask=(2, 12, True)) == (False, True)

    @pytest.mark.parametrize("stale", ["version = version - 1", "day = day - 1"])
    def test_one_of_another_version_or_day_is_not_taken(self, shared, stale):
        made, posts = shared
        self.keep(posts["Mo"])
        with connection.cursor() as cursor:
            Clause.objects.all().delete()
            Agreement.objects.filter(pk=made.pk).update(ends_on=cast.LONG_AGO)
            cursor.execute("set local role eh_gate")
            cursor.execute("update gate.mask set version = (select version from gate.rules_version)")
            assert self.kept(cursor)
            cursor.execute(f"update gate.mask set {stale}")
            cursor.execute("set local role eh_owner")
        assert self.says(posts["Mo"]) == (False, False)

    @pytest.mark.parametrize("role", Role)
    def test_who_has_no_agreement_has_a_right_where_their_agency_holds_rows_they_may_read(self, role):
        here, elsewhere = cast.agency("Homes", AgencyType.HOUSING), cast.agency("Health", AgencyType.HOSPITAL)
        post = cast.post("Mo", here, role)
        for holder, right in ((elsewhere, False), (here, "own" in OWN_ROWS[role][2])):
            with connection.cursor() as cursor:
                cursor.execute("set local role eh_gate; insert into gate.holder values (%s)", [holder.no])
                cursor.execute("set local role eh_owner")
            assert self.says(post) == (False, right)

    def test_an_emergency_or_a_shared_record_is_a_right(self):
        post = cast.post("Ana", cast.agency("Homes", AgencyType.HOUSING), Role.ANALYST)
        me, now = post.practitioner, timezone.now()
        times = {"started_at": now, "ends_at": now + datetime.timedelta(hours=1)}
        opened = EmergencyAccess.objects.create(
            practitioner=me, post_id=post.pk, agency_no=1, people=[cast.person().pk], told=[], reason="Danger", **times
        )
        assert self.says(post) == (False, True)
        EmergencyAccess.objects.filter(pk=opened.pk).update(ended_at=now)
        assert self.says(post) == (False, False)
        given = {"verb": "share", "agency": post.agency, "practitioner": me, "level": "existence", "reason": "Asked"}
        RecordException.objects.create(**given, made_at=now, table_name="x", record_id=uuid4(), owner_no=1, made_by=me)
        assert self.says(post) == (False, True)

    @staticmethod
    def kept(cursor) -> bool:
        cursor.execute("select count(*) from gate.mask")
        return cursor.fetchone()[0] > 0


@pytest.mark.parametrize("job", [None, "find_repeats"])
def test_of_nobody_and_of_a_job_the_gate_says_nothing_of_a_post(job):
    with as_worker(job) if job else as_login("eh_web"):
        of_nobody = dict.fromkeys((*SAID, "shared_records"))
        of_nobody |= {"own_agency_kinds": 0, "own_team_kinds": 0, "denied_people": []}
        assert said() == of_nobody | dict.fromkeys(("own_self", "receives", "writes"), False)
        with connection.cursor() as cursor:
            cursor.execute("select gate.any_right(), gate.mask(1, 12, true), gate.job()")
            assert cursor.fetchone() == (job is not None, None, job)


def test_the_owner_who_never_said_the_word_is_told_no_rather_than_nothing():
    """Guards ask `not in_maintenance()`: NULL would let them be passed."""
    opened = psycopg2.connect(database.admin_address(connection.settings_dict["NAME"]))
    with opened.cursor() as cursor:
        cursor.execute("set role eh_owner; select gate.in_maintenance()")
        assert cursor.fetchone() == (False,)
    opened.close()


def test_an_officer_sees_their_own_record_and_a_colleague_does_not(everybody):
    record = identity_by(everybody.cleo, cast.person())
    assert seen_by(everybody.cleo) == {record.pk}
    assert seen_by(everybody.cyrus) == set()


def test_a_clause_without_conditions_opens_the_record_to_the_hub(everybody):
    record = identity_by(everybody.cleo, cast.person())
    assert seen_by(everybody.hana, Purpose.TRIAGE) == {record.pk}
    assert seen_by(everybody.hana, Purpose.GOVERNANCE) == set()


def test_involvement_opens_and_closes_in_the_same_transaction(everybody):
    child = cast.person()
    record = identity_by(everybody.cleo, child)
    assert seen_by(everybody.ben) == set()
    day = cast.today()
    change_facts("involve", [child.pk], everybody.health.pk, everybody.ben.practitioner_id, "team", day, None)
    assert seen_by(everybody.ben) == {record.pk}
    assert seen_by(everybody.dev) == set()
    yesterday = day.replace(year=day.year - 1)
    change_facts("end_involvement", [child.pk], everybody.health.pk, everybody.ben.practitioner_id, "team", yesterday)
    assert seen_by(everybody.ben) == set()


def test_the_web_login_may_not_change_a_fact(everybody):
    record = identity_by(everybody.cleo, cast.person())
    with as_web(everybody.cleo, Purpose.REPORTING):
        record.known_as = "Joey"
        record.save()
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Identity.objects.filter(pk=record.pk).update(involved=[1])
    record.refresh_from_db()
    assert record.known_as == "Joey"


def test_whoever_wrote_an_address_down_does_not_read_it_once_it_is_hidden_unless_named(everybody):
    child = cast.person()
    home = Address.objects.create(
        owner=everybody.police,
        author=everybody.cleo.practitioner,
        person=child,
        happened_on=cast.today(),
        line="1 Mill Lane",
    )
    name = identity_by(everybody.cleo, child)

    def reads():
        with as_web(everybody.cleo, Purpose.REPORTING):
            return Address.objects.filter(pk=home.pk).exists()

    assert reads()
    change_facts("hide_address", child.pk)
    assert not reads()
    assert seen_by(everybody.cleo) == {name.pk}
    allow(everybody.cleo, child, "see_hidden_address")
    assert reads()


def test_whoever_wrote_a_row_goes_on_reading_it_when_the_person_is_restricted(everybody):
    child = cast.person()
    name = identity_by(everybody.cleo, child)
    change_facts("restrict_person", child.pk, "Colleague's family")
    assert seen_by(everybody.cleo) == {name.pk}
    assert seen_by(everybody.hana, Purpose.TRIAGE) == set()


@pytest.mark.parametrize(
    ("agency", "role", "purpose", "kept"),
    [
        *[(0, role, purpose, True) for role in [Role.TEAM_MEMBER] for purpose in Purpose],
        (30000, Role.TEAM_MEMBER, Purpose.EARLY_HELP, False),
        (0, "nobody", Purpose.EARLY_HELP, False),
        (0, Role.TEAM_MEMBER, "curiosity", False),
    ],
)
def test_masks_are_kept_only_for_an_agency_role_and_purpose_that_exist(everybody, agency, role, purpose, kept):
    number = agency or everybody.health.no
    with connection.cursor() as cursor:
        cursor.execute("select gate.begin(%s::smallint, %s, %s) is not null", [number, role, purpose])
        assert cursor.fetchone()[0]
        cursor.execute("set local role eh_gate")
        cursor.execute(
            "select count(*) > 0 from gate.mask where agency_no = %s and role = %s and purpose = %s",
            [number, role, purpose],
        )
        found = cursor.fetchone()[0]
        cursor.execute("set local role eh_owner")
    assert found is kept


def test_the_allow_list_opens_and_closes_rows_in_the_same_transaction(everybody):
    child = cast.person()
    name = identity_by(everybody.cleo, child)
    change_facts("restrict_person", child.pk, "Colleague's family")
    assert seen_by(everybody.hana, Purpose.TRIAGE) == set()
    allow(everybody.hana, child, "see_restricted")
    assert seen_by(everybody.hana, Purpose.TRIAGE) == {name.pk}
    assert seen_by(everybody.hugo, Purpose.TRIAGE) == set()
    with connection.cursor() as cursor:
        cursor.execute("delete from sharing_agreements_personuserobjectpermission")
    assert seen_by(everybody.hana, Purpose.TRIAGE) == set()


def test_a_row_about_two_restricted_people_wants_a_place_on_both_lists(everybody):
    child, other = cast.person(), cast.person()
    name = identity_by(everybody.cleo, child, about=[child.pk, other.pk])
    for one in (child, other):
        change_facts("restrict_person", one.pk, "Colleague's family")
    allow(everybody.hana, child, "see_restricted")
    assert seen_by(everybody.hana, Purpose.TRIAGE) == set()
    allow(everybody.hana, other, "see_restricted")
    assert seen_by(everybody.hana, Purpose.TRIAGE) == {name.pk}


def test_the_web_login_cannot_ask_who_is_restricted(everybody):
    with as_web(everybody.hana, Purpose.TRIAGE), connection.cursor() as cursor:
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            cursor.execute("select gate.closed_people('see_restricted')")
