"""The data folder: where it is, who may reach it, who holds it now."""

import fcntl
import hashlib
import json
import os
import pwd
import secrets
import shutil
import signal
import subprocess
from pathlib import Path
from typing import IO

from launch.process import Account, clear_group, is_left, started_at, stop_by_number
from launch.say import Problem, say

_MARK = "earlyhelp-data"
_PASSWORDS = ("ADMIN_PASSWORD", "MIGRATOR_PASSWORD", "WEB_PASSWORD", "WORKER_PASSWORD", "REDIS_PASSWORD")
_KEYS = ("SECRET_KEY", "IDENTITY_KEY", *_PASSWORDS)
_PUBLIC_PLACE = Path("/var/lib")


def server_account() -> Account | None:
    """Whom the servers run as: started by root they run as nobody, for PostgreSQL refuses root. Else as we do."""
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_name, nobody.pw_uid, nobody.pw_gid)


def can_reach(account: Account, path: Path) -> bool:
    """May this account pass through the folders down to `path`?"""
    place = path
    while not place.exists():
        place = place.parent
    tried = subprocess.run(
        ["/bin/sh", "-c", 'cd "$1"', "sh", str(place)],
        stderr=subprocess.DEVNULL,
        check=False,
        **account.popen_arguments,  # type: ignore[call-overload]
    )
    return bool(tried.returncode == 0)


def choose(wanted: Path) -> Path:
    """Where data is kept. Root's private folders hide it from the servers' account; then a place of our own."""
    wanted = wanted.expanduser().resolve()
    account = server_account()
    if account is None or can_reach(account, wanted):
        return wanted
    name = hashlib.sha256(str(wanted).encode()).hexdigest()[:12]
    place = _PUBLIC_PLACE / f"earlyhelp-{name}"
    say(f"{wanted} is hidden from the account {account.name}, which runs the servers; data is kept in {place}.")
    return place


class DataFolder:
    """One installation's data, keys and logs, held by one `bin/start` at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.logs = path / "logs"
        self.static = path / "static"
        self._held: IO[str] | None = None

    def make(self) -> None:
        """Create the folder, or raise Problem when that cannot be."""
        if self.path.exists() and not (self.path / _MARK).exists() and any(self.path.iterdir()):
            raise Problem(f"{self.path} holds other things: give an empty or new folder with --data.")
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            # root's children must pass through to reach their own part; an ordinary user's are the user's own
            self.path.chmod(0o711 if os.geteuid() == 0 else 0o700)
            (self.path / _MARK).touch()
            self.logs.mkdir(exist_ok=True)
        except OSError as error:
            raise Problem(f"{self.path} cannot be used ({error.strerror}): give another folder with --data.") from None

    def hold(self) -> None:
        """Keep other starts out until this process ends. Raises Problem when one is running."""
        self._held = (self.path / "lock").open("a+")
        try:
            fcntl.flock(self._held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._held.close()
            self._held = None
            raise Problem(
                f"Early Help is already running on {self.path}: stop it first, or give another folder with --data."
            ) from None

    def clear(self) -> None:
        """Forget everything in the folder, and nothing that is not ours."""
        for part in list(self.path.iterdir()):
            if part.name in {"lock", _MARK}:
                continue
            if part.is_dir() and not part.is_symlink():
                shutil.rmtree(part)
            else:
                part.unlink()
        self.logs.mkdir(exist_ok=True)

    def keys(self) -> dict[str, str]:
        """The passwords and keys of this installation, made the first time, readable by the owner only."""
        path = self.path / "secrets.json"
        if path.exists():
            kept: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
            return kept
        made = {name: secrets.token_urlsafe(48) for name in _KEYS}
        unfinished = path.with_suffix(".new")
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(made, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
        return made

    def note_processes(self, running: dict[str, int]) -> None:
        """Write down which processes are ours, for a next start to find if we are killed."""
        noted = {name: [pid, started_at(pid)] for name, pid in running.items()}
        unfinished = self.path / "processes.new"
        unfinished.write_text(json.dumps(noted), encoding="utf-8")
        unfinished.rename(self.path / "processes.json")

    def stop_orphans(self) -> None:
        """Stop what a killed start left running: the processes it wrote down, and the groups they led."""
        path = self.path / "processes.json"
        if not path.exists():
            return
        noted: dict[str, tuple[int, str | None]] = json.loads(path.read_text(encoding="utf-8"))
        left = [(name, pid, began) for name, (pid, began) in noted.items() if began and is_left(pid, began)]
        if left:
            say(f"Stopping what an earlier start left running: {', '.join(name for name, _, _ in left)}.")
        for name, pid, began in left:
            with_signal = signal.SIGINT if name == "postgres" else signal.SIGKILL
            stop_by_number(pid, began, with_signal=with_signal, patience=25)
            clear_group(pid)
        path.unlink()
