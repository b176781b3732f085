"""Every word with a fixed list that the ground uses. docs/words.md explains each one."""

from django.db.models import IntegerChoices, TextChoices


class AgencyType(TextChoices):
    """What sort of organisation an agency is; clauses may name a type instead of an agency."""

    HUB = "hub", "Multi-Agency Safeguarding Hub"
    POLICE = "police", "Police"
    TRANSPORT_POLICE = "transport_police", "Transport police"
    SOCIAL_CARE = "social_care", "Children's social care"
    EARLY_HELP = "early_help", "Early help service"
    ADULT_CARE = "adult_care", "Adult social care"
    COMMUNITY_HEALTH = "community_health", "Community health"
    HOSPITAL = "hospital", "Hospital"
    GENERAL_PRACTICE = "general_practice", "General practice"
    SCHOOL = "school", "School"
    ALTERNATIVE_PROVISION = "alternative_provision", "Alternative provision"
    YOUTH_JUSTICE = "youth_justice", "Youth justice"
    PROBATION = "probation", "Probation and prison"
    HOUSING = "housing", "Housing"
    CHARITY = "charity", "Charity"
    DOMESTIC_ABUSE = "domestic_abuse", "Domestic abuse service"
    SUBSTANCE_USE = "substance_use", "Substance use service"
    CARE_PROVIDER = "care_provider", "Care provider"
    COURT = "court", "Court"
    EMPLOYMENT = "employment", "Employment service"


SCHOOLS = frozenset({AgencyType.SCHOOL, AgencyType.ALTERNATIVE_PROVISION})


class Role(TextChoices):
    """What a post lets its holder do. A post is one role in one agency between two dates."""

    REPORTER = "reporter", "Reporter"
    SUPERVISOR = "supervisor", "Supervisor"
    DECISION_MAKER = "decision_maker", "Hub decision-maker"
    NAVIGATOR = "navigator", "Hub navigator"
    EMERGENCY_DUTY = "emergency_duty", "Emergency duty worker"
    COORDINATOR = "coordinator", "Early help coordinator"
    LEAD_PRACTITIONER = "lead_practitioner", "Lead practitioner"
    TEAM_MEMBER = "team_member", "Team member"
    MANAGER = "manager", "Manager"
    GOVERNANCE_LEAD = "governance_lead", "Information-governance lead"
    ANALYST = "analyst", "Board analyst"
    ADMINISTRATOR = "administrator", "Administrator"
    OUTSIDE_REPORTER = "outside_reporter", "Outside reporter"


HUB_ROLES = frozenset({Role.DECISION_MAKER, Role.NAVIGATOR, Role.EMERGENCY_DUTY})
RECEIVING_ROLES = HUB_ROLES | {Role.COORDINATOR, Role.MANAGER}
"""Roles that receive for their agency: only they read what is sent to, or shared with, an agency as a whole."""
CASEWORK_ROLES = frozenset(
    {
        Role.REPORTER,
        Role.SUPERVISOR,
        Role.DECISION_MAKER,
        Role.NAVIGATOR,
        Role.EMERGENCY_DUTY,
        Role.COORDINATOR,
        Role.LEAD_PRACTITIONER,
        Role.TEAM_MEMBER,
        Role.MANAGER,
    }
)
REPORTING_ROLES = CASEWORK_ROLES | {Role.OUTSIDE_REPORTER}
"""Roles that send reports and read what became of their own."""
PARTNERS = frozenset(Role) - {Role.OUTSIDE_REPORTER}
"""Roles of people with an account. A page that says nothing else is for them; somebody let in by a code is not."""


class Purpose(TextChoices):
    """Why a page is open. Fixed per route, shown on the page, written in the disclosure log."""

    REPORTING = "reporting", "Reporting a concern"
    TRIAGE = "triage", "Deciding what a concern needs"
    EARLY_HELP = "early_help", "Early help with a family"
    KEEPING_IN_TOUCH = "keeping_in_touch", "Keeping in touch after step-down"
    SCHOOL_NOTICE = "school_notice", "Domestic-abuse notice to a school"
    OVERSIGHT = "oversight", "Managing and supervising"
    GOVERNANCE = "governance", "Looking after agreements"
    EVALUATION = "evaluation", "Learning across the partnership"
    OWN_ACCOUNT = "own_account", "Own account"


