"""May this practitioner? Each answer is a Refusal or None. One file per side of the front door."""

from referrals.permissions.reporting import why_not_abandon, why_not_add, why_not_write

__all__ = ["why_not_abandon", "why_not_add", "why_not_write"]
