"""A flag of the hub's about a family nobody helps, begun by no contact."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

from sharing_agreements.row_security import sql_file


RULES = [
    ("repeat_week", "Reported again within a week"),
    ("repeat_year", "Reported again and again"),
    ("back_again", "Back after help ended"),
    ("ring_lead", "Ring the lead practitioner"),
    ("feedback_late", "Reporter has not been told"),
    ("adult_joined", "An adult who is a risk is in another household"),
    ("moved_often", "A family nobody helps moves again and again"),
    ("many_needs", "A family nobody helps has needs of many kinds"),
]


class Migration(migrations.Migration):
    """Runs sql/0040_family_flags.sql."""

    dependencies = [("referrals", "0039_life_ends"), ("cases", "0021_headings")]

    operations = [
        migrations.AlterField(model_name="hubflag", name="rule", field=models.CharField(choices=RULES, max_length=20)),
        migrations.AlterField(
            model_name="hubthreshold",
            name="rule",
            field=models.CharField(choices=RULES, max_length=20, primary_key=True, serialize=False),
        ),
        migrations.AlterField(
            model_name="hubflag",
            name="contact",
            field=models.ForeignKey(
                help_text="None where a family was looked at.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="flags",
                to="referrals.contact",
            ),
        ),
        migrations.RemoveConstraint(model_name="hubflag", name="a_hub_flag_is_raised_once"),
        migrations.AddConstraint(
            model_name="hubflag",
            constraint=models.UniqueConstraint(
                fields=("rule", "subject_id", "contact"), name="a_hub_flag_is_raised_once", nulls_distinct=False
            ),
        ),
        sql_file(Path(__file__).parents[1] / "sql" / "0040_family_flags.sql"),
    ]
