"""Marlbeck's agencies, practitioners and agreements, as tables. Every name is made up.

Sixteen organisations; the council appears as the services that sign for themselves, and the hub as the room
they share, so nineteen agencies have a number of their own.
"""

from typing import NamedTuple

from sharing_agreements.vocabulary import (
    AgencyType,
    ExampleGroup,
    HowFarBack,
    Kind,
    Level,
    Purpose,
    RecordAge,
    Role,
    Stage,
)

HUB, POLICE, TRANSPORT, SOCIAL, EARLY, ADULT, HEALTH, HOSPITAL, SURGERY = range(1, 10)
QUARRY, OAK, FENWATER, BRIDGE, YOUTH, PROBATION, HOMES, KITE, LANTERN, TURNING = range(10, 20)


class AgencyRow(NamedTuple):
    """One agency: its number, names, type and telephone (all from the range kept for drama)."""

    no: int
    name: str
    short: str
    type: AgencyType
    phone: str
    sensitive: bool = False


AGENCIES = (
    AgencyRow(HUB, "Marlbeck Multi-Agency Safeguarding Hub", "Marlbeck MASH", AgencyType.HUB, "01632 960100"),
    AgencyRow(POLICE, "Marlbeck Constabulary", "Marlbeck Police", AgencyType.POLICE, "01632 960111"),
    AgencyRow(TRANSPORT, "Crossline Transport Police", "Crossline Police", AgencyType.TRANSPORT_POLICE, "01632 960112"),
    AgencyRow(
        SOCIAL, "Marlbeck Council, children's social care", "Social care", AgencyType.SOCIAL_CARE, "01632 960120"
    ),
    AgencyRow(EARLY, "Marlbeck Council, early help", "Early help", AgencyType.EARLY_HELP, "01632 960121"),
    AgencyRow(ADULT, "Marlbeck Council, adult care", "Adult care", AgencyType.ADULT_CARE, "01632 960122"),
    AgencyRow(HEALTH, "Marlbeck Community Health", "Community Health", AgencyType.COMMUNITY_HEALTH, "01632 960130"),
    AgencyRow(HOSPITAL, "Marlbeck General", "Marlbeck General", AgencyType.HOSPITAL, "01632 960131"),
    AgencyRow(SURGERY, "Alder Lane Surgery", "Alder Lane", AgencyType.GENERAL_PRACTICE, "01632 960132"),
    AgencyRow(QUARRY, "Quarry Hill Primary", "Quarry Hill", AgencyType.SCHOOL, "01632 960140"),
    AgencyRow(OAK, "Oak Green Primary", "Oak Green", AgencyType.SCHOOL, "01632 960141"),
    AgencyRow(FENWATER, "Fenwater Academy", "Fenwater", AgencyType.SCHOOL, "01632 960142"),
    AgencyRow(BRIDGE, "Bridge End Provision", "Bridge End", AgencyType.ALTERNATIVE_PROVISION, "01632 960143"),
    AgencyRow(YOUTH, "Marlbeck Youth Justice", "Youth justice", AgencyType.YOUTH_JUSTICE, "01632 960150"),
    AgencyRow(PROBATION, "Marlbeck Probation", "Probation", AgencyType.PROBATION, "01632 960151"),
    AgencyRow(HOMES, "Marlbeck Homes", "Marlbeck Homes", AgencyType.HOUSING, "01632 960160"),
    AgencyRow(KITE, "Kite Family Support", "Kite", AgencyType.CHARITY, "01632 960170"),
    AgencyRow(LANTERN, "Lantern Domestic Abuse Service", "Lantern", AgencyType.DOMESTIC_ABUSE, "01632 960171", True),
    AgencyRow(TURNING, "Turning Tide", "Turning Tide", AgencyType.SUBSTANCE_USE, "01632 960172", True),
)
OUT_OF_HOURS = "01632 960199"


class PostRow(NamedTuple):
    """One post: who, where, as what; `days_ago_ended` for somebody who has left."""

    name: str
    agency: int
    role: Role
    title: str
    team: str = ""
    days_ago_ended: int | None = None


