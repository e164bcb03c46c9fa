"""What a file told of a workshop is kept as codes and numbers, without the words made of them.

How groups differ was kept as sentences only, so it is lost both ways.
"""

from collections.abc import Callable
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

STATES = {"coming": "planned", "shown": "revealed", "left out": "skipped"}
WORDS_OF_ROUND = ("title", "question", "words", "decided")
WORDS_OF_ANSWERS = ("name", "median", "agreement", "words", "decision")


def to_codes(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    def convert(told: dict[str, Any], workshop: Any) -> None:
        if "date" not in told:
            return
        del told["date"], told["time"]
        told["title"] = workshop.title
        for each in told["rounds"]:
            each["state"] = STATES.get(each["state"], each["state"])
            for word in WORDS_OF_ROUND:
                del each[word]
            for step in each["steps"]:
                del step["action"]
            for asked in each["asked"]:
                for word in WORDS_OF_ANSWERS:
                    del asked[word]
                for count in asked["counts"]:
                    del count["answer"]
                asked["groups"] = []

    _rewrite(apps, convert)


def to_words(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Fill in what the earlier version reads; words it made itself stay empty."""
    states = {code: words for words, code in STATES.items()}

    def convert(told: dict[str, Any], workshop: Any) -> None:
        if "date" in told:
            return
        day = workshop.opened_at
        told |= {"date": f"{day:%Y-%m-%d}", "time": ""}
        told["title"] = told["title"] or f"Workshop of {day.day} {day:%B %Y}"
        for each in told["rounds"]:
            each["state"] = states.get(each["state"], each["state"])
            each |= {"title": "", "question": "", "words": [], "decided": ""}
            for step in each["steps"]:
                step["action"] = ""
            for asked in each["asked"]:
                asked |= dict.fromkeys(WORDS_OF_ANSWERS, "") | {"groups": []}
                for count in asked["counts"]:
                    count["answer"] = ""

    _rewrite(apps, convert)


def _rewrite(apps: StateApps, convert: Callable[[dict[str, Any], Any], None]) -> None:
    workshops = apps.get_model("workshops", "Workshop").objects
    rows = list(workshops.filter(told__isnull=False).only("title", "opened_at", "told"))
    for row in rows:
        convert(row.told, row)
    workshops.bulk_update(rows, ["told"], batch_size=100)


class Migration(migrations.Migration):
    dependencies = [("workshops", "0002_told_by_a_file")]

    operations = [migrations.RunPython(to_codes, to_words)]
