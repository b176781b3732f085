"""When schools are: the partnership's terms. The gate holds who enters them."""

import datetime

from sharing_agreements.actions.exceptions import gate_verb
from sharing_agreements.refusals import not_now, require

TERMS_MEET = not_now("terms_meet", "These days meet another term, or the last day is before the first.")


def add_term(*, first_day: datetime.date, last_day: datetime.date) -> None:
    """Add a term. Refused where it meets another, and where its days are crossed; a role that may not finds nothing."""
    require(None if gate_verb("add_school_term", first_day, last_day) else TERMS_MEET)


def remove_term(*, first_day: datetime.date) -> bool:
    """Take a term away; False when it is gone already."""
    return bool(gate_verb("remove_school_term", first_day))
