"""What every answer says about scripts and caches."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings

from earlyhelp.csp import ContentSecurityPolicyMiddleware, NoStoreMiddleware, sha256


@pytest.fixture
def page() -> HttpResponse:
    with override_settings(ROOT_URLCONF="tests.interface.sink", MIDDLEWARE=WITHOUT_DATABASE, TEMPLATES=with_sink()):
        return Client().get("/")


def with_sink() -> list[dict]:
    """The product's template settings, with the page that only tests have."""
    from django.conf import settings

    from tests.interface import HERE

    engine = dict(settings.TEMPLATES[0])
    return [{**engine, "DIRS": [*engine["DIRS"], HERE / "templates"]}]


WITHOUT_DATABASE = [
    "earlyhelp.csp.ContentSecurityPolicyMiddleware",
    "earlyhelp.csp.NoStoreMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]


def test_an_address_that_leads_nowhere_gets_our_page_and_not_the_frameworks() -> None:
    answer = Client().get("/there-is-no-such-page/")
    assert answer.status_code == 404
    assert "There is nothing here to show you" in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"


def test_nothing_loads_except_from_ourselves(page: HttpResponse) -> None:
    directives = dict(part.split(" ", 1) for part in page.headers["Content-Security-Policy"].split("; "))
    assert directives["default-src"] == "'none'"
    sources = {source for value in directives.values() for source in value.split()}
    assert {source for source in sources if not source.startswith("'sha256-")} == {"'none'", "'self'"}


def test_the_only_inline_script_is_the_one_the_policy_names(page: HttpResponse) -> None:
    inline = re.findall(r"<script>(.*?)</script>", page.content.decode(), re.DOTALL)
    assert len(inline) == 1
    assert sha256(inline[0]) in page.headers["Content-Security-Policy"]


def test_a_page_is_kept_in_no_cache(page: HttpResponse) -> None:
    assert page.headers["Cache-Control"] == "no-store"


def test_a_view_may_choose_its_own_caching_and_policy() -> None:
    def view(request: object) -> HttpResponse:
        return HttpResponse(headers={"Cache-Control": "max-age=60", "Content-Security-Policy": "default-src 'self'"})

    answer = ContentSecurityPolicyMiddleware(NoStoreMiddleware(view))(RequestFactory().get("/"))
    assert answer.headers["Cache-Control"] == "max-age=60"
    assert answer.headers["Content-Security-Policy"] == "default-src 'self'"
