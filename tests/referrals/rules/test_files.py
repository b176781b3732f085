"""What a file is, told by its content alone, and what is left of a photograph."""

import io

import pytest
from PIL import Image

from referrals.rules import files
from referrals.vocabulary import FileSort
from tests.referrals.papers import EXCEL, GPS, OPEN_TEXT, PDF, WORD, paper, photograph, picture


@pytest.mark.parametrize(
    ("content", "sort"),
    [
        (photograph(), FileSort.JPEG),
        (picture("PNG"), FileSort.PNG),
        (picture("WEBP"), FileSort.JPEG),
        (PDF, FileSort.PDF),
        (WORD, FileSort.DOCX),
        (EXCEL, FileSort.XLSX),
        (OPEN_TEXT, FileSort.ODT),
    ],
)
def test_what_may_be_sent_is_known_by_its_content(content, sort):
    made = files.made_safe(content)
    assert made is not None and made.sort is sort


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"plain words",
        b"<html><script>alert(1)</script>",
        b"MZ\x90\x00 a program",
        b"%PDF-1.7 cut short",
        picture("GIF"),
        picture("BMP"),
        photograph()[:200],
        b"\xff\xd8\xff\xe0 not a photograph",
        paper("anything.txt"),
        paper("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        paper("[Content_Types].xml", "word/document.xml", "setup.exe"),
        b"PK\x03\x04 broken",
        paper("[Content_Types].xml", **{"word/document.xml": b"0" * (files.MOST_UNPACKED + 1)}),
        PDF + b" " * files.MOST_BYTES,
    ],
)
def test_anything_else_is_not(content):
    assert files.made_safe(content) is None


def test_a_photograph_loses_place_time_camera_and_comment():
    sent = photograph()
    assert Image.open(io.BytesIO(sent)).getexif().get_ifd(GPS) and b"14 Fen Lane" in sent
    made = files.made_safe(sent)
    kept = Image.open(io.BytesIO(made.content))
    assert dict(kept.getexif()) == {} and not kept.getexif().get_ifd(GPS) and "comment" not in kept.info
    for trace in (b"Exif", b"Dean Marsh", b"2026:11:20", b"14 Fen Lane"):
        assert trace not in made.content


def test_a_photograph_stays_upright_and_is_made_no_larger_than_needed():
    turned = files.made_safe(photograph(turned=True))
    assert Image.open(io.BytesIO(turned.content)).size == (20, 40)
    wide = files.made_safe(photograph(size=(4000, 1000)))
    assert Image.open(io.BytesIO(wide.content)).size == (3000, 750)


def test_a_picture_that_would_unpack_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(files, "MOST_PIXELS", 99)
    assert files.made_safe(picture("PNG")) is None


def test_papers_stay_as_they_are():
    assert files.made_safe(PDF).content == PDF and files.made_safe(WORD).content == WORD
