"""PURE. How a stage is reached, explained for those who read a report."""

from dataclasses import dataclass

from maturity.catalogue.matrix import Matrix
from reports.wording.basics import share_text, stage_text


@dataclass(frozen=True, slots=True)
class MethodPoint:
    """One point of how a stage is reached."""

    heading: str
    text: str


def method(matrix: Matrix) -> tuple[MethodPoint, ...]:
    """Return the rule of this model, point by point."""
    top = matrix.scale[-1].label.lower()
    scale = ", ".join(f"“{step.label}”" for step in matrix.scale)
    first, last = stage_text(matrix.stages[0]), stage_text(matrix.stages[-1])
    return (
        *_rule(matrix),
        MethodPoint(
            "What is answered",
            f"Every statement is answered as {scale}. Some statements describe a practice to build "
            "and keep. Others describe a way of working to leave behind; for those the question is "
            f"whether it is still true, and no longer being true counts like “{top}”.",
        ),
        MethodPoint(
            "What is not answered",
            "“Don’t know” and no answer count as not in place, but never as a “no”: the "
            "report shows how far the score could rise once they are answered. A statement that "
            "does not apply is left out, as if it were not there. Where nothing of a dimension "
            "applies, the dimension counts for nothing.",
        ),
        MethodPoint(
            "Choosing a stage directly",
            "Instead of answering its statements, a stage can be chosen for a whole dimension. "
            "Answers count before such a choice, unless the group has agreed on the stage. Where "
            "the two differ by a stage or more, the report says so.",
        ),
        MethodPoint(
            "Several people",
            "Their answers are averaged, unless the group has agreed on one. How far people agree "
            "is shown from three people on (the index r_wg of James, Demaree and Wolf, 1984).",
        ),
        MethodPoint(
            "The whole",
            f"The overall score is the mean of the assessed dimensions’ scores, by weight. It "
            f"runs from {first}, to {last}. A dimension that is not assessed is left out.",
        ),
        MethodPoint(
            "The next steps",
            "Steps come from what the next gate still lacks: first what other steps build on, then "
            "the dimensions furthest from their target, by weight, then what opens a gate soonest. "
            "They are suggestions; a decision needs an owner and a date.",
        ),
    )


def _rule(matrix: Matrix) -> tuple[MethodPoint, ...]:
    threshold = share_text(matrix.rule.threshold)
    if matrix.rule.name == "additive":
        return (
            MethodPoint(
                "How a stage is reached",
                "The score of a dimension starts at the first stage and adds, for every stage, the "
                "mean of its statements’ values. The stage is the whole part of the score.",
            ),
        )
    if matrix.rule.name == "every":
        return (
            MethodPoint(
                "How a stage is reached",
                "You are at the highest stage whose gate, and every gate below it, is open. A gate "
                "opens when each single thing the stage asks for is at least "
                f"{threshold} in place, and each thing it leaves behind is as far left behind.",
            ),
        )
    level = next((s for s in matrix.scale if s.value >= matrix.rule.threshold), matrix.scale[-1])
    return (
        MethodPoint(
            "How a stage is reached",
            "You are at the highest stage whose gate, and every gate below it, is open. A gate "
            "opens when what the stage asks for is, on average, at least "
            f"{level.label.lower()} in place ({threshold}), and what it leaves behind is at least "
            f"{level.label.lower()} left behind.",
        ),
        MethodPoint(
            "How the score is counted",
            "The whole number is the stage. The decimals say how far the next gate is on its way "
            "to opening. What is already in place above a closed gate earns no stage yet; it is "
            "shown as ahead of its stage. A gate of which nothing applies earns no stage by "
            "itself; it counts once the next gate above it is open.",
        ),
    )
