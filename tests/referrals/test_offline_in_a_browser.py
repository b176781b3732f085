"""Bad signal, in the real browser against the real server: the network cut, the server killed, answers lost or late."""

import contextlib
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, expect

from referrals.models import Draft, Report
from tests import cast
from tests.referrals import served
from tests.referrals.test_report_is_accessible import RULES

WORDS = "Kayden says he hides when Dean comes."


@dataclass
class Site:
    """The service, which can be killed, started again and made unreliable; and the people who may sign in."""

    database: str
    said: Path
    port: int = field(default_factory=served.free_port)
    running: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        how = {"UNRELIABLE": str(self.said), "DEBUG": "0"}
        application = "tests.referrals.unreliable:application"
        self.running.enter_context(served.serving(self.database, application=application, port=self.port, **how))

    def kill(self) -> None:
        self.running.close()

    def be(self, what: str) -> None:
        """`slow PART`, `lose PART`, or nothing for a good connection."""
        self.said.write_text(what, encoding="utf-8")

    def asked(self, request: str) -> int:
        return self.said.with_suffix(".log").read_text(encoding="utf-8").count(request)


@pytest.fixture
def site(committed: str, tmp_path: Path) -> Iterator[Site]:
    everybody = cast.assemble()
    for post in (everybody.cleo, everybody.cyrus):
        served.let_in(post)
    made = Site(committed, tmp_path / "unreliable")
    made.be("")
    made.start()
    yield made
    made.kill()


@pytest.fixture
def browser() -> Iterator[Browser]:
    with served.browsing() as browser:
        yield browser


def stored(question: Callable[[], Any]) -> Any:
    """Ask the database, in a thread of its own: an open browser runs a loop in this one."""

    def ask() -> Any:
        try:
            return question()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(ask).result()


def drafts() -> list[Draft]:
    """Every draft the server holds."""
    return list(stored(lambda: list(Draft.objects.select_related("author"))))


def accounts() -> set[str]:
    """What their writers saw and heard."""
    return {draft.data["account"]["typed"]["account"][0] for draft in drafts()}


CLEO, CYRUS = "cleo@example.org", "cyrus@example.org"


def at_the_desk(browser: Browser, site: Site, email: str = CLEO, **more: Any) -> Page:
    """A page of somebody signed in whose device has its key and its worker."""
    page = served.signed_in(browser, site.address, email, **more)
    ready(page)
    return page


def until(page: Page, promise: str) -> None:
    """Wait until what this promises is true; twenty seconds at most."""
    for _ in range(200):
        if page.evaluate(promise):
            return
        page.wait_for_timeout(100)
    raise AssertionError(promise)


