"""The truth table of each policy that the front door has besides those of every governed table.

A row opens where all that its policy asks is so, and not where one thing is not. Emergency access opens whatever a
policy that narrows does not keep closed, so it shows what each of these keeps closed.
"""

import datetime
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from referrals.models import (
    AgencyCheck,
    CheckAnswer,
    CheckAnswerDetail,
    Contact,
    DeviceKey,
    Draft,
    DraftAttachment,
    GuidanceRead,
    HubThreshold,
    ImportReject,
    NoticeCopy,
    QueueFilter,
    Report,
    ReportImport,
    RestrictedMatch,
    SchoolNotice,
)
from sharing_agreements.models import EmergencyAccess, Post, RecordException, RecordSystem, SharedRecord
from sharing_agreements.vocabulary import AgencyType, Kind, Level, Purpose, Role
from tests import cast
from tests.conftest import as_web, as_worker

pytestmark = pytest.mark.django_db

THEN = cast.SIGNED_AT
CARD = "notice-to-school"


def refused() -> Any:
    """Row security lets no such row in."""
    return pytest.raises(ProgrammingError, match="row-level security")


@dataclass
class Scene:
    """Whoever looks, a colleague, and somebody at another agency, whose row about a child it is."""

    me: Post
    colleague: Post
    elsewhere: Post

    def __post_init__(self) -> None:
        self.child = cast.person()

    def become(self, role: Role) -> None:
        """Look under another role."""
        self.me.role = role
        self.me.save()

    def row(self, model: type[SharedRecord], **own: Any) -> Any:
        """A row about the child that the other agency owns and its post wrote."""
        facts = {"owner": self.elsewhere.agency, "author": self.elsewhere.practitioner, "person": self.child}
        return model.objects.create(**facts, happened_on=cast.today(), **own)

    def report(self) -> Report:
        return self.row(Report, draft=cast.person().pk, child_count=1, sent_at=THEN)

    def contact(self) -> Contact:
        return self.row(Contact, report=self.report(), received_at=THEN, feedback_due_at=THEN)

    def check(self) -> AgencyCheck:
        times = dict.fromkeys(("asked_at", "due_at", "climbs_at"), THEN)
        return self.row(AgencyCheck, contact=self.contact(), looks_back=12, urgency="amber", **times)

    def in_an_emergency(self) -> None:
        """Open the child's records to me, so that only what narrows still closes one."""
        now = timezone.now()
        EmergencyAccess.objects.create(
            practitioner=self.me.practitioner,
            post_id=self.me.pk,
            agency_no=self.me.agency.no,
            people=[self.child.pk],
            told=[],
            reason="Danger",
            started_at=now,
            ends_at=now + datetime.timedelta(hours=1),
        )

    def sees(self, row: Any, **facts: Any) -> bool:
        """Whether I find the row when these facts of it are so."""
        if facts:
            with connection.cursor() as cursor:
                changed = ", ".join(f"{name} = %s" for name in facts)
                cursor.execute(f"update {row._meta.db_table} set {changed} where id = %s", [*facts.values(), row.pk])
        return finds(self.me, row)


def finds(post: Post, row: Any) -> bool:
    with as_web(post, Purpose.EARLY_HELP):
        return type(row).objects.filter(pk=row.pk).exists()


def refuses_to_add(post: Post, *rows: Any) -> None:
    """Row security lets the post add none of these."""
    for row in rows:
        with as_web(post, Purpose.EARLY_HELP), refused(), transaction.atomic():
            row.save(force_insert=True)


@pytest.fixture
def scene(db) -> Scene:
    """Two who report for a police force, and a manager of a housing association."""
    police, housing = cast.agency("Force", AgencyType.POLICE), cast.agency("Homes", AgencyType.HOUSING)
    return Scene(
        cast.post("Cath", police, Role.REPORTER),
        cast.post("Cleo", police, Role.REPORTER),
        cast.post("Tina", housing, Role.MANAGER),
    )


def draft(of: Post) -> Draft:
    return Draft(author=of.practitioner, post=of, started_at=THEN, changed_at=THEN)


def device_key(of: Post) -> DeviceKey:
    return DeviceKey(practitioner=of.practitioner, device=of.pk, key=b"k" * 32, issued_at=THEN)


