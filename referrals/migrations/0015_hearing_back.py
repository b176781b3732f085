"""What a reporter hears back: by when, how far the hub is, and that they asked."""

from pathlib import Path

from django.db import migrations, models

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Adds the columns, then runs sql/0015_hearing_back.sql, which fills one of them for contacts that are there."""

    dependencies = [("referrals", "0014_more_questions")]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="chased_at",
            field=models.DateTimeField(
                help_text="The reporter asks what became of it; cleared when they are told.", null=True
            ),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL("alter table referrals_contact add column feedback_due_at timestamptz"),
            ],
            state_operations=[
                migrations.AddField(
                    model_name="contact",
                    name="feedback_due_at",
                    field=models.DateTimeField(help_text="When the reporter must have heard something (D9)."),
                    preserve_default=False,
                ),
            ],
        ),
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
                    ("rang_lead", "Rang the lead practitioner"),
                    ("left_out", "Left the lead practitioner out"),
                    ("family_answer", "Recorded what the family said about asking other agencies"),
                    ("checked", "Asked an agency"),
                    ("chased", "Chased an agency"),
                    ("climbed", "Told the agency's manager that no answer came"),
                    ("taken_back", "Took a question to an agency back"),
                    ("told", "Told the reporter that it is not decided yet"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="feedback",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("no_further_action", "No further action"),
                    ("advice", "Information and advice"),
                    ("single_agency", "Help from one agency"),
                    ("hub_follow_up", "The hub follows it up"),
                    ("early_help", "Early help"),
                    ("step_up", "Step up to social care"),
                    ("not_taken_up", "Early help not taken up"),
                    ("not_decided", "Not decided yet"),
                ],
                max_length=30,
            ),
        ),
        migrations.AlterField(
            model_name="reportaddition",
            name="what",
            field=models.CharField(
                choices=[
                    ("more", "Added later"),
                    ("correction", "Correction"),
                    ("answer", "Answer to the hub"),
                    ("wrong_child", "Wrong child"),
                    ("chase", "Asked what became of it"),
                ],
                max_length=20,
            ),
        ),
        sql_file(Path(__file__).parents[1] / "sql" / "0015_hearing_back.sql"),
    ]
