"""Proposing, signing, suspending, leaving, ending and replacing an agreement in the browser."""

import hashlib

import pytest

from sharing_agreements.models import Agreement
from sharing_agreements.vocabulary import AgreementState, AgreementVerb, Purpose, Role
from tests import cast
from tests.sharing_agreements.test_agreement_life import police_record, seen
from tests.sharing_agreements.web.agreements import Lead, words

pytestmark = pytest.mark.django_db
S = AgreementState


@pytest.fixture
def everybody():
    return cast.assemble()


@pytest.fixture
def gita(everybody):
    return Lead(everybody.gita)


@pytest.fixture
def pia(everybody):
    return Lead(cast.post("Pia", everybody.police, Role.GOVERNANCE_LEAD))


def state(agreement):
    return Agreement.objects.get(pk=agreement.pk).state


def signed(gita, pia, **changed):
    made = gita.draft(pia.post.agency, **changed)
    assert gita.propose(made).status_code == 302
    assert gita.sign(made).status_code == 302
    assert pia.sign(made).status_code == 302
    return made


def test_an_agreement_is_proposed_signed_by_both_and_opens_records(everybody, gita, pia):
    record = police_record(everybody)
    made = gita.draft(everybody.police)
    assert gita.propose(made).status_code == 302
    assert state(made) == S.PROPOSED
    assert "Waiting for your agency" in pia.get("agreements").content.decode()
    page = pia.get("sign_agreement", made.pk).content.decode()
    assert "Marlbeck Constabulary agrees to be bound" in page and "SHA-256" in page
    gita.sign(made)
    assert seen(everybody.eddie) == set()
    assert pia.sign(made).status_code == 302
    assert state(made) == S.SIGNED
    assert seen(everybody.eddie) == {record.pk}
    assert "Waiting for your agency" not in pia.get("agreements").content.decode()
    assert "In force" in pia.get("read_agreement", made.pk).content.decode()


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"password": "wrong horse"}, "not your password"),
        ({"signatory_name": ""}, "Name of the person"),
        ({"has_read": ""}, "Tick"),
        ({"digest": "0" * 64}, "has changed since your page was made"),
    ],
)
def test_a_signature_needs_the_password_the_signatory_and_the_words_shown(everybody, gita, pia, changed, says):
    made = gita.draft(everybody.police)
    gita.propose(made)
    page = pia.sign(made, **changed)
    assert page.status_code == 422
    text = page.content.decode()
    assert says in text
    assert "wrong horse" not in text
    assert not made.parties.get(agency=everybody.police).signed_at


def test_signing_twice_with_one_page_signs_once(everybody, gita, pia):
    made = gita.draft(everybody.police)
    gita.propose(made)
    key = {"idempotency_key": "0b1d5a39-6f5c-4c5e-9d35-0d4a0b1c2d3e"}
    assert pia.sign(made, **key).status_code == 302
    assert pia.sign(made, **key).status_code == 302
    assert made.moves.filter(verb="sign").count() == 1


def test_an_unfinished_draft_is_not_proposed_and_says_what_is_missing(everybody, gita):
    made = gita.draft(everybody.police)
    made.clauses.all().delete()
    page = gita.propose(made)
    assert page.status_code == 422
    assert "at least one clause" in page.content.decode()


def test_a_party_returns_a_proposal_with_its_reason_and_the_drafter_mends_it(everybody, gita, pia):
    made = gita.draft(everybody.police)
    gita.propose(made)
    assert pia.send("return_to_draft", made.pk, said={"reason": "Clause 1.1 goes too far"}).status_code == 302
    assert state(made) == S.DRAFT
    assert "Clause 1.1 goes too far" in gita.get("read_agreement", made.pk).content.decode()
    assert gita.get("write_words", made.pk).status_code == 200


