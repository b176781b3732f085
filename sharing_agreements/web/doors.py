"""The access line every view carries: who may knock, and the fixed purpose they come for.

What they then see is row security's answer. The middleware of the root reads `view.access`; a view without
one is refused, and a census test fails the build.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse

from sharing_agreements.models import Post
from sharing_agreements.row_security import Principal
from sharing_agreements.vocabulary import PARTNERS, Purpose, Role

View = Callable[..., HttpResponse]


class PractitionerRequest(HttpRequest):
    """A request that came through the door: signed in, acting under one post for one purpose."""

    post: Post
    purpose: Purpose
    principal: Principal


@dataclass(frozen=True)
class Access:
    """Who may open a route and for which purpose. `open_to_all` routes need no sign-in and read no governed row.
    `systems` routes are for programs: a record system's key opens them, and a session only to read. What is sent to a
    route `on_the_beat` is answered on it, whatever the answer (decision 0084)."""

    purpose: Purpose | None
    roles: frozenset[Role]
    purpose_by_role: Mapping[Role, Purpose] = field(default_factory=dict)
    open_to_all: bool = False
    systems: bool = False
    on_the_beat: bool = False

    def purpose_for(self, role: str) -> Purpose | None:
        """The purpose this role comes for."""
        return self.purpose_by_role.get(Role(role), self.purpose)


def access(
    *,
    purpose: Purpose,
    roles: Iterable[Role] = PARTNERS,
    by_role: Mapping[Role, Purpose] | None = None,
    systems: bool = False,
    on_the_beat: bool = False,
) -> Callable[[View], View]:
    """Give a view its access line. `by_role` names roles that come to the same page for another purpose."""

    def line(view: View) -> View:
        view.access = Access(  # type: ignore[attr-defined]
            purpose, frozenset(roles), dict(by_role or {}), systems=systems, on_the_beat=on_the_beat
        )
        return view

    return line


def open_to_all(view: View) -> View:
    """Mark a view that needs no sign-in and reads no governed row."""
    view.access = Access(None, frozenset(), open_to_all=True)  # type: ignore[attr-defined]
    return view
