"""PURE. What the votes of a round come to, and what of it may be shown.

A `Tally` is counts and nothing else: the same votes in another order give the same one. Where
`fewest` says that nobody may be told from the others, nothing in it, and nothing that can be worked
out by taking its figures from each other, rests on fewer votes than that. Hands are counted before
everybody's eyes, so they are nobody's secret, and they hide nobody either: only phones count there.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final, Literal

from assessments.scoring.groups import Group, Grouping, groupings_of, safe_groupings
from assessments.scoring.plan import DOES_NOT_APPLY, Held, Plan, plan_of
from assessments.scoring.rules import Gate
from assessments.scoring.rules import tally as gate_tally
from assessments.scoring.sheets import NOT_APPLICABLE, UNKNOWN, Answer
from assessments.scoring.spread import Spread
from assessments.workshops.rules.kinds import DOTS, Question, RoundKind, WrongVote, checked_hands
from maturity.catalogue.matrix import Matrix

Lists = Sequence[tuple[str, Sequence[str]]]
Hands = Mapping[str, Mapping[str, int]]

_FIRST: Final = 3
"""How many steps come first: the room is asked which three."""

# Ours: of how many lists anonymous groups are shown. To prove several lists safe together takes
# seconds for large ones, and each of a gate's statements has another set of people behind it.
_LISTS_OF_ONE_KEY: Final = 2
_LISTS_OF_A_GATE: Final = 1


@dataclass(frozen=True)
class Ballot:
    """One person's vote: `answers` as `checked_vote` returned them, the voter's group by list."""

    answers: Mapping[str, Answer]
    groups: Mapping[str, str]
    note: str
    name: str


@dataclass(frozen=True, slots=True)
class VoteNote:
    """What somebody wrote beside their vote; `name` is empty where nobody may be named."""

    text: str
    name: str


@dataclass(frozen=True, slots=True)
class GroupLine:
    """What the people of one group chose; "don't know" plays no part in it.

    `options` are the group's own names, an empty one for those who named no group. `is_rest` says
    that several were put together, because they are too few to be shown each on its own.
    """

    options: tuple[str, ...]
    is_rest: bool
    values: tuple[int, ...]
    spread: Spread

    @property
    def median(self) -> Fraction | None:
        """Return the middle of what was chosen, None when no option was."""
        return median_of(self.values, self.spread.counts)


@dataclass(frozen=True, slots=True)
class GroupingLine:
    """The groups of one of the lists, two at the least."""

    name: str
    groups: tuple[GroupLine, ...]

    @property
    def differs(self) -> bool:
        """Say whether the medians of two groups lie a whole option or more apart."""
        medians = [each.median for each in self.groups if each.median is not None]
        return bool(medians) and max(medians) - min(medians) >= 1


@dataclass(frozen=True, slots=True)
class Line:
    """What came of one key of the question; `values` are those of its options, as in `spread`.

    A hidden line has no figures: too few answered it for that.
    """

    key: str
    values: tuple[int, ...]
    spread: Spread
    groupings: tuple[GroupingLine, ...] = ()
    is_hidden: bool = False

    @property
    def counts(self) -> dict[int, int]:
        """Return how many chose each option, by its value."""
        return dict(zip(self.values, self.spread.counts, strict=True))

    @property
    def median(self) -> Fraction | None:
        """Return the middle of what was chosen, exactly; None when no option was."""
        return median_of(self.values, self.spread.counts)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A step with its dots. `place` is 1 for the most, shared by those with as many.

    It is among the first three, or tied with others for the last of these places, or neither.
    """

    key: str
    dots: int
    place: int
    standing: Literal["first", "tied", "rest"]


@dataclass(frozen=True, slots=True)
class Tally:
    """What a round came to.

    `phones` and `hands` are the people who voted either way; `is_at_least` says that more hands
    may have been raised than can be told from their counts. Hidden, it has no figures but these.
    Every kind but steps has a line for each key; steps are `ranked`, most dots first.
    """

    kind: RoundKind
    phones: int
    hands: int
    fewest: int
    is_at_least: bool = False
    is_hidden: bool = False
    lines: tuple[Line, ...] = ()
    ranked: tuple[Ranked, ...] = ()
    notes: tuple[VoteNote, ...] = ()

    @property
    def n(self) -> int:
        """Return how many people voted."""
        return self.phones + self.hands

    @property
    def line(self) -> Line:
        """Return the only line of a question with one key."""
        (line,) = self.lines
        return line


