"""PURE: how long to wait before trying again what keeps failing."""

FIRST_WAIT_S = 0.5
LONGEST_WAIT_S = 10.0
# Whatever ran for this long has recovered: its next failure is a first one again.
RECOVERED_AFTER_S = 60.0


class Backoff:
    """Waits that double with every failure in a row, from half a second up to ten."""

    def __init__(self) -> None:
        self.failures = 0

    def wait_after(self, *, ran_s: float) -> float:
        """Count a failure; return the seconds to wait, given how long it ran before it failed."""
        self.failures = 1 if ran_s >= RECOVERED_AFTER_S else self.failures + 1
        return min(FIRST_WAIT_S * 2.0 ** min(self.failures - 1, 10), LONGEST_WAIT_S)
