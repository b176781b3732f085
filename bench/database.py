"""A migrated database that stays between runs of a benchmark, on the servers given or on embedded ones."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from launch.scratch import migrated
from launch.throwaway import servers


@contextmanager
def prepared(name: str) -> Iterator[Callable[[str], str]]:
    """Make and migrate database `name` unless it is there; give a function from login name to address."""
    with servers(keep="bench") as found:
        os.environ.update(found)
        yield migrated(found["ADMIN_DATABASE_URL"], name)
