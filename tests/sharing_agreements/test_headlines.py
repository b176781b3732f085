"""What hangs on a record belongs to that record: nobody else's words appear under it, and nobody takes the place."""

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, IntegrityError

from sharing_agreements.models import Agency, Identity, IdentityDetail, Person, Post
from sharing_agreements.vocabulary import Purpose, Role
from tests import cast
from tests.conftest import as_web

pytestmark = pytest.mark.django_db


@pytest.fixture
def everybody() -> cast.Cast:
    return cast.assemble()


def headline(by: Post, child: Person) -> Identity:
    return Identity.objects.create(
        owner=by.agency, author=by.practitioner, person=child, happened_on=cast.today(), given_name="Jo"
    )


def detail_of(identity: Identity, by: Post, child: Person, owner: Agency | None = None, **more: object) -> None:
    with as_web(by, Purpose.REPORTING), transaction.atomic():
        IdentityDetail.objects.create(
            owner=owner or by.agency,
            author=by.practitioner,
            person=child,
            happened_on=cast.today(),
            identity=identity,
            language="Polish",
            **more,
        )


def test_a_detail_hangs_on_its_own_headline(everybody):
    child = cast.person()
    detail_of(headline(everybody.cleo, child), everybody.cleo, child)


def test_another_agency_cannot_hang_words_on_a_headline_or_take_the_place_first(everybody):
    child = cast.person()
    row = headline(everybody.cleo, child)
    with pytest.raises(IntegrityError, match="belongs to its headline"):
        detail_of(row, everybody.ben, child)
    detail_of(row, everybody.cleo, child)


def test_a_detail_about_somebody_else_does_not_hang_on_a_headline(everybody):
    child, other = cast.person(), cast.person()
    row = headline(everybody.cleo, child)
    with pytest.raises(IntegrityError, match="belongs to its headline"):
        detail_of(row, everybody.cleo, other)
    with pytest.raises(IntegrityError, match="belongs to its headline"):
        detail_of(row, everybody.cleo, child, about=[child.pk, other.pk])


def test_a_detail_is_not_moved_to_another_headline(everybody):
    child, other = cast.person(), cast.person()
    row, another = headline(everybody.cleo, child), headline(everybody.cleo, other)
    detail_of(row, everybody.cleo, child)
    with (
        as_web(everybody.cleo, Purpose.REPORTING),
        pytest.raises(IntegrityError, match="belongs to its headline"),
        transaction.atomic(),
    ):
        IdentityDetail.objects.filter(identity=row).update(identity=another)


def test_a_headline_that_does_not_exist_and_one_of_others_give_one_answer(everybody):
    child = cast.person()
    theirs, nowhere = headline(everybody.cleo, child), Identity()
    said = []
    for row in (theirs, nowhere):
        with pytest.raises(IntegrityError) as caught:
            detail_of(row, everybody.ben, child)
        said.append((caught.value.__cause__.pgcode, str(caught.value).splitlines()[0]))
    assert said[0] == said[1]


def test_every_one_to_one_place_under_a_governed_row_has_a_guard():
    """Where a new one is meant to be filled by somebody else, its SQL file says whom: call gate.hang."""
    with connection.cursor() as cursor:
        cursor.execute("""
            select c.conrelid::regclass::text, a.attname
              from pg_constraint c
              join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
              join gate.governed child on child.table_name = c.conrelid::regclass::text
              join gate.governed parent on parent.table_name = c.confrelid::regclass::text
              join pg_index i on i.indrelid = c.conrelid and i.indisunique and i.indkey::text = a.attnum::text
             where c.contype = 'f'
               and not exists (select from pg_trigger t
                                where t.tgrelid = c.conrelid and t.tgname = 'under_headline_' || a.attname)""")
        assert cursor.fetchall() == []


class TestWhoseFactsAManagerMayChange:
    def involve(self, by: Post, child: Person) -> None:
        with as_web(by, Purpose.EARLY_HELP), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "select gate.involve(array[%s]::uuid[], %s, null, 'team', %s, null)",
                [child.pk, by.agency_id, cast.today()],
            )

    def refused(self, by: Post, child: Person) -> bool:
        try:
            self.involve(by, child)
        except DatabaseError as error:
            return getattr(error.__cause__, "pgcode", "") == "EH403"
        return False

    @pytest.fixture
    def manager(self, everybody) -> Post:
        return cast.post("Mona", everybody.oak_green, Role.MANAGER)

    def test_a_manager_may_not_involve_their_agency_with_a_child_only_others_know(self, everybody, manager):
        child = cast.person()
        headline(everybody.cleo, child)
        assert self.refused(manager, child)

    def test_a_row_of_their_own_about_the_child_changes_nothing(self, everybody, manager):
        child = cast.person()
        headline(everybody.cleo, child)
        with as_web(manager, Purpose.EARLY_HELP):
            headline(manager, child)
        assert self.refused(manager, child)

    def test_a_row_sent_by_oneself_to_oneself_changes_nothing(self, everybody, manager):
        child = cast.person()
        headline(everybody.cleo, child)
        with as_web(manager, Purpose.EARLY_HELP):
            Identity.objects.create(
                owner=manager.agency, author=manager.practitioner, person=child, happened_on=cast.today(),
                sent_to=manager.agency,
            )  # fmt: skip
        assert self.refused(manager, child)

    def test_a_child_involved_elsewhere_is_known_although_nobody_holds_a_row(self, everybody, manager):
        child = cast.person()
        with connection.cursor() as cursor:
            cursor.execute(
                "select gate.involve(array[%s]::uuid[], %s, null, 'team', %s, null)",
                [child.pk, everybody.health.pk, cast.today()],
            )
        assert self.refused(manager, child)

    def test_a_child_nobody_else_knows_is_theirs_to_begin_with(self, everybody, manager):
        child = cast.person()
        headline(manager, child)
        assert not self.refused(manager, child)

    def test_a_row_sent_to_the_agency_opens_the_way(self, everybody, manager):
        child = cast.person()
        Identity.objects.create(
            owner=everybody.police, author=everybody.cleo.practitioner, person=child, happened_on=cast.today(),
            sent_to=manager.agency,
        )  # fmt: skip
        assert not self.refused(manager, child)

    def test_an_agency_that_is_involved_goes_on(self, everybody, manager):
        child = cast.person()
        headline(everybody.cleo, child)
        with connection.cursor() as cursor:
            cursor.execute(
                "select gate.involve(array[%s]::uuid[], %s, null, 'registered', %s, null)",
                [child.pk, everybody.oak_green.pk, cast.today()],
            )
        assert not self.refused(manager, child)

    def test_every_one_of_the_people_is_looked_at(self, everybody, manager):
        known, other = cast.person(), cast.person()
        headline(everybody.cleo, other)
        with (
            as_web(manager, Purpose.EARLY_HELP),
            pytest.raises(DatabaseError, match="may not change facts"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(
                "select gate.involve(array[%s, %s]::uuid[], %s, null, 'team', %s, null)",
                [known.pk, other.pk, manager.agency_id, cast.today()],
            )

    def test_the_hub_and_the_early_help_service_act_for_anybody(self, everybody):
        child = cast.person()
        headline(everybody.cleo, child)
        assert not self.refused(everybody.hana, child)
        assert not self.refused(everybody.esi, cast.person())
