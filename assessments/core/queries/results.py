"""Frozen results: one assessment's, and all of an organisation's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models.fields.json import KeyTextTransform, KeyTransform

from assessments.models import Assessment, Respondent, Result
from assessments.scoring.confidential import Hidden
from assessments.scoring.frozen import ids_in, placement_from, sheet_from
from assessments.scoring.placement import Placement
from assessments.scoring.sheets import AnswerSheet
from maturity.workspaces.models import Organisation


def results_of(assessment: Assessment) -> list[Result]:
    """Return the assessment's results, the newest first, without what is frozen. Costs: 1 query."""
    rows = Result.objects.filter(assessment=assessment).defer("frozen")
    return list(rows.order_by("-number"))


def results_of_organisation(organisation: Organisation) -> list[Result]:
    """Return every result of an organisation, the oldest first, with its assessment.

    By day, then by when they were closed; what is frozen is left out. Costs: 1 query.
    """
    rows = Result.objects.filter(assessment__organisation=organisation).defer("frozen")
    return list(rows.select_related("assessment").order_by("date", "closed_at", "pk"))


def without_superseded(results: Sequence[Result]) -> list[Result]:
    """Return the results that stand for a moment, in the order they came.

    An assessment that was reopened and closed again for the same day has one more result: the
    newest of them counts, and the others stay readable as milestones.
    """
    by_number = sorted(results, key=lambda each: each.number)
    newest = {(each.assessment_id, each.date): each.number for each in by_number}
    return [each for each in results if newest[each.assessment_id, each.date] == each.number]


def sheet_of(result: Result) -> AnswerSheet:
    """Return the frozen sheet, with the names people have today. Costs: 1 query, 0 without ids."""
    data: dict[str, Any] = result.frozen["sheet"]
    ids = ids_in(data)
    rows = Respondent.objects.filter(pk__in=ids, assessment=result.assessment_id) if ids else ()
    names = {row.pk: row.name for row in rows}
    return sheet_from(data, names=names)


def hidden_from(data: dict[str, Any] | None) -> Hidden | None:
    """Return why a frozen result may not be shown; None when it may."""
    return Hidden(**data) if data else None


@dataclass(frozen=True, slots=True)
class Figures:
    """What a comparison needs of a frozen result: no answer of anybody.

    `values` are exact shares by descriptor; `hidden` says why there is no figure.
    """

    placement: Placement
    values: dict[str, str]
    hidden: Hidden | None
    purpose: str
    scope: str


def figures_of(results: Iterable[Result], *, with_values: bool = False) -> dict[int, Figures]:
    """Return what the results say, by their key; `values` are empty unless they are asked for.

    People's answers and notes stay in the database. Costs: 1 query, however many results.
    """
    parts = ["hidden", "placement", *(["values"] if with_values else [])]
    rows = Result.objects.filter(pk__in=[result.pk for result in results])
    found: dict[int, Figures] = {}
    # What people typed is asked for as text: a purpose of "2026" is no number.
    for pk, purpose, scope, hidden, placed, *values in rows.values_list(
        "pk",
        *(KeyTextTransform(part, "frozen") for part in ("purpose", "scope")),
        *(KeyTransform(part, "frozen") for part in parts),
    ):
        found[pk] = Figures(
            placement=placement_from(placed),
            values=values[0] if values else {},
            hidden=hidden_from(hidden),
            purpose=purpose,
            scope=scope,
        )
    return found


def open_assessments_of(organisation: Organisation) -> list[Assessment]:
    """Return the organisation's open assessments, the newest first. Costs: 1 query."""
    rows = Assessment.objects.filter(organisation=organisation, closed_at=None)
    return list(rows.select_related("organisation", "workspace").order_by("-date", "-pk"))
