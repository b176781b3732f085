"""Facts of flags and of lines on the retention list: stamped where they are written, copied where the gate writes them.

And when a practitioner last opened a page, which the gate alone reads.
"""

import datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from cases.models import Case, Custody, Flag, RetentionReview
from cases.queries.pages.family_page import last_looks
from sharing_agreements.models import Disclosure, Family, Person
from sharing_agreements.vocabulary import AgencyType, Purpose, Role
from tests import cast
from tests.conftest import as_web

pytestmark = pytest.mark.django_db

CASE, JUSTICE = 15, 12


@pytest.fixture
def sam():
    return cast.post("Sam", cast.agency("Marlbeck Early Help", AgencyType.EARLY_HELP), Role.MANAGER)


def row(post) -> dict:
    person = Person.objects.create()
    return {"owner": post.agency, "author": post.practitioner, "happened_on": cast.today(), "person": person}


def facts(one) -> tuple:
    one.refresh_from_db()
    return one.kind, one.owner_no, one.author_no, one.about


def test_a_flag_and_a_line_of_the_list_that_maintenance_writes_have_the_facts_of_every_row(sam):
    about = row(sam)
    case = Case.objects.create(**about, reference="EH-1", why="Mornings")
    raised = {"rule": "silent", "subject_id": case.pk, "episode": uuid4()}
    raised |= {"raised_at": cast.SIGNED_AT, "raised_on": cast.today()}
    flag = Flag.objects.create(**about, case=case, **raised)
    line = RetentionReview.objects.create(
        **about, case=case, ended_on=cast.today(), due_on=cast.today(), listed_on=cast.today()
    )
    for one in (flag, line):
        assert facts(one) == (CASE, sam.agency.no, sam.practitioner.no, [about["person"].pk])


def test_a_flag_about_custody_is_of_the_kind_of_what_it_is_about(sam):
    about = row(sam)
    case = Case.objects.create(**about, reference="EH-1", why="Mornings")
    custody = Custody.objects.create(**about, told_by="Probation", release_on=cast.today())
    given = ["cases_custody", cast.today(), cast.SIGNED_AT, ["release_due"]]
    given += [[custody.pk], [case.pk], [custody.pk], ["{}"]]
    with connection.cursor() as cursor:
        cursor.execute("select gate.raise_flags(%s, %s, %s, %s, %s::uuid[], %s::uuid[], %s::uuid[], %s)", given)
    assert facts(Flag.objects.get()) == (JUSTICE, sam.agency.no, None, [about["person"].pk])


def test_one_reads_when_one_last_saw_a_page_of_a_family_and_nobody_elses_look(sam):
    now = timezone.now()
    other = cast.post("Kim", sam.agency, Role.MANAGER)
    mine, theirs = (Family.objects.create().pk for _ in range(2))
    an_hour = datetime.timedelta(hours=1)
    for who, family, what, outcome, ago in (
        (sam, mine, "GET family", "seen", 5),
        (sam, mine, "GET family", "seen", 4),
        (sam, mine, "GET family", "not_found", 3),
        (sam, mine, "GET plan", "seen", 2),
        (other, mine, "GET family", "seen", 1),
        (other, theirs, "GET family", "seen", 1),
    ):
        look = {"practitioner_id": who.practitioner_id, "family_id": family, "what": what, "outcome": outcome}
        Disclosure.objects.create(at=now - ago * an_hour, **look)
    with as_web(sam, Purpose.EARLY_HELP):
        assert last_looks([mine, theirs], "family") == {mine: now - 4 * an_hour}
