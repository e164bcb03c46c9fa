"""The calendar file: lines of the right length, and texts that stay texts."""

from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from maturity.web.files.calendar import Day, calendar_bytes

MADE = datetime(2026, 11, 26, 12, 30, tzinfo=UTC)
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200)


def test_a_day_is_a_whole_day():
    content = calendar_bytes([Day("a@b", date(2026, 12, 31), "Title", MADE)], name="Plan")

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
    content = calendar_bytes([Day("k", date(2026, 1, 1), title, MADE, text)], name="n")

    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    unfolded = content.decode().replace("\r\n ", "").split("\r\n")
    (told,) = [line for line in unfolded if line.startswith("SUMMARY:")]
    plain = told.removeprefix("SUMMARY:").replace("\\,", ",").replace("\\;", ";")
    assert plain.replace("\\\\", "\\") == title


def test_an_empty_calendar_still_holds_something():
    """RFC 5545, 3.6: at least one component has to be in it."""
    lines = calendar_bytes([], name="Plan").decode().split("\r\n")

    assert lines[4:6] == ["BEGIN:VTIMEZONE", "TZID:UTC"]
    assert lines.count("END:VTIMEZONE") == lines.count("END:STANDARD") == 1


def test_a_calendar_to_be_read_again_says_how_often():
    lines = calendar_bytes([], name="Plan", hours=4).decode().split("\r\n")

    assert "REFRESH-INTERVAL;VALUE=DURATION:PT4H" in lines
    assert "X-PUBLISHED-TTL:PT4H" in lines


def test_a_change_is_told_in_utc_and_an_address_as_it_is():
    there = timezone(timedelta(hours=2))
    changed = datetime(2026, 11, 26, 1, 0, tzinfo=there)
    day = Day("k", date(2026, 1, 1), "t", changed, url="https://w.example.org/a,b;c/")

    lines = calendar_bytes([day], name="n").decode().split("\r\n")

    assert "DTSTAMP:20261125T230000Z" in lines
    assert "URL:https://w.example.org/a,b;c/" in lines


def test_no_text_can_end_its_line_or_hold_a_control_character():
    hostile = "a\r\nEND:VEVENT\x00\x0b\x7f\x1b;,\\b\tc\u2028d"
    day = Day("k", date(2026, 1, 1), hostile, MADE, hostile)

    content = calendar_bytes([day], name=hostile)

    told = "SUMMARY:a\\nEND:VEVENT\\;\\,\\\\b\tc\u2028d"
    assert told in content.decode().replace("\r\n ", "").split("\r\n")
    assert content.count(b"\r\nEND:VEVENT") == 1
    assert not set(content) & ({*range(32), 127} - {9, 10, 13})
