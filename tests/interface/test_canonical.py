"""The comparison itself: blind to what a browser ignores, and to nothing else."""

import pytest

from tests.interface.canonical import tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('<p class="a b" id="x">Hi</p>', '<p  id="x" class="b  a">\n  Hi\n</p>'),
        ("<p>Hi</p><!-- note -->", "<p>Hi</p>"),
        ("<p>one  two</p>", "<p>one\ntwo</p>"),
    ],
)
def test_what_a_browser_ignores_is_ignored(one: str, other: str) -> None:
    assert tokens(one) == tokens(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p><span>Error:</span> Enter</p>", "<p><span>Error:</span>Enter</p>"),
        ('<p id="x">Hi</p>', '<p id="y">Hi</p>'),
        ('<p class="a">Hi</p>', "<p>Hi</p>"),
        ("<p>Hi</p>", "<div>Hi</div>"),
        ("<ul><li>a</li></ul>", "<ul><li>a</li><li></li></ul>"),
        ('<input value="">', "<input>"),
    ],
)
def test_what_a_reader_or_a_screen_reader_notices_is_not(one: str, other: str) -> None:
    assert tokens(one) != tokens(other)
