"""Verbs of the trail are codes: each has its words, and rows with words become codes."""

import ast
from collections.abc import Iterator
from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from maturity.workspaces.audit.words import VERBS, verb_in_words
from maturity.workspaces.models import AuditEvent
from tests.architecture import product_modules
from tests.people import NOW

MIGRATION = "0006_audit_codes"
RECORDERS = {"record", "_record", "record_event", "record_of_account", "record_webhook", "is_ours"}
TABLE = "maturity.workspaces.audit.words"


def _strings(node: ast.AST) -> Iterator[str]:
    for each in ast.walk(node):
        if isinstance(each, ast.Constant) and isinstance(each.value, str):
            yield each.value


def _arguments_of_recorders(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in RECORDERS:
                yield from node.args


def test_every_verb_in_the_code_has_words_and_none_is_idle():
    areas = {verb.partition(".")[0] for verb in VERBS}
    used: set[str] = set()
    for module in product_modules():
        if module.name == TABLE or ".migrations." in module.name:
            continue
        for text in _strings(module.tree):
            area, dot, rest = text.partition(".")
            # workspace.json is a file of the demo.
            if dot and area in areas and rest.replace("_", "").isalpha() and rest != "json":
                used.add(text)
        for argument in _arguments_of_recorders(module.tree):
            if not isinstance(argument, ast.Call | ast.JoinedStr):
                used |= set(_strings(argument))

    assert used == set(VERBS)


def test_words_begin_a_sentence_and_are_told_apart():
    assert all(words[0].isupper() for words in VERBS.values())
    assert len(set(VERBS.values())) == len(VERBS)
    assert verb_in_words("round.agreement_withdrawn") == "Round’s agreement withdrawn"
    assert verb_in_words("gone.for_good") == "gone.for_good"


@pytest.mark.django_db
def test_words_in_old_rows_become_codes_and_back_again():
    migration = import_module(f"maturity.workspaces.migrations.{MIGRATION}")
    before = MigrationLoader(connection).project_state(("workspaces", "0005_api_tokens")).apps
    rows = before.get_model("workspaces", "AuditEvent").objects
    for words in (*migration.CODES, "unheard of"):
        rows.create(at=NOW, actor="guest", verb=words)

    def verbs() -> list[str]:
        return list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))

    for _ in range(2):
        migration.to_codes(before, None)
        assert verbs() == [*migration.CODES.values(), "unheard of"]
    assert set(migration.CODES.values()) <= set(VERBS)
    migration.to_words(before, None)
    assert verbs() == [*migration.CODES, "unheard of"]
