"""Following up at the hub, below the threshold: step by step until the family is ready, or one agency goes on."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F

from referrals import refusals
from referrals.actions.deciding import take_back_decision
from referrals.actions.triaging import BASIS
from referrals.models import Feedback, FollowUp, FollowUpStep
from referrals.permissions.following_up import why_not_follow_up
from referrals.rules import following_up as rules
from referrals.rules.feedback import LATER_WORDS
from referrals.vocabulary import FollowUpEnd, Later
from sharing_agreements.actions.recording import record_sending
from sharing_agreements.models import Post
from sharing_agreements.refusals import not_now, require
from sharing_agreements.working_time import LONDON

TOLD = {FollowUpEnd.READY: Later.FOLLOWED_UP, FollowUpEnd.ONE_AGENCY: Later.ONE_AGENCY}
"""What the reporter hears of an ending; of one that goes back to be decided, they hear the new decision."""


@dataclass(frozen=True)
class Step:
    """What was done, what comes next by which day, and whose it is from now on."""

    did: str
    next_what: str
    next_by: datetime.date | None
    whose: Post


@transaction.atomic
def take_step(*, follow_up: FollowUp, step: Step, version: int, by: Post, now: datetime.datetime) -> FollowUpStep:
    """Write down a step and the next one. `version`: of the follow-up as the page showed it."""
    require(why_not_follow_up(follow_up=follow_up, by=by))
    today = now.astimezone(LONDON).date()
    missing = rules.missing_from_step(did=step.did, next_what=step.next_what, next_by=step.next_by, today=today)
    require(not_now("step_not_whole", missing[0][1]) if missing else None)
    require(None if step.whose.agency_id == follow_up.owner_id else refusals.NOT_ON_THIS_QUEUE)
    columns = {"next_what": step.next_what, "next_by": step.next_by, "whose_id": step.whose.practitioner_id}
    _change(follow_up, version, **columns)
    made: FollowUpStep = FollowUpStep.objects.create(
        **_row(follow_up, by, now), follow_up=follow_up, did=step.did, at=now, **columns
    )
    return made


@dataclass(frozen=True)
class Ending:
    """How it ends, why, and who goes on where one agency is best placed."""

    ending: FollowUpEnd
    why: str
    agency: str = ""


@transaction.atomic
def end_follow_up(*, follow_up: FollowUp, end: Ending, version: int, by: Post, now: datetime.datetime) -> None:
    """End it. The reporter is told; one that needs more goes back into the queue to be decided again."""
    require(why_not_follow_up(follow_up=follow_up, by=by))
    missing = rules.missing_from_end(ending=end.ending, why=end.why, agency=end.agency)
    require(not_now("ending_not_whole", missing[0][1]) if missing else None)
    goes_on = end.agency if end.ending is FollowUpEnd.ONE_AGENCY else ""
    _change(follow_up, version, ended_at=now, ending=end.ending, agency=goes_on)
    FollowUpStep.objects.create(**_row(follow_up, by, now), follow_up=follow_up, did=end.why, at=now)
    if end.ending in TOLD:
        _tell_reporter(follow_up, TOLD[end.ending], by, now)
    else:
        take_back_decision(follow_up.decision, now)


def _change(follow_up: FollowUp, version: int, **columns: Any) -> None:
    still = FollowUp.objects.filter(pk=follow_up.pk, version=version, ended_at=None)
    changed = still.update(**columns, version=F("version") + 1)
    require(None if changed else refusals.FOLLOW_UP_CHANGED)


def _row(follow_up: FollowUp, by: Post, now: datetime.datetime) -> dict[str, Any]:
    return {
        "owner_id": follow_up.owner_id,
        "author_id": by.practitioner_id,
        "person_id": follow_up.person_id,
        "hidden_from": follow_up.hidden_from,
        "happened_on": now.astimezone(LONDON).date(),
        "recorded_at": now,
    }


def _tell_reporter(follow_up: FollowUp, what: Later, by: Post, now: datetime.datetime) -> None:
    decision = follow_up.decision
    report = decision.contact.report
    told = Feedback.objects.create(
        **_row(follow_up, by, now),
        sent_to_id=report.owner_id,
        sent_to_practitioner_id=report.author_id,
        report=report,
        reported_child_id=decision.reported_child_id,
        outcome=what,
        text=LATER_WORDS[what],
    )
    record_sending(what="feedback sent to reporter", by=by, record_ids=[told.pk], basis=BASIS, at=now)
