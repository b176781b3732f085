"""What happened in the work with families, for the apps above to hear. Past tense; arguments are rows and posts."""

from django.dispatch import Signal

offer_declined = Signal()
"""children, case, reason, by, now: declined at the start; the referrer is told (referrals)."""

worry_noted = Signal()
"""note, by, now: the writer of a note is worried about a child's safety."""

child_moved = Signal()
"""child, from_state, to_state, by, now: a child's case moved."""

consent_withdrawn = Signal()
"""consent, by, now: somebody withdrew; a same-day look asks whether risk now justifies step up (the watch)."""

refusals_read = Signal()
"""since: a governance lead reads what was refused to be shared. Apps above answer with what they know of it: lines of
cases.queries.pages.governing, each after the moment it was refused."""

life_ended = Signal()
"""person, by, now: somebody has died, or a pregnancy ended; nothing more is prompted or sent about them."""
