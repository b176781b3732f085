"""Absent and refused cannot be told apart: every address with an id in it, asked for what exists and is closed to the
asker and for what does not exist, answers alike in status, headers and body (decision 0017; its time: bench/refusals).

Asked by strangers in roles of the route, and by somebody who may see one family for records of others in it.
"""

import re
import uuid
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from cases.models import ThresholdTrial
from referrals.actions import drafting
from referrals.models import ReportImport
from sharing_agreements.actions import record_systems
from sharing_agreements.models import (
    AgreementDocument,
    AgreementExample,
    Disclosure,
    EmergencyAccess,
    Family,
    Notification,
    Person,
    PersonLink,
    Post,
    RecordSystem,
    SimulationLine,
    SimulationRun,
    SystemKey,
)
from sharing_agreements.vocabulary import AgencyType, AgreementState, Kind, Level, Purpose, Role, SupposedChange
from tests import cast
from tests.cases.web import story
from tests.cases.web.conftest import Visitor
from tests.conftest import as_web
from tests.factories.agreements import request_for_sharing
from tests.house.test_routes import routes
from tests.sharing_agreements.test_canaries import forget_checks, governed_models, plant

pytestmark = pytest.mark.django_db
ID = re.compile(r"<(uuid|slug):([a-z_]+)>")
TOKENS = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")[^"]+')


def route_name(route: Any) -> str:
    """The name that reverse() knows a route by."""
    app = {"referrals": "referrals:", "cases": "cases:", "sharing_agreements": "sharing_agreements:"}
    module = route.callback.__module__
    prefix = "referrals_api:" if module.startswith("referrals.api") else app.get(module.split(".")[0], "")
    return f"{prefix}{route.name}"


DETAIL = sorted(
    (route_name(route), address, route.callback.access)
    for address, route in routes()
    if "<uuid:" in address and route.name != "sync_draft"
)
"""Not a draft from a device: under a random key of its own it makes what is not there, so only a key that somebody else
has taken answers 404 (test_somebody_elses_draft_is_not_there in tests/referrals/web/test_offline.py)."""
SLUGS = {"digest": "0" * 64, "verb": "share", "page": "danger", "rule": "review_overdue"}
NOTHING = uuid.UUID("00000000-0000-4000-8000-000000000000")


@pytest.fixture
def closed():
    """Rows of a transport police that shares nothing, by the name an address gives them; each name has several."""
    forget_checks()
    police = cast.agency("Crossline Transport Police", AgencyType.TRANSPORT_POLICE)
    owner = cast.post("Tara", police, Role.REPORTER)
    family = Family.objects.create()
    rows: dict[Any, Any] = {"person": cast.person()}
    for model in governed_models():
        if model not in rows:
            rows[model] = plant(model, rows, owner)
        model.objects.filter(pk=rows[model].pk).update(family=family)
    found = {model._meta.model_name: [rows[model].pk] for model in governed_models()}
    return (
        found
        | ungoverned(owner)
        | {
            "family": [family.pk],
            "person": [rows["person"].pk],
            "child": found["reportedchild"],
            "record": [rows[model].pk for model in governed_models() if model._meta.app_label == "cases"],
            "entry": found["event"],
            "released": found["releasedattachment"],
            "adult": found["reportedadult"],
            "link": [linked(rows["person"]).pk],
            "check": found["agencycheck"],
            "notice": found["leadnotice"] + found["schoolnotice"],
            "copy": found["noticecopy"],
            "post": [owner.pk],
            "follow_up": found["followup"],
            "wish": found["releaserequest"],
            "rung": found["disagreementrung"],
            "flag": found["flag"] + found["hubflag"],
            "practitioner": [owner.practitioner_id],
        }
    )


def linked(person: Person) -> PersonLink:
    """A link of this person with somebody else."""
    other = cast.person()
    return PersonLink.objects.create(said=person, kept=other, moved=person, into=other, linked_at=cast.SIGNED_AT)


