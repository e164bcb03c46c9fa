"""PURE. Guided answering: which gates of a dimension one respondent is asked, and why.

Asking only these gives exactly the stage and score that asking everything gives: a closed gate ends
the climb, and the score reaches no further than that gate's own progress.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from assessments.scoring.consensus import settle
from assessments.scoring.plan import GatePlan, Plan, plan_of
from assessments.scoring.rules import Gate, GateTally, tally
from assessments.scoring.sheets import Answer, AnswerSheet, RespondentAnswers
from maturity.catalogue.matrix import Matrix

State = Literal["open", "undecided", "closed", "waiting", "not_needed"]
Reason = Literal[
    "reached",
    "nothing_applies",
    "out_of_reach",
    "answers_to_come",
    "unknown_left",
    "waits_for_gate_below",
    "gate_below_stays_closed",
    "not_chosen",
]


@dataclass(frozen=True, slots=True)
class GuidedGate:
    """One gate as this respondent meets it.

    `state` and its `reason`:
    open        reached: what is answered is enough, whatever else is answered; or
                nothing_applies: it is passed, and counts with the next open gate above
    closed      out_of_reach: even with everything unanswered at best it stays closed
    undecided   answers_to_come; or unknown_left: only "don't know" stands between it and open
    waiting     waits_for_gate_below: the gate to stage `because_of` is not decided yet
    not_needed  gate_below_stays_closed: the gate to stage `because_of` is, so this one changes
                nothing; or not_chosen: the lead asks everyone up to a lower stage
    `gate` holds today's figures, `best` the progress with everything unanswered at best (None where
    nothing applies), `needed` the progress that opens it. `remaining` are its descriptors without
    any answer; "don't know" is an answer here: nobody is asked twice.
    """

    state: State
    reason: Reason
    because_of: int | None
    gate: Gate
    best: Fraction | None
    needed: Fraction
    descriptors: tuple[str, ...]
    remaining: tuple[str, ...]

    @property
    def to(self) -> int:
        """The stage this gate leads to."""
        return self.gate.to

    @property
    def is_asked(self) -> bool:
        """Whether its descriptors are put to the respondent now."""
        return self.state in ("open", "undecided", "closed")


@dataclass(frozen=True, slots=True)
class Guidance:
    """What one respondent is asked in one dimension; the gates run from the lowest."""

    dimension: str
    gates: tuple[GuidedGate, ...]

    @property
    def to_ask(self) -> tuple[str, ...]:
        """The descriptors of the gates asked now that have no answer yet, in order."""
        return tuple(each for gate in self.gates if gate.is_asked for each in gate.remaining)

    @property
    def next_open(self) -> str | None:
        """The next descriptor to answer, or None when the dimension is done."""
        return next(iter(self.to_ask), None)

    @property
    def is_done(self) -> bool:
        """Whether nothing that could change the result is left to ask."""
        return not self.to_ask


def guide(
    matrix: Matrix,
    dimension: str,
    ratings: Mapping[str, Answer],
    *,
    everyone_to: int | None = None,
) -> Guidance:
    """Return which gates of a dimension are asked, given one respondent's ratings.

    Gate by gate from the bottom: the next gate is asked once those below are open, or nothing of
    them is left to ask and only "don't know" could keep them closed. All of a gate that is asked
    is asked, also when it is open or closed already: the score rests on the closed gate's
    progress, and the next steps on what is missing behind.
    With `everyone_to` (several respondents, chosen by the lead) every gate up to that stage is
    asked of everyone whatever they answer, and none above it: people who stop early would drop out
    of the mean and lift it. Under the `additive` rule every stage counts, so everything is asked.
    Raises: KeyError, when the model has no such dimension.
    """
    plan = plan_of(matrix)
    row = plan.dimension_by_key[dimension]
    held = settle(plan, AnswerSheet(respondents=(RespondentAnswers(ratings=ratings),))).held
    gates: list[GuidedGate] = []
    stop: tuple[State, Reason, int] | None = None
    for gate_plan in row.gates:
        at = tally(plan, gate_plan, held)
        descriptors = plan.ids[gate_plan.start : gate_plan.stop]
        remaining = tuple(each for each in descriptors if ratings.get(each) is None)
        state, reason = _state(at, remaining)
        because_of: int | None = None
        if everyone_to is not None:
            if gate_plan.to > everyone_to:
                state, reason = "not_needed", "not_chosen"
        elif stop is not None:
            state, reason, because_of = stop
        elif plan.rule != "additive":
            stop = _stops(gate_plan, state, remaining)
        gates.append(
            GuidedGate(
                state=state,
                reason=reason,
                because_of=because_of,
                gate=at.gate,
                best=at.best,
                needed=_needed(plan),
                descriptors=descriptors,
                remaining=remaining,
            )
        )
    return Guidance(dimension=dimension, gates=tuple(gates))


def _state(at: GateTally, remaining: tuple[str, ...]) -> tuple[State, Reason]:
    if at.gate.progress is None:
        return "open", "nothing_applies"
    if at.gate.is_open:
        return "open", "reached"
    if not at.can_open:
        return "closed", "out_of_reach"
    return "undecided", "answers_to_come" if remaining else "unknown_left"


def _stops(
    gate: GatePlan, state: State, remaining: tuple[str, ...]
) -> tuple[State, Reason, int] | None:
    """Return what a gate makes of those above it, or None when the next one is asked."""
    if state == "closed":
        return "not_needed", "gate_below_stays_closed", gate.to
    if state == "undecided" and remaining:
        return "waiting", "waits_for_gate_below", gate.to
    return None


def _needed(plan: Plan) -> Fraction:
    return plan.threshold if plan.rule == "gates" else Fraction(1)
