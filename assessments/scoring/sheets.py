"""PURE. What people answered, as frozen values: the one thing a placement is computed from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final, Literal

NotStep = Literal["not_applicable", "unknown"]
NOT_APPLICABLE: Final[NotStep] = "not_applicable"
UNKNOWN: Final[NotStep] = "unknown"
NOT_STEPS: Final[Mapping[str, NotStep]] = {UNKNOWN: UNKNOWN, NOT_APPLICABLE: NOT_APPLICABLE}

Answer = int | NotStep
"""A step of the model's scale as its index (0 is the worst), or one of the two words."""
AnswerKind = Literal["rating", "pick"]


def answer_in(word: str, number: int | None) -> Answer | None:
    """Return the answer of a row that holds a word or a number; None for neither."""
    return NOT_STEPS.get(word, number)


@dataclass(frozen=True, slots=True)
class RespondentAnswers:
    """One person's answers; every mapping is keyed by descriptor id, `picks` by dimension key.

    `notes` may be keyed by either.
    """

    name: str = ""
    ratings: Mapping[str, Answer] = field(default_factory=dict)
    picks: Mapping[str, int] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """Everything answered in one assessment.

    `agreed_ratings` and `agreed_picks` are what the group decided on; they win over the
    respondents' own. `targets` are stages, `weights` default to 1, `baseline` holds the scores
    of an earlier time; all three are keyed by dimension. `date` is an ISO day or empty.
    """

    respondents: tuple[RespondentAnswers, ...] = ()
    agreed_ratings: Mapping[str, Answer] = field(default_factory=dict)
    agreed_picks: Mapping[str, int] = field(default_factory=dict)
    targets: Mapping[str, int] = field(default_factory=dict)
    weights: Mapping[str, Fraction] = field(default_factory=dict)
    baseline: Mapping[str, Fraction] = field(default_factory=dict)
    organisation: str = ""
    date: str = ""
