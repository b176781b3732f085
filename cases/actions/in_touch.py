"""Keeping in touch after step-down: prompts answered, and an end with a recorded answer."""

import datetime

from django.db import connection, transaction

from cases import permissions, refusals
from cases.actions.moving import gate, move
from cases.actions.recording import day_of, write_event
from cases.models import ChildInCase, LeadNotice, Watch, WatchPrompt
from cases.vocabulary import EventSource, WatchAnswer
from sharing_agreements.models import Post
from sharing_agreements.refusals import require
from sharing_agreements.vocabulary import Kind


@transaction.atomic
def answer_prompt(*, prompt: WatchPrompt, answer: WatchAnswer, words: str, by: Post, now: datetime.datetime) -> bool:
    """Say how a child is doing at a prompt. False when it was answered meanwhile."""
    require(permissions.why_not_lead_work(by=by, case=prompt.watch.case, today=now))
    rows = WatchPrompt.objects.filter(pk=prompt.pk, answered_on__isnull=True)
    saved = rows.update(answer=answer, words=words[:300], answered_on=day_of(now), version=prompt.version + 1)
    if saved:
        write_event(
            people=prompt.about,
            family=prompt.family_id,
            kind=Kind.CASE,
            title=f"Keeping in touch, week {prompt.week}: {answer.label.lower()}",
            text=words,
            source=EventSource.STEP,
            source_id=prompt.pk,
            by=by,
            now=now,
            sent_to=prompt.sent_to_id,
        )
    return saved == 1


@transaction.atomic
def end_watch(
    *, watch: Watch, child: ChildInCase, answer: WatchAnswer, because: str, by: Post, now: datetime.datetime
) -> None:
    """End keeping in touch with a recorded answer: the case closes, or (back to help) the plan goes on."""
    require(permissions.why_not_lead_work(by=by, case=watch.case, today=now))
    require(None if because.strip() else refusals.NO_REASON)
    rows = Watch.objects.filter(pk=watch.pk, ended_on__isnull=True)
    ended = rows.update(
        ended_on=day_of(now), ended_answer=answer, ended_because=because[:300], version=watch.version + 1
    )
    require(None if ended else refusals.ANSWERED_ALREADY)
    if answer == WatchAnswer.BACK_TO_HELP:
        move(child=child, verb="return_to_help", reason=because, by=by, now=now)
    else:
        move(child=child, verb="end_watch", reason=because, by=by, now=now)
        gate("select gate.end_team(%s::uuid[], %s)", [[child.whom], day_of(now)])


@transaction.atomic
def return_to_help(*, child: ChildInCase, reason: str, by: Post, now: datetime.datetime) -> None:
    """Help is needed again while we keep in touch: that ends, and the plan goes on for this child."""
    require(None if reason.strip() else refusals.NO_REASON)
    watch = Watch.objects.filter(case_id=child.case_id, person_id=child.whom, ended_on__isnull=True).first()
    if watch is None:
        move(child=child, verb="return_to_help", reason=reason, by=by, now=now)
    else:
        end_watch(watch=watch, child=child, answer=WatchAnswer.BACK_TO_HELP, because=reason, by=by, now=now)


@transaction.atomic
def send_back_to_team(*, child: ChildInCase, reason: str, by: Post, now: datetime.datetime) -> None:
    """The hub sends a child who is kept in touch with back to the team: the plan goes on, with the lead it has."""
    move(child=child, verb="return_to_help", reason=reason, by=by, now=now)
    gate("select gate.end_watch(%s, %s)", [child.pk, reason[:300]])


@transaction.atomic
def say_hub_rung(*, notice: LeadNotice, by: Post, now: datetime.datetime) -> bool:
    """Somebody who leads, covers or manages rang the hub: every word about this family that waits is answered.

    False when one was meanwhile.
    """
    require(permissions.why_not_lead_work(by=by, case=notice.case, today=now))
    with connection.cursor() as cursor:
        cursor.execute("select gate.say_hub_rung(%s, %s)", [notice.pk, now])
        return bool(cursor.fetchone()[0])
