"""Figures of a document as text; each is empty where there is nothing to write."""

from fractions import Fraction

from django import template

from assessments.scoring.placement import DimensionPlacement
from maturity.catalogue.matrix import Effort, Matrix
from maturity.web.words import day_text
from reports.document import outcomes
from reports.document.documents import GateFacts, OccasionFacts, StatementFacts, StepFacts, Verdict
from reports.wording import basics as wording
from reports.wording.method import MethodPoint
from reports.wording.method import method as method_of

register = template.Library()


@register.filter
def score(value: Fraction | None) -> str:
    """Write a score: "2.3"."""
    return "" if value is None else wording.score_text(value)


@register.filter
def share(value: Fraction | None) -> str:
    """Write a share: "86 %"."""
    return "" if value is None else wording.share_text(value)


@register.filter
def placed(value: DimensionPlacement) -> str:
    """Write where a dimension is: its score, or in words why it has none."""
    return wording.placed_text(value)


@register.filter
def reach(value: DimensionPlacement) -> str:
    """Write the range that missing answers leave: "2.3 to 2.8"."""
    return wording.reach_text(value)


@register.filter
def times(value: Fraction) -> str:
    """Write a weight: "0.5"."""
    return wording.weight_text(value)


@register.filter
def in_place(gate: GateFacts) -> str:
    """Write how much of a gate is in place: never as much as opens it while it is closed."""
    return wording.gate_text(gate.progress, gate.needed, is_open=gate.is_open)


@register.filter
def gate_state(gate: GateFacts) -> str:
    """Write whether a gate is open or closed, or that nothing of it applies."""
    return wording.gate_state_text(gate.progress, is_open=gate.is_open)


@register.filter
def day(iso: str) -> str:
    """Write an ISO day: "22 November 2026"."""
    return day_text(iso)


@register.filter
def held(value: str | None) -> str:
    """Write how far a statement holds."""
    return outcomes.held_text(value)


@register.filter
def verdict(value: Verdict) -> str:
    """Write what became of a step."""
    return outcomes.verdict_text(value)


@register.filter
def answer(item: StatementFacts, matrix: Matrix) -> str:
    """Write everybody's answers to a statement."""
    return wording.answers_text(matrix, item)


@register.filter
def effort(value: Effort | None) -> str:
    """Write how long a step takes."""
    return wording.effort_text(value)


@register.filter
def after(step: StepFacts) -> str:
    """Write which steps come first."""
    return wording.after_text(step)


@register.filter
def state(occasion: OccasionFacts) -> str:
    """Write when a result was closed."""
    return wording.state_text(occasion)


@register.filter
def method(matrix: Matrix) -> tuple[MethodPoint, ...]:
    """Return how a stage is reached, point by point."""
    return method_of(matrix)
