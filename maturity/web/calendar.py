"""PURE. Days as an iCalendar file (RFC 5545), which every calendar reads."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

_LONGEST: Final = 75
_ESCAPED: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True, slots=True)
class Day:
    """Something on a whole day; `key` stays the same when it is told again."""

    key: str
    day: date
    title: str
    text: str = ""


def calendar_bytes(days: Iterable[Day], *, name: str, made_at: datetime) -> bytes:
    """Return a calendar of whole days; `made_at` is in UTC. Texts are data and never properties."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Waymark//Roadmap//EN",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    for each in days:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_text(each.key)}",
            f"DTSTAMP:{made_at:%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{each.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{each.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_text(each.title)}",
            f"DESCRIPTION:{_text(each.text)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _text(text: str) -> str:
    return text.replace("\r", "").translate(_ESCAPED)


def _folded(line: str) -> Iterator[str]:
    """Yield the parts of a line, none longer than 75 bytes and none ending within a character."""
    part, size = "", 0
    for character in line:
        length = len(character.encode())
        if size + length > _LONGEST:
            yield part
            # A blank in front says that it goes on.
            part, size = " ", 1
        part, size = part + character, size + length
    yield part
