"""A random world with a word of its own in every text of every record, so that what a page shows can be traced.

The world is tests/worlds.py's with every kind of record; its rows hang together as one family's, because a page joins
them, but who owns, wrote, was sent or is kept from each row is random. Everything happens in the caller's transaction.
"""

import itertools
import random
import re
import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import IntegrityError, connection, models, transaction

from cases.models import FamilyMember, Service
from cases.models.whom import AboutOne
from referrals import models as referrals
from referrals.web.reading_contacts import MARKS
from sharing_agreements.models import (
    Address,
    Agency,
    Family,
    Identity,
    IdentityDetail,
    Person,
    Post,
    Practitioner,
    RecordException,
    SharedRecord,
    Team,
)
from sharing_agreements.vocabulary import CASEWORK_ROLES, AgreementState, Kind, Level, Purpose, Role
from tests import cast, proving, worlds
from tests.oracle import Agreement, Clause, Party, Record, Viewer, World
from tests.sharing_agreements.test_canaries import governed_models

WORD = re.compile(r"(?<![a-z0-9])zq\d+z(?![a-z0-9])", re.IGNORECASE)
"""Standing alone: the random tokens of a page hold such letters now and then."""
ROWS_EACH, MUCH = 2, 12
SHORTEST = 8
"""A text column shorter than this cannot hold a word of its own."""
FACTS = frozenset(SharedRecord.FACTS) | {"version", "id"}
CONCERNS = "referrals"
ABOUT_ONE = (
    *(AboutOne, referrals.ReportedChild, referrals.ReportedAdult, referrals.Match, referrals.Decision),
    *(referrals.FollowUp, referrals.DisagreementRung, referrals.AdultOfConcern, Identity, IdentityDetail, Address),
)
"""Models of which every row has one main person."""


class Maker(worlds.Maker):
    """Worlds in which much is open, so that pages have something to show and something to keep back."""

    kinds = list(Kind)
    purposes = [Purpose.TRIAGE, Purpose.EARLY_HELP, Purpose.REPORTING]
    clauses = (50, 90)

    def agreement(self) -> Agreement:
        """Half of them are one that everybody signed long ago for every purpose."""
        made = super().agreement()
        if self.chance(5):
            return made
        signed = self.moment(-300)
        return replace(
            made,
            moves=((signed, AgreementState.SIGNED),),
            purposes=frozenset(self.purposes),
            parties=tuple(Party(no, signed, None) for no in self.numbers),
        )

    def clause(self) -> Clause:
        """Most open much."""
        made = super().clause()
        return made if self.chance(3) else replace(made, level=Level.FULL, needs_involvement=False, how_far_back=0)

    def viewer(self) -> Viewer:
        """Mostly people who open records; now and then somebody who never may."""
        role = self.pick(sorted(CASEWORK_ROLES)) if self.chance(9) else self.pick(list(Role))
        made = replace(super().viewer(), role=Role(role))
        return replace(made, agency=self.pick([1, 2])) if self.chance(5) else made

    def record(self, no: int) -> Record:
        """Two agencies hold most of it."""
        made = super().record(no)
        return replace(made, owner=self.pick([1, 2])) if self.chance(6) else made


@dataclass
class Garden:
    """A world as it stands in the database."""

    world: World
    family: uuid.UUID
    service: uuid.UUID
    posts: dict[int, Post]
    """By practitioner."""
    rows: dict[type[models.Model], list[SharedRecord]] = field(default_factory=dict)
    records: dict[uuid.UUID, Record] = field(default_factory=dict)
    words: dict[str, tuple[uuid.UUID, str]] = field(default_factory=dict)
    """Word -> the row it stands in, and the column."""
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def word_in(self, row: SharedRecord, column: str) -> str:
        """The word of a column, or the row's id; the empty text where none fits."""
        if column == "id":
            return str(row.pk)
        found = WORD.search(str(getattr(row, column)))
        return found.group(0) if found else ""


def plant(source: random.Random, *, much_of: Collection[type[models.Model]] = (), makes: type[Maker] = Maker) -> Garden:
    """Write a world, its posts and a few rows of every governed table, and many of those in `much_of`.

    Needs `forget_checks` to have run.
    """
    maker = makes(source, cast.today())
    world = maker.world()
    world.records, world.shares, world.overdue = [], [], set()
    world.viewers = list({viewer.practitioner: viewer for viewer in world.viewers}.values())
    with_post = {viewer.practitioner for viewer in world.viewers}
    world.emergencies = [one for one in world.emergencies if one.practitioner in with_post]
    with connection.cursor() as cursor:
        proving.load(cursor.cursor, world)
        cursor.execute("update sharing_agreements_agency set name = 'Agency ' || no, short_name = 'A' || no")
    Team.objects.bulk_create(
        Team(no=no, agency_id=proving.agency_id(agency), name=f"Team {no}") for no, agency in world.teams.items()
    )
    service = Service.objects.create(their_id="1", name="Food bank", imported_at=cast.SIGNED_AT)
    posts = {viewer.practitioner: _post(viewer) for viewer in world.viewers}
    garden = Garden(world, Family.objects.create().pk, service.pk, posts)
    for model in governed_models():
        for _ in range(MUCH if model in much_of else ROWS_EACH):
            _grow(garden, maker, model)
    world.records = list(garden.records.values())
    world.shares = [_share(garden, maker) for _ in range(6)]
    return garden


