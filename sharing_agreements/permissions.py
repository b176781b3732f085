"""May this practitioner? Built on rules and queries; each answer is a Refusal or None."""

from sharing_agreements.models import Agency, Post, Practitioner
from sharing_agreements.refusals import Refusal, not_now, not_yours
from sharing_agreements.vocabulary import Role


def why_not_use_personas(*, is_demonstration: bool) -> Refusal | None:
    """One-click sign-in exists only on a demonstration that holds no real practitioner (users 2.26)."""
    if not is_demonstration or Practitioner.objects.filter(is_demonstration=False).exists():
        return not_yours("personas_are_for_demonstrations")
    return None


def why_not_ask(*, asked: Agency, by: Post) -> Refusal | None:
    """One asks other agencies; what the own agency holds is a matter of role, not of an agreement."""
    if asked.pk == by.agency_id:
        return not_now("own_agency", "Your own agency needs no agreement with itself: ask your manager.")
    return None


def why_not_answer_request(*, by: Post) -> Refusal | None:
    """Governance leads answer; whose requests they read is the database's rule (sql/0011)."""
    return None if by.role == Role.GOVERNANCE_LEAD else not_yours("not_a_governance_lead")
