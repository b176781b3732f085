"""Requests for sharing have a last day, and climb when it has passed."""

from pathlib import Path

from django.db import migrations, models

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Gives requests their last day (those there are: a fortnight), then runs sql/0017_request_ladder.sql."""

    dependencies = [("sharing_agreements", "0016_looking_back")]
    operations = [
        migrations.AddField(
            model_name="agreementrequest",
            name="due_on",
            field=models.DateField(help_text="Last day to answer it.", null=True),
        ),
        migrations.RunSQL(
            "update sharing_agreements_agreementrequest "
            "set due_on = (asked_at at time zone 'Europe/London')::date + 14",
            migrations.RunSQL.noop,
        ),
        migrations.AlterField(
            model_name="agreementrequest",
            name="due_on",
            field=models.DateField(help_text="Last day to answer it."),
        ),
        sql_file(Path(__file__).parents[1] / "sql" / "0017_request_ladder.sql"),
    ]
