"""The verbs of an agreement's life. The gate decides and writes; its refusals come out as sentences here."""

from typing import Any

from django.db import connection, transaction
from django.db.utils import DatabaseError

from sharing_agreements import permissions
from sharing_agreements.models import Agreement, Post
from sharing_agreements.refusals import Refused, not_now, not_yours, require

_MOVED = not_now(
    "agreement_moved", "This agreement has changed since your page was made. Open it again and read what it says now."
)
_NOT_YOURS = not_now("not_your_step", "Another agency takes this step, or a post other than yours.")


_SAID_BY_THE_GATE = {"23514": "agreement_incomplete", "EH424": "example_fails"}
"""SQLSTATEs whose message is the sentence, with the code it is refused under."""


def ask_gate(verb: str, agreement: Agreement, *more: Any) -> Any:
    """What a verb of the gate says about an agreement. Its refusals come out as Refused."""
    arguments = [agreement.pk, *more]
    places = ", ".join(["%s"] * len(arguments))
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"select gate.{verb}({places})", arguments)
            return cursor.fetchone()[0]
    except DatabaseError as error:
        raise _refused(error) from error


def _refused(error: DatabaseError) -> Exception:
    """The gate's refusal as ours; what is no refusal goes on as it is."""
    cause = error.__cause__
    known = {"EH403": _NOT_YOURS, "EH404": not_yours(), "EH409": _MOVED}
    code = getattr(cause, "pgcode", "")
    if code in known:
        return Refused(known[code])
    said = getattr(getattr(cause, "diag", None), "message_primary", "") if code in _SAID_BY_THE_GATE else ""
    if not said:
        return error
    return Refused(not_now(_SAID_BY_THE_GATE[code], f"{said[:1].upper()}{said[1:]}."))


@transaction.atomic
def propose(*, agreement: Agreement, digest: str, by: Post) -> None:
    """Ask the parties to sign the words `digest` stands for. Refuses an unfinished draft, saying what is missing."""
    require(permissions.why_not_propose(agreement, by=by))
    ask_gate("propose_agreement", agreement, digest)


@transaction.atomic
def sign(*, agreement: Agreement, digest: str, name: str, post: str, by: Post) -> None:
    """Sign for the acting agency. The caller has asked for the password again.

    Refuses while an example of the agreement does not hold, naming it.
    """
    require(permissions.why_not_sign(agreement, by=by))
    ask_gate("sign_agreement", agreement, digest, name, post)


@transaction.atomic
def return_to_draft(*, agreement: Agreement, reason: str, by: Post) -> None:
    """Give a proposal back to its drafter; signatures given so far are void."""
    require(permissions.why_not_govern(by=by))
    ask_gate("return_to_draft", agreement, reason)


@transaction.atomic
def suspend(*, agreement: Agreement, reason: str, by: Post) -> None:
    """Stop all sharing under it at once."""
    require(permissions.why_not_govern(by=by))
    ask_gate("suspend_agreement", agreement, reason)


@transaction.atomic
def resume(*, agreement: Agreement, reason: str, by: Post) -> None:
    """Set a suspended agreement going again."""
    require(permissions.why_not_govern(by=by))
    ask_gate("resume_agreement", agreement, reason)


@transaction.atomic
def leave(*, agreement: Agreement, reason: str, by: Post) -> None:
    """The acting agency stops giving and receiving under it at once."""
    require(permissions.why_not_govern(by=by))
    ask_gate("leave_agreement", agreement, reason)


@transaction.atomic
def end(*, agreement: Agreement, reason: str, by: Post) -> None:
    """End it for everybody, or give up a draft."""
    require(permissions.why_not_govern(by=by))
    ask_gate("end_agreement", agreement, reason)
