"""How two accounts agree, field by field, and who may find whom by that."""

import datetime
from collections import Counter

import pytest
from django.db import DatabaseError, connection, transaction

from sharing_agreements.actions import facts
from sharing_agreements.models import Address, Identity, IdentityDetail, MatchWeights, NameVariant
from sharing_agreements.vocabulary import Precision, Purpose, Role
from tests import cast
from tests.conftest import as_web
from tests.sharing_agreements.test_find_and_match import BORN, known, matched

pytestmark = pytest.mark.django_db


@pytest.fixture
def everybody() -> cast.Cast:
    return cast.assemble()


def asked(expression, *arguments):
    with connection.cursor() as cursor:
        cursor.execute("set local role eh_gate")
        cursor.execute(f"select {expression}", arguments)
        (answer,) = cursor.fetchone()
        cursor.execute("set local role eh_owner")
    return answer


@pytest.mark.parametrize(
    ("one", "other", "levels"),
    [
        (("Jo", "Smith"), ("Jo", "Smith"), "given_same family_same"),
        (("JÖ", "Smith"), ("jo", "SMITH"), "given_same family_same"),
        (("Molly", "Smith"), ("Mary", "Smith"), "given_variant family_same"),
        (("Bill", "Smith"), ("Will", "Smith"), "given_variant family_same"),
        (("Mohammed", "Khan"), ("Muhammad", "Khan"), "given_variant family_same"),
        (("Олександр", "Shevchenko"), ("Alexander", "Shevchenko"), "given_variant family_same"),
        (("Anna Maria", "Smith"), ("Maria", "Smith"), "given_part family_same"),
        (("J", "Smith"), ("Jo", "Smith"), "given_initial family_same"),
        (("Jonh", "Smith"), ("Jon", "Smith"), "given_mistyped family_same"),
        (("Lewis", "Smith"), ("Lewsi", "Smiht"), "given_mistyped family_mistyped"),
        (("Quentin", "Smith"), ("Kwentn", "Smith"), "given_sounds family_same"),
        (("Joleen", "Smith"), ("Joletta", "Smith"), "given_near family_same"),
        (("Ada", "Smith"), ("Peregrine", "Smith"), "given_other family_same"),
        (("", "Smith"), ("Jo", "Smith"), "given_unknown family_same"),
        (("Jo", "Smith-Jones"), ("Jo", "Jones Smith"), "given_same family_same"),
        (("Jo", "Smith-Jones"), ("Jo", "Smithjones"), "given_same family_same"),
        (("Jo", "Smith-Jones"), ("Jo", "Jones"), "given_same family_part"),
        (("Jo", "O\u2019Neill"), ("Jo", "ONeill"), "given_same family_same"),
        (("Jo", "Smyth"), ("Jo", "Smith"), "given_same family_mistyped"),
        (("Jo", "Philips"), ("Jo", "Fillipz"), "given_same family_sounds"),
        (("Jo", "Hartley"), ("Jo", "Hartford"), "given_same family_near"),
        (("Jo", "Smith"), ("Jo", "Vane"), "given_same family_other"),
        (("Jo", ""), ("Jo", "Vane"), "given_same family_unknown"),
        (("Smith", "Jo"), ("Jo", "Smith"), "given_swapped family_swapped"),
        (("Hartlay", "Peregrine"), ("Peregrin", "Hartley"), "given_swapped family_swapped"),
        (("Peregrine", "Whitbe"), ("White", "Peregrine"), "given_swapped family_swapped"),
        (("Peregrine", "Vane"), ("Vane", "Adalbert"), "given_other family_other"),
    ],
)
def test_names(one, other, levels):
    a_given, b_given = (asked("gate.name_words(%s)", name[0]) for name in (one, other))
    a_family, b_family = (asked("gate.name_words(%s)", name[1]) for name in (one, other))
    call = "gate.name_levels(%s::text[], gate.variants(%s::text[]), %s::text[], %s::text[], %s::text[])"
    assert asked(call, a_given, a_given, a_family, b_given, b_family) == levels.split()


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        (("2016-03-02", "day"), ("2016-03-02", "day"), "born_same"),
        (("2016-01-01", "day"), ("2016-01-01", "day"), "born_guess"),
        (("2016-01-01", "day"), ("2016-03-02", "day"), "born_part"),
        (("2016-03-01", "month"), ("2016-03-02", "day"), "born_part"),
        (("2016-04-01", "month"), ("2016-03-02", "day"), "born_other"),
        (("2016-01-01", "year"), ("2016-03-02", "day"), "born_part"),
        (("2016-02-03", "day"), ("2016-03-02", "day"), "born_flipped"),
        (("2016-03-03", "day"), ("2016-03-02", "day"), "born_mistyped"),
        (("2016-03-12", "day"), ("2016-03-02", "day"), "born_mistyped"),
        (("2016-03-21", "day"), ("2016-03-02", "day"), "born_near"),
        (("2012-03-02", "day"), ("2016-03-02", "day"), "born_mistyped"),
        (("2009-07-08", "day"), ("2016-03-02", "day"), "born_other"),
        (("2016-03-02", "due"), ("2016-03-20", "due"), "born_due"),
        (("2016-03-02", "due"), ("2016-03-02", "day"), "born_other"),
        ((None, "unknown"), ("2016-03-02", "day"), "born_unknown"),
    ],
)
def test_dates_of_birth(one, other, level):
    call = "gate.born_level(%s::date, %s, %s::date, %s)"
    assert asked(call, *one, *other) == level
    assert asked(call, *other, *one) == level


