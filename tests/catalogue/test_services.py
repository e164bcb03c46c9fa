"""Publishing, the command `load_model`, and finding a matrix by key or file."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from maturity.catalogue.models import MaturityModel
from maturity.catalogue.queries import (
    UnknownModel,
    matrix_of_version,
    newest_version,
    newest_versions,
)
from maturity.catalogue.services import VersionTaken, locate_matrix, publish
from maturity.web.strict_json import InvalidDocument
from tests.catalogue.documents import small_model, spoil

EARLY = datetime(2026, 11, 1, tzinfo=UTC)
LATE = datetime(2026, 11, 2, tzinfo=UTC)


@pytest.fixture
def small_file(tmp_path: Path) -> Path:
    """Return a file with the small model."""
    path = tmp_path / "small.json"
    path.write_text(json.dumps(small_model()), encoding="utf-8")
    return path


@pytest.mark.django_db
def test_publish_makes_one_row() -> None:
    publication = publish(small_model(), now=EARLY)

    row = MaturityModel.objects.get()
    assert publication.is_new
    assert (row.key, row.version, row.published_at) == ("small", "1.0.0", EARLY)
    assert row.document == small_model()
    assert str(row) == "small 1.0.0"


@pytest.mark.django_db
def test_publish_of_the_same_document_changes_nothing() -> None:
    first = publish(small_model(), now=EARLY)
    second = publish(small_model(), now=LATE)

    assert (second.is_new, second.version.pk) == (False, first.version.pk)
    assert MaturityModel.objects.get().published_at == EARLY


@pytest.mark.django_db
def test_publish_never_changes_a_published_version() -> None:
    publish(small_model(), now=EARLY)

    with pytest.raises(VersionTaken, match=r"small 1\.0\.0"):
        publish(spoil(small_model(), "title", "Another"), now=LATE)

    assert MaturityModel.objects.get().document == small_model()


@pytest.mark.django_db(transaction=True)
def test_publish_by_several_at_once_leaves_one_row() -> None:
    together = Barrier(4)

    def at_once(_: int) -> bool:
        together.wait()
        try:
            return publish(small_model(), now=EARLY).is_new
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        new = list(pool.map(at_once, range(4)))

    assert sorted(new) == [False, False, False, True]
    assert MaturityModel.objects.count() == 1


@pytest.mark.django_db
def test_newest_versions_names_the_last_published_of_each_key(
    django_assert_num_queries: Any,
) -> None:
    publish(spoil(small_model(), "version", "2.0.0"), now=LATE)
    publish(small_model(), now=EARLY)
    publish(spoil(small_model(), "key", "other"), now=EARLY)

    with django_assert_num_queries(1):
        rows = newest_versions()

    assert [(row.key, row.version) for row in rows] == [("other", "1.0.0"), ("small", "2.0.0")]
    assert newest_version("small").version == "2.0.0"
    with pytest.raises(UnknownModel):
        newest_version("none")


@pytest.mark.django_db
def test_matrix_of_version_asks_the_database_once(django_assert_num_queries: Any) -> None:
    row = publish(small_model(), now=EARLY).version

    with django_assert_num_queries(1):
        first = matrix_of_version(row.pk)
        second = matrix_of_version(row.pk)

    assert first is second
    assert first.key == "small"


# --- load_model ----------------------------------------------------------------------------------


def load(path: Path) -> tuple[str, str]:
    """Run the command; return what it wrote to stdout and stderr."""
    out, err = StringIO(), StringIO()
    call_command("load_model", str(path), stdout=out, stderr=err, no_color=True)
    return out.getvalue(), err.getvalue()


@pytest.mark.django_db
def test_load_model_publishes_and_says_what(small_file: Path) -> None:
    counts = "(3 stages, 2 dimensions, 5 descriptors)"

    assert load(small_file) == (f"small 1.0.0: published {counts}\n", "")
    assert load(small_file) == (
        f"small 1.0.0: already published, nothing changed {counts}\n",
        "",
    )
    assert MaturityModel.objects.count() == 1


@pytest.mark.django_db
def test_load_model_prints_advice_and_still_publishes(tmp_path: Path) -> None:
    path = tmp_path / "advised.json"
    document = spoil(small_model(), "dimensions[1].summary", "")
    path.write_text(json.dumps(document), encoding="utf-8")

    out, err = load(path)

    assert err == "advice: dimensions[1].summary: is empty; say what the dimension looks at\n"
    assert out.startswith("small 1.0.0: published")


@pytest.mark.django_db
def test_load_model_names_every_problem_and_publishes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "wrong.json"
    document = spoil(spoil(small_model(), "title", ""), "rule.name", "mean")
    path.write_text(json.dumps(document), encoding="utf-8")

    with pytest.raises(CommandError) as refused:
        load(path)

    assert str(refused.value).splitlines() == [
        f"{path}: 2 problems, nothing was published:",
        "  title: is empty",
        '  rule.name: must be "gates", "every" or "additive", is "mean"',
    ]
    assert refused.value.returncode == 1
    assert MaturityModel.objects.count() == 0


@pytest.mark.django_db
def test_load_model_refuses_another_document_under_a_published_version(small_file: Path) -> None:
    publish(spoil(small_model(), "title", "Another"), now=EARLY)

    with pytest.raises(CommandError, match="Raise the version in the file and load it again"):
        load(small_file)

    assert MaturityModel.objects.get().document["title"] == "Another"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b" " * 50_000_000, "is larger than 5 MB"),
        (b"[" * 10_000 + b"]" * 10_000, "is nested deeper than 40 levels"),
        (b"%PDF-1.7\n\xff", "is not UTF-8 text"),
        (b"# A title\n", "is not JSON"),
    ],
    ids=["50 MB", "deep", "not text", "not JSON"],
)
def test_load_model_refuses_what_is_no_model_file(
    data: bytes, problem: str, tmp_path: Path
) -> None:
    path = tmp_path / "odd.json"
    path.write_bytes(data)

    with pytest.raises(CommandError, match=problem):
        load(path)

    assert MaturityModel.objects.count() == 0


@pytest.mark.django_db
def test_load_model_says_that_a_file_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"none\.json: cannot be read: No such file"):
        load(tmp_path / "none.json")
    with pytest.raises(CommandError, match="cannot be read: Is a directory"):
        load(tmp_path)


# --- locate_matrix -------------------------------------------------------------------------------


def test_locate_matrix_reads_a_file_without_a_database(small_file: Path) -> None:
    assert locate_matrix(str(small_file)).key == "small"


@pytest.mark.django_db
def test_locate_matrix_prefers_the_published_model_over_the_shipped_one(
    journey: dict[str, Any],
) -> None:
    assert locate_matrix(journey["key"]).version == "1.0.0"

    publish(spoil(journey, "version", "9.0.0"), now=EARLY)

    assert locate_matrix(journey["key"]).version == "9.0.0"


@pytest.mark.django_db
def test_locate_matrix_refuses_what_is_nowhere(tmp_path: Path) -> None:
    for name in ("nowhere", str(tmp_path / "none.json")):
        with pytest.raises(UnknownModel):
            locate_matrix(name)
    with pytest.raises(InvalidDocument, match="file: cannot be read"):
        locate_matrix(str(tmp_path))
