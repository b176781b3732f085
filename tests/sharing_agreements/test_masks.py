"""What masks are made of, and what makes them old: the pairs of bits of a clause, and the version of the rules."""

import datetime

import pytest
from django.db import connection
from django.utils import timezone

from sharing_agreements.models import Agreement, AgreementMove, Clause, Party
from sharing_agreements.vocabulary import AgencyType, AgreementState, Kind, Level, Purpose, Role, Stage
from tests import cast
from tests.conftest import as_login

pytestmark = pytest.mark.django_db
SIGNED, SUSPENDED, DRAFT, PROPOSED = (
    AgreementState.SIGNED, AgreementState.SUSPENDED, AgreementState.DRAFT, AgreementState.PROPOSED,
)  # fmt: skip


def ask(question: str, *given: object):
    """One value, as the gate's own role reads it."""
    with connection.cursor() as cursor:
        cursor.execute("set local role eh_gate")
        cursor.execute(question, given)
        (answer,) = cursor.fetchone()
        cursor.execute("set local role eh_owner")
    return answer


def rows(question: str, *given: object) -> list[tuple]:
    """Rows, as the gate's own role reads them."""
    with connection.cursor() as cursor:
        cursor.execute("set local role eh_gate")
        cursor.execute(question, given)
        found = cursor.fetchall()
        cursor.execute("set local role eh_owner")
    return found


@pytest.mark.parametrize("stages", [1, 2, 64, 128, 0b1010, 0b11000101, 255, 257])
@pytest.mark.parametrize("needs_consent", [True, False])
def test_a_stage_is_a_bit_without_agreement_to_sharing_and_one_with(stages: int, needs_consent: bool):
    pairs = sum((2 if needs_consent else 3) << (stage * 2) for stage in range(8) if stages & (1 << stage))
    assert ask("select gate.stage_bits(%s, %s)", stages, needs_consent) == pairs


@pytest.fixture
def everybody() -> cast.Cast:
    return cast.assemble()


def version() -> int:
    """The version of the rules."""
    return int(ask("select version from gate.rules_version"))


def moved(agreement: Agreement, before: str, after: str) -> AgreementMove:
    """A move, always at the same moment."""
    return AgreementMove.objects.create(
        agreement=agreement, verb="sign", from_state=before, to_state=after, moved_at=cast.SIGNED_AT
    )