class Kind(IntegerChoices):
    """What a record holds. The number is the bit the database tests: never reuse one (room for 32)."""

    IDENTITY = 1, "Name, date of birth and identifiers"
    ADDRESS = 2, "Address and where a child can be found"
    CONCERN = 3, "Concern report"
    HUB_ONLY = 4, "For the hub only"
    DECISION = 5, "Hub decision"
    POLICE = 6, "Police information"
    DOMESTIC_ABUSE = 7, "Domestic abuse information"
    HEALTH = 8, "Health information"
    EDUCATION = 9, "Education information"
    HOUSING = 10, "Housing information"
    SOCIAL_CARE = 11, "Children's social care information"
    JUSTICE = 12, "Youth justice, probation and prison information"
    SUBSTANCE_USE = 13, "Substance use information"
    VOLUNTARY = 14, "Charity and community information"
    CASE = 15, "Early help case"
    PLAN = 16, "Plan: needs, outcomes and actions"
    REVIEW = 17, "Meetings and reviews"
    NOTE = 18, "Notes of work with the family"
    CONSENT = 19, "Consent to help"
    HOUSEHOLD = 20, "Household, relationships and safe contact"
    STAFF_SAFETY = 21, "Staff-safety note"
    FLAG = 22, "Flag from the watch"
    EMPLOYMENT = 23, "Employment and benefits information"
    FEEDBACK = 24, "Feedback to a reporter"


NEVER_SHARED = frozenset({Kind.HUB_ONLY})
"""Kinds no clause can release (users' rule: the hub-only box stays with its author and the hub)."""

LOCATING_KINDS = frozenset({Kind.ADDRESS})
"""Kinds that say where somebody can be found; closed to all but named people when an address is hidden."""


class Level(TextChoices):
    """How much of a record a clause opens. Each level includes the one before."""

    EXISTENCE = "existence", "That something is held"
    SUMMARY = "summary", "Summary"
    FULL = "full", "Full"


class Stage(IntegerChoices):
    """Where a child's case stands, as far as sharing rules need to know. Bit numbers: never reuse."""

    NONE = 0, "No case"
    CONTACT = 1, "A concern is being decided"
    OFFERED = 2, "Early help offered"
    PLAN_OPEN = 3, "Early help open"
    IN_TOUCH = 4, "Stepped down, keeping in touch"
    STEPPED_UP = 5, "Stepped up to social care"
    CLOSED = 6, "Closed"


STAGE_PRECEDENCE = (
    Stage.PLAN_OPEN,
    Stage.IN_TOUCH,
    Stage.STEPPED_UP,
    Stage.OFFERED,
    Stage.CONTACT,
    Stage.CLOSED,
    Stage.NONE,
)
"""A record about several people takes the first of these that any of them is at."""


class HowOften(TextChoices):
    """How often somebody wants an e-mail that something waits for them. What is urgent is always told at once."""

    AT_ONCE = "at_once", "As soon as something waits"
    DAILY = "daily", "At most once a working day, after 8 in the morning"
    NEVER = "never", "Only when something is urgent"


class HowFarBack(IntegerChoices):
    """How old a record a clause still opens, in months; 0 is any age."""

    ANY = 0, "However long ago"
    THREE_YEARS = 36, "In the last 3 years"
    ONE_YEAR = 12, "In the last 12 months"


class RecordAge(IntegerChoices):
    """How old the record of an example is, as months between the steps of HowFarBack."""

    NEW = 0, "In the last 12 months"
    OLDER = 24, "Between 1 and 3 years ago"
    OLD = 48, "More than 3 years ago"


class ExampleGroup(TextChoices):
    """Which agencies of a type an example speaks of."""

    EVERY = "every", "Any there is"
    PARTY = "party", "A party"
    STRANGER = "stranger", "Not a party"
    INSIDE = "inside", "In the district"
    OUTSIDE = "outside", "Outside the district"


