"""The history of who was said to be one person, and one rule for dates of birth."""

import uuid
from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from sharing_agreements.row_security import sql_file

SQL = Path(__file__).resolve().parent.parent / "sql"


def to(model, **more):
    """A key that protects what it points at."""
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=model, **more)


class Migration(migrations.Migration):
    """Makes the table, then runs sql/0031_person_links.sql."""

    dependencies = [("sharing_agreements", "0030_matching")]
    operations = [
        migrations.CreateModel(
            name="PersonLink",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("linked_at", models.DateTimeField()),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("unlinked_at", models.DateTimeField(null=True)),
                ("unlinked_because", models.CharField(blank=True, max_length=300)),
                ("said", to("sharing_agreements.person")),
                ("kept", to("sharing_agreements.person")),
                ("moved", to("sharing_agreements.person", help_text="The anchor that was moved.")),
                ("into", to("sharing_agreements.person")),
                ("linked_by", to(settings.AUTH_USER_MODEL, null=True)),
                ("unlinked_by", to(settings.AUTH_USER_MODEL, null=True)),
            ],
            options={"ordering": ["-linked_at"], "default_permissions": ()},
        ),
        sql_file(SQL / "0031_person_links.sql"),
    ]
