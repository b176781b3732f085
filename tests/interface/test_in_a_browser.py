"""The kit as a browser has it: accessible, on a phone, in forced colours, without script, and light."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
WIDTHS = [1280, 390]


def open_page(browser: Browser, address: str, *, path: str = "/", width: int = 1280, **context: object) -> Page:
    """A fresh visitor on the page; anything the browser complains about fails the test."""
    page = browser.new_context(viewport={"width": width, "height": 900}, **context).new_page()
    page.complaints = []  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.complaints.append(str(error)))  # type: ignore[attr-defined]
    page.on("console", lambda said: said.type == "error" and page.complaints.append(said.text))  # type: ignore[attr-defined]
    page.clock.install()
    page.goto(address + path)
    return page


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator:
    """Opens pages and closes them again; checks that none complained."""
    pages: list[Page] = []

    def go(**options: object) -> Page:
        pages.append(open_page(browser, address, **options))
        return pages[-1]

    yield go
    for page in pages:
        assert page.complaints == []  # type: ignore[attr-defined]
        page.context.close()


def send_nonsense(page: Page) -> None:
    """Send the form with a wrong date and little else."""
    page.fill("#id_seen_on_day", "ab")
    page.fill("#id_seen_on_month", "3")
    page.fill("#id_seen_on_year", "2020")
    page.fill("#id_birth_day", "3")
    page.fill("#id_birth_year", "2016")
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_selector(".govuk-error-summary")


def assert_accessible(page: Page) -> None:
    """No violation of WCAG 2.2 AA or axe's best practice. The back link stands outside `main` by upstream's design."""
    found = Axe().run(page, context={"exclude": [".govuk-back-link"]}, options=RULES)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_is_accessible(visit, width: int) -> None:
    assert_accessible(visit(width=width))


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_with_errors_is_accessible(visit, width: int) -> None:
    page = visit(width=width)
    send_nonsense(page)
    assert_accessible(page)


@pytest.mark.parametrize("name", ["403", "404", "409", "500", "no_post"])
def test_a_page_that_says_no_is_accessible_and_leads_on(visit, name: str) -> None:
    page = visit(path=f"/refusals/{name}/", width=390)
    assert_accessible(page)
    ways_on = page.locator("main a, main button").count()
    assert ways_on or name == "500"
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_failed_page_says_so_first_and_leads_to_the_wrong_box(visit) -> None:
    page = visit()
    send_nonsense(page)
    assert page.title().startswith("Error: ")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.get_by_role("link", name="Date of birth must include a month").click()
    expect(page.locator("#id_birth_month")).to_be_focused()
    assert page.input_value("#id_seen_on_day") == "ab"


def test_nothing_is_wider_than_the_smallest_screen(visit) -> None:
    page = visit(width=320)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    send_nonsense(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_forced_colours_keep_the_shapes_of_urgency(visit) -> None:
    page = visit(forced_colors="active", color_scheme="dark")
    marks = "getComputedStyle(document.querySelector('.eh-badge--red'), '::before')"
    assert page.evaluate(f"{marks}.backgroundColor") == "rgb(255, 255, 255)"


def test_the_page_works_without_script(visit) -> None:
    page = visit(java_script_enabled=False)
    assert page.locator(".govuk-tabs__panel").all()[1].is_visible()
    assert page.get_by_role("link", name="Caseload").is_visible()
    send_nonsense(page)
    assert page.title().startswith("Error: ")
    assert page.input_value("#id_seen_on_day") == "ab"


def test_a_draft_is_saved_while_somebody_types(visit) -> None:
    page = visit()
    with page.expect_request("**/save/") as saved:
        page.fill("#id_name", "Mia & Tom")
        page.clock.run_for(5000)
    assert "name=Mia+%26+Tom" in (saved.value.post_data or "")
    expect(page.locator("[data-autosave-status]")).to_contain_text("Saved ")


def test_what_was_typed_before_the_script_came_is_saved(browser: Browser, address: str) -> None:
    page = browser.new_context().new_page()
    page.clock.install()
    held: list[Route] = []
    page.route("**/autosave*.js", lambda route: held.append(route))
    with page.expect_request("**/autosave*.js"):
        page.goto(address, wait_until="commit")
    page.fill("#id_name", "Mia")
    with page.expect_request("**/save/") as saved:
        held[0].continue_()
        page.wait_for_load_state("load")
        page.clock.run_for(5000)
    assert "name=Mia" in (saved.value.post_data or "")
    page.context.close()


def test_a_draft_that_cannot_be_saved_says_so_and_is_sent_later(visit) -> None:
    page = visit()
    page.route("**/save/", lambda route: route.abort())
    page.fill("#id_name", "Mia")
    status = page.locator("[data-autosave-status]")
    page.clock.run_for(5000)
    expect(status).to_have_text("Not saved: no connection. What you typed is still here.")
    page.complaints.clear()
    page.unroute("**/save/")
    page.clock.run_for(5000)
    expect(status).to_contain_text("Saved ")
    assert page.input_value("#id_name") == "Mia"


def test_a_draft_refused_because_of_signing_out_says_that_and_not_no_connection(visit) -> None:
    page = visit()
    page.route("**/save/", lambda route: route.fulfill(status=403))
    page.fill("#id_name", "Mia")
    page.clock.run_for(5000)
    expect(page.locator("[data-autosave-status]")).to_have_text(
        "Not saved: you are signed out. What you typed is still here."
    )
    page.complaints.clear()


def test_a_list_that_grew_says_how_much_and_moves_nothing(browser: Browser, address: str) -> None:
    page = browser.new_context().new_page()
    page.clock.install()
    asked = []
    page.on("request", lambda request: request.url.endswith("/waiting/") and asked.append(request.headers))
    page.goto(address, wait_until="networkidle")
    before = page.locator(".eh-queue").bounding_box()
    for _ in range(2):
        with page.expect_response("**/waiting/"):
            page.clock.run_for(17_000)
    expect(page.locator("[data-poll]")).to_have_text("2 new reports. Show")
    assert page.locator(".eh-queue").bounding_box() == before
    assert "if-none-match" not in asked[0]
    assert asked[1]["if-none-match"] == '"2"'
    page.context.close()
