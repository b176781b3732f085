"""Whether whoever leads a family still can, from their posts and training."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Held:
    """One post somebody holds or held: where, and between which days."""

    agency: UUID
    starts_on: datetime.date
    ends_on: datetime.date | None = None


@dataclass(frozen=True)
class Standing:
    """Gone, and since when if that is known; or kept out because training in sharing has run out."""

    has_left: bool = False
    left_on: datetime.date | None = None
    untrained_since: datetime.date | None = None

    @property
    def is_missing(self) -> bool:
        """Whether they can do nothing for the families they lead."""
        return self.has_left or self.untrained_since is not None


def standing_of(
    posts: Iterable[Held],
    *,
    leads_for: frozenset[UUID],
    is_active: bool,
    trained_until: datetime.date | None,
    today: datetime.date,
) -> Standing:
    """How somebody stands who leads for these agencies (for any, where that is not known).

    Who moved to another agency has left the one they lead for.
    """
    ours = [post for post in posts if not leads_for or post.agency in leads_for]
    if is_active and any(post.starts_on <= today <= (post.ends_on or today) for post in ours):
        has_run_out = trained_until is not None and trained_until < today
        return Standing(untrained_since=trained_until) if has_run_out else Standing()
    return Standing(True, max((post.ends_on for post in ours if post.ends_on and post.ends_on < today), default=None))
