"""Every word with a fixed list that reports, contacts and decisions use. docs/words.md explains each one."""

from django.db.models import IntegerChoices, TextChoices

from cases.vocabulary import LevelOfNeed as LevelOfNeed  # a decision and a case say the same levels
from cases.vocabulary import Seen as Seen  # a report and a note say the same ways


class Urgency(TextChoices):
    """How soon somebody must decide. The reporter's and the hub's are both kept; never used for need."""

    RED = "red", "Red"
    AMBER = "amber", "Amber"
    GREEN = "green", "Green"
    BLUE = "blue", "Blue"


class Answer(TextChoices):
    """A plain question; not known is always an answer."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "Not known"


class ConcernKind(TextChoices):
    """What a report is mainly about; the same list serves as tags."""

    DOMESTIC_ABUSE = "domestic_abuse", "Domestic abuse"
    NEGLECT = "neglect", "Neglect"
    PHYSICAL = "physical", "Physical harm"
    EMOTIONAL = "emotional", "Emotional harm"
    SEXUAL = "sexual", "Sexual harm"
    EXPLOITATION = "exploitation", "Exploitation"
    MISSING = "missing", "Missing"
    BEHAVIOUR = "behaviour", "Child's behaviour or trouble in the area"
    CHILD_MIND = "child_mind", "Child's mental health"
    PARENT_MIND = "parent_mind", "Parent's mental health"
    PARENT_SUBSTANCES = "parent_substances", "Parent's drink or drugs"
    EDUCATION = "education", "School or learning"
    HOME_MONEY = "home_money", "Housing or money"
    UNBORN = "unborn", "Unborn baby"
    WORKS_WITH_CHILDREN = "works_with_children", "Somebody who works with children"
    NOT_KNOWN = "not_known", "Not known or something else"


class ScreeningAnswer(TextChoices):
    """What the reporter knows of one question about a child used by others. Left empty is not known."""

    YES = "yes", "Yes"
    MAYBE = "maybe", "Maybe"
    NO = "no", "No"


class ScreeningResult(TextChoices):
    """What the reporter thinks of it, all in all. No score: the hub reads the answers."""

    NONE_NOW = "none_now", "No sign of it now"
    AT_RISK = "at_risk", "At risk of it"
    BEING_USED = "being_used", "Being used now, or in serious danger of it"


class RiskGrade(TextChoices):
    """How sure it is that an adult is a risk to children. Not an urgency, and not a DASH grade."""

    PROVEN = "proven", "Settled by a court or an order"
    SEVERAL = "several", "Known from more than one source"
    ONE = "one", "Known from one source, not checked"


class FamilyTold(TextChoices):
    """One answer to: does a parent know, what did they agree, is it safe to tell them."""

    AGREED = "agreed", "A parent knows, and agrees"
    PARTLY = "partly", "A parent knows, and agrees to part of it"
    DECLINED = "declined", "A parent knows, and does not agree"
    NOT_ASKED = "not_asked", "A parent knows, but was not asked to agree"
    SAFE_TO_TELL = "safe_to_tell", "No parent knows; it is safe to tell them"
    NOT_SAFE = "not_safe", "No parent knows; it is not safe to tell them"
    NOT_SAFE_NOW = "not_safe_now", "A parent knows; it is not safe to say any more"
    NOT_KNOWN = "not_known", "Not known"


class Agreed(TextChoices):
    """What a reporter heard a parent say to asking for help: consent to help, in the words of `cases.ConsentState`."""

    AGREED = "agreed", "Agreed"
    PARTLY = "partly", "Agreed in part"
    DECLINED = "declined", "Declined"
    NOT_ASKED = "not_asked", "Not asked"
    NOT_KNOWN = "not_known", "Not known"


TOLD_AS_CODES: dict[FamilyTold, tuple[Answer, Agreed, Answer]] = {
    FamilyTold.AGREED: (Answer.YES, Agreed.AGREED, Answer.YES),
    FamilyTold.PARTLY: (Answer.YES, Agreed.PARTLY, Answer.YES),
    FamilyTold.DECLINED: (Answer.YES, Agreed.DECLINED, Answer.YES),
    FamilyTold.NOT_ASKED: (Answer.YES, Agreed.NOT_ASKED, Answer.YES),
    FamilyTold.SAFE_TO_TELL: (Answer.NO, Agreed.NOT_ASKED, Answer.YES),
    FamilyTold.NOT_SAFE: (Answer.NO, Agreed.NOT_ASKED, Answer.NO),
    FamilyTold.NOT_SAFE_NOW: (Answer.YES, Agreed.NOT_KNOWN, Answer.NO),
    FamilyTold.NOT_KNOWN: (Answer.NOT_KNOWN, Agreed.NOT_KNOWN, Answer.NOT_KNOWN),
}
"""The one answer, as the three codes that are stored: a parent knows, agreed, safe to tell."""


class Basis(TextChoices):
    """How the reporter comes to know a thing: kept per statement, so hearsay never reads as sight."""

    FIRST_HAND = "first_hand", "I saw or heard it myself"
    TOLD = "told", "Somebody told me"
    OPINION = "opinion", "It is my opinion"


class AdditionKind(TextChoices):
    """What was said after a report was sent. The report itself never changes."""

    MORE = "more", "Added later"
    CORRECTION = "correction", "Correction"
    ANSWER = "answer", "Answer to the hub"
    WRONG_CHILD = "wrong_child", "Wrong child"
    CHASE = "chase", "Asked what became of it"


class Check(TextChoices):
    """A system the reporter may have looked in."""

    INCIDENTS = "incidents", "Incident log"
    INTELLIGENCE = "intelligence", "Intelligence"
    OWN_RECORDS = "own_records", "Our own records on the child"
    REGISTER = "register", "School register and attendance"
    HEALTH_RECORDS = "health_records", "Health record"


class CheckResult(TextChoices):
    """What a check gave."""

    FOUND = "found", "Looked, something there"
    NOTHING = "nothing", "Looked, nothing there"
    NOT_CHECKED = "not_checked", "Did not look"


class FileSort(TextChoices):
    """What a photograph or paper with a report may be, told by its content."""

    JPEG = "jpeg", "Photograph"
    PNG = "png", "Picture"
    PDF = "pdf", "PDF"
    DOCX = "docx", "Word document"
    XLSX = "xlsx", "Excel table"
    ODT = "odt", "OpenDocument text"


class ContactStatus(TextChoices):
    """Where the hub's work on a report stands."""

    RECEIVED = "received", "Received"
    SCREENING = "screening", "Being looked at"
    WAITING = "waiting", "Waiting for an answer"
    DECIDED = "decided", "Decided"


