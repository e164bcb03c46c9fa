"""PURE. How the time of a workshop is shared out, and what does not fit.

The suggestion follows one sentence: every dimension gets the same time, a rated gate a little more,
and when time is short, whole dimensions are left out rather than all of them hurried.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from assessments.workshops.rules.kinds import RoundKind
from maturity.web.words import capital, count_text, joined, number_text

# Ours, in minutes. Below these a room has not read the question, or not said a word about it.
FLOORS: Final[Mapping[RoundKind, int]] = {
    RoundKind.STAGE: 3,
    RoundKind.GATE: 5,
    RoundKind.TARGET: 1,
    RoundKind.IMPORTANCE: 1,
    RoundKind.STEPS: 5,
}
# Longer than this nobody talks about one dimension; what is left is told as spare.
LONGEST_ROUND: Final = 15
# A gate has several statements where a stage has one question.
MORE_FOR_A_GATE: Final = 2
WELCOME: Final = (3, 5)
CLOSING: Final = (2, 5)
"""The least and the usual time to join, and to say what comes next."""


@dataclass(frozen=True, slots=True)
class PlannedRound:
    """One round of the suggestion; `dimension` is empty and `gate_to` None where not needed."""

    kind: RoundKind
    dimension: str
    gate_to: int | None
    minutes: int


@dataclass(frozen=True, slots=True)
class Agenda:
    """A suggestion for `minutes`: what there is time for, and what is left out.

    `total` is what it takes with welcome and closing, `spare` what then remains. `left_out` are
    keys of dimensions, most pressing first; `has_left_steps_out` says the same of the round on
    steps. `needed` is what all that was asked for would take at the least. `words` says in a
    sentence how the time is shared out, `left_out_words` what does not fit; empty when all fits.
    """

    minutes: int
    rounds: tuple[PlannedRound, ...]
    welcome: int
    closing: int
    total: int
    spare: int
    needed: int
    left_out: tuple[str, ...]
    has_left_steps_out: bool
    words: str
    left_out_words: str


def suggest_agenda(
    minutes: int,
    dimensions: Sequence[tuple[str, str]],
    *,
    with_targets: bool,
    with_importance: bool,
    with_steps: bool,
    detail: Mapping[str, int],
    round_minutes: int | None,
    urgent: Sequence[str] = (),
) -> Agenda:
    """Return how to spend `minutes` on these dimensions, each a key and its name.

    `detail` says which of them are rated statement by statement, and by the gate to which stage;
    the others pick a stage. `urgent` ones come first, in their order, then the rest in theirs;
    what either says of other dimensions plays no part. Each dimension's target follows its own
    round; importance comes when all have been talked about, steps at the end. `round_minutes`
    fixes the length of the stage and gate rounds, but not below `FLOORS`; left out, they share
    what there is. Dimensions are taken as long as the next one fits. The time for steps is kept
    free for them, unless there would be none for any dimension.
    """
    names = dict(dimensions)
    order = [key for key in dict.fromkeys(urgent) if key in names]
    order += [key for key in names if key not in order]
    extra = with_targets * FLOORS[RoundKind.TARGET] + with_importance * FLOORS[RoundKind.IMPORTANCE]
    costs = {key: _main_floor(detail.get(key), round_minutes) + extra for key in order}
    frame = WELCOME[0] + CLOSING[0]
    steps = FLOORS[RoundKind.STEPS] if with_steps else 0
    needed = frame + steps + sum(costs.values())

    has_steps = with_steps and minutes >= frame + steps + (costs[order[0]] if order else 0)
    if not has_steps:
        steps = 0
    chosen: list[str] = []
    left = minutes - frame - steps
    for key in order:
        if costs[key] > left:
            break
        chosen.append(key)
        left -= costs[key]
    left = max(left, 0)

    welcome = WELCOME[0] + min(left, WELCOME[1] - WELCOME[0])
    left -= welcome - WELCOME[0]
    closing = CLOSING[0] + min(left, CLOSING[1] - CLOSING[0])
    left -= closing - CLOSING[0]
    lengths = _lengths(chosen, detail, round_minutes, left)

    rounds: list[PlannedRound] = []
    for key in chosen:
        to = detail.get(key)
        rounds.append(PlannedRound(_main_kind(to), key, to, lengths[key]))
        if with_targets:
            rounds.append(PlannedRound(RoundKind.TARGET, key, None, FLOORS[RoundKind.TARGET]))
    if with_importance:
        rounds += [
            PlannedRound(RoundKind.IMPORTANCE, key, None, FLOORS[RoundKind.IMPORTANCE])
            for key in chosen
        ]
    if has_steps:
        rounds.append(PlannedRound(RoundKind.STEPS, "", None, steps))
    total = welcome + closing + sum(each.minutes for each in rounds)
    left_out = tuple(order[len(chosen) :])
    has_left_steps_out = with_steps and not has_steps
    return Agenda(
        minutes=minutes,
        rounds=tuple(rounds),
        welcome=welcome,
        closing=closing,
        total=total,
        spare=max(minutes - total, 0),
        needed=needed,
        left_out=left_out,
        has_left_steps_out=has_left_steps_out,
        words=_words(rounds, welcome, closing, total, minutes),
        left_out_words=_left_out_words(
            [names[key] for key in left_out], has_left_steps_out, minutes, needed
        ),
    )


def _main_kind(gate_to: int | None) -> RoundKind:
    return RoundKind.STAGE if gate_to is None else RoundKind.GATE


def _main_floor(gate_to: int | None, round_minutes: int | None) -> int:
    return max(FLOORS[_main_kind(gate_to)], round_minutes or 0)


def _lengths(
    chosen: Sequence[str], detail: Mapping[str, int], round_minutes: int | None, left: int
) -> dict[str, int]:
    """Return how long each dimension's own round is: the same for all, as long as time allows."""
    lengths = {key: _main_floor(detail.get(key), round_minutes) for key in chosen}
    if round_minutes is not None or not chosen:
        return lengths
    floor = sum(lengths.values())
    for length in range(FLOORS[RoundKind.STAGE] + 1, LONGEST_ROUND + 1):
        longer = {key: length + MORE_FOR_A_GATE * (key in detail) for key in chosen}
        if sum(longer.values()) - floor > left:
            break
        lengths = longer
    return lengths


