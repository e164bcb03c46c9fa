"""PURE. Steps that were done, next to the statements they were to move: moved, or not."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Final

from assessments.scoring.frozen import DoneStep
from assessments.scoring.sheets import NOT_APPLICABLE
from maturity.catalogue.matrix import Descriptor, Matrix
from maturity.web.words import count_text, joined
from reports.document.documents import OutcomeFacts, Verdict
from reports.wording.basics import share_text

_VERDICTS: Final[dict[Verdict, str]] = {
    "moved": "moved",
    "kept": "in place all along",
    "same": "not moved",
    "fell": "fallen back",
    "open": "cannot be told",
}


def outcomes_of(matrix: Matrix, steps: Iterable[DoneStep]) -> tuple[OutcomeFacts, ...]:
    """Return what became of each step, in the order they were done."""
    return tuple(_outcome(matrix, matrix.descriptors[step.descriptor_id], step) for step in steps)


def outcomes_lead(outcomes: Iterable[OutcomeFacts]) -> str:
    """Return the whole in one sentence: "Of 3 steps done, 2 moved and one not moved."."""
    found = list(outcomes)
    parts = []
    for verdict, words in _VERDICTS.items():
        count = sum(outcome.verdict == verdict for outcome in found)
        if count:
            parts.append(f"{'one' if count == 1 else count} {words}")
    done = count_text(len(found), "step was done", "steps were done")
    return f"{done[:1].upper()}{done[1:]} since the result before: {joined(parts)}."


def _outcome(matrix: Matrix, descriptor: Descriptor, step: DoneStep) -> OutcomeFacts:
    return OutcomeFacts(
        id=descriptor.id,
        dimension=matrix.dimension_by_key[descriptor.dimension].name,
        words=step.words,
        statement=descriptor.statement,
        verdict=_verdict(share_in(step.before), share_in(step.now)),
        done_date=step.done,
        share_before=step.before,
        share_now=step.now,
    )


def _verdict(before: Fraction | None, now: Fraction | None) -> Verdict:
    if before is None or now is None:
        return "open"
    if now > before:
        return "moved"
    if now < before:
        return "fell"
    return "kept" if now == 1 else "same"


def share_in(text: str | None) -> Fraction | None:
    """Return the share of a statement; None where there is no answer, or it does not apply."""
    return None if text is None or text == NOT_APPLICABLE else Fraction(text)


def verdict_text(verdict: Verdict) -> str:
    """Return what became of a step, with a capital."""
    return _VERDICTS[verdict].capitalize()


def held_text(value: str | None) -> str:
    """Return how far a statement holds: in place, or left behind."""
    if value is None:
        return "not answered"
    if value == NOT_APPLICABLE:
        return "does not apply"
    return share_text(Fraction(value))
