"""For rows that are always about one person: that person's id, which the shared base allows to be empty."""

from typing import cast
from uuid import UUID


class AboutOne:
    """A row about exactly one person."""

    person_id: UUID | None

    @property
    def whom(self) -> UUID:
        """The person the row is about."""
        return cast(UUID, self.person_id)
