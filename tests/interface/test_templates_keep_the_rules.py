"""No template switches escaping off, and none holds script or style that the content security policy would refuse."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
FORBIDDEN = {
    "switches escaping off": re.compile(r"\|\s*safe\b|safeseq|autoescape\s+off"),
    "has an inline style": re.compile(r"<style|\sstyle\s*="),
    "has an inline event handler": re.compile(r"\son[a-z]+\s*="),
    "has an inline script": re.compile(r"<script(?![^>]*\ssrc=)(?!>\{\{ js_enabled \}\}</script>)"),
    "loads from elsewhere": re.compile(r"(?:src|href)=\"(?:https?:)?//"),
}


@pytest.mark.parametrize("rule", FORBIDDEN)
@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_keeps_the_rule(path: Path, rule: str) -> None:
    found = FORBIDDEN[rule].search(path.read_text())
    assert not found, f"{path.relative_to(ROOT)} {rule}: {found.group(0)}"


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("switches escaping off", "{{ name|safe }}"),
        ("has an inline style", '<p style="color: red">'),
        ("has an inline event handler", '<a onclick="go()">'),
        ("has an inline script", "<script>go()</script>"),
        ("loads from elsewhere", '<script src="https://example.org/x.js">'),
    ],
)
def test_the_rule_sees_an_offence(rule: str, line: str) -> None:
    assert FORBIDDEN[rule].search(line)
