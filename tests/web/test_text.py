"""Text that people type: what is kept as it is, what is tidied, what is refused and why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.web.fields import PlainTextField
from maturity.web.text import TextProblem, clean_text, whole_number


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Acme  ", "Acme"),
        ("", ""),
        ("\N{EM SPACE}\u00a0", ""),
        ("Cafe\u0301", "Café"),
        ("a\tb", "a b"),
        ("\n Acme\r\n", "Acme"),
        ("日本 العربية 👩\u200d👩\u200d👧 {{7*7}} %s $\\foo$ ' OR 1=1", None),
    ],
)
def test_line_is_kept_or_tidied(typed, kept):
    assert clean_text(typed, max_length=80) == (typed if kept is None else kept)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("042", 42),
        ("9999", 9999),
        *((text, None) for text in ("", "12345", "-1", "1.5", " 1", "1e3", "²", "٣")),
    ],
)
def test_whole_number_is_plain_digits_and_not_too_many(text, number):
    assert whole_number(text, digits=4) == number


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029"])
def test_line_break_becomes_a_newline_where_several_lines_are_welcome(end):
    assert clean_text(f"one{end}two", max_length=9, multiline=True) == "one\ntwo"
    with pytest.raises(TextProblem, match="on one line"):
        clean_text(f"one{end}two", max_length=9)


@pytest.mark.parametrize(
    ("character", "named"),
    [
        *[(chr(code), "control") for code in (0, 1, 8, 0x0B, 0x1B, 0x1C, 0x1F, 0x7F, 0x80, 0x9F)],
        *[(chr(code), "broken") for code in (0xD800, 0xDFFF, 0xFDD0, 0xFFFE, 0xFFFF, 0x1FFFF)],
        *[(chr(code), "direction") for code in (0x202A, 0x202E, 0x2066, 0x2069)],
    ],
)
@pytest.mark.parametrize("multiline", [False, True])
def test_character_that_cannot_be_drawn_is_refused_wherever_it_stands(character, named, multiline):
    for typed in (f"a{character}b", f"{character}b", f"a{character}", character):
        with pytest.raises(TextProblem, match=f"{named}.*U\\+{ord(character):04X}"):
            clean_text(typed, max_length=9, multiline=multiline)


def test_more_accents_than_any_language_puts_on_a_letter_are_refused():
    many = "o" + "\u0315\u0300" * 15 + "\u0301"

    assert len(clean_text(many, max_length=99)) == 31
    # Composing these would take minutes.
    for accents in (32, 400_000):
        with pytest.raises(TextProblem, match=r"more accents on one letter .* \(position 2\)"):
            clean_text("o" + "\u0315\u0300" * (accents // 2), max_length=99)
    assert clean_text("\u3002" * 40 + "e\u0301" * 40, max_length=99).endswith("éé")


def test_length_counts_composed_characters():
    assert clean_text("e\u0301" * 5, max_length=5) == "é" * 5
    with pytest.raises(TextProblem, match="shorten this to 5 characters; it has 6 now"):
        clean_text("x" * 6, max_length=5)


@given(st.text(), st.booleans())
def test_clean_text_is_clean_text_already(typed, multiline):
    try:
        once = clean_text(typed, max_length=1_000, multiline=multiline)
    except TextProblem:
        return

    assert clean_text(once, max_length=1_000, multiline=multiline) == once


def test_field_returns_clean_text_and_tells_the_browser_the_limit():
    field = PlainTextField(max_length=5)

    assert field.clean("  Acme ") == "Acme"
    assert field.widget.attrs["maxlength"] == "5"
    assert PlainTextField(max_length=5, required=False).clean(None) == ""


def test_field_refuses_with_the_plain_message():
    field = PlainTextField(max_length=5, multiline=True)

    with pytest.raises(Exception, match="shorten this") as problem:
        field.clean("x" * 6)
    assert problem.value.code == "text"
    assert "maxlength" not in field.widget.attrs


def test_field_that_must_be_filled_counts_blanks_as_nothing():
    with pytest.raises(Exception, match="required"):
        PlainTextField(max_length=5).clean("   ")
