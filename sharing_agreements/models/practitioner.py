"""The person who signs in, and the posts they hold in agencies."""

import datetime
import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from sharing_agreements.models.agency import Agency, Team
from sharing_agreements.vocabulary import Role


class PractitionerManager(BaseUserManager["Practitioner"]):
    """Finds and makes practitioners. There is no superuser: nobody sees everything."""

    def create_practitioner(self, *, no: int, email: str, name: str, password: str | None = None) -> "Practitioner":
        """Make a local account. `no` is the small number row facts use; None as password means none works."""
        practitioner = self.model(no=no, email=email.lower(), subject=email.lower(), name=name)
        practitioner.set_password(password)
        practitioner.save(using=self._db)
        return practitioner

    def get_by_natural_key(self, username: str | None) -> "Practitioner":
        """The local account for this e-mail address (Django's sign-in calls this)."""
        return self.get(provider="local", subject=(username or "").lower())


class Practitioner(AbstractBaseUser):
    """Somebody who works with families. Keyed by provider and subject, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    no = models.PositiveIntegerField(unique=True)
    provider = models.CharField(max_length=40, default="local")
    subject = models.CharField(max_length=200)
    email = models.EmailField()
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)
    is_demonstration = models.BooleanField(default=False)
    trained_until = models.DateField(
        null=True,
        blank=True,
        help_text="Last day their training in sharing information counts; posts are not held after it. "
        "Empty: not recorded.",
    )
    person = models.ForeignKey(
        "sharing_agreements.Person",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Set when the practitioner is also a person in a record; they are then denied that record.",
    )

    objects = PractitionerManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "subject"], name="one_account_per_provider_and_subject"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The name colleagues use."""
        return self.name

    def natural_key(self) -> tuple[str]:
        """What the session and sign-in form know this account by."""
        return (self.subject,)


class PostQuerySet(models.QuerySet["Post"]):
    """Filters on a post's own columns."""

    def held_on(self, day: datetime.date) -> "PostQuerySet":
        """Posts whose dates include `day` (both ends included), of practitioners whose training has not run out."""
        trained = models.Q(practitioner__trained_until__isnull=True) | models.Q(practitioner__trained_until__gte=day)
        ended = models.Q(ends_on__lt=day)
        return self.filter(trained, starts_on__lte=day).exclude(ended)


class Post(models.Model):
    """One role in one agency between two dates. A practitioner acts under one post at a time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="posts")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="posts")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=30, choices=Role)
    title = models.CharField(max_length=80, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    key_adult = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Gets notices of domestic abuse for the school, once they have read the card.",
    )

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                name="a_post_ends_after_it_starts",
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title or self.get_role_display()}, {self.agency.short_name}"
