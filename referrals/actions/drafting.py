"""Keeping what a reporter types: starting a draft, saving a page of it, putting it aside."""

import datetime
from uuid import UUID

from django.db import transaction

from referrals.models import Draft
from referrals.permissions import why_not_abandon, why_not_write
from sharing_agreements.models import Post
from sharing_agreements.refusals import require

Typed = dict[str, list[str]]


@transaction.atomic
def start_draft(*, key: UUID, by: Post, now: datetime.datetime) -> Draft:
    """The draft with this key, made when it is new: posting the first page twice starts one draft."""
    draft, _ = Draft.objects.get_or_create(
        pk=key,
        defaults={"author_id": by.practitioner_id, "post": by, "started_at": now, "changed_at": now},
    )
    return draft


@transaction.atomic
def keep_page(
    *,
    draft: Draft,
    page: str,
    typed: Typed,
    opened: str,
    revision: int,
    closes: bool,
    by: Post,
    now: datetime.datetime,
) -> bool:
    """Keep what was typed on a page, right or wrong. False, with nothing changed, when another window saved since.

    `opened` names the window and `revision` what the page stood at when it was opened there: one window may save
    again and again, and two never overwrite each other unseen. `closes` when the page was sent by its button: a
    late autosave of that window changes nothing any more.
    """
    held = Draft.objects.select_for_update().get(pk=draft.pk)
    require(why_not_write(draft=held, by=by))
    entry = held.data.get(page) or {"revision": 0, "opened": ""}
    is_new = typed != entry.get("typed")
    if is_new and revision != entry["revision"] and opened != entry["opened"]:
        return False
    if is_new:
        window = "" if closes else opened
        held.data[page] = {"typed": typed, "opened": window, "revision": entry["revision"] + 1}
        held.revision += 1
        held.changed_at = now
        held.save(update_fields=["data", "revision", "changed_at"])
    draft.data, draft.revision, draft.changed_at = held.data, held.revision, held.changed_at
    return True


@transaction.atomic
def abandon_draft(*, draft: Draft, because: str, by: Post, now: datetime.datetime) -> None:
    """Put a draft aside, saying why. What was typed stays with its author."""
    held = Draft.objects.select_for_update().get(pk=draft.pk)
    require(why_not_abandon(draft=held, by=by, because=because))
    held.abandoned_at, held.abandoned_because = now, because.strip()
    held.save(update_fields=["abandoned_at", "abandoned_because"])
