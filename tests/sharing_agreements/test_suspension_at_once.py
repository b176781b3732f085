"""Suspending, resuming and leaving reach a reader who is in the middle of a page, with real commits."""

import psycopg2

from sharing_agreements.models import Agreement, Identity
from sharing_agreements.row_security import Principal, signed
from sharing_agreements.vocabulary import AgreementState, Purpose, Role
from tests import cast, database
from tests.conftest import as_web
from tests.sharing_agreements.test_agreement_life import draft, police_record


def test_suspension_closes_at_the_next_statement_and_resuming_opens(committed):
    everybody = cast.assemble()
    pia = cast.post("Pia", everybody.police, Role.GOVERNANCE_LEAD)
    made = draft(everybody)
    Agreement.objects.filter(pk=made.pk).update(state=AgreementState.SIGNED)
    made.parties.update(signatory_name="A", signatory_post="B", signed_at=cast.SIGNED_AT)
    record = police_record(everybody)
    with as_web(everybody.eddie, Purpose.EARLY_HELP):
        assert set(Identity.objects.values_list("pk", flat=True)) == {record.pk}
        elsewhere(committed, pia, "select gate.suspend_agreement(%s, 'a leak')", [str(made.pk)])
        assert not Identity.objects.exists()
        elsewhere(committed, pia, "select gate.resume_agreement(%s, 'mended')", [str(made.pk)])
        assert set(Identity.objects.values_list("pk", flat=True)) == {record.pk}
        elsewhere(committed, pia, "select gate.leave_agreement(%s, 'no more')", [str(made.pk)])
        assert not Identity.objects.exists()


def elsewhere(name, post, statement, arguments):
    """Another connection of the web login commits a statement as this post."""
    other = psycopg2.connect(database.address("eh_web", name))
    with other, other.cursor() as cursor:
        cursor.execute("select gate.nonce()")
        setting = signed(Principal.of(post, Purpose.GOVERNANCE), cursor.fetchone()[0])
        cursor.execute("select set_config('earlyhelp.principal', %s, true)", [setting])
        cursor.execute(statement, arguments)
    other.close()
