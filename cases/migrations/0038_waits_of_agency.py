"""What waits at an agency is found by what it is: decisions by their day, and quick notes sent to an agency."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0037_in_touch_since")]

    operations = [
        migrations.AddIndex(
            model_name="note",
            index=models.Index(
                condition=models.Q(("due_on__isnull", False)),
                fields=["due_on"],
                name="note_due",
            ),
        ),
        migrations.AddIndex(
            model_name="note",
            index=models.Index(
                condition=models.Q(("note_kind", "quick")),
                fields=["sent_to_no", "recorded_at"],
                name="note_quick",
            ),
        ),
    ]
