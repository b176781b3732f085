"""Who wrote a report that a record system sent."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One more column of the headline; like the others it is written once."""

    dependencies = [("referrals", "0015_hearing_back")]

    operations = [
        migrations.AddField(
            model_name="report",
            name="writer",
            field=models.CharField(
                blank=True,
                default="",
                max_length=160,
                help_text="Where a record system sent it: who wrote it there, and how to reach them.",
            ),
        ),
    ]
