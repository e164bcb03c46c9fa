"""Answers that come as a file instead of through the pages. No database is needed."""

from pathlib import Path

from assessments.scoring.answers_file import (
    MAX_BYTES,
    model_named_in,
    read_answers,
)
from assessments.scoring.sheets import AnswerSheet
from maturity.catalogue.matrix import Matrix
from maturity.catalogue.queries import UnknownModel
from maturity.catalogue.services import locate_matrix
from maturity.web.strict_json import InvalidDocument, Problem


def read_answers_file(path: Path) -> bytes:
    """Return the bytes of an answers file, never reading more of it than is allowed.

    Raises: InvalidDocument, when it cannot be read.
    """
    try:
        with path.open("rb") as file:
            # One byte more than allowed is enough for the reader to see that it is too big.
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        fault = Problem("file", f"cannot be read: {error.strerror}")
        raise InvalidDocument((fault,)) from error


def matrix_and_answers(data: bytes, *, model: str | None) -> tuple[Matrix, AnswerSheet]:
    """Return the matrix and the answers to it that an answers file holds.

    `model` is a published key or a model file; None takes the model the answers name.
    Raises: InvalidDocument, with every problem at once; one in the model's place when there is no
    such model or it is not sound.
    """
    named = model_named_in(data) if model is None else model
    try:
        matrix = locate_matrix(named)
    except UnknownModel:
        fault = f"{named} is neither a published model nor a model file"
        raise InvalidDocument((Problem("model", fault),)) from None
    except InvalidDocument as error:
        faults = (Problem(f"model, {each.place}", each.text) for each in error.problems)
        raise InvalidDocument(tuple(faults)) from error
    return matrix, read_answers(data, matrix)
