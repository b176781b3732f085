"""Keeping in touch may end because a child died or a pregnancy ended."""

from pathlib import Path

from django.db import migrations, models

from sharing_agreements.row_security import sql_file

ANSWERS = [
    ("doing_well", "Doing well"),
    ("some_worry", "Some worry, dealt with"),
    ("back_to_help", "Back to early help"),
    ("stepped_up", "Stepped up to social care"),
    ("not_reached", "Could not be reached"),
    ("family_asked_to_stop", "The family asked us to stop"),
    ("moved", "Moved away"),
    ("died", "The child has died"),
    ("pregnancy_ended", "The pregnancy ended"),
]


class Migration(migrations.Migration):
    """The words, then sql/0017_life_ends.sql."""

    dependencies = [
        ("cases", "0016_threshold_trial"),
        ("sharing_agreements", "0038_life_ends"),
    ]

    operations = [
        migrations.AlterField(
            model_name="watch",
            name="ended_answer",
            field=models.CharField(blank=True, choices=ANSWERS, max_length=20),
        ),
        migrations.AlterField(
            model_name="watchprompt",
            name="answer",
            field=models.CharField(blank=True, choices=ANSWERS, max_length=20),
        ),
        sql_file(Path(__file__).parents[1] / "sql" / "0017_life_ends.sql"),
    ]
