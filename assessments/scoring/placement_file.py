"""PURE. waymark-placement/1: a placement as other programs read it."""

from fractions import Fraction
from typing import Any

from assessments.scoring.placement import DimensionPlacement, Placement
from assessments.scoring.rules import Gate

FORMAT = "waymark-placement/1"


def placement_document(placement: Placement) -> dict[str, Any]:
    """Return the placement as values JSON knows, keys as in docs/reference/file-formats.md.

    Numbers are rounded to four decimals, halves to even, and that only here. What is missing is
    None; `lowest` and `highest` are the derived score's, so they are None without ratings.
    """
    overall = placement.overall
    return {
        "format": FORMAT,
        "model": placement.model,
        "version": placement.version,
        "overall": {
            "score": number(overall.score),
            "stage": overall.stage,
            "percent_to_target": number(overall.percent_to_target),
            "progress_to_date": number(overall.progress_to_date),
        },
        "dimensions": [_dimension(placed) for placed in placement.dimensions],
    }


def number(value: Fraction | None) -> float | None:
    """Return an exact value as a number of at most four decimals, halves to even."""
    # Rounded as a fraction: a float would have moved off the half before it could be seen.
    return None if value is None else float(round(value, 4))


def _dimension(placed: DimensionPlacement) -> dict[str, Any]:
    derived, declared, agreement = placed.derived, placed.declared, placed.agreement
    return {
        "key": placed.key,
        "basis": placed.basis,
        "stage": placed.stage,
        "score": number(placed.score),
        "lowest": number(placed.lowest),
        "highest": number(placed.highest),
        "coverage": number(placed.coverage),
        "target": placed.target,
        "weight": number(placed.weight),
        "derived": derived and {"stage": derived.stage, "score": number(derived.score)},
        "declared": declared
        and {"stage": declared.stage, "score": number(declared.score), "n": declared.n},
        "gates": [_gate(gate) for gate in placed.gates],
        "agreement": {
            "ratings": number(agreement.ratings),
            "picks": number(agreement.picks),
            "n": agreement.n,
        },
        "next_steps": list(placed.next_steps),
    }


def _gate(gate: Gate) -> dict[str, Any]:
    return {
        "to": gate.to,
        "progress": number(gate.progress),
        "open": gate.is_open,
        "items": gate.items,
        "applicable": gate.applicable,
        "answered": gate.answered,
    }
