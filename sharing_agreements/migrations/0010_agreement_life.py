"""The life of an agreement: the law it may rest on, who edits a draft, and the verbs that move it."""

from pathlib import Path

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from sharing_agreements.row_security import sql_file

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    """Makes the table, then runs sql/0010_agreement_drafts.sql, _life.sql and 0010_law_packs.sql."""

    dependencies = [("sharing_agreements", "0009_restamp")]
    operations = [
        migrations.CreateModel(
            name="SwitchedOffPack",
            fields=[
                ("pack", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("reason", models.CharField(max_length=300)),
                ("switched_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "switched_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        sql_file(SQL / "0010_agreement_drafts.sql"),
        sql_file(SQL / "0010_agreement_life.sql"),
        sql_file(SQL / "0010_law_packs.sql"),
    ]
