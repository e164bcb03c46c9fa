"""PURE. Groups of respondents, and which of them may be shown where answers are anonymous.

Whoever sees the sums of several sets of people can add them up and take them from each other. So a
set of people is not judged alone: of everything that can be worked out from all that is shown, with
whatever factors, nothing may rest on fewer than `fewest` people. It is either nothing, or about
enough of them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Final

from assessments.scoring.sheets import UNKNOWN, AnswerSheet

# Arithmetic modulo a prime instead of with fractions. It is exact as long as no subdeterminant of
# the 0-1 table of sets can reach the prime: for up to 24 sets (Hadamard's bound, 24^12 < 2^61).
_PRIME: Final = 2**61 - 1
_MOST_SETS: Final = 24
# What takes longer to prove counts as unproven: it is not shown.
_MOST_NODES: Final = 3_000


@dataclass(frozen=True, slots=True)
class Group:
    """The people who chose one of `options`; `members` are their places in the sheet.

    Nobody's choice is the empty option. `is_rest` says that several were put together, because
    they are too few to be shown each on its own.
    """

    options: tuple[str, ...]
    members: frozenset[int]
    is_rest: bool = False


@dataclass(frozen=True, slots=True)
class Grouping:
    """One of the lead's own lists; every respondent is in one of its groups."""

    name: str
    groups: tuple[Group, ...]


def groupings_of(
    lists: Iterable[tuple[str, Sequence[str]]], chosen: Sequence[Mapping[str, str]]
) -> tuple[Grouping, ...]:
    """Return the groups of each list, in its order; options that nobody chose are left out.

    `chosen` holds each respondent's option by the list's name, in the order of the sheet.
    """
    found = []
    for name, options in lists:
        members: dict[str, set[int]] = {option: set() for option in (*options, "")}
        for place, choice in enumerate(chosen):
            option = choice.get(name, "")
            members[option if option in members else ""].add(place)
        groups = tuple(Group((o,), frozenset(m)) for o, m in members.items() if m)
        found.append(Grouping(name, groups))
    return tuple(found)


def sheet_of_group(sheet: AnswerSheet, group: Group) -> AnswerSheet:
    """Return the sheet with the group's own answers and nothing agreed.

    "Don't know" is left out: it does not count towards what makes a group large enough.
    """
    return replace(
        sheet,
        respondents=tuple(
            replace(each, ratings={k: a for k, a in each.ratings.items() if a != UNKNOWN})
            for place, each in enumerate(sheet.respondents)
            if place in group.members
        ),
        agreed_ratings={},
        agreed_picks={},
    )


def answered_by(sheet: AnswerSheet) -> dict[str, frozenset[int]]:
    """Return who answered each question: with a step, "does not apply" or a pick."""
    people: dict[str, set[int]] = {}
    for place, each in enumerate(sheet.respondents):
        for key, answer in each.ratings.items():
            if answer != UNKNOWN:
                people.setdefault(key, set()).add(place)
        for key in each.picks:
            people.setdefault(key, set()).add(place)
    return {key: frozenset(places) for key, places in people.items()}


def safe_groupings(
    groupings: Iterable[Grouping], answered: Iterable[frozenset[int]], fewest: int
) -> tuple[Grouping, ...]:
    """Return the groupings that may be shown side by side where answers are anonymous.

    `answered` holds, for each question shown, who answered it. Every group shown has at least
    `fewest` answers to each of them, and so has everything that can be worked out from the groups
    of all groupings and the whole. Where that is not so, the smallest groups are put together to
    "the others" until it is; a grouping of which two groups do not remain is left out. The first
    grouping goes first: a later one must fit in with those before it.
    """
    questions = set(answered)
    shown: list[Grouping] = []
    for grouping in groupings:
        for candidate in _coarser(grouping):
            together = [*shown, candidate]
            if questions and all(_is_safe(together, people, fewest) for people in questions):
                shown.append(candidate)
                break
    return tuple(shown)


def _coarser(grouping: Grouping) -> Iterator[Grouping]:
    """Yield the grouping with ever more of its smallest groups put together, two at the least."""
    order = sorted(grouping.groups, key=lambda group: len(group.members))
    for merged in range(len(order) - 1):
        rest, kept = order[: merged + 1], order[merged + 1 :]
        if not merged:
            yield grouping
            continue
        others = Group(
            options=tuple(o for g in grouping.groups if g in rest for o in g.options),
            members=frozenset().union(*(group.members for group in rest)),
            is_rest=True,
        )
        yield replace(grouping, groups=(*(g for g in grouping.groups if g in kept), others))


def _is_safe(groupings: Sequence[Grouping], people: frozenset[int], fewest: int) -> bool:
    """Say whether nothing that follows from the sums of all groups rests on too few of `people`."""
    sets = [group.members & people for grouping in groupings for group in grouping.groups]
    if len(sets) > _MOST_SETS or any(len(members) < fewest for members in sets):
        return False
    if len(groupings) == 1:
        return True  # sets without a common member: whatever follows holds one of them whole
    # People who are in the same sets stay together in everything that follows: one column each.
    kinds = Counter(tuple(place in members for members in sets) for place in people)
    rows = _independent([[int(kind[row]) for kind in kinds] for row in range(len(sets))])
    return not _reaches_few(rows, list(kinds.values()), fewest, count(1))


_Rows = list[list[int]]


def _independent(rows: _Rows) -> _Rows:
    """Return as many of the rows, changed, as are needed to make up all the others."""
    kept: _Rows = []
    while rows:
        row, *rows = rows
        column = next((place for place, value in enumerate(row) if value), None)
        if column is not None:
            kept.append(row)
            rows = [_without(other, row, column) for other in rows]
    return kept


def _without(row: list[int], pivot: list[int], column: int) -> list[int]:
    """Return the row less as much of the pivot as makes it vanish in the column."""
    if not row[column]:
        return row
    factor = row[column] * pow(pivot[column], -1, _PRIME)
    return [(a - factor * b) % _PRIME for a, b in zip(row, pivot, strict=True)]


def _vanishing(rows: _Rows, columns: Iterable[int]) -> _Rows:
    """Return what can be made of the rows that vanishes in all these columns."""
    for column in columns:
        pivot = next((row for row in rows if row[column]), None)
        if pivot is not None:
            rows = [_without(row, pivot, column) for row in rows if row is not pivot]
    return rows


def _reaches_few(rows: _Rows, sizes: Sequence[int], fewest: int, nodes: Iterator[int]) -> bool:
    """Say whether something not nothing can be made of the rows that rests on fewer than `fewest`.

    `sizes` says how many people stand behind each column. Also true when it takes too long to
    tell. Pigeonholes: of groups of columns that together take `fewest` people to touch, one stays
    untouched by whatever rests on fewer; so each group is tried as that one.
    """
    if next(nodes) > _MOST_NODES:
        return True
    rows = _vanishing(rows, [c for c, size in enumerate(sizes) if size >= fewest])
    if not rows:
        return False
    live = [column for column in range(len(sizes)) if any(row[column] for row in rows)]
    weights = [sum(size for value, size in zip(row, sizes, strict=True) if value) for row in rows]
    if min(weights) < fewest:
        return True
    if len(rows) == 1:
        return False
    smallest = min(sizes[column] for column in live)
    parts = min(len(live), -(-fewest // smallest))
    return any(
        _reaches_few(_vanishing(rows, live[part::parts]), sizes, fewest, nodes)
        for part in range(parts)
    )
