"""Which law may carry an agreement. The packs are data; the rules are pure; the partnership may switch a pack off."""

import datetime

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from sharing_agreements.models import SwitchedOffPack
from sharing_agreements.queries.law import packs, powers, powers_on, read_pack
from sharing_agreements.rules.law import Named, faults, unmet, why_not_rest_on
from sharing_agreements.vocabulary import AgencyType, Kind, Purpose, Role
from tests import cast
from tests.conftest import as_web

POLICE = Named("Marlbeck Constabulary", AgencyType.POLICE)
COUNCIL = Named("Marlbeck Early Help", AgencyType.EARLY_HELP)
SCHOOL = Named("Quarry Hill", AgencyType.SCHOOL)
CHARITY = Named("Harbour", AgencyType.CHARITY)
TODAY = datetime.date(2026, 11, 22)
POWERS = powers()
ON = [code for code, power in POWERS.items() if power.is_on(TODAY)]

SHIPPED = {
    "children_act_2004": ["children_act_2004_s10", "children_act_2004_s11", "children_act_2004_s16h"],
    "children_act_2004_identifiers": ["children_act_2004_s16la", "children_act_2004_s16lc"],
    "children_act_1989": ["children_act_1989_s17", "children_act_1989_s47"],
    "crime_and_disorder_act_1998": ["crime_and_disorder_act_1998_s115"],
    "digital_economy_act_2017": ["digital_economy_act_2017_s35"],
    "uk_gdpr": ["uk_gdpr_6_1_c", "uk_gdpr_6_1_e", "uk_gdpr_6_1_f", "uk_gdpr_9_2_g", "uk_gdpr_9_2_h", "uk_gdpr_10"],
    "data_protection_act_2018": [
        "dpa_2018_part_3", "dpa_2018_sch1_2", "dpa_2018_sch1_6", "dpa_2018_sch1_10", "dpa_2018_sch1_18",
    ],
    "data_use_and_access_act_2025": ["duaa_2025_sch4_safeguarding", "duaa_2025_sch4_request"],
    "serious_violence_duty": ["serious_violence_s16"],
    "operation_encompass": ["operation_encompass_common_law", "operation_encompass_duty"],
    "confidentiality": ["confidentiality_consent", "confidentiality_public_interest", "confidentiality_law"],
}  # fmt: skip


def test_the_packs_of_the_partnership_hold_these_powers_and_no_code_twice():
    assert {pack.code: [power.code for power in pack.powers] for pack in packs()} == SHIPPED
    assert len(POWERS) == sum(len(codes) for codes in SHIPPED.values())


@pytest.mark.parametrize("power", POWERS.values(), ids=POWERS)
def test_a_power_says_what_it_is_in_a_sentence_and_where_it_stands(power):
    assert power.says.endswith(".") and power.source.startswith("https://")
    assert power.covers and power.purposes


@pytest.mark.parametrize("pack", packs(), ids=lambda pack: pack.code)
def test_a_pack_says_whether_a_lawyer_checked_it(pack):
    assert pack.checked_by_lawyer is False, "name the lawyer and the day in a decision record, then say so here"


@pytest.mark.parametrize("code", ["crime_and_disorder_act_1998_s115", "operation_encompass_common_law"])
def test_a_first_day_nobody_is_sure_of_says_so(code):
    assert POWERS[code].commenced and POWERS[code].to_check.endswith(".")


def test_a_pack_that_does_not_say_whether_it_was_checked_is_not_read():
    with pytest.raises(KeyError, match="checked_by_lawyer"):
        read_pack("x", {"title": "X", "source": "https://example.org", "powers": []})


def test_law_that_has_not_commenced_is_off_and_law_is_on_from_its_first_day():
    assert "children_act_2004_s16la" not in ON
    assert "operation_encompass_duty" not in ON
    first = POWERS["duaa_2025_sch4_safeguarding"]
    assert first.is_on(datetime.date(2026, 2, 5))
    assert not first.is_on(datetime.date(2026, 2, 4))


