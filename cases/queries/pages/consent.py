"""What an answer about help or sharing stops at once, and what carries on, shown before it is recorded.

Sharing is asked of the gate, which runs the verb and takes it back; help is asked of the rules that the verb follows.
"""

import datetime
from dataclasses import dataclass, field
from uuid import UUID

from cases import rules
from cases.queries.pages.family_top import FamilyTop
from cases.queries.standing import agrees_to_sharing, latest_consents
from cases.vocabulary import CaseState, ClosingReason, ConsentState
from sharing_agreements.models import Agency
from sharing_agreements.presenting.supposing import Effects, effects
from sharing_agreements.queries.explaining import suppose_consent


@dataclass(frozen=True)
class Preview:
    """What is shown before an answer is recorded. `sharing` is None where the answer leaves sharing as it is."""

    name: str
    said: str
    sharing: Effects | None
    stops: list[str] = field(default_factory=list)
    carries_on: list[str] = field(default_factory=list)


def preview_of_help(top: FamilyTop, person: UUID, state: ConsentState, *, today: datetime.date) -> Preview | None:
    """What an answer about help stops; None where there is nothing to show first."""
    said = {who: ConsentState(row.state) for who, row in latest_consents(top.people).items()}
    if not rules.shows_first(said.get(person), state):
        return None
    others = [one for who, one in said.items() if who != person]
    stops, carries_on = [], []
    offered = any(child.state == CaseState.OFFERED for child in top.places_in_case)
    if offered and not rules.allows_help([*others, state]):
        stops.append("Help cannot start: nobody has agreed to it.")
    if rules.ends_sharing(state):
        stops.append("Their agreement to sharing ends.")
    if rules.asks_about_risk(state=state):
        stops.append("The lead is asked today whether risk now justifies step up.")
    if others:
        carries_on.append(f"What {len(others)} other {'person' if len(others) == 1 else 'people'} said stands.")
    if not offered:
        carries_on.append("The plan and its actions stay until somebody ends them.")
        if rules.needs_sign_off(CaseState.CLOSED, reason=ClosingReason.DECLINED, today=today):
            carries_on.append("Closing takes a manager's yes.")
    sharing = _sharing(top, person, None) if rules.ends_sharing(state) else None
    return Preview(top.known[person].name, f"Consent to help: {state.label.lower()}", sharing, stops, carries_on)


def preview_of_sharing(
    top: FamilyTop, person: UUID, until: datetime.date | None, *, today: datetime.date
) -> Preview | None:
    """What an answer about sharing stops; None for a first yes."""
    agreed = agrees_to_sharing(person, today=today)
    if until is not None and not agreed:
        return None
    asked = rules.asks_about_risk(takes_back_sharing=agreed and until is None)
    stops = ["The lead is asked today whether risk now justifies step up."] if asked else []
    said = f"Agreed to sharing until {until:%-d %B %Y}" if until else "Does not agree to sharing"
    carries_on = ["What they said about help stands.", "What others said stands, each their own."]
    return Preview(top.known[person].name, said, _sharing(top, person, until), stops, carries_on)


def _sharing(top: FamilyTop, person: UUID, until: datetime.date | None) -> Effects:
    lines = suppose_consent(family=top.family, person=person, until=until)
    return effects(lines, agencies=Agency.objects.in_bulk(field_name="no"))
