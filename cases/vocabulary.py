"""Every word with a fixed list that the work with families uses. docs/words.md explains each one."""

from django.db.models import IntegerChoices, TextChoices


class CaseState(TextChoices):
    """Where one child's case stands. Moves between them are in lifecycle.py."""

    OFFERED = "offered", "Offered"
    WAITING = "waiting", "Waiting for a lead"
    ASSESSING = "assessing", "Assessing"
    PLAN_ACTIVE = "plan_active", "Plan active"
    STEPPED_DOWN = "stepped_down", "Stepped down, keeping in touch"
    STEPPED_UP = "stepped_up", "Stepped up to social care"
    CLOSED = "closed", "Closed"
    DECLINED = "declined", "Declined at start"


class LevelOfNeed(IntegerChoices):
    """How much help a child needs. Not the urgency of a report, and not a domestic-abuse grade."""

    UNIVERSAL = 1, "Level 1: universal"
    ADDITIONAL = 2, "Level 2: additional"
    INTENSIVE = 3, "Level 3: targeted"
    SPECIALIST = 4, "Level 4: specialist"


class OutcomeHeading(TextChoices):
    """The ten headings of the national Supporting Families outcomes (guidance 2022 to 2025, chapter 3)."""

    EDUCATION = "education", "Getting a good education"
    EARLY_YEARS = "early_years", "Good early years development"
    HEALTH = "health", "Better mental and physical health"
    SUBSTANCES = "substances", "Reduced harm from substances"
    RELATIONSHIPS = "relationships", "Better family relationships"
    SAFE_FROM_HARM = "safe_from_harm", "Children safe from abuse and exploitation"
    CRIME = "crime", "Kept from crime"
    DOMESTIC_ABUSE = "domestic_abuse", "Safe from domestic abuse"
    HOUSING = "housing", "Secure housing"
    MONEY = "money", "Financial stability"


class ConsentState(TextChoices):
    """What a person said about receiving help. Not the lawful basis, and not agreement to sharing."""

    NOT_ASKED = "not_asked", "Not asked"
    AGREED = "agreed", "Agreed"
    PARTLY = "partly", "Agreed in part"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"
    OVERRIDDEN = "overridden", "Overridden by a decider"


class AskedOf(TextChoices):
    """Whom a question of an assessment is about: it is asked once, or once for each."""

    FAMILY = "family", "The family"
    CHILD = "child", "Each child"
    ADULT = "adult", "Each parent or carer"


class AnswerSort(TextChoices):
    """How a question of an assessment is answered."""

    WORDS = "words", "In words"
    SCALE = "scale", "On a scale, and in words"


class FamilyPart(TextChoices):
    """What somebody is in a family."""

    CHILD = "child", "Child"
    UNBORN = "unborn", "Unborn child"
    PARENT = "parent", "Parent"
    CARER = "carer", "Carer"
    OTHER_ADULT = "other_adult", "Other adult"
    OTHER_CHILD = "other_child", "Other child"


CHILD_PARTS = frozenset({FamilyPart.CHILD, FamilyPart.UNBORN, FamilyPart.OTHER_CHILD})


class RelationshipType(TextChoices):
    """What the first person is to the second."""

    PARENT = "parent", "Parent of"
    CHILD = "child", "Child of"
    STEP_PARENT = "step_parent", "Step-parent of"
    STEP_CHILD = "step_child", "Step-child of"
    ADOPTIVE_PARENT = "adoptive_parent", "Adoptive parent of"
    ADOPTED_CHILD = "adopted_child", "Adopted child of"
    FOSTER_PARENT = "foster_parent", "Foster parent of"
    FOSTER_CHILD = "foster_child", "Foster child of"
    GRANDPARENT = "grandparent", "Grandparent of"
    GRANDCHILD = "grandchild", "Grandchild of"
    GUARDIAN = "guardian", "Guardian of"
    WARD = "ward", "In the care of"
    AUNT_OR_UNCLE = "aunt_or_uncle", "Aunt or uncle of"
    NIECE_OR_NEPHEW = "niece_or_nephew", "Niece or nephew of"
    SIBLING = "sibling", "Brother or sister of"
    HALF_SIBLING = "half_sibling", "Half-brother or half-sister of"
    STEP_SIBLING = "step_sibling", "Step-brother or step-sister of"
    PARTNER = "partner", "Partner of"
    FORMER_PARTNER = "former_partner", "Former partner of"
    FRIEND = "friend", "Friend of the family"


