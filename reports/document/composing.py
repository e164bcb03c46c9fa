"""PURE. Makes a `Document` from scored answers: one call, all figures and words."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from assessments.scoring.explanation import Explanation
from assessments.scoring.frozen import DoneStep
from assessments.scoring.placement import DimensionPlacement, Placement
from assessments.scoring.roadmap import SuggestedStep
from assessments.scoring.rules import Gate
from assessments.scoring.scored import Scored
from assessments.scoring.sheets import NOT_APPLICABLE, UNKNOWN, Answer
from assessments.workshops.rules.protocol import Protocol
from maturity.catalogue.matrix import Descriptor, Dimension, Matrix, ramp_position
from maturity.workspaces.branding.colours import Branding
from reports.document.documents import (
    CellFacts,
    DimensionFacts,
    Document,
    GateFacts,
    Note,
    OccasionFacts,
    OverallFacts,
    Position,
    RadarAxis,
    RadarValues,
    StageFacts,
    StatementFacts,
    StepFacts,
)
from reports.document.outcomes import outcomes_of
from reports.wording import dimension as wording_dimension
from reports.wording import overall as wording_overall
from reports.wording.basics import before_text, placed_text


def build_document(
    scored: Scored,
    *,
    occasion: OccasionFacts | None = None,
    people: int | None = None,
    workshops: tuple[Protocol, ...] = (),
    done: Iterable[DoneStep] = (),
    branding: Branding | None = None,
) -> Document:
    """Return everything a report on these answers says.

    `people` is how many answered; left out, the sheet's respondents are counted. `workshops` come
    as they are; `done` are the steps done since the result before. `branding` is how it looks.
    """
    matrix, composer = scored.matrix, _Composer(scored)
    count = len(scored.sheet.respondents) if people is None else people
    document = composer.document(occasion or OccasionFacts(), people=count)
    document = replace(document, workshops=workshops, outcomes=outcomes_of(matrix, done))
    if branding is None:
        return document
    radar = replace(document.radar, now_colour=branding.now_colour)
    return replace(document, radar=radar, branding=branding)


def radar_values(
    matrix: Matrix, placement: Placement, *, counts_from_first: bool = False
) -> RadarValues:
    """Return what the radar of a placement is drawn from."""
    return RadarValues(
        before_name=before_text(counts_from_first=counts_from_first),
        title="Radar: score per dimension",
        description=wording_overall.radar_description(matrix, placement),
        stages=stages_of(matrix),
        axes=tuple(
            RadarAxis(
                name=matrix.dimension_by_key[placed.key].name,
                figure=placed_text(placed),
                now=_point(placed.score),
                target=_point(placed.target),
                before=_point(placed.baseline),
                lowest=_point(placed.lowest if placed.basis == "derived" else None),
                highest=_point(placed.highest if placed.basis == "derived" else None),
            )
            for placed in placement.dimensions
        ),
    )


def radar_since(values: RadarValues, earlier: RadarValues, *, name: str) -> RadarValues:
    """Return the radar with an earlier one's scores as the line to look back to, by this name."""
    scores = {axis.name: axis.now for axis in earlier.axes}
    axes = tuple(replace(axis, before=scores.get(axis.name)) for axis in values.axes)
    return replace(values, axes=axes, before_name=name)


def stages_of(matrix: Matrix) -> tuple[StageFacts, ...]:
    """Return the model's stages, each with its colour on the ramp."""
    return tuple(
        StageFacts(
            stage.number,
            stage.name,
            stage.summary,
            stage.question,
            tone=ramp_position(matrix, stage.number),
        )
        for stage in matrix.stages
    )


def _point(value: Fraction | int | None) -> float | None:
    return None if value is None else round(float(value), 4)


