"""Which law may carry an agreement: plain values in, sentences out. The law itself is data, in sharing_agreements/law.

A gateway is a power or duty to share: it must cover every party, because it is what lets them share at all. A
condition (a basis, a ground for special categories) belongs to the parties it covers; it must cover one of them.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sharing_agreements.vocabulary import AgencyType, Kind, Purpose

SPECIAL = frozenset({Kind.HEALTH, Kind.SUBSTANCE_USE})
"""Kinds that hold special categories wherever they appear (UK GDPR article 9)."""
CRIMINAL = frozenset({Kind.POLICE, Kind.JUSTICE})
"""Kinds that hold offences or suspicions of them (UK GDPR article 10)."""


@dataclass(frozen=True)
class Power:
    """One power, duty or condition. `covers` and `purposes` are what it may carry; `carries` which sensitive kinds.

    `to_check` is what a lawyer should look at first, its first day above all; empty where nobody doubts.
    """

    code: str
    title: str
    pack: str
    is_gateway: bool
    says: str
    covers: frozenset[str]
    purposes: frozenset[str]
    carries: frozenset[str]
    needs_document: str
    commenced: datetime.date | None
    source: str
    to_check: str

    def is_on(self, day: datetime.date, switched_off: Iterable[str] = ()) -> bool:
        """Law that has commenced, in a pack the partnership has not switched off."""
        return self.commenced is not None and self.commenced <= day and self.pack not in switched_off


@dataclass(frozen=True)
class Named:
    """A party as far as the law asks: its name and what sort of agency it is."""

    name: str
    type: str


def why_not_rest_on(power: Power, purpose: str, parties: Sequence[Named], *, on: bool) -> str:
    """Why a purpose between these parties cannot rest on this power, as a sentence; empty when it can."""
    if not on:
        if power.commenced is None:
            return f"{power.title} has not commenced."
        return f"{power.title} is switched off or has not commenced."
    if purpose not in power.purposes:
        return f"{power.title} does not serve the purpose “{Purpose(purpose).label}”."
    outside = [party for party in parties if party.type not in power.covers]
    if power.is_gateway and outside:
        named = ", ".join(f"{party.name} ({AgencyType(party.type).label.lower()})" for party in outside)
        return f"{power.title} does not cover {named}. Rest the purpose on another power, or leave that party out."
    if parties and len(outside) == len(parties):
        return f"{power.title} covers none of the parties."
    return ""


def faults(
    chosen: Mapping[str, Sequence[str]],
    purposes: Iterable[str],
    parties: Sequence[Named],
    powers: Mapping[str, Power],
    on: Iterable[str],
) -> list[str]:
    """Everything that is wrong with what the purposes rest on, in the order of the purposes."""
    wrong = []
    usable = set(on)
    for purpose in purposes:
        resting = [powers[code] for code in chosen.get(purpose, []) if code in powers]
        found = [why_not_rest_on(power, purpose, parties, on=power.code in usable) for power in resting]
        wrong += [sentence for sentence in found if sentence]
        if not any(power.is_gateway for power in resting):
            wrong.append(f"“{Purpose(purpose).label}” rests on no power or duty to share yet.")
    return wrong


def unmet(kinds: Iterable[int], resting: Sequence[Power], documents: Iterable[str]) -> list[str]:
    """What the kinds shared still ask for: conditions, and papers to attach. Advice, not a refusal."""
    shared = set(kinds)
    carried = {sort for power in resting for sort in power.carries}
    said = []
    if shared & SPECIAL and "special" not in carried:
        said.append("Health or substance use information is shared: choose a condition for special categories.")
    if shared & SPECIAL and "confidential" not in carried:
        said.append("Health or substance use information is held in confidence: choose a ground for breaking it.")
    if shared & CRIMINAL and "criminal" not in carried:
        said.append("Information about offences is shared: choose a condition for it.")
    attached = [title.casefold() for title in documents]
    wanted = dict.fromkeys(power.needs_document for power in resting if power.needs_document)
    missing = [paper for paper in wanted if not any(paper.casefold() in title for title in attached)]
    return said + [f"Attach: {paper}." for paper in missing]
