"""Under which headings an event tells of a need."""

import django.contrib.postgres.fields
from django.db import migrations, models

HEADINGS = [
    ("education", "Getting a good education"),
    ("early_years", "Good early years development"),
    ("health", "Better mental and physical health"),
    ("substances", "Reduced harm from substances"),
    ("relationships", "Better family relationships"),
    ("safe_from_harm", "Children safe from abuse and exploitation"),
    ("crime", "Kept from crime"),
    ("domestic_abuse", "Safe from domestic abuse"),
    ("housing", "Secure housing"),
    ("money", "Financial stability"),
]


class Migration(migrations.Migration):
    dependencies = [("cases", "0020_family_copies")]

    operations = [
        migrations.AddField(
            model_name="event",
            name="headings",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(choices=HEADINGS, max_length=20),
                blank=True,
                default=list,
                help_text="Under which headings it tells of a need, as far as its source says so.",
                size=None,
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("headings", []), _negated=True),
                fields=["happened_on"],
                include=("family",),
                name="event_with_need",
            ),
        ),
        migrations.RunSQL("alter table cases_event alter column headings set default '{}'", migrations.RunSQL.noop),
    ]
