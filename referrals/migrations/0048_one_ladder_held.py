from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0047_one_ladder_policy")]

    operations = [
        migrations.AddConstraint(
            model_name="disagreementrung",
            constraint=models.UniqueConstraint(
                condition=models.Q(("joins", None)),
                fields=("decision", "rung"),
                name="a_decision_has_one_ladder",
            ),
        ),
    ]
