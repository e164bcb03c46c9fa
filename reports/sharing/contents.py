"""PURE. What a shared result may show beside its overall figures and its picture."""

from collections.abc import Mapping
from typing import Final

PARTS: Final[Mapping[str, str]] = {
    "matrix": "The matrix, with where you are",
    "reasons": "Why each dimension stands where it stands, without anybody’s notes",
    "steps": "The three steps that matter most",
    "summary": "One page as a PDF to download",
}
DAYS: Final[Mapping[int, str]] = {7: "One week", 30: "30 days", 90: "90 days", 365: "One year"}
DEFAULT_DAYS: Final = 30
MOST_SHARES: Final = 50
PASSWORD_LENGTH: Final = 8
