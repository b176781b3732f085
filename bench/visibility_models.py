"""The twins: the same columns as the governed tables, in tables without any policy. And two other ways to filter."""

import calendar
import datetime
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone
from guardian.shortcuts import get_objects_for_user

from cases.models import Event, EventDetail
from sharing_agreements.models import Clause, Identity, Practitioner
from sharing_agreements.row_security import Principal


class TwinEvent(models.Model):
    """bench_event: a copy of cases_event without row security."""

    id = models.UUIDField(primary_key=True)

    class Meta:
        app_label = "cases"
        managed = False
        db_table = "bench_event"
        default_permissions = ("view",)

    def __str__(self) -> str:
        return str(self.id)


class TwinEventDetail(models.Model):
    """bench_eventdetail: a copy of cases_eventdetail without row security."""

    id = models.UUIDField(primary_key=True)
    event = models.OneToOneField(TwinEvent, on_delete=models.PROTECT, related_name="detail")

    class Meta:
        app_label = "cases"
        managed = False
        db_table = "bench_eventdetail"

    def __str__(self) -> str:
        return str(self.id)


class TwinIdentity(models.Model):
    """bench_identity: a copy of sharing_agreements_identity without row security."""

    id = models.UUIDField(primary_key=True)

    class Meta:
        app_label = "cases"
        managed = False
        db_table = "bench_identity"
        default_permissions = ("view",)

    def __str__(self) -> str:
        return str(self.id)


def _copy(source: type[models.Model], twin: type[models.Model]) -> None:
    for field in source._meta.concrete_fields:
        if field.name not in {"id", "event"}:
            if field.is_relation:
                copy: models.Field = models.UUIDField(null=field.null, db_column=field.column)
                copy.contribute_to_class(twin, field.attname)
            else:
                field.clone().contribute_to_class(twin, field.name)


_copy(Event, TwinEvent)
_copy(EventDetail, TwinEventDetail)
_copy(Identity, TwinIdentity)


def visible_by_guardian(practitioner: Practitioner, twin: type[models.Model] = TwinEvent) -> QuerySet:
    """What django-guardian's own function lists for this practitioner, with its safety switches set."""
    return get_objects_for_user(
        practitioner,
        f"cases.view_{twin._meta.model_name}",
        twin,
        use_groups=False,
        with_superuser=False,
        accept_global_perms=False,
    )


OWN_AGENCY_ROLES = ("decision_maker", "manager")


def orm_rules(principal: Principal, levels: tuple[str, ...] = ("summary", "full")) -> Q:
    """The rules as a condition of a plain ORM filter, as far as this district has them: own agency's rows as far as
    the role reaches, and the clauses of agreements in force. Made once for a viewer, as masks are."""
    today = timezone.localdate()
    own = Q() if principal.role in OWN_AGENCY_ROLES else Q(author_no=principal.practitioner_no)
    if principal.role == "analyst":
        return Q(pk__in=[])
    alike: dict[tuple[bool, bool, int], set[tuple[int, int]]] = {}
    clauses = Clause.objects.filter(
        agreement__state="signed",
        agreement__starts_on__lte=today,
        agreement__ends_on__gte=today,
        agreement__purposes__contains=[principal.purpose],
        agreement__parties__agency=principal.agency_id,
        recipient_roles__contains=[principal.role],
        level__in=levels,
    ).prefetch_related("agreement__parties__agency")
    parties = [party for clause in clauses for party in clause.agreement.parties.all()]
    agency_types = {party.agency_id: party.agency.type for party in parties}
    own_id = next((a for a in agency_types if str(a) == principal.agency_id), None)
    for clause in clauses:
        if own_id not in (clause.recipient_agency_id, None) and clause.recipient_type != agency_types[own_id]:
            continue
        givers = {
            party.agency.no
            for party in clause.agreement.parties.all()
            if party.agency_id == clause.provider_agency_id or party.agency.type == clause.provider_type
        }
        conditions = (clause.needs_involvement, clause.needs_consent, clause.how_far_back)
        alike.setdefault(conditions, set()).update((no, clause.kind) for no in givers if no != principal.agency_no)
    opened = [_opens(*conditions, pairs, principal) for conditions, pairs in alike.items()]
    return reduce(or_, opened, Q(owner_no=principal.agency_no) & own)


def _opens(involvement: bool, consent: bool, months: int, pairs: set[tuple[int, int]], principal: Principal) -> Q:
    """Clauses alike in their conditions: (owner, kind) pairs as one list of keys, as the row's `bit` has them."""
    today = timezone.localdate()
    stages = range(8)
    opened = Q(bit__in=sorted((no * 32 + kind) * 16 + stage * 2 for no, kind in pairs for stage in stages))
    if involvement:
        opened &= Q(involved__contains=[principal.agency_no], facts_until__gte=today)
    if consent:
        opened &= Q(consent_until__gte=today)
    if months:
        opened &= Q(happened_on__gt=_months_before(today, months))
    return opened


def _months_before(day: datetime.date, months: int) -> datetime.date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1]))


def denied(principal: Principal) -> Q:
    """What the restrictive policy closes, as far as this district has it."""
    return Q(hidden_from__contains=[principal.agency_no]) | Q(restricted__gt=0)


def visible_by_orm(twin: type[models.Model], principal: Principal, rules: Q) -> QuerySet:
    """The plain ORM filter with the same rules."""
    return twin._default_manager.filter(rules).exclude(denied(principal))
