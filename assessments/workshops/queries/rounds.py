"""The agenda: the rounds of a workshop in their order, and the question each puts."""

from typing import Final

from assessments.core.queries.standing import standing_of
from assessments.models import AgreedAnswer
from assessments.workshops.models import Round, Workshop
from assessments.workshops.rules.kinds import Question, RoundKind, question_of
from maturity.catalogue.matrix import Matrix
from maturity.catalogue.queries import matrix_of_version

# Ours: more than these nobody reads on a phone before choosing three.
MOST_SUGGESTED: Final = 18


def rounds_of(workshop: Workshop) -> list[Round]:
    """Return the rounds, in the order of the agenda and of their attempts. Costs: 1 query."""
    return list(Round.objects.filter(workshop=workshop).order_by("position", "attempt"))


def matrix_of(workshop: Workshop) -> Matrix:
    """Return the model of the workshop's assessment. Costs: nothing once it is parsed."""
    return matrix_of_version(workshop.assessment.model_version_id)


def question_of_round(matrix: Matrix, round_: Round) -> Question:
    """Return what a round asks. Costs: nothing."""
    return question_of(
        matrix, RoundKind(round_.kind), round_.dimension, round_.gate_to, tuple(round_.candidates)
    )


def round_of(workshop: Workshop, round_id: int) -> Round | None:
    """Return one round of a workshop, None for an unknown one. Costs: 1 query."""
    return Round.objects.filter(workshop=workshop, pk=round_id).first()


def agreed_versions(workshop: Workshop, question: Question) -> dict[str, int]:
    """Return the version of each agreed answer of the assessment that a round is about.

    One that does not exist is not in it. Costs: 1 query.
    """
    what = AgreedAnswer.What.PICK if question.kind is RoundKind.STAGE else AgreedAnswer.What.RATING
    rows = AgreedAnswer.objects.filter(
        assessment=workshop.assessment_id, what=what, key__in=question.keys
    )
    return dict(rows.values_list("key", "version"))


def suggested_candidates(workshop: Workshop) -> tuple[str, ...]:
    """Return the steps the assessment suggests at this moment, the first ones first.

    Of a hidden result nothing is suggested. Costs: as `standing_of`.
    """
    standing = standing_of(workshop.assessment, with_notes=False)
    if standing.is_hidden:
        return ()
    steps = standing.scored.roadmap.steps
    return tuple(each.descriptor for each in steps[:MOST_SUGGESTED])
