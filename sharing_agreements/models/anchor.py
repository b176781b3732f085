"""Bare anchors. Names, dates of birth and addresses are agency-owned records that point here.

An anchor holds nothing personal and no date, its id is random, and no route serves it: any principal may
select it, so a foreign key to it never makes a row vanish (docs/decisions/0008).
"""

import uuid

from django.db import models
from guardian.models import UserObjectPermissionBase


class Person(models.Model):
    """Somebody records are about: a child, an unborn child, a parent, another adult."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")

    class Meta:
        default_permissions = ()
        permissions = [
            ("see_restricted", "May see this person although their records are restricted"),
            ("see_hidden_address", "May see where this person can be found although it is hidden"),
        ]


class Family(models.Model):
    """A family that records and a case hang from."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")

    class Meta:
        verbose_name_plural = "families"
        default_permissions = ()


class PersonUserObjectPermission(UserObjectPermissionBase):
    """Named practitioners on a restricted person's allow-list (django-guardian, direct key)."""

    content_object = models.ForeignKey(Person, on_delete=models.PROTECT)
