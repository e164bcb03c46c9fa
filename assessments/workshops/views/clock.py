"""How long a round is still open, as static/js/workshop/clock.js counts it down."""

from dataclasses import dataclass
from datetime import datetime

from assessments.workshops.models import Round


@dataclass(frozen=True, slots=True)
class Countdown:
    """The end of a round and the moment of the answer, in milliseconds; `text` without a script."""

    ends_ms: int
    now_ms: int
    text: str


def countdown_of(round_: Round, *, now: datetime) -> Countdown | None:
    """Return the countdown of an open round, None for any other."""
    if round_.state != "open" or round_.ends_at is None:
        return None
    left = int((round_.ends_at - now).total_seconds())
    text = f"{left // 60}:{left % 60:02}" if left > 0 else "Time is up"
    return Countdown(int(round_.ends_at.timestamp() * 1000), int(now.timestamp() * 1000), text)
