"""GOV.UK Notify as an outside party, for tests alone: its HTTP interface here, which keeps what it was sent."""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from uuid import uuid4

SERVICE, SECRET = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = f"early_help-{SERVICE}-{SECRET}"


class Postman:
    """What it was sent, what it answers, and what it says became of each."""

    def __init__(self) -> None:
        self.sent: list[dict] = []
        self.tokens: list[str] = []
        self.fates: dict[str, str] = {}
        self.refuses: tuple[int, str] | None = None
        self.address = ""

    def claims(self) -> dict:
        """The claims of the last token, whose signature must be right."""
        head, body, signature = self.tokens[-1].split(".")
        right = hmac.digest(SECRET.encode(), f"{head}.{body}".encode(), hashlib.sha256)
        assert base64.urlsafe_b64decode(signature + "==") == right
        assert json.loads(base64.urlsafe_b64decode(head + "==")) == {"typ": "JWT", "alg": "HS256"}
        return json.loads(base64.urlsafe_b64decode(body + "=="))


@contextmanager
def postman() -> Iterator[Postman]:
    """It listens while the block runs."""
    kept = Postman()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            kept.tokens.append(self.headers["Authorization"].removeprefix("Bearer "))
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if kept.refuses:
                status, message = kept.refuses
                self._say(status, {"status_code": status, "errors": [{"error": "ValidationError", "message": message}]})
                return
            kept.sent.append(body)
            theirs = str(uuid4())
            kept.fates[theirs] = "created"
            self._say(201, {"id": theirs, "reference": body["reference"]})

        def do_GET(self) -> None:
            theirs = self.path.rsplit("/", 1)[1]
            self._say(200, {"id": theirs, "status": kept.fates[theirs]})

        def _say(self, status: int, body: dict) -> None:
            said = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            """It keeps no log."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    kept.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield kept
    finally:
        server.shutdown()
        server.server_close()
