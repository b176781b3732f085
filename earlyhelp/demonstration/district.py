"""Marlbeck's agencies and practitioners, as tables. Every name is made up.

Sixteen organisations; the council appears as the services that sign for themselves, and the hub as the room
they share, so nineteen agencies have a number of their own.
"""

from typing import NamedTuple

from sharing_agreements.vocabulary import AgencyType, Role

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
MAIL_DOMAINS = {"crossline.example.org": TRANSPORT}
"""Work addresses of forces whose officers may come in by a code."""
OUT_OF_HOURS = "01632 960199"
BRIEFED = ("Amira Haddad",)
"""Key adults who have read the card on notices to schools; the others must read it before one reaches them."""
TERMS = ((9, 2, 10, 23), (11, 2, 12, 18), (1, 5, 2, 12), (2, 22, 3, 26), (4, 12, 5, 27), (6, 7, 7, 21))
"""First and last day of each half term, month and day, from September on: the same in every school year of Marlbeck."""


class PostRow(NamedTuple):
    """One post: who, where, as what; `days_ago_ended` for somebody who has left."""

    name: str
    agency: int
    role: Role
    title: str
    team: str = ""
    days_ago_ended: int | None = None
    key_adult: bool = False
    """Gets notices of domestic abuse for the school."""


POSTS = (
    # the six the README introduces, in its order: the personas page shows them first
    PostRow("Cleo Marsh", POLICE, Role.REPORTER, "Response officer", "North response"),
    PostRow("Hana Whitlock", HUB, Role.DECISION_MAKER, "Hub social worker"),
    PostRow("Esi Boateng", EARLY, Role.MANAGER, "Early help manager"),
    PostRow("Eddie Sharpe", EARLY, Role.LEAD_PRACTITIONER, "Family worker"),
    PostRow("Amira Haddad", QUARRY, Role.LEAD_PRACTITIONER, "Deputy safeguarding lead", key_adult=True),
    PostRow("Dev Anand", OAK, Role.TEAM_MEMBER, "Designated safeguarding lead", key_adult=True),
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
    PostRow("Martin Hale", FENWATER, Role.LEAD_PRACTITIONER, "Designated safeguarding lead", key_adult=True),
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
