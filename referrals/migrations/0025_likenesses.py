"""Matches that no report asked for: the night's list of people who may be one."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

from sharing_agreements.row_security import sql_file

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    """Lets a match stand without a contact, then runs sql/0025_likenesses.sql."""

    dependencies = [("referrals", "0024_adult_of_concern_policy"), ("sharing_agreements", "0031_person_links")]
    operations = [
        migrations.AlterField(
            "match",
            "contact",
            models.ForeignKey(
                help_text="Empty: found by the night's list.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="matches",
                to="referrals.contact",
            ),
        ),
        migrations.AddConstraint(
            "match",
            models.UniqueConstraint(
                condition=models.Q(("contact", None)),
                fields=("owner", "person", "candidate"),
                name="a_likeness_is_listed_once",
            ),
        ),
        sql_file(SQL / "0025_likenesses.sql"),
    ]
