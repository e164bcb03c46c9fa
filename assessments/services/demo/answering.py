"""What each voice answers: levels, leans and a fixed seed in, changes out.

A descriptor has a character in its organisation, easier or harder than its neighbours, that stays
over the years; a voice adds its lean and a little chance. Chance comes from a seed of texts, so
every run deals the same answers.
"""

from collections.abc import Iterator, Mapping
from random import Random
from typing import Final

from assessments.scoring.asked import Asked
from assessments.scoring.sheets import NOT_APPLICABLE, UNKNOWN, Answer
from assessments.services.answers import Change
from assessments.services.demo.plans import DIMENSIONS, AssessmentPlan, OrganisationPlan, Voice
from maturity.catalogue.matrix import Dimension, Matrix

# Ours, all of them: tuned until the pages tell the stories.
_OPEN_GATE: Final = 0.8
_EACH_GATE_BELOW: Final = 0.06
_CHARACTER: Final = 0.55
_CHANCE: Final = 0.45
_PICK_CHANCE: Final = 0.4
_UNSURE: Final = 0.12
_UNSURE_ELSEWHERE: Final = 0.02


def answers_of(
    matrix: Matrix, asked: Asked, organisation: OrganisationPlan, plan: AssessmentPlan
) -> Iterator[tuple[Voice, list[Change]]]:
    """Yield each voice that has begun with what it answers and notes."""
    core = _core_of(matrix, organisation, plan)
    for voice in plan.voices:
        if not voice.share:
            continue
        chance = _chance(f"{organisation.key} {plan.day} {voice.name}")
        changes = list(
            _picks(matrix, plan, voice, chance)
            if plan.asks_picks
            else _ratings(matrix, asked, organisation, voice, core, chance)
        )
        yield (
            voice,
            [
                *changes[: round(len(changes) * voice.share)],
                *(
                    Change("pick" if plan.asks_picks else "rating", note.key, "note", note.words)
                    for note in plan.notes
                    if note.who == voice.name
                ),
            ],
        )


def level_of(plan: AssessmentPlan, row: Dimension) -> float:
    """Return the score meant for a dimension; one the plan does not know stays at the first."""
    return dict(zip(DIMENSIONS, plan.levels, strict=True)).get(row.key, 1.0)


def _chance(seed: str) -> Random:
    return Random(seed)  # noqa: S311  (nothing secret: the same each time is the point)


def _core_of(
    matrix: Matrix, organisation: OrganisationPlan, plan: AssessmentPlan
) -> Mapping[str, float]:
    """Return where the house as a whole stands on each descriptor, in steps and parts of one."""
    core: dict[str, float] = {}
    for row in matrix.dimensions:
        for gate in row.gates:
            raw = {
                each.id: _chance(f"{organisation.key} {each.id}").gauss(0, _CHARACTER)
                for each in gate.descriptors
            }
            goal = _share_of(gate.to, level_of(plan, row)) * matrix.top_step
            core |= _shifted(raw, goal, matrix.top_step)
    return core


def _share_of(gate: int, level: float) -> float:
    """Return the progress a gate should have for a score: over two thirds up to its stage."""
    stage = int(level)
    if gate <= stage:
        return min(0.95, _OPEN_GATE + _EACH_GATE_BELOW * (stage - gate))
    return float(max(0.04, (level - stage) * 2 / 3) * 0.5 ** (gate - stage - 1))


def _shifted(raw: Mapping[str, float], goal: float, top: int) -> dict[str, float]:
    """Move values up or down together until their mean, held to the scale, is the goal."""
    low, high = -2.0 * top, 2.0 * top
    for _ in range(30):
        by = (low + high) / 2
        mean = sum(min(top, max(0, each + by)) for each in raw.values()) / max(1, len(raw))
        low, high = (by, high) if mean < goal else (low, by)
    return {key: min(top, max(0, each + low)) for key, each in raw.items()}


def _ratings(
    matrix: Matrix,
    asked: Asked,
    organisation: OrganisationPlan,
    voice: Voice,
    core: Mapping[str, float],
    chance: Random,
) -> Iterator[Change]:
    for row in matrix.dimensions:
        lean = voice.lean + voice.views.get(row.key, 0.0)
        unsure = _UNSURE if row.key in voice.unsure else _UNSURE_ELSEWHERE
        for each in asked.descriptors_of(row):
            # Both are drawn each time, so that one answer more or less moves no other.
            value: Answer = UNKNOWN
            is_unsure = chance.random() < unsure
            step = core[each.id] + lean + chance.gauss(0, _CHANCE)
            if each.id in organisation.foreign:
                value = NOT_APPLICABLE
            elif not is_unsure:
                value = min(matrix.top_step, max(0, round(step)))
            yield Change("rating", each.id, "value", value)


def _picks(matrix: Matrix, plan: AssessmentPlan, voice: Voice, chance: Random) -> Iterator[Change]:
    first, last = matrix.stages[0].number, matrix.stages[-1].number
    for row in matrix.dimensions:
        stage = level_of(plan, row) + voice.lean + voice.views.get(row.key, 0.0)
        stage += chance.gauss(0, _PICK_CHANCE)
        value: Answer = min(last, max(first, round(stage)))
        if row.key in voice.unsure:
            value = UNKNOWN
        yield Change("pick", row.key, "value", value)
