"""Bands in the words of people, and reasons with what they weigh."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Changes labels only; matches offered before keep their codes."""

    dependencies = [("referrals", "0017_screening"), ("sharing_agreements", "0030_matching")]
    operations = [
        migrations.AlterField(
            "match",
            "band",
            models.CharField(
                choices=[("sure", "Likely the same person"), ("check", "Ask: may be the same person")], max_length=10
            ),
        ),
        migrations.AlterField(
            "match",
            "reasons",
            models.JSONField(default=list, help_text="Code and weight of what agrees and what does not."),
        ),
    ]
