"""Keeping what a reporter types: starting a draft, saving a page of it, putting it aside."""

import datetime
from collections.abc import Mapping
from uuid import UUID

from django.db import IntegrityError, transaction

from referrals.models import Draft
from referrals.permissions import why_not_abandon, why_not_write
from referrals.refusals import CHANGED_ELSEWHERE
from sharing_agreements.models import Post
from sharing_agreements.part_known import PartKnownDate
from sharing_agreements.refusals import not_yours, require
from sharing_agreements.vocabulary import Precision

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
def draft_from_note(
    *,
    key: UUID,
    account: str,
    happened_on: datetime.date,
    children: list[tuple[str, PartKnownDate]],
    by: Post,
    now: datetime.datetime,
) -> Draft:
    """A draft with what a worried writer put in a note: the account, the day, each child's name and date of birth."""
    draft = start_draft(key=key, by=by, now=now)
    day = PartKnownDate(happened_on, Precision.DAY).typed()
    rows: Typed = {"child-TOTAL_FORMS": [str(max(1, len(children)))], "child-INITIAL_FORMS": ["0"]}
    for place, (name, born) in enumerate(children):
        rows[f"child-{place}-name"] = [name]
        rows |= {f"child-{place}-born_{part}": [text] for part, text in born.typed().items()}
    pages: dict[str, Typed] = {
        "account": {"account": [account]},
        "when-and-where": {f"happened_{part}": [text] for part, text in day.items()},
        "children": rows,
    }
    draft.data = {page: {"typed": typed, "opened": "", "revision": 1} for page, typed in pages.items()} | draft.data
    draft.save(update_fields=["data"])
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
    edition: int = 0,
    by: Post,
    now: datetime.datetime,
) -> bool:
    """Keep what was typed on a page, right or wrong. False, with nothing changed, when another window saved since.

    `opened` names the window and `revision` what the page stood at when it was opened there: one window may save
    again and again, and two never overwrite each other unseen. `closes` when the page was sent by its button: a
    late autosave of that window changes nothing any more. `edition` counts a window's own saves: of two that
    overtake each other on the way, the higher stays.
    """
    held = Draft.objects.select_for_update().get(pk=draft.pk)
    require(why_not_write(draft=held, by=by))
    entry = held.data.get(page) or {"revision": 0, "opened": ""}
    is_new = typed != entry.get("typed")
    if opened == entry["opened"]:
        is_stale = 0 < entry.get("edition", 0) >= edition
    else:
        is_stale = revision != entry["revision"]
    if is_new and is_stale:
        return False
    if is_new:
        window = {"opened": "", "edition": 0} if closes else {"opened": opened, "edition": edition}
        held.data[page] = {"typed": typed, "revision": entry["revision"] + 1, **window}
        held.revision += 1
        held.changed_at = now
        held.save(update_fields=["data", "revision", "changed_at"])
    draft.data, draft.revision, draft.changed_at = held.data, held.revision, held.changed_at
    return True


@transaction.atomic
def keep_from_device(
    *, key: UUID, pages: Mapping[str, Typed], opened: str, revision: int, edition: int, by: Post, now: datetime.datetime
) -> Draft:
    """Keep what was written on a device without a connection: as a draft, never as a report sent.

    Every page or none: when another window changed one since, or a higher `edition` of this window is here already,
    it is refused, and the device files its version as a draft of its own. A page left blank adds nothing.
    """
    try:
        draft = start_draft(key=key, by=by, now=now)
    except IntegrityError:  # somebody else's draft has this key
        require(not_yours())
        raise
    require(why_not_write(draft=draft, by=by))
    for page, typed in pages.items():
        if page not in draft.data and not any(text for texts in typed.values() for text in texts):
            continue
        is_kept = keep_page(
            draft=draft,
            page=page,
            typed=typed,
            opened=opened,
            revision=revision,
            closes=False,
            edition=edition,
            by=by,
            now=now,
        )
        require(None if is_kept else CHANGED_ELSEWHERE)
    return draft


@transaction.atomic
def abandon_draft(*, draft: Draft, because: str, by: Post, now: datetime.datetime) -> None:
    """Put a draft aside, saying why. What was typed stays with its author."""
    held = Draft.objects.select_for_update().get(pk=draft.pk)
    require(why_not_abandon(draft=held, by=by, because=because))
    held.abandoned_at, held.abandoned_because = now, because.strip()
    held.save(update_fields=["abandoned_at", "abandoned_because"])
