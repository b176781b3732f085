"""The commands that learn weights from what people settled, and that put a version into use: never by themselves."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from referrals.actions import matching
from referrals.models import Match
from referrals.queries.settled import settled_pairs
from referrals.rules import settled
from referrals.vocabulary import MatchBand, MatchState
from sharing_agreements.models import MatchWeights
from sharing_agreements.queries import match_weights
from sharing_agreements.rules.weights_file import read
from sharing_agreements.vocabulary import Purpose
from tests.conftest import as_login, as_web
from tests.referrals.arriving import arrive

pytestmark = pytest.mark.django_db
SAME = [["given_same", 1.9], ["family_same", 2.6], ["born_same", 6.3]]
OTHER = [["given_other", -4.7], ["family_same", 2.6], ["born_same", 6.3]]


@pytest.fixture
def offered(everybody):
    """One match that the job offered between two reports of one child."""
    arrive(everybody.cleo, everybody.hub)
    contact = arrive(everybody.amira, everybody.hub)
    return Match.objects.get(contact=contact)


@pytest.fixture
def many(everybody, offered, monkeypatch):
    """Enough settled pairs: the numbers are small here, the rule is tried in rules/test_settled.py."""
    monkeypatch.setattr(settled, "FEWEST", 12)
    monkeypatch.setattr(settled, "FEWEST_OF_EACH", 4)
    columns = {"owner": everybody.hub, "happened_on": timezone.localdate(), "band": MatchBand.CHECK}
    identity, settling = offered.identity, {"settled_at": timezone.now(), "settled_by": everybody.hana.practitioner}
    for number in range(12):
        person, candidate = (type(offered.person).objects.create() for _ in range(2))
        Match.objects.create(
            **columns, **settling, person=person, candidate=candidate, about=[person.pk, candidate.pk],
            identity=identity, contact=None, reasons=OTHER if number % 2 else SAME,
            state=MatchState.REJECTED if number % 2 else MatchState.CONFIRMED,
        )  # fmt: skip


def learn(path):
    out = io.StringIO()
    call_command("learn_match_weights", str(path), stdout=out)
    return out.getvalue()


def test_what_people_settle_is_a_label_by_their_last_word_and_open_ones_are_none(everybody, offered):
    assert settled_pairs() == []
    for verb, is_same in ((matching.confirm_match, True), (matching.undo_match, None), (matching.reject_match, False)):
        with as_web(everybody.hana, Purpose.TRIAGE):
            verb(match=Match.objects.get(pk=offered.pk), by=everybody.hana, now=timezone.now())
        found = settled_pairs()
        assert [label for _, label, _ in found] == ([] if is_same is None else [is_same])
    ((levels, _, _),) = settled_pairs()
    assert {"given_same", "family_same", "born_same"} <= set(levels)


def test_pairs_from_before_weights_teach_nothing(many):
    Match.objects.filter(state=MatchState.CONFIRMED).update(reasons=["name_same", "born_same"])
    assert {label for _, label, _ in settled_pairs()} == {False}


def test_with_too_few_pairs_it_says_so_and_writes_nothing(everybody, offered, tmp_path):
    with pytest.raises(CommandError, match="0 as one person and 0 as two"):
        learn(tmp_path / "new.toml")
    assert not (tmp_path / "new.toml").exists()


def test_it_writes_the_next_version_and_changes_nothing_in_use(many, tmp_path):
    before = match_weights()
    said = learn(tmp_path / "new.toml")
    new = read((tmp_path / "new.toml").read_text())
    assert new.version == before.version + 1 and new.weights.keys() >= before.weights.keys()
    assert new.weights["given_other"] < before.weights["given_other"]
    assert new.weights["nhs_same"] == before.weights["nhs_same"]
    assert MatchWeights.objects.count() == before.version
    for words in (
        "Given",
        f"v{before.version}",
        f"v{new.version}",
        "Other first name",
        "not in use",
        "12 settled pairs",
    ):
        assert words in said
    with pytest.raises(CommandError, match="is there already"):
        learn(tmp_path / "new.toml")


def test_a_person_puts_it_into_use_once_in_their_name(many, tmp_path):
    path = tmp_path / "new.toml"
    learn(path)
    call_command("use_match_weights", str(path), by="Mona, hub manager")
    used = match_weights()
    assert used.weights == dict(read(path.read_text()).weights)
    assert "Put into use by Mona, hub manager on" in used.how_learned
    with pytest.raises(CommandError, match="version after the one in use"):
        call_command("use_match_weights", str(path), by="Mona, hub manager")


def test_a_file_of_something_else_is_refused(tmp_path):
    path = tmp_path / "other.toml"
    path.write_text('version = 3\nweights = "none"\n')
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("use_match_weights", str(path), by="Mona")


@pytest.mark.parametrize("login", ["eh_web", "eh_worker"])
def test_no_login_of_the_service_learns_or_uses(many, tmp_path, login):
    learn(tmp_path / "new.toml")
    with pytest.raises(CommandError, match="migrator's login"), as_login(login):
        learn(tmp_path / "again.toml")
    with pytest.raises(CommandError, match="migrator's login"), as_login(login):
        call_command("use_match_weights", str(tmp_path / "new.toml"), by="Mona")
