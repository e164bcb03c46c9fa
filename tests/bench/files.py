"""How soon a hostile file is refused, which takes two seconds at most, and a large one read."""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress

from assessments.scoring.answers_file import read_answers
from maturity.catalogue.advice import advice_on
from maturity.catalogue.importing import read_model
from maturity.web.strict_json import InvalidDocument
from tests.bench.scoring import generated_matrix
from tests.bench.timing import Figure
from tests.catalogue.documents import descriptor, small_model
from tests.odd_files import ANSWERS, MODELS

ROUNDS = 3


def measure() -> list[Figure]:
    """Return how long the slowest of the files takes: the quickest of some rounds, in seconds."""
    matrix = generated_matrix()
    return [
        Figure("a hostile model file refused, seconds", _slowest(MODELS, read_model), 2),
        Figure(
            "a hostile answers file refused, seconds",
            _slowest(ANSWERS, lambda data: read_answers(data, matrix)),
            2,
        ),
        Figure("advice on the largest model, seconds", _seconds_of_advice(), 10),
    ]


def _slowest(files: Mapping[str, bytes], read: Callable[[bytes], object]) -> float:
    return max(min(_seconds(data, read) for _ in range(ROUNDS)) for data in files.values())


def _seconds(data: bytes, read: Callable[[bytes], object]) -> float:
    start = time.process_time()
    with suppress(InvalidDocument):
        read(data)
        raise RuntimeError("a hostile file was taken")
    return time.process_time() - start


def _seconds_of_advice() -> float:
    """Return how long it takes to compare each of 5,000 statements with its neighbours."""
    document = small_model()
    document["dimensions"][0]["cells"][1]["descriptors"] = [
        descriptor(f"n{n}", statement=f"We keep list {n} of our customers in box {n % 71} here.")
        for n in range(4_990)
    ]
    start = time.process_time()
    advice_on(document)
    return time.process_time() - start
