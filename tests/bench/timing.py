"""Interleaved rounds: each times every candidate once, so that a slow spell hits all."""

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

Action = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table; `limit` bounds `ratio` from above, or from below when `at_least`."""

    name: str
    ratio: float
    limit: float
    at_least: bool = False
    unit: str = "x"

    @property
    def is_met(self) -> bool:
        return self.ratio >= self.limit if self.at_least else self.ratio <= self.limit


def medians(*actions: Action, rounds: int, warm_up: int = 3) -> list[float]:
    """Return the median seconds of each action over `rounds` interleaved rounds."""
    return [median(taken) for taken in _interleaved(actions, rounds, warm_up)]


def quickest(*actions: Action, rounds: int, warm_up: int = 1) -> list[float]:
    """Return the least seconds of each action: where both cores are wanted, the least disturbed.

    On a shared machine two plain busy processes come to anything from 1.8 to 2 times one.
    """
    return [min(taken) for taken in _interleaved(actions, rounds, warm_up)]


def _interleaved(actions: Sequence[Action], rounds: int, warm_up: int) -> list[list[float]]:
    for action in actions:
        for _ in range(warm_up):
            action()
    seconds: list[list[float]] = [[] for _ in actions]
    gc.collect()
    for _ in range(rounds):
        for taken, action in zip(seconds, actions, strict=True):
            start = time.perf_counter()
            action()
            taken.append(time.perf_counter() - start)
    return seconds
