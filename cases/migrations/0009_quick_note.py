"""Quick notes on a known family, and the list of families in touch."""

from pathlib import Path

from django.db import migrations, models

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Adds the kind of note, then runs sql/0009_quick_note.sql."""

    dependencies = [("cases", "0008_looking_back"), ("sharing_agreements", "0022_quick_gate")]
    operations = [
        migrations.AlterField(
            model_name="note",
            name="note_kind",
            field=models.CharField(
                choices=[
                    ("home_visit", "Home visit"),
                    ("seen_at_school", "Seen at school or nursery"),
                    ("office", "Seen at our place"),
                    ("phone", "Telephone"),
                    ("message", "Message"),
                    ("tried", "Tried to reach, no answer"),
                    ("was_not_brought", "Was not brought"),
                    ("professionals", "Talk between practitioners"),
                    ("supervision", "Supervision"),
                    ("management", "Management decision"),
                    ("quick", "Quick note"),
                ],
                max_length=16,
            ),
        ),
        sql_file(Path(__file__).parents[1] / "sql" / "0009_quick_note.sql"),
    ]
