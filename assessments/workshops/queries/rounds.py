"""The agenda: the rounds of a workshop in their order, and the question each puts."""

from assessments.workshops.models import Round, Workshop
from assessments.workshops.rules.kinds import Kind, Question, question_of
from maturity.catalogue.matrix import Matrix
from maturity.catalogue.queries import matrix_of_version


def rounds_of(workshop: Workshop) -> list[Round]:
    """Return the rounds, in the order of the agenda and of their attempts. Costs: 1 query."""
    return list(Round.objects.filter(workshop=workshop).order_by("position", "attempt"))


def matrix_of(workshop: Workshop) -> Matrix:
    """Return the model of the workshop's assessment. Costs: nothing once it is parsed."""
    return matrix_of_version(workshop.assessment.model_version_id)


def question_of_round(matrix: Matrix, round_: Round) -> Question:
    """Return what a round asks. Costs: nothing."""
    return question_of(
        matrix, Kind(round_.kind), round_.dimension, round_.gate_to, tuple(round_.candidates)
    )
