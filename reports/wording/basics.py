"""PURE. How figures, stages, counts and answers are written, once for every page and format."""

from fractions import Fraction
from typing import Final

from assessments.scoring.answer_words import answer_text as answer_text
from assessments.scoring.figures import DOES_NOT_APPLY as DOES_NOT_APPLY
from assessments.scoring.figures import NOT_ASSESSED as NOT_ASSESSED
from assessments.scoring.figures import placed_text as placed_text
from assessments.scoring.figures import score_text as score_text
from assessments.scoring.figures import shown_tenths as shown_tenths
from assessments.scoring.placement import Basis, DimensionPlacement
from maturity.catalogue.matrix import Effort, Matrix, Stage
from maturity.web.words import capital, day_text, joined
from reports.document.documents import OccasionFacts, StatementFacts, StepFacts

NBSP: Final = "\u00a0"
NOTHING_APPLIES: Final = "nothing here applies"
BELOW_START: Final = "below the start"
_BASES: Final[dict[Basis, str]] = {
    "agreed": "agreed by the group",
    "derived": "from the answers",
    "declared": "chosen directly",
    "none": NOT_ASSESSED,
}
LESS_THAN_SHOWN: Final = "less than 0.1"
_EFFORTS: Final[dict[Effort, str]] = {"S": "Days", "M": "Weeks", "L": "A quarter or more"}


def share_text(share: Fraction, *, below: Fraction | None = None) -> str:
    """Return a share as a percentage without decimals.

    Never 100 % before it is whole, nor 0 % when there is something; and when it falls short of
    `below`, it is shown as less than that (Ours: a closed gate must not look open).
    """
    return f"{shown_percent(share, below=below)}{NBSP}%"


def shown_percent(share: Fraction, *, below: Fraction | None = None) -> int:
    """Return the same as a number."""
    percent = round(share * 100)
    if share < 1:
        percent = min(percent, 99)
    if share > 0:
        percent = max(percent, 1)
    if below is not None and share < below:
        percent = min(percent, round(below * 100) - 1)
    return percent


def gate_text(progress: Fraction | None, needed: Fraction, *, is_open: bool) -> str:
    """Return how much of a gate is in place; a closed one never reads as if it were open.

    Empty where nothing of it applies.
    """
    if progress is None:
        return ""
    return share_text(progress, below=None if is_open else needed)


def gate_state_text(progress: Fraction | None, *, is_open: bool) -> str:
    """Return "open", "closed" or "nothing here applies"."""
    if progress is None:
        return NOTHING_APPLIES
    return "open" if is_open else "closed"


def basis_text(placed: DimensionPlacement) -> str:
    """Return what a dimension's score rests on, or why there is none."""
    return DOES_NOT_APPLY if placed.does_not_apply else _BASES[placed.basis]


def reach_of(placed: DimensionPlacement) -> tuple[Fraction, Fraction] | None:
    """Return the lowest and the highest score that missing answers leave; None when none do."""
    if placed.basis != "derived" or placed.lowest is None or placed.highest is None:
        return None
    return None if placed.lowest == placed.highest else (placed.lowest, placed.highest)


def reach_text(placed: DimensionPlacement) -> str:
    """Return the same as "2.3 to 2.8", empty when there is none."""
    return " to ".join(map(score_text, reach_of(placed) or ()))


def weight_text(weight: Fraction) -> str:
    """Return a weight as a plain number: "0.5"."""
    return f"{float(weight):g}"


def change_text(before: Fraction | None, now: Fraction | None) -> tuple[str, str]:
    """Return how a score moved, with a sign, "+0.3", and in words, "up 0.3".

    Taken between the scores as they are shown, so that what is read adds up. Both are empty where
    one of the two does not exist.
    """
    if before is None or now is None:
        return "", ""
    if before == now:
        return "±0.0", "same"
    difference = shown_tenths(now) - shown_tenths(before)
    way, sign = ("up", "+") if now > before else ("down", "−")
    if not difference:
        return f"{sign}<0.1", f"{way} {LESS_THAN_SHOWN}"
    size = f"{abs(difference) // 10}.{abs(difference) % 10}"
    return f"{sign}{size}", f"{way} {size}"


def before_text(*, counts_from_first: bool) -> str:
    """Return what the earlier scores beside today's are called."""
    return "First result" if counts_from_first else "Last time"


def stage_text(stage: Stage) -> str:
    """Return "stage 2, Experimental": a number never stands without its name."""
    return f"stage {stage.number}, {stage.name}"


def effort_text(effort: Effort | None) -> str:
    """Return how long a step takes, "Weeks"; empty where the model does not say."""
    return _EFFORTS[effort] if effort else ""


def after_text(step: StepFacts) -> str:
    """Return the steps to take before this one: "steps 3 and 5", or nothing."""
    if not step.needs:
        return ""
    noun = "step" if len(step.needs) == 1 else "steps"
    return f"{noun} {joined(list(map(str, step.needs)))}"


def state_text(occasion: OccasionFacts) -> str:
    """Return "Closed on 3 March 2026", "Result 2, closed on …"; empty while it is open."""
    if not occasion.is_frozen:
        return ""
    closed = f"closed on {day_text(occasion.closed_date)}"
    return capital(closed) if occasion.number == 1 else f"Result {occasion.number}, {closed}"


def times_text(weight: Fraction) -> str:
    """Return how often something counts: "twice", "half", "1.5 times"."""
    words = {Fraction(0): "nothing", Fraction(1, 2): "half", Fraction(2): "twice"}
    return words.get(weight, f"{float(weight):g} times")


def quoted(statement: str) -> str:
    """Return a statement as a quotation within a sentence, without its full stop."""
    return f"“{statement.rstrip('.')}”"


def answers_text(matrix: Matrix, item: StatementFacts) -> str:
    """Return everybody's answers to one statement, best first: "2 × Fully, 1 × Partly"."""
    if not item.answers:
        return "Not answered"
    descriptor = matrix.descriptors[item.id]
    is_one = sum(count for _, count in item.answers) == 1
    text = ", ".join(
        f"{'' if is_one else f'{count}{NBSP}×{NBSP}'}{answer_text(matrix, descriptor, answer)}"
        for answer, count in item.answers
    )
    return f"{text} (agreed)" if item.is_agreed else text
