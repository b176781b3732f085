"""What one app does when another says that something happened. Only here do they meet: neither imports the other."""

import datetime
from typing import Any
from uuid import UUID

from django.dispatch import receiver

from cases.models import Case, ChildInCase, Note, NoteDetail
from cases.queries.pages.governing import Desk, Line
from cases.queries.pages.known import full_name
from cases.signals import life_ended, offer_declined, refusals_read, worry_noted
from referrals.actions.drafting import draft_from_note
from referrals.actions.noticing import take_back_of
from referrals.actions.telling import owe_telling
from referrals.actions.watching import clear_flags_of
from referrals.queries.checks import releases_refused
from sharing_agreements.models import Identity, Post
from sharing_agreements.part_known import PartKnownDate, say
from sharing_agreements.queries import identities_of
from sharing_agreements.vocabulary import Precision
from sharing_agreements.working_time import LONDON


@receiver(worry_noted)
def begin_report(sender: type[Note], *, note: Note, by: Post, now: datetime.datetime, **more: Any) -> None:
    """A worry on a note is the start of a report: its words, day and children, with nothing to type again."""
    known = identities_of(note.about, for_post=by)
    children = [
        (full_name(known[child]), PartKnownDate(known[child].born_on, Precision(known[child].born_precision)))
        for child in note.about
        if child in known and known[child].is_child
    ]
    draft_from_note(key=note.pk, account=_words(note), happened_on=note.happened_on, children=children, by=by, now=now)


@receiver(offer_declined)
def owe_words_to_reporters(
    sender: type[Case], *, children: list[ChildInCase], now: datetime.datetime, **more: Any
) -> None:
    """A family said no to early help: whoever reported the children is told that, and not why."""
    owe_telling(children=children, at=now)


@receiver(life_ended)
def take_back_notices(sender: type[Identity], *, person: UUID, now: datetime.datetime, **more: Any) -> None:
    """Somebody has died: a notice to their school that nobody has acknowledged is taken back."""
    take_back_of(person=person, now=now)


@receiver(life_ended)
def clear_hub_flags(sender: type[Identity], *, person: UUID, now: datetime.datetime, **more: Any) -> None:
    """Somebody has died: the hub's flags about them alone end."""
    clear_flags_of(person=person, now=now)


@receiver(refusals_read)
def list_refused_releases(
    sender: type[Desk], *, since: datetime.datetime, **more: Any
) -> list[tuple[datetime.datetime, Line]]:
    """A governance lead reads refusals to share: those to let an answer out of the hub are among them."""
    return [
        (
            one.at,
            Line(
                f"An answer to {one.hub}, from {one.by} to {one.kept_from}",
                f"Not let out, {say(one.at.astimezone(LONDON).date(), Precision.DAY)}: {one.reason}",
                "Read the agreements",
                "sharing_agreements:agreements",
            ),
        )
        for one in releases_refused(since=since)
    ]


def _words(note: Note) -> str:
    """Everything the writer typed, in the order of the note."""
    detail = NoteDetail.objects.filter(note=note).first()
    said = [f"A child said: {row.words}" for row in note.children_words.all()]
    return "\n\n".join([note.headline, *([detail.text] if detail else []), *said])
