"""The product's settings with the page that only tests have, and without a database."""

import os
from pathlib import Path

from earlyhelp.settings import *  # noqa: F403, TID251  made from the product's settings
from earlyhelp.settings import MIDDLEWARE, TEMPLATES  # noqa: TID251

HERE = Path(__file__).parent
NEED_A_DATABASE = ("sessions", "AuthenticationMiddleware", "OneTransaction", "ActingPost")

ROOT_URLCONF = "tests.interface.sink"
STATIC_ROOT = os.environ["SINK_STATIC_ROOT"]
ALLOWED_HOSTS = ["127.0.0.1"]
MIDDLEWARE = [one for one in MIDDLEWARE if not any(word in one for word in NEED_A_DATABASE)]
TEMPLATES = [{**TEMPLATES[0], "DIRS": [*TEMPLATES[0]["DIRS"], HERE / "templates"]}]
