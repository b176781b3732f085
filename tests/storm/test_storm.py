"""Thirty seconds of the storm in every test run; ten minutes with bin/storm."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from launch.servers import Broker, server_files
from tests import database
from tests.storm.storm import Storm

SECONDS = 30


@pytest.fixture
def own_database():
    name = f"{database.NAME}_storm"
    database.clone(name)
    yield name
    database.drop(name)


def test_nothing_confirmed_is_lost_and_nothing_happens_twice_while_everything_is_killed(
    own_database: str, tmp_path: Path
):
    _programs, redis_server = server_files()
    owner = urlsplit(database.ADMIN)._replace(path=f"/{own_database}").geturl()
    figures = Storm(
        seconds=SECONDS,
        folder=tmp_path,
        address=lambda login: database.address(login, own_database),
        owner=owner,
        broker=Broker(redis_server, "storm"),
        seed=int(os.environ.get("STORM_SEED", "20261122")),
    ).run()
    assert figures.is_good, figures
    assert figures.confirmed > 50
    assert set(figures.faults) == {"writer", "relay", "worker", "redis"}
