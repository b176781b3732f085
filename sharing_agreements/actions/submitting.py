"""Answering a form once, however often it is sent (measured design: key row in the transaction of the write)."""

import hashlib
from collections.abc import Callable, Mapping
from uuid import UUID

from django.db import connection

from sharing_agreements.models import Post, Submission
from sharing_agreements.refusals import not_now, require

_CHANGED = not_now(
    "already_sent_with_other_words",
    "This form was already sent with different answers. Open what was sent and correct it there.",
)
_IGNORED = {"csrfmiddlewaretoken"}


def digest(body: Mapping[str, object]) -> str:
    """A fingerprint of what was typed, the same for the same answers in any order."""
    lines = sorted(f"{name}={value}" for name, value in body.items() if name not in _IGNORED)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def is_repeat(key: UUID, *, by: Post) -> bool:
    """Was a form with this key answered already? Then `once` gives that answer; do not judge it as stale."""
    return Submission.objects.filter(practitioner_id=by.practitioner_id, key=key).exists()


def once(key: UUID, *, by: Post, body: Mapping[str, object], do: Callable[[], str]) -> str:
    """Run `do` for this key once and give its answer (a path or reference); a repeat gets the same answer.

    A rival with the same key waits for the first to commit. Needs the request's transaction. Raises Refused
    `already_sent_with_other_words` when the key comes again with other answers.
    """
    fingerprint = digest(body)
    fresh = Submission(practitioner_id=by.practitioner_id, key=key, body_digest=fingerprint, answer="")
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into sharing_agreements_submission (id, practitioner_id, key, body_digest, answer, made_at)"
            " values (%s, %s, %s, %s, '', now()) on conflict do nothing",
            [fresh.pk, by.practitioner_id, key, fingerprint],
        )
        is_first = cursor.rowcount == 1
    if not is_first:
        earlier = Submission.objects.get(practitioner_id=by.practitioner_id, key=key)
        require(_CHANGED if earlier.body_digest != fingerprint else None)
        return earlier.answer
    answer = do()
    Submission.objects.filter(pk=fresh.pk).update(answer=answer)
    return answer
