"""Sending a report: one transaction makes every row, and the hub may read them because they were sent to it."""

import datetime
from typing import Any

from django.db import connection, transaction

from referrals.actions.attaching import carry_over
from referrals.actions.chronicling import write_report_events
from referrals.actions.noticing import owe_notices
from referrals.models import (
    Draft,
    Report,
    ReportDetail,
    ReportedAdult,
    ReportedChild,
    ReportedChildDetail,
    ReportHubOnly,
    ReportPlace,
)
from referrals.permissions import why_not_write
from referrals.refusals import no_hub
from referrals.rules import report as rules
from referrals.rules.headings import headings_of
from referrals.rules.report import Adult, Child, ReportAnswers
from referrals.vocabulary import Answer, Urgency
from sharing_agreements.actions.owing import owe
from sharing_agreements.actions.recording import record_sending
from sharing_agreements.models import Address, Agency, Identity, Person, Post
from sharing_agreements.refusals import Refused, require
from sharing_agreements.vocabulary import Role
from sharing_agreements.working_time import LONDON

BASIS = "Public task: safeguarding and promoting the welfare of children"


@transaction.atomic
def send_report(
    *,
    draft: Draft,
    answers: ReportAnswers,
    hub: Agency | None,
    due_at: datetime.datetime | None,
    by: Post,
    now: datetime.datetime,
) -> Draft:
    """Send a finished draft to the hub; its receipt comes back. Sending again gives the first receipt.

    Refused `no_hub` when no hub serves the district. The hub's queue is filled by the job `receive_report`; the
    receipt does not wait for it.
    """
    held = Draft.objects.select_for_update().get(pk=draft.pk)
    if held.sent_at and held.author_id == by.practitioner_id:
        return held
    require(why_not_write(draft=held, by=by))
    if hub is None:
        raise Refused(no_hub(by.agency.district))
    report = _file(held, answers, hub, by, now)
    carry_over(held, report, by)
    owe(job="receive_report", key=f"receive_report:{report.pk}", payload={"report": report.pk})
    record_sending(what="report sent to hub", by=by, record_ids=[report.pk], basis=BASIS, at=now)
    return _give_receipt(held, report, answers, hub, due_at, now)


def _give_receipt(
    draft: Draft,
    report: Report,
    answers: ReportAnswers,
    hub: Agency,
    due_at: datetime.datetime | None,
    now: datetime.datetime,
) -> Draft:
    """The draft becomes its author's receipt; the words live on in the report alone."""
    draft.data, draft.sent_at, draft.changed_at = {}, now, now
    draft.reference, draft.sent_to, draft.due_at = report.reference, hub, due_at
    draft.danger = answers.danger == Answer.YES or answers.urgency == Urgency.RED
    draft.closed_to_own_agency = report.owner.no in report.hidden_from
    draft.save()
    return draft


def _next_reference(on: datetime.date) -> str:
    with connection.cursor() as cursor:
        cursor.execute("select nextval('referrals_report_number')")
        return rules.reference(cursor.fetchone()[0], on)


def _file(draft: Draft, answers: ReportAnswers, hub: Agency, by: Post, now: datetime.datetime) -> Report:
    today = now.astimezone(LONDON).date()
    common: dict[str, Any] = {
        "owner": by.agency,
        "author": by.practitioner,
        "happened_on": rules.happened_on(answers.happened, today),
        "recorded_at": now,
        "sent_to": hub,
        "hidden_from": [answers.works_at_no] if answers.works_at_no else [],
    }
    children = [Person.objects.create() for _ in answers.children]
    adults = [Person.objects.create() for _ in answers.adults]
    everybody = [person.pk for person in (*children, *adults)]
    report = _headline(draft, answers, by, now, {**common, "about": everybody})
    _words(report, answers, {**common, "about": everybody})
    for place, (child, person) in enumerate(zip(answers.children, children, strict=True)):
        _child(report, place, child, person, common)
        _places(report, answers, child, person, [one.pk for one in children], common)
    for place, (adult, person) in enumerate(zip(answers.adults, adults, strict=True)):
        _adult(report, place, adult, person, common)
    owe_notices(report=report, answers=answers, children=children, by=by, common=common)
    write_report_events(
        report=report.pk,
        children=children,
        title=f"Concern report: {answers.concern.label.lower()}",
        account=answers.account,
        precision=answers.happened.precision,
        headings=headings_of([answers.concern, *answers.tags]),
        common=common,
    )
    return report


