"""A notice of domestic abuse reaches a briefed key adult, and nobody else; what reaches nobody is raised (J12)."""

import datetime
from contextlib import contextmanager

import psycopg2
import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, ProgrammingError

from referrals.actions import adding, noticing, reading_guidance
from referrals.models import GuidanceRead, NoticeCopy, ReportedChild, SchoolNotice
from referrals.queries import notices as queries
from referrals.queries.guidance import cards
from referrals.refusals import NOTICE_NOT_WRITTEN, NOTICE_OF_STAFF, NOTICE_WRITTEN
from referrals.rules.report import Adult
from referrals.vocabulary import ConcernKind, NoNotice, NoticePlace, WasThere
from sharing_agreements.models import Conflict, Disclosure, Post, SchoolTerm
from sharing_agreements.refusals import Refused
from sharing_agreements.vocabulary import AgencyType, Purpose, Role
from sharing_agreements.working_time import LONDON
from tests import cast
from tests.conftest import as_web, as_worker
from tests.referrals.arriving import child, send

pytestmark = pytest.mark.django_db
RON = Adult("Ron Ackroyd", "Partner", with_child=True)
CONTENT = {"there": WasThere.HEARD, "place": NoticePlace.HOME, "circumstances": "Police were called to an argument."}


def at(day: str, time: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=LONDON)


FRIDAY_NIGHT = at("2026-05-01", "22:10")
"""Before a weekend and the bank holiday of Monday 4 May 2026."""


def owed(by, hub, *children, when=FRIDAY_NIGHT, **more) -> list[SchoolNotice]:
    """What a report of domestic abuse leaves owed."""
    more = {"concern": ConcernKind.DOMESTIC_ABUSE, "adults": (RON,), **more}
    report = send(by, hub, *(children or [child(words="He shouts.")]), at=when, **more)
    return list(SchoolNotice.objects.filter(report=report))


def brief(post, *, read: bool = True) -> None:
    """Name the holder of a post as key adult, who reads the card unless told otherwise."""
    Post.objects.filter(pk=post.pk).update(key_adult=True)
    if read:
        with as_web(post, Purpose.REPORTING):
            reading_guidance.read_card(card=cards()["notice-to-school"], by=post, now=FRIDAY_NIGHT)


def write(notice, by, school, *, now=FRIDAY_NIGHT, none=None, **content) -> int:
    with as_web(by, Purpose.SCHOOL_NOTICE):
        return noticing.write_notice(
            notice=notice, school=school, none=none, none_words="", content=CONTENT | content, by=by, now=now
        )


def run_job(now) -> None:
    with as_worker(noticing.JOB):
        noticing.send_and_raise(now=now)


def received(copy, by, now=FRIDAY_NIGHT) -> bool:
    with as_web(by, Purpose.SCHOOL_NOTICE):
        return noticing.acknowledge(copy=copy, by=by, now=now)


@contextmanager
def refused_by_grants():
    """The login has no right to what is tried."""
    with pytest.raises(ProgrammingError) as refused, transaction.atomic():
        yield
    assert isinstance(refused.value.__cause__, psycopg2.errors.InsufficientPrivilege)


def test_a_police_report_of_domestic_abuse_owes_a_notice_about_every_child_of_school_age(everybody):
    baby = child("Bo Smith", datetime.date(2025, 1, 1))
    (notice,) = owed(everybody.cleo, everybody.hub, child(words="He shouts."), baby)
    assert (notice.child_name, notice.words, notice.school, notice.sent_to) == ("Jo Smith", "He shouts.", None, None)
    assert notice.starts_at == at("2026-05-05", "08:30") and notice.alarm_at == at("2026-05-05", "07:00")
    assert len(notice.about) == 2 and notice.about[0] != notice.about[1]


def test_no_other_report_owes_one(everybody):
    assert owed(everybody.amira, everybody.hub) == []
    assert owed(everybody.cleo, everybody.hub, concern=ConcernKind.NEGLECT) == []


