"""Telling a child's school of domestic abuse before the next school day: owed, written, sent, received, raised (J12).

A notice is owed from the transaction that sends the report. An officer writes it; every briefed key adult of the school
gets a copy at once. The job does what could not be done then: it sends to whoever has read the card since, and raises
what has reached nobody. It looks at what is true now and stamps once, so that a night it missed is made up for.
"""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from referrals.models import NoticeCopy, Report, SchoolNotice
from referrals.models.school_notice import SAID
from referrals.permissions.notices import WRITERS, why_not_acknowledge, why_not_take_notice_back, why_not_write_notice
from referrals.queries.notices import OPEN, key_adults, school_days
from referrals.rules import school_notices as rules
from referrals.rules.report import POLICE, Child, ReportAnswers, typed_name
from referrals.rules.school_notices import Standing
from referrals.vocabulary import NoNotice
from sharing_agreements.actions.recording import record_sending
from sharing_agreements.models import Agency, Person, Post
from sharing_agreements.refusals import require
from sharing_agreements.working_time import LONDON

JOB = "send_school_notices"
BASIS = "Policing purposes at common law: notice of domestic abuse to a school"
_CONTENT = ("police_reference", "happened_time", "there", "place", "seen", "seemed", "words", "circumstances")
"""What the officer writes."""
_FACTS = ("owner_id", "author_id", "person_id", "about", "happened_on", "hidden_from")


def owe_notices(
    *, report: Report, answers: ReportAnswers, children: list[Person], by: Post, common: Mapping[str, Any]
) -> None:
    """In the transaction of a police report of domestic abuse: owe a notice about every child of school age in it,
    whether or not the child was there. `common` is what the report's rows share; the notice is sent to nobody yet."""
    if by.agency.type not in POLICE or by.role not in WRITERS or not rules.is_owed(answers.concern, answers.tags):
        return  # an outside force tells schools by its own scheme: nobody of it could write or follow a notice here
    today = report.sent_at.astimezone(LONDON).date()
    starts_at = school_days().next_start(report.sent_at)
    adults = [person for person in report.about if person not in {child.pk for child in children}]
    for child, person in zip(answers.children, children, strict=True):
        if rules.may_be_at_school(child.born, today):
            SchoolNotice.objects.create(
                **{**common, "sent_to": None},
                person=person,
                about=[person.pk, *adults],
                report=report,
                starts_at=starts_at,
                alarm_at=rules.alarm_at(starts_at),
                **_from_report(answers, child),
            )


def _from_report(answers: ReportAnswers, child: Child) -> dict[str, Any]:
    """What the officer need not type again."""
    return {
        "child_name": typed_name(child.name)[:170],
        "child_born": str(child.born),
        "police_reference": answers.police_reference,
        "happened_time": answers.happened_time,
        "seen": child.seen,
        "words": child.words,
    }


@transaction.atomic
def write_notice(
    *,
    notice: SchoolNotice,
    school: Agency | None,
    none: NoNotice | None,
    none_words: str,
    content: Mapping[str, Any],
    by: Post,
    now: datetime.datetime,
) -> int:
    """Say what the school is told and send it to every briefed key adult at once; or why no school is owed one.

    `content` has the columns of a notice an officer writes. Answers how many copies went out: 0 means that nobody
    there is briefed, and the job sends it to whoever reads the card. Refused `notice_written`, `notice_of_staff`.
    """
    held = _held(notice)
    require(why_not_write_notice(notice=held, by=by, school=school))
    for name in _CONTENT:
        setattr(held, name, content.get(name, getattr(held, name)))
    held.school, held.none_because, held.none_words = school, none or "", none_words
    held.written_at, held.written_by, held.version = now, by.practitioner, held.version + 1
    held.save(update_fields=[*_CONTENT, "school", "none_because", "none_words", "written_at", "written_by", "version"])
    return send_copies(notice=held, by=by, now=now) if school else 0


def _held(notice: SchoolNotice) -> SchoolNotice:
    """The notice as it is now, so that two officers at once write one."""
    held: SchoolNotice = SchoolNotice.objects.select_for_update().get(pk=notice.pk)
    return held


