"""Everything a report says, as data: waymark-report/1."""

import json
from dataclasses import asdict
from typing import Any

from assessments.scoring.answers_file import answers_of
from assessments.scoring.confidential import suppressed
from assessments.scoring.placement_file import number, placement_document
from assessments.workshops.rules.protocol_file import protocol_document
from reports.document.documents import (
    DimensionFacts,
    Document,
    StageFacts,
    StatementFacts,
    StepFacts,
)
from reports.importing.file import FORMAT
from reports.wording.basics import reach_of


def json_report(document: Document, *, names_people: bool = True) -> bytes:
    """Return the report as UTF-8 JSON; the same document gives the same bytes.

    Without `names_people` the answers to each question are a heap, and nobody learns whose.

    Keys, in this order: `format`; `organisation`, `date` (an ISO day), `purpose`, `scope`;
    `result`, null while the assessment is open, else the frozen one's `number` and
    `closed_date`, an ISO day; `anonymous`; `counts_from_first`, whether the earlier
    scores are the first result's; `model` (key, version, title); `stages` (number, name, summary,
    question); `overall` (stage, score, headline, sentences, percent_to_target, progress_to_date,
    strongest, weakest); `dimensions` (key, name, stage, score, basis, target, before, change,
    range, coverage, headline, remarks, next_gate, missing, holding_back, unanswered, ahead,
    rests_on, notes, statements with how often each answer was given, whether it was agreed, and
    notes); `three_steps` and `roadmap` (number, id,
    horizon, dimension, to, action, effort, after, opens_gate); `workshops`, only where there were
    any (see `assessments.workshops.rules.protocol_file`); `steps_done`, only where steps were done
    since the result before (id, dimension, words, statement, verdict, done_date, share_before,
    share_now; shares are exact);
    `placement`, a whole waymark-placement/1; `answers`, a whole waymark-answers/1.

    Scores and shares are numbers with at most four decimals, `range` is the lowest and the highest
    score, `basis` a word of waymark-placement/1. What does not exist is null or an empty text.
    Statements are named by their id. Read back by `reports.importing.file`.
    """
    overall = document.overall
    workshops = [protocol_document(each) for each in document.workshops]
    steps_done = [asdict(each) for each in document.outcomes]
    data: dict[str, Any] = {
        "format": FORMAT,
        "organisation": document.organisation,
        "date": document.date,
        "purpose": document.occasion.purpose,
        "scope": document.occasion.scope,
        "result": {
            "number": document.occasion.number,
            "closed_date": document.occasion.closed_date,
        }
        if document.occasion.is_frozen
        else None,
        # What is a heap stays one: nobody's answers to two questions belong together.
        "anonymous": document.occasion.is_anonymous or not names_people,
        "counts_from_first": document.occasion.counts_from_first,
        "model": {
            "key": document.model_key,
            "version": document.model_version,
            "title": document.model_title,
        },
        "stages": [
            {"number": s.number, "name": s.name, "summary": s.summary, "question": s.question}
            for s in document.stages
        ],
        "overall": {
            "stage": _number(overall.stage),
            "score": number(overall.score),
            "headline": overall.headline,
            "sentences": list(overall.sentences),
            "percent_to_target": number(overall.percent_to_target),
            "progress_to_date": number(overall.progress_to_date),
            "strongest": [dimension.key for dimension in overall.strongest],
            "weakest": [dimension.key for dimension in overall.weakest],
        },
        "dimensions": [_dimension(dimension) for dimension in document.dimensions],
        "three_steps": [step.id for step in document.three_steps],
        "roadmap": [_step(step) for step in document.steps],
        # Left out where there were none: such a report stays what it was before there were any.
        **({"workshops": workshops} if workshops else {}),
        **({"steps_done": steps_done} if steps_done else {}),
        "placement": placement_document(document.placement),
        "answers": answers_of(
            document.sheet if names_people else suppressed(document.sheet, 1), document.model_key
        ),
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _number(stage: StageFacts | None) -> int | None:
    return None if stage is None else stage.number


def _ids(statements: tuple[StatementFacts, ...]) -> list[str]:
    return [statement.id for statement in statements]


def _dimension(dimension: DimensionFacts) -> dict[str, Any]:
    placed = dimension.placed
    reach = reach_of(placed)
    change = None
    if placed.score is not None and placed.baseline is not None:
        change = placed.score - placed.baseline
    return {
        "key": dimension.key,
        "name": dimension.name,
        "stage": _number(dimension.stage),
        "score": number(placed.score),
        "basis": placed.basis,
        "target": _number(dimension.target),
        "before": number(placed.baseline),
        "change": number(change),
        "range": None if reach is None else [number(each) for each in reach],
        "coverage": number(placed.coverage) if placed.derived else None,
        "headline": dimension.headline,
        "remarks": [asdict(remark) for remark in dimension.remarks],
        "next_gate": _number(dimension.next_gate),
        "missing": _ids(dimension.missing),
        "holding_back": _ids(dimension.holding),
        "unanswered": _ids(dimension.unanswered),
        "ahead": _ids(dimension.ahead),
        "rests_on": _ids(dimension.rests_on),
        "notes": [asdict(note) for note in dimension.notes],
        "statements": [
            {
                "id": item.id,
                "stage": item.stage,
                "kind": item.kind,
                "statement": item.statement,
                "answers": {str(answer): count for answer, count in item.answers},
                "agreed": item.is_agreed,
                "notes": [asdict(note) for note in item.notes],
            }
            for cell in dimension.cells
            for item in cell.statements
        ],
    }


def _step(step: StepFacts) -> dict[str, Any]:
    return {
        "number": step.number,
        "id": step.id,
        "horizon": step.horizon,
        "dimension": step.dimension_key,
        "to": step.to.number,
        "action": step.action,
        "effort": step.effort,
        "after": list(step.needs),
        "opens_gate": step.opens_gate,
    }
