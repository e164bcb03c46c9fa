"""PURE. What a token may do: one list."""

from collections.abc import Mapping
from typing import Final

READ: Final = "read"
ANSWER: Final = "answer"
MANAGE: Final = "manage"

SCOPES: Final[Mapping[str, str]] = {
    READ: "Organisations, assessments, placements, answers and roadmaps; ask for reports.",
    ANSWER: "Give and read answers as you, wherever you are asked.",
    MANAGE: "Add organisations, start and close assessments, decide on steps and change them.",
}
DAYS: Final[Mapping[int, str]] = {30: "30 days", 90: "90 days", 365: "A year"}
DEFAULT_DAYS: Final = 90
MOST_TOKENS: Final = 50
# By it people, and programs that look for secrets where none should be, know one when they see it.
PREFIX: Final = "waymark_"
