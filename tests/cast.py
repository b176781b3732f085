"""The same few people in every test. Learn them once.

Marlbeck has a hub, a police force, two schools, a health trust, an early help service and a housing association.
  Amira  deputy safeguarding lead at Quarry Hill Primary, leads cases
  Ben    health visitor at Marlbeck Community Health, team member
  Cleo   response officer at Marlbeck Constabulary, reporter; Cyrus her colleague, Cath their supervisor
  Dev    teacher at Oak Green Primary, which signed nothing with the team
  Esi    manager at Marlbeck Early Help; Eddie a lead practitioner there
  Hana   hub decision-maker; Hugo hub navigator
  Farid  left the hub last month
  Gita   information-governance lead at the council's early help service
"""

import datetime
import itertools
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sharing_agreements.models import Agency, Agreement, Clause, Party, Person, Post, Practitioner
from sharing_agreements.vocabulary import AgencyType, AgreementState, Kind, Level, Purpose, Role

_numbers = itertools.count(1)
LONG_AGO = datetime.date(2020, 1, 1)
FAR_OFF = datetime.date(2099, 12, 31)
SIGNED_AT = datetime.datetime(2020, 1, 1, 12, tzinfo=datetime.UTC)


def today() -> datetime.date:
    """Today in London, as the gate sees it."""
    return datetime.datetime.now(ZoneInfo("Europe/London")).date()


def in_days(number: int) -> datetime.date:
    """The day so many days from today."""
    return today() + datetime.timedelta(days=number)


def yesterday() -> datetime.date:
    """The day before today."""
    return in_days(-1)


def tomorrow() -> datetime.date:
    """The day after today."""
    return in_days(1)


def said_today(columns: dict[str, object]) -> dict[str, object]:
    """Columns with their days: those given as `today`, `yesterday` or `tomorrow` are asked now.

    What a test is given is made up when its file is read, which may be before midnight.
    """
    return {name: value() if callable(value) else value for name, value in columns.items()}


def agency(name: str, kind: AgencyType, **more: object) -> Agency:
    """An agency in Marlbeck with the next free number."""
    no = (Agency.objects.order_by("-no").values_list("no", flat=True).first() or 0) + 1
    return Agency.objects.create(no=no, name=name, short_name=name, type=kind, district="Marlbeck", **more)


def practitioner(name: str) -> Practitioner:
    """A practitioner who can sign in with the password `correct horse battery`."""
    no = (Practitioner.objects.order_by("-no").values_list("no", flat=True).first() or 0) + 1
    return Practitioner.objects.create_practitioner(no=no, email=f"{name.lower()}@example.org", name=name)


def post(name: str, at: Agency, role: Role, **more: object) -> Post:
    """A new practitioner's post at an agency, held since long ago unless `starts_on` says otherwise."""
    return Post.objects.create(practitioner=practitioner(name), agency=at, role=role, **{"starts_on": LONG_AGO, **more})


def agreement(*parties: Agency, purposes: list[Purpose], clauses: list[dict[str, object]], **more: object) -> Agreement:
    """An agreement every party signed long ago, with clauses given as Clause fields."""
    made = Agreement.objects.create(
        **{
            "reference": f"MA-{next(_numbers)}",
            "title": "Agreement",
            "purposes": purposes,
            "aim": "Help families early.",
            "lawful_basis": "Public task.",
            "state": AgreementState.SIGNED,
            "starts_on": LONG_AGO,
            "ends_on": FAR_OFF,
            "review_on": FAR_OFF,
            **more,
        }
    )
    for one in parties:
        Party.objects.create(agreement=made, agency=one, signatory_name="A. Signatory", signed_at=SIGNED_AT)
    for number, clause in enumerate(clauses, start=1):
        Clause.objects.create(agreement=made, number=f"1.{number}", **clause)
    return made


@dataclass
class Cast:
    """Everybody, by first name; agencies by what they are."""

    hub: Agency
    police: Agency
    quarry_hill: Agency
    oak_green: Agency
    health: Agency
    early_help: Agency
    housing: Agency
    amira: Post
    ben: Post
    cleo: Post
    cyrus: Post
    dev: Post
    esi: Post
    eddie: Post
    hana: Post
    hugo: Post
    farid: Post
    gita: Post
    triage: Agreement
    team_agreement: Agreement


