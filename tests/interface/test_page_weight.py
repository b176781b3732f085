"""What a first visit costs over a slow mobile connection: at most 60 KB and 10 requests, with a cold cache."""

import sys
from pathlib import Path

from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
BYTES, REQUESTS, SCRIPT_LINES = 60_000, 10, 500


def test_a_cold_first_page_stays_within_budget(browser: Browser, address: str, record_property) -> None:
    context = browser.new_context()
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    sizes: list[float] = []
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(address, wait_until="networkidle")
    context.close()
    record_property("bytes", sum(sizes))
    sys.stdout.write(f"cold first page: {len(sizes)} requests, {sum(sizes):,.0f} bytes\n")
    assert 6 <= len(sizes) <= REQUESTS
    assert 20_000 < sum(sizes) <= BYTES


def test_files_are_hashed_compressed_and_kept_for_good(browser: Browser, address: str) -> None:
    page = browser.new_context().new_page()
    answers = []
    page.on("response", lambda answer: "/static/" in answer.url and answers.append(answer))
    page.goto(address, wait_until="networkidle")
    assert len(answers) >= 5
    for answer in answers:
        assert "immutable" in answer.headers["cache-control"], answer.url
        assert answer.headers.get("content-encoding") == "br" or answer.url.endswith(".svg"), answer.url
    page.context.close()


def test_our_own_script_stays_small() -> None:
    scripts = (ROOT / "earlyhelp" / "static" / "earlyhelp").glob("*.js")
    lines = [line for path in scripts for line in path.read_text().splitlines() if line.strip()]
    code = [line for line in lines if not line.strip().startswith("//")]
    assert 40 < len(code) <= SCRIPT_LINES
