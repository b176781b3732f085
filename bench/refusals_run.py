"""Whether time tells a record one may not see from one that does not exist: pairs of requests, interleaved, each pair
in a random order, for several pages that are refused and for a search by name and birth; then a rank test of the two
samples.

    bench/refusals [--quick] [--pairs N]

The last line is one JSON object: pairs (of each page), p (the smallest p of the pages, times the number of pages), and
the medians in milliseconds. Below 0.01 the two can be told apart.
"""

import argparse
import datetime
import gc
import json
import math
import os
import random
import statistics
import subprocess
import sys
import time
import uuid
from typing import Any

from bench.database import prepared

ROLE_AND_PAGES = {
    "team_member": ("cases:show_family", "cases:show_chronology", "cases:who_can_see"),
    "reporter": ("referrals:view_report",),
}


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Whether time tells a refused record from an absent one.")
    parser.add_argument("--quick", action="store_true", help="200 pairs of each page")
    parser.add_argument("--pairs", type=int, default=2000)
    chosen = parser.parse_args()
    chosen.pairs = min(chosen.pairs, 200) if chosen.quick else chosen.pairs
    return chosen


def rank_test(one: list[float], other: list[float]) -> float:
    """Two-sided p of the Mann-Whitney U test, by its normal approximation with the correction for ties."""
    n, m = len(one), len(other)
    ordered = sorted((value, side) for side, values in ((0, one), (1, other)) for value in values)
    rank_sum, ties, at = 0.0, 0.0, 0
    while at < n + m:
        end = at
        while end < n + m and ordered[end][0] == ordered[at][0]:
            end += 1
        alike = end - at
        ties += alike**3 - alike
        rank_sum += (at + 1 + end) / 2 * sum(side == 0 for _, side in ordered[at:end])
        at = end
    u = rank_sum - n * (n + 1) / 2
    spread = math.sqrt(n * m / 12 * ((n + m + 1) - ties / ((n + m) * (n + m - 1))))
    return math.erfc(abs(u - n * m / 2) / spread / math.sqrt(2))


def measure(client: Any, name: str, hidden: list[uuid.UUID], pairs: int) -> tuple[list[float], list[float]]:
    """Milliseconds of refused and of absent records, asked in turn."""
    from django.urls import reverse

    taken: dict[bool, list[float]] = {True: [], False: []}
    for turn in range(pairs + 10):
        addresses = {True: reverse(name, args=[random.choice(hidden)]), False: reverse(name, args=[uuid.uuid4()])}
        for exists in random.sample([True, False], 2):
            begun = time.perf_counter()
            answer = client.get(addresses[exists])
            spent = (time.perf_counter() - begun) * 1000
            if answer.status_code != 404:
                sys.exit(f"{addresses[exists]} answered {answer.status_code}")
            if turn >= 10:
                taken[exists].append(spent)
    return taken[True], taken[False]


def look_for(
    client: Any, children: list[tuple[str, str, datetime.date]], pairs: int
) -> tuple[list[float], list[float]]:
    """Milliseconds of searches for hidden children, and for others born on the same days whose names are theirs spelt
    backwards: nobody has them."""
    from django.urls import reverse

    taken: dict[bool, list[float]] = {True: [], False: []}
    for turn in range(pairs + 10):
        given, family, born = random.choice(children)
        names = {True: f"{given} {family}", False: f"{given[::-1]} {family[::-1]}"}
        day = {"born_day": born.day, "born_month": born.month, "born_year": born.year}
        for exists in random.sample([True, False], 2):
            begun = time.perf_counter()
            answer = client.post(reverse("referrals:find"), {"purpose": "deciding", "name": names[exists], **day})
            spent = (time.perf_counter() - begun) * 1000
            if answer.status_code != 200 or b"There is nothing we can show you" not in answer.content:
                sys.exit(f"The search for {names[exists]} answered {answer.status_code}, or something")
            if turn >= 10:
                taken[exists].append(spent)
    return taken[True], taken[False]


def hidden_children(post: Any) -> list[tuple[str, str, datetime.date]]:
    """Names and births of children whom the hub knows and of whom this post may know nothing."""
    from sharing_agreements.models import Identity, Post
    from sharing_agreements.row_security import acting_as

    whole = Identity.objects.visible().filter(is_child=True, born_precision="day").exclude(given_name="")
    facts = ("given_name", "family_name", "born_on")
    with acting_as(post, "early_help"):
        seen = {name[::2] for name in whole.values_list(*facts)} | {name[1:] for name in whole.values_list(*facts)}
    hub = Post.objects.select_related("practitioner", "agency", "team").filter(role="decision_maker")[0]
    with acting_as(hub, "triage"):
        return [one for one in set(whole.values_list(*facts)) if one[::2] not in seen and one[1:] not in seen]


def closed_records(post: Any) -> dict[str, list[uuid.UUID]]:
    """Families and reports that exist and that this post may not see."""
    from cases.models import FamilyMember
    from referrals.models import Report
    from sharing_agreements.models import Family
    from sharing_agreements.row_security import acting_as

    with acting_as(post, "early_help"):
        seen = set(FamilyMember.objects.visible().values_list("family_id", flat=True))
        families = [one for one in Family.objects.values_list("pk", flat=True) if one not in seen]
    hub_reports = list(_reports_of_others(post, Report))
    return {"cases": families, "referrals": hub_reports}


def _reports_of_others(post: Any, reports: Any) -> list[uuid.UUID]:
    """Reports as the hub lists them, without those of this post's agency."""
    from sharing_agreements.models import Post
    from sharing_agreements.row_security import acting_as

    hub = Post.objects.select_related("practitioner", "agency", "team").filter(role="decision_maker")[0]
    with acting_as(hub, "triage"):
        return list(reports.objects.visible().exclude(owner=post.agency).values_list("pk", flat=True)[:500])


def refuse(pairs: int) -> dict[str, tuple[float, float, float]]:
    """For each page: p, and both medians."""
    from django.test import Client
    from django.urls import reverse

    from sharing_agreements.models import Post

    found = {}
    for role, pages in ROLE_AND_PAGES.items():
        post = Post.objects.select_related("practitioner", "agency", "team").filter(
            agency__name="Oak Green Primary", role=role
        )[0]
        client = Client()
        client.post(reverse("sharing_agreements:personas"), {"post": post.pk})
        client.post(reverse("sharing_agreements:choose_post"), {"post": post.pk})
        closed = closed_records(post)
        for page in pages:
            hidden, absent = measure(client, page, closed[page.split(":")[0]], pairs)
            found[page] = (rank_test(hidden, absent), statistics.median(hidden), statistics.median(absent))
        if role == "team_member":
            hidden, absent = look_for(client, hidden_children(post), pairs)
            found["referrals:find"] = (rank_test(hidden, absent), statistics.median(hidden), statistics.median(absent))
    return found


def main() -> None:
    """Prepare, measure, print."""
    chosen = options()
    with prepared("eh_bench_refusals") as address:
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
        settings.DEBUG = False
        plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
        settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
        gc.freeze()
        found = refuse(chosen.pairs)
    for page, (p, hidden, absent) in found.items():
        print(f"{page:<24} refused {hidden:.3f} ms  absent {absent:.3f} ms  p {p:.4f}")
    p = min(1.0, min(one[0] for one in found.values()) * len(found))
    medians = {page: [round(hidden, 3), round(absent, 3)] for page, (_, hidden, absent) in found.items()}
    print(json.dumps({"pairs": chosen.pairs, "p": round(p, 4), "medians_ms": medians}))


if __name__ == "__main__":
    main()
