"""The life of an agreement: who may do what in which state, what it shares on which day, and that words stay."""

import datetime

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, ProgrammingError

from sharing_agreements.lifecycle import STEPS
from sharing_agreements.models import Agreement, AgreementMove, Clause, Identity, Party
from sharing_agreements.vocabulary import AgreementState, Kind, Level, Purpose, Role
from tests import cast
from tests.conftest import as_web

pytestmark = pytest.mark.django_db
S = AgreementState
ALL = tuple(S)
VERBS = {
    "propose_agreement": (S.DRAFT,),
    "return_to_draft": (S.PROPOSED,),
    "sign_agreement": (S.PROPOSED,),
    "suspend_agreement": (S.SIGNED,),
    "resume_agreement": (S.SUSPENDED,),
    "leave_agreement": (S.SIGNED, S.SUSPENDED),
    "end_agreement": (S.DRAFT, S.PROPOSED, S.SIGNED, S.SUSPENDED),
}
"""Each verb of the gate and the states it starts from."""


@pytest.fixture
def everybody() -> cast.Cast:
    return cast.assemble()


@pytest.fixture
def leads(everybody):
    """Governance leads: Gita of early help drafts; Pia of the police and Hari of health are parties."""
    return {
        "drafter": everybody.gita,
        "party": cast.post("Pia", everybody.police, Role.GOVERNANCE_LEAD),
        "other": cast.post("Hal", everybody.housing, Role.GOVERNANCE_LEAD),
    }


def draft(everybody, *parties, **more):
    """A draft of early help's: police let early help see summaries of identities. Signed by nobody."""
    today = cast.today()
    made = Agreement.objects.create(
        **{
            "reference": f"D-{Agreement.objects.count()}",
            "title": "Working together",
            "purposes": [Purpose.EARLY_HELP],
            "powers": {Purpose.EARLY_HELP: ["children_act_2004_s10"]},
            "aim": "Help early.",
            "lawful_basis": "Public task.",
            "drafter": everybody.early_help,
            "starts_on": today,
            "ends_on": today + datetime.timedelta(days=365),
            "review_on": today + datetime.timedelta(days=365),
            **more,
        }
    )
    for one in parties or (everybody.police, everybody.early_help):
        Party.objects.create(agreement=made, agency=one)
    Clause.objects.create(
        agreement=made,
        number="1.1",
        provider_agency=everybody.police,
        recipient_agency=everybody.early_help,
        recipient_roles=[Role.LEAD_PRACTITIONER],
        kind=Kind.IDENTITY,
        level=Level.SUMMARY,
        needs_involvement=False,
    )
    return made


def digest(agreement):
    with connection.cursor() as cursor:
        cursor.execute("select gate.agreement_digest(%s)", [agreement.pk])
        return cursor.fetchone()[0]


def do(post, verb, agreement, *more):
    """The gate's verb as the web login; the SQLSTATE of a refusal, or "" when it was done."""
    given = {
        "propose_agreement": (digest(agreement),),
        "sign_agreement": (digest(agreement), "N. Signatory", "Chief officer"),
    }.get(verb, ("because",))
    try:
        with as_web(post, Purpose.GOVERNANCE), transaction.atomic(), connection.cursor() as cursor:
            arguments = [agreement.pk, *(more or given)]
            cursor.execute(f"select gate.{verb}({', '.join(['%s'] * len(arguments))})", arguments)
    except DatabaseError as error:
        return getattr(error.__cause__, "pgcode", "")
    agreement.refresh_from_db()
    return ""


def police_record(everybody):
    return Identity.objects.create(
        owner=everybody.police,
        author=everybody.cleo.practitioner,
        person=cast.person(),
        happened_on=cast.today(),
        given_name="Jo",
    )


def seen(post, purpose=Purpose.EARLY_HELP):
    with as_web(post, purpose):
        return set(Identity.objects.visible().values_list("pk", flat=True))


def rules_on(agreement, day):
    """How many clauses of it the gate applies on a day."""
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from gate.rules(%s) where agreement_id = %s", [day, agreement.pk])
        return cursor.fetchone()[0]


