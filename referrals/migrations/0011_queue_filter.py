"""Filters of the queue, saved per person."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from pathlib import Path

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Makes the table, then runs sql/0011_queue_filter.sql."""

    dependencies = [
        ("referrals", "0010_decision_headings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="QueueFilter",
            fields=[
                (
                    "practitioner",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "whose",
                    models.CharField(
                        blank=True, choices=[("mine", "Mine"), ("nobodys", "Nobody has them")], max_length=10
                    ),
                ),
                (
                    "grade",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ungraded", "Ungraded"),
                            ("red", "Red"),
                            ("amber", "Amber"),
                            ("green", "Green"),
                            ("blue", "Blue"),
                        ],
                        max_length=10,
                    ),
                ),
            ],
        ),
        sql_file(Path(__file__).parents[1] / "sql" / "0011_queue_filter.sql"),
    ]
