"""Learn what agreement between two accounts weighs from pairs that people settled, and write it to a file.

Nothing in use changes: use_match_weights puts the file into use, and a person runs it. Run in maintenance.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from earlyhelp.maintenance import become_maintenance
from referrals.queries.settled import settled_pairs
from referrals.rules import settled
from sharing_agreements.queries import match_weights
from sharing_agreements.refusals import Refused, require
from sharing_agreements.rules.learning import learn
from sharing_agreements.rules.weights_file import WeightsFile

ROW = "  {words:<52} {same:>6} {different:>6} {before:>8} {after:>8}"


class Command(BaseCommand):
    """Old and new weights are shown field by field, with how often each was met among one person and among two."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file to write."""
        parser.add_argument("file", type=Path, help="where the new version is written; must not exist")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, learn, compare, write. Refuses with a sentence when too few pairs are settled."""
        path: Path = options["file"]
        if path.exists():
            raise CommandError(f"{path} is there already: name another file.")
        with transaction.atomic():
            become_maintenance("Nothing was read")
            pairs, now_used = settled_pairs(), match_weights()
        try:
            require(settled.why_not_learn(pairs))
        except Refused as refused:
            raise CommandError(refused.refusal.sentence) from None
        weights = learn(pairs, towards=now_used.weights)
        same = sum(is_same for _, is_same, _ in pairs)
        today = timezone.localdate()
        new = WeightsFile(
            version=now_used.version + 1,
            weights=weights,
            likely_from=now_used.likely_from,
            ask_from=now_used.ask_from,
            show_from=now_used.show_from,
            how_learned=f"Logistic regression on {len(pairs):,} pairs that people settled by {today}, {same:,} of them"
            f" one person, pulled towards version {now_used.version}.",
            learned_on=today,
        )
        path.write_text(new.text(), encoding="utf-8")
        self._show(settled.side_by_side(pairs, now_used.weights, weights), now_used.version, new.version)
        self._show_tried(pairs, now_used.weights, now_used.likely_from)
        for more, less in settled.in_the_wrong_order(weights):
            self.stdout.write(f"Look at this first: {more} agrees more than {less} and weighs no more.")
        self.stdout.write(
            f"Version {new.version} is in {path} and not in use. Version {now_used.version} is. Pairs were settled only"
            " where they were offered: what was never offered taught nothing."
        )

    def _show(self, lines: list[settled.Line], old: int, new: int) -> None:
        head = {"words": "", "same": "one %", "different": "two %", "before": f"v{old}", "after": f"v{new}"}
        self.stdout.write(ROW.format(**head))
        for field, held in settled.by_field(lines):
            self.stdout.write(field.capitalize() or "Every pair")
            for one in held:
                self.stdout.write(
                    ROW.format(
                        words=one.words, same=_share(one.same), different=_share(one.different),
                        before="-" if one.before is None else f"{one.before:+.2f}", after=f"{one.after:+.2f}",
                    )
                )  # fmt: skip

    def _show_tried(self, pairs: Any, before: dict[str, float], likely_from: float) -> None:
        old = settled.tried(pairs, before, likely_from)
        apart = settled.tried_apart(pairs, before, likely_from)
        self.stdout.write(
            f"Of {len(pairs)} settled pairs the weights in use call {old.false_likely} likely that were two people, and"
            f" {old.missed} of one person not likely. Weights learned from the other pairs: {apart.false_likely} and"
            f" {apart.missed}."
        )


def _share(share: float | None) -> str:
    return "" if share is None else f"{share:.0f}"
