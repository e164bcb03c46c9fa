"""Why the next question of a guided dimension is or is not needed, in plain sentences."""

from fractions import Fraction

from assessments.scoring.guided import GuidedGate
from maturity.catalogue.matrix import Matrix


def heading_of(matrix: Matrix, gate: GuidedGate) -> str:
    """Return what a gate's section is called."""
    name = f"stage {gate.to}, {matrix.stage_by_number[gate.to].name}"
    return f"S{name[1:]}" if matrix.rule.name == "additive" else f"What it takes to reach {name}"


def contents_of(matrix: Matrix, gate: GuidedGate) -> str:
    """Return what a gate is made of: how much to leave behind, how much to have in place."""
    kinds = [matrix.descriptors[each].kind for each in gate.descriptors]
    behind, in_place = kinds.count("condition"), kinds.count("practice")
    parts = []
    if behind:
        parts.append(f"{_count(behind, 'way', 'ways')} of working to leave behind")
    if in_place:
        parts.append(f"{_count(in_place, 'practice', 'practices')} to have in place")
    return ", ".join(parts)


def reason_of(matrix: Matrix, gate: GuidedGate, following: GuidedGate | None) -> str:
    """Return why the gate stands as it does, and what that means for the next one."""
    left = len(gate.remaining)
    if gate.gate.progress is None or gate.best is None:
        if matrix.rule.name == "additive":
            return "Nothing here applies to you, so this stage adds nothing."
        if following is None:
            return "Nothing here applies to you, so this gate changes nothing."
        return (
            "Nothing here applies to you, so this gate is passed: it counts once the next one is"
            f" open.{_beyond(following)}"
        )
    if matrix.rule.name == "additive":
        rest = f" {_to_answer(left)}" if left else ""
        return (
            f"Every statement counts in this model: {percent(gate.gate.progress)} in place.{rest}"
        )
    now, needed = figures(gate.gate.progress, gate.needed)
    if gate.state == "open":
        rest = f" What is left here cannot close it: {_count(left, 'statement')}." if left else ""
        return f"This gate is open: {now} in place, {needed} needed.{_beyond(following)}{rest}"
    if gate.state == "closed":
        if not left and gate.best == gate.gate.progress:
            return f"This gate is closed: {now} in place, {needed} needed."
        best, _ = figures(gate.best, gate.needed)
        rest = (
            f" {_count(left, 'statement')} left here still count{'s' * (left == 1)} for your score."
        )
        return (
            f"This gate stays closed even if the rest were at best: {now} in place,"
            f" {best} at most, {needed} needed.{rest if left else ''}"
        )
    if gate.reason == "unknown_left":
        return (
            f"Not settled: {now} in place, {needed} needed, and what you don’t know could open"
            f" this gate.{_beyond(following)}"
        )
    if not gate.gate.answered:
        return f"{needed} of this in place or left behind opens the gate. {_to_answer(left)}"
    return f"So far {now} in place, {needed} needed. {_to_answer(left)}"


def rest_of(gates: tuple[GuidedGate, ...]) -> tuple[str, int]:
    """Return the sentence about what need not be answered, and how many statements that are."""
    left = sum(len(gate.remaining) for gate in gates if gate.state == "not_needed")
    because = next((gate.because_of for gate in gates if gate.state == "not_needed"), None)
    if not left:
        return "", 0
    remaining = "statement" if left == 1 else f"{left} statements"
    return (
        f"The gate to stage {because} stays closed, so the remaining {remaining} of this dimension"
        " cannot change the result.",
        left,
    )


def percent(share: Fraction, digits: int = 0) -> str:
    """Return a share in percent, such as 67 %."""
    return f"{float(share * 100):.{digits}f} %"


def figures(share: Fraction, needed: Fraction) -> tuple[str, str]:
    """Return both in percent, with as many digits as it takes to tell them apart."""
    for digits in (0, 1, 2):
        pair = percent(share, digits), percent(needed, digits)
        if share == needed or pair[0] != pair[1]:
            return pair
    return pair


def _beyond(following: GuidedGate | None) -> str:
    if following is None:
        return " That is the top stage."
    return f" So stage {following.to} is worth asking." if following.is_asked else ""


def _to_answer(left: int) -> str:
    return f"{_count(left, 'statement')} to answer."


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
