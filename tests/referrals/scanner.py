"""A virus scanner that speaks as clamd does over its socket: INSTREAM, pieces with their length, one line back."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""The harmless text every scanner is tested with, in two pieces so that this file is not found itself."""


class _Scan(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        said = self._exactly(len(b"zINSTREAM\0"))
        if said != b"zINSTREAM\0":
            self.request.sendall(b"UNKNOWN COMMAND\0")
            return
        content = b""
        while length := struct.unpack("!L", self._exactly(4))[0]:
            content += self._exactly(length)
        self.server.looked_at.append(content)  # type: ignore[attr-defined]
        answer = self.server.answer  # type: ignore[attr-defined]
        found = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
        self.request.sendall(found if answer is None else answer)

    def _exactly(self, length: int) -> bytes:
        said = b""
        while len(said) < length:
            more = self.request.recv(length - len(said))
            if not more:
                raise ConnectionError
            said += more
        return said


@contextmanager
def scanning(answer: bytes | None = None) -> Iterator[tuple[str, list[bytes]]]:
    """A scanner's address, and what it was shown. `answer` is what it says whatever it sees."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Scan) as server:
        server.looked_at, server.answer = [], answer  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"127.0.0.1:{server.server_address[1]}", server.looked_at  # type: ignore[attr-defined]
        finally:
            server.shutdown()
