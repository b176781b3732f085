"""The life of an agreement: the law it may rest on, who edits a draft, and the verbs that move it."""

import uuid
from pathlib import Path

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from sharing_agreements.row_security import sql_file

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    """Makes the tables, then runs the four sql/0010_*.sql."""

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
        migrations.CreateModel(
            name="AgreementWarning",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "sort",
                    models.CharField(
                        choices=[
                            ("expiry", "Expires"),
                            ("review", "Review due"),
                            ("signature", "Signatures missing"),
                        ],
                        max_length=10,
                    ),
                ),
                ("due_on", models.DateField()),
                (
                    "days",
                    models.PositiveSmallIntegerField(
                        help_text="The threshold that was reached, in days before the date."
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="warnings",
                        to="sharing_agreements.agreement",
                    ),
                ),
            ],
            options={"ordering": ["due_on"]},
        ),
        migrations.AddConstraint(
            model_name="agreementwarning",
            constraint=models.UniqueConstraint(
                fields=("agreement", "sort", "due_on", "days"), name="an_agreement_warns_once_of_a_threshold"
            ),
        ),
        sql_file(SQL / "0010_agreement_drafts.sql"),
        sql_file(SQL / "0010_agreement_life.sql"),
        sql_file(SQL / "0010_law_packs.sql"),
        sql_file(SQL / "0010_agreement_warnings.sql"),
    ]
