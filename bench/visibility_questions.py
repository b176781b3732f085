"""Two questions of a governance lead, on a log of a million looks: what a practitioner can see, and looks to ask about.
The target of each page is one second.
"""

import statistics
import time
from collections.abc import Callable
from typing import Any

from django.db import transaction

from bench import district
from bench.visibility_data import viewer_of
from sharing_agreements.models import Practitioner
from sharing_agreements.queries.explaining import can_see
from sharing_agreements.queries.looks import unusual_looks
from sharing_agreements.row_security import identify

GOVERNANCE = 3 * district.AGENCIES


def questions_of_governance(rounds: int) -> dict[str, float]:
    """Medians in milliseconds."""
    print("\nquestions of a governance lead")
    figures = {}
    for name, agency, colleague in [
        ("police", district.POLICE, district.POLICE),
        ("school", district.SCHOOL, district.SCHOOL + district.AGENCIES),
    ]:
        somebody = Practitioner.objects.get(no=colleague).pk
        lead = viewer_of("lead", "", agency + GOVERNANCE, "governance_lead", "governance")
        with transaction.atomic():
            identify(lead.principal)
            figures[f"can_see_ms_{name}"] = _median(rounds, lambda asked=somebody: can_see(asked))
            figures[f"unusual_looks_ms_{name}"] = _median(rounds, lambda: unusual_looks(after=None, most=51))
    for name, ms in figures.items():
        print(f"  {name:<24} {ms:.2f} ms")
    return {name: round(ms, 2) for name, ms in figures.items()}


def _median(rounds: int, ask: Callable[[], Any]) -> float:
    taken = []
    for _ in range(rounds + 1):
        begun = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken[1:])
