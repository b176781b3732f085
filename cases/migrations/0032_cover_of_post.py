"""Covers of families know the cover for a post that arranged them."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0032_cover_of_post.sql."""

    dependencies = [("cases", "0031_cover_post_cover")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0032_cover_of_post.sql")]
