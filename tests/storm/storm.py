"""Kills writer, relay, worker, Redis (and PostgreSQL) at random while reports are filed, then counts.

Nothing confirmed may be lost, and each key has exactly one recorded effect, however messages were lost or came twice.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from uuid import UUID

import psycopg2

from launch.process import signal_group, spawn
from launch.servers import Broker

_PATIENCE = 150
"""Seconds without anything done, after which what is left is lost: more than the longest wait before a job is rung for
again (2 s, doubled with each of 7 attempts)."""


@dataclass
class Figures:
    """What a storm found. All but the first five must be 0."""

    seconds: int
    faults: dict[str, int]
    reports: int
    confirmed: int
    drained_in: float
    confirmed_but_missing: int
    without_effect: int
    with_two_effects: int
    effects_of_nothing: int
    stopped: int

    @property
    def is_good(self) -> bool:
        """Nothing lost, nothing twice."""
        return not any(value for name, value in list(asdict(self).items())[5:])


@dataclass
class Member:
    """One kind of process in the storm: how it starts, and whether it is up."""

    start: Callable[[], subprocess.Popen[bytes]]
    child: subprocess.Popen[bytes] | None = None

    def keep_up(self) -> None:
        """Start it when it is not running: killed by the storm, or fallen over because another was."""
        if self.child is None or self.child.poll() is not None:
            self.child = self.start()

    def kill(self) -> None:
        """kill -9 of the whole group, as a machine would die."""
        if self.child is not None:
            signal_group(self.child.pid, signal.SIGKILL)
            self.child.wait()


@dataclass
class Storm:
    """One storm over a database of its own. `address` gives the address of a login; `crash` restarts PostgreSQL."""

    seconds: int
    folder: Path
    address: Callable[[str], str]
    owner: str
    broker: Broker
    seed: int
    crash: Callable[[], None] | None = None
    members: dict[str, Member] = field(default_factory=dict)
    faults: Counter[str] = field(default_factory=Counter)

    def run(self) -> Figures:
        """The storm, the calm after it, and the count."""
        self._tables()
        log = (self.folder / "storm.log").open("ab")
        python = [sys.executable, "-m"]
        celery = [
            *python,
            "celery",
            "-A",
            "tests.storm.worker",
            "worker",
            "-c",
            "2",
            "-l",
            "WARNING",
            "--without-gossip",
        ]
        self.members = {
            "redis": Member(lambda: self.broker.start(log)),
            "writer": self._member([*python, "tests.storm.writer", str(self._confirmed)], "eh_web", log),
            "relay": self._member([*python, "tests.storm.relay"], "eh_worker", log),
            "worker": self._member(celery, "eh_worker", log),
        }
        try:
            self._blow()
            self.members["writer"].kill()
            del self.members["writer"]
            drained_in = self._calm()
            return self._count(drained_in)
        finally:
            for member in self.members.values():
                member.kill()
            log.close()

    @property
    def _confirmed(self) -> Path:
        return self.folder / "confirmed"

    def _member(self, command: list[str], login: str, log) -> Member:
        environment = {**os.environ, "DATABASE_URL": self.address(login), "REDIS_URL": self.broker.url}
        environment["DJANGO_SETTINGS_MODULE"] = "earlyhelp.settings"
        return Member(lambda: spawn(command, environment=environment, log=log.fileno()))

    def _tables(self) -> None:
        self._ask(
            """create table storm_report (id uuid primary key);
               create table storm_effect (report uuid not null);
               grant insert on storm_report to eh_web;
               grant insert on storm_effect to eh_worker;"""
        )

    def _ask(self, statement: str) -> list[tuple]:
        connection = psycopg2.connect(self.owner, connect_timeout=5)
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
            rows = cursor.fetchall() if cursor.description else []
        connection.close()
        return rows

    def _blow(self) -> None:
        dice = random.Random(self.seed)
        names = [*self.members, *(["postgres"] if self.crash else [])]
        ends = time.monotonic() + self.seconds
        next_fault = time.monotonic() + 4
        while time.monotonic() < ends:
            for member in self.members.values():
                member.keep_up()
            if time.monotonic() > next_fault:
                self._hit(dice.choice(names), dice)
                next_fault = time.monotonic() + dice.uniform(0.4, 3)
            time.sleep(0.1)

    def _hit(self, name: str, dice: random.Random) -> None:
        self.faults[name] += 1
        if name == "postgres":
            self.crash()
        elif name == "worker" and dice.random() < 0.5:
            self._kill_pool_child(dice)
        else:
            self.members[name].kill()

    def _kill_pool_child(self, dice: random.Random) -> None:
        """Only a child of the worker: the parent lives on and must not take the message as done."""
        parent = self.members["worker"].child.pid
        listed = Path(f"/proc/{parent}/task/{parent}/children")
        children = listed.read_text(encoding="ascii").split() if listed.exists() else []
        if children:
            os.kill(int(dice.choice(children)), signal.SIGKILL)

    def _calm(self) -> float:
        begun = progress = time.monotonic()
        least = self._waiting()
        while least != 0 and time.monotonic() < progress + _PATIENCE:
            for member in self.members.values():
                member.keep_up()
            time.sleep(0.2)
            waiting = self._waiting()
            if waiting is not None and (least is None or waiting < least):
                least, progress = waiting, time.monotonic()
        time.sleep(1)  # a second copy of a message still under way would come now
        return round(time.monotonic() - begun - 1, 1)

    def _waiting(self) -> int | None:
        """How many jobs are owed and not done; None while the database is away."""
        try:
            return self._ask("select count(*) from sharing_agreements_owedjob where done_at is null")[0][0]
        except psycopg2.OperationalError:
            return None

    def _count(self, drained_in: float) -> Figures:
        reports = {UUID(row) for (row,) in self._ask("select id::text from storm_report")}
        effects = Counter(UUID(row) for (row,) in self._ask("select report::text from storm_effect"))
        lines = self._confirmed.read_text(encoding="ascii").splitlines()
        confirmed = {UUID(line) for line in lines if len(line) == 36}
        stopped = self._ask("select count(*) from sharing_agreements_owedjob where stopped_at is not null")[0][0]
        return Figures(
            seconds=self.seconds,
            faults=dict(self.faults),
            reports=len(reports),
            confirmed=len(confirmed),
            drained_in=drained_in,
            confirmed_but_missing=len(confirmed - reports),
            without_effect=len(reports - set(effects)),
            with_two_effects=sum(number > 1 for number in effects.values()),
            effects_of_nothing=len(set(effects) - reports),
            stopped=stopped,
        )
