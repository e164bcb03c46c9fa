"""Frozen results that say in words why they may not be shown are taken over as codes."""

from datetime import date
from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from assessments.core.queries.hidden_words import hidden_words
from assessments.core.queries.standing import standing_of
from assessments.models import Result
from tests.assessments.closed import make_house
from tests.assessments.conftest import publish, version
from tests.roles_cast import make_result

__all__ = ["publish", "version"]

WORDS = (
    "Answers are anonymous, and 1 of at least 5 people answered."
    " Below that number no figure is shown, so that nobody can be recognised."
)


@pytest.mark.django_db
def test_words_become_codes_and_words_again(version):
    place = make_house(version).organisation
    shown = make_result(place, version, picks=3)
    hidden = make_result(place, version, picks={}, day=date(2025, 3, 14))
    for row, words in ((shown, ""), (hidden, WORDS)):
        Result.objects.filter(pk=row.pk).update(frozen=row.frozen | {"hidden": words})
    migration = import_module("assessments.migrations.0009_hidden_codes")
    at = ("assessments", "0008_told_by_a_file")
    before = MigrationLoader(connection).project_state(at).apps

    def kept(row: Result) -> object:
        row.refresh_from_db()
        return row.frozen["hidden"]

    for _ in range(2):
        migration.to_codes(before, None)
        assert kept(shown) is None
        assert kept(hidden) == {"code": "below_floor", "people": 1, "fewest": 5}
    assert hidden_words(standing_of(hidden.assessment, result=hidden).hidden) == WORDS
    for _ in range(2):
        migration.to_words(before, None)
        assert (kept(shown), kept(hidden)) == ("", WORDS)