POSTS = (
    # the six the README introduces, in its order: the personas page shows them first
    PostRow("Cleo Marsh", POLICE, Role.REPORTER, "Response officer", "North response"),
    PostRow("Hana Whitlock", HUB, Role.DECISION_MAKER, "Hub social worker"),
    PostRow("Esi Boateng", EARLY, Role.MANAGER, "Early help manager"),
    PostRow("Eddie Sharpe", EARLY, Role.LEAD_PRACTITIONER, "Family worker"),
    PostRow("Amira Haddad", QUARRY, Role.LEAD_PRACTITIONER, "Deputy safeguarding lead"),
    PostRow("Dev Anand", OAK, Role.TEAM_MEMBER, "Designated safeguarding lead"),
    # everybody else
    PostRow("Cyrus Bell", POLICE, Role.REPORTER, "Neighbourhood officer", "North response"),
    PostRow("Joan Okoro", POLICE, Role.REPORTER, "Police community support officer", "North response"),
    PostRow("Cath Lowe", POLICE, Role.SUPERVISOR, "Response sergeant", "North response"),
    PostRow("Imran Shah", POLICE, Role.LEAD_PRACTITIONER, "Early help officer"),
    PostRow("Petra Novak", POLICE, Role.MANAGER, "Detective inspector, safeguarding"),
    PostRow("Lewis Grant", TRANSPORT, Role.REPORTER, "Transport officer"),
    PostRow("Tomasz Reid", HUB, Role.DECISION_MAKER, "Hub social worker"),
    PostRow("Farid Nazari", HUB, Role.DECISION_MAKER, "Hub social worker", "", 30),
    PostRow("Hugo Lane", HUB, Role.NAVIGATOR, "Police navigator"),
    PostRow("Ngozi Ade", HUB, Role.NAVIGATOR, "Health navigator"),
    PostRow("Dorothy Vane", HUB, Role.EMERGENCY_DUTY, "Emergency duty social worker"),
    PostRow("Marian Cole", HUB, Role.MANAGER, "Hub manager"),
    PostRow("Ben Carrow", HEALTH, Role.LEAD_PRACTITIONER, "Health visitor"),
    PostRow("Sunita Rao", HEALTH, Role.LEAD_PRACTITIONER, "School nurse"),
    PostRow("Olive Marks", HEALTH, Role.LEAD_PRACTITIONER, "Family nurse"),
    PostRow("Rhys Parry", HOSPITAL, Role.REPORTER, "Safeguarding nurse"),
    PostRow("Fiona Adair", SURGERY, Role.REPORTER, "General practitioner"),
    PostRow("Grace Pell", QUARRY, Role.LEAD_PRACTITIONER, "Pastoral lead"),
    PostRow("Ruth Kemp", OAK, Role.REPORTER, "Class teacher"),
    PostRow("Martin Hale", FENWATER, Role.LEAD_PRACTITIONER, "Designated safeguarding lead"),
    PostRow("Yusuf Demir", FENWATER, Role.LEAD_PRACTITIONER, "Head of year 8"),
    PostRow("Kay Storey", BRIDGE, Role.LEAD_PRACTITIONER, "Mentor"),
    PostRow("Colin Frayne", EARLY, Role.COORDINATOR, "Early help coordinator"),
    PostRow("Lena Fisk", EARLY, Role.LEAD_PRACTITIONER, "Family worker"),
    PostRow("Patrick Dunn", EARLY, Role.LEAD_PRACTITIONER, "Family worker", "", 12),
    PostRow("Gita Sen", EARLY, Role.GOVERNANCE_LEAD, "Information-governance lead"),
    PostRow("Kim Osei", KITE, Role.LEAD_PRACTITIONER, "Family support worker"),
    PostRow("Joss Tully", KITE, Role.LEAD_PRACTITIONER, "Family support worker"),
    PostRow("Maeve Quinn", LANTERN, Role.TEAM_MEMBER, "Domestic abuse adviser"),
    PostRow("Stan Webb", TURNING, Role.TEAM_MEMBER, "Recovery worker"),
    PostRow("Owen Price", YOUTH, Role.LEAD_PRACTITIONER, "Youth justice worker"),
    PostRow("Tina Holt", HOMES, Role.REPORTER, "Tenancy officer"),
    PostRow("Alan Mistry", EARLY, Role.ANALYST, "Partnership analyst"),
    PostRow("Vera Lind", EARLY, Role.ADMINISTRATOR, "System administrator"),
    # second posts of people above
    PostRow("Ben Carrow", HEALTH, Role.TEAM_MEMBER, "Health visitor, in teams led by others"),
    PostRow("Joan Okoro", POLICE, Role.LEAD_PRACTITIONER, "Police community support officer, leading"),
    PostRow("Cyrus Bell", POLICE, Role.LEAD_PRACTITIONER, "Neighbourhood officer, leading"),
    PostRow("Colin Frayne", EARLY, Role.LEAD_PRACTITIONER, "Early help coordinator, leading"),
    PostRow("Amira Haddad", QUARRY, Role.REPORTER, "Deputy safeguarding lead, reporting"),
    PostRow("Grace Pell", HUB, Role.NAVIGATOR, "Education navigator, Mondays"),
    PostRow("Eddie Sharpe", EARLY, Role.REPORTER, "Family worker, reporting"),
    PostRow("Paula Grieve", POLICE, Role.GOVERNANCE_LEAD, "Information-governance lead"),
    PostRow("Harriet Low", HEALTH, Role.GOVERNANCE_LEAD, "Information-governance lead"),
    PostRow("Quentin Ash", QUARRY, Role.GOVERNANCE_LEAD, "School business manager"),
    PostRow("Odette Fry", OAK, Role.GOVERNANCE_LEAD, "School business manager"),
    PostRow("Felix Moor", FENWATER, Role.GOVERNANCE_LEAD, "Data protection officer"),
    PostRow("Hester Bloom", HOMES, Role.GOVERNANCE_LEAD, "Information-governance lead"),
)