def card_read(of: Post, card: str = CARD) -> GuidanceRead:
    return GuidanceRead(practitioner=of.practitioner, card=card, version=1, read_at=THEN)


def queue_filter(of: Post) -> QueueFilter:
    return QueueFilter(practitioner=of.practitioner)


@pytest.mark.parametrize("made", [draft, device_key, card_read, queue_filter])
def test_what_is_a_practitioners_own_they_alone_read_and_add_whatever_their_role(scene, made):
    for role in (Role.REPORTER, Role.MANAGER, Role.ADMINISTRATOR):
        scene.become(role)
        refuses_to_add(scene.me, made(scene.colleague), made(scene.elsewhere))
    with as_web(scene.me, Purpose.REPORTING):
        made(scene.me).save(force_insert=True)
    made(scene.colleague).save(force_insert=True)
    for post in (scene.me, scene.colleague, scene.elsewhere):
        with as_web(post, Purpose.REPORTING):
            found = [row.author_id if made is draft else row.practitioner_id for row in type(made(post)).objects.all()]
        assert found == ([] if post is scene.elsewhere else [post.practitioner_id])


def test_a_file_with_a_draft_is_the_drafts_authors_alone(scene):
    def file(of: Draft) -> DraftAttachment:
        return DraftAttachment(draft=of, shows="The door", sort="photo", content=b"x", added_at=THEN)

    mine, theirs = draft(scene.me), draft(scene.colleague)
    mine.save(), theirs.save()
    refuses_to_add(scene.me, file(theirs))
    with as_web(scene.me, Purpose.REPORTING):
        file(mine).save(force_insert=True)
    file(theirs).save()
    for post, own in ((scene.me, mine), (scene.colleague, theirs)):
        with as_web(post, Purpose.REPORTING):
            assert [one.draft_id for one in DraftAttachment.objects.all()] == [own.pk]
    with as_web(scene.elsewhere, Purpose.REPORTING):
        assert not DraftAttachment.objects.exists()


def test_that_somebody_was_told_of_a_closed_match_they_and_the_managers_of_that_hub_read(scene):
    told = RestrictedMatch.objects.create(
        contact=scene.contact(),
        reference="CN-26-000001",
        hub=scene.elsewhere.agency,
        recipient=scene.colleague.practitioner,
        is_named=True,
    )
    other = cast.post("Omar", scene.elsewhere.agency, Role.DECISION_MAKER)
    for role in Role:
        scene.become(role)
        scene.elsewhere.role = role
        scene.elsewhere.save()
        assert not scene.sees(told), role
        assert finds(scene.elsewhere, told) is (role == "manager"), role
    assert finds(scene.colleague, told)
    assert not finds(other, told)


def test_one_job_alone_tells_of_closed_matches(scene):
    def told(to: Post) -> RestrictedMatch:
        return RestrictedMatch(
            contact=contact, reference="CN-26-000001", hub=to.agency, recipient=to.practitioner, is_named=True
        )

    contact = scene.contact()
    with as_worker("match_report"):
        told(scene.me).save(force_insert=True)
        assert RestrictedMatch.objects.count() == 1
    with as_worker("receive_report"):
        assert not RestrictedMatch.objects.exists()
        with refused(), transaction.atomic():
            told(scene.colleague).save(force_insert=True)


@pytest.mark.parametrize("role", Role)
def test_whoever_acts_reads_the_hubs_numbers_and_three_roles_set_them(scene, role):
    scene.become(role)
    with as_web(scene.me, Purpose.OVERSIGHT):
        assert HubThreshold.objects.filter(rule="repeat_week").exists()
        changed = HubThreshold.objects.filter(rule="repeat_week").update(days=8)
    assert changed == (role in {"coordinator", "manager", "administrator"})
    with as_worker("watch_contacts"):
        assert HubThreshold.objects.filter(rule="repeat_week").exists()


