"""A decider may give reasons under the six headings of the National Decision Model."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column of words; rows made before have none."""

    dependencies = [("referrals", "0009_agency_checks_policy")]
    operations = [
        migrations.AddField(
            model_name="decisiondetail",
            name="headings",
            field=models.JSONField(default=dict, help_text="DecisionHeading -> words, where the decider used them."),
        ),
    ]