def ready(page: Page) -> None:
    """Wait until the worker has taken over and the key is there."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    until(page, "navigator.serviceWorker.controller !== null")
    until(page, f"{KEYS}.then((keys) => keys.length === 2)")


OPENED = """new Promise((resolve) => {
  const ask = indexedDB.open("early-help");
  ask.onsuccess = () => resolve(ask.result);
})"""
ALL = (
    f"(name) => {OPENED}"
    """.then((db) => new Promise((resolve) => {
  const ask = db.transaction(name).objectStore(name).getAll();
  ask.onsuccess = () => { db.close(); resolve(ask.result); };
}))"""
)
KEYS = f"({ALL})('keys')"


def on_device(page: Page) -> list[dict[str, Any]]:
    """The reports on this device that no server has."""
    return [entry for entry in page.evaluate(ALL, "drafts") if "sealed" in entry]


def banner(page: Page) -> Any:
    return page.locator("[data-outbox]")


def write(page: Page, words: str = WORDS) -> None:
    """Answer two questions of the blank report and save it."""
    page.locator("[name=danger][value=no]").check()
    page.locator("[name=account]").fill(words)
    page.get_by_role("button", name="Save on this device").click()
    expect(banner(page)).to_be_focused()


def test_with_the_network_cut_a_report_is_kept_and_comes_home_as_a_draft(site: Site, browser: Browser) -> None:
    page = at_the_desk(browser, site)
    page.context.set_offline(True)
    page.goto(f"{site.address}/reports/")
    assert "call 999" in page.locator("main").inner_text()
    assert page.get_by_role("heading", level=1).inner_text() == "Report a concern without a connection"
    write(page)
    expect(banner(page)).to_contain_text("1 report on this device is NOT SENT")
    assert len(on_device(page)) == 1
    page.context.set_offline(False)
    page.goto(f"{site.address}/reports/")
    expect(banner(page)).to_contain_text("A draft from this device is on the server, NOT SENT")
    assert on_device(page) == []
    (held,) = drafts()
    assert held.data["account"]["typed"]["account"] == [WORDS]
    assert held.sent_at is None and stored(Report.objects.count) == 0
    banner(page).get_by_role("link", name="Check it and send it").click()
    expect(page.locator("main")).to_contain_text(WORDS)
    expect(banner(page)).to_be_hidden()


def test_with_the_server_killed_though_the_browser_says_it_is_online(site: Site, browser: Browser) -> None:
    page = at_the_desk(browser, site)
    site.kill()
    page.goto(f"{site.address}/reports/")
    assert page.evaluate("navigator.onLine") is True
    write(page)
    expect(banner(page)).to_contain_text("1 report on this device is NOT SENT")
    site.start()
    page.goto(f"{site.address}/reports/")
    expect(banner(page)).to_contain_text("on the server, NOT SENT")
    assert len(drafts()) == 1


def test_with_the_answer_lost_the_draft_is_posted_again_and_is_one(site: Site, browser: Browser) -> None:
    page = at_the_desk(browser, site)
    site.be("lose /reports/device/drafts/")
    page.goto(f"{site.address}/reports/offline/")
    write(page)
    assert len(on_device(page)) == 1 and len(drafts()) == 1
    site.be("")
    page.goto(f"{site.address}/reports/")
    expect(banner(page)).to_contain_text("on the server, NOT SENT")
    assert on_device(page) == [] and site.asked("POST /reports/device/drafts/") >= 2
    assert drafts()[0].data["account"]["revision"] == 1


def test_a_page_that_takes_twelve_seconds_gives_way_to_the_blank_report_after_eight(
    site: Site, browser: Browser
) -> None:
    page = at_the_desk(browser, site)
    site.be("slow /reports/")
    page.goto(f"{site.address}/reports/", timeout=15_000)
    assert page.get_by_role("heading", level=1).inner_text() == "Report a concern without a connection"
    took = page.evaluate("performance.getEntriesByType('navigation')[0].responseStart")
    assert 7_500 < took < 11_000


def test_two_windows_on_one_report_keep_both(site: Site, browser: Browser) -> None:
    one = at_the_desk(browser, site)
    one.context.set_offline(True)
    one.goto(f"{site.address}/reports/offline/")
    write(one, "First.")
    two = one.context.new_page()
    two.goto(f"{site.address}/reports/offline/")
    two.get_by_role("button", name="Open it").click()
    expect(two.locator("[name=account]")).to_have_value("First.")
    write(one, "First, and more in window one.")
    two.locator("[name=account]").fill("First, and other things in window two.")
    two.get_by_role("button", name="Save on this device").click()
    expect(two.locator("[data-offline-status]")).to_contain_text("Both are kept, as two")
    expect(banner(two)).to_contain_text("2 reports on this device are NOT SENT")
    two.close()
    one.context.set_offline(False)
    one.goto(f"{site.address}/reports/")
    expect(banner(one)).to_contain_text("on the server, NOT SENT")
    until(one, f"({ALL})('drafts').then((all) => all.every((one) => !one.sealed))")
    assert accounts() == {"First, and more in window one.", "First, and other things in window two."}


def test_a_draft_changed_at_the_desk_meanwhile_stays_and_the_devices_is_kept_beside_it(
    site: Site, browser: Browser
) -> None:
    page = at_the_desk(browser, site)
    page.goto(f"{site.address}/reports/offline/")
    write(page, "First.")
    expect(banner(page)).to_contain_text("on the server, NOT SENT")
    page.context.set_offline(True)
    page.locator("[name=account]").fill("On the stairs.")
    page.get_by_role("button", name="Save on this device").click()
    expect(banner(page)).to_contain_text("1 report on this device is NOT SENT")
    (held,) = drafts()
    held.data["account"] |= {"typed": {"account": ["At the desk."]}, "opened": "", "revision": 2}
    stored(held.save)
    page.context.set_offline(False)
    page.goto(f"{site.address}/reports/")
    until(page, f"({ALL})('drafts').then((all) => all.some((one) => one.wasChanged))")
    page.reload()
    expect(banner(page)).to_contain_text("both are kept, as two drafts")
    assert accounts() == {"At the desk.", "On the stairs."}


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in/**")


def sign_in(page: Page, email: str) -> None:
    page.get_by_label("E-mail address").fill(email)
    page.locator("input[type=password]").fill(served.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_load_state()


def test_signing_out_seals_a_report_and_only_its_own_writer_brings_it_home(site: Site, browser: Browser) -> None:
    page = at_the_desk(browser, site)
    site.be("lose /reports/device/")
    page.goto(f"{site.address}/reports/offline/")
    write(page)
    page.goto(f"{site.address}/reports/")
    sign_out(page)
    expect(banner(page)).to_contain_text("1 report on this device is NOT SENT. Sealed. Sign in to go on.")
    assert len(on_device(page)) == 1
    assert len(page.evaluate(ALL, "keys")) == 1
    page.goto(f"{site.address}/reports/offline/")
    assert page.get_by_role("button", name="Open it").count() == 0
    site.be("")
    page.goto(f"{site.address}/sign-in/")
    sign_in(page, CYRUS)
    expect(banner(page)).to_contain_text("1 report of somebody else is NOT SENT")
    page.goto(f"{site.address}/reports/offline/")
    assert page.get_by_role("button", name="Open it").count() == 0
    assert len(on_device(page)) == 1 and drafts() == []
    page.goto(f"{site.address}/reports/")
    sign_out(page)
    sign_in(page, CLEO)
    expect(banner(page)).to_contain_text("on the server, NOT SENT")
    assert on_device(page) == []
    assert [draft.author.email for draft in drafts()] == [CLEO]


def test_signing_out_with_nothing_waiting_clears_the_device(site: Site, browser: Browser) -> None:
    page = at_the_desk(browser, site)
    sign_out(page)
    until(page, f"{KEYS}.then((keys) => keys.length === 0)")


def later(page: Page, *, hours: int) -> None:
    """Set the page's clock on."""
    page.clock.set_fixed_time(page.evaluate("Date.now()") / 1000 + hours * 3600)


