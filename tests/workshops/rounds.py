"""Questions, ballots and tallies as values, for tests of the rules; no database."""

from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from assessments.scoring.sheets import Answer
from assessments.workshops.rules.kinds import Question, RoundKind, question_of
from assessments.workshops.rules.tallies import Ballot, Tally, tally_of
from maturity.catalogue.matrix import Matrix, matrix_of
from tests.scoring.models import document

STAGES = ("Ash", "Birch", "Cedar", "Dogwood", "Elm")
SCALE = ("Not yet", "Partly", "Mostly", "Fully")


def trees(rows: Mapping[str, Sequence[str]] | None = None, **options: Any) -> Matrix:
    """Return a model of five stages named after trees, with the usual scale."""
    made = document(rows or {"a": ("cc", "ppc", "pp", "p", "p")}, **options)
    for stage, name in zip(made["stages"], STAGES, strict=False):
        stage["name"] = name
        stage["summary"] = f"How {name} is"
    if len(made["scale"]) == len(SCALE):
        for step, label in zip(made["scale"], SCALE, strict=True):
            step["label"] = label
    return matrix_of(made)


TREES = trees()


def ask(
    kind: RoundKind,
    dimension: str = "a",
    to: int | None = None,
    candidates: Sequence[str] = (),
    matrix: Matrix = TREES,
) -> Question:
    """Return a question to the room."""
    return question_of(matrix, kind, dimension, to, candidates)


def ballot(
    answers: Mapping[str, Answer] | Answer,
    groups: Mapping[str, str] | None = None,
    note: str = "",
    name: str = "",
) -> Ballot:
    """Return a vote; a lone answer is that to dimension "a"."""
    if not isinstance(answers, Mapping):
        answers = {"a": answers}
    return Ballot(answers=answers, groups=groups or {}, note=note, name=name)


def ballots(question: Question, counts: Sequence[int], unsure: int = 0) -> list[Ballot]:
    """Return as many votes for each option of a question with one key."""
    (key,) = question.keys
    found = [
        ballot({key: value})
        for value, count in zip(question.values, counts, strict=False)
        for _ in range(count)
    ]
    return [*found, *(ballot({key: "unknown"}) for _ in range(unsure))]


def counted(
    counts: Sequence[int], kind: RoundKind = RoundKind.STAGE, *, unsure: int = 0, fewest: int = 0
) -> Tally:
    """Return what such votes come to."""
    question = ask(kind)
    return tally_of(question, ballots(question, counts, unsure), {}, fewest=fewest)


VOTES = st.lists(
    st.builds(
        ballot,
        st.one_of(st.integers(1, 5), st.just("unknown")),
        st.fixed_dictionaries(
            {}, optional={"D": st.sampled_from("xyz"), "E": st.sampled_from("uv")}
        ),
        st.sampled_from(["", "A note", "Another"]),
        st.sampled_from(["", "Ana", "Bo"]),
    ),
    max_size=14,
)
"""Votes for a stage, some with groups, notes and names."""
