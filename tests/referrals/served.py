"""The site on a real server under the real web login, and a browser, for tests that need both."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from sharing_agreements.models import Post
from tests import database

ROOT = Path(__file__).parents[2]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
PASSWORD = "correct horse battery"


def let_in(post: Post) -> str:
    """Give the practitioner a password; answers the e-mail address to sign in with."""
    post.practitioner.set_password(PASSWORD)
    post.practitioner.save()
    return post.practitioner.email


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def serving(
    name: str, *, application: str = "earlyhelp.wsgi:application", port: int | None = None, **settings: str
) -> Iterator[str]:
    """A web server on the database `name`, with further settings if given; gives its address."""
    port = port or free_port()
    own = {"DATABASE_URL": database.address("eh_web", name), "DEBUG": "1", "HTTPS": "0", **settings}
    options = ["--threads", "8", "--no-control-socket", "--log-level", "error", "--bind", f"127.0.0.1:{port}"]
    command = [sys.executable, "-m", "gunicorn", application, *options]
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **own})
    try:
        _wait_for(f"http://127.0.0.1:{port}/sign-in/")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


@contextmanager
def published(name: str, **settings: str) -> Iterator[str]:
    """The site as people find it, with the pages of a refusal too. Its static files are those `bin/test` collected."""
    with serving(name, DEBUG="0", **settings) as address:
        yield address


def _wait_for(url: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(url, timeout=10).close()
        except urllib.error.HTTPError:
            raise
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"no answer from {url}")


@contextmanager
def browsing() -> Iterator[Browser]:
    """One Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


def signed_in(browser: Browser, address: str, email: str, **context: object) -> Page:
    """A page of somebody who has signed in."""
    page = browser.new_context(**context).new_page()
    page.goto(f"{address}/sign-in/")
    page.get_by_label("E-mail address").fill(email)
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_load_state()
    return page
