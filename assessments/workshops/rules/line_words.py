"""PURE. What was answered to one question, in sentences that are true.

The counts decide what is said. r_wg only lends the adjective, and only where no count speaks
against it: a room that is split three to three between neighbours has a high r_wg, and is split.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from assessments.scoring.consensus import FEWEST_FOR_AGREEMENT
from assessments.scoring.spread import Spread, level_of
from assessments.workshops.rules.answer_words import VOICES, Voice, names_of
from assessments.workshops.rules.kinds import Question, RoundKind
from assessments.workshops.rules.tallies import Line
from maturity.catalogue.matrix import Matrix
from maturity.web.words import capital, count_text, joined, number_text

AGREEMENT_FROM: Final = f"Agreement is told from {number_text(FEWEST_FOR_AGREEMENT)} answers on."


def line_text(matrix: Matrix, question: Question, line: Line) -> str:
    """Return what was answered to one key: "Most see Operational (5 of 7); one sees Formative."

    One to three short sentences. Of a gate's statement, how far it is in place or left behind; of
    steps there is nothing to say like this (see `tally_words`).
    """
    if line.is_hidden:
        return "Not shown, because too few answered this."
    said = _said_of(matrix, question, line)
    spread = line.spread
    if not (spread.people or spread.unsure):
        return "Nobody has answered this."
    parts = [*_excused_first(said), _main(said), *_excused_last(said)]
    unsure = _unsure(said)
    # What most said comes first, also when most are not sure.
    parts = [unsure, *parts] if spread.unsure > spread.people else [*parts, unsure]
    if question.kind is not RoundKind.GATE and 0 < spread.given < FEWEST_FOR_AGREEMENT:
        parts.append(AGREEMENT_FROM)
    return " ".join(part for part in parts if part)


# --- the main sentence ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Said:
    """What stands behind the sentences: `chosen` are the options somebody took, lowest first."""

    voice: Voice
    spread: Spread
    chosen: tuple[tuple[int, str, int], ...]

    @property
    def given(self) -> int:
        return self.spread.given

    @property
    def who(self) -> str:
        """Return the words that leave those out who chose no option, where there are such."""
        return f" {self.voice.who}" if self.spread.excused or self.spread.unsure else ""

    @property
    def is_mostly_excused(self) -> bool:
        return self.spread.excused > self.given


def _said_of(matrix: Matrix, question: Question, line: Line) -> _Said:
    names = names_of(matrix, question, line.key, line.values)
    chosen = [
        (place, name, count)
        for place, (name, count) in enumerate(zip(names, line.spread.counts, strict=True))
        if count
    ]
    return _Said(VOICES[question.kind], line.spread, tuple(chosen))


def _main(said: _Said) -> str:
    """Return the sentence about those who chose an option."""
    n, chosen, voice = said.given, said.chosen, said.voice
    if not chosen:
        return ""
    if len(chosen) == 1:
        return _sentence(f"{_everybody(said)} {voice.one if n == 1 else voice.many} {chosen[0][1]}")
    if n < FEWEST_FOR_AGREEMENT or said.is_mostly_excused:
        return _sentence(_list(said, chosen))
    if len(chosen) == 2 and chosen[0][2] == chosen[1][2]:
        return _sentence(_split(said))
    top = max(chosen, key=lambda each: each[2])
    apart = _apart(said)
    if 2 * top[2] > n:
        return _sentence(_majority(said, top, apart))
    pair = None if apart else _pair(said)
    if pair:
        low, high = pair
        others = [each for each in chosen if each not in pair]
        most = " or ".join(f"{name} ({count:,} of {n:,})" for _, name, count in (low, high))
        return _sentence(f"most{said.who} {voice.many} {most}; {_others(said, others)}")
    lead = apart or (
        voice.close if said.spread.range <= 2 and _level(said) == "strong" else voice.part
    )
    return _sentence(f"{lead}: {_long_list(said)}")


def _everybody(said: _Said) -> str:
    n = said.given
    if n == 1:
        return "one person"
    return ("both" if n == 2 else f"all {number_text(n)}") + said.who


def _split(said: _Said) -> str:
    """Return the sentence about two camps of the same size."""
    (low, below, each), (high, above, _) = said.chosen
    far = count_text(high - low, said.voice.unit, spelled=True)
    where = f"evenly split between {below} and {above}, {far} apart: {number_text(each)} each"
    return f"those {said.voice.who} are {where}" if said.who else where


def _majority(said: _Said, top: tuple[int, str, int], apart: str) -> str:
    others = [each for each in said.chosen if each != top]
    if apart and len(others) == 1:
        return f"{apart}: {_list(said, said.chosen)}"
    most = f"most{said.who} {said.voice.many} {top[1]} ({top[2]:,} of {said.given:,})"
    return f"{most}{f', but {apart}: ' if apart else '; '}{_others(said, others)}"


def _apart(said: _Said) -> str:
    """Return how far people are said to lie apart, empty when they do not.

    Ours: two camps with an option between them that nobody chose, the smaller one of at least two
    people and a quarter of the room, differ widely whatever r_wg says. Neighbours do not differ,
    nor do three quarters who agree, though r_wg says so for a few options or one far answer.
    """
    if said.spread.range <= 1:
        return ""
    n = said.given
    below = 0
    for (low, _, count), (high, _, _) in zip(said.chosen, said.chosen[1:], strict=False):
        below += count
        smaller = min(below, n - below)
        if high - low > 1 and smaller > 1 and 4 * smaller >= n:
            return said.voice.widely
    if 4 * max(said.spread.counts) >= 3 * n:
        return ""
    return {"none": said.voice.widely, "weak": said.voice.apart}.get(_level(said), "")


def _level(said: _Said) -> str:
    agreement = said.spread.agreement
    if agreement is None:
        return ""
    return level_of(agreement).removeprefix("very ")


def _pair(said: _Said) -> tuple[tuple[int, str, int], tuple[int, str, int]] | None:
    """Return two neighbours that together hold two thirds of the room, if it is clear which."""
    pairs = [
        (low, high)
        for low, high in zip(said.chosen, said.chosen[1:], strict=False)
        if high[0] - low[0] == 1
    ]
    sizes = [low[2] + high[2] for low, high in pairs]
    best = max(sizes, default=0)
    if 3 * best < 2 * said.given or sizes.count(best) > 1:
        return None
    return pairs[sizes.index(best)]


# --- lists ----------------------------------------------------------------------------------------


def _list(said: _Said, chosen: Sequence[tuple[int, str, int]]) -> str:
    """Return "two see Traditional, six Operational"; the verb stands once."""
    (_, where, first), *others = chosen
    verb = said.voice.one if first == 1 else said.voice.many
    subject = "one person" if first == 1 and said.given == 1 else number_text(first)
    parts = [f"{subject} {verb} {where}"]
    parts += [f"{number_text(count)} {name}" for _, name, count in others]
    return joined(parts) if len(parts) > 2 else ", ".join(parts)


def _others(said: _Said, others: Sequence[tuple[int, str, int]]) -> str:
    """Return those who are not with most."""
    if len(others) <= 3:
        return _list(said, others)
    return f"the others range from {others[0][1]} to {others[-1][1]}"


def _long_list(said: _Said) -> str:
    """Return who chose what; from four options on only the ends and the most frequent."""
    chosen = said.chosen
    if len(chosen) <= 3:
        return _list(said, chosen)
    counts = [count for _, _, count in chosen]
    best = max(counts)
    ends = f"from {chosen[0][1]} to {chosen[-1][1]}"
    if min(counts) == best:
        things = f"{number_text(len(chosen))} different {said.voice.things}"
        return f"{things}, {ends}, {count_text(best, 'person', 'people', spelled=True)} each"
    names = joined([name for _, name, count in chosen if count == best])
    each = " each" if counts.count(best) > 1 else ""
    return f"they range {ends}, most often {names} ({best:,} of {said.given:,}{each})"


# --- those who chose no option --------------------------------------------------------------------


def _excused_first(said: _Said) -> list[str]:
    """Return the sentence about "does not apply" where at least as many say so as rated."""
    excused, given = said.spread.excused, said.given
    if not excused or excused < given:
        return []
    if not given and not said.spread.unsure:
        return [_everybody_says(excused, "this does not apply")]
    if not given or said.spread.unsure:
        return [_some_say(excused, "this does not apply")]
    share = "half" if excused == given else "most"
    return [_sentence(f"{share} say this does not apply ({excused:,} of {excused + given:,})")]


def _excused_last(said: _Said) -> list[str]:
    excused = said.spread.excused
    return [_some_say(excused, "this does not apply")] if 0 < excused < said.given else []


def _unsure(said: _Said) -> str:
    unsure, (one, many) = said.spread.unsure, said.voice.unsure
    if not unsure:
        return ""
    if said.spread.people:
        return _sentence(f"{number_text(unsure)} {one if unsure == 1 else many}")
    text = "“Don’t know”" if said.voice.many == "say" else "“Not sure”"
    return _everybody_says(unsure, text)


def _everybody_says(number: int, what: str) -> str:
    if number == 1:
        return _some_say(1, what, one="one person")
    who = "both" if number == 2 else f"all {number_text(number)}"
    return _sentence(f"{who} say {what}")


def _some_say(number: int, what: str, one: str = "one") -> str:
    return _sentence(f"{one} says {what}" if number == 1 else f"{number_text(number)} say {what}")


def _sentence(text: str) -> str:
    return f"{capital(text)}."
