"""PURE. What a room might agree on, by its votes: a suggestion to start from, never a decision."""

from assessments.scoring.sheets import NOT_APPLICABLE, Answer
from assessments.workshops.rules.kinds import Question, RoundKind
from assessments.workshops.rules.tallies import Line, Tally, middle_of


def suggested_decision(question: Question, tally: Tally) -> dict[str, Answer]:
    """Return a decision by key; a key about which nothing can be suggested is not in it.

    Ours: the middle answer, of an even number the lower of the middle two, which is what more than
    half chose where they agree; "does not apply" where more say so than chose a step; of steps,
    those that are clearly among the first three.
    """
    if tally.is_hidden:
        return {}
    if question.kind is RoundKind.STEPS:
        return {each.key: 1 for each in tally.ranked if each.standing == "first"}
    found: dict[str, Answer] = {}
    for line in tally.lines:
        answer = _of_line(line)
        if answer is not None:
            found[line.key] = answer
    return found


def _of_line(line: Line) -> Answer | None:
    if line.is_hidden:
        return None
    if line.spread.excused > line.spread.given:
        return NOT_APPLICABLE
    middle = middle_of(line.values, line.spread.counts)
    return None if middle is None else middle[0]
