"""Marlbeck's agreements: their clauses, and the examples that are signed with them, as tables."""

from typing import NamedTuple

from earlyhelp.demonstration.district import (
    AGENCIES,
    BRIDGE,
    EARLY,
    FENWATER,
    HEALTH,
    HOMES,
    HOSPITAL,
    HUB,
    KITE,
    OAK,
    POLICE,
    QUARRY,
    SOCIAL,
    SURGERY,
    TRANSPORT,
    YOUTH,
)
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
