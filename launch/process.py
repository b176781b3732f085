"""Starting processes that cannot outlive us, and telling ours from a stranger with the same number."""

import contextlib
import ctypes
import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from launch.say import Problem, Progress, Stopped, last_line

_PR_SET_PDEATHSIG = 1
_NO_ROOM = ("No space left on device", "wrote only")


@dataclass(frozen=True)
class Account:
    """The operating system account a process runs as."""

    name: str
    uid: int
    gid: int

    @property
    def popen_arguments(self) -> dict[str, object]:
        """For subprocess: become this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def _tie_to_parent(with_signal: int) -> Callable[[], None]:
    """A function for the child to run before it becomes the program: it gets `with_signal` when we die."""
    parent = os.getpid()
    if not sys.platform.startswith("linux"):
        return lambda: None
    libc = ctypes.CDLL(None, use_errno=True)

    def tie() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, with_signal, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return tie


def spawn(
    command: Sequence[str | Path],
    *,
    environment: Mapping[str, str] | None = None,
    account: Account | None = None,
    log: int | None = None,
    errors: int | None = None,
    stdin: int = subprocess.DEVNULL,
    orphan_signal: int = signal.SIGKILL,
    folder: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start `command` in a process group of its own; the system sends it `orphan_signal` when we die.

    Killing is right for all but PostgreSQL: what they owe stands there, and a Celery worker told to end in order
    waits for ever for a broker that has gone with us.
    """
    # preexec_fn is safe here: this process has no other threads, and the parent-death signal follows the thread.
    return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
        [str(word) for word in command],
        env=dict(environment) if environment is not None else None,
        stdin=stdin,
        stdout=log,
        stderr=subprocess.STDOUT if log is not None else errors,
        cwd=folder,
        start_new_session=True,
        preexec_fn=_tie_to_parent(orphan_signal),
        **(account.popen_arguments if account else {}),
    )


def signal_group(leader: int, which: int) -> bool:
    """Send a signal to every process of the group; False when none is left."""
    try:
        os.killpg(leader, which)
    except ProcessLookupError:
        return False
    return True


def run_step(
    what: str,
    command: Sequence[str | Path],
    *,
    log: Path,
    mend: str,
    environment: Mapping[str, str] | None = None,
    account: Account | None = None,
    folder: Path | None = None,
) -> None:
    """Run `command` to its end with progress shown; its output goes to `log`. Raises Problem with `mend`."""
    progress = Progress(what)
    with log.open("ab") as output:
        child = spawn(command, environment=environment, account=account, log=output.fileno(), folder=folder)
        _wait(child, progress.tick)
    if child.returncode:
        progress.failed()
        raise Problem(why_step_failed(log, mend))
    progress.done()


def run_shown(
    command: Sequence[str | Path], *, log: Path, mend: str, environment: Mapping[str, str], folder: Path
) -> None:
    """Run a command that says itself what it does; errors go to `log`. Raises Problem with `mend`."""
    with log.open("ab") as errors:
        child = spawn(command, environment=environment, errors=errors.fileno(), folder=folder)
        _wait(child, lambda: None)
    if child.returncode:
        raise Problem(why_step_failed(log, mend))


def _wait(child: "subprocess.Popen[bytes]", meanwhile: Callable[[], None]) -> None:
    """Until the child ends; when we are stopped, so is its whole group."""
    try:
        while child.poll() is None:
            time.sleep(0.05)
            meanwhile()
    except Stopped:
        signal_group(child.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(10)
        signal_group(child.pid, signal.SIGKILL)
        raise


def refuse_small_disk(place: Path, megabytes: int) -> None:
    """Raises Problem when the disk that holds `place` has less room than that."""
    if shutil.disk_usage(place).free < megabytes * 1_000_000:
        raise Problem(f"The disk has too little room: free {megabytes} MB for {place} and run the command again.")


def is_disk_full(error: OSError) -> bool:
    """Did a write fail for want of room?"""
    return error.errno in {errno.ENOSPC, errno.EDQUOT}


def why_step_failed(log: Path, mend: str) -> str:
    """One sentence from the end of a log: a full disk is named, anything else gets `mend` and the last line."""
    tail = log.read_text(encoding="utf-8", errors="replace")[-6000:]
    if any(sign in tail for sign in _NO_ROOM):
        return "The disk is full: free at least 1 GB and run the command again."
    return f"{mend} {log} says: {last_line(log)}"


def started_at(pid: int) -> str | None:
    """When the process began, as the kernel counts; None when there is none or it is a corpse."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in {"Z", "X"} else fields[19]


def _is_ours(pid: int) -> bool:
    """Does the process run from this checkout, as all that we start for it do?"""
    try:
        return Path(f"/proc/{pid}/cwd").resolve(strict=True) == Path(__file__).resolve().parent.parent
    except OSError:
        return False


def members_of_group(leader: int) -> list[int]:
    """The living processes of a group that run from this checkout, whether or not its leader still lives."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and started_at(int(entry.name)) and _is_ours(int(entry.name)):
            with contextlib.suppress(OSError):
                if os.getpgid(int(entry.name)) == leader:
                    found.append(int(entry.name))
    return found


def is_left(leader: int, began: str) -> bool:
    """Is anything left of a process noted earlier: itself, or the group it led?"""
    return started_at(leader) == began or bool(members_of_group(leader))


def clear_group(leader: int) -> None:
    """Kill what is left of a group whose leader is gone, and wait for it."""
    while members := members_of_group(leader):
        for pid in members:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.05)


def stop_by_number(pid: int, began: str | None, *, with_signal: int, patience: float) -> None:
    """Stop a process left over by an earlier run, unless its number now belongs to another."""
    if began is None or started_at(pid) != began:
        return
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, with_signal)
    deadline = time.monotonic() + patience
    while started_at(pid) == began:
        if time.monotonic() > deadline:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            deadline = float("inf")
        time.sleep(0.05)
