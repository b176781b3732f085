from django.db import migrations, models
from django.db.models.deletion import PROTECT


class Migration(migrations.Migration):
    dependencies = [("referrals", "0045_release_refusals_policy")]

    operations = [
        migrations.AddField(
            model_name="disagreementrung",
            name="joins",
            field=models.ForeignKey(
                help_text="The rung of the ladder it is beside.",
                null=True,
                on_delete=PROTECT,
                related_name="joined",
                to="referrals.disagreementrung",
            ),
        ),
    ]
