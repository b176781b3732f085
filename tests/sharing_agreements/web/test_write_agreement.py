"""Writing a draft in the browser: its pages, what they refuse and what they keep."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from sharing_agreements.models import Agency, Agreement
from sharing_agreements.queries.agreements import words_of
from sharing_agreements.queries.law import packs
from sharing_agreements.rules.odrl import read, written
from sharing_agreements.vocabulary import AgencyType, Kind, Level, Role, Stage
from tests import cast
from tests.sharing_agreements.web.agreements import Lead, boxes, clause, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def everybody():
    return cast.assemble()


@pytest.fixture
def gita(everybody):
    return Lead(everybody.gita)


def test_a_draft_is_written_page_by_page_and_reads_as_sentences(everybody, gita):
    made = gita.draft(everybody.police)
    page = gita.get("read_agreement", made.pk).content.decode()
    assert "Marlbeck Early Help (lead practitioner) may see the summary of records of this kind" in page
    assert "Children Act 2004: section 10" in page
    assert "Add a clause" in page
    register = gita.get("agreements").content.decode()
    assert "drafts" in register and "Police, council and three schools" in register


def test_nobody_else_sees_a_draft_or_opens_its_editor(everybody, gita):
    made = gita.draft(everybody.police)
    pia = Lead(cast.post("Pia", everybody.police, Role.GOVERNANCE_LEAD))
    for page in (
        "read_agreement",
        "write_words",
        "choose_parties",
        "choose_purposes",
        "choose_powers",
        "add_clause",
        "propose_agreement",
    ):
        assert pia.get(page, made.pk).status_code == 404
    esi = Lead(everybody.esi)
    assert esi.get("open_draft").status_code == 404
    assert "Police, council and three schools" not in esi.get("agreements").content.decode()


def test_what_was_typed_stays_when_a_date_is_wrong(gita):
    said = words(aim="Our own words stay") | boxes("ends_on", cast.LONG_AGO)
    page = gita.send("open_draft", said=said)
    assert page.status_code == 422
    assert "The last day must not be before the first day" in page.content.decode()
    assert "Our own words stay" in page.content.decode()


def test_a_reference_is_taken_once(everybody, gita):
    gita.draft(everybody.police)
    page = gita.send("open_draft", said=words())
    assert page.status_code == 422
    assert "has this reference" in page.content.decode()


def test_a_gateway_that_does_not_cover_a_charity_is_refused_with_the_sentence(everybody, gita):
    harbour = cast.agency("Harbour", AgencyType.CHARITY)
    made = gita.draft(everybody.police, harbour)
    page = gita.edit(made, "choose_powers", early_help=["crime_and_disorder_act_1998_s115"])
    assert page.status_code == 422
    assert "does not cover Harbour (charity)" in page.content.decode()
    made.refresh_from_db()
    assert made.powers == {"early_help": ["children_act_2004_s10", "uk_gdpr_6_1_e"]}


def test_law_that_has_not_commenced_is_not_offered(everybody, gita):
    made = gita.draft(everybody.police)
    page = gita.get("choose_powers", made.pk).content.decode()
    assert "section 17: children in need" in page
    assert "section 47" not in page, "it serves no purpose of this agreement"
    assert "section 16LA" not in page
    law = gita.get("law_packs").content.decode()
    assert "Not commenced" in law and "16LA" in law


def test_one_form_makes_a_clause_for_each_kind_and_a_clause_can_be_said_anew_and_removed(everybody, gita):
    made = gita.draft(everybody.police)
    kinds = [str(Kind.CONCERN.value), str(Kind.CASE.value)]
    gita.edit(made, "add_clause", **clause("type:police", everybody.early_help, kinds=kinds))
    assert [one.number for one in made.clauses.all()] == ["1.1", "1.2", "1.3"]
    second = made.clauses.get(number="1.2")
    said = clause("type:police", everybody.early_help, kinds=kinds[:1], level=Level.FULL)
    assert gita.send("change_clause", made.pk, second.pk, said=said, agreement=made).status_code == 302
    assert made.clauses.get(number="1.2").level == Level.FULL
    gita.send("remove_clause", made.pk, second.pk, said={})
    assert [one.number for one in made.clauses.all()] == ["1.1", "1.3"]
    matrix = gita.get("show_matrix", made.pk).content.decode()
    assert "Summary: lead practitioner (1.1)" in matrix and "Early help case" in matrix


def test_a_clause_for_the_parties_of_a_type_in_one_district_opens_nothing_in_another(everybody, gita):
    far = cast.agency("Stone Wick School", AgencyType.SCHOOL)
    Agency.objects.filter(pk=far.pk).update(district="Stonewick")
    made = gita.draft(everybody.police, everybody.oak_green, far)
    made.clauses.all().delete()
    page = gita.get("add_clause", made.pk).content.decode()
    assert (
        "Every party of the type school in Marlbeck" in page and "Every party of the type school in Stonewick" in page
    )
    said = clause(everybody.police, "type:school:Marlbeck", needs_involvement="True")
    assert gita.edit(made, "add_clause", **said).status_code == 302
    page = gita.get("read_agreement", made.pk).content.decode()
    assert "Every party of the type school in Marlbeck (lead practitioner) may see the summary" in page
    assert "about children on their roll and families they work with" in page
    assert (
        'value="type:school:Marlbeck" selected'
        in gita.get("change_clause", made.pk, made.clauses.get().pk).content.decode()
    )
    assert "outside Marlbeck" in gita.get("suggest_examples", made.pk).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("set local role eh_gate")
        cursor.execute(
            "select recipient_no from gate.rules_supposing("
            "array[jsonb_populate_record(null::gate.supposed, %s::jsonb)], gate.today()) where agreement_id = %s",
            [json.dumps({"agreement_id": str(made.pk), "verb": "sign"}), made.pk],
        )
        assert cursor.fetchall() == [(everybody.oak_green.no,)]
        cursor.execute("set local role eh_owner")
        cursor.execute("select gate.agreement_words(%s)", [made.pk])
        assert '"recipient": "school in Marlbeck"' in cursor.fetchone()[0]
    words = words_of(made)
    assert read(json.loads(json.dumps(written(words)))) == words


def test_the_second_of_two_open_pages_is_shown_both_versions(everybody, gita):
    made = gita.draft(everybody.police)
    before = str(Agreement.objects.get(pk=made.pk).revision)
    assert gita.edit(made, "write_words", **words(aim="First thought")).status_code == 302
    page = gita.edit(made, "write_words", **words(aim="Second thought"), version=before)
    assert page.status_code == 422
    text = page.content.decode()
    assert "First thought" in text and "Second thought" in text
    made.refresh_from_db()
    assert made.aim == "First thought"


def test_a_paper_is_attached_downloaded_and_taken_out(everybody, gita):
    made = gita.draft(everybody.police)
    paper = SimpleUploadedFile("Prüfung.pdf", b"%PDF-1.7 ours")
    assert gita.edit(made, "attach_document", title="Impact assessment", paper=paper).status_code == 302
    kept = made.documents.get()
    answer = gita.get("read_document", made.pk, kept.pk)
    assert answer.content == b"%PDF-1.7 ours"
    assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''Pr%C3%BCfung.pdf"
    assert gita.edit(made, "attach_document", title="X", paper=SimpleUploadedFile("x.exe", b"MZ")).status_code == 422
    gita.send("remove_document", made.pk, kept.pk, said={})
    assert not made.documents.exists()


def test_sensitive_kinds_ask_for_their_conditions_and_papers(everybody, gita):
    made = gita.draft(everybody.health)
    kinds = [str(Kind.HEALTH.value)]
    gita.edit(made, "add_clause", **clause(everybody.health, everybody.early_help, kinds=kinds))
    page = gita.get("read_agreement", made.pk).content.decode()
    assert "choose a condition for special categories" in page


@pytest.mark.parametrize(
    ("changed", "taken"),
    [
        ({}, False),
        ({"level": "existence"}, False),
        ({"stages": [str(Stage.PLAN_OPEN.value), str(Stage.STEPPED_UP.value)]}, False),
        ({"needs_consent": "True"}, True),
        ({"stages": [str(Stage.STEPPED_UP.value)]}, True),
    ],
)
@pytest.mark.parametrize("by_type", [False, True])
def test_a_sensitive_service_is_opened_by_consent_or_step_up_only(everybody, gita, changed, taken, by_type):
    lantern = cast.agency("Lantern", AgencyType.DOMESTIC_ABUSE, sensitive=True)
    made = gita.draft(everybody.police, lantern)
    provider = f"type:{AgencyType.DOMESTIC_ABUSE}" if by_type else lantern
    answer = gita.edit(made, "add_clause", **clause(provider, everybody.early_help, **changed))
    assert answer.status_code == (302 if taken else 422)
    assert ("Lantern is a sensitive service" in answer.content.decode()) == (not taken)


def test_a_draft_read_from_a_file_opens_no_sensitive_service_either(everybody, gita):
    made = gita.draft(everybody.police)
    everybody.police.sensitive = True
    everybody.police.save()
    assert "is a sensitive service" in gita.get("read_agreement", made.pk).content.decode()
    answer = gita.propose(made)
    assert answer.status_code != 302 and "is a sensitive service" in answer.content.decode()


def test_the_law_page_names_its_sources_and_says_that_no_lawyer_checked_it(everybody, gita):
    page = gita.get("law_packs").content.decode()
    assert page.count("Checked by a lawyer: no.") == len(packs())
    assert all(pack.source in page for pack in packs())
    assert "no lawyer has checked them" in page and page.count("To check first:") >= 2
    made = gita.draft(everybody.health)
    assert reverse("sharing_agreements:law_packs") in gita.get("choose_powers", made.pk).content.decode()


def test_a_pack_is_switched_off_and_on_with_a_reason(everybody, gita):
    assert gita.send("switch_pack", "serious_violence_duty", said={"reason": ""}).status_code == 422
    gita.send("switch_pack", "serious_violence_duty", said={"reason": "Not in this area"})
    assert "Not in this area" in gita.get("law_packs").content.decode()
    gita.send("switch_pack", "serious_violence_duty", said={"reason": "Now it is"})
    assert "Not in this area" not in gita.get("law_packs").content.decode()
    assert gita.get("switch_pack", "no_such_pack").status_code == 404
