"""`bin/start`: everything up, whatever dies comes back, nothing stays behind. Real processes, real servers."""

import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from launch.folder import server_account
from launch.process import started_at
from tests.launch.running import (
    Running,
    copy_of_checkout,
    descendants,
    free_port,
    open_folder,
    python_for,
    run_start,
    started,
    until,
)

pytestmark = pytest.mark.last


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """Where the copy and its data are."""
    with open_folder("start") as place:
        yield place


@pytest.fixture(scope="module")
def checkout(folder: Path) -> Path:
    """A copy with the environment the tests themselves run in."""
    return copy_of_checkout(folder, with_environment=True)


@pytest.fixture(scope="module")
def service(folder: Path, checkout: Path) -> Iterator[Running]:
    """One running service for the tests below."""
    with started(checkout, folder / "data") as running:
        yield running


def _is_back(service: Running, name: str, before: int) -> bool:
    return service.pid_of(name) != before and service.is_well()


def test_healthz_says_ok_and_nothing_else(service: Running) -> None:
    assert service.health() == (200, "ok\n")


def test_no_process_shows_a_password_or_key_on_its_command_line(service: Running) -> None:
    lines = [Path(f"/proc/{pid}/cmdline").read_text() for pid in descendants(service.process.pid)]
    secrets = [service.secret(name) for name in ("SECRET_KEY", "IDENTITY_KEY", "ADMIN_PASSWORD", "REDIS_PASSWORD")]
    assert len(lines) > 8
    assert not [line for line in lines if any(secret in line for secret in secrets)]


def test_keys_are_readable_by_their_owner_only(service: Running) -> None:
    assert (service.data / "secrets.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["worker", "beat", "redis", "web"])
def test_a_killed_process_comes_back(service: Running, name: str) -> None:
    before = service.pid_of(name)
    os.kill(before, signal.SIGKILL)
    until(lambda: _is_back(service, name, before), within=60, what=f"a new {name}")
    assert "stopped by itself" in service.said()


def test_a_killed_database_keeps_what_it_confirmed(service: Running) -> None:
    before = service.pid_of("postgres")
    port = (service.data / "postgres" / "postmaster.pid").read_text().splitlines()[3]
    url = f"postgresql://postgres:{service.secret('ADMIN_PASSWORD')}@127.0.0.1:{port}/postgres"
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("create table confirmed (n integer)")
        cursor.execute("insert into confirmed select generate_series(1, 1000)")
    os.kill(before, signal.SIGKILL)
    until(lambda: _is_back(service, "postgres", before), within=60, what="a new database server")
    with psycopg2.connect(url) as again, again.cursor() as cursor:
        cursor.execute("select count(*) from confirmed")
        assert cursor.fetchone() == (1000,)
        cursor.execute("show data_checksums")
        assert cursor.fetchone() == ("on",)


def test_healthz_is_not_ok_while_the_worker_is_away(service: Running) -> None:
    os.kill(service.pid_of("worker"), signal.SIGSTOP)
    for pid in descendants(service.pid_of("worker")):
        os.kill(pid, signal.SIGSTOP)
    until(lambda: service.health() == (503, "not ok\n"), within=25, what="a 503")
    for pid in [service.pid_of("worker"), *descendants(service.pid_of("worker"))]:
        os.kill(pid, signal.SIGCONT)
    until(service.is_well, within=25, what="health")


def test_a_second_start_on_the_same_data_is_refused_in_one_sentence(service: Running, checkout: Path) -> None:
    done = run_start(checkout, "--port", str(free_port()), "--data", str(service.data))
    assert done.returncode == 1
    assert done.stdout == (
        f"Early Help is already running on {service.data}: stop it first, or give another folder with --data.\n"
    )


def test_a_taken_port_is_refused_in_one_sentence(checkout: Path, folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run_start(checkout, "--port", str(port), "--data", str(folder / "unused"))
    assert done.returncode == 1
    assert done.stdout == f"Port {port} is taken: choose another, as in bin/start --port {port + 1}.\n"


def test_a_folder_of_other_things_is_left_alone(checkout: Path, folder: Path) -> None:
    letters = folder / "letters"
    letters.mkdir()
    (letters / "letter").write_text("dear")
    done = run_start(checkout, "--port", str(free_port()), "--data", str(letters), "--reset")
    assert done.returncode == 1
    assert done.stdout == f"{letters} holds other things: give an empty or new folder with --data.\n"
    assert [path.name for path in letters.iterdir()] == ["letter"]


def test_sigterm_stops_everything_and_the_next_start_is_quick_and_keeps_the_data(
    service: Running, checkout: Path
) -> None:
    below = descendants(service.process.pid)
    key = service.secret("SECRET_KEY")
    assert service.stop() == 0
    assert [pid for pid, began in below.items() if started_at(pid) == began] == []
    began = time.monotonic()
    with started(checkout, service.data) as again:
        assert time.monotonic() - began < 20
        assert again.is_well()
        assert again.secret("SECRET_KEY") == key
        assert "Loading" not in again.said()


def test_a_killed_start_takes_its_processes_along_and_the_next_start_works(service: Running, checkout: Path) -> None:
    with started(checkout, service.data) as first:
        below = descendants(first.process.pid)
        first.process.kill()
        first.process.wait()
        with started(checkout, service.data) as second:
            assert second.is_well()
            assert [pid for pid, began in below.items() if started_at(pid) == began] == []


def test_an_ordinary_user_starts_from_python_alone() -> None:
    account = server_account()  # nobody when root runs the tests; else whoever runs them
    python = python_for(account)
    with open_folder("user") as folder:
        checkout = copy_of_checkout(folder, with_environment=False)
        if account:
            for path in [folder, *folder.rglob("*")]:
                os.chown(path, account.uid, account.gid, follow_symlinks=False)
        with started(checkout, folder / "data", account=account, python=python, HOME=str(folder)) as running:
            assert running.health() == (200, "ok\n")
            assert running.stop() == 0
