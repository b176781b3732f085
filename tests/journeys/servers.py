"""All that `bin/start` runs, by the same commands, over a test's own database: web server, worker, beat and Redis."""

import os
import secrets
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from celery import Celery

from launch.process import signal_group, spawn
from launch.servers import Broker, free_port, server_files
from launch.service import BEAT, WORKER, is_well, web_command
from tests import database
from tests.launch.running import until

ROOT = Path(__file__).parents[2]


@dataclass
class Service:
    """The whole service: where the browser finds it, and the broker that beat rings."""

    address: str
    broker: Broker

    def ring(self, task: str) -> None:
        """Ring the real worker for a task, as beat does when it is time."""
        with Celery(broker=self.broker.url) as bell:
            bell.send_task(task, ignore_result=True)


@contextmanager
def running(name: str, folder: Path) -> Iterator[Service]:
    """Everything over the database `name`, each under its own login, well when it is given; killed at the end."""
    _programs, redis_server = server_files()
    broker = Broker(redis_server, secrets.token_urlsafe(24))
    port = free_port()
    settings = {"SECRET_KEY": secrets.token_urlsafe(48), "REDIS_URL": broker.url}
    shared = {**os.environ, **settings, "DEBUG": "0", "HTTPS": "0", "DJANGO_SETTINGS_MODULE": "earlyhelp.settings"}
    web = {**shared, "DATABASE_URL": database.address("eh_web", name)}
    worker = {**shared, "DATABASE_URL": database.address("eh_worker", name)}
    started = []
    with (folder / "servers.log").open("wb") as log:
        try:
            started.append(broker.start(log))
            until(broker.is_ready, within=20, what="Redis")
            beat = [*BEAT, "--schedule", str(folder / "beat-schedule")]
            for command, environment in ((web_command(port), web), (WORKER, worker), (beat, worker)):
                started.append(spawn(command, environment=environment, log=log.fileno(), folder=ROOT))
            until(lambda: is_well(port), within=60, what="the service")
            yield Service(f"http://127.0.0.1:{port}", broker)
        finally:
            for child in reversed(started):
                signal_group(child.pid, signal.SIGKILL)
                child.wait(20)
