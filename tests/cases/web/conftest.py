"""A visitor: somebody signed in who opens pages as the web login, so that PostgreSQL decides what they show."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from sharing_agreements.models import Post
from tests import cast
from tests.cases.web import story


class Visitor:
    """One practitioner's browser, acting under their newest post."""

    def __init__(self, post: Post) -> None:
        self.acting = post
        self.client = Client()
        self.client.force_login(post.practitioner)

    def get(self, address: str, **query: Any) -> HttpResponse:
        """Open a page."""
        return self._as_web(lambda: self.client.get(address, query))

    def send(self, address: str, **answers: Any) -> HttpResponse:
        """Send a form."""
        return self._as_web(lambda: self.client.post(address, answers))

    def put(self, address: str) -> HttpResponse:
        """Knock in a way no page answers."""
        return self._as_web(lambda: self.client.put(address))

    @staticmethod
    def _as_web(visit: Callable[[], HttpResponse]) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.execute("set local role eh_web")
        try:
            return visit()
        finally:
            with connection.cursor() as cursor:
                cursor.execute("set local role eh_owner")
                cursor.execute("select set_config('earlyhelp.principal', '', true)")


@pytest.fixture
def everybody(db: None) -> cast.Cast:
    """The cast, with the agreements they signed."""
    return cast.assemble()


@pytest.fixture
def marsh(everybody: cast.Cast) -> story.Marshes:
    """The Marshes, whom Eddie leads and Ben helps."""
    return story.marshes(everybody)


@pytest.fixture
def visit() -> Callable[[Post], Visitor]:
    """`visit(cast.amira).get(address)`."""
    return Visitor
