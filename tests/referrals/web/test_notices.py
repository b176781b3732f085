"""Notices to schools on screen: who must be briefed, My work, how many queries, and a school's key adults."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from referrals.actions import noticing
from referrals.models import NoticeCopy, SchoolNotice
from sharing_agreements.models import OwedJob, Post
from sharing_agreements.vocabulary import Role
from tests import cast
from tests.cases.web.conftest import Visitor
from tests.conftest import as_worker
from tests.referrals.actions.test_noticing import at, brief, owed, run_job, write
from tests.referrals.arriving import child

pytestmark = pytest.mark.django_db
WORK, NOTICES = "/families/my-work/", "/notices/"


def read(post, path: str, status: int = 200) -> str:
    page = Visitor(post).get(path)
    assert page.status_code == status
    return page.content.decode()


def test_a_late_notice_is_red_to_the_officer_the_manager_and_nobody_else(everybody):
    petra = cast.post("Petra", everybody.police, Role.MANAGER)
    owed(everybody.cleo, everybody.hub)
    for post in (everybody.cleo, petra):
        page = read(post, WORK)
        assert "Jo Smith" in page and "eh-card--red" in page and "Write the notice" in page
    for post in (everybody.cyrus, everybody.amira, everybody.esi):
        assert "Jo Smith" not in read(post, WORK)


def test_whoever_must_read_the_card_is_told_so_and_not_that_a_notice_waits(everybody):
    brief(everybody.amira, read=False)
    (notice,) = owed(everybody.cleo, everybody.hub)
    write(notice, everybody.cleo, everybody.quarry_hill)
    page = read(everybody.amira, WORK)
    assert "Card to read" in page and "Jo Smith" not in page
    assert "Card to read" not in read(everybody.dev, WORK)
    assert "must read the card first" in read(everybody.cleo, reverse("referrals:write_notice", args=[notice.pk]))


def test_a_notice_nobody_acknowledged_says_ring_the_school(everybody):
    brief(everybody.amira)
    (notice,) = owed(everybody.cleo, everybody.hub)
    write(notice, everybody.cleo, everybody.quarry_hill)
    run_job(at("2026-05-05", "08:30"))
    page = read(everybody.cleo, NOTICES)
    assert "Ring the school" in page and "eh-card--red" in page


def test_somebody_elses_copy_and_notice_are_not_there(everybody):
    grace = cast.post("Grace", everybody.quarry_hill, Role.LEAD_PRACTITIONER)
    for post in (everybody.amira, grace):
        brief(post)
    (notice,) = owed(everybody.cleo, everybody.hub)
    write(notice, everybody.cleo, everybody.quarry_hill)
    hers = NoticeCopy.objects.get(sent_to_practitioner=everybody.amira.practitioner)
    assert "Jo Smith" in read(everybody.amira, reverse("referrals:read_notice", args=[hers.pk]))
    for post in (grace, everybody.cleo, everybody.dev):
        read(post, reverse("referrals:read_notice", args=[hers.pk]), status=404)
    for post in (everybody.amira, everybody.cyrus, everybody.hana):
        read(post, reverse("referrals:write_notice", args=[notice.pk]), status=404)


def queries_of(post, path: str) -> int:
    visitor = Visitor(post)
    visitor.get(path)
    with CaptureQueriesContext(connection) as asked:
        visitor.get(path)
    return len(asked)


def test_a_list_asks_no_query_per_notice(everybody):
    brief(everybody.amira)
    (notice,) = owed(everybody.cleo, everybody.hub)
    write(notice, everybody.cleo, everybody.quarry_hill)
    before = {path: (queries_of(everybody.cleo, path), queries_of(everybody.amira, path)) for path in (WORK, NOTICES)}
    for name in ("Ada Smith", "Ned Smith", "Una Smith"):
        (notice,) = owed(everybody.cleo, everybody.hub, child(name))
        write(notice, everybody.cleo, everybody.quarry_hill)
    after = {path: (queries_of(everybody.cleo, path), queries_of(everybody.amira, path)) for path in (WORK, NOTICES)}
    assert after == before


def test_a_governance_lead_names_a_key_adult_and_nobody_elses(everybody):
    quentin = cast.post("Quentin", everybody.quarry_hill, Role.GOVERNANCE_LEAD)
    visitor, page = Visitor(quentin), "/practitioners/"
    assert "Name as key adult" in visitor.get(page).content.decode()
    answer = visitor.send(reverse("sharing_agreements:name_key_adult", args=[everybody.amira.pk]), is_one="yes")
    assert answer.status_code == 302 and Post.objects.get(pk=everybody.amira.pk).key_adult
    assert "No longer a key adult" in visitor.get(page).content.decode()
    visitor.send(reverse("sharing_agreements:name_key_adult", args=[everybody.amira.pk]), is_one="no")
    assert not Post.objects.get(pk=everybody.amira.pk).key_adult
    others = visitor.send(reverse("sharing_agreements:name_key_adult", args=[everybody.dev.pk]), is_one="yes")
    assert others.status_code == 404 and not Post.objects.get(pk=everybody.dev.pk).key_adult
    assert "key adult" not in read(everybody.gita, page)


def test_reading_the_card_owes_the_job_at_once(everybody):
    brief(everybody.amira, read=False)
    (notice,) = owed(everybody.cleo, everybody.hub)
    write(notice, everybody.cleo, everybody.quarry_hill)
    brief(everybody.amira)
    assert OwedJob.objects.filter(job=noticing.JOB).count() == 1
    with as_worker(noticing.JOB):
        noticing.send_and_raise(now=at("2026-05-01", "22:20"))
    assert SchoolNotice.objects.get().sent_at == at("2026-05-01", "22:20")
