"""Publish model versions, and find the matrix somebody names on a command line."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from maturity.catalogue.importing import MAX_MODEL_BYTES, read_model
from maturity.catalogue.matrix import Matrix, matrix_of
from maturity.catalogue.models import MaturityModel
from maturity.catalogue.queries import (
    UnknownModel,
    has_table,
    matrix_of_version,
    newest_version,
)
from maturity.web.strict_json import InvalidDocument, Problem

_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class VersionTaken(ValueError):
    """Another document is published under this key and version; a published one never changes."""


@dataclass(frozen=True, slots=True)
class Publication:
    """What `publish` found or made; `is_new` is false when the same document stood there."""

    version: MaturityModel
    is_new: bool


def publish(document: dict[str, Any], *, now: datetime) -> Publication:
    """Publish a document that `importing.read_model` returned, and return its row.

    The same document published again changes nothing. Two publishers at once leave one row.
    Raises: VersionTaken.
    """
    key, version = document["key"], document["version"]
    with transaction.atomic():
        row, is_new = MaturityModel.objects.get_or_create(
            key=key, version=version, defaults={"document": document, "published_at": now}
        )
    if row.document != document:
        raise VersionTaken(f"{key} {version}")
    return Publication(version=row, is_new=is_new)


def read_model_file(path: Path) -> dict[str, Any]:
    """Return the checked document of a model file, never reading more of it than is allowed.

    Raises: InvalidDocument, OSError.
    """
    with path.open("rb") as file:
        # One byte more than allowed is enough for the reader to see that it is too big.
        return read_model(file.read(MAX_MODEL_BYTES + 1))


def locate_matrix(key_or_file: str) -> Matrix:
    """Return the matrix of a model file, of a published key, or of the fixture with that key.

    A file needs no database; a key is looked up there first, and among the shipped fixtures when
    there is no database or it has no such model.
    Raises: UnknownModel, InvalidDocument.
    """
    path = Path(key_or_file)
    if not _KEY.fullmatch(key_or_file):
        return _matrix_of_file(path)
    if has_table():
        try:
            return matrix_of_version(newest_version(key_or_file).pk)
        except UnknownModel:
            pass
    shipped = Path(settings.BASE_DIR) / "fixtures" / f"{key_or_file}.json"
    if shipped.is_file():
        return _matrix_of_file(shipped)
    if path.is_file():
        return _matrix_of_file(path)
    raise UnknownModel(key_or_file)


def _matrix_of_file(path: Path) -> Matrix:
    try:
        return matrix_of(read_model_file(path))
    except FileNotFoundError:
        raise UnknownModel(str(path)) from None
    except OSError as error:
        raise InvalidDocument((Problem("file", f"cannot be read: {error.strerror}"),)) from error
