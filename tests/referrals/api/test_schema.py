"""The running server answers as its own description says: schemathesis, nothing unexplained."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from drf_spectacular.drainage import GENERATOR_STATS

from launch.process import signal_group, spawn
from launch.servers import free_port
from launch.service import web_command
from referrals.api import schema
from referrals.api.reading import EXAMPLE, ReportIn
from sharing_agreements.models import Disclosure
from tests import cast, database
from tests.launch.running import until
from tests.referrals.api.sending import key_for

ROOT = Path(__file__).parents[3]
CONFIG = Path(__file__).with_name("schemathesis.toml")
SEED = "20261128"
CASES = "25"
"""Random requests per operation and kind; every boundary of the schema is tried besides."""


@pytest.fixture
def served(committed, tmp_path):
    """The real web server over a database of this test's own, a key for it, and the server's log."""
    key = key_for(cast.assemble().police)
    port = free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": database.address("eh_web", committed),
        "STATIC_ROOT": str(tmp_path),
        "API_SENDS_A_MINUTE": "1000000",
        "API_READS_A_MINUTE": "1000000",
        "DJANGO_SETTINGS_MODULE": "earlyhelp.settings",
    }
    address = f"http://127.0.0.1:{port}/api/v1/schema/"
    with (tmp_path / "web.log").open("wb") as log:
        child = spawn(web_command(port), environment=environment, log=log.fileno(), folder=ROOT)
        try:
            until(lambda: _answers(address), within=60, what="the web server")
            yield address, key, tmp_path / "web.log"
        finally:
            signal_group(child.pid, signal.SIGKILL)
            child.wait(20)


def _answers(address: str) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address, timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def test_every_answer_is_as_the_description_says(served, committed):
    address, key, log = served
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(CONFIG), "run", address]
    command += ["--header", f"Authorization: Bearer {key}", "--checks", "all", "--seed", SEED, "--no-color"]
    command += ["--max-examples", CASES, "--phases", "examples,coverage,fuzzing,stateful"]
    done = subprocess.run(command, cwd=log.parent, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout[-12000:] + done.stderr[-2000:]
    cases = re.search(r"(\d[\d,]*) generated", done.stdout)
    assert cases and int(cases[1].replace(",", "")) > 300, done.stdout
    assert "Internal Server Error" not in log.read_text()
    assert Disclosure.objects.filter(what="POST referrals_api:api_reports", outcome="done").count() >= 3


def test_the_description_is_drawn_without_a_warning():
    schema._drawn.cache_clear()
    schema._text()
    assert not GENERATOR_STATS._warn_cache
    assert not GENERATOR_STATS._error_cache


def test_many_may_ask_for_the_description_at_the_same_time():
    schema._drawn.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        assert len({*pool.map(lambda _: schema._text(), range(8))}) == 1


def test_the_example_in_the_description_is_a_report_and_the_one_in_the_documentation():
    said = ReportIn(data=EXAMPLE)
    assert said.is_valid(), said.errors
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    body = json.loads(text[text.index("-d '") + 4 : text.index("}'\n") + 1])
    assert body == {**EXAMPLE, "police_reference": "MC/26/0042"}