class _Composer:
    """Holds what every part of one document needs."""

    def __init__(self, scored: Scored) -> None:
        self.scored = scored
        self.matrix, self.sheet, self.placement = scored.matrix, scored.sheet, scored.placement
        self.stages = {stage.number: stage for stage in stages_of(self.matrix)}
        self.notes = self._notes_by_key()
        settled = scored.settled
        rows = zip(*settled.columns, strict=True)
        self.given = dict(zip(settled.plan.ids, rows, strict=False)) if settled.columns else {}
        self.statements = {d.id: self._statement(d) for d in self.matrix.descriptors.values()}

    def document(self, occasion: OccasionFacts, *, people: int) -> Document:
        dimensions = {placed.key: self._dimension(placed) for placed in self.placement.dimensions}
        suggested = self.scored.roadmap.steps
        order = {step.descriptor: step.order for step in suggested}
        steps = tuple(self._step(step, order) for step in suggested)
        by_id = {step.id: step for step in steps}
        return Document(
            organisation=self.sheet.organisation,
            date=self.sheet.date,
            model_key=self.matrix.key,
            model_version=self.matrix.version,
            model_title=self.matrix.title,
            model_summary=self.matrix.summary,
            attribution=self.matrix.attribution,
            language=self.matrix.language,
            stages=tuple(self.stages.values()),
            overall=self._overall(
                dimensions, counts_from_first=occasion.counts_from_first, people=people
            ),
            radar=radar_values(
                self.matrix, self.placement, counts_from_first=occasion.counts_from_first
            ),
            dimensions=tuple(dimensions.values()),
            three_steps=tuple(by_id[step.descriptor] for step in self.scored.three_steps),
            steps=steps,
            respondents=people,
            placement=self.placement,
            sheet=self.sheet,
            matrix=self.matrix,
            occasion=occasion,
        )

    def _overall(
        self, dimensions: Mapping[str, DimensionFacts], *, counts_from_first: bool, people: int
    ) -> OverallFacts:
        overall = self.placement.overall
        sentences = wording_overall.sentences(
            self.matrix, self.placement, counts_from_first=counts_from_first
        )
        if overall.score is not None:
            answered = sum(each.is_answered for each in self.statements.values())
            total = len(self.statements)
            basis = wording_overall.rests_on(answered=answered, statements=total, people=people)
            sentences = (basis, *sentences)
        strongest, weakest = wording_overall.extremes(self.placement)
        return OverallFacts(
            stage=None if overall.stage is None else self.stages[overall.stage],
            score=overall.score,
            assessed=wording_overall.assessed_in(self.placement),
            headline=wording_overall.headline(
                self.matrix, self.placement, organisation=self.sheet.organisation
            ),
            sentences=sentences,
            percent_to_target=overall.percent_to_target,
            progress_to_date=overall.progress_to_date,
            strongest=tuple(dimensions[key] for key in strongest),
            weakest=tuple(dimensions[key] for key in weakest),
        )

    def _dimension(self, placed: DimensionPlacement) -> DimensionFacts:
        dimension = self.matrix.dimension_by_key[placed.key]
        standing = self.scored.explanations[placed.key]
        fewest = self._fewest_steps(placed, standing)
        return DimensionFacts(
            key=dimension.key,
            name=dimension.name,
            summary=dimension.summary,
            placed=placed,
            stage=None if placed.stage is None else self.stages[placed.stage],
            target=None if placed.target is None else self.stages[placed.target],
            headline=wording_dimension.headline(self.matrix, dimension, placed),
            remarks=wording_dimension.remarks(
                self.matrix, dimension, placed, standing, fewest_steps=fewest
            ),
            cells=tuple(self._cells(dimension, placed)),
            next_gate=None if standing.next_gate is None else self.stages[standing.next_gate.to],
            missing=self._facts(standing.missing),
            holding=self._facts(standing.holding_back),
            unanswered=self._facts(standing.unanswered),
            ahead=self._facts(standing.ahead),
            rests_on=self._facts(standing.contradiction.rests_on if standing.contradiction else ()),
            notes=self.notes.get(dimension.key, ()),
        )

    def _fewest_steps(self, placed: DimensionPlacement, standing: Explanation) -> int | None:
        if standing.next_gate is None or placed.derived is None:
            return None
        way = self.scored.shortest_way(placed.key, standing.next_gate.to)
        return len(way) or None

    def _gate(self, gate: Gate) -> GateFacts:
        return GateFacts(
            to=self.stages[gate.to],
            progress=gate.progress,
            needed=self.matrix.rule.threshold,
            is_open=gate.is_open,
            items=gate.items,
            applicable=gate.applicable,
            answered=gate.answered,
        )

    def _cells(self, dimension: Dimension, placed: DimensionPlacement) -> Iterable[CellFacts]:
        gates = {gate.to: self._gate(gate) for gate in placed.gates}
        before = None if placed.baseline is None else int(placed.baseline)
        for cell in dimension.cells:
            position: Position | None = None
            if placed.stage is not None:
                position = (
                    "here"
                    if cell.stage == placed.stage
                    else "passed"
                    if cell.stage < placed.stage
                    else "ahead"
                )
            yield CellFacts(
                stage=self.stages[cell.stage],
                summary=cell.summary,
                position=position,
                is_target=cell.stage == placed.target,
                was_here=cell.stage == before,
                gate=gates.get(cell.stage),
                statements=self._facts(d.id for d in cell.descriptors),
            )

    def _facts(self, ids: Iterable[str]) -> tuple[StatementFacts, ...]:
        return tuple(self.statements[each] for each in ids)

    def _notes_by_key(self) -> Mapping[str, tuple[Note, ...]]:
        found: dict[str, list[Note]] = defaultdict(list)
        is_one = len(self.sheet.respondents) < 2
        for person in self.sheet.respondents:
            for key, text in person.notes.items():
                if text:
                    found[key].append(Note(by="" if is_one else person.name, text=text))
        return {key: tuple(notes) for key, notes in found.items()}

    def _statement(self, descriptor: Descriptor) -> StatementFacts:
        agreed = self.sheet.agreed_ratings.get(descriptor.id)
        given = self.given.get(descriptor.id, ()) if agreed is None else (agreed,)
        dimension = self.matrix.dimension_by_key[descriptor.dimension]
        return StatementFacts(
            id=descriptor.id,
            stage=descriptor.stage,
            kind=descriptor.kind,
            facet=dimension.facet_name(descriptor.facet),
            statement=descriptor.statement,
            action=descriptor.action,
            evidence=descriptor.evidence,
            effort=descriptor.effort or None,
            answers=_counted(given),
            is_agreed=agreed is not None,
            notes=self.notes.get(descriptor.id, ()),
        )

    def _step(self, step: SuggestedStep, order: Mapping[str, int]) -> StepFacts:
        facts = self.statements[step.descriptor]
        return StepFacts(
            number=step.order,
            id=facts.id,
            dimension_key=step.dimension,
            dimension=self.matrix.dimension_by_key[step.dimension].name,
            action=facts.action or facts.statement,
            statement=facts.statement,
            item=facts,
            to=self.stages[step.to],
            horizon=step.horizon,
            effort=facts.effort,
            needs=tuple(sorted(order[each] for each in step.requires)),
            opens_gate=step.opens_gate,
            is_beyond=step.is_beyond,
        )


def _counted(answers: Iterable[Answer | None]) -> tuple[tuple[Answer, int], ...]:
    """Return how often each answer was given, best first, and what is no step last."""
    counts = Counter(answers)
    steps = sorted((each for each in counts if isinstance(each, int)), reverse=True)
    order: list[Answer] = [*steps, *(each for each in (NOT_APPLICABLE, UNKNOWN) if each in counts)]
    return tuple((each, counts[each]) for each in order)
