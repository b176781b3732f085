"""Decisions are numbered as their files say, and every link in the documents leads somewhere."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.name)
def test_a_decision_is_headed_by_its_number(path):
    assert path.read_text(encoding="utf-8").startswith(f"# {path.name[:4]} "), path.name


def test_no_number_stands_for_two_decisions():
    numbers = [path.name[:4] for path in DECISIONS]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(path):
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if not re.match(r"[a-z]+:|#", target):
            assert (path.parent / target.split("#")[0]).exists(), f"{path.name} links to {target}"


def test_the_tours_exercise_quotes_what_is_there():
    tour = (ROOT / "TOUR.md").read_text(encoding="utf-8").partition("## Change this")[2]
    source = (ROOT / re.search(r"\]\((\S+\.sql)\)", tour)[1]).read_text(encoding="utf-8")
    quoted = [*re.findall(r"^    (\(.+)$", tour, re.MULTILINE), re.search(r"Take out `([^`]+)`", tour)[1]]
    assert len(quoted) == 2 and all(words in source for words in quoted)
    test, name = re.search(r"bin/test (\S+)", tour)[1], re.search(r"`(test_\w+)` goes red", tour)[1]
    assert f"def {name}(" in (ROOT / test).read_text(encoding="utf-8")


def test_decisions_named_in_code_exist():
    known = {path.name[:4] for path in DECISIONS}
    for app in ("sharing_agreements", "cases", "referrals", "earlyhelp", "launch", "tests"):
        for path in (ROOT / app).rglob("*.py"):
            for number in re.findall(r"docs/decisions/(\d{4})", path.read_text(encoding="utf-8")):
                assert number in known, f"{path.relative_to(ROOT)} names decision {number}"
