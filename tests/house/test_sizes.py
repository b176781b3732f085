"""Nothing grows until nobody reads it: fails over the limit, prints what is near it."""

from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = ("sharing_agreements", "cases", "referrals", "earlyhelp", "launch")
LIMITS = {
    "python": (400, [p for app in APPS for p in (ROOT / app).rglob("*.py") if "migrations" not in p.parts]),
    "tests": (500, list((ROOT / "tests").rglob("*.py"))),
    "templates": (120, [p for p in (ROOT / "templates").rglob("*.html")]),
    "sql": (400, [p for app in APPS for p in (ROOT / app).rglob("*.sql")]),
    "decisions": (80, list((ROOT / "docs" / "decisions").glob("*.md"))),
}
MOST_FILES_IN_A_ROOM = 30


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("sort", LIMITS)
def test_no_file_is_longer_than_its_limit(sort):
    limit, paths = LIMITS[sort]
    sizes = sorted(((_lines(p), p.relative_to(ROOT).as_posix()) for p in paths), reverse=True)
    for lines, name in sizes[:3]:
        print(f"{sort}: {name} has {lines} of {limit} lines")  # noqa: T201
    assert [name for lines, name in sizes if lines > limit] == []


def test_the_settings_and_the_site_map_stay_short():
    assert _lines(ROOT / "earlyhelp" / "settings.py") <= 250
    for path in ROOT.glob("*/web/urls.py"):
        assert _lines(path) <= 120, path