def send_copies(*, notice: SchoolNotice, by: Post | None, now: datetime.datetime) -> int:
    """Send a written notice to every briefed key adult who has no copy yet. `by` is None in the job."""
    have = NoticeCopy.objects.filter(notice=notice, withdrawn_at=None).values_list("sent_to_practitioner_id", "pk")
    got = {reader for reader, _ in have}
    readers = [one for one in key_adults(notice) if one.briefed and one.practitioner_id not in got]
    facts = {name: getattr(notice, name) for name in _FACTS} | ({"author_id": by.practitioner_id} if by else {})
    said = {name: getattr(notice, name) for name in SAID}
    copies = [
        NoticeCopy.objects.create(
            **facts, **said, recorded_at=now, sent_at=now, notice=notice,
            sent_to_id=notice.school_id, sent_to_practitioner_id=reader.practitioner_id,
        )
        for reader in readers
    ]  # fmt: skip
    if copies:
        SchoolNotice.objects.filter(pk=notice.pk, sent_at=None).update(sent_at=now, version=F("version") + 1)
        ids = [copy.pk for copy in copies]
        record_sending(what="notice sent to school", by=by, record_ids=ids, basis=BASIS, at=now)
    return len(copies)


@transaction.atomic
def take_notice_back(*, notice: SchoolNotice, by: Post, now: datetime.datetime) -> None:
    """Take back what was sent: its readers see that it was, and no longer what it said. It is owed again, as on the
    day it was first. Refused `notice_not_written`."""
    held = _held(notice)
    require(why_not_take_notice_back(notice=held, by=by))
    _withdraw(held, now)
    SchoolNotice.objects.filter(pk=held.pk).update(
        school=None, none_because="", none_words="", written_at=None, written_by=None, sent_at=None,
        alarmed_at=None, raised_at=None, version=F("version") + 1,
    )  # fmt: skip


def take_back_for_wrong_child(*, report: Report, person: UUID, now: datetime.datetime) -> None:
    """The reporter says that it was not this child: nothing is owed about them, and what was sent is taken back."""
    for held in SchoolNotice.objects.select_for_update().filter(report=report, person_id=person):
        _withdraw(held, now)
        SchoolNotice.objects.filter(pk=held.pk).update(
            none_because=NoNotice.WRONG_CHILD, withdrawn_at=now, written_at=now, version=F("version") + 1
        )


def _withdraw(notice: SchoolNotice, now: datetime.datetime) -> None:
    NoticeCopy.objects.filter(notice=notice, withdrawn_at=None).update(withdrawn_at=now, version=F("version") + 1)


@transaction.atomic
def acknowledge(*, copy: NoticeCopy, by: Post, now: datetime.datetime) -> bool:
    """A key adult says that they have it. False when they had said so before."""
    require(why_not_acknowledge(copy=copy, by=by))
    with connection.cursor() as cursor:
        cursor.execute("select gate.acknowledge_notice(%s, %s)", [copy.pk, now])
        return bool(cursor.fetchone()[0])


def send_and_raise(*, now: datetime.datetime) -> None:
    """The job (J12): send what is written to whoever is briefed by now, and raise what has reached nobody.

    An alarm by 07:00 of the school day for what nobody at the school has; raised as the day begins for what nobody
    there has acknowledged. Each is stamped once, however often this runs and however late.
    """
    waiting = SchoolNotice.objects.filter(OPEN, withdrawn_at=None).exclude(person__in=_ended())
    for notice in waiting:
        if notice.written_at:
            send_copies(notice=notice, by=None, now=now)
    _stamp(waiting.filter(alarmed_at=None), rules.is_alarm, "alarmed_at", now)
    _stamp(waiting.filter(raised_at=None), rules.is_raised, "raised_at", now)


def _ended() -> list[UUID]:
    """Whoever has died: no school is told of what happens in their home."""
    with connection.cursor() as cursor:
        cursor.execute("select person_id from gate.ended_people()")
        return [person for (person,) in cursor.fetchall()]


def take_back_of(*, person: UUID, now: datetime.datetime) -> None:
    """A child has died: take back what no school has acknowledged, in the transaction that says so."""
    with connection.cursor() as cursor:
        cursor.execute("select gate.take_back_notices(%s, %s)", [person, now])


def _stamp(notices: Iterable[SchoolNotice], is_due: Any, column: str, now: datetime.datetime) -> None:
    late = [one.pk for one in notices if is_due(standing_of(one), now)]
    SchoolNotice.objects.filter(pk__in=late, **{column: None}).update(**{column: now, "version": F("version") + 1})


def standing_of(notice: SchoolNotice) -> Standing:
    """A notice as the rules see it."""
    return Standing(
        written=notice.written_at is not None,
        sent=notice.sent_at is not None,
        received=notice.acknowledged_at is not None,
        alarm_at=notice.alarm_at,
        starts_at=notice.starts_at,
    )