CASE_KINDS = (Kind.IDENTITY, Kind.CASE, Kind.PLAN, Kind.REVIEW, Kind.NOTE, Kind.CONSENT, Kind.HOUSEHOLD, Kind.DECISION)
HUB_ROLES = (Role.DECISION_MAKER, Role.NAVIGATOR, Role.EMERGENCY_DUTY, Role.MANAGER)
TEAM_ROLES = (Role.LEAD_PRACTITIONER, Role.TEAM_MEMBER, Role.COORDINATOR, Role.MANAGER)
CASEWORK = (
    AgencyType.POLICE,
    AgencyType.EARLY_HELP,
    AgencyType.COMMUNITY_HEALTH,
    AgencyType.SCHOOL,
    AgencyType.ALTERNATIVE_PROVISION,
    AgencyType.YOUTH_JUSTICE,
    AgencyType.CHARITY,
)
OPEN = (Stage.OFFERED, Stage.PLAN_OPEN)


class ClauseRow(NamedTuple):
    """One clause: whose records, who may see them, which kind, how much, and when."""

    provider: AgencyType
    recipient: AgencyType
    roles: tuple[Role, ...]
    kind: Kind
    level: Level
    involved: bool = True
    consent: bool = False
    stages: tuple[Stage, ...] = ()
    back: HowFarBack = HowFarBack.ANY


class ExampleRow(NamedTuple):
    """One example: whether this agency or these agencies of a type must see this record, in this post and for this."""

    must_see: bool
    recipient: AgencyType | int
    role: Role
    purpose: Purpose
    provider: AgencyType
    kind: Kind
    level: Level = Level.SUMMARY
    group: ExampleGroup = ExampleGroup.PARTY
    involved: bool = True
    agrees: bool = True
    stage: Stage = Stage.PLAN_OPEN
    age: RecordAge = RecordAge.NEW
    district: str = ""


