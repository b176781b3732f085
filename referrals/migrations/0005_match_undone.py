"""A settled match may be taken back; the history of the contact says so."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds a word."""

    dependencies = [
        ("referrals", "0004_team_words"),
    ]

    operations = [
        migrations.AlterField(
            model_name="contactentry",
            name="what",
            field=models.CharField(
                choices=[
                    ("claimed", "Claimed"),
                    ("handed_over", "Handed over"),
                    ("acknowledged", "Acknowledged"),
                    ("asked", "Asked the reporter"),
                    ("answered", "Answered"),
                    ("watched", "Found to be about a family being kept in touch with"),
                    ("read", "Read what was added"),
                    ("undone", "Took back a match"),
                ],
                max_length=20,
            ),
        ),
    ]
