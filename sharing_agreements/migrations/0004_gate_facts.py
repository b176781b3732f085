"""Facts of people and their fan-out."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0004_gate_facts.sql."""

    dependencies = [
        ("sharing_agreements", "0003_gate_rules"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("guardian", "0003_remove_groupobjectpermission_guardian_gr_content_ae6aec_idx_and_more"),
        ("sessions", "0001_initial"),
    ]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0004_gate_facts.sql")]