def in_state(everybody, state):
    """A draft brought to a state by maintenance; signed by both parties from `signed` on."""
    made = draft(everybody)
    if state not in {S.DRAFT, S.PROPOSED}:
        made.parties.update(signatory_name="A", signatory_post="B", signed_at=cast.SIGNED_AT)
    Agreement.objects.filter(pk=made.pk).update(state=state)
    made.refresh_from_db()
    return made


@pytest.mark.parametrize("state", ALL)
@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_moves_an_agreement_only_from_its_own_states(everybody, leads, verb, state):
    made = in_state(everybody, state)
    answer = do(leads["drafter"], verb, made)
    assert answer == ("" if state in VERBS[verb] else "EH409"), (verb, state)


@pytest.mark.parametrize(
    ("verb", "state", "party", "other"),
    [
        ("propose_agreement", S.DRAFT, "EH404", "EH404"),
        ("return_to_draft", S.PROPOSED, "", "EH403"),
        ("sign_agreement", S.PROPOSED, "", "EH403"),
        ("suspend_agreement", S.SIGNED, "", "EH403"),
        ("resume_agreement", S.SUSPENDED, "", "EH403"),
        ("leave_agreement", S.SIGNED, "", "EH403"),
        ("end_agreement", S.DRAFT, "EH404", "EH404"),
        ("end_agreement", S.PROPOSED, "EH403", "EH403"),
        ("end_agreement", S.SIGNED, "EH403", "EH403"),
    ],
)
def test_who_may_do_what(everybody, leads, verb, state, party, other):
    assert do(leads["other"], verb, in_state(everybody, state)) == other
    assert do(leads["party"], verb, in_state(everybody, state)) == party
    for nobody in (everybody.esi, everybody.cleo):
        assert do(nobody, verb, in_state(everybody, state)) == "EH403"


def test_the_table_of_the_life_says_what_the_gate_does():
    names = {"return": "return_to_draft"}
    starts = {}
    for step in STEPS:
        if step.verb != "replace":
            starts.setdefault(names.get(step.verb, f"{step.verb}_agreement"), set()).add(step.start)
    assert starts == {verb: set(states) for verb, states in VERBS.items()}


def test_an_agreement_shares_from_the_last_signature_on(everybody, leads):
    record = police_record(everybody)
    made = draft(everybody)
    assert do(leads["drafter"], "propose_agreement", made) == ""
    assert do(leads["drafter"], "sign_agreement", made) == ""
    assert made.state == S.PROPOSED
    assert seen(everybody.eddie) == set()
    assert do(leads["party"], "sign_agreement", made) == ""
    assert made.state == S.SIGNED
    assert seen(everybody.eddie) == {record.pk}
    assert [m.verb for m in made.moves.all()] == ["open", "propose", "sign", "sign"]
    signed = made.parties.get(agency=everybody.police)
    assert (signed.signatory_name, signed.signed_by) == ("N. Signatory", leads["party"].practitioner)
    assert signed.digest == digest(made) and len(signed.digest) == 64


def test_only_what_was_shown_is_proposed_and_signed(everybody, leads):
    made = draft(everybody)
    assert do(leads["drafter"], "propose_agreement", made, "0" * 64) == "EH409"
    assert do(leads["drafter"], "propose_agreement", made) == ""
    assert do(leads["party"], "sign_agreement", made, "0" * 64, "N", "P") == "EH409"
    assert do(leads["party"], "sign_agreement", made, digest(made), " ", "P") == "23514"
    assert do(leads["party"], "sign_agreement", made) == ""
    assert do(leads["party"], "sign_agreement", made) == "EH409"


def test_the_words_proposed_are_kept_with_their_digest(everybody, leads):
    made = draft(everybody)
    do(leads["drafter"], "propose_agreement", made)
    kept = made.moves.get(verb="propose")
    with connection.cursor() as cursor:
        cursor.execute("select encode(sha256(convert_to(%s, 'UTF8')), 'hex')", [kept.words])
        assert cursor.fetchone()[0] == kept.digest == digest(made)
    assert "Working together" in kept.words


