"""Every address has one access line, one method rule and one name; every template is somebody's."""

import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from sharing_agreements.vocabulary import Role
from sharing_agreements.web.doors import Access

ROOT = Path(settings.BASE_DIR)
BUILT_BY_NAME = ("components/", "django/")
"""Folders whose templates a renderer or tag finds by a name it builds; tests/interface covers them."""
OPEN = {
    "ask_outside_code",
    "enter_outside_code",
    "sign_in",
    "sign_out",
    "personas",
    "healthz",
    "write_offline",
    "offline_worker",
    "api_schema",
}
"""Routes that need no sign-in. They read no governed row. Browsers keep the page
and worker for reports without a connection: nothing personal is in them, nor in the description of the API."""


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address with its pattern."""
    for entry in (resolver or get_resolver()).url_patterns:
        address = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, address)
        else:
            yield address, entry


ROUTES = list(routes())
each_route = pytest.mark.parametrize(("address", "route"), ROUTES, ids=[address for address, _ in ROUTES])


def _access(view: Callable) -> Access | None:
    return getattr(view, "access", None)


@each_route
def test_a_route_has_an_access_line(address, route):
    access = _access(route.callback)
    assert access is not None, f"{address}: put @access(purpose=..., roles=...) on {route.callback.__name__}"
    if access.open_to_all:
        assert route.name in OPEN, f"{address} is open to all: say why in OPEN"
    else:
        assert access.purpose or access.purpose_by_role, f"{address}: the purpose is fixed by the route"
        assert access.roles and access.roles <= set(Role), address


@each_route
def test_a_route_is_named_after_its_view(address, route):
    view = inspect.unwrap(route.callback)
    assert inspect.isfunction(view), f"{address}: views are functions"
    assert route.name == view.__name__, address


@each_route
def test_an_address_is_kebab_case(address, route):
    plain = re.sub(r"<[a-z]+:[a-z_]+>", "x", address)
    assert re.fullmatch(r"([a-z0-9-]+/)*([a-z0-9-]+)?/?", plain), address


@each_route
def test_a_view_says_which_methods_it_takes(address, route):
    source = inspect.getsource(inspect.unwrap(route.callback))
    stated = re.search(r"^@require_(safe|GET|POST|http_methods)", source, re.MULTILINE)
    assert stated, f"{address}: put @require_safe, @require_POST or @require_http_methods on its view"


@each_route
def test_a_view_of_at_most_25_lines(address, route):
    source = inspect.getsource(inspect.unwrap(route.callback))
    body = source[source.index("def ") :].rstrip().splitlines()
    assert len(body) <= 30, f"{address}: {len(body)} lines; move work to forms, queries and actions"


def test_names_are_used_once():
    names = [route.name for _, route in ROUTES]
    assert len(names) == len(set(names)), sorted(n for n in names if names.count(n) > 1)


def test_every_template_is_used():
    texts = [
        p.read_text(encoding="utf-8") for app in _places() for p in app.rglob("*.py") if "migrations" not in p.parts
    ]
    texts += [p.read_text(encoding="utf-8") for p in (ROOT / "templates").rglob("*") if p.is_file()]
    everything = "\n".join(texts)
    for template in (ROOT / "templates").rglob("*.html"):
        name = template.relative_to(ROOT / "templates").as_posix()
        if not name.startswith(BUILT_BY_NAME):
            assert f'"{name}"' in everything or f"'{name}'" in everything, f"nobody uses templates/{name}"


def _places() -> list[Path]:
    return [ROOT / app for app in ("sharing_agreements", "cases", "referrals", "earlyhelp")]
