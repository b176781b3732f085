"""What every part of the demonstration shares: clock, dice, the people who act, rows waiting to be copied."""

import datetime
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from earlyhelp.demonstration import agreements, district
from earlyhelp.demonstration.copying import Load
from referrals.models import GuidanceRead, MailDomain
from referrals.queries.guidance import cards
from referrals.rules.school_notices import CARD
from sharing_agreements.models import (
    Agency,
    Agreement,
    AgreementExample,
    Clause,
    Involvement,
    Party,
    Person,
    Post,
    Practitioner,
    SchoolTerm,
    Team,
)
from sharing_agreements.models.facts import SharingConsent, StageChange
from sharing_agreements.vocabulary import AgencyType, AgreementState, InvolvementReason, Role, Stage
from sharing_agreements.working_time import LONDON

One = TypeVar("One")
UNUSABLE = "!demonstration"
LONG_AGO = datetime.date(2021, 9, 1)


class World:
    """Marlbeck on one day, from one seed: the same seed and day give the same district, ids included."""

    def __init__(self, *, seed: int, today: datetime.date) -> None:
        self.today = today
        self.now = datetime.datetime.combine(today, datetime.time(10, 20), LONDON)
        self.dice = random.Random(f"{seed} {today.isoformat()}")  # noqa: S311  not a secret: repeatable on purpose
        self.load = Load()
        self.agencies: dict[int, Agency] = {}
        self.posts: list[Post] = []
        self.led: Counter[UUID] = Counter()

    def uid(self) -> UUID:
        """The next id."""
        return UUID(int=self.dice.getrandbits(128), version=4)

    def pick(self, weights: Mapping[One, float]) -> One:
        """One key, by weight."""
        return self.dice.choices(list(weights), list(weights.values()))[0]

    def chance(self, share: float) -> bool:
        """True in `share` of cases."""
        return self.dice.random() < share

    def moment(self, day: datetime.date, *, office: bool = True) -> datetime.datetime:
        """A time on a day, London: in office hours, or any time."""
        minutes = self.dice.randrange(8 * 60, 17 * 60) if office else self.dice.randrange(24 * 60)
        return datetime.datetime.combine(day, datetime.time(minutes // 60, minutes % 60), LONDON)

    def post(self, agency: int | None = None, *roles: Role) -> Post:
        """Somebody who holds a post today, in this agency if given, in one of these roles if given."""
        fitting = [
            p
            for p in self.posts
            if (agency is None or p.agency.no == agency) and (not roles or p.role in roles) and p.ends_on is None
        ]
        return self.dice.choice(fitting)

    def owned(self, by: Post, at: datetime.datetime, **more: Any) -> dict[str, Any]:
        """The columns every new governed row of `by` has. `about` follows `person_id` unless given."""
        person = more.get("person_id")
        return {
            "id": self.uid(),
            "owner_id": by.agency_id,
            "author_id": by.practitioner_id,
            "happened_on": at.astimezone(LONDON).date(),
            "recorded_at": at,
            "team_no": by.team.no if by.team else None,
            "about": [person] if person else [],
            **more,
        }

    def involve(
        self,
        people: Sequence[UUID],
        agency: Agency,
        reason: InvolvementReason,
        start: datetime.date,
        *,
        practitioner: Practitioner | None = None,
        end: datetime.date | None = None,
    ) -> None:
        """An agency, or a named practitioner of it, works with these people between two days."""
        for person in people:
            self.load.add(
                Involvement(
                    id=self.uid(), person_id=person, agency=agency, practitioner=practitioner, reason=reason,
                    starts_on=start, ends_on=end, added_at=self.moment(start),
                )
            )  # fmt: skip

    def stage(self, people: Sequence[UUID], stage: Stage, at: datetime.datetime) -> None:
        """These people's case reached a stage."""
        for person in people:
            self.load.add(StageChange(id=self.uid(), person_id=person, stage=stage, changed_at=at))

    def agree_to_sharing(self, people: Sequence[UUID], until: datetime.date | None, at: datetime.datetime) -> None:
        """What these people agreed about sharing."""
        for person in people:
            self.load.add(SharingConsent(id=self.uid(), person_id=person, until=until, recorded_at=at))

    def person(self) -> UUID:
        """A new anchor."""
        anchor = Person(id=self.uid())
        self.load.add(anchor)
        return anchor.id


def settle(world: World) -> None:
    """Put the agencies, practitioners, posts and agreements of the district in place."""
    for row in district.AGENCIES:
        world.agencies[row.no] = Agency(
            id=world.uid(), no=row.no, name=row.name, short_name=row.short, type=row.type, district="Marlbeck",
            phone=row.phone, sensitive=row.sensitive,
            out_of_hours_phone=district.OUT_OF_HOURS if row.type == AgencyType.HUB else "",
            email=f"{row.short.lower().replace(' ', '.').replace(chr(39), '')}@example.org",
        )  # fmt: skip
    hub = world.agencies[district.HUB]
    hub.host, hub.controller = world.agencies[district.SOCIAL], "Marlbeck Council"
    for domain, no in district.MAIL_DOMAINS.items():
        world.load.add(MailDomain(domain=domain, agency=world.agencies[no]))
    ordered = [world.agencies[district.SOCIAL], *(a for a in world.agencies.values() if a.no != district.SOCIAL)]
    world.load.add(*ordered)
    _people(world)
    _school_days(world)
    for agreement in agreements.AGREEMENTS:
        _agree(world, agreement)


def _people(world: World) -> None:
    people: dict[str, Practitioner] = {}
    teams: dict[tuple[int, str], Team] = {}
    for row in district.POSTS:
        agency = world.agencies[row.agency]
        if row.name not in people:
            email = f"{row.name.lower().replace(' ', '.')}@example.org"
            people[row.name] = Practitioner(
                id=world.uid(), no=len(people) + 1, provider="local", subject=email, email=email, name=row.name,
                password=UNUSABLE, phone=agency.phone[:-1] + str(len(people) % 10), is_demonstration=True,
            )  # fmt: skip
            world.load.add(people[row.name])
        if row.team and (row.agency, row.team) not in teams:
            teams[row.agency, row.team] = Team(id=world.uid(), no=len(teams) + 1, agency=agency, name=row.team)
            world.load.add(teams[row.agency, row.team])
        ended = world.today - datetime.timedelta(days=row.days_ago_ended) if row.days_ago_ended else None
        post = Post(
            id=world.uid(), practitioner=people[row.name], agency=agency, team=teams.get((row.agency, row.team)),
            role=row.role, title=row.title, starts_on=LONG_AGO, ends_on=ended, key_adult=row.key_adult,
        )  # fmt: skip
        world.posts.append(post)
        world.load.add(post)


def _school_days(world: World) -> None:
    """Terms of the last, this and the next school year, and the key adults who have read the card."""
    for year in range(world.today.year - 2, world.today.year + 2):
        for m, d, to_m, to_d in district.TERMS:
            in_year = year if m >= 9 else year + 1
            first, last = datetime.date(in_year, m, d), datetime.date(in_year, to_m, to_d)
            world.load.add(SchoolTerm(first_day=first, last_day=last))
    for post in world.posts:
        if post.key_adult and post.practitioner.name in district.BRIEFED:
            read_at = world.moment(world.today - datetime.timedelta(days=40))
            world.load.add(
                GuidanceRead(
                    id=world.uid(), practitioner=post.practitioner, card=CARD, version=cards()[CARD].version,
                    read_at=read_at,
                )
            )  # fmt: skip


def _agree(world: World, row: agreements.AgreementRow) -> None:
    signed_on = world.today - datetime.timedelta(days=365)
    agreement = Agreement(
        id=world.uid(), reference=row.reference, title=row.title, overarching=row.overarching, aim=row.aim,
        lawful_basis=row.basis, purposes=list(row.purposes), starts_on=signed_on,
        drafter=world.agencies[district.EARLY],
        state=AgreementState.PROPOSED if row.unsigned else AgreementState.SIGNED,
        ends_on=world.today + datetime.timedelta(days=row.days_left),
        review_on=world.today + datetime.timedelta(days=min(row.days_left, 200)),
    )  # fmt: skip
    world.load.add(agreement)
    for no in row.parties:
        signed = no not in row.unsigned
        world.load.add(
            Party(
                id=world.uid(), agreement=agreement, agency=world.agencies[no],
                signatory_name=f"{world.dice.choice(SIGNATORIES)}" if signed else "",
                signatory_post="Head of service" if signed else "",
                signed_at=world.moment(signed_on - datetime.timedelta(days=3)) if signed else None,
            )
        )  # fmt: skip
    for number, clause in enumerate(row.clauses, start=1):
        world.load.add(
            Clause(
                id=world.uid(), agreement=agreement, number=f"{1 + (number - 1) // 20}.{1 + (number - 1) % 20}",
                provider_type=clause.provider, recipient_type=clause.recipient, recipient_roles=list(clause.roles),
                kind=clause.kind, level=clause.level, needs_involvement=clause.involved, needs_consent=clause.consent,
                stages=[int(stage) for stage in clause.stages], how_far_back=clause.back,
            )
        )  # fmt: skip
    for number, example in enumerate(agreements.EXAMPLES.get(row.reference, ()), start=1):
        named = None if isinstance(example.recipient, AgencyType) else world.agencies[example.recipient]
        world.load.add(
            AgreementExample(
                id=world.uid(), agreement=agreement, number=number, must_see=example.must_see, recipient_agency=named,
                recipient_type="" if named else example.recipient, recipient_group="" if named else example.group,
                recipient_district=example.district, role=example.role, purpose=example.purpose,
                provider_type=example.provider, kind=example.kind, level=example.level, is_involved=example.involved,
                agrees=example.agrees, stage=example.stage, age=example.age,
            )
        )  # fmt: skip


SIGNATORIES = ("H. Abara", "J. Lister", "M. Osgood", "R. Dhillon", "S. Pike", "T. Farrow", "V. Ekström")
