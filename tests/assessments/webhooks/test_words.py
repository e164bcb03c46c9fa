"""Why a message was not sent is a code: each has its words, and rows with words become codes."""

import ast
from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from assessments.models import Delivery
from assessments.webhooks.words import PROBLEMS, problem_text
from tests.architecture import product_modules
from tests.assessments.hooked import hook
from tests.assessments.roadmaps import make_place
from tests.people import NOW

# What a webhook's own sending adds to what the network refuses.
SENDING = {"paused", "workspace_ending", "secret"}


def test_every_code_that_is_raised_has_words():
    raised = {
        node.args[0].value
        for module in product_modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") in {"AddressRefused", "NotSent"}
        and isinstance(node.args[0], ast.Constant)
    }

    assert raised | SENDING == set(PROBLEMS)
    assert problem_text("") == ""
    assert problem_text("too_long") == "it is longer than 500 characters"


@pytest.mark.django_db
def test_words_in_old_rows_become_codes_and_words_again(version):
    webhook, _ = hook(make_place(version))
    migration = import_module("assessments.migrations.0010_delivery_problem_codes")
    with_numbers = {
        "no answer within 10 seconds": "timeout",
        "port 22 is not one of the web": "port",
        "": "",
    }
    expected = {words: code for code, words in migration.WORDS.items()} | with_numbers
    for number, words in enumerate(expected):
        Delivery.objects.create(
            webhook=webhook,
            event="step.finished",
            event_id=str(number),
            body="{}",
            created_at=NOW,
            given_up_at=NOW,
            problem=words,
        )
    before = MigrationLoader(connection).project_state(("assessments", "0009_hidden_codes")).apps

    def kept() -> list[str]:
        return list(Delivery.objects.order_by("pk").values_list("problem", flat=True))

    for _ in range(2):
        migration.to_codes(before, None)
        assert kept() == list(expected.values())
    migration.to_words(before, None)
    assert kept()[: len(migration.WORDS)] == list(migration.WORDS.values())
