"""PURE. What a whole round came to, in sentences that are true.

The pages, the protocol and the file take all their words from here: `tally_text` for the round,
`line_text` for one key of it, `groups_text` for groups that differ, and the short ones for tables.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from assessments.scoring.plan import plan_of
from assessments.scoring.rules import Gate
from assessments.workshops.rules.answer_words import (
    VOICES,
    is_between,
    middle_text,
    names_of,
)
from assessments.workshops.rules.answer_words import answer_text as answer_text
from assessments.workshops.rules.answer_words import median_text as median_text
from assessments.workshops.rules.answer_words import options_text as options_text
from assessments.workshops.rules.kinds import Question, RoundKind
from assessments.workshops.rules.line_words import AGREEMENT_FROM
from assessments.workshops.rules.line_words import line_text as line_text
from assessments.workshops.rules.tallies import GroupingLine, GroupLine, Line, Tally
from maturity.catalogue.matrix import Matrix
from maturity.web.words import (
    capital,
    count_text,
    joined,
    number_text,
    people_text,
)

# From this many groups on only the ends are told.
_MANY_GROUPS: Final = 5


def tally_text(matrix: Matrix, question: Question, tally: Tally) -> str:
    """Return what a round came to, in one to four short sentences.

    Of a gate, how many of its statements people lie apart on; each has its own `line_text`, and
    `gate_text` says where that puts the gate. Of steps, how clear the first three are; `ranked`
    has their names. Of anything else, the `line_text` of its one key.
    """
    if tally.is_hidden:
        return _hidden_text(tally)
    if not tally.n:
        return "Nobody has voted."
    if question.kind is RoundKind.STEPS:
        return _steps_text(tally)
    if question.kind is RoundKind.GATE:
        return _statements_text(tally)
    return line_text(matrix, question, tally.line)


def votes_text(tally: Tally) -> str:
    """Return how many voted, and how: "Seven people", "17 people: 14 hands and 3 phones".

    A hidden tally has this too.
    """
    at_least = "at least " if tally.is_at_least else ""
    people = capital(f"{at_least}{people_text(tally.n)}" if tally.n else "nobody")
    if not tally.hands:
        return people
    if not tally.phones:
        return f"{people} by a show of hands"
    hands = f"{tally.hands:,} hand{'s' * (tally.hands != 1)}"
    phones = f"{tally.phones:,} phone{'s' * (tally.phones != 1)}"
    return f"{people}: {hands} and {phones}"


def gate_text(matrix: Matrix, gate: Gate) -> str:
    """Return where a gate would stand by the votes alone; see `tallies.gate_by_votes`."""
    stage = matrix.stage_by_number[gate.to]
    name = f"stage {stage.number}, {stage.name}"
    if gate.progress is None:
        return f"By these votes nothing that leads to {name}, applies."
    needed_at = Fraction(*plan_of(matrix).opens_at)
    now, needed = _percents(gate.progress, needed_at)
    missing = gate.items - gate.answered
    rest = f" {capital(_no_answer(missing))} as not in place yet." if missing else ""
    if matrix.rule.name == "additive":
        return f"By these votes {name}, is {now} in place.{rest}"
    standing = "is open" if gate.is_open else "stays closed"
    return f"By these votes the gate to {name}, {standing}: {now} in place, {needed} needed.{rest}"


def groups_text(matrix: Matrix, question: Question, line: Line) -> tuple[str, ...]:
    """Return a sentence for each list whose groups differ.

    "By department: Service sees Operational (median), IT Traditional."
    """
    return tuple(
        _grouping_text(matrix, question, line, grouping)
        for grouping in line.groupings
        if grouping.differs
    )


def group_name(group: GroupLine) -> str:
    """Return what a group is called, as it stands alone."""
    if group.is_rest:
        return "The others"
    return group.options[0] or "No group named"


# --- rounds with several keys ---------------------------------------------------------------------


def _hidden_text(tally: Tally) -> str:
    rule = (
        "This workshop is anonymous, so answers are shown from"
        f" {number_text(tally.fewest)} votes on."
    )
    if tally.phones < tally.fewest:
        how = " by phone" if tally.hands else ""
        return f"{capital(people_text(tally.phones))} voted{how}. {rule}"
    return f"{capital(people_text(tally.n))} voted, but too few gave an answer to show. {rule}"


def _statements_text(tally: Tally) -> str:
    """Return on how many statements of a gate people lie apart."""
    shown = [each for each in tally.lines if not each.is_hidden]
    answered = [each for each in shown if each.spread.people]
    apart = sum(each.spread.differs for each in answered)
    parts = []
    if answered:
        parts.append(f"{capital(_apart_text(apart, len(answered)))}.")
    unanswered = len(shown) - len(answered)
    if unanswered:
        has = "has" if unanswered == 1 else "have"
        parts.append(
            f"{capital(count_text(unanswered, 'statement', spelled=True))} {has} no rating."
        )
    hidden = len(tally.lines) - len(shown)
    if hidden:
        is_not = "is" if hidden == 1 else "are"
        parts.append(
            f"{capital(count_text(hidden, 'statement', spelled=True))} {is_not} not shown:"
            f" fewer than {number_text(tally.fewest)} people rated"
            f" {'it' if hidden == 1 else 'them'}."
        )
    if answered and max(each.spread.people for each in answered) < 3:
        parts.append(AGREEMENT_FROM)
    return " ".join(parts)


def _apart_text(apart: int, of: int) -> str:
    if of == 1:
        return f"answers {'lie' if apart else 'do not lie'} apart on the one statement rated"
    if apart == of:
        return f"answers lie apart on {'both' if of == 2 else f'all {number_text(of)}'} statements"
    if not apart:
        return f"answers do not lie apart on any of the {number_text(of)} statements"
    return f"answers lie apart on {number_text(apart)} of {number_text(of)} statements"


def _steps_text(tally: Tally) -> str:
    """Return how many dots there are, and whether they say clearly which steps come first."""
    with_dots = [each for each in tally.ranked if each.dots]
    dots = sum(each.dots for each in with_dots)
    if not dots:
        return "No step has a dot."
    steps = count_text(len(with_dots), "step", spelled=True)
    head = f"{capital(count_text(dots, 'dot', spelled=True))} on {steps}"
    if len(with_dots) < 3:
        return f"{head}; no other step has one."
    parts = [f"{head}."]
    first = [each.dots for each in with_dots if each.standing == "first"]
    tied = [each for each in with_dots if each.standing == "tied"]
    if first:
        which = "one is" if len(first) == 1 else f"{number_text(len(first))} are"
        parts.append(f"The first {which} clear, with {_dots_text(first)}.")
    if tied:
        places = list(range(len(first) + 1, 4))
        where = joined([_ORDINALS[place] for place in places])
        for_ = f"the {where} place" if len(places) < 3 else "the first three places"
        parts.append(
            f"{capital(number_text(len(tied)))} tie for {for_}, with"
            f" {count_text(tied[0].dots, 'dot', spelled=True)} each:"
            f" the room picks {number_text(len(places))}."
        )
    return " ".join(parts)


_ORDINALS: Final = ("", "first", "second", "third")


def _dots_text(dots: Sequence[int]) -> str:
    """Return "six, five and four dots", "two dots each", "three dots, two and one"."""
    if len(dots) > 1 and len(set(dots)) == 1:
        return f"{count_text(dots[0], 'dot', spelled=True)} each"
    if len(dots) > 1 and dots[-1] == 1:
        rest = joined([number_text(each) for each in dots[1:]])
        return (
            f"{count_text(dots[0], 'dot', spelled=True)}{',' if len(dots) > 2 else ' and'} {rest}"
        )
    return f"{joined([number_text(each) for each in dots])} {'dot' if dots[-1] == 1 else 'dots'}"


def _no_answer(missing: int) -> str:
    counts = "counts" if missing == 1 else "count"
    return f"{count_text(missing, 'statement', spelled=True)} with no rating to go by {counts}"


def _percents(share: Fraction, needed: Fraction) -> tuple[str, str]:
    """Return both in percent, with as many digits as it takes to tell them apart."""
    for digits in range(7):
        pair = tuple(f"{float(each * 100):.{digits}f} %" for each in (share, needed))
        if share == needed or pair[0] != pair[1]:
            break
    return pair[0], pair[1]


# --- groups ---------------------------------------------------------------------------------------


def _grouping_text(matrix: Matrix, question: Question, line: Line, grouping: GroupingLine) -> str:
    voice = VOICES[question.kind]
    names = names_of(matrix, question, line.key, line.values)
    groups = [each for each in grouping.groups if each.median is not None]
    if len(groups) >= _MANY_GROUPS:
        return f"By {grouping.name}: {_ends(names, groups)}."
    parts: list[str] = []
    last = ""
    for group in groups:
        is_many = group.is_rest or not group.options[0]
        if is_between(group):
            verb = "lie" if is_many else "lies"
        else:
            verb = voice.many if is_many else voice.one
        # The verb stands once, until another one is needed; what kind of figure it is, at first.
        words = [_group_subject(group), *([] if verb == last else [verb])]
        words += [middle_text(names, group), *([] if parts else ["(median)"])]
        parts.append(" ".join(words))
        last = verb
    return f"By {grouping.name}: {joined(parts) if len(parts) > 2 else ', '.join(parts)}."


def _ends(names: Sequence[str], groups: Sequence[GroupLine]) -> str:
    """Return the lowest and the highest groups only."""
    known = [each.median for each in groups if each.median is not None]
    told = []
    for end in (min(known), max(known)):
        at_end: dict[str, list[str]] = {}
        for group in groups:
            if group.median == end:
                subjects = at_end.setdefault(middle_text(names, group), [])
                subjects.append(_group_subject(group))
        told.append(" or ".join(f"{middle} ({joined(who)})" for middle, who in at_end.items()))
    return f"the lowest median is {told[0]}, the highest {told[1]}"


def _group_subject(group: GroupLine) -> str:
    if group.is_rest:
        return "the others"
    return group.options[0] or "those who named no group"
