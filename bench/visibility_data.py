"""Who looks in the benchmark, what they look at, and copies of the district's tables without policies."""

import datetime
import os
from dataclasses import dataclass
from typing import Any

import psycopg2
from django.db import connection, transaction
from django.db.models import Q

from bench import district
from bench.visibility_models import TwinEvent, TwinIdentity
from cases.models import Event
from sharing_agreements.models import Identity, Practitioner
from sharing_agreements.row_security import Principal, identify


@dataclass(frozen=True)
class Viewer:
    """Somebody who looks."""

    name: str
    what: str
    practitioner: Practitioner
    principal: Principal


def viewer_of(name: str, what: str, no: int, role: str, purpose: str) -> Viewer:
    """Practitioner `no` acting in their one post's agency."""
    someone = Practitioner.objects.get(no=no)
    post = someone.posts.select_related("agency").get()
    agency = post.agency
    principal = Principal(no, str(someone.pk), str(post.pk), agency.no, str(agency.pk), 0, role, purpose)
    return Viewer(name, what, someone, principal)


def viewers() -> list[Viewer]:
    """The four who look."""
    colleague, analyst = district.AGENCIES, 4 * district.AGENCIES
    return [
        viewer_of("hub", "a hub practitioner who receives from 15 agencies", district.HUB, "decision_maker", "triage"),
        viewer_of("police", "a post for a whole police force", district.POLICE, "manager", "oversight"),
        viewer_of("small", "a team member of one school", district.SCHOOL + colleague, "team_member", "early_help"),
        viewer_of("none", "a post with no rights at all", district.SCHOOL + analyst, "analyst", "early_help"),
    ]


TWINS = {
    "bench_event": "cases_event",
    "bench_eventdetail": "cases_eventdetail",
    "bench_identity": "sharing_agreements_identity",
}


def build(records: int) -> None:
    """Fill an empty database with the district, the twins and guardian's rows; do nothing when it is filled."""
    district.build(records)
    owner = psycopg2.connect(os.environ["BENCH_OWNER_URL"])
    with owner, owner.cursor() as cursor:
        cursor.execute("set local earlyhelp.maintenance = 'on'; select to_regclass('bench_event')")
        if cursor.fetchone()[0]:
            return
        for statement in [*_twins(), *_guardian()]:
            cursor.execute(statement)
        _ask_without_rules(cursor)
    for viewer in viewers():
        _permit(viewer)
    owner.autocommit = True
    with owner.cursor() as cursor:
        cursor.execute("vacuum analyze")
    owner.close()


def _twins() -> list[str]:
    """Copies without policies, with every index that the contenders' queries use on the governed tables."""
    return [
        "set local row_security = on",
        *(f"create table {twin} as select * from {table}" for twin, table in TWINS.items()),
        *(f"alter table {twin} add primary key (id)" for twin in TWINS),
        "create unique index on bench_eventdetail (event_id)",
        "create index on bench_event (recorded_at desc, id desc)",
        "create index on bench_event (owner_no, recorded_at desc)",
        "create index on bench_event (family_id, happened_on desc, id desc)",
        "create index on bench_event (person_id, happened_on desc)",
        "create index on bench_identity using gin (search_text gin_trgm_ops)",
        "create index on bench_identity (born_on)",
        f"grant select on {', '.join(TWINS)} to eh_web, eh_gate",
        "grant select, insert on guardian_userobjectpermission to eh_web",
    ]


def _ask_without_rules(cursor: Any) -> None:
    """Make the gate's own questions with the rules taken out, to compare with: from their text, so they stay the same.

    gate.bench_find_people reads the twin of identities; gate.bench_who_holds the governed tables, as the gate, which
    sees all of them.
    """
    cursor.execute("set local role eh_gate")
    for name in ("find_people", "who_holds"):
        cursor.execute("select pg_get_functiondef(%s::regproc)", [f"gate.{name}"])
        text = cursor.fetchone()[0].replace(f"FUNCTION gate.{name}(", f"FUNCTION gate.bench_{name}(")
        for rule in ("gate.predicate(1)", "gate.predicate(2)", "gate.predicate(3)", "gate.denial()", "gate.readable()"):
            text = text.replace(rule, "'true'")
        text = text.replace("gate.any_right()", "true")
        cursor.execute(text.replace("from sharing_agreements_identity\n", "from bench_identity\n"))
    cursor.execute("set local role eh_owner")


def _guardian() -> list[str]:
    permissions = """insert into auth_permission (name, content_type_id, codename)
        select 'Can view', id, 'view_' || model from django_content_type where model in ('twinevent', 'twinidentity')
        on conflict do nothing"""
    types = """insert into django_content_type (app_label, model)
        values ('cases', 'twinevent'), ('cases', 'twinidentity') on conflict do nothing"""
    return [types, permissions]


def _permit(viewer: Viewer) -> None:
    """One row of guardian's per record this viewer sees, generic key: written by the viewer, so it is the same set."""
    with transaction.atomic(), connection.cursor() as cursor:
        identify(viewer.principal)
        for model, table in (("twinevent", "cases_event"), ("twinidentity", "sharing_agreements_identity")):
            cursor.execute(
                f"""insert into guardian_userobjectpermission (object_pk, content_type_id, permission_id, user_id)
                    select r.id::text, p.content_type_id, p.id, %s from {table} r, auth_permission p
                     where p.codename = %s and (select gate.any_right())""",
                [viewer.practitioner.pk, f"view_{model}"],
            )


@dataclass(frozen=True)
class Sample:
    """What one viewer looks at: rows they can see, or anybody's where they can see none."""

    since: datetime.datetime
    after: Q
    """Where their page 200 of everything begins; their last page when they have fewer."""
    one: Any
    family: Any
    people: list[Any]
    name: str
    born: datetime.date


PAGE = 25


def samples(viewer: Viewer) -> Sample:
    """Choose them with the viewer's own eyes."""
    since = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=90)
    with transaction.atomic():
        identify(viewer.principal)
        events, names = Event.objects.visible(), Identity.objects.visible()
        if not events.exists():
            events, names = TwinEvent.objects.all(), TwinIdentity.objects.all()
        before = list(events.order_by("-recorded_at", "-id").values_list("recorded_at", "id")[: 199 * PAGE])
        at, last = before[-1 - PAGE if len(before) < 199 * PAGE else -1]
        some = list(events.order_by("-recorded_at", "-id").values_list("family_id", flat=True)[:600])
        most = max(some, key=some.count)
        one = events.filter(family_id=most).order_by("id")[0]
        person = names.filter(family_id__in=some).order_by("id")[0]
        people = list(TwinEvent.objects.filter(family_id=most).values_list("person_id", flat=True).distinct())
    return Sample(
        since=since,
        after=Q(recorded_at__lte=at) & (Q(recorded_at__lt=at) | Q(id__lt=last)),
        one=one.pk,
        family=most,
        people=people,
        name=f"{person.given_name} {person.family_name}",
        born=person.born_on,
    )