def test_terms_decide_when_the_next_school_day_is(everybody):
    SchoolTerm.objects.create(first_day=datetime.date(2026, 4, 13), last_day=datetime.date(2026, 5, 22))
    SchoolTerm.objects.create(first_day=datetime.date(2026, 6, 1), last_day=datetime.date(2026, 7, 21))
    (notice,) = owed(everybody.cleo, everybody.hub, when=at("2026-05-23", "01:00"))
    assert notice.starts_at == at("2026-06-01", "08:30")


def test_it_goes_at_once_to_every_briefed_key_adult_and_to_nobody_else(everybody):
    grace = cast.post("Grace", everybody.quarry_hill, Role.LEAD_PRACTITIONER)
    petra = cast.post("Petra", everybody.quarry_hill, Role.MANAGER)
    brief(everybody.amira)
    brief(grace, read=False)
    (notice,) = owed(everybody.cleo, everybody.hub)
    assert write(notice, everybody.cleo, everybody.quarry_hill) == 1
    seen = {}
    for post in (everybody.cleo, everybody.cyrus, everybody.amira, grace, petra, everybody.dev, everybody.hana):
        with as_web(post, Purpose.SCHOOL_NOTICE):
            seen[post.practitioner.name] = (SchoolNotice.objects.count(), NoticeCopy.objects.count())
    assert seen["Cleo"] == (1, 1) and seen["Amira"] == (0, 1)
    assert {seen[name] for name in ("Cyrus", "Grace", "Petra", "Dev", "Hana")} == {(0, 0)}
    sent = Disclosure.objects.get(what="notice sent to school")
    assert sent.record_ids == [NoticeCopy.objects.get().pk] and sent.basis == noticing.BASIS
    with as_web(everybody.cleo, Purpose.SCHOOL_NOTICE):
        notice = SchoolNotice.objects.get()
        assert [(one.name, one.briefed) for one in queries.key_adults(notice)] == [("Amira", True), ("Grace", False)]


def test_a_copy_holds_the_content_of_a_notice_and_no_address_or_adult(everybody):
    brief(everybody.amira)
    (notice,) = owed(everybody.cleo, everybody.hub, police_reference="MC/1", home_line="14 Fen Lane")
    write(notice, everybody.cleo, everybody.quarry_hill, police_reference="MC/1")
    said = str(NoticeCopy.objects.get().__dict__)
    assert "Jo Smith" in said and "MC/1" in said and "an argument" in said
    assert "Ackroyd" not in said and "Fen Lane" not in said and "Hungry again" not in said


def test_whoever_has_not_read_the_card_reads_no_copy_even_where_one_was_made(everybody):
    brief(everybody.amira)
    (notice,) = owed(everybody.cleo, everybody.hub)
    write(notice, everybody.cleo, everybody.quarry_hill)
    GuidanceRead.objects.all().delete()
    with as_web(everybody.amira, Purpose.SCHOOL_NOTICE):
        assert NoticeCopy.objects.count() == 0
    with pytest.raises(DatabaseError), transaction.atomic():
        received(NoticeCopy.objects.get(), everybody.amira)


def test_the_job_sends_it_once_to_whoever_reads_the_card_later(everybody):
    brief(everybody.amira, read=False)
    (notice,) = owed(everybody.cleo, everybody.hub)
    assert write(notice, everybody.cleo, everybody.quarry_hill) == 0
    run_job(FRIDAY_NIGHT)
    assert not NoticeCopy.objects.exists()
    brief(everybody.amira)
    for _ in range(3):
        run_job(at("2026-05-04", "20:00"))
    copy = NoticeCopy.objects.get()
    assert copy.sent_to_practitioner == everybody.amira.practitioner
    assert copy.author == everybody.cleo.practitioner
    assert SchoolNotice.objects.get().sent_at == at("2026-05-04", "20:00")


def test_what_reached_nobody_alarms_at_seven_of_the_next_school_day_and_not_before(everybody):
    (notice,) = owed(everybody.cleo, everybody.hub)
    for day, time in (("2026-05-02", "09:00"), ("2026-05-04", "09:00"), ("2026-05-05", "06:59")):
        run_job(at(day, time))
        notice.refresh_from_db()
        assert (notice.alarmed_at, notice.raised_at) == (None, None), (day, time)
    run_job(at("2026-05-05", "07:00"))
    notice.refresh_from_db()
    assert notice.alarmed_at == at("2026-05-05", "07:00") and notice.raised_at is None


