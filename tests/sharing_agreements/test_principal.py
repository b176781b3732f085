"""What the gate says of whoever acts, part by part, and who sets the key that it is signed with."""

import pytest
from django.db import DatabaseError, connection, transaction

from sharing_agreements.models import Person, Team
from sharing_agreements.row_security import key_halves
from sharing_agreements.vocabulary import AgencyType, Purpose, Role
from tests import cast
from tests.conftest import as_login, as_web, as_worker

pytestmark = pytest.mark.django_db


def one_row(statement: str, *given: object) -> tuple:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.fetchone()


def parts() -> list[str | None]:
    """Each of ten parts and one more, as policies ask for it."""
    return list(one_row(f"select {', '.join(f'gate.claim({part})' for part in range(1, 12))}"))


def test_a_practitioner_is_said_whole_and_part_by_part():
    agency = cast.agency("Force", AgencyType.POLICE)
    team = Team.objects.create(no=77, agency=agency, name="North")
    post = cast.post("Cath", agency, Role.SUPERVISOR, team=team)
    with as_web(post, Purpose.REPORTING):
        (nonce, said, job) = one_row("select gate.nonce(), gate.claims(), gate.job()")
        who = post.practitioner
        known = [who.no, who.pk, post.pk, agency.no, agency.pk, 77, "supervisor", "reporting"]
        assert said == ["p", nonce, *map(str, known)]
        assert parts() == [*said, None]
        assert job is None


def test_a_job_is_said_by_its_name_and_is_no_practitioner():
    with as_worker("proof_job"):
        nonce, said, job = one_row("select gate.nonce(), gate.claims(), gate.job()")
        assert (said, job) == (["j", nonce, "proof_job"], "proof_job")
        assert parts() == [None] * 11


def test_of_nobody_nothing_is_said():
    with as_login("eh_web"):
        assert one_row("select gate.claims(), gate.job()") == (None, None)
        assert parts() == [None] * 11


def test_maintenance_sets_the_key_and_what_was_signed_with_another_says_nothing():
    post = cast.post("Cath", cast.agency("Force", AgencyType.POLICE), Role.SUPERVISOR)
    for halves, says in (((b"a" * 64, b"b" * 64), False), (key_halves(), True)):
        one_row("select gate.set_key(%s, %s)", *halves)
        with as_web(post, Purpose.REPORTING):
            assert one_row("select gate.claims() is not null") == (says,)


@pytest.mark.parametrize("halves", [(b"a" * 63, b"b" * 64), (b"a" * 64, b"b" * 65)])
def test_a_key_has_two_halves_of_64_bytes(halves):
    with pytest.raises(DatabaseError, match="_key_check"), transaction.atomic():
        one_row("select gate.set_key(%s, %s)", *halves)


def test_whoever_acts_adds_people_and_nobody_does_not():
    with as_login("eh_web"), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Person.objects.create()
    post = cast.post("Cath", cast.agency("Force", AgencyType.POLICE), Role.SUPERVISOR)
    with as_web(post, Purpose.REPORTING):
        Person.objects.create()
