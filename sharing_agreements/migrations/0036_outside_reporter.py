"""A role for officers of forces without accounts."""

from pathlib import Path

import django.contrib.postgres.fields
from django.db import migrations, models

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """The word, then sql/0036_outside_reporter.sql."""

    dependencies = [
        ("sharing_agreements", "0035_house_numbers"),
    ]

    operations = [
        migrations.AlterField(
            model_name="agreementexample",
            name="role",
            field=models.CharField(
                choices=[
                    ("reporter", "Reporter"),
                    ("supervisor", "Supervisor"),
                    ("decision_maker", "Hub decision-maker"),
                    ("navigator", "Hub navigator"),
                    ("emergency_duty", "Emergency duty worker"),
                    ("coordinator", "Early help coordinator"),
                    ("lead_practitioner", "Lead practitioner"),
                    ("team_member", "Team member"),
                    ("manager", "Manager"),
                    ("governance_lead", "Information-governance lead"),
                    ("analyst", "Board analyst"),
                    ("administrator", "Administrator"),
                    ("outside_reporter", "Outside reporter"),
                ],
                max_length=30,
            ),
        ),
        migrations.AlterField(
            model_name="agreementrequest",
            name="role",
            field=models.CharField(
                choices=[
                    ("reporter", "Reporter"),
                    ("supervisor", "Supervisor"),
                    ("decision_maker", "Hub decision-maker"),
                    ("navigator", "Hub navigator"),
                    ("emergency_duty", "Emergency duty worker"),
                    ("coordinator", "Early help coordinator"),
                    ("lead_practitioner", "Lead practitioner"),
                    ("team_member", "Team member"),
                    ("manager", "Manager"),
                    ("governance_lead", "Information-governance lead"),
                    ("analyst", "Board analyst"),
                    ("administrator", "Administrator"),
                    ("outside_reporter", "Outside reporter"),
                ],
                help_text="The role that would read the records.",
                max_length=30,
            ),
        ),
        migrations.AlterField(
            model_name="clause",
            name="recipient_roles",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("reporter", "Reporter"),
                        ("supervisor", "Supervisor"),
                        ("decision_maker", "Hub decision-maker"),
                        ("navigator", "Hub navigator"),
                        ("emergency_duty", "Emergency duty worker"),
                        ("coordinator", "Early help coordinator"),
                        ("lead_practitioner", "Lead practitioner"),
                        ("team_member", "Team member"),
                        ("manager", "Manager"),
                        ("governance_lead", "Information-governance lead"),
                        ("analyst", "Board analyst"),
                        ("administrator", "Administrator"),
                        ("outside_reporter", "Outside reporter"),
                    ],
                    max_length=30,
                ),
                size=None,
            ),
        ),
        migrations.AlterField(
            model_name="post",
            name="role",
            field=models.CharField(
                choices=[
                    ("reporter", "Reporter"),
                    ("supervisor", "Supervisor"),
                    ("decision_maker", "Hub decision-maker"),
                    ("navigator", "Hub navigator"),
                    ("emergency_duty", "Emergency duty worker"),
                    ("coordinator", "Early help coordinator"),
                    ("lead_practitioner", "Lead practitioner"),
                    ("team_member", "Team member"),
                    ("manager", "Manager"),
                    ("governance_lead", "Information-governance lead"),
                    ("analyst", "Board analyst"),
                    ("administrator", "Administrator"),
                    ("outside_reporter", "Outside reporter"),
                ],
                max_length=30,
            ),
        ),
        migrations.AlterField(
            model_name="simulationline",
            name="role",
            field=models.CharField(
                choices=[
                    ("reporter", "Reporter"),
                    ("supervisor", "Supervisor"),
                    ("decision_maker", "Hub decision-maker"),
                    ("navigator", "Hub navigator"),
                    ("emergency_duty", "Emergency duty worker"),
                    ("coordinator", "Early help coordinator"),
                    ("lead_practitioner", "Lead practitioner"),
                    ("team_member", "Team member"),
                    ("manager", "Manager"),
                    ("governance_lead", "Information-governance lead"),
                    ("analyst", "Board analyst"),
                    ("administrator", "Administrator"),
                    ("outside_reporter", "Outside reporter"),
                ],
                max_length=30,
            ),
        ),
        sql_file(Path(__file__).parents[1] / "sql" / "0036_outside_reporter.sql"),
    ]
