"""`bin/start`, second half: servers, database, web server, worker and beat, from nothing to a page and back."""

import argparse
import os
import signal
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from subprocess import Popen
from typing import IO, Any

from launch import database
from launch.environment import ROOT
from launch.folder import DataFolder, server_account
from launch.process import run_shown, run_step, spawn
from launch.say import Problem, Progress, Stopped, say, why_died
from launch.servers import Broker, Postgres, server_files
from launch.start import guarded, read_wishes, refuse_taken_port
from launch.watch import Member, Watch

_UP_WITHIN = 90.0


class Service:
    """One run of the whole service on this machine."""

    def __init__(self, wishes: argparse.Namespace) -> None:
        self.port: int = wishes.port
        self.reset: bool = wishes.reset
        self.families: int = wishes.families
        self.folder = DataFolder(wishes.data)
        self.account = server_account()
        self.watch = Watch(self.folder.logs, self.folder.note_processes)

    def run(self) -> None:
        """Bring everything up, watch over it, and stop it all when asked or when something cannot come up."""
        self.folder.make()
        self.folder.hold()
        refuse_taken_port(self.port)
        try:
            if self.reset:
                self._forget()
            self._bring_up()
            while True:
                self.watch.keep()
                time.sleep(0.2)
        except Stopped:
            say("\nStopping.")
        finally:
            self._stop()

    def _stop(self) -> None:
        def hurry(_number: int, _frame: Any) -> None:
            self.watch.hurry = True

        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, hurry)
        self.watch.stop_all()
        say("Everything is stopped.")

    def _forget(self) -> None:
        say(f"Forgetting all data in {self.folder.path}.")
        Postgres(self.folder.path, Path(), "", self.folder.logs).stop_orphan()
        self.folder.clear()

    def _bring_up(self) -> None:
        keys = self.folder.keys()
        admin_url = self._start_postgres(keys)
        redis_url = self._start_broker(keys)
        shared = {
            "SECRET_KEY": keys["SECRET_KEY"],
            "IDENTITY_KEY": keys["IDENTITY_KEY"],
            "REDIS_URL": redis_url,
            "STATIC_ROOT": str(self.folder.static),
            "HTTPS": "0",
            "DEBUG": "0",
            "DEMONSTRATION": "1",
            "EMAIL_FOLDER": str(self.folder.path / "mail"),
            "ALLOWED_HOSTS": "localhost,127.0.0.1",
            "SITE_ADDRESS": f"http://localhost:{self.port}",
        }
        self._prepare(admin_url, keys, shared)
        self._start_service(admin_url, keys, shared)
        say(f"Open http://localhost:{self.port} and choose who to be. Ctrl-C stops everything.")

    def _start_postgres(self, keys: dict[str, str]) -> str:
        """The administrator's address of the database server, ours or the one given."""
        url = os.environ.get("DATABASE_URL", "")
        if not url:
            programs, _ = server_files(self.folder.path, self.account)
            server = Postgres(self.folder.path, programs, keys["ADMIN_PASSWORD"], self.folder.logs, self.account)
            server.make()
            server.stop_orphan()
            stop = signal.SIGINT  # PostgreSQL's fast shutdown: open transactions are rolled back, nothing is lost
            self.watch.start(Member("postgres", "database server", server.start, server.is_ready, stop))
            url = server.url
        database.ensure_database(url)
        return url

    def _start_broker(self, keys: dict[str, str]) -> str:
        """The broker's address, ours or the one given."""
        if url := os.environ.get("REDIS_URL", ""):
            return url
        _, program = server_files(self.folder.path, self.account)
        server = Broker(program, keys["REDIS_PASSWORD"], self.account)
        self.watch.start(Member("redis", "broker", server.start, server.is_ready))
        return server.url

    def _prepare(self, admin_url: str, keys: dict[str, str], shared: dict[str, str]) -> None:
        """Roles, tables, static files, and the demonstration district when the database is empty."""
        passwords = {name: keys[name] for name in ("MIGRATOR_PASSWORD", "WEB_PASSWORD", "WORKER_PASSWORD")}
        migrator = database.address(admin_url, login="eh_migrator", password=keys["MIGRATOR_PASSWORD"])
        roles = {"ADMIN_DATABASE_URL": database.address(admin_url), "DATABASE_URL": migrator, **passwords}
        log = self.folder.logs / "prepare.log"
        log.write_bytes(b"")
        run_step(
            "Preparing the database logins",
            [sys.executable, ROOT / "manage.py", "prepare_database"],
            log=log,
            environment=_environment(shared, roles),
            folder=ROOT,
            mend="The database logins could not be made.",
        )
        run_shown(
            [sys.executable, "-m", "launch.prepare", str(self.families)],
            log=log,
            environment=_environment(shared, {"DATABASE_URL": migrator}),
            folder=ROOT,
            mend="The database could not be prepared.",
        )

    def _start_service(self, admin_url: str, keys: dict[str, str], shared: dict[str, str]) -> None:
        web_url = database.address(admin_url, login="eh_web", password=keys["WEB_PASSWORD"])
        worker_url = database.address(admin_url, login="eh_worker", password=keys["WORKER_PASSWORD"])
        web = _environment(shared, {"DATABASE_URL": web_url})
        worker = _environment(shared, {"DATABASE_URL": worker_url, "REMAP_SIGTERM": "SIGQUIT"})
        beat = _environment(shared, {"DATABASE_URL": worker_url})
        self.watch.start(Member("web", "web server", _program(web_command(self.port), web)))
        self.watch.start(Member("worker", "worker", _program(WORKER, worker)))
        schedule = self.folder.path / "beat-schedule"
        self.watch.start(Member("beat", "beat", _program([*BEAT, "--schedule", str(schedule)], beat)))
        self._wait_until_well()

    def _wait_until_well(self) -> None:
        """Until /healthz says so. Raises Problem naming the first process that keeps dying, or the silent one."""
        progress = Progress("Starting the web server, worker and beat")
        deadline = time.monotonic() + _UP_WITHIN
        while not is_well(self.port):
            dead = self.watch.first_dead()
            if dead or time.monotonic() > deadline:
                progress.failed()
                member = dead or self.watch.member("worker")
                raise Problem(why_died(member.title, member.log))
            time.sleep(0.1)
            progress.tick()
        progress.done()