@pytest.mark.parametrize(
    ("field", "one", "other", "level"),
    [
        ("line", "12 mill lane", "12 mill lane", "line_same"),
        ("line", "12 mill lane", "12 mil lane", "line_mistyped"),
        ("line", "12 mill lane", "12 mill lodge", "line_near"),
        ("line", "flat 3 the old forge 12 mill lane", "12 mill lane", "line_part"),
        ("house", "flat b 12 mill lane", "12a mill lane", "house_other"),
        ("house", "flat b 12 mill lane", "12 mill lane", "house_same"),
        ("house", "the old forge", "12 mill lane", "house_unknown"),
        ("house", None, "12 mill lane", "house_unknown"),
        ("line", "12 mill lane", "3 abbey road", "line_other"),
        ("line", None, "3 abbey road", "line_unknown"),
        ("postcode", "ML12AB", "ML12AB", "postcode_same"),
        ("postcode", "ML12AB", "ML12AD", "postcode_mistyped"),
        ("postcode", "ML12AB", "ML12BA", "postcode_mistyped"),
        ("postcode", "ML12AB", "ML13CD", "postcode_district"),
        ("postcode", "ML12AB", "QX99ZZ", "postcode_other"),
        ("postcode", "ML12AB", None, "postcode_unknown"),
        ("town", "marlbeck", "marlbeck", "town_same"),
        ("town", "marlbeck", "marlbek", "town_mistyped"),
        ("town", "marlbeck", "fenwater", "town_other"),
        ("town", "marlbeck", None, "town_unknown"),
    ],
)
def test_where_people_live(field, one, other, level):
    arrays = ([one] if one else None, [other] if other else None)
    assert asked(f"gate.{field}_level(%s::text[], %s::text[])", *arrays) == level
    twice = ([one, "zz"] if one else None, [other, "yy"] if other else None)
    assert asked(f"gate.{field}_level(%s::text[], %s::text[])", *twice) == level


def test_the_number_of_a_property_decides_alone():
    call = "gate.place_levels('{flat 1}', '{ML12AB}', null, '{100}', '{the annexe}', '{QX99ZZ}', null, '{100}')"
    assert asked(call) == ["line_same", "house_same", "postcode_same", "town_same"]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("943 476 5919", "9434765919"),
        ("943-476-5919", "9434765919"),
        ("9434765918", None),
        ("1111111111", None),
        ("0000000000", None),
        ("94347659", None),
        ("", None),
    ],
)
def test_an_nhs_number_counts_only_with_its_check(typed, number):
    assert asked("gate.nhs_number(%s)", typed) == number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("B123456789012", None),
        ("H801200001001", "H801200001001"),
        ("h801 200001001", "H801200001001"),
        ("J801200001001", None),
        ("H80120000100", None),
    ],
)
def test_a_pupil_number_counts_only_with_its_check(typed, number):
    assert asked("gate.upn(%s)", typed) == number


