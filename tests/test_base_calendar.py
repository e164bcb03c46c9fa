"""The calendar file: lines of the right length, and texts that stay texts."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from maturity.web.calendar import Day, calendar_bytes

MADE = datetime(2026, 11, 26, 12, 30, tzinfo=UTC)
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200)


def test_a_day_is_a_whole_day():
    content = calendar_bytes([Day("a@b", date(2026, 12, 31), "Title")], name="Plan", made_at=MADE)

    assert content.decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Waymark//Roadmap//EN",
        "X-WR-CALNAME:Plan",
        "BEGIN:VEVENT",
        "UID:a@b",
        "DTSTAMP:20261126T123000Z",
        "DTSTART;VALUE=DATE:20261231",
        "DTEND;VALUE=DATE:20270101",
        "SUMMARY:Title",
        "DESCRIPTION:",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


@given(TEXTS, TEXTS)
def test_any_text_comes_back_and_no_line_is_too_long(title, text):
    content = calendar_bytes([Day("k", date(2026, 1, 1), title, text)], name="n", made_at=MADE)

    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    unfolded = content.decode().replace("\r\n ", "").split("\r\n")
    (told,) = [line for line in unfolded if line.startswith("SUMMARY:")]
    plain = told.removeprefix("SUMMARY:").replace("\\,", ",").replace("\\;", ";")
    assert plain.replace("\\\\", "\\") == title
