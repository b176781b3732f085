"""Who may record an adult as a risk to children, and for how long (users 2.11)."""

import datetime

from sharing_agreements.vocabulary import AgencyType

RECORDS_ADULTS = frozenset({AgencyType.POLICE, AgencyType.TRANSPORT_POLICE, AgencyType.SOCIAL_CARE})
LONGEST = datetime.timedelta(days=366)
"""Longest time until it is looked at again."""
