"""The forms in which names, dates and addresses are kept to be looked up by: asked of the database, word for word."""

import datetime

import pytest
from django.db import connection

from sharing_agreements.models import Address, Identity, Person
from sharing_agreements.vocabulary import AgencyType, Role
from tests import cast

pytestmark = pytest.mark.django_db


def say(function: str, *given: object) -> object:
    """What a function of the gate answers."""
    with connection.cursor() as cursor:
        cursor.execute(f"select gate.{function}", given)
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("function", "words", "said"),
    [
        ("folded(%s)", "  O'Brien-SMITH, Zoë ", "obrien smith zoe"),
        ("folded(%s)", None, ""),
        ("folded(%s)", "Ольга Ёлкина", "olga elkina"),
        ("folded(%s)", "Θάλεια Χρήστου-Ψαρρού", "thaleia christoy psarroy"),
        ("folded(%s)", "علي-حسن", "علي حسن"),
        ("folded(%s)", " 王, 小明 ", "王 小明"),
        ("folded_postcode(%s)", "mb1 4 qx", "MB14QX"),
        ("folded_postcode(%s)", None, ""),
        ("latin(%s)", "Юлия", "yuliya"),
        ("latin(%s)", None, ""),
        ("name_words(%s)", "", []),
        ("name_words(%s)", "Anne", ["anne"]),
        ("name_words(%s)", "Юлия", ["yuliya"]),
        ("name_words(%s)", "علي", ["علي"]),
        ("name_words(%s)", "Smith-Jones", ["smith", "jones", "smithjones"]),
        ("sound(%s)", "smith", "SM0"),
        ("sound(%s)", "2", "2"),
        ("folded_line(%s)", "12 Mill Rd", "12 mill road"),
        ("folded_line(%s)", "3 St James St", "3 st james street"),
        ("folded_line(%s)", "Flat 2, 9 St John's Ave", "flat 2 9 st johns avenue"),
        ("folded_line(%s)", "", ""),
    ],
)
def test_words_in_their_normal_form(function, words, said):
    assert say(function, words) == said


MAY_9 = datetime.date(2016, 5, 9)
LEAP = datetime.date(2016, 2, 1)


@pytest.mark.parametrize(
    ("born_on", "how", "first", "last", "years"),
    [
        (MAY_9, "day", MAY_9, MAY_9, [2016]),
        (LEAP, "month", LEAP, datetime.date(2016, 2, 29), [2016]),
        (datetime.date(2016, 1, 1), "year", datetime.date(2016, 1, 1), datetime.date(2016, 12, 31), [2016]),
        (MAY_9, "estimated", datetime.date(2015, 5, 9), datetime.date(2017, 5, 9), [2015, 2016, 2017]),
        (MAY_9, "unknown", datetime.date(2015, 5, 9), datetime.date(2017, 5, 9), []),
        (MAY_9, "due", datetime.date(2015, 5, 9), datetime.date(2017, 5, 9), []),
        (None, "day", None, None, []),
    ],
)
def test_the_days_and_years_a_part_known_birth_may_lie_in(born_on, how, first, last, years):
    assert say("born_from(%s::date, %s)", born_on, how) == first
    assert say("born_until(%s::date, %s)", born_on, how) == last
    assert say("born_years(%s::date, %s)", born_on, how) == years


def keys(given: str, family: str, born: str | None = None, how: str = "unknown") -> set[int]:
    """What an account of somebody is looked up by."""
    names = ([name] if name else [] for name in (given, family))
    return set(say("match_keys(%s::text[], %s::text[], %s::date, %s)", *names, born, how))


@pytest.mark.parametrize(("how", "count"), [("day", 1), ("due", 1), ("month", 0), ("estimated", 0), ("unknown", 0)])
def test_an_exact_day_is_a_key_of_its_own(how, count):
    assert len(keys("", "", "2016-05-09", how)) == count
    assert keys("", "", "2016-01-01", how) == set()


ANN_SMITH = ("ann", "smith", "2016-05-09", "day")


