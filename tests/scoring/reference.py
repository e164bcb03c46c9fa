"""The rules of docs/reference/scoring.md again, slowly and obviously: one Fraction at a time."""

from fractions import Fraction
from statistics import mean
from typing import Literal

from assessments.scoring.sheets import AnswerSheet
from maturity.catalogue.matrix import Descriptor, Dimension, Matrix


def item(
    matrix: Matrix, sheet: AnswerSheet, name: str
) -> Fraction | Literal["not_applicable"] | None:
    """Rules 1 and 2: a share, "not_applicable", or None for unanswered."""
    if name in sheet.agreed_ratings:
        agreed = sheet.agreed_ratings[name]
        if agreed == "unknown":
            return None
        return agreed if agreed == "not_applicable" else matrix.scale[agreed].value
    said = [each.ratings[name] for each in sheet.respondents if name in each.ratings]
    steps = [answer for answer in said if isinstance(answer, int)]
    excused = said.count("not_applicable")
    if steps:
        if excused > len(steps):
            return "not_applicable"
        return mean([matrix.scale[step].value for step in steps])
    return "not_applicable" if said and excused == len(said) else None


def groups(matrix: Matrix, dimension: Dimension) -> list[tuple[int, list[Descriptor]]]:
    """Rule 3: the gates; for `additive` the stages, without an empty first one."""
    found = []
    for index, cell in enumerate(dimension.cells):
        if matrix.rule.name == "additive":
            if index or cell.descriptors:
                found.append((cell.stage, list(cell.descriptors)))
        elif index:
            below = dimension.cells[index - 1].descriptors
            items = [d for d in below if d.kind == "condition" or index == 1]
            items += [d for d in cell.descriptors if d.kind == "practice"]
            found.append((cell.stage, items))
    return found


def progress(
    matrix: Matrix, sheet: AnswerSheet, items: list[Descriptor], unanswered: int
) -> Fraction | None:
    """The mean (or the share that reaches the threshold) with the unanswered counting 0 or 1.

    None where nothing applies; a gate the model leaves empty is whole.
    """
    values = [item(matrix, sheet, descriptor.id) for descriptor in items]
    applicable = [
        Fraction(unanswered) if value is None else value
        for value in values
        if value != "not_applicable"
    ]
    if not applicable:
        return None if items else Fraction(1)
    if matrix.rule.name == "every":
        reached = [value for value in applicable if value >= matrix.rule.threshold]
        return Fraction(len(reached), len(applicable))
    return sum(applicable, Fraction(0)) / len(applicable)


def score(
    matrix: Matrix, sheet: AnswerSheet, dimension: Dimension, *, unanswered: int = 0
) -> tuple[int, Fraction]:
    """Rules 4 and 5: stage and score."""
    rule = matrix.rule
    gates = groups(matrix, dimension)
    if rule.name == "additive":
        total = Fraction(matrix.first_stage)
        for _, items in gates:
            total += progress(matrix, sheet, items, unanswered) or 0
        total = min(total, Fraction(matrix.top_stage))
        return total.numerator // total.denominator, total
    opens_at = rule.threshold if rule.name == "gates" else Fraction(1)
    shares = [(to, items, progress(matrix, sheet, items, unanswered)) for to, items in gates]
    closed = [share for _, _, share in shares if share is not None and share < opens_at]
    reached = {matrix.first_stage}
    for index, (to, items, share) in enumerate(shares):
        below = [each for _, _, each in shares[: index + 1] if each is not None]
        is_way_clear = share is not None and all(each >= opens_at for each in below)
        # An empty gate holds nothing that could lift anybody over a gate of which nothing applies.
        if is_way_clear and (items or to - 1 in reached):
            reached.add(to)
    return max(reached), max(reached) + (closed[0] / opens_at if closed else Fraction(0))


def coverage(matrix: Matrix, sheet: AnswerSheet, dimension: Dimension) -> Fraction:
    """Rule 5: the share answered in the gates that decide."""
    if matrix.rule.name == "additive":
        deciding = list(dimension.descriptors)
    else:
        opens_at = matrix.rule.threshold if matrix.rule.name == "gates" else Fraction(1)
        deciding = []
        for _, items in groups(matrix, dimension):
            deciding += items
            share = progress(matrix, sheet, items, 0)
            if share is not None and share < opens_at:
                break
    answered = [d for d in deciding if item(matrix, sheet, d.id) is not None]
    return Fraction(len(answered), len(deciding)) if deciding else Fraction(1)


def agreement(rows: list[list[int]], options: int) -> Fraction | None:
    """Rule 9: the mean r_wg of rows of at least three."""
    found = []
    for row in rows:
        if len(row) >= 3:
            centre = Fraction(sum(row), len(row))
            squares = [(x - centre) ** 2 for x in row]
            variance = sum(squares, Fraction(0)) / (len(row) - 1)
            found.append(max(Fraction(0), 1 - variance / (Fraction(options**2 - 1) / 12)))
    return sum(found, Fraction(0)) / len(found) if found else None