class AgreementState(TextChoices):
    """Life of an agreement. Whether it is in force also depends on signatures and dates."""

    DRAFT = "draft", "Draft"
    PROPOSED = "proposed", "Proposed for signature"
    SIGNED = "signed", "Signed"
    SUSPENDED = "suspended", "Suspended"
    ENDED = "ended", "Ended"
    REPLACED = "replaced", "Replaced"


class AgreementVerb(TextChoices):
    """What was done to an agreement; each is one row of its history."""

    OPEN = "open", "Opened"
    PROPOSE = "propose", "Proposed for signature"
    RETURN = "return", "Returned to draft"
    SIGN = "sign", "Signed by a party"
    SUSPEND = "suspend", "Suspended"
    RESUME = "resume", "Resumed"
    LEAVE = "leave", "Left by a party"
    END = "end", "Ended"
    REPLACE = "replace", "Replaced by a newer version"


class WarningSort(TextChoices):
    """Which date of an agreement the parties are warned of."""

    EXPIRY = "expiry", "Expires"
    REVIEW = "review", "Review due"
    SIGNATURE = "signature", "Signatures missing"


class SupposedChange(TextChoices):
    """A change of an agreement that is counted before anybody makes it."""

    SIGN = "sign", "It came into force today"
    SUSPEND = "suspend", "It was suspended"
    RESUME = "resume", "It was resumed"
    END = "end", "It ended"
    JOIN = "join", "An agency joined it"
    LEAVE = "leave", "A party left it"
    DATES = "dates", "It had another first or last day"


class Capacity(TextChoices):
    """How a party stands to the information it holds, in data protection law."""

    CONTROLLER = "controller", "Controller"
    JOINT = "joint", "Joint controller"
    PROCESSOR = "processor", "Processor"


class RequestState(TextChoices):
    """What became of a request for a kind of record, or for an agreement about it."""

    WAITING = "waiting", "Waiting for an answer"
    DRAFTING = "drafting", "An agreement is being drafted"
    COVERED = "covered", "An agreement already covers it"
    REFUSED = "refused", "Will not be shared"


class InvolvementReason(TextChoices):
    """Why an agency or practitioner is involved with a person."""

    LEAD = "lead", "Lead practitioner"
    COVER = "cover", "Covering for the lead practitioner"
    TEAM = "team", "In the team around the family"
    ON_ROLL = "on_roll", "On the school's roll"
    REGISTERED = "registered", "Registered patient or client"
    KEEPING_IN_TOUCH = "keeping_in_touch", "Agreed to keep in touch after step-down"


class Restriction(IntegerChoices):
    """Why a person's records are closed to all but named people."""

    NONE = 0, "Not restricted"
    RESTRICTED = 1, "Restricted to named people"
    HIDDEN_ADDRESS = 2, "Hidden address"


class Precision(TextChoices):
    """How exactly a date is known."""

    DAY = "day", "Exact"
    MONTH = "month", "Month and year"
    YEAR = "year", "Year"
    ESTIMATED = "estimated", "Estimated"
    DUE = "due", "Due date"
    UNKNOWN = "unknown", "Not known"


class ExceptionVerb(TextChoices):
    """What the owner of one record decided on top of agreements."""

    SHARE = "share", "Shared"
    WITHHOLD = "withhold", "Withheld"


class ConflictAnswer(TextChoices):
    """What somebody who answers for a practitioner made of a conflict of interest that was detected."""

    CONFIRMED = "confirmed", "Confirmed"
    LIFTED = "lifted", "Lifted"


class EmergencyOutcome(TextChoices):
    """What the review of an emergency access found."""

    JUSTIFIED = "justified", "Justified"
    NOT_JUSTIFIED = "not_justified", "Not justified"
    AGREEMENT_MISSING = "agreement_missing", "Justified, and an agreement is missing"


class VariantReason(TextChoices):
    """Why one first name may stand for another."""

    SHORT = "short", "Short form"
    SPELLING = "spelling", "Another spelling"
    WRITING = "writing", "Another language or alphabet"