MUST, MUST_NOT = True, False
_HUB_CONCERN = (AgencyType.HUB, Role.DECISION_MAKER, Purpose.TRIAGE, AgencyType.POLICE, Kind.CONCERN)
_SCHOOL_CONCERN = (AgencyType.SCHOOL, Role.TEAM_MEMBER, Purpose.EARLY_HELP, AgencyType.POLICE, Kind.CONCERN)
_SCHOOL_HEALTH = (
    AgencyType.SCHOOL,
    Role.LEAD_PRACTITIONER,
    Purpose.EARLY_HELP,
    AgencyType.COMMUNITY_HEALTH,
    Kind.HEALTH,
)
_SCHOOL_NOTICE = (
    AgencyType.SCHOOL,
    Role.LEAD_PRACTITIONER,
    Purpose.SCHOOL_NOTICE,
    AgencyType.POLICE,
    Kind.DOMESTIC_ABUSE,
)
_SCHOOL_NOTE = (AgencyType.SCHOOL, Role.TEAM_MEMBER, Purpose.KEEPING_IN_TOUCH, AgencyType.EARLY_HELP, Kind.NOTE)
_PATROL_CASE = (AgencyType.POLICE, Role.REPORTER, Purpose.KEEPING_IN_TOUCH, AgencyType.EARLY_HELP, Kind.CASE)
_HUB_HEALTH = (AgencyType.HUB, Role.NAVIGATOR, Purpose.TRIAGE, AgencyType.COMMUNITY_HEALTH, Kind.HEALTH)
_HUB_TENANCY = (AgencyType.HUB, Role.NAVIGATOR, Purpose.TRIAGE, AgencyType.HOUSING, Kind.HOUSING)
EXAMPLES = {
    "MB-02": (
        ExampleRow(MUST, *_HUB_CONCERN, Level.FULL, involved=False, agrees=False, stage=Stage.CONTACT),
        ExampleRow(MUST_NOT, HOMES, Role.REPORTER, Purpose.EARLY_HELP, AgencyType.POLICE, Kind.CONCERN),
        ExampleRow(MUST_NOT, *_HUB_CONCERN, group=ExampleGroup.OUTSIDE, district="Marlbeck"),
    ),
    "MB-03": (
        ExampleRow(MUST, *_SCHOOL_CONCERN, agrees=False),
        ExampleRow(MUST_NOT, *_SCHOOL_CONCERN, involved=False),
        ExampleRow(MUST_NOT, *_SCHOOL_CONCERN, Level.FULL),
        ExampleRow(MUST_NOT, *_SCHOOL_CONCERN, group=ExampleGroup.STRANGER),
        ExampleRow(MUST_NOT, *_SCHOOL_CONCERN, group=ExampleGroup.OUTSIDE, district="Marlbeck"),
        ExampleRow(MUST_NOT, *_SCHOOL_CONCERN, stage=Stage.CLOSED),
        ExampleRow(MUST_NOT, *_SCHOOL_CONCERN, age=RecordAge.OLD),
        ExampleRow(MUST, *_SCHOOL_HEALTH),
        ExampleRow(MUST_NOT, *_SCHOOL_HEALTH, agrees=False),
    ),
    "MB-04": (
        ExampleRow(MUST, *_SCHOOL_NOTICE, agrees=False),
        ExampleRow(MUST_NOT, *_SCHOOL_NOTICE, involved=False),
        ExampleRow(MUST_NOT, *_SCHOOL_NOTICE, Level.FULL),
    ),
    "MB-05": (
        ExampleRow(MUST, *_SCHOOL_NOTE, stage=Stage.IN_TOUCH),
        ExampleRow(MUST_NOT, *_SCHOOL_NOTE, Level.FULL, stage=Stage.IN_TOUCH),
        ExampleRow(MUST_NOT, *_SCHOOL_NOTE, stage=Stage.STEPPED_UP),
    ),
    "MB-06": (
        ExampleRow(MUST, *_HUB_HEALTH, involved=False, agrees=False),
        ExampleRow(MUST_NOT, *_HUB_HEALTH, age=RecordAge.OLDER),
    ),
    "MB-07": (
        ExampleRow(MUST, *_HUB_TENANCY, involved=False),
        ExampleRow(MUST_NOT, *_HUB_TENANCY, Level.FULL),
    ),
    "MB-08": (
        ExampleRow(MUST, *_PATROL_CASE, Level.EXISTENCE, involved=False, stage=Stage.IN_TOUCH),
        ExampleRow(MUST_NOT, *_PATROL_CASE),
        ExampleRow(MUST_NOT, *_PATROL_CASE, Level.EXISTENCE, stage=Stage.STEPPED_UP),
    ),
}
"""By the agreement's reference. They are tried with every agreement in force, as the policy has them."""


