"""PostgreSQL and Redis for one run of the tests, checks or benchmarks, in a folder that is gone afterwards or kept."""

import contextlib
import os
import secrets
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from launch.folder import can_reach, server_account
from launch.say import say
from launch.servers import Broker, Postgres, server_files
from launch.watch import Member, Watch


@contextlib.contextmanager
def servers(keep: str = "") -> Iterator[dict[str, str]]:
    """Give the environment variables that lead to the servers: those given already, or throw-away ones.

    `keep` names a cluster whose data stays for the next run (a benchmark's, which takes long to fill).
    """
    keys = {"SECRET_KEY": secrets.token_urlsafe(48), "IDENTITY_KEY": secrets.token_urlsafe(48)}
    given = {name: os.environ[name] for name in ("ADMIN_DATABASE_URL", "REDIS_URL") if os.environ.get(name)}
    if len(given) == 2:
        yield {**keys, **given}
        return
    folder = _kept(keep) if keep else scratch_folder()
    watch = Watch(folder, lambda running: None)
    try:
        began = time.monotonic()
        ours = _start(folder, watch)
        say(f"PostgreSQL and Redis are up in {folder} ({time.monotonic() - began:.1f} s).")
        yield {**keys, **ours, **given}
    finally:
        watch.stop_all()
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


def _kept(name: str) -> Path:
    folder = Path("/var/tmp") / f"earlyhelp-{name}-{os.getuid()}"  # noqa: S108  ours alone: made by us, mode 711
    folder.mkdir(mode=0o711, exist_ok=True)
    return folder


def _password(folder: Path) -> str:
    note = folder / "password"
    if not note.exists():
        note.touch(mode=0o600)
        note.write_text(secrets.token_urlsafe(24), encoding="ascii")
    return note.read_text(encoding="ascii")


def scratch_folder() -> Path:
    """A new folder that the servers' account can reach."""
    account = server_account()
    place = Path(tempfile.gettempdir())
    if account and not can_reach(account, place):
        place = Path("/var/tmp")  # noqa: S108  made with a random name below
    folder = Path(tempfile.mkdtemp(prefix="earlyhelp-", dir=place))
    folder.chmod(0o711)
    return folder


def _start(folder: Path, watch: Watch) -> dict[str, str]:
    account = server_account()
    programs, redis_server = server_files(folder, account)
    postgres = Postgres(folder, programs, _password(folder), folder, account, lasting=False)
    postgres.stop_orphan()
    postgres.make()
    watch.start(Member("postgres", "database server", postgres.start, postgres.is_ready, signal.SIGINT))
    broker = Broker(redis_server, secrets.token_urlsafe(24), account)
    watch.start(Member("redis", "broker", broker.start, broker.is_ready))
    return {"ADMIN_DATABASE_URL": postgres.url, "REDIS_URL": broker.url}
