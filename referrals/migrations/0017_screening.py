"""What a reporter answered about a child who may be used by others."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0016_report_writer")]

    operations = [
        migrations.AddField(
            model_name="reportedchilddetail",
            name="screening",
            field=models.JSONField(
                default=dict,
                help_text="rules.screening.Screening: result, [question, answer] as asked, when to look again.",
            ),
        ),
        migrations.AlterField(
            model_name="reportedchilddetail",
            name="words",
            field=models.TextField(blank=True),
        ),
    ]