@pytest.mark.parametrize(
    ("code", "purpose", "parties", "says"),
    [
        ("children_act_2004_s10", Purpose.EARLY_HELP, [POLICE, COUNCIL, SCHOOL, CHARITY], ""),
        ("crime_and_disorder_act_1998_s115", Purpose.TRIAGE, [POLICE, COUNCIL], ""),
        (
            "crime_and_disorder_act_1998_s115",
            Purpose.TRIAGE,
            [POLICE, COUNCIL, CHARITY],
            "Crime and Disorder Act 1998: section 115: preventing crime and disorder does not cover Harbour (charity). "
            "Rest the purpose on another power, or leave that party out.",
        ),
        ("crime_and_disorder_act_1998_s115", Purpose.EVALUATION, [POLICE, COUNCIL], "does not serve the purpose"),
        ("digital_economy_act_2017_s35", Purpose.EARLY_HELP, [COUNCIL, SCHOOL], "does not cover Quarry Hill (school)"),
        ("dpa_2018_part_3", Purpose.TRIAGE, [POLICE, SCHOOL], ""),
        ("dpa_2018_part_3", Purpose.TRIAGE, [SCHOOL, CHARITY], "covers none of the parties"),
        ("uk_gdpr_6_1_e", Purpose.EARLY_HELP, [CHARITY], "covers none of the parties"),
        ("uk_gdpr_6_1_e", Purpose.EARLY_HELP, [COUNCIL, CHARITY], ""),
        ("children_act_2004_s16la", Purpose.TRIAGE, [POLICE], "has not commenced"),
    ],
)
def test_what_a_power_may_carry(code, purpose, parties, says):
    found = why_not_rest_on(POWERS[code], purpose, parties, on=code in ON)
    assert (says in found) if says else found == ""


def test_a_purpose_needs_a_power_to_share_and_not_only_a_condition():
    chosen = {Purpose.EARLY_HELP: ["uk_gdpr_6_1_e"], Purpose.TRIAGE: ["children_act_1989_s47", "uk_gdpr_6_1_e"]}
    found = faults(chosen, [Purpose.EARLY_HELP, Purpose.TRIAGE], [POLICE, COUNCIL], POWERS, ON)
    assert found == ["“Early help with a family” rests on no power or duty to share yet."]


@pytest.mark.parametrize(
    ("kinds", "codes", "documents", "says"),
    [
        ([Kind.CONCERN], [], [], []),
        ([Kind.HEALTH], ["uk_gdpr_9_2_h", "confidentiality_consent"], [], []),
        ([Kind.HEALTH], ["confidentiality_consent"], [], ["special categories"]),
        ([Kind.HEALTH], ["uk_gdpr_9_2_h"], [], ["in confidence"]),
        ([Kind.POLICE], ["uk_gdpr_6_1_e"], [], ["offences"]),
        ([Kind.POLICE], ["dpa_2018_sch1_18"], [], ["Appropriate policy document"]),
        ([Kind.POLICE], ["dpa_2018_sch1_18"], ["Our appropriate policy document, 2026"], []),
    ],
)
def test_what_sensitive_kinds_still_ask_for(kinds, codes, documents, says):
    found = unmet(kinds, [POWERS[code] for code in codes], documents)
    assert len(found) == len(says)
    assert all(word in sentence for word, sentence in zip(says, found, strict=True))


@pytest.mark.django_db
def test_a_governance_lead_switches_a_pack_off_and_nobody_else():
    people = cast.assemble()
    off = {"pack": "serious_violence_duty", "reason": "No duty here", "switched_by": people.gita.practitioner}
    with (
        as_web(people.esi, Purpose.OVERSIGHT),
        pytest.raises(ProgrammingError, match="row-level"),
        transaction.atomic(),
    ):
        SwitchedOffPack.objects.create(**off | {"switched_by": people.esi.practitioner})
    with as_web(people.gita, Purpose.GOVERNANCE):
        SwitchedOffPack.objects.create(**off)
        assert "serious_violence_s16" not in {power.code for power in powers_on(TODAY)}
    with as_web(people.esi, Purpose.OVERSIGHT):
        assert SwitchedOffPack.objects.all().delete()[0] == 0
    assert people.gita.role == Role.GOVERNANCE_LEAD
