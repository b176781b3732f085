"""A real server with hashed, compressed files, and a real browser."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[2]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the page with everything in it is served, as production serves pages."""
    static = tmp_path_factory.mktemp("static")
    own = {"DJANGO_SETTINGS_MODULE": "tests.interface.sink_settings", "SINK_STATIC_ROOT": str(static), "DEBUG": "0"}
    environment = {**os.environ, **own, "HOME": str(static.parent)}
    collect = [sys.executable, "-m", "django", "collectstatic", "--no-input", "-v0", "-i", "rest_framework"]
    subprocess.run(collect, cwd=ROOT, env=environment, check=True)
    port = free_port()
    serve = [
        sys.executable,
        "-m",
        "gunicorn",
        "django.core.wsgi:get_wsgi_application()",
        "--threads",
        "4",
        "--no-control-socket",
        "--bind",
        f"127.0.0.1:{port}",
    ]
    server = subprocess.Popen([*serve, "--log-level", "error"], cwd=ROOT, env=environment)
    try:
        wait_for(f"http://127.0.0.1:{port}/")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


def wait_for(url: str) -> None:
    """Until the server answers; ten seconds at most."""
    for _ in range(100):
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"no answer from {url}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for a file. It must not outlive it: while it is open Django thinks that tests are async code."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()
