"""Early help spells: offered, accepted or declined, a lead and a team, and on to where each stands today."""

import datetime
from uuid import UUID

from cases import lifecycle
from cases.models import (
    Answer,
    Assessment,
    AssessmentAnswer,
    Case,
    ChildInCase,
    ConsentToHelp,
    FamilyMember,
    Household,
    HouseholdMember,
    LeadAssignment,
    Relationship,
    SchoolPlace,
    TeamMember,
)
from cases.vocabulary import AssignmentWhy, CaseState, ConsentState, EventSource, FamilyPart, RelationshipType
from earlyhelp.demonstration import agreements, district, helping, names
from earlyhelp.demonstration.families import Home, account
from earlyhelp.demonstration.spell import Fate, Spell
from earlyhelp.demonstration.world import World
from sharing_agreements.models import Post
from sharing_agreements.vocabulary import InvolvementReason, Kind, Role

HELPING = (district.QUARRY, district.HEALTH, district.KITE, district.EARLY, district.POLICE)


def help_family(
    world: World, home: Home, opened: datetime.datetime, fate: Fate, *, number: int, lead: Post | None = None
) -> Spell:
    """Write one spell, from the offer to where it stands today."""
    hub = world.post(district.HUB, Role.DECISION_MAKER)
    lead = lead or _least_loaded(world, fate)
    case = Case(
        **{**world.owned(hub, opened, family_id=home.family), "about": [c.person for c in home.children]},
        sent_to=world.agencies[district.EARLY], reference=f"EH-{1000 + number}",
        why="Needs in several headings; the family would like help that fits together.",
    )  # fmt: skip
    spell = Spell(world, home, opened, fate, case, [], lead)
    spell.children = [
        ChildInCase(
            **{**world.owned(hub, opened, person_id=child.person, family_id=home.family)}, case=case,
            sent_to=world.agencies[district.EARLY], state=CaseState.OFFERED, since=opened,
        )
        for child in home.children
    ]  # fmt: skip
    world.load.add(case, *spell.children)
    world.stage(spell.people, lifecycle.STAGE[CaseState.OFFERED], opened)
    world.involve(
        home.people, world.agencies[district.EARLY], InvolvementReason.TEAM, opened.date(), end=spell.last_day()
    )
    spell.tell(hub, opened, Kind.CASE, EventSource.CASE, case.id, "Early help offered")
    _who_is_who(spell)
    if fate.state != CaseState.OFFERED:
        _begin(spell)
    return spell


def _least_loaded(world: World, fate: Fate) -> Post:
    """Who leads: somebody of an agency in the team agreement, the fewest cases first; or whoever has left."""
    leads = [
        p for p in world.posts if p.role == Role.LEAD_PRACTITIONER and p.agency.no in agreements.SIGNING_TEAM
        and (p.ends_on is None) != (fate.stalled == "lead_left")
    ]  # fmt: skip
    chosen = min(leads, key=lambda post: (world.led[post.id], world.dice.random()))
    world.led[chosen.id] += fate.state in {CaseState.ASSESSING, CaseState.PLAN_ACTIVE}
    return chosen


def _who_is_who(spell: Spell) -> None:
    """The family as early help writes it down: accounts, parts, parents."""
    world, home, by = spell.world, spell.home, spell.world.post(district.EARLY, Role.COORDINATOR)
    at = spell.opened
    for member in home.everybody:
        part = FamilyPart.CHILD if member.is_child else FamilyPart.PARENT
        part = FamilyPart.UNBORN if member.is_unborn else part
        account(world, member, home, by, at, family_id=home.family)
        spell.add(FamilyMember(**world.owned(by, at, person_id=member.person, family_id=home.family), part=part))
    _home(spell, by, at)
    for parent in [home.mother, *([home.father] if home.father else [])]:
        for child in home.children:
            columns = world.owned(by, at, person_id=parent.person, family_id=home.family)
            spell.add(
                Relationship(
                    **{**columns, "about": [parent.person, child.person]}, to_person_id=child.person,
                    type=RelationshipType.PARENT, parental_responsibility=True, main_carer=parent is home.mother,
                )
            )  # fmt: skip


def _home(spell: Spell, by: Post, at: datetime.datetime) -> None:
    """Who lives together, and where the children go to school."""
    world, home = spell.world, spell.home
    columns = world.owned(by, at, family_id=home.family)
    household = Household(**{**columns, "about": home.people}, name=f"{home.mother.given}'s home")
    spell.add(household)
    for member in home.everybody:
        row = world.owned(by, at, person_id=member.person, family_id=home.family)
        if member.person not in home.elsewhere:
            spell.add(HouseholdMember(**row, household=household, from_date=at.date()))
        if member.school:
            row = world.owned(by, at, person_id=member.person, family_id=home.family)
            spell.add(SchoolPlace(**row, school=member.school, name=member.school.name, from_date=at.date()))


