"""Asks a virus scanner about a file. Without a scanner the answer is that nobody looked.

The scanner is clamd, spoken to over its socket with INSTREAM: settings.SCANNER is "host:port", or empty for none.
"""

import socket
import struct
from enum import Enum

from django.conf import settings

PIECE = 64 * 1024
SECONDS = 20.0
"""For the whole of a file; a page waits for it."""


class Verdict(Enum):
    """What a scanner said of a file."""

    CLEAN = "clean"
    INFECTED = "infected"
    NO_SCANNER = "no_scanner"
    NO_ANSWER = "no_answer"


def is_set_up() -> bool:
    """Whether there is a scanner to ask."""
    return bool(settings.SCANNER)


def scan(content: bytes) -> Verdict:
    """Ask. Anything but a plain "OK" or "FOUND" counts as no answer: nothing is let in unseen."""
    if not is_set_up():
        return Verdict.NO_SCANNER
    host, _, port = settings.SCANNER.rpartition(":")
    try:
        with socket.create_connection((host, int(port)), timeout=SECONDS) as scanner:
            scanner.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), PIECE):
                piece = content[start : start + PIECE]
                scanner.sendall(struct.pack("!L", len(piece)) + piece)
            scanner.sendall(struct.pack("!L", 0))
            said = _read(scanner)
    except (OSError, ValueError):
        return Verdict.NO_ANSWER
    if said == "stream: OK":
        return Verdict.CLEAN
    return Verdict.INFECTED if said.startswith("stream: ") and said.endswith(" FOUND") else Verdict.NO_ANSWER


def _read(scanner: socket.socket) -> str:
    """The scanner's line, up to its zero byte; cut off where it is longer than any answer."""
    said = b""
    while b"\0" not in said and len(said) < 1000:
        more = scanner.recv(1000)
        if not more:
            break
        said += more
    return said.split(b"\0")[0].decode("utf-8", "replace").strip()
