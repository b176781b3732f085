"""Who looked at a family, what one looked at oneself, and looks that a governance lead should ask about."""

import datetime
import re
import uuid

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from sharing_agreements.actions.sealing import seal
from sharing_agreements.models import Disclosure, Family, Identity, LookBasis
from sharing_agreements.queries import looks
from sharing_agreements.queries.explaining import explain_look
from sharing_agreements.vocabulary import AgencyType, InvolvementReason, Purpose, Role
from tests import cast
from tests.cases.web import story
from tests.cases.web.conftest import Visitor
from tests.conftest import as_web

pytestmark = pytest.mark.django_db
MINE = reverse("cases:my_looks")
UNUSUAL = reverse("cases:unusual_looks")
OTHERS = reverse("cases:looks_by_others")
HOUR = datetime.timedelta(hours=1)


def main_of(answer) -> str:
    assert answer.status_code == 200
    shown = re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)
    assert shown
    return re.sub(r"\s+", " ", shown[0])


def looked(post, marsh) -> str:
    return main_of(Visitor(post).get(marsh.address + "who-looked/"))


def look(post, family, *, at=None, records=(), outcome="seen", what="GET cases:show_family") -> Disclosure:
    """A look written down as maintenance would, so that its day can be chosen."""
    return Disclosure.objects.create(
        at=at or timezone.now(),
        practitioner_id=post.practitioner_id,
        post_id=post.pk,
        agency_id=post.agency_id,
        role=post.role,
        purpose=Purpose.EARLY_HELP,
        what=what,
        outcome=outcome,
        family_id=getattr(family, "pk", family),
        record_ids=list(records),
    )


def test_the_team_reads_agencies_and_no_name(marsh, everybody):
    Visitor(everybody.eddie).get(marsh.address)
    page = looked(everybody.ben, marsh)
    assert "Marlbeck Early Help" in page
    assert not re.search(r"Eddie|Chronology", page)


def test_a_manager_and_a_governance_lead_read_names(marsh, everybody):
    Visitor(everybody.ben).get(marsh.address + "chronology/")
    for reader in (everybody.esi, everybody.gita):
        page = looked(reader, marsh)
        assert "Ben <br>" in page
        assert "Team member, Marlbeck Community Health" in page
        assert "Chronology (opened)" in page


def test_a_sensitive_agency_that_looked_is_named_to_managers_and_governance_leads_only(marsh, everybody):
    tide = cast.agency("Turning Tide", AgencyType.SUBSTANCE_USE, sensitive=True)
    look(cast.post("Tess", tide, Role.TEAM_MEMBER), marsh.family, records=[marsh.case.pk])
    assert "Turning Tide" not in looked(everybody.ben, marsh)
    assert "Turning Tide" not in looked(everybody.eddie, marsh)
    assert "Turning Tide" in looked(everybody.esi, marsh)
    assert "Turning Tide" in looked(everybody.gita, marsh)


def test_a_look_at_records_one_may_not_ask_about_is_not_told(marsh, everybody):
    look(everybody.dev, marsh.family, records=[uuid.uuid4()])
    for reader in (everybody.ben, everybody.esi, everybody.gita):
        assert "Oak Green" not in looked(reader, marsh)


def test_refused_looks_of_the_own_agency_are_told_by_name(marsh, everybody):
    look(everybody.eddie, marsh.family, outcome="refused_404")
    assert "Family (refused)" in looked(everybody.esi, marsh)


@pytest.mark.parametrize("name", ["dev", "cleo", "amira"])
def test_whoever_may_not_ask_who_looked_learns_nothing(marsh, everybody, name):
    assert Visitor(getattr(everybody, name)).get(marsh.address + "who-looked/").status_code == 404


def test_a_governance_lead_of_an_agency_that_holds_nothing_learns_nothing(marsh, everybody):
    Visitor(everybody.ben).get(marsh.address)
    stranger = cast.post("Gus", everybody.housing, Role.GOVERNANCE_LEAD)
    assert Visitor(stranger).get(marsh.address + "who-looked/").status_code == 404


