"""A practitioner sees which of their devices hold a key, and takes one back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the columns; the web login may already insert and update the whole row, its own alone."""

    dependencies = [("referrals", "0021_attachments_policy")]

    operations = [
        migrations.AddField(
            model_name="devicekey",
            name="looks_like",
            field=models.CharField(
                blank=True, default="", help_text="Such as: Android phone. Said by the browser.", max_length=40
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="devicekey",
            name="revoked_at",
            field=models.DateTimeField(help_text="Its practitioner took the key back.", null=True),
        ),
        migrations.AlterField(
            model_name="devicekey",
            name="issued_at",
            field=models.DateTimeField(help_text="When the device last asked, or the key was revoked."),
        ),
    ]
