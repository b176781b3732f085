"""What the disclosure log adds to a page: the same requests with it, without its row, and without noting ids,
interleaved in one run on the demonstration district.

    bench/disclosure [--quick] [--rounds N]

The last line is one JSON object: medians in milliseconds, and what the log adds (the bar is 1 ms a page).
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any
from unittest import mock

from bench.database import prepared


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="What the disclosure log adds to a page.")
    parser.add_argument("--quick", action="store_true", help="fewer rounds: under 45 seconds")
    parser.add_argument("--rounds", type=int, default=200)
    chosen = parser.parse_args()
    chosen.rounds = min(chosen.rounds, 30) if chosen.quick else chosen.rounds
    return chosen


@contextmanager
def unlogged() -> Iterator[None]:
    """The same request without its row in the log."""
    from earlyhelp.middleware import OneTransactionMiddleware

    with mock.patch.object(OneTransactionMiddleware, "_log", staticmethod(lambda *_: None)):
        yield


@contextmanager
def unnoted() -> Iterator[None]:
    """Without the row, and without noting ids in the cursor either."""
    from earlyhelp import middleware

    with unlogged(), mock.patch.object(middleware, "looking", nullcontext):
        yield


CONTENDERS: dict[str, Callable[[], Any]] = {"logged": nullcontext, "unlogged": unlogged, "unnoted": unnoted}


def measure(client: Any, pages: dict[str, str], rounds: int) -> dict[str, dict[str, float]]:
    """Median milliseconds per page and contender, contenders shuffled in every round."""
    taken: dict[str, dict[str, list[float]]] = {page: {name: [] for name in CONTENDERS} for page in pages}
    for turn in range(rounds + 3):
        for page, path in pages.items():
            for name in random.sample(list(CONTENDERS), len(CONTENDERS)):
                with CONTENDERS[name]():
                    begun = time.perf_counter()
                    answer = client.get(path)
                    spent = (time.perf_counter() - begun) * 1000
                if answer.status_code != 200:
                    sys.exit(f"{path} answered {answer.status_code}")
                if turn >= 3:
                    taken[page][name].append(spent)
    return {page: {name: statistics.median(t) for name, t in by.items()} for page, by in taken.items()}


def signed_in() -> tuple[Any, dict[str, str]]:
    """A lead practitioner of the demonstration, and pages of theirs from light to heavy."""
    from django.test import Client
    from django.urls import reverse

    from cases.models import Case
    from sharing_agreements.models import Post
    from sharing_agreements.row_security import acting_as

    post = Post.objects.select_related("practitioner", "agency", "team").get(
        practitioner__name="Eddie Sharpe", role="lead_practitioner"
    )
    client = Client()
    client.post(reverse("sharing_agreements:personas"), {"post": post.pk})
    with acting_as(post, "early_help"):
        family = Case.objects.visible().filter(lead_no=post.practitioner.no).values_list("family_id", flat=True)[0]
    pages = {
        "agreements": reverse("sharing_agreements:agreements"),
        "chronology": reverse("cases:show_chronology", args=[family]),
        "family": reverse("cases:show_family", args=[family]),
    }
    return client, pages


def main() -> None:
    """Prepare, measure, print."""
    chosen = options()
    with prepared("eh_bench_disclosure") as address:
        os.environ |= {"DATABASE_URL": address("eh_web"), "DEMONSTRATION": "1", "HTTPS": "0", "DEBUG": "1"}
        os.environ.setdefault("ALLOWED_HOSTS", "testserver")
        subprocess.run(
            [sys.executable, "manage.py", "load_demo", "--families", "60"],
            env={**os.environ, "DATABASE_URL": address("eh_migrator")},
            check=False,
            capture_output=True,
        )
        os.environ["DJANGO_SETTINGS_MODULE"] = "earlyhelp.settings"
        import django
        from django.conf import settings

        django.setup()
        plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
        settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
        client, pages = signed_in()
        medians = measure(client, pages, chosen.rounds)
    for page, by in medians.items():
        print(f"{page:<11} " + "  ".join(f"{name} {ms:.2f} ms" for name, ms in by.items()))
    adds = {f"adds_ms_{page}": round(by["logged"] - by["unnoted"], 2) for page, by in medians.items()}
    print(json.dumps({**adds, "adds_ms_worst": max(adds.values())}))


if __name__ == "__main__":
    main()