class MatchBand(TextChoices):
    """How sure it is that a reported person is somebody already known."""

    SURE = "sure", "Likely the same person"
    CHECK = "check", "Ask: may be the same person"


class MatchState(TextChoices):
    """Whether a person has looked at a match. Nothing opens before they do."""

    OPEN = "open", "To check"
    CONFIRMED = "confirmed", "Confirmed"
    REJECTED = "rejected", "Not the same person"


class Outcome(TextChoices):
    """What the hub decided for one child."""

    NO_FURTHER_ACTION = "no_further_action", "No further action"
    ADVICE = "advice", "Information and advice"
    SINGLE_AGENCY = "single_agency", "Help from one agency"
    HUB_FOLLOW_UP = "hub_follow_up", "The hub follows it up"
    EARLY_HELP = "early_help", "Early help"
    STEP_UP = "step_up", "Step up to social care"


class Later(TextChoices):
    """What became of a child after the decision, where the reporter is told of it."""

    NOT_TAKEN_UP = "not_taken_up", "Early help not taken up"
    FOLLOWED_UP = "followed_up", "The hub has finished"
    ONE_AGENCY = "one_agency", "One agency goes on"


class FollowUpEnd(TextChoices):
    """How the hub's own follow-up of a child ends (domain S2)."""

    READY = "ready", "Ready to disengage"
    ONE_AGENCY = "one_agency", "One agency is best placed"
    MORE = "more", "It needs more: the hub decides again"


