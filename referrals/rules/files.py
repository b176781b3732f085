"""What a file is, by its content; and a picture without what the camera added. No file name is believed."""

import io
import zipfile
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from referrals.vocabulary import FileSort

MOST_BYTES = 10 * 1024 * 1024
MOST_FILES = 10
"""On one report, sent and added later together."""
MOST_PIXELS = 50_000_000
"""More than any camera of today; a small file may unpack to far more and stop the server."""
MOST_UNPACKED = 100 * 1024 * 1024
MOST_PARTS = 2000
LONGEST_SIDE = 3000
"""Pixels kept of a picture: enough to read a letter on it."""

_PICTURES = {"JPEG": FileSort.JPEG, "PNG": FileSort.PNG, "WEBP": FileSort.JPEG}
"""What Pillow calls a picture, and what it is kept as."""
_OFFICE = {
    "word/document.xml": FileSort.DOCX,
    "xl/workbook.xml": FileSort.XLSX,
}
_OPEN_TEXT = b"application/vnd.oasis.opendocument.text"


@dataclass(frozen=True)
class Made:
    """A file as it is kept: what it is, and its content."""

    sort: FileSort
    content: bytes


def made_safe(content: bytes) -> Made | None:
    """What this content is and what is kept of it; None when it is nothing that can be sent.

    A picture is drawn again from its pixels, turned as it was held: place, camera, time and thumbnail are gone. Papers
    are kept as they are: they are signed, numbered and dated, and must stay what they were.
    """
    if not content or len(content) > MOST_BYTES:
        return None
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]:
        return Made(FileSort.PDF, content)
    if content.startswith(b"PK\x03\x04"):
        sort = _paper(content)
        return Made(sort, content) if sort else None
    return _picture(content)


def _paper(content: bytes) -> FileSort | None:
    """A text or table of an office program; nothing that holds macros or unpacks to too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            listed = parts.infolist()
            names = {part.filename for part in listed}
            if len(listed) > MOST_PARTS or sum(part.file_size for part in listed) > MOST_UNPACKED:
                return None
            if any(name.lower().endswith(("vbaproject.bin", ".exe", ".js")) or "Basic/" in name for name in names):
                return None
            if (
                "mimetype" in names
                and parts.getinfo("mimetype").file_size < 100
                and parts.read("mimetype") == _OPEN_TEXT
            ):
                return FileSort.ODT
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError):
        return None
    if "[Content_Types].xml" not in names:
        return None
    return next((sort for part, sort in _OFFICE.items() if part in names), None)


def _picture(content: bytes) -> Made | None:
    try:
        with Image.open(io.BytesIO(content), formats=list(_PICTURES)) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                return None
            sort = _PICTURES[str(opened.format)]
            turned = ImageOps.exif_transpose(opened)
            turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            pixels = turned.convert("RGB")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        return None
    bare = Image.frombytes("RGB", pixels.size, pixels.tobytes())
    kept = io.BytesIO()
    if sort is FileSort.PNG:
        bare.save(kept, "PNG")
    else:
        bare.save(kept, "JPEG", quality=88)
    return Made(sort, kept.getvalue())


CONTENT_TYPES = {
    FileSort.JPEG: "image/jpeg",
    FileSort.PNG: "image/png",
    FileSort.PDF: "application/pdf",
    FileSort.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileSort.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileSort.ODT: "application/vnd.oasis.opendocument.text",
}
"""What a browser is told a file is."""