def test_a_report_is_warned_of_and_deleted_after_72_hours(site: Site, browser: Browser) -> None:
    page = at_the_desk(browser, site)
    site.be("lose /reports/device/")
    page.goto(f"{site.address}/reports/offline/")
    write(page)
    expect(banner(page)).not_to_contain_text("deleted")
    later(page, hours=50)
    page.reload()
    expect(banner(page)).to_contain_text("One is deleted on")
    later(page, hours=23)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(banner(page)).to_contain_text("1 report was deleted: over 72 hours old")
    assert on_device(page) == []
    page.reload()
    expect(banner(page)).to_contain_text("1 report was deleted: over 72 hours old")
    later(page, hours=2)
    page.reload()
    expect(banner(page)).to_be_hidden()


def test_the_key_is_forgotten_after_twelve_hours_and_cannot_be_read_out(site: Site, browser: Browser) -> None:
    page = at_the_desk(browser, site)
    key = f"{KEYS}.then((keys) => keys.find((one) => one.key))"
    assert page.evaluate(f"{key}.then((held) => held.key.extractable)") is False
    assert page.evaluate(f"{key}.then((held) => crypto.subtle.exportKey('raw', held.key)).catch(() => 'no')") == "no"
    page.context.set_offline(True)
    page.goto(f"{site.address}/reports/offline/")
    write(page)
    later(page, hours=13)
    page.reload()
    assert page.get_by_role("button", name="Open it").count() == 0
    page.locator("[name=account]").fill("Nobody is signed in.")
    page.get_by_role("button", name="Save on this device").click()
    expect(page.locator("[data-offline-status]")).to_contain_text("NOT KEPT: nobody is signed in")
    assert len(on_device(page)) == 1