class AgreementRow(NamedTuple):
    """One agreement, with its parties' numbers, who of them has not signed, and its clauses."""

    reference: str
    title: str
    aim: str
    basis: str
    purposes: tuple[Purpose, ...]
    parties: tuple[int, ...]
    clauses: tuple[ClauseRow, ...]
    unsigned: tuple[int, ...] = ()
    days_left: int = 700
    overarching: bool = False


def _triage() -> tuple[ClauseRow, ...]:
    kinds = (Kind.IDENTITY, Kind.ADDRESS, Kind.CONCERN, *CASE_KINDS[1:], Kind.POLICE, Kind.EDUCATION, Kind.STAFF_SAFETY)
    providers = (*CASEWORK, AgencyType.TRANSPORT_POLICE, AgencyType.SOCIAL_CARE, AgencyType.HOSPITAL)
    return tuple(
        ClauseRow(provider, AgencyType.HUB, HUB_ROLES, kind, Level.FULL, involved=False)
        for provider in providers
        for kind in kinds
    )


def _team() -> tuple[ClauseRow, ...]:
    full = {Kind.IDENTITY, Kind.CASE, Kind.PLAN, Kind.REVIEW, Kind.CONSENT, Kind.HOUSEHOLD}
    within = tuple(
        ClauseRow(provider, recipient, TEAM_ROLES, kind, Level.FULL if kind in full else Level.SUMMARY, stages=OPEN)
        for provider in (*CASEWORK, AgencyType.HUB)
        for recipient in CASEWORK
        for kind in (*CASE_KINDS, Kind.ADDRESS, Kind.STAFF_SAFETY)
    )
    concerns = tuple(
        ClauseRow(
            provider, recipient, TEAM_ROLES, Kind.CONCERN, Level.SUMMARY, stages=OPEN, back=HowFarBack.THREE_YEARS
        )
        for provider in CASEWORK
        for recipient in CASEWORK
    )
    health = tuple(
        ClauseRow(
            AgencyType.COMMUNITY_HEALTH, recipient, TEAM_ROLES, Kind.HEALTH, Level.SUMMARY, consent=True, stages=OPEN
        )
        for recipient in CASEWORK
    )
    return (*within, *concerns, *health)


def _in_touch() -> tuple[ClauseRow, ...]:
    return tuple(
        ClauseRow(provider, recipient, TEAM_ROLES, kind, Level.SUMMARY, stages=(Stage.IN_TOUCH, Stage.CLOSED))
        for provider in (*CASEWORK, AgencyType.HUB)
        for recipient in CASEWORK
        for kind in (Kind.IDENTITY, Kind.CASE, Kind.REVIEW, Kind.NOTE, Kind.HOUSEHOLD)
    )


def _street() -> tuple[ClauseRow, ...]:
    stages = (Stage.PLAN_OPEN, Stage.IN_TOUCH)
    return tuple(
        ClauseRow(provider, recipient, (Role.REPORTER,), kind, level, recipient != AgencyType.POLICE, stages=stages)
        for provider in CASEWORK
        for recipient in (AgencyType.POLICE, AgencyType.SCHOOL)
        for kind, level in ((Kind.IDENTITY, Level.SUMMARY), (Kind.CASE, Level.EXISTENCE))
    )


