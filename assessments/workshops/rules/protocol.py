"""PURE. What happened in a workshop, as values with all their words.

The page, the report, the file and the mail are written from these and from nothing else, so that
none of them can say more than another. What an anonymous workshop must not tell is not in them: no
name, no figure that too few votes stand behind, and no order but that of the agenda and of the
answers on offer.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from assessments.workshops.rules.kinds import State
from assessments.workshops.rules.records import RoundRecord, StepDots
from maturity.web.words import (
    capital,
    count_text,
    day_text,
    joined,
    number_text,
    people_text,
)

_LONG_NAME: Final = 44


@dataclass(frozen=True, slots=True)
class Protocol:
    """What happened in a workshop, for whoever was not there.

    `began` is None for one that never did, `ended` for one that runs, and for one that still ran at
    the moment this tells of, which `is_cut` says. `joined` counts who is or was in the room by
    phone, `removed` who was taken out again. `names` and `unnamed` are those of a named workshop,
    and empty of an anonymous one.
    """

    public_id: str
    title: str
    began: datetime | None
    ended: datetime | None
    is_over: bool
    is_cut: bool
    is_rehearsal: bool
    is_anonymous: bool
    fewest: int
    facilitators: tuple[str, ...]
    joined: int
    removed: int
    names: tuple[str, ...]
    unnamed: int
    rounds: tuple[RoundRecord, ...]

    @property
    def iso_date(self) -> str:
        """Return the day it began on, in UTC, as an ISO day; empty for one that never did."""
        return self.began.astimezone(UTC).date().isoformat() if self.began else ""

    @property
    def date(self) -> str:
        """Return the day it began on, in UTC: "20 November 2026"."""
        return day_text(self.began.astimezone(UTC)) if self.began else ""

    @property
    def time(self) -> str:
        """Return from when to when, in UTC: "09:00 to 11:40 UTC", "from 09:00 UTC"."""
        if self.began is None:
            return ""
        began = self.began.astimezone(UTC)
        if self.ended is None:
            return f"from {began:%H:%M} UTC"
        ended = self.ended.astimezone(UTC)
        day = "" if began.date() == ended.date() else f" on {day_text(ended)}"
        return f"{began:%H:%M} to {ended:%H:%M} UTC{day}"

    @property
    def name(self) -> str:
        """Return what it is called: its title, or its day."""
        if self.title:
            return self.title
        kind = "Rehearsal" if self.is_rehearsal else "Workshop"
        return named_by_day(kind, self.began)

    @property
    def has_long_name(self) -> bool:
        """Say whether the name is too long for the largest letters."""
        return len(self.name) > _LONG_NAME

    @property
    def shown(self) -> tuple[RoundRecord, ...]:
        """Return the rounds whose votes were seen, earlier attempts among them."""
        return tuple(each for each in self.rounds if each.is_shown)

    @property
    def decided(self) -> tuple[RoundRecord, ...]:
        """Return the rounds in which something was decided."""
        return tuple(each for each in self.rounds if each.is_decided)

    @property
    def left_out(self) -> tuple[RoundRecord, ...]:
        """Return the rounds that were left out."""
        return tuple(each for each in self.rounds if each.state is State.SKIPPED)

    @property
    def still_to_come(self) -> tuple[RoundRecord, ...]:
        """Return the rounds of a running workshop whose votes nobody has seen yet."""
        waiting = (State.PLANNED, State.OPEN, State.CLOSED)
        return tuple(each for each in self.rounds if each.state in waiting)

    @property
    def first_steps(self) -> tuple[StepDots, ...]:
        """Return the steps the room wants first, each once."""
        found = {step.key: step for each in self.decided for step in each.chosen}
        return tuple(found.values())

    @property
    def attendance(self) -> str:
        """Return who was there: "Twelve people joined by phone; one more was taken out again."."""
        if self.is_rehearsal:
            people = count_text(self.joined, "pretend participant", spelled=True)
            return f"{capital(people)} took part."
        people = capital(people_text(self.joined) if self.joined else "nobody")
        if not self.removed:
            return f"{people} joined by phone."
        more = f"{number_text(self.removed)} more" if self.joined else number_text(self.removed)
        was = "was" if self.removed == 1 else "were"
        return f"{people} joined by phone; {more} {was} taken out again."

    @property
    def summary(self) -> str:
        """Return how far it came: "Six of seven questions were decided."."""
        asked = len({each.number for each in self.rounds})
        decided = len({each.number for each in self.decided})
        if not asked:
            return "It had no rounds."
        was, were = ("was", "were") if self.is_over else ("is", "are")
        if not decided:
            text = f"nothing {was} decided"
        elif decided == asked:
            every = {1: "the question", 2: "both questions"}
            text = every.get(asked, f"all {count_text(asked, 'question', spelled=True)}")
            text = f"{text} {was if asked == 1 else were} decided"
        else:
            text = f"{number_text(decided)} of {count_text(asked, 'question', spelled=True)}"
            text = f"{text} {was if decided == 1 else were} decided"
        return f"{capital(text)}." if self.is_over else f"So far {text}."

    @property
    def ran(self) -> str:
        """Return when and by whom: "20 November 2026, 09:00 to 11:40 UTC, run by Ada Byron"."""
        when = ", ".join(part for part in (self.date, self.time) if part)
        who = f"run by {joined(self.facilitators)}" if self.facilitators else ""
        return ", ".join(part for part in (when, who) if part)

    @property
    def privacy(self) -> str:
        """Return in a sentence what can be seen of whom."""
        was = "was" if self.is_over else "is"
        if self.is_anonymous:
            return (
                f"It {was} anonymous: no name stands beside a vote or a note, and answers are shown"
                f" from {number_text(self.fewest)} votes on."
            )
        return f"It {was} not anonymous: a note stands with the name of who wrote it."


def named_by_day(kind: str, began: datetime | None) -> str:
    """Return what is called by its day only: "Workshop of 20 November 2026", else "Workshop"."""
    return f"{kind} of {day_text(began.astimezone(UTC))}" if began else kind