def test_a_job_that_missed_the_morning_makes_up_for_it_and_stamps_once(everybody):
    brief(everybody.amira)
    unwritten, unread, read = (owed(everybody.cleo, everybody.hub)[0] for _ in range(3))
    for notice in (unread, read):
        write(notice, everybody.cleo, everybody.quarry_hill)
    received(NoticeCopy.objects.get(notice=read), everybody.amira)
    for now in (at("2026-05-07", "12:00"), at("2026-05-08", "12:00")):
        run_job(now)
    late = at("2026-05-07", "12:00")
    found = {n.pk: (n.alarmed_at, n.raised_at) for n in SchoolNotice.objects.all()}
    assert found == {unwritten.pk: (late, late), unread.pk: (None, late), read.pk: (None, None)}


@pytest.mark.parametrize(("day", "alarm"), [("2026-03-29", "2026-03-30"), ("2026-10-25", "2026-10-26")])
def test_on_the_morning_after_a_clock_change_seven_is_seven_in_london(everybody, day, alarm):
    (notice,) = owed(everybody.cleo, everybody.hub, when=at(day, "00:30"))
    run_job(at(alarm, "06:59"))
    notice.refresh_from_db()
    assert notice.alarmed_at is None
    run_job(at(alarm, "07:00"))
    notice.refresh_from_db()
    assert notice.alarmed_at == at(alarm, "07:00")


def test_kin_are_never_sent_it_nor_named(everybody):
    brief(everybody.amira)
    (notice,) = owed(everybody.cleo, everybody.hub)
    ron = next(person for person in notice.about if person != notice.person_id)
    Conflict.objects.create(
        practitioner=everybody.amira.practitioner, person_id=ron, reason="He is my brother.", declared_at=FRIDAY_NIGHT
    )
    assert write(notice, everybody.cleo, everybody.quarry_hill) == 0
    with as_web(everybody.cleo, Purpose.SCHOOL_NOTICE):
        assert queries.key_adults(SchoolNotice.objects.get()) == []


def test_key_adults_are_named_to_police_and_the_job_alone(everybody):
    brief(everybody.amira)
    (notice,) = owed(everybody.cleo, everybody.hub)
    write(notice, everybody.cleo, everybody.quarry_hill)
    notice.refresh_from_db()
    for post in (everybody.hana, everybody.esi, everybody.amira):
        with as_web(post, Purpose.TRIAGE):
            assert queries.key_adults(notice) == []
    with as_worker("receive_report"):
        assert queries.key_adults(notice) == []


def test_only_its_reader_says_that_they_have_it_and_the_police_read_who(everybody):
    grace = cast.post("Grace", everybody.quarry_hill, Role.LEAD_PRACTITIONER)
    for post in (everybody.amira, grace):
        brief(post)
    (notice,) = owed(everybody.cleo, everybody.hub)
    write(notice, everybody.cleo, everybody.quarry_hill)
    hers = NoticeCopy.objects.get(sent_to_practitioner=everybody.amira.practitioner)
    with pytest.raises(Refused):
        received(hers, grace)
    with as_web(grace, Purpose.SCHOOL_NOTICE), pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute("select gate.acknowledge_notice(%s, now())", [hers.pk])
    assert received(hers, everybody.amira, at("2026-05-05", "07:40")) is True
    assert received(hers, everybody.amira, at("2026-05-05", "07:50")) is False
    notice.refresh_from_db()
    assert notice.acknowledged_by == everybody.amira.practitioner
    assert notice.acknowledged_at == at("2026-05-05", "07:40")


def test_the_police_cannot_say_for_the_school_that_it_was_received(everybody):
    brief(everybody.amira)
    (notice,) = owed(everybody.cleo, everybody.hub)
    write(notice, everybody.cleo, everybody.quarry_hill)
    for rows in (SchoolNotice.objects.filter(pk=notice.pk), NoticeCopy.objects.all()):
        with as_web(everybody.cleo, Purpose.SCHOOL_NOTICE), refused_by_grants():
            rows.update(acknowledged_at=FRIDAY_NIGHT)


