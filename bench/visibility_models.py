"""The twin: the same columns as the governed events, in tables without any policy; and guardian's way to filter it."""

from django.db import models
from django.db.models import QuerySet
from guardian.shortcuts import get_objects_for_user

from cases.models import Event, EventDetail
from sharing_agreements.models import Practitioner


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


def visible_by_guardian(practitioner: Practitioner) -> QuerySet:
    """What django-guardian's own function lists for this practitioner, with its safety switches set."""
    return get_objects_for_user(
        practitioner,
        "cases.view_twinevent",
        TwinEvent,
        use_groups=False,
        with_superuser=False,
        accept_global_perms=False,
    )