def assemble() -> Cast:
    """Make the cast, with the triage agreement and the team agreement signed (Oak Green and housing did not)."""
    early_help = agency("Marlbeck Early Help", AgencyType.EARLY_HELP, phone="01632 960100")
    hub = agency(
        "Marlbeck MASH",
        AgencyType.HUB,
        host=early_help,
        controller="Marlbeck Council",
        phone="01632 960123",
        out_of_hours_phone="01632 960999",
    )
    police = agency("Marlbeck Constabulary", AgencyType.POLICE)
    quarry_hill = agency("Quarry Hill Primary", AgencyType.SCHOOL)
    oak_green = agency("Oak Green Primary", AgencyType.SCHOOL)
    health = agency("Marlbeck Community Health", AgencyType.COMMUNITY_HEALTH)
    housing = agency("Marlbeck Homes", AgencyType.HOUSING)
    signed = [police, quarry_hill, health, early_help, hub]
    everyone = [Kind.IDENTITY, Kind.CONCERN, Kind.DECISION, Kind.CASE, Kind.PLAN, Kind.REVIEW, Kind.NOTE]
    types = [AgencyType.POLICE, AgencyType.SCHOOL, AgencyType.COMMUNITY_HEALTH, AgencyType.EARLY_HELP]
    hub_roles = [Role.DECISION_MAKER, Role.NAVIGATOR, Role.EMERGENCY_DUTY, Role.COORDINATOR, Role.MANAGER]
    triage = agreement(
        *signed,
        purposes=[Purpose.TRIAGE, Purpose.EARLY_HELP],
        title="MASH triage agreement",
        clauses=[
            {
                "provider_type": provider,
                "recipient_type": AgencyType.HUB,
                "recipient_roles": hub_roles,
                "kind": kind,
                "level": Level.FULL,
                "needs_involvement": False,
            }
            for provider in types
            for kind in [*everyone, Kind.ADDRESS, Kind.HEALTH, Kind.EDUCATION, Kind.POLICE, Kind.HOUSEHOLD]
        ],
    )
    team_roles = [Role.LEAD_PRACTITIONER, Role.TEAM_MEMBER, Role.COORDINATOR, Role.MANAGER]
    team_agreement = agreement(
        *signed,
        purposes=[Purpose.EARLY_HELP],
        title="Team around the family agreement",
        clauses=[
            {
                "provider_type": provider,
                "recipient_type": recipient,
                "recipient_roles": team_roles,
                "kind": kind,
                "level": Level.FULL if kind in {Kind.IDENTITY, Kind.CASE, Kind.PLAN, Kind.REVIEW} else Level.SUMMARY,
                "needs_involvement": True,
            }
            for provider in [*types, AgencyType.HUB]
            for recipient in types
            for kind in [*everyone, Kind.CONSENT, Kind.HOUSEHOLD, Kind.STAFF_SAFETY]
        ],
    )
    month_ago = today() - datetime.timedelta(days=30)
    return Cast(
        hub=hub,
        police=police,
        quarry_hill=quarry_hill,
        oak_green=oak_green,
        health=health,
        early_help=early_help,
        housing=housing,
        amira=post("Amira", quarry_hill, Role.LEAD_PRACTITIONER),
        ben=post("Ben", health, Role.TEAM_MEMBER),
        cleo=post("Cleo", police, Role.REPORTER),
        cyrus=post("Cyrus", police, Role.REPORTER),
        dev=post("Dev", oak_green, Role.TEAM_MEMBER),
        esi=post("Esi", early_help, Role.MANAGER),
        eddie=post("Eddie", early_help, Role.LEAD_PRACTITIONER),
        hana=post("Hana", hub, Role.DECISION_MAKER),
        hugo=post("Hugo", hub, Role.NAVIGATOR),
        farid=post("Farid", hub, Role.DECISION_MAKER, ends_on=month_ago),
        gita=post("Gita", early_help, Role.GOVERNANCE_LEAD),
        triage=triage,
        team_agreement=team_agreement,
    )


def person() -> Person:
    """A new anchor."""
    return Person.objects.create()
