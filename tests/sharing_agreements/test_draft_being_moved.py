"""Nothing slips into a draft behind a proposal: a change waits for whoever is moving the agreement."""

from django.db import transaction

from sharing_agreements.models import Agreement, Clause
from sharing_agreements.vocabulary import AgencyType, Kind, Level, Purpose, Role
from tests import cast
from tests.doors import become, login, refusal

WAITED_IN_VAIN = "55P03"


def test_a_change_of_a_draft_waits_for_whoever_is_moving_it(committed):
    council = cast.agency("Marlbeck Early Help", AgencyType.EARLY_HELP)
    gita = cast.post("Gita", council, Role.GOVERNANCE_LEAD)
    clause = {"provider_type": AgencyType.POLICE, "recipient_type": AgencyType.HUB, "recipient_roles": [Role.MANAGER]}
    draft = cast.agreement(
        purposes=[Purpose.EARLY_HELP],
        clauses=[{**clause, "kind": Kind.NOTE, "level": Level.SUMMARY}],
        state="draft",
        drafter=council,
    )
    change = "update sharing_agreements_clause set level = 'full'"
    with login("eh_web", committed) as web, web.cursor() as cursor:
        become(cursor, gita, Purpose.GOVERNANCE)
        cursor.execute("set local lock_timeout = '100ms'")
        with transaction.atomic():
            Agreement.objects.filter(pk=draft.pk).update(state="proposed")
            assert refusal(web, change)[:5] == WAITED_IN_VAIN
            transaction.set_rollback(True)
        cursor.execute(change)
        assert cursor.rowcount == 1
    assert Clause.objects.get().level == "summary"
