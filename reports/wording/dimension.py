"""PURE. Why a dimension stands where it stands, in plain sentences."""

from collections.abc import Sequence
from fractions import Fraction

from assessments.scoring.explanation import Explanation
from assessments.scoring.placement import DimensionPlacement
from maturity.catalogue.matrix import Dimension, Matrix
from maturity.web.words import capital, count_text, joined
from reports.document.documents import Remark, RemarkKind
from reports.wording.basics import (
    DOES_NOT_APPLY,
    quoted,
    score_text,
    share_text,
    stage_text,
)

# A sentence that quotes more than this is a list, and lists have their own place beside it.
MOST_QUOTED = 2


def headline(matrix: Matrix, dimension: Dimension, placed: DimensionPlacement) -> str:
    """Return the one sentence that says where a dimension stands."""
    if placed.does_not_apply:
        return f"{dimension.name} {DOES_NOT_APPLY}: that is the answer to all of its statements."
    if placed.stage is None or placed.score is None:
        return f"{dimension.name} is not assessed yet: no statement is answered, no stage chosen."
    stage = stage_text(matrix.stage_by_number[placed.stage])
    if placed.basis == "agreed":
        return f"{dimension.name} stands at {stage}, as agreed by the group."
    if placed.basis == "declared":
        return f"{dimension.name} stands at {stage}, {_declared_how(placed)}."
    if placed.stage == matrix.top_stage:
        return f"{dimension.name} has reached {stage}, the last one: every gate is open."
    if (
        placed.stage == matrix.first_stage
        and matrix.rule.name == "gates"
        and placed.score == placed.stage
    ):
        return f"{dimension.name} stands at {stage}: nothing of the next stage is in place yet."
    return f"{dimension.name} stands at {stage}, with a score of {score_text(placed.score)}."


def _declared_how(placed: DimensionPlacement) -> str:
    people = placed.declared.n if placed.declared else 0
    if people <= 1:
        return "as chosen directly; its statements are not answered"
    return f"as chosen directly by {people} people; its statements are not answered"


def remarks(
    matrix: Matrix,
    dimension: Dimension,
    placed: DimensionPlacement,
    standing: Explanation,
    *,
    fewest_steps: int | None,
) -> tuple[Remark, ...]:
    """Return what there is to say beyond the headline, most important first.

    `fewest_steps` is the length of the shortest way to the next stage, None when there is none.
    """
    if placed.does_not_apply:
        return (Remark("unanswered", "It counts for nothing in the overall score."),)
    if placed.basis == "none":
        text = (
            f"Choose the stage that fits best, or answer its {len(dimension.descriptors)} "
            "statements, to see what to do next."
        )
        return (Remark("unanswered", text),)
    found = [
        _gate_remark(matrix, placed, standing, fewest_steps),
        _missing_remark(matrix, standing),
        _holding_remark(matrix, standing),
        _unanswered_remark(matrix, placed, standing),
        _ahead_remark(matrix, standing),
        _disagree_remark(matrix, standing),
        _people_remark(placed),
    ]
    return tuple(remark for remark in found if remark is not None)


def _gate_remark(
    matrix: Matrix, placed: DimensionPlacement, standing: Explanation, fewest_steps: int | None
) -> Remark | None:
    if placed.derived is None:
        text = (
            "It rests on that choice alone. Answer its statements to see what is in place, what "
            "is missing and which steps come next."
        )
        return Remark("gate", text)
    gate = standing.next_gate
    if gate is None or gate.progress is None:
        above = [each for each in placed.gates if placed.stage is None or each.to > placed.stage]
        if above and not any(each.applicable for each in above):
            return Remark("gate", "Nothing above this stage applies, so it cannot rise further.")
        return None
    stage = stage_text(matrix.stage_by_number[gate.to])
    threshold = matrix.rule.threshold
    progress = share_text(gate.progress, below=None if gate.is_open else threshold)
    if matrix.rule.name == "additive":
        return Remark("gate", f"Of what {stage}, asks for, {progress} is in place.")
    if matrix.rule.name == "every":
        text = (
            f"{capital(stage)}, is reached when each of the {gate.applicable} statements of its "
            f"gate is at least {_label_at(matrix, threshold)}; {progress} of them are."
        )
    else:
        text = f"The gate to {stage}, is {progress} in place; it opens at {share_text(threshold)}."
    if fewest_steps:
        text += f" The shortest way to open it takes {count_text(fewest_steps, 'step')}."
    return Remark("gate", text)


