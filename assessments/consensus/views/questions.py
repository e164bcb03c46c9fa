"""The questions of a dimension on its consensus page: answers, notes and decision of each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from assessments.consensus.views.facts import Seen
from assessments.consensus.views.words import agreement_text
from assessments.core.queries.agreed import Decision
from assessments.scoring.answer_words import answer_text
from assessments.scoring.sheets import NOT_APPLICABLE, UNKNOWN, Answer
from assessments.scoring.spread import Spread, pick_spread, rating_spreads
from maturity.catalogue.matrix import Descriptor, Dimension, Matrix, ramp_position
from maturity.web.words import number_text


@dataclass(frozen=True, slots=True)
class AnswerBar:
    """One answer on offer: how many gave it, and who in a named assessment.

    `width` is the length of its bar, 0 to 100, the most frequent answer having 100.
    """

    value: Answer
    label: str
    count: int
    width: int
    names: tuple[str, ...]
    tone: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in a question's form, and what is wrong with it."""

    value: str
    reason: str
    dissent: str
    seen: int
    problems: tuple[str, ...] = ()
    most: str = ""


@dataclass(frozen=True, slots=True)
class DecisionWords:
    """A decision in words: what, why, against what, and who recorded it when."""

    label: str
    reason: str
    dissent: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ConsensusQuestion:
    """One question: a statement, or the stage of the whole dimension (`what` "pick").

    `offered` are the answers of its form; `options` those that are drawn with their counts.
    """

    what: str
    key: str
    statement: str
    place: str
    is_condition: bool
    spread: Spread
    options: tuple[AnswerBar, ...]
    offered: tuple[AnswerBar, ...]
    agreement: str
    notes: tuple[tuple[str, str], ...]
    decided: DecisionWords | None
    draft: Draft


def pick_question(
    matrix: Matrix,
    seen: Seen,
    dimension: Dimension,
    decisions: Iterable[Decision],
    draft: Draft | None = None,
) -> ConsensusQuestion:
    """Return the question which stage the dimension is at."""
    spread = pick_spread(matrix, seen.sheet, dimension.key)
    labels: dict[Answer, str] = {s.number: f"{s.number} {s.name}" for s in matrix.stages}
    counts = dict(zip(labels, spread.counts, strict=True))
    most = spread.most
    return _question(
        matrix,
        seen,
        "pick",
        dimension.key,
        statement=f"Which stage is {dimension.name} at?",
        place="",
        spread=spread,
        labels=labels,
        counts=counts,
        most=None if most is None else matrix.stages[int(most)].number,
        decision=_decision(decisions, "pick", dimension.key),
        draft=draft,
    )


def rating_questions(
    matrix: Matrix,
    seen: Seen,
    dimension: Dimension,
    decisions: Iterable[Decision],
    drafts: Mapping[str, Draft],
) -> list[ConsensusQuestion]:
    """Return every statement of a dimension; those that people differ on most come first."""
    decided = {each.key: each for each in decisions if each.what == "rating"}
    spreads = sorted(
        rating_spreads(matrix, seen.sheet, dimension.key), key=lambda spread: spread.rank
    )
    return [
        rating_question(
            matrix, seen, matrix.descriptors[s.key], s, decided.get(s.key), drafts.get(s.key)
        )
        for s in spreads
    ]


def rating_question(
    matrix: Matrix,
    seen: Seen,
    descriptor: Descriptor,
    spread: Spread,
    decision: Decision | None,
    draft: Draft | None = None,
) -> ConsensusQuestion:
    """Return one statement with its answers."""
    stage = matrix.stage_by_number[descriptor.stage]
    steps = range(matrix.top_step, -1, -1)
    answers: list[Answer] = [*steps, NOT_APPLICABLE, UNKNOWN]
    counts: dict[Answer, int] = {step: spread.counts[step] for step in steps}
    counts |= {NOT_APPLICABLE: spread.excused, UNKNOWN: spread.unsure}
    return _question(
        matrix,
        seen,
        "rating",
        descriptor.id,
        statement=descriptor.statement,
        place=f"Stage {stage.number}, {stage.name}",
        is_condition=descriptor.kind == "condition",
        spread=spread,
        labels={each: answer_text(matrix, descriptor, each) for each in answers},
        counts=counts,
        most=spread.most,
        decision=decision,
        draft=draft,
    )


def decided_of(decision: Decision | None, labels: Mapping[Answer, str]) -> DecisionWords | None:
    """Return a decision in words, None for one that was taken back or never made."""
    if decision is None or decision.value is None:
        return None
    label = labels.get(decision.value, str(decision.value))
    return DecisionWords(label, decision.reason, decision.dissent, decision.by, decision.at)


def _decision(decisions: Iterable[Decision], what: str, key: str) -> Decision | None:
    return next((each for each in decisions if (each.what, each.key) == (what, key)), None)


def _question(
    matrix: Matrix,
    seen: Seen,
    what: str,
    key: str,
    *,
    statement: str,
    place: str,
    spread: Spread,
    labels: Mapping[Answer, str],
    counts: Mapping[Answer, int],
    most: Answer | None,
    decision: Decision | None,
    draft: Draft | None,
    is_condition: bool = False,
) -> ConsensusQuestion:
    names = _names(seen, what, key) if seen.is_named else {}
    longest = max(counts.values(), default=0) or 1
    offered = tuple(
        AnswerBar(
            value=value,
            label=label,
            count=counts[value],
            width=100 * counts[value] // longest,
            names=tuple(names.get(value, ())),
            tone=ramp_position(matrix, int(value)) if what == "pick" else 0,
        )
        for value, label in labels.items()
    )
    decided = decided_of(decision, labels)
    figure = spread.agreement
    return ConsensusQuestion(
        what=what,
        key=key,
        statement=statement,
        place=place,
        is_condition=is_condition,
        spread=spread,
        options=tuple(o for o in offered if o.count or isinstance(o.value, int)),
        offered=offered,
        agreement="" if figure is None else agreement_text(figure),
        notes=tuple(
            (each.name, each.notes[key]) for each in seen.sheet.respondents if key in each.notes
        ),
        decided=decided,
        draft=draft or _draft(decision, spread, labels, most),
    )


def _draft(
    decision: Decision | None, spread: Spread, labels: Mapping[Answer, str], most: Answer | None
) -> Draft:
    """Return what the form holds at first: the decision, or what most people said."""
    if decision is not None and decision.value is not None:
        return Draft(str(decision.value), decision.reason, decision.dissent, decision.version)
    version = decision.version if decision else 0
    if most is None or spread.people < 2:
        return Draft("", "", "", version)
    said = spread.excused if most == NOT_APPLICABLE else max(spread.counts)
    words = f"{labels[most]}, as {number_text(said)} of {number_text(spread.people)} said"
    return Draft(str(most), "", "", version, most=words)


def _names(seen: Seen, what: str, key: str) -> dict[Answer, list[str]]:
    found: dict[Answer, list[str]] = {}
    for each in seen.sheet.respondents:
        answer = each.picks.get(key) if what == "pick" else each.ratings.get(key)
        if answer is not None:
            found.setdefault(answer, []).append(each.name)
    return found