_OTHER_WAY = (
    (RelationshipType.PARENT, RelationshipType.CHILD),
    (RelationshipType.STEP_PARENT, RelationshipType.STEP_CHILD),
    (RelationshipType.ADOPTIVE_PARENT, RelationshipType.ADOPTED_CHILD),
    (RelationshipType.FOSTER_PARENT, RelationshipType.FOSTER_CHILD),
    (RelationshipType.GRANDPARENT, RelationshipType.GRANDCHILD),
    (RelationshipType.GUARDIAN, RelationshipType.WARD),
    (RelationshipType.AUNT_OR_UNCLE, RelationshipType.NIECE_OR_NEPHEW),
)
INVERSE = {one: one for one in RelationshipType} | dict(_OTHER_WAY) | {other: one for one, other in _OTHER_WAY}
"""The same tie, said from the other person's side."""


class CourtOrder(TextChoices):
    """Orders of the family court that decide who may do what."""

    NONE = "none", "No order"
    LIVE_WITH = "live_with", "Child arrangements: lives with"
    SPEND_TIME = "spend_time", "Child arrangements: spends time with"
    PROHIBITED_STEPS = "prohibited_steps", "Prohibited steps"
    SPECIFIC_ISSUE = "specific_issue", "Specific issue"
    SPECIAL_GUARDIANSHIP = "special_guardianship", "Special guardianship"
    NON_MOLESTATION = "non_molestation", "Non-molestation"
    OCCUPATION = "occupation", "Occupation"
    SUPERVISION = "supervision", "Supervision"


class ContactWay(TextChoices):
    """How somebody may safely be reached."""

    MOBILE = "mobile", "Mobile phone"
    TEXT = "text", "Text message"
    EMAIL = "email", "E-mail"
    LETTER = "letter", "Letter"
    AT_SCHOOL = "at_school", "At school"
    THROUGH = "through", "Through somebody they trust"


class CustodyEnd(TextChoices):
    """Why nobody waits for a release any more."""

    RELEASED = "released", "Released"
    MISTAKE = "mistake", "Recorded by mistake"


class AssignmentWhy(TextChoices):
    """Why somebody is asked to lead."""

    FIRST = "first", "First lead practitioner"
    HANDOVER = "handover", "Taking over from the lead"
    LEAD_LEFT = "lead_left", "The lead has left"


class ActionSort(TextChoices):
    """What sort of thing an action is."""

    HELP = "help", "Something one of us does"
    REFER = "refer", "Refer to a service"
    ENFORCEMENT = "enforcement", "Enforcement that supports the help"


class ActionStatus(TextChoices):
    """How far an action has come."""

    OPEN = "open", "To do"
    DONE = "done", "Done"
    CANCELLED = "cancelled", "Cancelled"


class ReferralState(TextChoices):
    """What became of a family's referral to a service. Moves between them are in rules/directory.py."""

    SENT = "sent", "Sent"
    ACCEPTED = "accepted", "Accepted"
    WAITING_LIST = "waiting_list", "On a waiting list"
    STARTED = "started", "Started"
    FINISHED = "finished", "Finished"
    REFUSED = "refused", "Refused by the service"
    NO_FUNDING = "no_funding", "No funding for it"


class MeetingKind(TextChoices):
    """Who met."""

    TEAM = "team", "Team around the family"
    STEP_DOWN = "step_down", "Joint step-down meeting"
    PROFESSIONALS = "professionals", "Professionals only"
    FAMILY = "family", "Family meeting"