def _health_and_hub() -> tuple[ClauseRow, ...]:
    return tuple(
        ClauseRow(
            provider, AgencyType.HUB, HUB_ROLES, Kind.HEALTH, Level.SUMMARY, involved=False, back=HowFarBack.ONE_YEAR
        )
        for provider in (AgencyType.COMMUNITY_HEALTH, AgencyType.HOSPITAL, AgencyType.GENERAL_PRACTICE)
    )


SIGNING_TEAM = (HUB, POLICE, EARLY, HEALTH, QUARRY, FENWATER, BRIDGE, YOUTH, KITE)
EVERYBODY = tuple(row.no for row in AGENCIES if row.no != HOMES)
TASK = "Public task: UK GDPR article 6(1)(e); Children Act 2004 sections 10 and 11."
SPECIAL = f"{TASK} Special category data: article 9(2)(g) with DPA 2018 Schedule 1 paragraph 18."

AGREEMENTS = (
    AgreementRow(
        "MB-01",
        "Marlbeck partnership agreement",
        "Sets out how we share at all: purposes, standards, who answers.",
        SPECIAL,
        (Purpose.GOVERNANCE,),
        EVERYBODY,
        (),
        overarching=True,
    ),
    AgreementRow(
        "MB-02",
        "MASH triage",
        "Lets the hub see what each agency knows, to decide what a child needs.",
        SPECIAL,
        (Purpose.TRIAGE, Purpose.EARLY_HELP, Purpose.OVERSIGHT),
        (HUB, POLICE, TRANSPORT, SOCIAL, EARLY, HEALTH, HOSPITAL, QUARRY, OAK, FENWATER, BRIDGE, YOUTH, KITE),
        _triage(),
    ),
    AgreementRow(
        "MB-03",
        "Team around the family",
        "Lets a family's team work from one plan while early help is open.",
        SPECIAL,
        (Purpose.EARLY_HELP, Purpose.OVERSIGHT),
        SIGNING_TEAM,
        _team(),
    ),
    AgreementRow(
        "MB-04",
        "Domestic-abuse notice to schools",
        "Tells a school's briefed key adult before the next school day that a child has lived through an incident.",
        f"{SPECIAL} Victims and Prisoners Act 2024.",
        (Purpose.SCHOOL_NOTICE,),
        (POLICE, QUARRY, OAK, FENWATER),
        (
            ClauseRow(
                AgencyType.POLICE, AgencyType.SCHOOL, (Role.LEAD_PRACTITIONER,), Kind.DOMESTIC_ABUSE, Level.SUMMARY
            ),
        ),
    ),
    AgreementRow(
        "MB-05",
        "Keeping in touch after step-down",
        "Lets those who agreed to keep in touch see enough to notice.",
        TASK,
        (Purpose.EARLY_HELP, Purpose.KEEPING_IN_TOUCH, Purpose.OVERSIGHT),
        SIGNING_TEAM,
        _in_touch(),
        days_left=40,
    ),
    AgreementRow(
        "MB-06",
        "Health and hub",
        "Gives the hub a summary of health contacts of the last twelve months.",
        SPECIAL,
        (Purpose.TRIAGE,),
        (HUB, HEALTH, HOSPITAL, SURGERY),
        _health_and_hub(),
    ),
    AgreementRow(
        "MB-07",
        "Marlbeck Homes and the hub",
        "Would let the hub see tenancy concerns. Not signed by Marlbeck Homes.",
        TASK,
        (Purpose.TRIAGE,),
        (HUB, HOMES),
        (ClauseRow(AgencyType.HOUSING, AgencyType.HUB, HUB_ROLES, Kind.HOUSING, Level.SUMMARY, involved=False),),
        unsigned=(HOMES,),
    ),
    AgreementRow(
        "MB-08",
        "Eyes and ears",
        "Lets officers on patrol and school staff know whom to ring about a family.",
        TASK,
        (Purpose.REPORTING, Purpose.KEEPING_IN_TOUCH),
        SIGNING_TEAM,
        _street(),
    ),
)
