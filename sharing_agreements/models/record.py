"""SharedRecord: what every governed row carries, so that PostgreSQL can decide alone who reads it."""

import uuid
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.expressions import RawSQL
from django.utils import timezone

from sharing_agreements.vocabulary import Kind, Level


class SharedQuerySet(models.QuerySet):
    """Reads of governed rows. Row security decides; nothing here restates a rule."""

    def visible(self):
        """The rows this transaction's principal may see, skipping the read when they have no rights at all.

        The filter is speed only: without it a post with no rights scans the table to find nothing.
        """
        return self.filter(RawSQL("(select gate.any_right())", (), output_field=models.BooleanField()))


class SharedRecord(models.Model):
    """A row owned by one agency, about some people, shared by the agreements in force.

    An app sets: `owner`, `author`, `family`, `person` or `about`, `happened_on`, and where it applies
    `sent_to`, `sent_to_practitioner` and `hidden_from`. Everything below the line "facts" is overwritten by
    the database on insert and kept true by it; the web and worker logins have no UPDATE on any of these.

    `KIND` is the kind every row of the table has (None: set `kind` per row). `LEVEL` says whether a reader
    needs summary or full rights to see a row of this table.
    """

    KIND: ClassVar[Kind | None] = None
    LEVEL: ClassVar[Level] = Level.SUMMARY
    LEAD_MAY_UPDATE: ClassVar[bool] = False

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey("sharing_agreements.Agency", on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey("sharing_agreements.Practitioner", null=True, on_delete=models.PROTECT, related_name="+")
    family = models.ForeignKey("sharing_agreements.Family", null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("sharing_agreements.Person", null=True, on_delete=models.PROTECT, related_name="+")
    about = ArrayField(models.UUIDField(), default=list, help_text="Every person this row is about.")
    happened_on = models.DateField(help_text="The day 'how far back' counts from.")
    recorded_at = models.DateTimeField(default=timezone.now)
    sent_to = models.ForeignKey("sharing_agreements.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    sent_to_practitioner = models.ForeignKey(
        "sharing_agreements.Practitioner", null=True, on_delete=models.PROTECT, related_name="+"
    )
    hidden_from = ArrayField(
        models.SmallIntegerField(), default=list, help_text="Numbers of agencies that must never see this row."
    )
    version = models.PositiveIntegerField(default=1)

    # facts: the database's own, see sql/
    kind = models.SmallIntegerField(choices=Kind, default=0, editable=False)
    owner_no = models.SmallIntegerField(default=0, editable=False)
    author_no = models.IntegerField(null=True, editable=False)
    team_no = models.IntegerField(null=True, editable=False)
    sent_to_no = models.SmallIntegerField(null=True, editable=False)
    sent_to_practitioner_no = models.IntegerField(null=True, editable=False)
    bit = models.IntegerField(default=0, editable=False)
    stage = models.SmallIntegerField(default=0, editable=False)
    involved = ArrayField(models.SmallIntegerField(), default=list, editable=False)
    workers = ArrayField(models.IntegerField(), default=list, editable=False)
    lead_no = models.IntegerField(null=True, editable=False)
    consent_until = models.DateField(null=True, editable=False)
    facts_until = models.DateField(null=True, editable=False)
    restricted = models.SmallIntegerField(default=0, editable=False)
    allowed = ArrayField(models.IntegerField(), null=True, editable=False)

    objects = SharedQuerySet.as_manager()

    FACTS: ClassVar[frozenset[str]] = frozenset(
        "id owner author family person about happened_on recorded_at sent_to sent_to_practitioner hidden_from "
        "kind owner_no author_no team_no sent_to_no sent_to_practitioner_no bit stage involved workers lead_no "
        "consent_until facts_until restricted allowed".split()
    )

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert, or update the columns that are not facts (the logins may update no others)."""
        if self._state.adding:
            if self.KIND is not None:
                self.kind = self.KIND
            if self.person_id and not self.about:
                self.about = [self.person_id]
        elif kwargs.get("update_fields") is None:
            kwargs["update_fields"] = [f.name for f in self._meta.concrete_fields if f.name not in self.FACTS]
        super().save(*args, **kwargs)

    @property
    def main_person(self) -> uuid.UUID:
        """The id of `person`, for records that are always about one."""
        if self.person_id is None:
            raise ValueError(f"This {self._meta.model_name} is about several people.")
        return self.person_id