def test_a_notice_is_written_once_by_its_own_force(everybody):
    brief(everybody.amira)
    (notice,) = owed(everybody.cleo, everybody.hub)
    write(notice, everybody.cleo, everybody.quarry_hill)
    with pytest.raises(Refused) as refused:
        write(notice, everybody.cleo, everybody.quarry_hill)
    assert refused.value.refusal == NOTICE_WRITTEN
    assert NoticeCopy.objects.count() == 1


def test_nothing_is_sent_to_a_school_where_somebody_works_whom_the_report_is_about(everybody):
    works_at = {"works_at": "Quarry Hill Primary", "works_at_no": everybody.quarry_hill.no}
    brief(everybody.amira)
    (notice,) = owed(everybody.cleo, everybody.hub, **works_at)
    with pytest.raises(Refused) as refused:
        write(notice, everybody.cleo, everybody.quarry_hill)
    assert refused.value.refusal == NOTICE_OF_STAFF


def test_what_was_taken_back_is_owed_again_and_may_go_to_another_school(everybody):
    for post in (everybody.amira, everybody.dev):
        brief(post)
    (notice,) = owed(everybody.cleo, everybody.hub)
    with as_web(everybody.cleo, Purpose.SCHOOL_NOTICE), pytest.raises(Refused) as refused:
        noticing.take_notice_back(notice=notice, by=everybody.cleo, now=FRIDAY_NIGHT)
    assert refused.value.refusal == NOTICE_NOT_WRITTEN
    write(notice, everybody.cleo, everybody.quarry_hill)
    with as_web(everybody.cleo, Purpose.SCHOOL_NOTICE):
        noticing.take_notice_back(notice=notice, by=everybody.cleo, now=FRIDAY_NIGHT)
    with pytest.raises(Refused):
        received(NoticeCopy.objects.get(), everybody.amira)
    assert write(notice, everybody.cleo, everybody.oak_green) == 1
    with as_web(everybody.dev, Purpose.SCHOOL_NOTICE):
        assert NoticeCopy.objects.get().withdrawn_at is None


def test_a_child_marked_wrong_is_taken_back_and_no_longer_owed(everybody):
    brief(everybody.amira)
    (notice,) = owed(everybody.cleo, everybody.hub)
    write(notice, everybody.cleo, everybody.quarry_hill)
    with as_web(everybody.cleo, Purpose.REPORTING):
        reported = ReportedChild.objects.select_related("report").get()
        adding.mark_wrong_child(child=reported, because="A cousin.", by=everybody.cleo, now=FRIDAY_NIGHT)
    notice.refresh_from_db()
    assert notice.none_because == NoNotice.WRONG_CHILD
    assert NoticeCopy.objects.get().withdrawn_at == FRIDAY_NIGHT
    run_job(at("2026-05-07", "12:00"))
    notice.refresh_from_db()
    assert notice.raised_at is None


def test_for_a_child_educated_at_home_the_council_is_told(everybody):
    council = cast.agency("Children's social care", AgencyType.SOCIAL_CARE)
    officer = cast.post("Opal", council, Role.TEAM_MEMBER)
    brief(officer)
    (notice,) = owed(everybody.cleo, everybody.hub)
    with as_web(everybody.cleo, Purpose.SCHOOL_NOTICE):
        assert queries.told_of_children_at_home(everybody.police) == council
    assert write(notice, everybody.cleo, council) == 1


def test_only_the_governance_lead_names_key_adults_of_their_own_agency(everybody):
    quentin = cast.post("Quentin", everybody.quarry_hill, Role.GOVERNANCE_LEAD)
    answers = []
    for by in (everybody.amira, everybody.gita, quentin):
        with as_web(by, Purpose.GOVERNANCE), connection.cursor() as cursor:
            cursor.execute("select gate.name_key_adult(%s, true)", [everybody.amira.pk])
            answers.append(cursor.fetchone()[0])
    assert answers == [False, False, True]
    assert Post.objects.get(pk=everybody.amira.pk).key_adult
