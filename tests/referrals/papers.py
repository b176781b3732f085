"""Files as people have them: a photograph with the place it was taken at, a picture, papers."""

import io
import zipfile

from PIL import Image

GPS = 0x8825


def photograph(*, turned: bool = False, size: tuple[int, int] = (40, 20)) -> bytes:
    """A JPEG that says where, when and with what it was taken; `turned`: the camera was held upright."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0132] = "Camera of Dean Marsh", "2026:11:20 21:40:00"
    if turned:
        exif[0x0112] = 6
    exif.get_ifd(GPS).update({1: "N", 2: (53.0, 24.0, 30.0), 3: "W", 4: (2.0, 9.0, 12.0)})
    made = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(made, "JPEG", exif=exif, comment=b"14 Fen Lane")
    return made.getvalue()


def picture(sort: str = "PNG", size: tuple[int, int] = (10, 10)) -> bytes:
    """A picture of that sort."""
    made = io.BytesIO()
    Image.new("RGB", size, (0, 0, 200)).save(made, sort)
    return made.getvalue()


def paper(*parts: str, **written: bytes) -> bytes:
    """A zip with these parts empty, and those written."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for part in parts:
            packed.writestr(part, b"")
        for part, content in written.items():
            packed.writestr(part, content)
    return made.getvalue()


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
WORD = paper("[Content_Types].xml", "word/document.xml")
EXCEL = paper("[Content_Types].xml", "xl/workbook.xml")
OPEN_TEXT = paper("content.xml", mimetype=b"application/vnd.oasis.opendocument.text")
