"""The form the facilitator records an agreement with: what is on offer and what is filled in."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessments.workshops.models import Round, Workshop
from assessments.workshops.queries.rounds import agreed_versions, question_of_round
from assessments.workshops.queries.votes import ballots_of
from assessments.workshops.rules.answer_words import answer_text
from assessments.workshops.rules.kinds import RoundKind
from assessments.workshops.rules.suggesting import suggested_decision
from assessments.workshops.rules.tallies import tally_of
from assessments.workshops.services.agreeing import stamp_of
from assessments.workshops.views.shown import VoteOption
from maturity.catalogue.matrix import Matrix, ramp_position

_SUGGESTED = {
    RoundKind.STAGE: "the middle of the votes",
    RoundKind.TARGET: "the middle of the votes",
    RoundKind.IMPORTANCE: "the middle of the votes",
    RoundKind.GATE: "the middle of the votes on each statement",
    RoundKind.STEPS: "the steps with the most dots",
}


@dataclass(frozen=True, slots=True)
class DecisionField:
    """One thing to decide on; `version` is that of the assessment's agreed answer, 0 for none."""

    key: str
    text: str
    is_condition: bool
    options: tuple[VoteOption, ...]
    value: str
    version: int


@dataclass(frozen=True, slots=True)
class Deciding:
    """A form on a revealed round. `filled` says where the values come from, while undecided."""

    round_id: int
    kind: RoundKind
    fields: tuple[DecisionField, ...]
    filled: str
    reason: str
    dissent: str
    seen: str
    problems: tuple[str, ...] = ()


def deciding_of(
    workshop: Workshop,
    round_: Round,
    *,
    matrix: Matrix,
    sent: Mapping[str, str] | None = None,
    reason: str | None = None,
    dissent: str | None = None,
    problems: tuple[str, ...] = (),
) -> Deciding:
    """Return the form on a revealed round; what was `sent` and not taken is still in it.

    Costs: 2 queries, 1 once the round is decided on.
    """
    question = question_of_round(matrix, round_)
    values: dict[str, str] = {key: str(value) for key, value in round_.decision.items()}
    filled = ""
    if sent is not None:
        values = dict(sent)
    elif not round_.decision:
        fewest = workshop.fewest_votes if workshop.is_anonymous else 0
        ballots = ballots_of(round_, with_names=False)
        tally = tally_of(question, ballots, round_.hands, fewest=fewest, lists=())
        suggested = suggested_decision(question, tally)
        values = {key: str(value) for key, value in suggested.items()}
        filled = _SUGGESTED[question.kind] if values else ""
    versions = (
        agreed_versions(workshop, question)
        if question.kind in (RoundKind.STAGE, RoundKind.GATE)
        else {}
    )
    fields = []
    for key in question.keys:
        descriptor = matrix.descriptors.get(key)
        text = ""
        if question.kind is RoundKind.STEPS and descriptor:
            text = descriptor.as_step
        elif descriptor:
            text = descriptor.statement
        is_stage = question.kind in (RoundKind.STAGE, RoundKind.TARGET)
        options = [
            VoteOption(
                str(each.value),
                f"{each.value} {each.label}"
                if is_stage
                else answer_text(matrix, question, key, each.value),
                "",
                ramp_position(matrix, each.value) if is_stage else 0,
            )
            for each in question.options
        ]
        if question.kind is RoundKind.GATE:
            options.append(VoteOption("not_applicable", "Does not apply", "", 0))
        fields.append(
            DecisionField(
                key=key,
                text=text,
                is_condition=descriptor is not None and descriptor.kind == "condition",
                options=tuple(options),
                value=values.get(key, ""),
                version=versions.get(key, 0),
            )
        )
    return Deciding(
        round_id=round_.pk,
        kind=question.kind,
        fields=tuple(fields),
        filled=filled,
        reason=round_.reason if reason is None else reason,
        dissent=round_.dissent if dissent is None else dissent,
        seen=stamp_of(round_),
        problems=problems,
    )