class Attendance(TextChoices):
    """What somebody invited to a meeting did."""

    INVITED = "invited", "Invited"
    CAME = "came", "Came"
    SENT_REPORT = "sent_report", "Sent a report"
    VIEWS_COLLECTED = "views_collected", "Views collected beforehand"
    APOLOGIES = "apologies", "Sent apologies"
    NOT_THERE = "not_there", "Not there"
    WAS_NOT_BROUGHT = "was_not_brought", "Was not brought"


class MeetingPart(TextChoices):
    """What one point of a meeting is."""

    AGENDA = "agenda", "On the agenda"
    REPORT = "report", "Report sent beforehand"
    APOLOGIES = "apologies", "Apologies sent beforehand"
    SAID = "said", "Said at the meeting"
    DECIDED = "decided", "Decided at the meeting"


class Change(TextChoices):
    """What became of a need since the last review."""

    BETTER = "better", "Better"
    SAME = "same", "The same"
    WORSE = "worse", "Worse"


class ReviewResult(TextChoices):
    """What a review decided for a child."""

    CONTINUE = "continue", "Carry on with the plan"
    REASSESS = "reassess", "Assess again"
    STEP_UP = "step_up", "Step up to social care"
    STEP_DOWN = "step_down", "Step down and keep in touch"
    CLOSE = "close", "Close"


class NoteKind(TextChoices):
    """What sort of contact or decision a note tells of."""

    HOME_VISIT = "home_visit", "Home visit"
    SEEN_AT_SCHOOL = "seen_at_school", "Seen at school or nursery"
    OFFICE = "office", "Seen at our place"
    PHONE = "phone", "Telephone"
    MESSAGE = "message", "Message"
    TRIED = "tried", "Tried to reach, no answer"
    WAS_NOT_BROUGHT = "was_not_brought", "Was not brought"
    PROFESSIONALS = "professionals", "Talk between practitioners"
    SUPERVISION = "supervision", "Supervision"
    MANAGEMENT = "management", "Management decision"
    QUICK = "quick", "Quick note"


FAMILY_CONTACT = frozenset(
    {NoteKind.HOME_VISIT, NoteKind.SEEN_AT_SCHOOL, NoteKind.OFFICE, NoteKind.PHONE, NoteKind.MESSAGE}
)
"""Notes that count as contact with the family; trying without an answer does not."""
DECIDING_NOTES = frozenset({NoteKind.SUPERVISION, NoteKind.MANAGEMENT})
"""Notes of what was decided, which name the day by which it is done (users 1.11)."""


class Seen(TextChoices):
    """How a child was seen. Only a report may say that it is not known: whoever visits knows."""

    ALONE = "alone", "Seen, and spoken to alone"
    WITH_OTHERS = "with_others", "Seen, and spoken to with others there"
    SEEN_ONLY = "seen_only", "Seen, not spoken to"
    HEARD = "heard", "Heard, not seen"
    NOT_SEEN = "not_seen", "Not seen"
    NOT_KNOWN = "not_known", "Not known"


class ClosingReason(TextChoices):
    """Why the work with a child ended."""

    NEEDS_MET = "needs_met", "Needs met"
    SINGLE_AGENCY = "single_agency", "One agency can finish"
    STEPPED_UP = "stepped_up", "Social care took over"
    DECLINED = "declined", "Family declined or withdrew"
    NOT_REACHED = "not_reached", "Could not be reached"
    MOVED = "moved", "Moved away"
    DIED = "died", "The child has died"
    DUPLICATE = "duplicate", "Recorded twice"
    OTHER = "other", "Another reason"


class StepUpResult(TextChoices):
    """What social care, or the sender, says about a step up."""

    RECEIVED = "received", "Received"
    NOT_ACCEPTED = "not_accepted", "Not accepted"
    DISPUTED = "disputed", "Disputed by the sender"
    WITHDRAWN = "withdrawn", "Taken back by the sender"


STEP_UP_SETTLED = frozenset({StepUpResult.RECEIVED, StepUpResult.WITHDRAWN})
"""After these nobody waits for social care any more."""