def test_a_returned_draft_loses_its_signatures_and_keeps_that_they_were_given(everybody, leads):
    made = draft(everybody)
    do(leads["drafter"], "propose_agreement", made)
    do(leads["drafter"], "sign_agreement", made)
    assert do(leads["party"], "return_to_draft", made, "  ") == "23514"
    assert do(leads["party"], "return_to_draft", made, "clause 1.1 goes too far") == ""
    assert not made.parties.exclude(signed_at=None).exists()
    assert [m.verb for m in made.moves.all()] == ["open", "propose", "sign", "return"]
    assert made.moves.last().agency == everybody.police


MISSING = {
    "one party": lambda made, cast_: made.parties.filter(agency=cast_.police).delete(),
    "no clause": lambda made, _: made.clauses.all().delete(),
    "no purpose": lambda made, _: Agreement.objects.filter(pk=made.pk).update(purposes=[]),
    "no power": lambda made, _: Agreement.objects.filter(pk=made.pk).update(powers={}),
    "over already": lambda made, _: Agreement.objects.filter(pk=made.pk).update(
        starts_on=cast.LONG_AGO, ends_on=cast.yesterday()
    ),
    "clause about no party": lambda made, cast_: made.clauses.update(provider_agency=cast_.housing),
}


@pytest.mark.parametrize("what", MISSING)
def test_an_unfinished_draft_cannot_be_proposed(everybody, leads, what):
    made = draft(everybody)
    MISSING[what](made, everybody)
    assert do(leads["drafter"], "propose_agreement", made) == "23514"


def test_expiry_stops_sharing_that_same_midnight_although_no_job_ran(everybody):
    made = in_state(everybody, S.SIGNED)
    last = made.ends_on
    assert rules_on(made, last) == 1
    assert rules_on(made, last + datetime.timedelta(days=1)) == 0
    record = police_record(everybody)
    assert seen(everybody.eddie) == {record.pk}
    yesterday = cast.yesterday()
    Agreement.objects.filter(pk=made.pk).update(starts_on=yesterday, ends_on=yesterday)
    assert seen(everybody.eddie) == set()
    made.refresh_from_db()
    assert made.state == S.SIGNED, "nothing but the date has changed"


def test_the_state_on_a_day_is_what_was_last_done_by_its_end_in_london(everybody):
    made = in_state(everybody, S.SIGNED)
    Agreement.objects.filter(pk=made.pk).update(starts_on=cast.LONG_AGO)
    AgreementMove.objects.filter(agreement=made).delete()
    moves = [
        ("2021-01-01 12:00+00", S.SIGNED),
        ("2021-06-30 22:59:59+00", S.SUSPENDED),
        ("2021-07-01 22:59:59+00", S.SIGNED),
        ("2021-12-31 23:59:59+00", S.ENDED),
    ]
    for at, state in moves:
        AgreementMove.objects.create(agreement=made, verb="open", to_state=state, moved_at=at)
    days = {
        "2020-12-31": 0,
        "2021-01-01": 1,
        "2021-06-29": 1,
        "2021-06-30": 0,
        "2021-07-01": 1,
        "2021-12-30": 1,
        "2021-12-31": 0,
        "2022-06-01": 0,
    }
    assert {day: rules_on(made, day) for day in days} == days


def test_a_party_that_leaves_is_out_at_once_and_the_last_two_end_it(everybody, leads):
    made = in_state(everybody, S.SIGNED)
    third = Party.objects.create(
        agreement=made, agency=everybody.health, signatory_name="C", signatory_post="D", signed_at=cast.SIGNED_AT
    )
    hari = cast.post("Hari", everybody.health, Role.GOVERNANCE_LEAD)
    record = police_record(everybody)
    assert do(hari, "leave_agreement", made) == ""
    third.refresh_from_db()
    assert (made.state, third.left_on) == (S.SIGNED, cast.today())
    assert do(hari, "suspend_agreement", made) == "EH403"
    assert seen(everybody.eddie) == {record.pk}
    assert do(leads["party"], "leave_agreement", made) == ""
    assert made.state == S.ENDED
    assert seen(everybody.eddie) == set()