def test_what_was_proposed_can_be_read_to_the_letter_after_it_was_returned_and_changed(everybody, gita, pia):
    made = gita.draft(everybody.police)
    gita.propose(made)
    first = made.moves.get(verb=AgreementVerb.PROPOSE)
    pia.send("return_to_draft", made.pk, said={"reason": "Retention is too long."})
    assert pia.get("read_proposed_words", made.pk, first.digest).status_code == 404
    gita.edit(made, "write_words", **words(retention="Two years."))
    assert gita.propose(made).status_code == 302
    for lead in (gita, pia):
        said = lead.get("read_proposed_words", made.pk, first.digest).content
        assert hashlib.sha256(said).hexdigest() == first.digest and b"Two years." not in said
        assert first.digest in lead.get("read_agreement", made.pk).content.decode()
    assert gita.get("read_proposed_words", made.pk, "0" * 64).status_code == 404


@pytest.mark.parametrize("verb", ["suspend_agreement", "leave_agreement", "return_to_draft", "end_agreement"])
def test_a_step_without_its_reason_is_not_taken(everybody, gita, pia, verb):
    made = signed(gita, pia)
    assert gita.send(verb, made.pk, said={"reason": " "}).status_code == 422
    assert state(made) == S.SIGNED


def test_suspending_closes_and_only_the_party_that_did_it_resumes(everybody, gita, pia):
    record = police_record(everybody)
    made = signed(gita, pia)
    pia.send("suspend_agreement", made.pk, said={"reason": "A leak"})
    assert seen(everybody.eddie, Purpose.EARLY_HELP) == set()
    assert "Resume it" not in gita.get("read_agreement", made.pk).content.decode()
    page = gita.send("resume_agreement", made.pk, said={"reason": "Mended"})
    assert page.status_code == 422 and "Another agency takes this step" in page.content.decode()
    pia.send("resume_agreement", made.pk, said={"reason": "Mended"})
    assert seen(everybody.eddie, Purpose.EARLY_HELP) == {record.pk}


def test_leaving_and_ending_close_for_good(everybody, gita, pia):
    made = signed(gita, pia)
    pia.send("leave_agreement", made.pk, said={"reason": "Reorganised"})
    assert state(made) == S.ENDED
    other = signed(gita, pia, reference="MB-22")
    page = pia.get("read_agreement", other.pk).content.decode()
    assert "End it for everybody" not in page
    gita.send("end_agreement", other.pk, said={"reason": "Superseded by law"})
    assert state(other) == S.ENDED


def test_a_signed_agreement_is_copied_compared_and_replaced(everybody, gita, pia):
    older = signed(gita, pia)
    assert gita.get("write_words", older.pk).status_code == 409
    first = gita.send("copy_agreement", older.pk, said={})
    assert gita.send("copy_agreement", older.pk, said={}).url == first.url
    newer = Agreement.objects.get(replaces=older)
    assert (newer.version, newer.clauses.count(), newer.parties.count()) == (2, 1, 2)
    page = gita.get("compare_agreements", newer.pk, older.pk).content.decode()
    assert "Nothing differs" in page
    newer.clauses.update(level="full")
    page = gita.get("compare_agreements", newer.pk, older.pk).content.decode()
    assert "the whole of records" in page and "the summary of records" in page
    gita.propose(newer)
    gita.sign(newer)
    pia.sign(newer)
    assert (state(older), state(newer)) == (S.REPLACED, S.SIGNED)
    assert (
        "newer version" in gita.get("agreements").content.decode()
        or "replaced" in gita.get("agreements").content.decode()
    )


def test_a_manager_reads_agreements_and_is_offered_no_step(everybody, gita, pia):
    made = signed(gita, pia)
    esi = Lead(everybody.esi)
    page = esi.get("read_agreement", made.pk).content.decode()
    assert "Suspend it" not in page and "Copy as a new version" not in page
    assert esi.send("suspend_agreement", made.pk, said={"reason": "Mine"}).status_code == 404


def test_cancel_goes_back_to_the_agreement_or_the_register(everybody):
    gita = Lead(everybody.gita)
    made = gita.draft(everybody.police)
    page = gita.get("propose_agreement", made.pk).content.decode()
    assert f'href="/agreements/{made.pk}/">Cancel</a>' in page
    assert 'href="/agreements/">Cancel</a>' in gita.get("open_draft").content.decode()