def test_another_first_name_at_the_same_home_is_a_sibling_and_on_the_same_day_perhaps_a_twin():
    sibling = ["given_other", "family_same", "born_other", "line_same", "postcode_same"]
    twin = ["given_other", "family_same", "born_same", "line_same", "postcode_same"]
    apart = ["given_other", "family_same", "born_same", "line_other", "postcode_other"]
    assert asked("gate.together(%s::text[])", sibling) == ["home_other_name"]
    assert asked("gate.together(%s::text[])", twin) == ["home_other_name", "may_be_twins"]
    assert asked("gate.together(%s::text[])", apart) == []


def test_where_neither_name_can_be_compared_it_is_said_so():
    assert asked("gate.together('{given_unknown,family_unknown,born_same}')") == ["no_name"]
    assert asked("gate.together('{given_unknown,family_same,born_same}')") == []


def test_a_street_is_a_key_whatever_the_number_of_the_house(everybody):
    child = known(everybody.cleo, home=("12 Mill Lane", "ML1 2AB"))
    same = known(everybody.dev, given="Jo", family="Vane", born=None, precision=Precision.UNKNOWN)
    Address.objects.create(
        owner=everybody.dev.agency,
        author=everybody.dev.practitioner,
        person=same,
        happened_on=cast.today(),
        line="21 Mill Lane",
        town="Marlbeck",
        postcode="ML1 2AD",
    )
    Address.objects.filter(person=child).update(town="Marlbeck")
    assert {"given_same", "house_other"} <= set(weighed(child)[same.pk])


def weighed(person):
    """How everybody who shares a key with this person agrees, whatever it weighs."""
    newest = MatchWeights.objects.latest("version")
    thresholds = {"likely_from": newest.likely_from, "show_from": newest.show_from, "how_learned": "A test."}
    MatchWeights.objects.create(version=newest.version + 1, weights=newest.weights, ask_from=-100, **thresholds)
    return {other: levels for other, (levels, _) in matched(person).items()}


def test_first_of_january_is_no_key_and_a_birthday_meets_itself_flipped():
    def keys(day):
        return set(asked("gate.match_keys('{jo}', '{smith}', %s::date, 'day')", day))

    name_alone = set(asked("gate.match_keys('{jo}', '{smith}', null, 'unknown')"))
    swapped = set(asked("gate.match_keys('{smith}', '{jo}', null, 'unknown')"))
    assert name_alone == swapped and len(name_alone) == 1
    assert keys("2016-02-03") == keys("2016-03-02")
    assert len(keys("2016-01-01")) == len(keys("2016-02-03")) - 1


def test_weights_rise_with_agreement():
    weights = MatchWeights.objects.latest("version").weights
    for better, worse in [
        ("given_same", "given_variant"),
        ("given_variant", "given_other"),
        ("family_same", "family_mistyped"),
        ("family_mistyped", "family_other"),
        ("born_same", "born_flipped"),
        ("born_flipped", "born_near"),
        ("born_near", "born_other"),
        ("line_same", "line_mistyped"),
        ("line_mistyped", "line_other"),
        ("postcode_same", "postcode_mistyped"),
        ("postcode_mistyped", "postcode_other"),
        ("nhs_same", "nhs_other"),
        ("upn_same", "upn_other"),
    ]:
        assert weights[better] > weights[worse], (better, worse)
    assert weights["house_same"] > 0
    assert weights["may_be_twins"] < 0 and weights["home_other_name"] < 0


def found(post, purpose=Purpose.TRIAGE, **facts_asked):
    typed = {"given": "", "family": "", "first": None, "last": None, "place": "", "phone": "", **facts_asked}
    with as_web(post, purpose), connection.cursor() as cursor:
        cursor.execute(
            "select person_id, levels from gate.find_child("
            "%(given)s, %(family)s, %(first)s, %(last)s, %(place)s, %(phone)s, 10)",
            typed,
        )
        return dict(cursor.fetchall())


EXACT = {"first": BORN, "last": BORN}


