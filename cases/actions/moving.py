"""The one way a child's case moves: permission, history, sharing stage, chronology."""

import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.utils import DatabaseError

from cases import lifecycle, permissions, refusals, signals
from cases.actions.recording import write_event
from cases.models import ChildInCase, SignOff
from cases.vocabulary import CaseState, EventSource
from sharing_agreements.models import Post
from sharing_agreements.refusals import Refusal, Refused, not_now, require
from sharing_agreements.vocabulary import Kind

_REFUSALS: dict[str, Refusal] = {
    "EH403": not_now(
        "may_not_change_facts",
        "Your post may not change who is involved with these people.",
    ),
    "EH404": refusals.NOT_FOUND,
    "EH409": refusals.MOVED_MEANWHILE,
}


def gate(statement: str, arguments: list[Any], **other: Refusal) -> None:
    """Run a gate function; its refusals come out as ours. `EH409=` and the like give a nearer sentence."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, arguments)
    except DatabaseError as error:
        refusal = {**_REFUSALS, **other}.get(getattr(error.__cause__, "pgcode", ""))
        if refusal is None:
            raise
        raise Refused(refusal) from error


def move(
    *,
    child: ChildInCase,
    verb: str,
    reason: str,
    by: Post,
    now: datetime.datetime,
    sign_off: SignOff | None = None,
    text: str = "",
) -> ChildInCase:
    """Make the move `verb` stands for from the state `child` was read in.

    Refuses when the verb has no move from there, when another hand makes it, or when the case has moved
    meanwhile. Gives the child as it stands afterwards, whether or not the actor may still read it.
    """
    require(permissions.why_not_move(by=by, child=child, verb=verb, today=now))
    step = lifecycle.the_move(verb, child.state)
    gate(
        "select gate.move_child(%s, %s, %s, %s, %s, %s, %s)",
        [
            child.pk,
            child.state,
            step.end,
            int(lifecycle.STAGE[step.end]),
            reason[:300],
            _key(sign_off),
            now,
        ],
    )
    write_event(
        people=[child.whom],
        family=child.family_id,
        kind=Kind.CASE,
        title=f"{step.audit.capitalize()}: {reason}",
        text=text,
        source=EventSource.STEP if step.end in _STEPS else EventSource.CASE,
        source_id=child.pk,
        by=by,
        now=now,
        significant=True,
        sent_to=child.sent_to_id,
        hidden_from=child.hidden_from,
    )
    child.state, child.since = step.end, now
    signals.child_moved.send(
        ChildInCase,
        child=child,
        from_state=step.start,
        to_state=step.end,
        by=by,
        now=now,
    )
    return child


_STEPS = frozenset({CaseState.STEPPED_UP, CaseState.STEPPED_DOWN})


def _key(row: SignOff | None) -> UUID | None:
    return row.pk if row else None