def kept_by_the_worker(context: BrowserContext) -> str:
    """Everything in the cache storage, addresses and bodies."""
    return str(
        context.pages[0].evaluate(
            """async () => {
              const said = [];
              for (const name of await caches.keys()) {
                const cache = await caches.open(name);
                for (const request of await cache.keys()) {
                  const answer = await cache.match(request);
                  said.push(request.url, await answer.text(), JSON.stringify([...answer.headers]));
                }
              }
              return said.join("\\n");
            }"""
        )
    )


def test_nothing_personal_is_kept_and_no_words_lie_on_the_device_unsealed(site: Site, browser: Browser) -> None:
    page = at_the_desk(browser, site)
    page.goto(f"{site.address}/find/")
    page.context.set_offline(True)
    page.goto(f"{site.address}/reports/offline/")
    write(page)
    kept = kept_by_the_worker(page.context)
    assert "Report a concern without a connection" in kept and "call 999" in kept
    for word in ("Cleo", CLEO, 'name="csrfmiddlewaretoken"', "sessionid", "set-cookie", WORDS):
        assert word not in kept, word
    addresses = {line.removeprefix(site.address) for line in kept.splitlines() if line.startswith(site.address)}
    assert {one for one in addresses if not one.startswith("/static/")} == {"/reports/offline/"}
    said = page.evaluate(
        f"""({ALL})('drafts').then((all) => all.map((one) => JSON.stringify({{...one, sealed: "", iv: ""}})
          + new TextDecoder('latin1').decode(one.sealed)).join())"""
    )
    for word in ("Kayden", "Dean", "account", "danger"):
        assert word not in said, word
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_step_that_cannot_be_posted_stays_and_is_kept_until_it_can(site: Site, browser: Browser) -> None:
    page = at_the_desk(browser, site)
    page.goto(f"{site.address}/reports/start/")
    page.locator("[name=danger][value=no]").check()
    page.get_by_role("button", name="Continue").last.click()
    page.wait_for_url("**/account/")
    page.locator("[data-autosave-status]").wait_for(state="attached")
    page.context.set_offline(True)
    page.locator("[name=account]").fill(WORDS)
    page.get_by_role("button", name="Continue").last.click()
    expect(banner(page)).to_be_focused()
    expect(banner(page)).to_contain_text("1 report on this device is NOT SENT")
    expect(page.locator("[name=account]")).to_have_value(WORDS)
    page.goto(f"{site.address}/reports/")
    assert len(on_device(page)) == 1
    page.context.set_offline(False)
    page.goto(f"{site.address}/reports/")
    until(page, f"({ALL})('drafts').then((all) => all.length === 0)")
    assert accounts() == {WORDS}


def test_a_step_with_nothing_new_on_it_goes_on_and_one_that_came_back_is_kept_again(site: Site, browser: Browser):
    page = at_the_desk(browser, site)
    page.goto(f"{site.address}/reports/start/")
    page.locator("[name=danger][value=no]").check()
    page.get_by_role("button", name="Continue").last.click()
    page.wait_for_url("**/account/")
    page.get_by_role("button", name="Continue").last.click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.go_back()
    page.locator("[name=account]").fill(WORDS)
    expect(page.locator("[data-autosave-status]")).to_contain_text("Saved")
    page.get_by_role("button", name="Continue").last.click()
    page.wait_for_url(lambda address: "/account/" not in address)
    assert accounts() == {WORDS}


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_without_a_connection_is_accessible(site: Site, browser: Browser, width: int) -> None:
    page = at_the_desk(browser, site, viewport={"width": width, "height": 900})
    page.context.set_offline(True)
    page.goto(f"{site.address}/reports/")
    page.get_by_role("button", name="Add another child").click()
    page.locator("[name=child-1-name]").fill("Ellie")
    write(page)
    page.reload()
    page.get_by_role("button", name="Open it").click()
    expect(page.locator("[name=child-1-name]")).to_have_value("Ellie")
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=f"{folder}/offline-{width}.png", full_page=True)


def test_without_script_the_page_says_to_ring_and_shows_no_form(site: Site, browser: Browser) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site.address}/reports/offline/")
    expect(page.locator("main")).to_contain_text("This page needs JavaScript")
    expect(page.locator("[data-offline-form]")).to_be_hidden()
