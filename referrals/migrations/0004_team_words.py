"""Why a child is offered help or stepped up, in words those who take over may read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds one column to decisions."""

    dependencies = [("referrals", "0003_hub")]
    operations = [
        migrations.AddField(
            model_name="decision",
            name="team_words",
            field=models.CharField(blank=True, help_text="Why, in words those who take over may read.", max_length=300),
        ),
    ]