def _label_at(matrix: Matrix, threshold: Fraction) -> str:
    """Return the label of the lowest step that reaches the threshold, as used in a sentence."""
    step = next((s for s in matrix.scale if s.value >= threshold), matrix.scale[-1])
    return f"“{step.label}”"


def _missing_remark(matrix: Matrix, standing: Explanation) -> Remark | None:
    return _listing(
        matrix,
        standing.missing,
        kind="missing",
        one="One practice is not yet in place:",
        many="{count} practices are not yet in place. Furthest from it:",
    )


def _holding_remark(matrix: Matrix, standing: Explanation) -> Remark | None:
    return _listing(
        matrix,
        standing.holding_back,
        kind="holding",
        one="One way of working still holds it back:",
        many="{count} ways of working still hold it back, above all:",
    )


def _ahead_remark(matrix: Matrix, standing: Explanation) -> Remark | None:
    remark = _listing(
        matrix,
        standing.ahead,
        kind="ahead",
        one="One practice is ahead of this stage:",
        many="{count} practices are ahead of this stage, among them:",
    )
    if remark is None:
        return None
    they = "It counts" if len(standing.ahead) == 1 else "They count"
    return Remark("ahead", f"{remark.text} {they} as soon as the gates below are open.")


def _listing(
    matrix: Matrix, ids: Sequence[str], *, kind: RemarkKind, one: str, many: str
) -> Remark | None:
    if not ids:
        return None
    named = [quoted(matrix.descriptors[each].statement) for each in ids[:MOST_QUOTED]]
    if len(ids) == 1:
        lead = one
    elif len(ids) <= MOST_QUOTED:
        lead = many.format(count=len(ids)).partition(".")[0].partition(",")[0] + ":"
    else:
        lead = many.format(count=len(ids))
    return Remark(kind, f"{lead} {joined(named)}.")


def _unanswered_remark(
    matrix: Matrix, placed: DimensionPlacement, standing: Explanation
) -> Remark | None:
    if not standing.unanswered or placed.derived is None:
        return None
    count = len(standing.unanswered)
    verb, pronoun = ("is", "It counts") if count == 1 else ("are", "They count")
    statements = count_text(count, "statement")
    text = f"{capital(statements)} of its next gate {verb} unanswered. {pronoun} as not in place"
    if placed.highest is None or placed.highest <= placed.derived.score:
        return Remark("unanswered", f"{text}, which does not change the score.")
    best = placed.highest
    # The best there is takes every open answer, not only those of the next gate.
    missing = sum(gate.applicable - gate.answered for gate in placed.gates)
    reach = f"the score could be as high as {score_text(best)}"
    stage = min(int(best), matrix.top_stage)
    if stage > placed.derived.stage:
        reach += f", {stage_text(matrix.stage_by_number[stage])}"
    if missing > count:
        return Remark("unanswered", f"{text}. With {missing} open in all, {reach}.")
    return Remark("unanswered", f"{text}; once answered, {reach}.")


def _disagree_remark(matrix: Matrix, standing: Explanation) -> Remark | None:
    found = standing.contradiction
    if found is None:
        return None
    said = stage_text(matrix.stage_by_number[found.said_stage])
    derived = stage_text(matrix.stage_by_number[found.derived_stage])
    how = "As agreed by the group" if found.said == "agreed" else "As chosen directly"
    text = f"{how} it stands at {said}; from the answers, at {derived}."
    if found.rests_on:
        state = "not yet met" if found.says_more else "already met"
        count = count_text(len(found.rests_on), "statement")
        text += (
            f" The difference rests on {count} {state}: talk them through before relying on either."
        )
    return Remark("disagree", text)


def _people_remark(placed: DimensionPlacement) -> Remark | None:
    agreement = placed.agreement
    shares = [
        f"{share_text(share)} on {what}"
        for share, what in ((agreement.ratings, "the statements"), (agreement.picks, "the stage"))
        if share is not None
    ]
    if not shares:
        return None
    return Remark("people", f"{agreement.n} people answered; their agreement is {joined(shares)}.")
