"""Why a frozen result may not be shown is kept as a code with its numbers, no longer as words."""

from django.db import migrations

BATCH = 100


def to_codes(apps, schema_editor):
    def code_of(result):
        if not isinstance(hidden := result.frozen["hidden"], str):
            return hidden
        fewest = result.assessment.fewest_answers
        return (
            {"code": "below_floor", "people": result.people, "fewest": fewest} if hidden else None
        )

    _rewrite(apps, code_of)


def to_words(apps, schema_editor):
    def words_of(result):
        if isinstance(hidden := result.frozen["hidden"], str):
            return hidden
        return hidden and (
            f"Answers are anonymous, and {hidden['people']} of at least {hidden['fewest']} people"
            " answered. Below that number no figure is shown, so that nobody can be recognised."
        )

    _rewrite(apps, lambda result: words_of(result) or "")


def _rewrite(apps, new):
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