MODULE = [sys.executable, "-m"]
CELERY = [*MODULE, "celery", "--app", "earlyhelp"]
WORKER = [*CELERY, "worker", "--concurrency", "2", "--without-gossip", "--without-mingle", "--loglevel", "WARNING"]
BEAT = [*CELERY, "beat", "--pidfile", "", "--loglevel", "WARNING"]


def web_command(port: int) -> list[str]:
    """The web server's command line. Its control socket is off: nobody but us directs it."""
    options = ["--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4", "--worker-class", "gthread"]
    options += ["--no-control-socket", "--graceful-timeout", "15", "--timeout", "60"]
    return [*MODULE, "gunicorn", "earlyhelp.wsgi:application", *options]


def is_well(port: int) -> bool:
    """Does /healthz answer 200?"""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _program(command: list[str], environment: dict[str, str]) -> Callable[[IO[bytes]], "Popen[bytes]"]:
    return lambda log: spawn(command, environment=environment, log=log.fileno(), folder=ROOT)


def _environment(*parts: dict[str, str]) -> dict[str, str]:
    """The environment of one of our processes: this one's, without anything that would redirect it."""
    unwanted = {"DATABASE_URL", "REDIS_URL", "ADMIN_DATABASE_URL", "GUNICORN_CMD_ARGS", "DJANGO_SETTINGS_MODULE"}
    kept = {name: value for name, value in os.environ.items() if name not in unwanted and not name.startswith("CELERY")}
    merged: dict[str, str] = {**kept, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    for part in parts:
        merged.update(part)
    return merged


if __name__ == "__main__":
    sys.exit(guarded(lambda: Service(read_wishes()).run()))