def tally_of(
    question: Question,
    ballots: Sequence[Ballot],
    hands: Hands,
    *,
    fewest: int,
    lists: Lists | None = None,
) -> Tally:
    """Return what the votes of a round come to.

    `hands` are counts by key and by option or word. `fewest` is how many votes must stand behind
    every figure; 0 or 1 where people are named. `lists` are the workshop's groups, each a name
    with its options, in the order to show; left out, they are what the ballots name, sorted.
    An answer helps over the limit unless it is "don't know". Groups that are too small are put
    together to "the others", and a list of which two groups do not remain is left out: that
    holds for all lists together (`scoring.groups.safe_groupings`), not for each alone. Anonymous
    groups are those of the first two lists only, and of the first one for a gate.
    Raises: WrongVote, when a ballot or a hand answers something that is not asked.
    """
    raised = checked_hands(question, hands)
    voted = _votes_by_key(question, ballots)
    people, is_at_least = _people_behind(question, raised)
    hidden = {key for key in question.keys if _is_too_few(voted[key], fewest)}
    is_hidden = 0 < len(ballots) < fewest or (
        question.kind is not RoundKind.STEPS and 0 < len(question.keys) == len(hidden)
    )
    base = Tally(question.kind, len(ballots), people, fewest, is_at_least, is_hidden)
    if is_hidden:
        return base
    notes = tuple(sorted(_notes(ballots, is_named=fewest < 2), key=lambda n: (n.name, n.text)))
    counts = {key: voted[key] + _counter(raised.get(key, {})) for key in question.keys}
    if question.kind is RoundKind.STEPS:
        ranked = ranked_of([(key, counts[key][1]) for key in question.keys])
        return replace(base, ranked=ranked, notes=notes)
    lists = _lists_in(ballots) if lists is None else lists
    if fewest > 1:
        lists = lists[: _LISTS_OF_A_GATE if question.kind is RoundKind.GATE else _LISTS_OF_ONE_KEY]
    grouper = _Grouper(ballots, lists, fewest)
    values = question.values
    lines = []
    for key in question.keys:
        if key in hidden:
            lines.append(Line(key, values, Spread(key, (0,) * len(values)), is_hidden=True))
        else:
            spread = _spread(key, values, counts[key])
            lines.append(Line(key, values, spread, grouper.groupings(key, values)))
    return replace(base, lines=tuple(lines), notes=notes)


def gate_by_votes(matrix: Matrix, question: Question, tally: Tally) -> Gate | None:
    """Return how a rated gate would stand by these votes alone, as `place` counts them.

    A statement that nobody answered, or whose line is hidden, counts as unanswered. None for a
    question that is no gate's, and for a hidden tally.
    """
    if question.kind is not RoundKind.GATE or tally.is_hidden:
        return None
    plan = plan_of(matrix)
    gates = plan.dimension_by_key[question.dimension].gates
    gate = next(each for each in gates if each.to == question.gate_to)
    by_key = {line.key: line.spread for line in tally.lines}
    held: list[Held] = [None] * len(plan.ids)
    for position in range(gate.start, gate.stop):
        held[position] = _held(plan, by_key[plan.ids[position]])
    return gate_tally(plan, gate, held).gate


def ranked_of(dots: Sequence[tuple[str, int]]) -> tuple[Ranked, ...]:
    """Return steps with their dots, most dots first; of equal ones the order given stays."""
    found = []
    counts = [count for _, count in dots]
    for key, count in sorted(dots, key=lambda each: -each[1]):
        more = sum(other > count for other in counts)
        standing: Literal["first", "tied", "rest"] = "rest"
        if count and more < _FIRST:
            standing = "first" if more + counts.count(count) <= _FIRST else "tied"
        found.append(Ranked(key, count, more + 1, standing))
    return tuple(found)


def median_of(values: Sequence[int], counts: Sequence[int]) -> Fraction | None:
    """Return the median of values that occur as often as `counts` say, exactly; None for none."""
    pair = middle_of(values, counts)
    return None if pair is None else Fraction(sum(pair), 2)


