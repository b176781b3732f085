"""Matching by keys and learned weights: names that stand for one another, weights, and the functions that compare."""

import csv
import json
import tomllib
import uuid
from pathlib import Path

from django.db import migrations, models

from sharing_agreements.row_security import sql_file

HERE = Path(__file__).resolve().parent.parent
SQL = HERE / "sql"


def load_first_version(apps, schema_editor):
    """The first names that stand for one another, and the first weights."""
    variants = list(csv.DictReader((HERE / "matching" / "name_variants_1.csv").open(encoding="utf-8")))
    weights = tomllib.loads((HERE / "matching" / "weights_1.toml").read_text(encoding="utf-8"))
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("set local earlyhelp.maintenance = 'on'")
        cursor.executemany(
            "insert into sharing_agreements_namevariant (id, name, stands_for, why) values (%s, %s, %s, %s)",
            [[uuid.uuid4(), one["name"], one["stands_for"], one["why"]] for one in variants],
        )
        cursor.execute(
            "insert into sharing_agreements_matchweights values (1, %s::jsonb, %s, %s, %s, %s)",
            [
                json.dumps(weights["weights"]),
                weights["likely_from"],
                weights["ask_from"],
                weights["show_from"],
                weights["how_learned"],
            ],
        )
        cursor.execute("set local earlyhelp.maintenance = ''")


class Migration(migrations.Migration):
    """Makes the two tables, then runs sql/0030_match_words.sql and the three files beside it, then loads the rows."""

    dependencies = [("sharing_agreements", "0029_record_systems")]
    operations = [
        migrations.CreateModel(
            name="MatchWeights",
            fields=[
                ("version", models.PositiveIntegerField(primary_key=True, serialize=False)),
                (
                    "weights",
                    models.JSONField(
                        help_text="Code of an agreement to its weight; 'start' is what every pair begins with."
                    ),
                ),
                ("likely_from", models.FloatField(help_text="From this sum on: likely the same person.")),
                ("ask_from", models.FloatField(help_text="From this sum on: worth asking a person.")),
                (
                    "show_from",
                    models.FloatField(help_text="From this sum on somebody is shown to whoever looks for a child."),
                ),
                ("how_learned", models.TextField()),
            ],
            options={"default_permissions": (), "verbose_name_plural": "match weights"},
        ),
        migrations.CreateModel(
            name="NameVariant",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(help_text="As somebody may say it, such as Molly.", max_length=40)),
                ("stands_for", models.CharField(help_text="What it stands for, such as Mary.", max_length=40)),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("short", "Short form"),
                            ("spelling", "Another spelling"),
                            ("writing", "Another language or alphabet"),
                        ],
                        max_length=10,
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("name", "stands_for"), name="a_name_stands_for_another_once")
                ],
            },
        ),
        sql_file(SQL / "0030_match_words.sql"),
        sql_file(SQL / "0030_match_levels.sql"),
        sql_file(SQL / "0030_match_people.sql"),
        sql_file(SQL / "0030_find_child.sql"),
        migrations.RunPython(load_first_version, migrations.RunPython.noop),
    ]
