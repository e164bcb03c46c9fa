"""Why a frozen result may not be shown is kept as a code with its numbers, no longer as words."""

from collections.abc import Callable
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

BATCH = 100


def to_codes(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    def code_of(result: Any) -> object:
        if not isinstance(hidden := result.frozen["hidden"], str):
            return hidden
        fewest = result.assessment.fewest_answers
        return (
            {"code": "below_floor", "people": result.people, "fewest": fewest} if hidden else None
        )

    _rewrite(apps, code_of)


def to_words(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    def words_of(result: Any) -> object:
        if isinstance(hidden := result.frozen["hidden"], str):
            return hidden
        return hidden and (
            f"Answers are anonymous, and {hidden['people']} of at least {hidden['fewest']} people"
            " answered. Below that number no figure is shown, so that nobody can be recognised."
        )

    _rewrite(apps, lambda result: words_of(result) or "")


def _rewrite(apps: StateApps, new: Callable[[Any], object]) -> None:
    results = apps.get_model("assessments", "Result").objects
    keys = list(results.order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(keys), BATCH):
        batch = list(
            results.select_related("assessment").filter(pk__in=keys[first : first + BATCH])
        )
        for result in batch:
            result.frozen["hidden"] = new(result)
        results.bulk_update(batch, ["frozen"])


class Migration(migrations.Migration):
    dependencies = [("assessments", "0008_told_by_a_file")]

    operations = [migrations.RunPython(to_codes, to_words)]