CHANGES = {
    "an agency": (lambda who: who.police.save(), True),
    "an agreement's last day": (
        lambda who: Agreement.objects.filter(pk=who.triage.pk).update(ends_on=cast.today()),
        True,
    ),
    "a party": (lambda who: Party.objects.filter(agreement=who.triage).update(left_on=None), True),
    "a clause": (lambda who: Clause.objects.filter(agreement=who.triage).update(needs_consent=False), True),
    "coming into force": (lambda who: moved(who.triage, PROPOSED, SIGNED), True),
    "suspension": (lambda who: moved(who.triage, SIGNED, SUSPENDED), True),
    "a proposal": (lambda who: moved(who.triage, DRAFT, PROPOSED), False),
    "a move rewritten": (
        lambda who: AgreementMove.objects.filter(agreement=who.triage).update(moved_at=cast.SIGNED_AT),
        True,
    ),
    "a move taken out": (lambda who: AgreementMove.objects.filter(agreement=who.triage).delete(), True),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_makes_every_mask_old(everybody: cast.Cast, what: str):
    change, makes_old = CHANGES[what]
    moved(everybody.triage, PROPOSED, SIGNED)
    before = version()
    change(everybody)
    assert (version() > before) is makes_old


def test_writing_a_draft_recompiles_nobody(everybody: cast.Cast):
    before = version()
    with as_login("eh_web"), connection.cursor() as cursor:
        cursor.execute("update sharing_agreements_agreement set aim = aim where false")
        cursor.execute("update sharing_agreements_clause set number = number where false")
    assert version() == before


def test_an_agency_of_another_type_makes_every_mask_old_outside_maintenance_too(everybody: cast.Cast):
    before = version()
    with connection.cursor() as cursor:
        cursor.execute("set local earlyhelp.maintenance = 'off'")
        cursor.execute("update sharing_agreements_agency set name = name where no = %s", [everybody.police.no])
        cursor.execute("set local earlyhelp.maintenance = 'on'")
    assert version() > before


@pytest.mark.parametrize(("days", "counts"), [(-1, False), (0, True), (1, True)])
def test_a_move_counts_from_its_own_day(everybody: cast.Cast, days: int, counts: bool):
    last = AgreementMove.objects.filter(agreement=everybody.triage).latest("moved_at", "no")
    moved_on = timezone.localdate(last.moved_at)
    state = "select max(state) from gate.states_on(%s) where agreement_id = %s"
    found = ask(state, moved_on + datetime.timedelta(days=days), everybody.triage.pk)
    assert (found == last.to_state) is counts


def test_of_two_moves_at_one_moment_the_later_number_counts(everybody: cast.Cast):
    for before, after in ((PROPOSED, SIGNED), (SIGNED, SUSPENDED), (SUSPENDED, SIGNED)):
        moved(everybody.triage, before, after)
    assert (
        ask("select state from gate.states_on(%s) where agreement_id = %s", cast.today(), everybody.triage.pk) == SIGNED
    )
    moved(everybody.triage, SIGNED, SUSPENDED)
    assert (
        ask("select state from gate.states_on(%s) where agreement_id = %s", cast.today(), everybody.triage.pk)
        == SUSPENDED
    )


@pytest.mark.parametrize("principal", ["agency", "role", "purpose"])
def test_masks_are_kept_once_for_each_principal_and_old_ones_go(everybody: cast.Cast, principal: str):
    one = [everybody.hub.no, "decision_maker", str(Purpose.TRIAGE)]
    other = list(one)
    change = {"agency": (0, everybody.police.no), "role": (1, "navigator"), "purpose": (2, str(Purpose.EARLY_HELP))}
    place, value = change[principal]
    other[place] = value
    kept = "select count(*) from gate.mask where (agency_no, role, purpose) = (%s, %s, %s)"
    levels = len(Level)
    for who in (one, other):
        ask("select gate.begin(%s::smallint, %s, %s)", *who)
        assert ask(kept, *who) == levels * 6
    everybody.police.save()
    ask("select gate.begin(%s::smallint, %s, %s)", *one)
    assert ask(kept, *one) == levels * 6
    assert ask(kept, *other) == levels * 6, "another principal's masks are not taken out with these"
    assert ask("select min(version) from gate.mask where (agency_no, role, purpose) = (%s, %s, %s)", *one) == version()
    ask("with older as (update gate.mask set day = day - 1 returning 1) select count(*) from older")
    ask("select gate.begin(%s::smallint, %s, %s)", *one)
    assert ask(f"{kept} and day = gate.today()", *one) == ask(kept, *one) == levels * 6, "yesterday's are made again"


REACHES = {12: {12, 36, 0}, 36: {36, 0}, 0: {0}}
"""Months: which clauses reach rows of an age (up to 12, up to 36, older): theirs, wider ones, and those for any."""
DEPTH = {Level.EXISTENCE: 1, Level.SUMMARY: 2, Level.FULL: 3}


def opened(bits: bytes) -> set[tuple[int, int, int, bool]]:
    """Provider, kind, stage, and whether the person agrees to sharing, for each bit that is set."""
    places = (n for n in range(len(bits) * 8) if bits[n // 8] >> (n % 8) & 1)
    return {(n // 512, n // 16 % 32, n % 16 // 2, bool(n % 2)) for n in places}


CLAUSES = [
    # Whose, kind, level, months, whether it needs involvement and consent, stages.
    ("Force", Kind.NOTE, Level.SUMMARY, 36, True, True, [Stage.CONTACT, Stage.CLOSED]),
    ("Force", Kind.NOTE, Level.EXISTENCE, 0, False, False, [Stage.NONE]),
    ("Ward", Kind.NOTE, Level.FULL, 12, False, True, []),
    ("Ward", Kind.FEEDBACK, Level.FULL, 0, True, False, [Stage.PLAN_OPEN]),
]


def test_every_bit_of_every_mask_is_what_some_clause_opens():
    force, ward = cast.agency("Force", AgencyType.POLICE), cast.agency("Ward", AgencyType.HOSPITAL)
    homes, last = cast.agency("Homes", AgencyType.HOUSING), cast.agency("Pals", AgencyType.CHARITY)
    columns = ("kind", "level", "how_far_back", "needs_involvement", "needs_consent", "stages")
    made = [
        {"provider_agency": {"Force": force, "Ward": ward}[whose], **dict(zip(columns, words, strict=True))}
        for whose, *words in CLAUSES
    ]
    to_homes = {"recipient_agency": homes, "recipient_roles": [Role.MANAGER]}
    purposes = [Purpose.EARLY_HELP]
    cast.agreement(force, ward, homes, purposes=purposes, clauses=[one | to_homes for one in made])
    masks = rows("select * from gate.compute_masks(%s::smallint, 'manager', 'early_help')", homes.no)
    assert {len(bits) for *_, bits in masks} == {(last.no + 1) * 64}
    wanted = {
        (level, age, involved): {
            (one["provider_agency"].no, one["kind"], stage, agrees)
            for one in made
            if DEPTH[one["level"]] >= level
            and one["how_far_back"] in reached
            and (involved or not one["needs_involvement"])
            for stage in one["stages"] or range(8)
            for agrees in ([True] if one["needs_consent"] else [False, True])
        }
        for level in (1, 2, 3)
        for age, reached in REACHES.items()
        for involved in (False, True)
    }
    assert {tuple(which): opened(bytes(bits)) for *which, bits in masks} == {
        which: bits for which, bits in wanted.items() if bits
    }
