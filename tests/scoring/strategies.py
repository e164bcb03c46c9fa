"""What Hypothesis draws: models and sheets."""

from fractions import Fraction

from hypothesis import settings
from hypothesis import strategies as st

from assessments.scoring.sheets import (
    NOT_APPLICABLE,
    UNKNOWN,
    Answer,
    AnswerSheet,
    RespondentAnswers,
)
from maturity.catalogue.matrix import Matrix
from tests.scoring.models import model

quick = settings(max_examples=45)

SCALES = (("0", "1/3", "2/3", "1"), ("0", "1"), ("0", "0.25", "1/2", "1"), ("0", "1/7", "3/5", "1"))


@st.composite
def models(draw: st.DrawFn, rules: tuple[str, ...] = ("gates", "every", "additive")) -> Matrix:
    """Draw a model of one or two dimensions and two to four stages, some cells empty."""
    stages = draw(st.integers(2, 4))
    rule = draw(st.sampled_from(rules))
    first = draw(st.integers(0, 1))
    rows = {}
    for key in ("a", "b")[: draw(st.integers(1, 2))]:
        cells = [draw(st.text("pc", max_size=3)) for _ in range(stages - 1)]
        cells.append(draw(st.text("p", max_size=3)))
        if not any(cells):
            cells[-1] = "p"
        rows[key] = cells
    ids = [
        f"{key}.{first + stage}.{n}"
        for stage in range(stages)
        for key, cells in rows.items()
        for n in range(1, len(cells[stage]) + 1)
    ]
    requires = {}
    for position, name in enumerate(ids):
        if position and draw(st.integers(0, 3)) == 0:
            # Only towards what stands before: no circle, and never a later stage.
            requires[name] = [draw(st.sampled_from(ids[:position]))]
    return model(
        rows,
        rule=rule,
        first=first,
        threshold=draw(st.sampled_from(["2/3", "1/2", "1", "0.8"])),
        scale=draw(st.sampled_from(SCALES)),
        requires=requires,
        efforts={name: draw(st.sampled_from(["", "S", "M", "L"])) for name in ids},
    )


def answers(matrix: Matrix) -> st.SearchStrategy[Answer]:
    """Draw one answer."""
    steps = st.integers(0, matrix.top_step)
    return st.one_of(steps, steps, st.sampled_from([NOT_APPLICABLE, UNKNOWN]))


def ratings(matrix: Matrix, *, full: bool = False) -> st.SearchStrategy[dict[str, Answer]]:
    """Draw one respondent's ratings; `full` answers everything."""
    each = {name: answers(matrix) for name in matrix.descriptors}
    return st.fixed_dictionaries(each if full else {}, optional={} if full else each)


@st.composite
def sheets(draw: st.DrawFn, matrix: Matrix, people: int = 4, picks: bool = True) -> AnswerSheet:
    """Draw a sheet of up to `people` respondents with everything a sheet may hold."""
    dimensions = list(matrix.dimension_by_key)
    stages = st.integers(matrix.first_stage, matrix.top_stage)
    by_dimension = st.dictionaries(st.sampled_from(dimensions), stages)
    shares = st.fractions(0, 5, max_denominator=8)
    respondents = tuple(
        RespondentAnswers(
            name=draw(st.sampled_from(["", "Ana", "Bo"])),
            ratings=draw(ratings(matrix)),
            picks=draw(by_dimension) if picks else {},
            notes=draw(st.dictionaries(st.sampled_from(dimensions), st.just("A note"))),
        )
        for _ in range(draw(st.integers(0, people)))
    )
    weights = draw(st.dictionaries(st.sampled_from(dimensions), shares))
    if not any(weights.get(key, 1) for key in dimensions):
        weights = {}
    baseline = st.fractions(matrix.first_stage, matrix.top_stage, max_denominator=9)
    return AnswerSheet(
        respondents=respondents,
        agreed_ratings=draw(ratings(matrix)) if draw(st.booleans()) else {},
        agreed_picks=draw(by_dimension) if picks and draw(st.booleans()) else {},
        targets=draw(by_dimension),
        weights={key: Fraction(value) for key, value in weights.items()},
        baseline=draw(st.dictionaries(st.sampled_from(dimensions), baseline)),
    )