def ungoverned(owner: Post) -> dict[str, list[Any]]:
    """Rows with rules of their own: a draft agreement, a request, a page looked at, an unsent report, a job."""
    others = cast.agency("Elsewhere", AgencyType.COURT)
    lead = cast.post("Lena", owner.agency, Role.GOVERNANCE_LEAD)
    clause = {
        "provider_agency": owner.agency,
        "recipient_agency": others,
        "recipient_roles": [Role.MANAGER],
        "kind": Kind.HEALTH,
        "level": Level.SUMMARY,
    }
    drafted = {"purposes": ["triage"], "state": AgreementState.DRAFT, "drafter": owner.agency}
    made, older = cast.agreement(clauses=[clause], **drafted), cast.agreement(clauses=[], **drafted)
    document = AgreementDocument.objects.create(
        agreement=made, title="Impact assessment", filename="impact.pdf", content=b"%PDF-", digest="0" * 64
    )
    run = SimulationRun.objects.create(
        agreement=made,
        supposed=SupposedChange.SIGN,
        asked_by=lead.practitioner,
        asked_at=cast.SIGNED_AT,
        day=cast.today(),
        rules_version=1,
        revision=1,
        from_day=cast.today(),
        parts_total=1,
    )
    line = SimulationLine.objects.create(
        run=run,
        agency=others,
        role=lead.role,
        purpose=Purpose.TRIAGE,
        kind=Kind.HEALTH,
        level=Level.SUMMARY,
        gained=True,
        records=1,
        families=1,
    )
    example = AgreementExample.objects.create(
        agreement=made,
        number=1,
        must_see=True,
        recipient_agency=others,
        role=lead.role,
        purpose=Purpose.TRIAGE,
        provider_agency=owner.agency,
        kind=Kind.HEALTH,
        level=Level.SUMMARY,
        is_involved=True,
        agrees=True,
        stage=1,
    )
    wish = request_for_sharing(lead, others, agency=owner.agency)
    wish.save()
    opened = EmergencyAccess.objects.create(
        practitioner=owner.practitioner,
        post_id=owner.pk,
        agency_no=owner.agency.no,
        people=[],
        told=[],
        reason="A child alone",
        started_at=cast.SIGNED_AT,
        ends_at=cast.SIGNED_AT,
    )
    look = Disclosure.objects.create(what="a page", practitioner_id=owner.practitioner_id, post_id=owner.pk)
    with as_web(lead, Purpose.GOVERNANCE):
        system = record_systems.add_record_system(name="Crossline records", by=lead)
        record_systems.issue_key(system=RecordSystem(pk=system), until=cast.today(), by=lead)
    imported = ReportImport.objects.create(
        system_id=system, digest="0" * 64, file_name="old.csv", mapping={}, started_at=cast.SIGNED_AT
    )
    told = Notification.objects.create(
        practitioner=owner.practitioner,
        address=owner.practitioner.email,
        urgent=False,
        reference="K7Q2",
        made_at=cast.SIGNED_AT,
        sent_at=cast.SIGNED_AT,
    )
    tried = ThresholdTrial.objects.create(
        practitioner=owner.practitioner,
        rule=SLUGS["rule"],
        is_on=True,
        days=5,
        climbs_after=5,
        asked_at=cast.SIGNED_AT,
    )
    with as_web(owner, Purpose.REPORTING):
        draft = drafting.start_draft(key=uuid.uuid4(), by=owner, now=cast.SIGNED_AT)
    return {
        "agreement": [made.pk],
        "older": [older.pk],
        "clause": [made.clauses.get().pk],
        "document": [document.pk],
        "run": [run.pk],
        "line": [line.pk],
        "example": [example.pk],
        "wish": [wish.pk],
        "look": [look.pk],
        "system": [system],
        "imported": [imported.pk],
        "key": [SystemKey.objects.get(system=system).pk],
        "draft": [draft.pk],
        "emergency": [opened.pk],
        "notification": [told.pk],
        "trial": [tried.pk],
    }


def alike(answer: HttpResponse, asked: uuid.UUID) -> tuple[int, dict[str, str], str]:
    """An answer without what is different every time: the form's token, and the id that was asked for."""
    body = TOKENS.sub("token", answer.content.decode()).replace(str(asked), "ID")
    headers = {name: value.replace(str(asked), "ID") for name, value in answer.headers.items()}
    return answer.status_code, headers, body


def values(address: str, known: dict[str, Any]) -> dict[str, Any]:
    """What stands in an address: the given ids, the slugs that there are, and nothing that exists for the rest."""
    names = [name for _, name in ID.findall(address)]
    return {name: known.get(name, SLUGS.get(name, NOTHING)) for name in names}


def asked_for(
    address: str, closed: dict[str, list[Any]], fixed: dict[str, Any]
) -> Iterator[tuple[dict[str, Any], str]]:
    """The ids to ask for in this address, one name at a time, and which name they stand for."""
    for kind, name in ID.findall(address):
        if kind == "uuid" and name not in fixed:
            for one in closed.get(name, ()):
                yield values(address, fixed | {name: one}), name


def differences(
    visitor: Visitor, name: str, address: str, closed: dict[str, list[Any]], fixed: dict[str, Any]
) -> list[str]:
    """Where what is closed answers otherwise than what is not there."""
    found = []
    for method, most in ((visitor.get, 100), (visitor.send, 5)):
        absent: dict[str, Any] = {}
        for known, which in islice(asked_for(address, closed, fixed), most):
            if which not in absent:
                nowhere = uuid.uuid4()
                absent[which] = alike(method(reverse(name, kwargs=known | {which: nowhere})), nowhere)
            if alike(method(reverse(name, kwargs=known)), known[which]) != absent[which]:
                found.append(f"{method.__name__} {name} {which} as {visitor.acting.role}")
    return found


OF_NOBODY = {"job", "pair"}
"""Ids of what belongs to no agency: a job that stopped, two names that stand for one another."""


@pytest.fixture
def strangers():
    """Somebody in every role, at an agency that has no agreement and no record."""
    housing = cast.agency("Marlbeck Homes", AgencyType.HOUSING)
    return {role: Visitor(cast.post(f"Stranger {role}", housing, role)) for role in Role}


def test_what_is_closed_answers_strangers_as_what_is_not_there(closed, strangers):
    told = []
    unknown = set()
    for name, address, access in DETAIL:
        unknown |= {which for kind, which in ID.findall(address) if kind == "uuid"} - set(closed) - OF_NOBODY
        for role in sorted(access.roles):
            if role in {max(access.roles), Role.MANAGER}:
                told += differences(strangers[role], name, address, closed, {})
    assert told == []
    assert not unknown, f"give `closed` something that exists for: {unknown}"


def test_what_is_closed_inside_a_family_one_sees_answers_as_what_is_not_there(closed):
    everybody = cast.assemble()
    marsh = story.marshes(everybody)
    eddie = Visitor(everybody.eddie)
    assert eddie.get(marsh.address).status_code == 200
    told = []
    for name, address, access in DETAIL:
        if "<uuid:family>" in address and address.count("<uuid:") > 1 and everybody.eddie.role in access.roles:
            told += differences(eddie, name, address, closed, {"family": marsh.family.pk})
    assert told == []
