"""May this practitioner? Built on rules and queries; each answer is a Refusal or None."""

from sharing_agreements.models import Practitioner
from sharing_agreements.refusals import Refusal, not_yours


def why_not_use_personas(*, is_demonstration: bool) -> Refusal | None:
    """One-click sign-in exists only on a demonstration that holds no real practitioner (users 2.26)."""
    if not is_demonstration or Practitioner.objects.filter(is_demonstration=False).exists():
        return not_yours("personas_are_for_demonstrations")
    return None