@pytest.mark.parametrize(
    ("other", "meets"),
    [
        (("", "", "2016-05-09", "day"), True),
        (("", "", "2016-09-05", "day"), True),
        (("", "", "2016-05-10", "day"), False),
        (("", "", "2016-03-09", "day"), False),
        (("", "", "2017-05-09", "day"), False),
        (("ann", "smith"), True),
        (("smith", "ann"), True),
        (("anne", "smyth"), True),
        (("bob", "smith"), False),
        (("ann", "jones"), False),
        (("amy", "smith", "2016-01-01", "year"), True),
        (("amy", "smith", "2017-01-01", "year"), False),
        (("amy", "smith"), False),
        (("bob", "smith", "2016-01-01", "year"), False),
        (("ann", "stone", "2016-01-01", "year"), True),
        (("ann", "stone", "2017-01-01", "year"), False),
        (("ann", "jones", "2016-01-01", "year"), False),
        (("amy", "smith", "2017-06-01", "estimated"), True),
    ],
)
def test_accounts_worth_comparing_share_a_key(other, meets):
    assert bool(keys(*ANN_SMITH) & keys(*other)) is meets


@pytest.fixture
def account(db):
    """Makes one account of somebody, read again as it is kept."""
    cleo = cast.post("Cleo", cast.agency("Marlbeck Constabulary", AgencyType.POLICE), Role.REPORTER)

    def make(model, **said):
        given = {"owner": cleo.agency, "author": cleo.practitioner, "happened_on": cast.today()}
        row = model.objects.create(person=Person.objects.create(), **given, **said)
        row.refresh_from_db()
        return row

    return make


@pytest.mark.parametrize(
    ("how", "kept_on", "kept_how"),
    [
        ("day", datetime.date(2016, 5, 9), "day"),
        ("month", datetime.date(2016, 5, 1), "month"),
        ("year", datetime.date(2016, 1, 1), "year"),
        ("estimated", datetime.date(2016, 5, 9), "estimated"),
    ],
)
def test_a_part_known_birth_is_kept_as_its_first_day(account, how, kept_on, kept_how):
    row = account(Identity, born_on=MAY_9, born_precision=how)
    assert (row.born_on, row.born_precision) == (kept_on, kept_how)


def test_no_date_is_not_known(account):
    row = account(Identity, born_on=None, born_precision="day")
    assert (row.born_on, row.born_precision) == (None, "unknown")


KEPT = "select search_text, given_words, family_words, match_keys, matched_at = now() from sharing_agreements_identity"


def kept() -> tuple:
    with connection.cursor() as cursor:
        cursor.execute(KEPT)
        return cursor.fetchone()


def test_an_account_keeps_what_it_is_looked_up_by_and_changes_it_with_the_names(account):
    row = account(Identity, given_name="Ann", known_as="Bob", family_name="Smith", born_on=MAY_9, born_precision="day")
    text, given, family, found, is_now = kept()
    assert (text, given, family, is_now) == ("ann bob smith", ["ann", "bob"], ["smith"], True)
    assert set(found) == keys("ann", "smith", "2016-05-09", "day") | keys("bob", "smith", "2016-05-09", "day")
    with connection.cursor() as cursor:
        cursor.execute("update sharing_agreements_identity set matched_at = '2020-01-01'")
    Identity.objects.filter(pk=row.pk).update(sex="F")
    assert kept()[4] is False
    Identity.objects.filter(pk=row.pk).update(given_name="Amy", known_as="")
    text, given, _, found, is_now = kept()
    assert (text, given, is_now) == ("amy smith", ["amy"], True)
    assert set(found) == keys("amy", "smith", "2016-05-09", "day")


@pytest.mark.parametrize(
    ("line", "postcode", "folded"),
    [
        ("12 Mill Rd", "mb1 4qx", "12 mill road|MB14QX"),
        ("", "MB1 4QX", ""),
        (" - ", "MB1 4QX", ""),
        ("av " * 50, "MB1 4QX", ("avenue " * 50)[:200]),
    ],
)
def test_an_address_is_kept_in_one_form(account, line, postcode, folded):
    row = account(Address, line=line, postcode=postcode)
    assert row.folded == folded
    Address.objects.filter(pk=row.pk).update(line="12 Mill Lane", postcode="MB1 4QX")
    row.refresh_from_db()
    assert row.folded == "12 mill lane|MB14QX"
