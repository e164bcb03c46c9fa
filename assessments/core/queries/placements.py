"""Placements as other programs read them, kept as long as nothing they rest on changes."""

import json
from typing import Final, NamedTuple

from assessments.core.queries.results import figures_of
from assessments.core.queries.standing import standing_of
from assessments.models import Assessment, Result
from assessments.scoring.confidential import Hidden
from assessments.scoring.placement import Placement
from assessments.scoring.placement_file import placement_document


class PlacementText(NamedTuple):
    """A waymark-placement/1 as JSON; of a hidden one there is only the reason."""

    hidden: Hidden | None
    text: bytes


_MOST_KEPT: Final = 500
# By what a placement rests on, in this process. Programs ask for the same one again and again.
_kept: dict[tuple[object, ...], PlacementText] = {}


def placement_text(assessment: Assessment, result: Result | None) -> PlacementText:
    """Return where an assessment stands, or what one of its frozen results says.

    Costs: none while nothing changed since this process last told it; else 1 query for a frozen
    one, and 5 for an open one.
    """
    stamp = (assessment.public_id, assessment.created_at)
    # A frozen result never changes, and with all else that a placement rests on the revision grows.
    key = (*stamp, result.pk, result.closed_at) if result else (*stamp, assessment.revision)
    if (found := _kept.get(key)) is None:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        found = _kept[key] = _frozen(result) if result else _open(assessment)
    return found


def _frozen(result: Result) -> PlacementText:
    figures = figures_of([result])[result.pk]
    return _text(figures.hidden, figures.placement)


def _open(assessment: Assessment) -> PlacementText:
    standing = standing_of(assessment, with_notes=False)
    return _text(standing.hidden, standing.placement)


def _text(hidden: Hidden | None, placement: Placement) -> PlacementText:
    if hidden:
        return PlacementText(hidden, b"")
    document = json.dumps(placement_document(placement), ensure_ascii=False)
    return PlacementText(None, document.encode())