def _headline(draft: Draft, answers: ReportAnswers, by: Post, now: datetime.datetime, common: dict[str, Any]) -> Report:
    local = now.astimezone(LONDON)
    knows, agreed, safe = answers.told_codes
    told_at = rules.time_before(answers.danger_told_at, local) if answers.danger_told_at else None
    return Report.objects.create(
        **common,
        reference=_next_reference(local.date()),
        draft=draft.pk,
        concern=answers.concern,
        tags=list(answers.tags),
        urgency=answers.urgency,
        danger=answers.danger,
        danger_told=answers.danger_told,
        danger_told_at=told_at,
        happened_precision=answers.happened.precision,
        happened_time=answers.happened_time,
        parent_knows=knows,
        parent_agreed=agreed,
        safe_to_tell=safe,
        child_count=len(answers.children),
        under_five=any(rules.is_under_five(child.born, local.date()) for child in answers.children),
        sent_at=now,
        reporter_title=str(by)[:120],
        writer=answers.writer,
        verified_email=by.practitioner.email if by.role == Role.OUTSIDE_REPORTER else "",
    )


def _words(report: Report, answers: ReportAnswers, common: dict[str, Any]) -> None:
    """The account for those with full rights; what is for the hub alone goes in its own row."""
    ReportDetail.objects.create(
        **common,
        report=report,
        account=answers.account,
        strengths=answers.strengths,
        asked_for=answers.asked_for,
        told=answers.told_words,
        not_safe_because=answers.not_safe_because,
        school=answers.school,
        police_reference=answers.police_reference,
        checks=answers.checks,
        dog_or_weapon=answers.dog_or_weapon,
        language=answers.language,
        interpreter=answers.interpreter,
        more=[list(pair) for pair in answers.more],
        **answers.signs,
    )
    if answers.hub_only or answers.informant or answers.statements or answers.works_at:
        ReportHubOnly.objects.create(
            **common,
            report=report,
            text=answers.hub_only,
            informant=answers.informant,
            family_may_know_informant=answers.family_may_know_informant,
            statements=[{"words": s.words, "basis": s.basis, "told_by": s.told_by} for s in answers.statements],
            works_at=answers.works_at,
        )


def _child(report: Report, place: int, child: Child, person: Person, common: dict[str, Any]) -> None:
    _identity(child.name, person, common, born=child)
    row = ReportedChild.objects.create(
        **common,
        report=report,
        person=person,
        position=place,
        seen=child.seen,
        is_unborn=child.is_unborn,
        due_on=child.born.date if child.is_unborn else None,
    )
    if child.words or child.screening:
        said = {"words": child.words, "said_with": child.said_with, "screening": dict(child.screening)}
        ReportedChildDetail.objects.create(**common, reported_child=row, person=person, **said)


def _adult(report: Report, place: int, adult: Adult, person: Person, common: dict[str, Any]) -> None:
    _identity(adult.name, person, common)
    ReportedAdult.objects.create(
        **common, report=report, person=person, position=place, relation=adult.relation, with_child=adult.with_child
    )


def _identity(name: str, person: Person, common: dict[str, Any], *, born: Child | None = None) -> None:
    """The reporter's agency's account of who this is. An adult's age is not asked."""
    given, family = rules.name_parts(name)
    known = {}
    if born is not None:
        known = {"born_on": born.born.date, "born_precision": born.born.precision, "is_unborn": born.is_unborn}
    Identity.objects.create(
        **common, person=person, given_name=given[:80], family_name=family[:80], is_child=born is not None, **known
    )


def _places(
    report: Report, answers: ReportAnswers, child: Child, person: Person, everybody: list[Any], common: dict[str, Any]
) -> None:
    """Where it happened and where this child is: about every child, so that one hidden address closes all."""
    ReportPlace.objects.create(
        **common,
        report=report,
        person=person,
        about=everybody,
        happened_at=answers.happened_at,
        now_at=child.elsewhere or answers.now_at,
    )
    if answers.home_line or answers.home_postcode:
        Address.objects.create(
            **common, person=person, about=everybody, line=answers.home_line, postcode=answers.home_postcode
        )
