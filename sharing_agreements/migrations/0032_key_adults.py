"""Who of a school hears of domestic abuse, and when schools are open."""

from pathlib import Path

from django.db import migrations, models

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Makes the tables, then runs sql/0032_key_adults.sql."""

    dependencies = [
        ("sharing_agreements", "0031_person_links"),
    ]

    operations = [
        migrations.AddField(
            model_name="post",
            name="key_adult",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Gets notices of domestic abuse for the school, once they have read the card.",
            ),
        ),
        migrations.CreateModel(
            name="SchoolTerm",
            fields=[
                ("first_day", models.DateField(primary_key=True, serialize=False)),
                ("last_day", models.DateField()),
            ],
            options={
                "ordering": ["first_day"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))), name="a_term_ends_after_it_starts"
                    )
                ],
            },
        ),
        sql_file(Path(__file__).parents[1] / "sql" / "0032_key_adults.sql"),
    ]
