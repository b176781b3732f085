"""Flags for birthdays, consent grown old and due dates."""

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
    ("own_answer", "Own answer at 13"),
    ("adult_answer", "Own answer at 18"),
    ("consent_review", "Consent to help a year old"),
    ("birth_due", "Birth expected"),
]


class Migration(migrations.Migration):
    """The words, then sql/0018_birthdays.sql."""

    dependencies = [("cases", "0017_life_ends")]

    operations = [
        migrations.AlterField(model_name="flag", name="rule", field=models.CharField(choices=RULES, max_length=20)),
        migrations.AlterField(
            model_name="threshold",
            name="rule",
            field=models.CharField(choices=RULES, max_length=20, primary_key=True, serialize=False),
        ),
        migrations.AlterField(
            model_name="thresholdtrial", name="rule", field=models.CharField(choices=RULES, max_length=20)
        ),
        sql_file(Path(__file__).parents[1] / "sql" / "0018_birthdays.sql"),
    ]
