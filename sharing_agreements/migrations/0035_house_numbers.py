"""House numbers and parts of addresses are compared, and the weights learned with them are in force."""

import json
import tomllib
from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file

HERE = Path(__file__).resolve().parent.parent


def load_second_version(apps, schema_editor):
    """Weights learned where house numbers are compared."""
    said = tomllib.loads((HERE / "matching" / "weights_2.toml").read_text(encoding="utf-8"))
    values = [
        json.dumps(said["weights"]),
        said["likely_from"],
        said["ask_from"],
        said["show_from"],
        said["how_learned"],
    ]
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("set local earlyhelp.maintenance = 'on'")
        cursor.execute("insert into sharing_agreements_matchweights values (2, %s::jsonb, %s, %s, %s, %s)", values)
        cursor.execute("set local earlyhelp.maintenance = ''")


class Migration(migrations.Migration):
    """Runs sql/0035_house_numbers.sql, then loads the second weights."""

    dependencies = [("sharing_agreements", "0034_schools")]
    operations = [
        sql_file(HERE / "sql" / "0035_house_numbers.sql"),
        migrations.RunPython(load_second_version, migrations.RunPython.noop),
    ]
