"""Facts on governed rows stay true: by date, through merges, and only for whoever may change them."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from sharing_agreements.models import Address, Identity, Person, Practitioner
from sharing_agreements.vocabulary import Kind, Purpose
from tests import cast
from tests.conftest import as_web

DAY = datetime.timedelta(days=1)


def gate(verb: str, *arguments: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"select gate.{verb}({', '.join(['%s'] * len(arguments))})", arguments)


def value(statement: str, *arguments: object) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        return cursor.fetchone()[0]


def wrong() -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute("select * from gate.wrong_facts()")
        return cursor.fetchall()


def record(post, person, **more):
    return Identity.objects.create(
        owner=post.agency, author=post.practitioner, person=person, happened_on=cast.today(), **more
    )


def sees(post, purpose=Purpose.EARLY_HELP):
    with as_web(post, purpose):
        return Identity.objects.exists()


def refused(post, verb: str, *arguments: object) -> str:
    with pytest.raises(DatabaseError) as caught, as_web(post, Purpose.EARLY_HELP):
        gate(verb, *arguments)
    return caught.value.__cause__.pgcode


@pytest.fixture
def everybody(db):
    return cast.assemble()


class TestMidnight:
    @pytest.mark.parametrize(("last_day", "holds"), [(-1, False), (0, True), (1, True)])
    def test_involvement_holds_to_the_end_of_its_last_day(self, everybody, last_day, holds):
        child = cast.person()
        record(everybody.cleo, child)
        ends = cast.today() + last_day * DAY
        gate("involve", [child.pk], everybody.health.pk, None, "team", cast.today() - 9 * DAY, ends)
        assert sees(everybody.ben) is holds
        assert wrong() == []

    @pytest.mark.parametrize(("last_day", "holds"), [(-1, False), (0, True)])
    def test_an_agreement_holds_to_the_end_of_its_last_day(self, everybody, last_day, holds):
        record(everybody.cleo, cast.person())
        everybody.triage.ends_on = cast.today() + last_day * DAY
        everybody.triage.save()
        assert sees(everybody.hana, Purpose.TRIAGE) is holds

    def test_facts_that_ran_out_count_as_nobody_involved_until_refreshed(self, everybody):
        child = cast.person()
        record(everybody.cleo, child)
        own = record(everybody.ben, child, known_as="own")
        Identity.objects.filter(pk=own.pk).update(author_no=None)
        gate("involve", [child.pk], everybody.health.pk, everybody.ben.practitioner_id, "team", cast.today(), None)
        assert sees(everybody.ben)
        past = cast.today() - DAY
        for table in ("personfacts", "identity"):
            with connection.cursor() as cursor:
                cursor.execute(f"update sharing_agreements_{table} set facts_until = %s", [past])
        assert not sees(everybody.ben)
        assert refused(everybody.ben, "set_stage", [child.pk], 3) == "EH403"
        assert value("select gate.refresh_expired(10)") == 1
        assert sees(everybody.ben)


class TestVerifyFacts:
    def test_it_is_quiet_when_every_row_is_true(self, everybody, capsys):
        record(everybody.cleo, cast.person())
        call_command("verify_facts")
        assert "0 differences" in capsys.readouterr().out

    def test_it_names_the_row_that_is_not_and_exits_with_1(self, everybody, capsys):
        row = record(everybody.cleo, cast.person())
        with connection.cursor() as cursor:
            cursor.execute("update sharing_agreements_identity set stage = 3")
        with pytest.raises(CommandError) as caught:
            call_command("verify_facts")
        assert caught.value.returncode == 1
        assert f"sharing_agreements_identity {row.pk}" in capsys.readouterr().out


class TestStamp:
    def test_what_the_app_sends_as_facts_is_overwritten(self, everybody):
        with as_web(everybody.cleo, Purpose.REPORTING):
            row = record(everybody.cleo, cast.person(), involved=[5], owner_no=5, stage=3, bit=1, workers=[9])
        row.refresh_from_db()
        assert (row.owner_no, row.involved, row.stage, row.workers) == (everybody.police.no, [], 0, [])

    def test_a_row_cannot_be_signed_with_another_name_or_for_another_agency(self, everybody):
        child = cast.person()
        with as_web(everybody.cleo, Purpose.REPORTING):
            row = Identity.objects.create(
                owner=everybody.police, author=everybody.cyrus.practitioner, person=child, happened_on=cast.today()
            )
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                record(everybody.hana, child)
        row.refresh_from_db()
        assert row.author_id == everybody.cleo.practitioner_id

    @pytest.mark.parametrize("kind", [0, 32, 33, -1])
    def test_a_kind_outside_the_masks_is_refused(self, everybody, kind):
        with connection.cursor() as cursor, transaction.atomic():
            cursor.execute("create table loose (like sharing_agreements_address including all)")
            cursor.execute("call gate.protect('loose', 'summary')")
        row = Address(owner=everybody.police, person=cast.person(), happened_on=cast.today())
        row.about = [row.person_id]
        row._meta.db_table, before = "loose", row._meta.db_table
        try:
            row.KIND = None
            row.kind = kind
            with pytest.raises(DatabaseError, match="needs a kind"), transaction.atomic():
                row.save()
        finally:
            row._meta.db_table = before

    def test_a_row_is_about_known_people_once_each(self, everybody):
        child, other = cast.person(), cast.person()
        row = record(everybody.cleo, child, about=[other.pk, other.pk])
        row.refresh_from_db()
        assert sorted(row.about) == sorted([child.pk, other.pk])
        with pytest.raises(DatabaseError, match="with an anchor"), transaction.atomic():
            record(everybody.cleo, child, about=[Person().pk])


class TestWhoMayChangeFacts:
    def test_a_conflict_of_interest_stops_even_a_manager(self, everybody):
        child = cast.person()
        Practitioner.objects.filter(pk=everybody.esi.practitioner_id).update(person=child)
        assert refused(everybody.esi, "set_stage", [child.pk], 3) == "EH403"

    def test_work_that_has_ended_gives_no_say(self, everybody):
        child = cast.person()
        yesterday = cast.today() - DAY
        gate("involve", [child.pk], everybody.health.pk, everybody.ben.practitioner_id, "team", yesterday, yesterday)
        assert refused(everybody.ben, "set_stage", [child.pk], 3) == "EH403"

    def test_only_somebody_on_the_allow_list_lifts_a_restriction(self, everybody):
        child = cast.person()
        gate("restrict_person", child.pk, "Colleague's family")
        assert refused(everybody.esi, "lift", child.pk, "restricted") == "EH403"
        allow(everybody.esi, child, "see_restricted")
        with as_web(everybody.esi, Purpose.EARLY_HELP):
            gate("lift", child.pk, "restricted")
        assert value("select restricted from sharing_agreements_personfacts where person_id = %s", child.pk) is False

    def test_a_stage_that_does_not_exist_is_refused(self, everybody):
        child = cast.person()
        with pytest.raises(DatabaseError, match="no such stage"), transaction.atomic():
            gate("set_stage", [child.pk], 9)


def allow(post, person, permission):
    """Put a practitioner on a person's allow-list."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into sharing_agreements_personuserobjectpermission (content_object_id, user_id, permission_id) "
            "select %s, %s, id from auth_permission where codename = %s",
            [person.pk, post.practitioner_id, permission],
        )


