"""Two results side by side, written out; two frozen ones are written out once.

Frozen results never change, and nothing on the comparison depends on who looks: what was written is
kept in this process under the results' own identities. Whoever asks has been let in before.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string

from assessments.models import Result
from reports.comparing_results import Moment, compare_results, progress_since, why_not
from reports.queries.history import moments_of, names_of
from reports.services.drawing import radar_picture

_KEPT = 64
_written: OrderedDict[tuple[object, ...], "Comparison"] = OrderedDict()


@dataclass(frozen=True, slots=True)
class Comparison:
    """The comparison as HTML; or, without any, why there is none."""

    html: str
    trouble: str = ""


def compare_frozen(
    results: Sequence[Result], *, first: Result, before: Result, now: Result
) -> Comparison:
    """Return the comparison of two of an organisation's results, the older first.

    `results` are all of them, the oldest first; progress is counted from `first`.
    Costs: 1 query, none when they were compared in this process before.
    """
    names = names_of(results)
    key = tuple(
        (each.assessment.public_id, each.number, names[each.pk]) for each in (before, now, first)
    )
    known = _written.get(key)
    if known is None:
        frozen = moments_of(results, [before, now, first])
        known = _compared(frozen[before.pk], frozen[now.pk], frozen[first.pk])
    _written[key] = known
    _written.move_to_end(key)
    while len(_written) > _KEPT:
        _written.popitem(last=False)
    return known


def compare_with_open(
    results: Sequence[Result], *, first: Result | None, before: Result | Moment, now: Moment
) -> Comparison:
    """Return the comparison with how an open assessment stands. Costs: 1 query at most."""
    wanted = [each for each in (first, before) if isinstance(each, Result)]
    frozen = moments_of(results, wanted) if wanted else {}
    then = frozen[before.pk] if isinstance(before, Result) else (before, "")
    return _compared(then, (now, ""), frozen[first.pk] if first else None)


def _compared(
    before: tuple[Moment, str], now: tuple[Moment, str], first: tuple[Moment, str] | None
) -> Comparison:
    """Write the comparison out; each moment comes with why it may not be seen, or nothing."""
    trouble = before[1] or now[1] or why_not(before[0], now[0])
    if trouble:
        return Comparison("", trouble)
    comparison = compare_results(before[0], now[0])
    context: dict[str, object] = {
        "comparison": comparison,
        "radar": radar_picture(comparison.radar),
    }
    if first is not None and not first[1] and not why_not(first[0], now[0]):
        context |= {"first": first[0].name, "since_first": progress_since(first[0], now[0])}
    return Comparison(render_to_string("reports/_comparison.html", context))
