"""PURE. An answer sheet and its placement as exact JSON, and back: what a closed result keeps.

Fractions are kept as text ("7/3"), so nothing is rounded. People are in it by their respondent's
id, never by name: names are joined when it is read, and a name that is deleted is gone here too.
Of an anonymous assessment there are no ids, and the order of people says nothing.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from assessments.scoring.consensus import Settled, values_of
from assessments.scoring.placement import (
    Agreement,
    Declared,
    Derived,
    DimensionPlacement,
    Gate,
    Overall,
    Placement,
)
from assessments.scoring.sheets import AnswerSheet, RespondentAnswers

FORMAT: Final = "waymark-frozen/1"
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class DoneStep:
    """A step that is done; `done` is an ISO day.

    `before` and `now` are the descriptor's exact share as text or "not_applicable", None where
    nobody said anything.
    """

    descriptor_id: str
    words: str
    done: str
    before: str | None
    now: str | None


def exact(value: Fraction | None) -> str | None:
    """Return a fraction as text: "7/3", "2"; None stays None."""
    return None if value is None else str(value)


def fraction(text: str | None) -> Fraction | None:
    """Return the fraction of a text that `exact` wrote."""
    return None if text is None else Fraction(text)


# --- the sheet ------------------------------------------------------------------------------------


def frozen_sheet(sheet: AnswerSheet, *, ids: Sequence[int] | None) -> Json:
    """Return a sheet as JSON values, without names.

    `ids` are the respondents' ids in the sheet's order; None for an anonymous assessment, whose
    people are put into an order of their answers' own. Raises: ValueError, when an id is missing.
    """
    people: list[Json] = [
        {"ratings": dict(each.ratings), "picks": dict(each.picks), "notes": dict(each.notes)}
        for each in sheet.respondents
    ]
    if ids is None:
        people.sort(key=lambda each: json.dumps(each, sort_keys=True))
    else:
        people = [{"id": pk, **each} for pk, each in zip(ids, people, strict=True)]
    return {
        "organisation": sheet.organisation,
        "date": sheet.date,
        "respondents": people,
        "agreed": {"ratings": dict(sheet.agreed_ratings), "picks": dict(sheet.agreed_picks)},
        "targets": dict(sheet.targets),
        "weights": {key: exact(value) for key, value in sheet.weights.items()},
        "baseline": {key: exact(value) for key, value in sheet.baseline.items()},
    }


def ids_in(data: Json) -> list[int]:
    """Return the ids of the people in a frozen sheet, none for an anonymous one."""
    return [each["id"] for each in data["respondents"] if "id" in each]


def sheet_from(data: Json, *, names: Mapping[int, str]) -> AnswerSheet:
    """Return the sheet that `frozen_sheet` wrote; `names` by id, and who is not in it has none."""
    return AnswerSheet(
        respondents=tuple(
            RespondentAnswers(
                name=names.get(each.get("id", 0), ""),
                ratings=each["ratings"],
                picks=each["picks"],
                notes=each["notes"],
            )
            for each in data["respondents"]
        ),
        agreed_ratings=data["agreed"]["ratings"],
        agreed_picks=data["agreed"]["picks"],
        targets=data["targets"],
        weights={key: Fraction(value) for key, value in data["weights"].items()},
        baseline={key: Fraction(value) for key, value in data["baseline"].items()},
        organisation=data["organisation"],
        date=data["date"],
    )


# --- what each descriptor is held to be -----------------------------------------------------------


def frozen_values(settled: Settled) -> dict[str, str]:
    """Return the value of each descriptor that has one, as text: a share, or "not_applicable".

    It repeats what the sheet says, so that two results can be compared without anybody's answers.
    """
    return {key: str(value) for key, value in values_of(settled).items() if value is not None}


# --- the placement --------------------------------------------------------------------------------


def frozen_placement(placement: Placement) -> Json:
    """Return a placement as JSON values, every figure exact."""
    overall = placement.overall
    return {
        "model": placement.model,
        "version": placement.version,
        "overall": {
            "score": exact(overall.score),
            "stage": overall.stage,
            "percent_to_target": exact(overall.percent_to_target),
            "progress_to_date": exact(overall.progress_to_date),
        },
        "dimensions": [_frozen_dimension(each) for each in placement.dimensions],
    }


def _frozen_dimension(placed: DimensionPlacement) -> Json:
    derived, declared, agreement = placed.derived, placed.declared, placed.agreement
    return {
        "key": placed.key,
        "basis": placed.basis,
        "stage": placed.stage,
        "score": exact(placed.score),
        "lowest": exact(placed.lowest),
        "highest": exact(placed.highest),
        "coverage": exact(placed.coverage),
        "target": placed.target,
        "weight": exact(placed.weight),
        "baseline": exact(placed.baseline),
        "derived": derived and {"stage": derived.stage, "score": exact(derived.score)},
        "declared": declared
        and {"stage": declared.stage, "score": exact(declared.score), "n": declared.n},
        "gates": [
            {
                "to": gate.to,
                "progress": exact(gate.progress),
                "open": gate.is_open,
                "items": gate.items,
                "applicable": gate.applicable,
                "answered": gate.answered,
            }
            for gate in placed.gates
        ],
        "agreement": {
            "ratings": exact(agreement.ratings),
            "picks": exact(agreement.picks),
            "n": agreement.n,
        },
        "next_steps": list(placed.next_steps),
    }


def placement_from(data: Json) -> Placement:
    """Return the placement that `frozen_placement` wrote: equal to it in every figure."""
    overall = data["overall"]
    return Placement(
        model=data["model"],
        version=data["version"],
        overall=Overall(
            score=fraction(overall["score"]),
            stage=overall["stage"],
            percent_to_target=fraction(overall["percent_to_target"]),
            progress_to_date=fraction(overall["progress_to_date"]),
        ),
        dimensions=tuple(_dimension_from(each) for each in data["dimensions"]),
    )


def _dimension_from(data: Json) -> DimensionPlacement:
    derived, declared, agreement = data["derived"], data["declared"], data["agreement"]
    return DimensionPlacement(
        key=data["key"],
        basis=data["basis"],
        stage=data["stage"],
        score=fraction(data["score"]),
        lowest=fraction(data["lowest"]),
        highest=fraction(data["highest"]),
        coverage=Fraction(data["coverage"]),
        target=data["target"],
        weight=Fraction(data["weight"]),
        baseline=fraction(data["baseline"]),
        derived=derived and Derived(derived["stage"], Fraction(derived["score"])),
        declared=declared
        and Declared(declared["stage"], Fraction(declared["score"]), declared["n"]),
        gates=tuple(
            Gate(
                to=gate["to"],
                progress=fraction(gate["progress"]),
                is_open=gate["open"],
                items=gate["items"],
                applicable=gate["applicable"],
                answered=gate["answered"],
            )
            for gate in data["gates"]
        ),
        agreement=Agreement(
            ratings=fraction(agreement["ratings"]),
            picks=fraction(agreement["picks"]),
            n=agreement["n"],
        ),
        next_steps=tuple(data["next_steps"]),
    )