@pytest.mark.parametrize(
    "typed",
    [
        {"given": "Jo", "family": "Smith", **EXACT},
        {"given": "Smith", "family": "Jo", **EXACT},
        {"given": "Joanne", "family": "Smyth", **EXACT},
        {"given": "Jo", "family": "Smith", "first": datetime.date(2016, 2, 3), "last": datetime.date(2016, 2, 3)},
        {"given": "Jo", "family": "Smith", "first": datetime.date(2015, 1, 1), "last": datetime.date(2016, 12, 31)},
        {"given": "Jo", "family": "Smith", "place": "ml1 2ab"},
        {"given": "Jo", "family": "Smith", "place": "12 Mill"},
        {"place": "ML1 2AB", **EXACT},
        {"phone": "+44 1632 960007", **EXACT},
    ],
)
def test_a_child_is_found_by_two_facts_in_spite_of_slips(everybody, typed):
    child = known(everybody.cleo, home=("12, Mill Lane", "ML1 2AB"))
    known(everybody.cleo, given="Peregrine", family="Vane", born=datetime.date(2011, 7, 8))
    identity = Identity.objects.get(person=child)
    row = {"owner": identity.owner, "author": identity.author, "person": child, "happened_on": cast.today()}
    IdentityDetail.objects.create(**row, identity=identity, phone="01632 960007")
    assert set(found(everybody.hana, **typed)) == {child.pk}


def test_one_fact_finds_nobody_here(everybody):
    known(everybody.cleo)
    assert found(everybody.hana, given="Jo", family="Smith") == {}
    assert found(everybody.hana, **EXACT) == {}


def test_a_row_one_may_not_know_of_adds_nobody_and_moves_nobody_up(everybody):
    child = known(everybody.cleo, home=("12 Mill Lane", "ML1 2AB"))
    assert found(everybody.dev, Purpose.EARLY_HELP, given="Jo", family="Smith", **EXACT) == {}
    seen = found(everybody.hana, given="Jo", family="Smith", place="ML1 2AB")
    assert "postcode_same" in seen[child.pk]
    facts.hide_address(person=child.pk)
    hidden = found(everybody.hana, given="Jo", family="Smith", place="ML1 2AB")
    elsewhere = found(everybody.hana, given="Jo", family="Smith", place="QX9 9ZZ")
    assert hidden == elsewhere and "postcode_same" not in hidden[child.pk]
    assert found(everybody.hana, place="ML1 2AB", **EXACT) == found(everybody.hana, place="QX9 9ZZ", **EXACT)
    facts.restrict(person=child.pk, why="A test.")
    assert found(everybody.hana, given="Jo", family="Smith", **EXACT) == {}


def work_of(post, **typed):
    """How often each function of the gate runs for one question, and the answer."""

    def calls():
        with connection.cursor() as cursor:
            cursor.execute("select funcname, calls from pg_stat_xact_user_functions where schemaname = 'gate'")
            return Counter(dict(cursor.fetchall()))

    found(post, Purpose.EARLY_HELP, **typed)  # plans are made, masks are kept
    before = calls()
    answer = found(post, Purpose.EARLY_HELP, **typed)
    return calls() - before, answer


@pytest.fixture
def counting(db):
    with connection.cursor() as cursor:
        cursor.execute("set role none; set local track_functions = 'all'; set role eh_owner")


def test_a_hidden_child_makes_the_gate_work_exactly_as_much_as_no_child(everybody, counting):
    for given in ("Ada", "Alan", "Jo"):
        known(everybody.dev, given=given, family="Smithers", home=("12 Mill Lane", "ML1 2AB"))

    def hidden_child(given):
        child = known(everybody.cleo, given=given, home=("12 Mill Lane", "ML1 2AB"))
        identity = Identity.objects.get(person=child)
        row = {"owner": identity.owner, "author": identity.author, "person": child, "happened_on": cast.today()}
        IdentityDetail.objects.create(**row, identity=identity, phone="01632 960007")

    hidden_child(given="Peregrine")  # somebody of others is always among those who share a day, a home or a number
    asked_for = {"given": "Jonah", "family": "Smith", "place": "ML1 2AB", "phone": "01632 960007", **EXACT}
    missing, nothing = work_of(everybody.dev, **asked_for)
    hidden_child(given="Jonah")
    hidden, same = work_of(everybody.dev, **asked_for)
    assert missing["name_levels"] == missing["weigh"] == 3 and set(nothing) == set(same)
    assert hidden == missing
    opened, _ = work_of(everybody.cleo, **asked_for)
    assert opened["name_levels"] != missing["name_levels"]


def test_a_crowd_one_may_not_know_of_takes_nobodys_place(everybody):
    child = known(everybody.dev, family="Smythe", born=BORN.replace(day=3))
    for _ in range(61):
        known(everybody.cleo)
    typed = {"given": "Jo", "family": "Smith", **EXACT}
    assert set(found(everybody.dev, Purpose.EARLY_HELP, **typed)) == {child.pk}


