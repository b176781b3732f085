"""Emergency access, and the owner's decisions on one record."""

import uuid
from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from sharing_agreements.row_security import sql_file

SQL = Path(__file__).parents[1] / "sql"


class Migration(migrations.Migration):
    """The notices of emergency access, then sql/0013_emergency.sql and sql/0013_exceptions.sql."""

    dependencies = [("sharing_agreements", "0011_explain")]
    operations = [
        migrations.CreateModel(
            name="EmergencyNotice",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("told_at", models.DateTimeField()),
                (
                    "access",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="sharing_agreements.emergencyaccess",
                    ),
                ),
                (
                    "practitioner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("access", "practitioner"), name="a_governance_lead_is_told_once")
                ],
            },
        ),
        sql_file(SQL / "0013_emergency.sql"),
        sql_file(SQL / "0013_exceptions.sql"),
    ]
