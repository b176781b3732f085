"""What an action says: its sort, its measure, and for enforcement its power and reason; scores start at 0."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0026_directory_policy"),
        ("sharing_agreements", "0036_outside_reporter"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="need",
            name="scores_of_a_need_are_1_to_10",
        ),
        migrations.AddField(
            model_name="action",
            name="measure",
            field=models.CharField(blank=True, help_text="How it will show that it is done.", max_length=200),
        ),
        migrations.AddField(
            model_name="action",
            name="power",
            field=models.CharField(blank=True, help_text="For enforcement: the legal power used.", max_length=200),
        ),
        migrations.AddField(
            model_name="action",
            name="power_reason",
            field=models.CharField(blank=True, help_text="Why it helps this family now.", max_length=300),
        ),
        migrations.AddField(
            model_name="action",
            name="sort",
            field=models.CharField(
                choices=[
                    ("help", "Something one of us does"),
                    ("refer", "Refer to a service"),
                    ("enforcement", "Enforcement that supports the help"),
                ],
                default="help",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="need",
            name="baseline",
            field=models.PositiveSmallIntegerField(
                blank=True, help_text="0 very worrying to 10 no worry, as in assessments.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="need",
            name="end_score",
            field=models.PositiveSmallIntegerField(
                blank=True, help_text="0 very worrying to 10 no worry, as in assessments.", null=True
            ),
        ),
        migrations.AddConstraint(
            model_name="action",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sort", "enforcement"), _negated=True),
                    models.Q(models.Q(("power", ""), _negated=True), models.Q(("power_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="enforcement_names_its_power_and_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="need",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("baseline__isnull", True), ("baseline__lte", 10), _connector="OR"),
                    models.Q(("end_score__isnull", True), ("end_score__lte", 10), _connector="OR"),
                ),
                name="scores_of_a_need_are_0_to_10",
            ),
        ),
    ]
