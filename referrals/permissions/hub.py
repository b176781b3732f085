"""May this post do that with a contact? Each answer is a Refusal or None. What it may see is row security's."""

from cases.models import Case
from cases.vocabulary import ConsentState
from referrals import refusals
from referrals.models import Attachment, Contact, Decision, Match
from referrals.rules.deciding import Proposed
from referrals.vocabulary import ContactStatus, EarlyHelpWay, HeldFor, MatchState
from sharing_agreements.models import PersonLink, Post
from sharing_agreements.refusals import Refusal, not_yours
from sharing_agreements.vocabulary import HUB_ROLES, Role

DECIDERS = frozenset({Role.DECISION_MAKER, Role.EMERGENCY_DUTY})
SECOND_PEOPLE = frozenset({Role.DECISION_MAKER, Role.MANAGER})


def why_not_triage(*, contact: Contact, by: Post) -> Refusal | None:
    """The hub's own screeners work its queue."""
    if contact.owner_id != by.agency_id or by.role not in HUB_ROLES:
        return not_yours()
    return None


def why_not_claim(*, contact: Contact, by: Post) -> Refusal | None:
    """A contact is claimed once; whoever comes second is told who has it."""
    return why_not_triage(contact=contact, by=by) or _decided(contact) or _somebody_elses(contact, by)


def _decided(contact: Contact) -> Refusal | None:
    return refusals.DECIDED_ALREADY if contact.status == ContactStatus.DECIDED else None


def _somebody_elses(contact: Contact, by: Post) -> Refusal | None:
    if contact.claimed_by is None or contact.claimed_by_id == by.practitioner_id:
        return None
    return refusals.claimed_by(contact.claimed_by.name)


def why_not_hand_over(*, contact: Contact, to: Post, by: Post) -> Refusal | None:
    """Whoever has it, or a screener while nobody has it, gives it to somebody who works this queue."""
    refusal = why_not_claim(contact=contact, by=by)
    if refusal is None and (to.agency_id != by.agency_id or to.role not in HUB_ROLES):
        return refusals.NOT_ON_THIS_QUEUE
    return refusal


def why_not_grade(*, contact: Contact, reason: str, changes: bool, by: Post) -> Refusal | None:
    """Grading against the reporter, the hub's own earlier grade or a watch needs a reason."""
    refusal = why_not_triage(contact=contact, by=by) or _decided(contact)
    if refusal is None and changes and not reason.strip():
        return refusals.GRADE_NEEDS_A_REASON
    return refusal


def why_not_acknowledge(*, contact: Contact, by: Post) -> Refusal | None:
    """Danger or red is taken in hand once, by a named person."""
    return why_not_triage(contact=contact, by=by) or (
        refusals.acknowledged_by(contact.acknowledged_by.name) if contact.acknowledged_by else None
    )


def why_not_ask(*, contact: Contact, by: Post) -> Refusal | None:
    """The hub may ask a reporter something until it has decided; an anonymous report has nobody to ask."""
    return why_not_triage(contact=contact, by=by) or _decided(contact)


def why_not_say_not_decided(*, contact: Contact, by: Post) -> Refusal | None:
    """The hub tells a reporter that nothing is decided yet until it has decided; an anonymous one cannot be told."""
    refusal = why_not_triage(contact=contact, by=by) or _decided(contact)
    return refusal or (None if contact.report.author_id else refusals.NOTHING_TO_TELL)


def why_not_release(*, attachment: Attachment, by: Post, reason: str) -> Refusal | None:
    """A decider of the hub it was sent to releases an attachment, once, for a reason."""
    if attachment.sent_to_id != by.agency_id or by.role not in DECIDERS:
        return not_yours()
    if attachment.releases.exists():
        return refusals.FILE_RELEASED
    return None if reason.strip() else refusals.SAY_WHY_RELEASED


def why_not_settle_match(*, match: Match, by: Post) -> Refusal | None:
    """A screener settles an open match, once."""
    if match.owner_id != by.agency_id or by.role not in HUB_ROLES:
        return not_yours()
    return None if match.state == MatchState.OPEN else refusals.SETTLED_MEANWHILE


def why_not_take_link_back(*, link: PersonLink, by: Post) -> Refusal | None:
    """A screener takes back a link that stands."""
    if by.role not in HUB_ROLES:
        return not_yours()
    return None if link.unlinked_at is None else refusals.SETTLED_MEANWHILE


def why_not_undo_match(*, match: Match, by: Post) -> Refusal | None:
    """A screener takes back a match that was settled."""
    if match.owner_id != by.agency_id or by.role not in HUB_ROLES:
        return not_yours()
    return refusals.NOT_SETTLED if match.state == MatchState.OPEN else None


def why_not_decide(*, contact: Contact, by: Post) -> Refusal | None:
    """A decider decides a graded contact nobody else has claimed, once danger is acknowledged."""
    if contact.owner_id != by.agency_id or by.role not in DECIDERS:
        return not_yours()
    if not contact.grade:
        return refusals.GRADE_FIRST
    if contact.danger and contact.acknowledged_by_id is None:
        return refusals.ACKNOWLEDGE_FIRST
    return _decided(contact) or _somebody_elses(contact, by)


def why_not_look(*, decision: Decision, by: Post) -> Refusal | None:
    """Somebody other than the decider looks at a held decision; a manager's look takes a manager."""
    if decision.owner_id != by.agency_id or by.role not in SECOND_PEOPLE:
        return not_yours()
    if not decision.held:
        return refusals.NOT_HELD
    if decision.author_id == by.practitioner_id:
        return refusals.OWN_DECISION
    if decision.held_for == HeldFor.LOOK and by.role != Role.MANAGER:
        return refusals.TAKES_A_MANAGER
    return None


def why_not_filter(*, by: Post) -> Refusal | None:
    """Whoever reads a hub's queue chooses what to see of it."""
    return None if by.role in HUB_ROLES | {Role.MANAGER} else not_yours()


def why_not_start_help(proposed: Proposed, join: Case | None) -> Refusal | None:
    """A case is opened straight away only when the family agreed, and joined or taken up again only when it is seen."""
    agreed = {ConsentState.AGREED, ConsentState.PARTLY}
    if proposed.way is EarlyHelpWay.OPEN and proposed.agreement not in agreed:
        return refusals.OFFER_FIRST
    if proposed.way in {EarlyHelpWay.JOIN, EarlyHelpWay.BACK} and join is None:
        return refusals.NO_OPEN_CASE
    return None
