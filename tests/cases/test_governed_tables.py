"""Every noun of the work is governed, at the level and kind its class says."""

import pytest
from django.apps import apps
from django.db import connection

from sharing_agreements.models import SharedRecord

pytestmark = pytest.mark.django_db


def test_every_case_table_is_governed_as_its_class_says():
    with connection.cursor() as cursor:
        cursor.execute("select table_name, level, kind from gate.governed")
        governed = {table: (level, kind) for table, level, kind in cursor.fetchall()}
    for model in apps.get_app_config("cases").get_models():
        if issubclass(model, SharedRecord):
            kind = int(model.KIND) if model.KIND else None
            assert governed.get(model._meta.db_table) == (model.LEVEL.value, kind), model.__name__
