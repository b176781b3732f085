"""Names that stand for one another on the screen: looked up, added, removed; and they count at once."""

import uuid

import pytest

from sharing_agreements.models import NameVariant
from sharing_agreements.vocabulary import Role
from tests import cast
from tests.cases.web.conftest import Visitor
from tests.sharing_agreements.test_find_and_match import BORN, known
from tests.sharing_agreements.test_matching import found

pytestmark = pytest.mark.django_db
PAGE = "/name-variants/"


@pytest.fixture
def people():
    everybody = cast.assemble()
    return everybody, Visitor(cast.post("Ada", everybody.hub, Role.ADMINISTRATOR))


def add(visitor, name="Zbyszek", stands_for="Zbigniew", why="short"):
    key = str(uuid.uuid4())
    return visitor.send(PAGE, name=name, stands_for=stands_for, why=why, idempotency_key=key)


def test_a_pair_counts_in_the_next_search_and_no_longer_once_it_is_removed(people):
    everybody, ada = people
    child = known(everybody.cleo, given="Zbigniew", born=BORN.replace(year=2015))
    typed = {"given": "Zbyszek", "family": "Smith", "first": BORN, "last": BORN}
    before = found(everybody.hana, **typed).get(child.pk, [])
    assert "given_variant" not in before
    assert add(ada).url == f"{PAGE}?name=zbigniew"
    assert "given_variant" in found(everybody.hana, **typed)[child.pk]
    pair = NameVariant.objects.get(name="zbyszek")
    assert "Zbyszek" in ada.get(f"{PAGE}?name=ZBIGNIEW").content.decode()
    ada.send(f"{PAGE}{pair.pk}/remove/")
    assert found(everybody.hana, **typed).get(child.pk, []) == before
    assert ada.send(f"{PAGE}{pair.pk}/remove/").status_code == 404


def test_names_are_kept_without_case_accents_or_apostrophes(people):
    _, ada = people
    add(ada, name=" D\u2019Arc\u00e9 ", stands_for="JEANNE", why="writing")
    assert NameVariant.objects.filter(name="darce", stands_for="jeanne", why="writing").exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": "Mary Ann"}, "one word, without titles"),
        ({"name": "ZB\u00cdGNIEW"}, "the same name already"),
        ({"name": "Molly", "stands_for": "Mary"}, "stand for one another already"),
        ({"name": "Mary", "stands_for": "Molly"}, "stand for one another already"),
        ({"name": ""}, "Enter a name somebody may say"),
    ],
)
def test_a_pair_that_makes_no_sense_is_refused_with_a_sentence_and_stays_typed(people, typed, sentence):
    _, ada = people
    many = NameVariant.objects.count()
    answer = add(ada, **typed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert f'value="{typed.get("stands_for", "Zbigniew")}"' in answer.content.decode()
    assert NameVariant.objects.count() == many


def test_all_names_are_on_one_page_in_one_query_for_them(people, django_assert_max_num_queries):
    _, ada = people
    ada.get(PAGE)
    with django_assert_max_num_queries(14):
        text = ada.get(PAGE).content.decode()
    assert "abigail" in text and "abbie, abby, abi, gail" in text


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_nobody_else_comes_in(people, role):
    everybody, _ = people
    other = Visitor(cast.post("Gil", everybody.hub, role))
    assert other.get(PAGE).status_code == 404
    assert add(other).status_code == 404
    assert not NameVariant.objects.filter(name="zbyszek").exists()