def _begin(spell: Spell) -> None:
    """The family says yes (or no), somebody leads, the plan is made; then on to where it stands."""
    world, fate = spell.world, spell.fate
    coordinator, manager = world.post(district.EARLY, Role.COORDINATOR), world.post(district.EARLY, Role.MANAGER)
    at = spell.opened + datetime.timedelta(days=2)
    says = ConsentState.DECLINED if fate.state == CaseState.DECLINED else ConsentState.AGREED
    for adult in [spell.home.mother.person]:
        spell.add(ConsentToHelp(**spell.row(coordinator, at, adult), case=spell.case, state=says))
    if fate.state == CaseState.DECLINED:
        spell.move(manager, at + datetime.timedelta(days=3), CaseState.DECLINED, "the family does not want help now")
        return
    world.agree_to_sharing(spell.home.people, world.today + datetime.timedelta(days=300), at)
    spell.move(coordinator, at, CaseState.WAITING, "the family said yes")
    if fate.state == CaseState.WAITING:
        return
    began = min(at + datetime.timedelta(days=world.dice.randrange(2, 9)), world.now)
    _lead(spell, coordinator, began)
    spell.move(spell.lead, began, CaseState.ASSESSING, "the lead has accepted")
    planned = min(began + datetime.timedelta(days=world.dice.randrange(7, 18)), world.now)
    assessment = Assessment(
        **spell.row(spell.lead, began), case=spell.case, due_on=(began + datetime.timedelta(days=14)).date(),
        finished_at=None if fate.state == CaseState.ASSESSING else planned,
        conclusion="" if fate.state == CaseState.ASSESSING else "A plan with the family, reviewed every six weeks.",
    )  # fmt: skip
    spell.add(assessment)
    if fate.state == CaseState.ASSESSING:
        return
    _answer(spell, assessment, planned)
    _team(spell, planned)
    spell.move(spell.lead, planned, CaseState.PLAN_ACTIVE, "a plan the family agreed to")
    helping.make_plan(spell, planned)
    helping.work(spell, planned)
    helping.finish(spell, manager)


def _answer(spell: Spell, assessment: Assessment, at: datetime.datetime) -> None:
    """What the family and the lead wrote, on the form that ships."""
    lead, children, mother = spell.lead, [child.person for child in spell.home.children], spell.home.mother.person
    said: list[tuple[str, UUID | None, str, int | None]] = [
        ("worries", None, "Rows at home and missed school.", None),
        ("strengths", None, "A mother who asked, a grandmother close by.", None),
        ("needs_to_happen", None, "Mornings that work; a quiet home.", None),
        ("home", None, "Two rooms for all of them; dry and warm.", 6),
        ("money", None, "Short at the end of the month.", 4),
        ("parent_words", mother, "We want the same people to keep coming.", None),
    ]
    for child in children:
        said += [
            ("learning", child, "There most days.", spell.world.dice.randrange(2, 8)),
            ("child_words", child, spell.world.dice.choice(names.WORDS), None),
        ]
    for question, person, words, score in said:
        row = spell.row(lead, at, person) if person else spell.row(lead, at)
        spell.add(
            AssessmentAnswer(
                **row, assessment=assessment, question=question, words=words, score=score, revision=1, said_on=at.date()
            )
        )


def _lead(spell: Spell, asked_by: Post, at: datetime.datetime) -> None:
    world, lead = spell.world, spell.lead
    asked = LeadAssignment(
        **{**spell.row(asked_by, at), "sent_to": lead.agency, "sent_to_practitioner": lead.practitioner},
        case=spell.case, practitioner=lead.practitioner, agency=lead.agency, why=AssignmentWhy.FIRST,
    )  # fmt: skip
    yes = Answer(
        **{**spell.row(lead, at), "sent_to": asked_by.agency, "sent_to_practitioner": asked_by.practitioner},
        kind=Kind.CASE, assignment=asked, accepted=True,
    )  # fmt: skip
    spell.add(asked, yes)
    world.involve(
        spell.home.people,
        lead.agency,
        InvolvementReason.LEAD,
        at.date(),
        practitioner=lead.practitioner,
        end=spell.last_day(),
    )
    title = f"{lead.practitioner.name}, {lead.agency.short_name}, is lead practitioner"
    spell.tell(lead, at, Kind.CASE, EventSource.LEAD, asked.id, title)


def _team(spell: Spell, at: datetime.datetime) -> None:
    world = spell.world
    others = [no for no in HELPING if no != spell.lead.agency.no]
    for no in world.dice.sample(others, 2):
        member = world.post(no, Role.LEAD_PRACTITIONER, Role.TEAM_MEMBER)
        row = TeamMember(
            **{**spell.row(spell.lead, at), "sent_to": member.agency, "sent_to_practitioner": member.practitioner},
            kind=Kind.CASE, case=spell.case, practitioner=member.practitioner, agency=member.agency,
            part=member.title, ended_on=spell.last_day(),
        )  # fmt: skip
        yes = Answer(
            **{**spell.row(member, at), "sent_to": spell.lead.agency, "sent_to_practitioner": spell.lead.practitioner},
            kind=Kind.CASE, team_member=row, accepted=True,
        )  # fmt: skip
        spell.add(row, yes)
        spell.team.append(member)
        world.involve(
            spell.home.people, member.agency, InvolvementReason.TEAM, at.date(), practitioner=member.practitioner,
            end=spell.last_day(),
        )  # fmt: skip