def test_of_a_crowd_the_most_promising_are_compared(everybody):
    for number in range(61):
        known(everybody.cleo, given="Ada", family=f"Vane{number}")
    child = known(everybody.cleo, family="Smyth", born=BORN.replace(year=2015))
    assert set(found(everybody.hana, given="Jo", family="Smith", **EXACT)) == {child.pk}


PROMISES = [
    ("{jo}", "{smith}", "2016-03-02", "day", 11),
    ("{joanne}", "{smith}", "2016-03-02", "day", 10),
    ("{jon}", "{smyth}", "2016-03-02", "day", 7),
    ("{smith}", "{jo}", "2016-03-02", "day", 9),
    ("{ada}", "{vane}", "2016-03-02", "day", 5),
    ("{jo}", "{smith}", "2016-03-21", "day", 9),
    ("{jo}", "{smith}", "2015-03-02", "day", 9),
    ("{jo}", "{smith}", "2016-02-03", "day", 9),
    ("{jo}", "{smith}", "2016-01-01", "day", 9),
    ("{jo}", "{smith}", "2016-04-07", "day", 6),
    ("{jo}", "{smith}", "2009-07-08", "day", 6),
    ("{jo}", "{smith}", "2016-01-01", "year", 10),
    ("{jo}", "{smith}", "2009-01-01", "year", 6),
    ("{jo}", "{smith}", None, "unknown", 8),
    ("{}", "{}", None, "unknown", 2),
]


@pytest.mark.parametrize(("given", "family", "born", "how", "promise"), PROMISES)
def test_what_somebody_promises_by_whole_words_and_days(given, family, born, how, promise):
    call = "gate.promise('{jo}', '{joanne}', '{smith}', %s::date, %s::date, %s::text[], %s::text[], %s::date, %s)"
    assert asked(call, BORN, BORN, given, family, born, how) == promise


def test_candidates_come_with_weights_and_a_changed_name_is_found_at_once(everybody):
    home = ("12 Mill Lane", "ML1 2AB")
    child = known(everybody.cleo, home=home)
    other = known(everybody.dev, given="Ada", born=None, precision=Precision.UNKNOWN)
    assert other.pk not in matched(child)
    identity = Identity.objects.get(person=other)
    Identity.objects.filter(pk=identity.pk).update(given_name="Joanne", born_on=BORN, born_precision="day")
    levels, score = matched(child)[other.pk]
    assert levels[:3] == ["given_variant", "family_same", "born_same"]
    weights = MatchWeights.objects.latest("version").weights
    assert score == pytest.approx(sum(weights.get(code, 0) for code in ["start", *levels]), abs=0.01)


def test_a_valid_nhs_number_brings_two_together_whatever_else_is_written(everybody):
    child = known(everybody.cleo)
    other = known(everybody.dev, given="Mary", family="Vane", born=datetime.date(2016, 3, 5))
    for person in (child, other):
        identity = Identity.objects.get(person=person)
        row = {"owner": identity.owner, "author": identity.author, "person": person, "happened_on": cast.today()}
        IdentityDetail.objects.create(**row, identity=identity, nhs_number="943 476 5919")
    weights = MatchWeights.objects.latest("version")
    MatchWeights.objects.create(
        version=weights.version + 1,
        weights={**weights.weights, "nhs_same": 20.0},
        likely_from=weights.likely_from,
        ask_from=weights.ask_from,
        show_from=weights.show_from,
        how_learned="A test.",
    )
    assert "nhs_same" in matched(child)[other.pk][0]


def test_administrators_edit_names_that_stand_for_one_another_and_nobody_else(everybody):
    admin = cast.post("Ada", everybody.hub, Role.ADMINISTRATOR)
    row = {"name": "zbigniew", "stands_for": "zbyszek", "why": "short"}
    with as_web(everybody.hana, Purpose.TRIAGE), pytest.raises(DatabaseError), transaction.atomic():
        NameVariant.objects.create(**row)
    with as_web(admin, Purpose.OVERSIGHT):
        NameVariant.objects.create(**row)
        assert NameVariant.objects.filter(name="zbigniew").exists()
    with as_web(everybody.hana, Purpose.TRIAGE):
        assert NameVariant.objects.filter(name="zbigniew").delete()[0] == 0
    with as_web(admin, Purpose.OVERSIGHT):
        assert NameVariant.objects.filter(name="zbigniew").delete()[0] == 1
