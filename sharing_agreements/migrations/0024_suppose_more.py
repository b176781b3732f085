"""More changes that may be supposed, counted in parts, for everybody or for one practitioner."""

import datetime
from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from sharing_agreements.row_security import sql_file

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    """Runs the three files sql/0024_*.sql."""

    dependencies = [("sharing_agreements", "0023_withheld")]
    operations = [
        migrations.RenameField("simulationrun", "tables_total", "parts_total"),
        migrations.RenameField("simulationrun", "tables_done", "parts_done"),
        migrations.AddField(
            model_name="simulationrun",
            name="practitioner",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                help_text="For whom alone it is counted; everybody when empty.",
            ),
        ),
        migrations.AddField(
            model_name="simulationrun",
            name="for_agency",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sharing_agreements.agency",
                help_text="The practitioner's agency, whose governance leads alone read it.",
            ),
        ),
        migrations.AddField(
            model_name="simulationrun",
            name="starts_on",
            field=models.DateField(blank=True, null=True, help_text="Where another first and last day are supposed."),
        ),
        migrations.AddField(model_name="simulationrun", name="ends_on", field=models.DateField(blank=True, null=True)),
        migrations.AddField(
            model_name="simulationrun",
            name="from_day",
            field=models.DateField(
                help_text="The first day on which the change matters; agreements are as they will be then.",
                default=datetime.date(2000, 1, 1),
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="simulationrun",
            name="day",
            field=models.DateField(help_text="On which it was counted: records and people are as they were then."),
        ),
        migrations.AlterField(
            model_name="simulationrun",
            name="supposed",
            field=models.CharField(
                choices=[
                    ("sign", "It came into force today"),
                    ("suspend", "It was suspended"),
                    ("resume", "It was resumed"),
                    ("end", "It ended"),
                    ("join", "An agency joined it"),
                    ("leave", "A party left it"),
                    ("dates", "It had another first or last day"),
                ],
                max_length=10,
            ),
        ),
        sql_file(SQL / "0024_suppose_more.sql"),
        sql_file(SQL / "0024_simulate_in_parts.sql"),
        sql_file(SQL / "0024_simulation_readers.sql"),
    ]
