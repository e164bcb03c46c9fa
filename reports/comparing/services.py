"""Two results side by side: for the page, where two frozen ones are written out once; to keep.

Frozen results never change, and nothing on the comparison depends on who looks: what was written is
kept in this process under the results' own identities. Whoever asks has been let in before.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.template.loader import render_to_string

from assessments.core.queries.hidden_words import hidden_words
from assessments.models import Result
from assessments.scoring.confidential import Hidden
from maturity.workspaces.branding.queries import branding_of
from maturity.workspaces.models import Organisation
from reports.charts.pictures import radar_picture
from reports.comparing.results import (
    ComparisonDocument,
    Moment,
    ResultComparison,
    compare_results,
    since_first_words,
    why_not,
)
from reports.core.queries import moments_of, names_of
from reports.document.documents import RadarValues

_KEPT = 64
_written: OrderedDict[tuple[object, ...], "Comparison"] = OrderedDict()


class CannotCompare(ValueError):
    """The two say nothing about each other, or may not be seen; the text says why."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The comparison as HTML, and what its radar is drawn from; or, without any, why not."""

    html: str
    trouble: str = ""
    radar: RadarValues | None = None


def compare_frozen(
    results: Sequence[Result], *, first: Result, before: Result, now: Result, question: str
) -> Comparison:
    """Return the comparison of two of an organisation's results, the older first.

    `results` are all of them, the oldest first; progress is counted from `first`. `question` is
    the part of the page's address that asks for these two.
    Costs: 1 query, none when they were compared in this process before.
    """
    names = names_of(results)
    key: tuple[object, ...] = (
        question,
        *(
            (each.assessment.public_id, each.number, names[each.pk])
            for each in (before, now, first)
        ),
    )
    known = _written.get(key)
    if known is None:
        then, today, start = _moments(results, first=first, before=before, now=now)
        known = _compared(then, today, start, question=question)
    _written[key] = known
    _written.move_to_end(key)
    while len(_written) > _KEPT:
        _written.popitem(last=False)
    return known


def compare_with_open(
    results: Sequence[Result],
    *,
    first: Result | None,
    before: Result | Moment,
    now: Result | Moment,
    question: str,
) -> Comparison:
    """Return the comparison with how an open assessment stands. Costs: 1 query at most."""
    then, today, start = _moments(results, first=first, before=before, now=now)
    return _compared(then, today, start, question=question)


def comparison_document(
    organisation: Organisation,
    results: Sequence[Result],
    *,
    first: Result | None,
    before: Result | Moment,
    now: Result | Moment,
) -> ComparisonDocument:
    """Return the same comparison to be taken along.

    Raises: CannotCompare, with the reason. Costs: 2 queries at most.
    """
    then, today, start = _moments(results, first=first, before=before, now=now)
    comparison, since_first = _values(then, today, start)
    branding = branding_of(organisation.workspace)
    if branding is not None:
        radar = replace(comparison.radar, now_colour=branding.now_colour)
        comparison = replace(comparison, radar=radar)
    return ComparisonDocument(
        organisation=organisation.name,
        model_title=today[0].matrix.title,
        language=today[0].matrix.language,
        comparison=comparison,
        since_first=since_first,
        branding=branding,
    )


_Told = tuple[Moment, Hidden | None]


def _moments(
    results: Sequence[Result],
    *,
    first: Result | None,
    before: Result | Moment,
    now: Result | Moment,
) -> tuple[_Told, _Told, _Told | None]:
    """Return before, now and first; each comes with why it may not be seen, or None."""
    wanted = [each for each in (first, before, now) if isinstance(each, Result)]
    frozen = moments_of(results, wanted) if wanted else {}
    then, today = (
        frozen[each.pk] if isinstance(each, Result) else (each, None) for each in (before, now)
    )
    return then, today, frozen[first.pk] if first else None


def _values(before: _Told, now: _Told, first: _Told | None) -> tuple[ResultComparison, str]:
    """Return the comparison, and how far the first result lies behind. Raises: CannotCompare."""
    trouble = hidden_words(before[1] or now[1]) or why_not(before[0], now[0])
    if trouble:
        raise CannotCompare(trouble)
    since_first = ""
    if first is not None and not first[1] and not why_not(first[0], now[0]):
        since_first = since_first_words(first[0], now[0])
    return compare_results(before[0], now[0]), since_first


def _compared(before: _Told, now: _Told, first: _Told | None, *, question: str) -> Comparison:
    """Write the comparison out."""
    try:
        comparison, since_first = _values(before, now, first)
    except CannotCompare as trouble:
        return Comparison("", str(trouble))
    context = {
        "comparison": comparison,
        "since_first": since_first,
        "radar": radar_picture(comparison.radar),
        "question": question,
    }
    html = render_to_string("comparing/_comparison.html", context)
    return Comparison(html, radar=comparison.radar)