class TestHubOnly:
    def test_it_goes_to_no_agency_but_a_hub(self, everybody):
        with connection.cursor() as cursor:
            cursor.execute("create table box (like sharing_agreements_address including all)")
            cursor.execute("call gate.protect('box', 'full', 4)")
            statement = (
                "insert into box (id, owner_id, author_id, person_id, about, happened_on, recorded_at, hidden_from, "
                "version, line, town, postcode, uprn, folded, reason, sent_to_id) values (gen_random_uuid(), %s, %s, "
                "%s, '{}', now(), now(), '{}', 1, '', '', '', '', '', '', %s)"
            )
            row = [everybody.police.pk, everybody.cleo.practitioner_id, cast.person().pk]
            cursor.execute(statement, [*row, everybody.hub.pk])
            with pytest.raises(DatabaseError, match="to a hub only"), transaction.atomic():
                cursor.execute(statement, [*row, everybody.housing.pk])
        assert Kind.HUB_ONLY == 4


class TestMerging:
    def test_an_anchor_cannot_be_inserted_as_somebody_elses_duplicate(self, everybody):
        child = cast.person()
        with as_web(everybody.cleo, Purpose.REPORTING):
            Person.objects.create()
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                Person.objects.create(merged_into=child)

    def test_a_ring_of_links_is_not_followed_for_ever(self, everybody):
        one, two = cast.person(), cast.person()
        Person.objects.filter(pk=one.pk).update(merged_into=two)
        Person.objects.filter(pk=two.pk).update(merged_into=one)
        with connection.cursor() as cursor:
            cursor.execute("set local statement_timeout = '2s'")
            cursor.execute("select gate.same_person(%s)", [one.pk])

    def test_merged_people_share_the_stricter_facts_and_part_again(self, everybody):
        one, two = cast.person(), cast.person()
        record(everybody.cleo, one)
        gate("restrict_person", two.pk, "Staff family")
        assert sees(everybody.hana, Purpose.TRIAGE)
        gate("link_person", one.pk, two.pk)
        assert not sees(everybody.hana, Purpose.TRIAGE)
        assert wrong() == []
        gate("unlink_person", one.pk)
        assert sees(everybody.hana, Purpose.TRIAGE)
        assert wrong() == []