def test_the_gate_gives_no_names_to_whoever_may_not_read_them(marsh, everybody):
    Visitor(everybody.eddie).get(marsh.address)
    for post in (everybody.ben, everybody.eddie, everybody.hana, everybody.cleo):
        with as_web(post, Purpose.EARLY_HELP):
            assert looks.who_looked(marsh.family.pk, after=None, most=9) == []
            assert looks.unusual_looks(after=None, most=9) == []
    with as_web(everybody.esi, Purpose.EARLY_HELP):
        assert looks.who_looked(marsh.family.pk, after=None, most=9)


def test_looks_come_in_pages_and_none_twice(marsh, everybody):
    start = timezone.now() - HOUR
    for n in range(120):
        look(everybody.ben, marsh.family, at=start + datetime.timedelta(seconds=n // 2), records=[marsh.case.pk])
    address, found = marsh.address + "who-looked/", 0
    for _ in range(9):
        page = main_of(Visitor(everybody.gita).get(address))
        found += page.count("Ben <br>")
        older = re.search(r'href="(\?after=[^"]+)"', page)
        if not older:
            break
        address = marsh.address + "who-looked/" + older[1]
    assert found == 120


def test_it_is_linked_from_the_family_and_the_own_looks_from_more(marsh, everybody):
    ben = Visitor(everybody.ben)
    page = ben.get(marsh.address).content.decode()
    assert f'href="{marsh.address}who-looked/"' in page
    assert f'href="{reverse("more")}"' in page
    assert f'href="{MINE}"' in ben.get(reverse("more")).content.decode()


def test_ones_own_looks_name_families_one_may_know_and_nobody_elses_looks(marsh, everybody):
    ben = Visitor(everybody.ben)
    ben.get(marsh.address)
    Visitor(everybody.eddie).get(marsh.address + "plan/")
    page = main_of(ben.get(MINE))
    assert "Family (opened)" in page
    assert "Marsh family" in page
    assert "Plan (" not in page
    assert "/why/" in page
    look(everybody.dev, marsh.family)
    assert "Marsh" not in main_of(Visitor(everybody.dev).get(MINE))


@pytest.mark.parametrize("name", ["cleo", "amira", "hana", "esi", "gita", "dev"])
def test_everybody_reads_their_own_looks(everybody, name):
    reader = Visitor(getattr(everybody, name))
    reader.get(reverse("sharing_agreements:agreements"))
    assert "Agreements (opened)" in main_of(reader.get(MINE))


def unusual(post) -> str:
    return main_of(Visitor(post).get(UNUSUAL))


def test_a_look_at_a_family_of_the_own_name_is_unusual(marsh, everybody):
    ed = cast.post("Ed Marsh", everybody.early_help, Role.LEAD_PRACTITIONER)
    story.work([marsh.ada.pk], [marsh.ada.pk], ed, InvolvementReason.TEAM)
    look(ed, marsh.family, records=Identity.objects.filter(person=marsh.ada).values_list("pk", flat=True))
    page = unusual(everybody.gita)
    assert "Ed Marsh" in page
    assert "same family name" in page
    assert "No involvement" not in page
    assert "Ada" not in page


def test_a_look_without_involvement_is_unusual_except_at_the_hub(marsh, everybody):
    stranger = cast.post("Ola", everybody.early_help, Role.LEAD_PRACTITIONER)
    look(stranger, marsh.family)
    look(everybody.eddie, marsh.family)
    look(everybody.esi, marsh.family)
    page = unusual(everybody.gita)
    assert "Ola" in page
    assert "No involvement with the family on that day" in page
    assert marsh.address + "who-looked/" in page
    assert not re.search(r"Eddie|Esi\b", page)
    look(everybody.hana, marsh.family)
    assert "Nothing unusual" in unusual(cast.post("Gil", everybody.hub, Role.GOVERNANCE_LEAD))


@pytest.mark.parametrize(("families", "told"), [(20, False), (21, True)])
def test_more_than_twenty_families_within_an_hour_are_unusual(everybody, families, told):
    start = timezone.now() - 3 * HOUR
    for n in range(families):
        look(everybody.eddie, uuid.uuid4(), at=start + datetime.timedelta(minutes=2 * n))
        look(everybody.eddie, uuid.uuid4(), at=start - datetime.timedelta(days=2 * n + 1))
    assert ("21 families within an hour" in unusual(everybody.gita)) is told


def test_a_governance_lead_who_asks_is_not_unusual(marsh, everybody):
    look(everybody.eddie, marsh.family, records=[marsh.case.pk])
    assert "Eddie" in looked(everybody.gita, marsh)
    assert "Nothing unusual" in unusual(everybody.gita)


def test_looks_of_long_ago_and_of_other_agencies_are_not_on_it(marsh, everybody):
    look(cast.post("Ola", everybody.early_help, Role.LEAD_PRACTITIONER), marsh.family, at=timezone.now() - 700 * HOUR)
    look(cast.post("Max", everybody.police, Role.LEAD_PRACTITIONER), marsh.family)
    assert "Nothing unusual" in unusual(everybody.gita)


@pytest.mark.parametrize("name", ["esi", "eddie", "hana", "dev", "cleo"])
def test_nobody_else_opens_unusual_looks(everybody, name):
    assert Visitor(getattr(everybody, name)).get(UNUSUAL).status_code == 404


def test_unusual_looks_come_in_pages(everybody):
    for _ in range(60):
        look(everybody.eddie, Family.objects.create())
    first = main_of(Visitor(everybody.gita).get(UNUSUAL))
    older = re.search(r'href="(\?after=[^"]+)"', first)
    assert older
    second = main_of(Visitor(everybody.gita).get(UNUSUAL + older[1]))
    assert (first + second).count("Eddie <br>") == 61


def test_a_governance_lead_reads_what_others_opened_of_their_agencys_records_and_nothing_else(marsh, everybody):
    ours = marsh.case.pk
    look(everybody.ben, marsh.family, records=[ours, uuid.uuid4()])
    look(everybody.dev, marsh.family, records=[uuid.uuid4()])
    look(everybody.cleo, marsh.family, records=[ours], outcome="not_found")
    look(everybody.eddie, marsh.family, records=[ours])
    page = main_of(Visitor(everybody.gita).get(OTHERS))
    assert "Team member, Marlbeck Community Health" in page and "1 record: early help case" in page
    assert marsh.address + "who-looked/" in page
    assert not re.search(r"Dev|Cleo|Eddie|Ada|Marsh", page)
    hal = cast.post("Hal", everybody.housing, Role.GOVERNANCE_LEAD)
    assert "No other agency has opened any" in main_of(Visitor(hal).get(OTHERS))


@pytest.mark.parametrize("name", ["esi", "eddie", "hana", "dev", "cleo"])
def test_nobody_else_opens_looks_by_others(everybody, name):
    assert Visitor(getattr(everybody, name)).get(OTHERS).status_code == 404
    with as_web(getattr(everybody, name), Purpose.OVERSIGHT):
        assert looks.looks_by_others(after=None, most=9) == []


def test_looks_by_others_come_in_pages_however_few_of_the_log_are_about_ours(marsh, everybody):
    for _ in range(51):
        look(everybody.ben, marsh.family, records=[marsh.case.pk])
    police = {"agency_id": everybody.police.pk, "practitioner_id": everybody.cleo.practitioner_id}
    Disclosure.objects.bulk_create(Disclosure(**police, record_ids=[uuid.uuid4()]) for _ in range(1100))
    first = main_of(Visitor(everybody.gita).get(OTHERS))
    older = re.search(r'href="(\?after=[^"]+)"', first)
    assert older and first.count("Ben <br>") == 50
    assert main_of(Visitor(everybody.gita).get(OTHERS + older[1])).count("Ben <br>") == 1


def opened_by(look) -> set[tuple]:
    """What the log says opened a look: way and clause."""
    return {(one["way"], one.get("clause")) for one in LookBasis.objects.get(look_id=look.pk).openings}


def test_a_look_is_written_down_with_the_clauses_that_opened_it_in_their_version(marsh, everybody):
    Visitor(everybody.ben).get(marsh.address + "chronology/")
    look = Disclosure.objects.latest("at")
    assert "Not written down yet" in looked(everybody.gita, marsh)
    seal()
    with as_web(everybody.ben, Purpose.EARLY_HELP):
        explained = {(one.way, str(one.clause.id) if one.clause else None) for one in explain_look(look.pk)}
    assert opened_by(look) == explained
    told = LookBasis.objects.get(look_id=look.pk)
    assert (told.same_rules, told.unopened) == (True, 0)
    clause = next(one for one in told.openings if one["way"] == "clause" and one["owner"] == everybody.gita.agency.no)
    said = f"Clause {clause['number']} of {clause['agreement']}, version {clause['version']}: {clause['records']} ("
    assert said in looked(everybody.gita, marsh)
    assert said in looked(everybody.esi, marsh)
    with connection.cursor() as cursor:
        cursor.execute("select gate.log_text(d) from sharing_agreements_disclosure d where id = %s", [look.pk])
        assert clause["clause"] in cursor.fetchone()[0]


def test_an_agency_reads_only_what_opened_its_own_records(marsh, everybody):
    Visitor(everybody.ben).get(marsh.address)
    seal()
    owners = {one["owner"] for told in LookBasis.objects.all() for one in told.openings}
    assert len(owners) > 1
    with as_web(everybody.esi, Purpose.EARLY_HELP):
        told = [one for look in looks.who_looked(marsh.family.pk, after=None, most=9) for one in look.opened]
    own = [one for look in LookBasis.objects.all() for one in look.openings if one["owner"] == everybody.esi.agency.no]
    assert sum(one.records for one in told) == sum(one["records"] for one in own) > 0


def test_rules_that_changed_before_a_look_was_told_are_said(marsh, everybody):
    Visitor(everybody.ben).get(marsh.address)
    look = Disclosure.objects.latest("at")
    with connection.cursor() as cursor:
        cursor.execute("update sharing_agreements_agreement set ends_on = current_date - 1")
    seal()
    told = LookBasis.objects.get(look_id=look.pk)
    assert not told.same_rules
    assert told.unopened > 0
    assert not [one for one in told.openings if one["way"] == "clause"]


def test_a_look_that_was_not_told_is_not_sealed_and_the_next_seal_finds_it(marsh, everybody):
    Visitor(everybody.ben).get(marsh.address)
    with connection.cursor() as cursor:
        cursor.execute("select gate.seal_log(1000), (select count(*) from sharing_agreements_lookbasis)")
        assert cursor.fetchone() == (0, 0)
    assert seal() == 1
    assert seal() == 0


ASK = reverse("cases:ask_about_family")


def asked_about(post, name: str, born: datetime.date) -> str:
    day = {"born_day": born.day, "born_month": born.month, "born_year": born.year}
    return main_of(Visitor(post).send(ASK, name=name, **day))


def test_a_governance_lead_finds_the_family_of_a_child_named_to_them(marsh, everybody):
    ada = Identity.objects.get(person=marsh.ada)
    found = asked_about(everybody.gita, "ada MARSH", ada.born_on)
    for page in ("who-looked", "who-can-see", "look-back"):
        assert f"{marsh.address}{page}/" in found
        assert main_of(Visitor(everybody.gita).get(f"{marsh.address}{page}/"))


@pytest.mark.parametrize(("name", "days"), [("Ada Marsh", 1), ("Ada", 0), ("Marsh", 0), ("Ada Doyle", 0)])
def test_without_the_whole_name_and_the_day_nothing_is_found(marsh, everybody, name, days):
    born = Identity.objects.get(person=marsh.ada).born_on + datetime.timedelta(days)
    assert "holds nothing" in asked_about(everybody.gita, name, born)


def test_an_agency_that_holds_nothing_of_the_family_finds_nothing(marsh, everybody):
    born = Identity.objects.get(person=marsh.ada).born_on
    lead = cast.post("Odette", everybody.dev.agency, Role.GOVERNANCE_LEAD)
    assert "holds nothing" in asked_about(lead, "Ada Marsh", born)
    assert Visitor(everybody.eddie).send(ASK, name="Ada Marsh").status_code == 404
