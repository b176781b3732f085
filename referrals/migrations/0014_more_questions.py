"""What only one kind of agency is asked on a report, with the words it was asked in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0013_guidance_reads")]

    operations = [
        migrations.AddField(
            model_name="reportdetail",
            name="more",
            field=models.JSONField(
                default=list,
                help_text="[[question, answer]]: what only one kind of agency is asked, in the words it was asked.",
            ),
        ),
    ]
