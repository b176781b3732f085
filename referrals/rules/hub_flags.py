"""What a flag of the hub says, what clears it, and what its settings ask, rule by rule."""

from referrals.vocabulary import HubRule

HUB_FLAG_SAYS = {
    HubRule.REPEAT_WEEK: "Reports about the same person, family or address have come close together.",
    HubRule.REPEAT_YEAR: (
        "Reports about the same person, family or address keep coming. A manager looks at them together."
    ),
    HubRule.BACK_AGAIN: (
        "Help for a child in this report ended, or was declined, not long ago. Ask whoever helped or offered it first."
    ),
    HubRule.RING_LEAD: (
        "A child in this report is being kept in touch with and the lead practitioner has not spoken to the hub. "
        "Ring them, if that is safe."
    ),
    HubRule.FEEDBACK_LATE: "The reporter has waited too long to hear what became of this report.",
    HubRule.ADULT_JOINED: (
        "An adult in this report is recorded as a risk to children, and this is another household. Read why before "
        "anybody visits. A new partner is told by the police's disclosure schemes and by nobody else."
    ),
    HubRule.MOVED_OFTEN: "A child has moved home again and again. Ask whether the family wants early help.",
    HubRule.MANY_NEEDS: (
        "Agencies have recorded needs of many kinds, each on its own. Ask whether the family wants early help."
    ),
}
"""One sentence per rule, without counts: a reader may see fewer of the contacts than the rule did (users 2.19)."""

HUB_FLAG_CLEARS_WHEN = {
    HubRule.REPEAT_WEEK: "the reports are no longer close together",
    HubRule.REPEAT_YEAR: "fewer reports came in the last 12 months",
    HubRule.BACK_AGAIN: "the contact is decided",
    HubRule.RING_LEAD: "the lead or the hub has rung, the lead is left out, or the contact is decided",
    HubRule.FEEDBACK_LATE: "the reporter has heard about every child in the report",
    HubRule.ADULT_JOINED: "the contact is decided, or the record of the adult is past its review",
    HubRule.MOVED_OFTEN: "help is offered to a child of the family, or the moves are longer ago",
    HubRule.MANY_NEEDS: "help is offered to a child of the family, or what was recorded is longer ago",
}

FAMILY_RULES = (HubRule.MOVED_OFTEN, HubRule.MANY_NEEDS)
"""Rules that look at a family and not at a contact (domain F91, F106). They run each night."""

HUB_RULE_COUNTS = {
    HubRule.REPEAT_WEEK: "reports",
    HubRule.REPEAT_YEAR: "reports",
    HubRule.MOVED_OFTEN: "homes",
    HubRule.MANY_NEEDS: "kinds of need",
}
"""What `times` counts, for the rules where it means something; the others fire once."""

HUB_RULE_DAYS = {
    HubRule.REPEAT_WEEK: "Within how many days?",
    HubRule.REPEAT_YEAR: "Within how many days?",
    HubRule.BACK_AGAIN: "How many days after help ended?",
    HubRule.RING_LEAD: "After how many working days without a call?",
    HubRule.FEEDBACK_LATE: "After how many working days?",
    HubRule.ADULT_JOINED: "In reports of how many days?",
    HubRule.MOVED_OFTEN: "Within how many days?",
    HubRule.MANY_NEEDS: "Within how many days?",
}
"""What `days` is, as the settings ask for it."""