class Sooner(TextChoices):
    """What a reporter is told of a child before anything is decided."""

    NOT_DECIDED = "not_decided", "Not decided yet"


class ContactStep(TextChoices):
    """What somebody at the hub did with a contact, kept as a line of its history."""

    CLAIMED = "claimed", "Claimed"
    HANDED_OVER = "handed_over", "Handed over"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    ASKED = "asked", "Asked the reporter"
    ANSWERED = "answered", "Answered"
    WATCHED = "watched", "Found to be about a family being kept in touch with"
    READ = "read", "Read what was added"
    UNDONE = "undone", "Took back a match"
    RANG_LEAD = "rang_lead", "Rang the lead practitioner"
    LEFT_OUT = "left_out", "Left the lead practitioner out"
    FAMILY_ANSWER = "family_answer", "Recorded what the family said about asking other agencies"
    CHECKED = "checked", "Asked an agency"
    CHASED = "chased", "Chased an agency"
    CLIMBED = "climbed", "Told the agency's manager that no answer came"
    TAKEN_BACK = "taken_back", "Took a question to an agency back"
    TOLD = "told", "Told the reporter that it is not decided yet"
    RELEASED = "released", "Released a photograph or paper"


class QueueWhose(TextChoices):
    """Whose contacts somebody wants to see of the queue; nothing chosen is everybody's."""

    MINE = "mine", "Mine"
    NOBODYS = "nobodys", "Nobody has them"


class QueueGrade(TextChoices):
    """Which contacts somebody wants to see of the queue, by the hub's grade; nothing chosen is every grade."""

    UNGRADED = "ungraded", "Ungraded"
    RED = "red", "Red"
    AMBER = "amber", "Amber"
    GREEN = "green", "Green"
    BLUE = "blue", "Blue"


class AgencyAnswer(TextChoices):
    """What an agency answers to a check of the hub. Nothing relevant is an answer, and not the same as not known."""

    KNOWN = "known", "Known, and here is what matters"
    NOTHING = "nothing", "Known, nothing relevant to share"
    NOT_KNOWN = "not_known", "Not known to us"
    CANNOT_SAY = "cannot_say", "Cannot say"


class Handling(TextChoices):
    """How the hub may use an answer inside the room; P and C are the police's letters for the same."""

    PERMITTED = "permitted", "The hub may use it to decide (P)"
    CONDITIONS = "conditions", "Only under the conditions I give (C)"


class LooksBack(IntegerChoices):
    """The period a check asks about, in months up to today."""

    QUARTER = 3, "The last 3 months"
    YEAR = 12, "The last 12 months"
    THREE_YEARS = 36, "The last 3 years"


class EarlyHelpWay(TextChoices):
    """How early help starts for a child."""

    OFFER = "offer", "Offer it: the family has not been asked yet"
    OPEN = "open", "Open a case: the family agreed, it needs a lead"
    JOIN = "join", "Join the family's open case"
    BACK = "back", "Back to the team that helped before"


class HeldFor(TextChoices):
    """Why a decision waits for a second person. A sample and a restricted person read the same (users 2.2)."""

    WATCH = "watch", "A second person, because the family is being kept in touch with"
    LOOK = "look", "A manager's look"
    OVERRIDE = (
        "override",
        "A second person, because it goes against the family's answer or the reporter's red",
    )


