"""PURE. Days as an iCalendar file (RFC 5545), which every calendar reads."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

_LONGEST: Final = 75
# Of what no printer knows only the tab is allowed in a text.
_CONTROLS: Final = {number: None for number in (*range(32), 127) if chr(number) != "\t"}
_ESCAPED: Final = str.maketrans(_CONTROLS | {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
# A calendar has to hold something, so an empty one says which zone it would be in.
_EMPTY: Final = (
    "BEGIN:VTIMEZONE",
    "TZID:UTC",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000",
    "END:STANDARD",
    "END:VTIMEZONE",
)


@dataclass(frozen=True, slots=True)
class Day:
    """Something on a whole day; `key` stays the same when it is told again.

    `changed_at` is when it became as it is now; `url` is an address made by this installation.
    """

    key: str
    day: date
    title: str
    changed_at: datetime
    text: str = ""
    url: str = ""


def calendar_bytes(days: Iterable[Day], *, name: str, hours: int = 0) -> bytes:
    """Return a calendar of whole days; the same days give the same bytes at any time.

    `hours` says to a program that reads it again and again how often that is useful. Texts are
    data and never properties.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Waymark//Roadmap//EN",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    if hours:
        lines += [
            f"REFRESH-INTERVAL;VALUE=DURATION:PT{hours}H",
            f"X-PUBLISHED-TTL:PT{hours}H",
        ]
    before = len(lines)
    for each in days:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_text(each.key)}",
            f"DTSTAMP:{each.changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{each.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{each.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_text(each.title)}",
            f"DESCRIPTION:{_text(each.text)}",
            *([f"URL:{each.url}"] if each.url else []),
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    if len(lines) == before:
        lines += _EMPTY
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _text(text: str) -> str:
    return text.translate(_ESCAPED)


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