def middle_of(values: Sequence[int], counts: Sequence[int]) -> tuple[int, int] | None:
    """Return the middle two of such values, of an odd number the middle one twice."""
    n = sum(counts)
    if not n:
        return None
    ranks = ((n - 1) // 2, n // 2)
    found = []
    below = 0
    for value, count in zip(values, counts, strict=True):
        found += [value for rank in ranks if below <= rank < below + count]
        below += count
    lower, upper = found
    return lower, upper


# --- counting -------------------------------------------------------------------------------------


def _votes_by_key(question: Question, ballots: Iterable[Ballot]) -> dict[str, Counter[Answer]]:
    taken = {*question.values, *question.words}
    voted: dict[str, Counter[Answer]] = {key: Counter() for key in question.keys}
    for ballot in ballots:
        for key, answer in ballot.answers.items():
            if key not in voted or answer not in taken:
                raise WrongVote(key, f"{answer!r} is no answer to this question.")
            voted[key][answer] += 1
    return voted


def _counter(counts: Mapping[str, int]) -> Counter[Answer]:
    return Counter(
        {
            option if option in (NOT_APPLICABLE, UNKNOWN) else int(option): count
            for option, count in counts.items()
        }
    )


def _spread(key: str, values: Sequence[int], counts: Counter[Answer]) -> Spread:
    chosen = tuple([counts[value] for value in values])
    return Spread(key, chosen, counts[NOT_APPLICABLE], counts[UNKNOWN])


def _people_behind(question: Question, raised: Hands) -> tuple[int, bool]:
    """Return how many people raised hands, and whether that is only the fewest it can have been.

    Everybody raises one hand for each key; of steps only dots are known, some from each person.
    """
    sums = [sum(raised.get(key, {}).values()) for key in question.keys]
    most = max(sums, default=0)
    if question.kind is RoundKind.STEPS:
        return max(most, -(-sum(sums) // DOTS)), most > 0
    return most, len(set(sums)) > 1


def _is_too_few(votes: Counter[Answer], fewest: int) -> bool:
    """Say whether what phones answered on a key may not be shown.

    "Don't know" is no answer and does not help over the limit; where there is nothing else, there
    must be enough of it.
    """
    answers = votes.total() - votes[UNKNOWN]
    return 0 < (answers or votes[UNKNOWN]) < fewest


def _notes(ballots: Iterable[Ballot], *, is_named: bool) -> list[VoteNote]:
    return [VoteNote(each.note, each.name if is_named else "") for each in ballots if each.note]


def _held(plan: Plan, spread: Spread) -> Held:
    """Return what a statement is held to be, from its counts alone.

    Source: docs/reference/scoring.md, rule 2.
    """
    if spread.given:
        if spread.excused > spread.given:
            return DOES_NOT_APPLY
        points = sum(p * count for p, count in zip(plan.points, spread.counts, strict=True))
        return (points, spread.given)
    return DOES_NOT_APPLY if spread.excused and not spread.unsure else None


# --- groups ---------------------------------------------------------------------------------------


def _lists_in(ballots: Iterable[Ballot]) -> Lists:
    options: dict[str, set[str]] = {}
    for ballot in ballots:
        for name, option in ballot.groups.items():
            if option:
                options.setdefault(name, set()).add(option)
    return [(name, sorted(options[name])) for name in sorted(options)]


class _Grouper:
    """Which groups may be shown of each key; most keys were answered by the same people."""

    def __init__(self, ballots: Sequence[Ballot], lists: Lists, fewest: int) -> None:
        self.ballots = ballots
        self.fewest = fewest
        self.all = groupings_of(lists, [ballot.groups for ballot in ballots]) if ballots else ()
        self.safe: dict[frozenset[int], tuple[Grouping, ...]] = {}

    def groupings(self, key: str, values: Sequence[int]) -> tuple[GroupingLine, ...]:
        if not self.all:
            return ()
        given = [ballot.answers.get(key, UNKNOWN) for ballot in self.ballots]
        people = frozenset([place for place, answer in enumerate(given) if answer != UNKNOWN])
        if people not in self.safe:
            self.safe[people] = self._safe(people)
        return tuple(
            GroupingLine(
                grouping.name,
                tuple(
                    GroupLine(
                        group.options,
                        group.is_rest,
                        tuple(values),
                        _spread(key, values, Counter(given[p] for p in group.members & people)),
                    )
                    for group in grouping.groups
                ),
            )
            for grouping in self.safe[people]
        )

    def _safe(self, people: frozenset[int]) -> tuple[Grouping, ...]:
        present = [
            Grouping(each.name, tuple(g for g in each.groups if _answered(g, people)))
            for each in self.all
        ]
        several = [each for each in present if len(each.groups) > 1]
        if self.fewest < 2:
            return tuple(several)
        return safe_groupings(several, [people], self.fewest)


def _answered(group: Group, people: frozenset[int]) -> bool:
    return not group.members.isdisjoint(people)