def _post(viewer: Viewer) -> Post:
    """The post a viewer acts under, with the id that proving gives the emergency accesses under it."""
    Practitioner.objects.filter(pk=proving.practitioner_id(viewer.practitioner)).update(
        name=f"Practitioner {viewer.practitioner}", email=f"{viewer.practitioner}@example.org"
    )
    return Post.objects.create(
        id=proving.post_id(viewer.practitioner),
        practitioner_id=proving.practitioner_id(viewer.practitioner),
        agency_id=proving.agency_id(viewer.agency),
        team=Team.objects.filter(no=viewer.team).first() if viewer.team else None,
        role=viewer.role,
        starts_on=cast.LONG_AGO,
    )


def _grow(garden: Garden, maker: Maker, model: type[SharedRecord]) -> None:
    """One more row; none where a unique column says that there can be no more."""
    record = maker.record(len(garden.records) + 1)
    main = record.main or maker.pick(maker.people[:4])
    record = replace(
        record,
        kind=Kind(model.KIND or maker.pick([Kind.NOTE, Kind.HEALTH, Kind.EDUCATION, Kind.POLICE, Kind.CASE])),
        level=Level(model.LEVEL),
        main=main if issubclass(model, ABOUT_ONE) or maker.chance(7) else None,
    )
    record = replace(record, about=record.about | {record.main} if record.main else record.about or frozenset({main}))
    if record.kind == Kind.HUB_ONLY and record.sent_to:
        record = replace(record, sent_to=1)
    row = model(**_facts(garden, record, model), **_own_columns(garden, maker, model))
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return
    garden.rows.setdefault(model, []).append(row)
    garden.records[row.pk] = replace(record, kind=Kind(row.kind))
    for column in model._meta.concrete_fields:
        for word in WORD.findall(str(getattr(row, column.attname))):
            garden.words[word] = (row.pk, column.name)


def _facts(garden: Garden, record: Record, model: type[SharedRecord]) -> dict[str, Any]:
    about_family = model._meta.app_label != CONCERNS
    return {
        "id": uuid.uuid4(),
        "owner_id": proving.agency_id(record.owner),
        "author_id": proving.practitioner_id(record.author),
        "team_no": record.team,
        "family_id": garden.family if about_family else None,
        "person_id": proving.person_id(record.main) if record.main else None,
        "about": [proving.person_id(one) for one in sorted(record.about)],
        "happened_on": record.happened_on,
        "sent_to_id": proving.agency_id(record.sent_to) if record.sent_to else None,
        "sent_to_practitioner_id": (
            proving.practitioner_id(record.sent_to_practitioner) if record.sent_to_practitioner else None
        ),
        "hidden_from": sorted(record.hidden_from),
        "kind": record.kind,
    }


def _own_columns(garden: Garden, maker: Maker, model: type[SharedRecord]) -> dict[str, Any]:
    values = {}
    for column in model._meta.concrete_fields:
        if column.name not in FACTS:
            number = next(garden.numbers)
            values[column.attname] = _key(garden, maker, column) if column.is_relation else _fill(maker, column, number)
    if model is FamilyMember:
        values["to_date"] = None
    if model is referrals.Decision:
        values["held"] = bool(values["held_for"]) and maker.chance(5)
    if model is referrals.Match:
        values["settled_by_id"] = None
    if model is referrals.ClockMark:
        values["share"] = maker.pick(sorted(MARKS))
    return values


def _key(garden: Garden, maker: Maker, column: models.Field) -> Any:
    """What a key of the model's own points at: a row planted before, or somebody of the world."""
    target: Any = column.related_model
    if target in (Person, Agency, Practitioner):
        known = {Person: maker.people[:4], Agency: maker.numbers, Practitioner: maker.practitioners}[target]
        ids = {Person: proving.person_id, Agency: proving.agency_id, Practitioner: proving.practitioner_id}[target]
        return None if column.null and maker.chance(5) else ids(maker.pick(known))
    if target is Service:
        return garden.service
    planted = [] if column.null and maker.chance(4) else garden.rows.get(target, [])
    return maker.pick(planted).pk if planted else None


def _fill(maker: Maker, column: models.Field, number: int) -> Any:
    """A value for a column: a word of its own wherever it fits."""
    if column.choices and column.blank and maker.chance(5):
        return ""
    if column.choices:
        return maker.pick(column.flatchoices)[0]
    if isinstance(column, models.CharField | models.TextField):
        return f"zq{number}z" if (column.max_length or 99) >= SHORTEST else "x"
    if isinstance(column, models.BinaryField):
        return f"zq{number}z".encode()
    if column.null or column.has_default():
        return column.get_default()
    if isinstance(column, models.BooleanField):
        return maker.chance(5)
    if isinstance(column, models.UUIDField):
        return uuid.uuid4()
    return next(value() if callable(value) else value for sort, value in _VALUES if isinstance(column, sort))


_VALUES = (
    (models.DateTimeField, cast.SIGNED_AT),
    (models.DateField, cast.today),
    (models.IntegerField, 2),
    (models.BinaryField, b"zq"),
)


def _share(garden: Garden, maker: Maker) -> Any:
    """The owner's word on one row, in the world and in the database."""
    row = maker.pick(maker.pick(list(garden.rows.values())))
    share = replace(maker.share(), record=garden.records[row.pk].no)
    RecordException.objects.create(
        verb="share",
        table_name=row._meta.db_table,
        record_id=row.pk,
        owner_no=garden.records[row.pk].owner,
        agency_id=proving.agency_id(share.agency),
        practitioner_id=proving.practitioner_id(share.practitioner) if share.practitioner else None,
        level=share.level,
        until=share.until,
        reason="",
        made_by_id=row.author_id,
        made_at=cast.SIGNED_AT,
        ended_at=cast.SIGNED_AT if share.ended else None,
    )
    return share