def test_only_the_party_that_suspended_resumes(everybody, leads):
    made = in_state(everybody, S.SIGNED)
    do(leads["party"], "suspend_agreement", made)
    assert do(leads["drafter"], "resume_agreement", made) == "EH403"
    assert do(leads["party"], "leave_agreement", made) == ""


def newer_version(everybody, older, **more):
    made = draft(everybody, reference=older.reference, version=2, replaces=older, **more)
    made.clauses.update(kind=Kind.CASE)
    return made


def both_sign(leads, made):
    assert do(leads["drafter"], "propose_agreement", made) == ""
    assert do(leads["drafter"], "sign_agreement", made) == ""
    assert do(leads["party"], "sign_agreement", made) == ""


def test_a_newer_version_replaces_the_older_when_all_have_signed_and_it_has_started(everybody, leads):
    older = in_state(everybody, S.SIGNED)
    newer = newer_version(everybody, older)
    assert rules_on(older, cast.today()) == 1
    both_sign(leads, newer)
    older.refresh_from_db()
    assert (older.state, newer.state) == (S.REPLACED, S.SIGNED)
    assert (rules_on(older, cast.today()), rules_on(newer, cast.today())) == (0, 1)
    do(leads["party"], "suspend_agreement", newer)
    assert rules_on(older, cast.today()) == 0, "suspending the newer version does not bring the older one back"


def test_until_its_first_day_a_newer_version_leaves_the_older_in_force_and_then_no_job_is_needed(everybody, leads):
    older = in_state(everybody, S.SIGNED)
    soon = cast.today() + datetime.timedelta(days=10)
    newer = newer_version(everybody, older, starts_on=soon)
    both_sign(leads, newer)
    before, after = soon - datetime.timedelta(days=1), soon
    assert [rules_on(older, before), rules_on(newer, before)] == [1, 0]
    assert [rules_on(older, after), rules_on(newer, after)] == [0, 1]
    older.refresh_from_db()
    assert older.state == S.SIGNED
    do(leads["drafter"], "end_agreement", newer)
    assert rules_on(older, after) == 1, "ended before it began, so it never replaced anything"


def test_a_new_version_cannot_push_out_a_party_that_is_still_bound(everybody, leads):
    older = in_state(everybody, S.SIGNED)
    taken_over = draft(everybody, everybody.early_help, everybody.health, reference="X", replaces=older)
    taken_over.clauses.update(provider_agency=everybody.health)
    assert do(leads["drafter"], "propose_agreement", taken_over) == "23514"


def test_what_is_proposed_or_signed_cannot_be_changed_by_any_login(everybody, leads):
    for state in set(S) - {S.DRAFT}:
        made = in_state(everybody, state)
        with as_web(leads["drafter"], Purpose.GOVERNANCE):
            assert Agreement.objects.filter(pk=made.pk).update(title="Another") == 0
            assert Clause.objects.filter(agreement=made).update(level=Level.FULL) == 0
            assert Clause.objects.filter(agreement=made).delete()[0] == 0
            assert Party.objects.filter(agreement=made).delete()[0] == 0
            with pytest.raises(DatabaseError), transaction.atomic():
                Party.objects.create(agreement=made, agency=everybody.housing)
        for statement in (
            "update sharing_agreements_clause set level = 'full' where agreement_id = %s",
            "delete from sharing_agreements_party where agreement_id = %s",
            "update sharing_agreements_agreement set title = 'Another' where id = %s",
        ):
            assert as_gate(statement, made) in {"EH409", "42501"}, (state, statement)


