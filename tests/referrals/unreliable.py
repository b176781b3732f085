"""The real web application behind a bad connection, for tests: slow, or losing answers, as a file says.

Served as `tests.referrals.unreliable:application`; the file named by UNRELIABLE holds a word and a part of an address:
`slow /queue/` answers after 12 seconds, `lose /drafts/` does the work and then breaks the connection.
"""

import os
import socket
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from earlyhelp.wsgi import application as reliable

SLOW = 12
WHAT = Path(os.environ["UNRELIABLE"])
LOG = WHAT.with_suffix(".log")


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Answer, or fail as told; every request is written down."""
    word, _, part = WHAT.read_text(encoding="utf-8").strip().partition(" ")
    address = environ["PATH_INFO"]
    is_meant = bool(word) and part in address
    with LOG.open("a", encoding="utf-8") as log:
        log.write(f"{environ['REQUEST_METHOD']} {address}\n")
    if is_meant and word == "slow":
        time.sleep(SLOW)
    answer = reliable(environ, start)
    if is_meant and word == "lose":
        b"".join(answer)
        environ["gunicorn.socket"].shutdown(socket.SHUT_RDWR)
    return answer
