"""What each flag of the watch says, and what clears it."""

from cases.vocabulary import FlagRule

FLAG_SAYS = {
    FlagRule.REVIEW_OVERDUE: "The review of the plan is overdue.",
    FlagRule.NO_LEAD: "Nobody leads the work with this family, or the lead has left.",
    FlagRule.ACTIONS_OVERDUE: "Actions in the plan are past their date.",
    FlagRule.SILENT: "Nobody has written anything down about the work with this family for weeks.",
    FlagRule.NEVER_CONTACTED: "No contact with this family has been recorded since the work began.",
    FlagRule.NOTHING_DONE: "Two reviews have passed and no action was finished.",
    FlagRule.ASSESSMENT_OVERDUE: "The assessment is overdue.",
    FlagRule.IN_TOUCH_DUE: "It is time to ask how this child is doing.",
    FlagRule.RECEIPT_OVERDUE: "Social care has not confirmed receipt of the step up.",
    FlagRule.AGENCY_AWAY: "An agency of the team has missed two meetings, or has not been heard from for six weeks.",
    FlagRule.OWN_ANSWER: "This young person has turned 13, and their own answer about help is not recorded.",
    FlagRule.ADULT_ANSWER: "This young person has turned 18, and their answer as an adult is not recorded.",
    FlagRule.CONSENT_REVIEW: "It is a year since this person was asked about help.",
    FlagRule.BIRTH_DUE: "The day on which a child was expected has come.",
    FlagRule.AGENCY_MISSING: "An agency that should be in the team is not.",
    FlagRule.REVIEWS_MISSED: "Two reviews of the plan have been missed.",
    FlagRule.RELEASE_DUE: "An adult of the family is expected out of custody within four weeks.",
}
"""One sentence per rule, without counts: a reader may see fewer of the facts than the rule did."""

FLAG_CLEARS_WHEN = {
    FlagRule.REVIEW_OVERDUE: "a review is recorded, or the plan ends",
    FlagRule.NO_LEAD: "somebody accepts to lead, or cover is arranged",
    FlagRule.ACTIONS_OVERDUE: "each overdue action is done, cancelled or given a new date",
    FlagRule.SILENT: "somebody in the team writes a note, meeting, review or change to the plan",
    FlagRule.NEVER_CONTACTED: "a contact with the family is recorded; trying without an answer does not count",
    FlagRule.NOTHING_DONE: "an action is finished, or the plan ends",
    FlagRule.ASSESSMENT_OVERDUE: "the assessment is finished",
    FlagRule.IN_TOUCH_DUE: "the answer is recorded, or keeping in touch ends",
    FlagRule.RECEIPT_OVERDUE: "a named person in social care confirms receipt, or a refused step up is taken back",
    FlagRule.AGENCY_AWAY: "that agency comes to the next meeting, sends a report or writes a note, or leaves the team",
    FlagRule.OWN_ANSWER: "their own answer is recorded, or the work with them ends",
    FlagRule.ADULT_ANSWER: "their answer as an adult is recorded, or the work with them ends",
    FlagRule.CONSENT_REVIEW: "they are asked again and the answer is recorded, or the work with them ends",
    FlagRule.BIRTH_DUE: "the birth is recorded, or that the pregnancy ended",
    FlagRule.AGENCY_MISSING: "somebody of that agency joins the team, or the lead says that it is not needed",
    FlagRule.REVIEWS_MISSED: "a review is recorded, or the plan ends",
    FlagRule.RELEASE_DUE: "the release is recorded, or a later date",
}
"""What somebody must do for a flag to go away by itself."""

OF_EVERYBODY = (FlagRule.REVIEWS_MISSED,)
"""Rules that tell the lead, the manager and the whole team."""
STOOD_STILL = frozenset({FlagRule.SILENT, FlagRule.NEVER_CONTACTED, FlagRule.REVIEW_OVERDUE, FlagRule.REVIEWS_MISSED})
"""Rules that say a family has stood still: nobody wrote, nobody was ever in contact, no review came (decision 0110)."""