def as_gate(statement, agreement):
    """The SQLSTATE the gate's own role gets for a statement outside its verbs."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("set local role eh_gate")
            cursor.execute(statement, [agreement.pk])
    except DatabaseError as error:
        return getattr(error.__cause__, "pgcode", "")
    return ""


def test_a_governance_lead_writes_the_words_of_their_own_draft_and_nobody_elses(everybody, leads):
    made = draft(everybody)
    with as_web(leads["drafter"], Purpose.GOVERNANCE):
        assert Agreement.objects.filter(pk=made.pk).update(title="Better") == 1
        Party.objects.create(agreement=made, agency=everybody.health)
        assert Clause.objects.filter(agreement=made).update(level=Level.FULL) == 1
        for forged in ({"state": S.SIGNED}, {"version": 7}, {"drafter": everybody.police}):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                Agreement.objects.filter(pk=made.pk).update(**forged)
        with pytest.raises(ProgrammingError, match="row-level"), transaction.atomic():
            Party.objects.create(agreement=made, agency=everybody.hub, signatory_name="F", signed_at=cast.SIGNED_AT)
    for nobody in (leads["party"], leads["other"], everybody.esi):
        with as_web(nobody, Purpose.GOVERNANCE):
            assert not Agreement.objects.filter(pk=made.pk).exists()
            assert not Clause.objects.filter(agreement=made).exists()
            assert Agreement.objects.filter(pk=made.pk).update(title="Worse") == 0


def test_a_draft_that_was_given_up_stays_its_drafters_and_a_proposal_that_ended_is_read_by_all(everybody, leads):
    given_up, proposed = draft(everybody), draft(everybody)
    do(leads["drafter"], "propose_agreement", proposed)
    for one in (given_up, proposed):
        assert do(leads["drafter"], "end_agreement", one) == ""
    with as_web(leads["party"], Purpose.GOVERNANCE):
        assert set(Agreement.objects.filter(state=S.ENDED)) == {proposed}
    with as_web(leads["drafter"], Purpose.GOVERNANCE):
        assert set(Agreement.objects.filter(state=S.ENDED)) == {given_up, proposed}


def test_nobody_opens_a_draft_for_another_agency_or_already_signed(everybody, leads):
    for drafter, state in ((everybody.police, S.DRAFT), (everybody.early_help, S.SIGNED)):
        with as_web(leads["drafter"], Purpose.GOVERNANCE), pytest.raises(ProgrammingError, match="row-level"):
            with transaction.atomic():
                draft(everybody, drafter=drafter, state=state)


def test_moves_are_written_by_the_gate_alone_and_never_rewritten(everybody, leads):
    made = draft(everybody)
    with as_web(leads["drafter"], Purpose.GOVERNANCE):
        for change in (
            lambda: AgreementMove.objects.create(
                agreement=made, verb="sign", to_state=S.SIGNED, moved_at=cast.SIGNED_AT
            ),
            lambda: AgreementMove.objects.filter(agreement=made).update(to_state=S.SIGNED),
            lambda: AgreementMove.objects.filter(agreement=made).delete(),
        ):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                change()


def test_a_loaded_agreement_has_an_opening_move_from_the_day_it_starts(everybody):
    move = everybody.triage.moves.get()
    assert (move.verb, move.to_state) == ("open", S.SIGNED)
    assert move.moved_at.date() == cast.LONG_AGO
    assert rules_on(everybody.triage, cast.LONG_AGO) > 0
    assert draft(everybody).moves.get().to_state == S.DRAFT


def test_writing_a_draft_recompiles_nobody_and_a_move_everybody(everybody, leads):
    def version():
        with connection.cursor() as cursor:
            cursor.execute("set local role eh_gate")
            cursor.execute("select version from gate.rules_version")
            found = cursor.fetchone()[0]
            cursor.execute("set local role eh_owner")
            return found

    made = draft(everybody)
    before = version()
    with as_web(leads["drafter"], Purpose.GOVERNANCE):
        Agreement.objects.filter(pk=made.pk).update(title="Better")
        Clause.objects.filter(agreement=made).update(level=Level.FULL)
    assert version() == before
    both_sign(leads, made)
    assert version() > before
