"""An agency that drops away from a team is flagged."""

from pathlib import Path

from django.db import migrations, models

from sharing_agreements.row_security import sql_file

RULES = [
    ("review_overdue", "Review overdue"),
    ("no_lead", "No lead practitioner"),
    ("actions_overdue", "Actions overdue"),
    ("silent", "Nothing written down"),
    ("never_contacted", "Never contacted"),
    ("nothing_done", "Two reviews, nothing done"),
    ("assessment_overdue", "Assessment overdue"),
    ("in_touch_due", "Keeping in touch due"),
    ("receipt_overdue", "Step up not confirmed"),
    ("agency_away", "Agency dropped away"),
]


class Migration(migrations.Migration):
    """Adds the rule, then runs sql/0015_agency_away.sql."""

    dependencies = [("cases", "0014_meetings")]
    operations = [
        migrations.AlterField(model_name="flag", name="rule", field=models.CharField(choices=RULES, max_length=20)),
        migrations.AlterField(
            model_name="threshold",
            name="rule",
            field=models.CharField(choices=RULES, max_length=20, primary_key=True, serialize=False),
        ),
        sql_file(Path(__file__).parents[1] / "sql" / "0015_agency_away.sql"),
    ]
