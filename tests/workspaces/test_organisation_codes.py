"""Sector and size are codes: rows that hold words become codes, and back again."""

from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from maturity.workspaces.models import Organisation
from maturity.workspaces.models.workspace import Sector, Size
from maturity.workspaces.scopes import every_workspace
from tests.people import make_organisation, make_workspace


@pytest.mark.django_db
def test_words_in_old_rows_become_codes_and_back_again():
    migration = import_module("maturity.workspaces.migrations.0007_sector_and_size_codes")
    before = MigrationLoader(connection).project_state(("workspaces", "0006_audit_codes")).apps
    old = make_organisation(make_workspace(), "Old")
    bare = make_organisation(old.workspace, "Bare")

    def held(row: Organisation) -> tuple[str, str]:
        with every_workspace():
            return Organisation.objects.values_list("sector", "size").get(pk=row.pk)

    with every_workspace():
        for sector, size in zip(Sector, [*Size, *Size, *Size], strict=False):
            words, codes = (sector.label, size.label), (sector.value, size.value)
            Organisation.objects.filter(pk=old.pk).update(sector=words[0], size=words[1])
            for _ in range(2):
                migration.to_codes(before, None)
                assert held(old) == codes
            migration.to_words(before, None)
            assert held(old) == words
    assert held(bare) == ("", "")