# --- words ----------------------------------------------------------------------------------------

# Of more names than this only the first are told.
_MOST_NAMES: Final = 8

_CALLED: Final[Mapping[RoundKind, tuple[str, str]]] = {
    RoundKind.STAGE: ("dimension", "dimensions"),
    RoundKind.GATE: ("gate", "gates"),
    RoundKind.TARGET: ("target", "targets"),
    RoundKind.IMPORTANCE: ("question of importance", "questions of importance"),
}


def _words(
    rounds: Sequence[PlannedRound], welcome: int, closing: int, total: int, minutes: int
) -> str:
    """Return "Eight dimensions of six minutes each, five to join and five to close: 58 of 60…"."""
    if not rounds:
        return ""
    parts = []
    for kind, called in _CALLED.items():
        lengths = [each.minutes for each in rounds if each.kind is kind]
        if lengths:
            # All rounds of a kind are of the same length.
            each = f"{_minutes(lengths[0])}{' each' if len(lengths) > 1 else ''}"
            parts.append(f"{count_text(len(lengths), *called, spelled=True)} of {each}")
    parts += [
        f"{_minutes(r.minutes)} for the first steps" for r in rounds if r.kind is RoundKind.STEPS
    ]
    parts.append(f"{number_text(welcome)} to join")
    parts.append(f"{number_text(closing)} to close")
    return f"{capital(joined(parts))}: {total:,} of {minutes:,} minutes."


def _left_out_words(names: Sequence[str], without_steps: bool, minutes: int, needed: int) -> str:
    if not names and not without_steps:
        return ""
    parts = []
    if names:
        verb = "does" if len(names) == 1 else "do"
        what = count_text(len(names), "dimension", spelled=True)
        parts.append(f"{capital(what)} {verb} not fit into {_minutes(minutes)}: {_some(names)}.")
    if without_steps:
        also = " either" if names else f" into {_minutes(minutes)}"
        parts.append(f"The round on the first steps does not fit{also}.")
    parts.append(f"For everything it takes at least {_minutes(needed)}.")
    return " ".join(parts)


def _some(names: Sequence[str]) -> str:
    # No "and" before the last: names have one of their own.
    if len(names) <= _MOST_NAMES:
        return ", ".join(names)
    kept = names[: _MOST_NAMES - 1]
    return f"{', '.join(kept)} and {number_text(len(names) - len(kept))} more"


def _minutes(number: int) -> str:
    return count_text(number, "minute", spelled=True)