class WatchAnswer(TextChoices):
    """What keeping in touch found, at a prompt or at the end."""

    DOING_WELL = "doing_well", "Doing well"
    SOME_WORRY = "some_worry", "Some worry, dealt with"
    BACK_TO_HELP = "back_to_help", "Back to early help"
    STEPPED_UP = "stepped_up", "Stepped up to social care"
    NOT_REACHED = "not_reached", "Could not be reached"
    FAMILY_ASKED_TO_STOP = "family_asked_to_stop", "The family asked us to stop"
    MOVED = "moved", "Moved away"
    DIED = "died", "The child has died"
    PREGNANCY_ENDED = "pregnancy_ended", "The pregnancy ended"


LIFE_ENDED = frozenset({WatchAnswer.DIED, WatchAnswer.PREGNANCY_ENDED})
"""Answers nobody chooses on a form: they come with the record that somebody died."""


class EventSource(TextChoices):
    """What a line of the chronology was written from."""

    REPORT = "report", "Concern report"
    DECISION = "decision", "Hub decision"
    CASE = "case", "Case"
    CONSENT = "consent", "Consent to help"
    LEAD = "lead", "Lead practitioner"
    TEAM = "team", "Team around the family"
    PLAN = "plan", "Plan"
    MEETING = "meeting", "Meeting"
    REVIEW = "review", "Review"
    NOTE = "note", "Note"
    STEP = "step", "Step up or step down"
    PEOPLE = "people", "Family details"
    IMPORTED = "imported", "Imported history"
    WRITTEN = "written", "Written for the chronology"


class HandedBy(TextChoices):
    """How somebody of the family was given their copy."""

    IN_PERSON = "in_person", "Given to them in person"
    READ_OUT = "read_out", "Read to them"
    POST = "post", "Sent by post"


class Objected(TextChoices):
    """What somebody of the family says is wrong."""

    PLAN = "plan", "The plan"
    WRITTEN = "written", "Something written about us"
    REVIEW = "review", "What a review said"
    SHARED = "shared", "Who is told what"
    OTHER = "other", "Something else"


class FlagRule(TextChoices):
    """Why the watch flags a case. What each says, and what clears it, is in rules/flags.py."""

    REVIEW_OVERDUE = "review_overdue", "Review overdue"
    NO_LEAD = "no_lead", "No lead practitioner"
    ACTIONS_OVERDUE = "actions_overdue", "Actions overdue"
    SILENT = "silent", "Nothing written down"
    NEVER_CONTACTED = "never_contacted", "Never contacted"
    NOTHING_DONE = "nothing_done", "Two reviews, nothing done"
    ASSESSMENT_OVERDUE = "assessment_overdue", "Assessment overdue"
    IN_TOUCH_DUE = "in_touch_due", "Keeping in touch due"
    RECEIPT_OVERDUE = "receipt_overdue", "Step up not confirmed"
    AGENCY_AWAY = "agency_away", "Agency dropped away"
    OWN_ANSWER = "own_answer", "Own answer at 13"
    ADULT_ANSWER = "adult_answer", "Own answer at 18"
    CONSENT_REVIEW = "consent_review", "Consent to help a year old"
    BIRTH_DUE = "birth_due", "Birth expected"
    AGENCY_MISSING = "agency_missing", "Agency not in the team"
    RELEASE_DUE = "release_due", "Release expected"
    REVIEWS_MISSED = "reviews_missed", "Two reviews missed"


class FlagAge(TextChoices):
    """How long a flag has stood, for the list of flags."""

    NEW = "new", "In the last 7 days"
    WEEKS = "weeks", "8 to 28 days ago"
    OLD = "old", "Over 28 days ago"


class RetentionStatus(TextChoices):
    """Where a case whose time is over stands on the list. What may follow is in rules/retention.py."""

    WAITING = "waiting", "Waits for a review"
    KEPT = "kept", "Kept until a day"
    HELD = "held", "On hold"
    PROPOSED = "proposed", "Proposed for disposal"
    MARKED = "marked", "Marked for disposal"


class HoldReason(TextChoices):
    """What records are held for."""

    INQUIRY = "inquiry", "A public inquiry"
    REVIEW = "review", "A learning review"
    CLAIM = "claim", "A claim or complaint"
