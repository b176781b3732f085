"""The cast, and a browser that talks to the site as the real web login does."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from tests import cast
from tests.conftest import as_login


@pytest.fixture
def everybody(db: None) -> cast.Cast:
    """The cast of tests/cast.py."""
    return cast.assemble()


@pytest.fixture
def site(everybody: cast.Cast, settings, tmp_path: Path) -> Iterator[type[Client]]:
    """Clients under the web login: row security decides what their pages show."""
    settings.STATIC_ROOT, settings.HTTPS, settings.SECURE_SSL_REDIRECT = str(tmp_path), False, False
    with as_login("eh_web"):
        yield Client
