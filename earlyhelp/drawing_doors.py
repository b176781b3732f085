"""The doors matrix: every route by role, and what an agreement opens in each of its states, asked of the gate."""

import datetime

from django.db import connection, transaction
from django.urls import get_resolver
from django.utils import timezone

from earlyhelp.drawings import DRAWN, walk
from sharing_agreements.models import Agency, Agreement, Clause, Party
from sharing_agreements.vocabulary import AgencyType, AgreementState, Kind, Level, Purpose, Role
from sharing_agreements.web.doors import Access

DAY = datetime.timedelta(days=1)
SIGNED = AgreementState.SIGNED
NOT_SHARING = (Purpose.GOVERNANCE, Purpose.OWN_ACCOUNT)
"""Purposes of the system's own, which no agreement may be for."""


def doors() -> str:
    """Two tables: state of an agreement -> what it opens today; route by role -> on what it may show records."""
    lines = [
        "# Doors: route by role by state of an agreement",
        "",
        DRAWN,
        "",
        "What another agency's record needs, by the state the agreement is in today. Asked of `gate.rules`, which the"
        " policy reads, with one agreement in each state and a clause for every role.",
        "",
        "| agreement | opens records to |",
        "| --- | --- |",
        *(f"| {said} | {_who(opened)} |" for said, opened in _states()),
        "",
        "**agreement**: the page comes for a purpose that clauses may name; besides what its role holds without one, it"
        " shows other agencies' records while an agreement opens them as above. **own**: no agreement reaches this"
        " page. Empty: the door answers as if the page did not exist.",
        "",
        f"| route | {' | '.join(role.label for role in Role)} |",
        f"| --- |{' --- |' * len(Role)}",
        *(
            f"| {name} | {' | '.join(_cell(access, role) for role in Role)} |"
            for _, name, access in sorted(walk(get_resolver(), "", ""), key=lambda route: route[0])
        ),
    ]
    return "\n".join(lines) + "\n"


def _cell(access: Access, role: Role) -> str:
    if access.open_to_all:
        return "own"
    if role not in access.roles:
        return ""
    return "own" if access.purpose_for(role) in NOT_SHARING else "agreement"


def _who(roles: set[str]) -> str:
    return "nobody" if not roles else "every role its clauses name" if len(roles) == len(Role) else ", ".join(roles)


def _states() -> list[tuple[str, set[str]]]:
    """Each state an agreement can stand in, and the roles to whom one in that state opens anything."""
    today = timezone.localdate()
    cases: list[tuple[str, dict[str, object], dict[str, object]]] = [
        (state.label, {"state": state}, {}) for state in AgreementState
    ]
    cases += [
        ("Signed, before its first day", {"state": SIGNED, "starts_on": today + DAY}, {}),
        ("Signed, after its last day", {"state": SIGNED, "ends_on": today - DAY}, {}),
        ("Signed, one party has not", {"state": SIGNED}, {"signed_at": None}),
        ("Signed, the provider left", {"state": SIGNED}, {"left_on": today}),
    ]
    return [(said, _opened(agreement, party)) for said, agreement, party in cases]


def _opened(agreement: dict[str, object], party: dict[str, object]) -> set[str]:
    """Write such an agreement, ask the gate, and take it all back."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("set local earlyhelp.maintenance = 'on'")
        provider, recipient = (
            Agency.objects.create(no=no, name=f"Drawn {no}", short_name=f"{no}", type=AgencyType.SCHOOL, district="")
            for no in (1001, 1002)
        )
        _write(provider, recipient, agreement, party)
        with connection.cursor() as cursor:
            cursor.execute("select role from gate.rules(%s, %s::smallint)", [timezone.localdate(), recipient.no])
            found = {role for (role,) in cursor.fetchall()}
        transaction.set_rollback(True)
    return found


def _write(provider: Agency, recipient: Agency, agreement: dict[str, object], party: dict[str, object]) -> None:
    today, now = timezone.localdate(), timezone.now()
    terms = {"starts_on": today - 9 * DAY, "ends_on": today + DAY, "review_on": today + DAY, **agreement}
    made = Agreement.objects.create(
        reference="DRAWN", title="Drawn", purposes=[Purpose.EARLY_HELP], aim="To draw.", lawful_basis="None.", **terms
    )
    Party.objects.create(agreement=made, agency=recipient, signatory_name="A", signed_at=now - 9 * DAY)
    signed = {"signatory_name": "B", "signed_at": now - 9 * DAY, **party}
    Party.objects.create(agreement=made, agency=provider, **signed)
    Clause.objects.create(
        agreement=made,
        number="1.1",
        provider_agency=provider,
        recipient_agency=recipient,
        recipient_roles=list(Role),
        kind=Kind.CASE,
        level=Level.SUMMARY,
    )