class LawfulBasis(TextChoices):
    """Why the hub may use and share the information. The family's yes to help is not one of them (users 2.4)."""

    PUBLIC_TASK = (
        "public_task",
        "Public task: safeguarding and helping children (UK GDPR Article 6(1)(e))",
    )
    LEGAL_OBLIGATION = "legal_obligation", "Legal obligation (UK GDPR Article 6(1)(c))"
    VITAL_INTERESTS = (
        "vital_interests",
        "Vital interests: somebody's life is at risk (UK GDPR Article 6(1)(d))",
    )


class DecisionHeading(TextChoices):
    """The six headings of the National Decision Model, under which police officers give their reasons."""

    INFORMATION = "information", "Information: what is known, and how well"
    THREAT = "threat", "Threat and risk: to whom, of what"
    POWERS = "powers", "Powers and policy"
    OPTIONS = "options", "Options, and why not the others"
    ACTION = "action", "Action and review"
    VALUES = "values", "Values: what was at stake for the child and the family"


class FindPurpose(TextChoices):
    """Why somebody looks for a person. Picked from this list and written in the disclosure log."""

    BEFORE_REPORTING = "before_reporting", "I am about to report a concern"
    DECIDING = "deciding", "I am deciding what a concern needs"
    WORKING_WITH = "working_with", "I work with this family"
    ASKED_TO_HELP = "asked_to_help", "I have been asked to work with this family"
    ANSWERING = (
        "answering",
        "Somebody from this family, or another practitioner, is in touch with me",
    )


class HubRule(TextChoices):
    """Why the watch flags something for the hub. What each says, and what clears it: referrals.rules.hub_flags."""

    REPEAT_WEEK = "repeat_week", "Reported again within a week"
    REPEAT_YEAR = "repeat_year", "Reported again and again"
    BACK_AGAIN = "back_again", "Back after help ended"
    RING_LEAD = "ring_lead", "Ring the lead practitioner"
    FEEDBACK_LATE = "feedback_late", "Reporter has not been told"
    ADULT_JOINED = "adult_joined", "An adult who is a risk is in another household"
    MOVED_OFTEN = "moved_often", "A family nobody helps moves again and again"
    MANY_NEEDS = "many_needs", "A family nobody helps has needs of many kinds"


class WasThere(TextChoices):
    """Whether a child was there when there was violence or abuse. A notice goes to the school whatever the answer."""

    SAW = "saw", "Saw it"
    HEARD = "heard", "Heard it"
    AT_HOME = "at_home", "Was in the home, and neither saw nor heard it"
    ELSEWHERE = "elsewhere", "Was somewhere else"
    NOT_KNOWN = "not_known", "Not known"


class NoticePlace(TextChoices):
    """Where it happened, as a school may be told it: never an address."""

    HOME = "home", "At the child's home"
    OTHER_HOME = "other_home", "At another home"
    PUBLIC = "public", "In a public place"
    NOT_KNOWN = "not_known", "Not known"


class NoNotice(TextChoices):
    """Why the police owe no school a notice about a child after all, or told it another way."""

    NOT_AT_SCHOOL = "not_at_school", "Too young for reception, or has left school"
    TOLD_BY_TELEPHONE = "told_by_telephone", "The school is not in this service: its key adult was told by telephone"
    WRONG_CHILD = "wrong_child", "It was not this child"


class Rung(IntegerChoices):
    """Who answers somebody who disagrees with a decision, one after the other (domain 2.1)."""

    DECIDER = 1, "Whoever decided"
    MANAGER = 2, "The hub's manager"
    SENIOR = 3, "Senior managers of both agencies"
    PARTNERSHIP = 4, "The safeguarding partnership"


class RungBegan(TextChoices):
    """Why a disagreement stands on this rung."""

    RAISED = "raised", "Somebody disagreed"
    NOT_ACCEPTED = "not_accepted", "The answer before was not accepted"
    OVERDUE = "overdue", "Nobody answered in time"


class RungVerdict(TextChoices):
    """What was answered to somebody who disagrees."""

    STANDS = "stands", "The decision stands"
    AGAIN = "again", "The hub decides again"
    OTHERWISE = "otherwise", "Put right another way"