@pytest.mark.parametrize(("model", "enough"), [(CheckAnswer, Level.SUMMARY), (CheckAnswerDetail, Level.FULL)])
def test_an_answer_is_its_owners_the_hubs_that_asked_and_whose_its_owner_lets_read_it(scene, model, enough):
    kind = {"kind": Kind.HOUSING}
    row = scene.row(CheckAnswer, check_asked=scene.check(), answer="known", headline="Known", answered_at=THEN, **kind)
    if model is CheckAnswerDetail:
        row = scene.row(model, check_answer=row, handling="permitted", **kind)
    scene.become(Role.COORDINATOR)
    assert not scene.sees(row)
    scene.in_an_emergency()
    home, mine = scene.elsewhere.agency.no, scene.me.agency.no
    assert not scene.sees(row)
    assert scene.sees(row, owner_no=mine)
    assert scene.sees(row, owner_no=home, sent_to_no=mine)
    assert not scene.sees(row, sent_to_no=home)
    for level in Level:
        shared = RecordException.objects.create(
            verb="share",
            agency=scene.me.agency,
            level=level,
            made_at=THEN,
            reason="Asked",
            table_name=model._meta.db_table,
            record_id=row.pk,
            owner_no=home,
            made_by=scene.elsewhere.practitioner,
        )
        assert scene.sees(row) is (level in {enough, Level.FULL}), level
        shared.delete()


def notice(scene: Scene) -> SchoolNotice:
    return scene.row(SchoolNotice, report=scene.report(), child_name="Jo", starts_at=THEN, alarm_at=THEN)


def test_a_notice_to_a_school_is_its_forces_alone_whatever_else_opens_it(scene):
    row = notice(scene)
    scene.become(Role.MANAGER)
    scene.in_an_emergency()
    assert not scene.sees(row)
    assert not scene.sees(row, sent_to_no=scene.me.agency.no)
    assert scene.sees(row, owner_no=scene.me.agency.no)
    scene.become(Role.REPORTER)
    EmergencyAccess.objects.all().delete()
    assert not scene.sees(row)


def test_a_copy_of_a_notice_is_its_forces_and_that_of_the_one_reader_who_has_read_the_card(scene):
    row = scene.row(NoticeCopy, notice=notice(scene), child_name="Jo", starts_at=THEN, sent_at=THEN)
    agency, me, home = scene.me.agency.no, scene.me.practitioner.no, scene.elsewhere.agency.no
    to_me = {"sent_to_no": agency, "sent_to_practitioner_no": me}
    assert not scene.sees(row, **to_me)
    card_read(scene.colleague).save()
    card_read(scene.me, "another-card").save()
    scene.in_an_emergency()
    assert not scene.sees(row, **to_me)
    card_read(scene.me).save()
    assert scene.sees(row, **to_me)
    assert not scene.sees(row, sent_to_no=home)
    assert not scene.sees(row, sent_to_no=agency, sent_to_practitioner_no=scene.colleague.practitioner.no)
    assert not scene.sees(row, sent_to_no=None, sent_to_practitioner_no=None)
    assert scene.sees(row, owner_no=agency)
    EmergencyAccess.objects.all().delete()
    assert not scene.sees(row)
    assert scene.sees(row, owner_no=home, **to_me)


def test_what_was_imported_is_read_by_whoever_tends_the_system_it_came_through(scene):
    def imported(by: Post) -> tuple[ReportImport, ImportReject]:
        system = RecordSystem.objects.create(
            agency=by.agency, post=by, name="Crossline", added_by=by.practitioner, added_at=THEN
        )
        run = ReportImport.objects.create(system=system, digest="0", file_name="old.csv", mapping={}, started_at=THEN)
        return run, ImportReject.objects.create(run=run, line=1, reason="No date")

    ours, theirs = imported(scene.me), imported(scene.elsewhere)
    for role in Role:
        scene.become(role)
        tends = role in {"administrator", "governance_lead"}
        assert [scene.sees(one) for one in ours] == [tends, tends], role
        assert [scene.sees(one) for one in theirs] == [False, False], role


def test_reports_are_numbered_by_whoever_sends_them_and_by_jobs(scene):
    for login in (as_web(scene.me, Purpose.REPORTING), as_worker("receive_report")):
        with login, connection.cursor() as cursor:
            cursor.execute("select nextval('referrals_report_number')")


def test_what_rounds_the_boards_numbers_is_for_the_gate_alone():
    with connection.cursor() as cursor:
        for login in ("eh_web", "eh_worker"):
            cursor.execute("select has_function_privilege(%s, 'gate.publishable(bigint)', 'execute')", [login])
            assert cursor.fetchone() == (False,), login
