"""The code people type to join."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.workshops.rules.codes import ALPHABET, LENGTH, cleaned_code, new_code, spaced
from tests.scoring.strategies import quick

codes = st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH)


def test_a_code_is_six_characters_as_they_are_chosen():
    wanted = iter("BCD346")

    assert new_code(lambda among: next(wanted) if among == ALPHABET else "") == "BCD346"


def test_a_fresh_code_is_one():
    code = new_code(secrets.choice)

    assert cleaned_code(code) == code


def test_the_alphabet_has_no_look_alikes_and_no_vowels():
    assert len(set(ALPHABET)) == len(ALPHABET) == 24
    assert not set(ALPHABET) & set("0O1ILQ2588AEU")


@pytest.mark.parametrize(
    "typed",
    [
        "BCD346",
        "bcd346",
        " bcd 346 ",
        "bcd-346",
        "b c d 3 4 6",
        "BCD\u2013346",
        "BCD\u00a0346",
        "BCD\u200b346",
        "\uff22\uff23\uff24\uff13\uff14\uff16",  # wide letters
        "8CD346",  # an 8 is in no code, so it was a B
        "\tBCD_346\n",
    ],
)
def test_what_was_meant_is_understood(typed):
    assert cleaned_code(typed) == "BCD346"


def test_digits_that_are_in_no_code_are_the_letters_they_look_like():
    assert cleaned_code("852 852") == "BSZBSZ"


@pytest.mark.parametrize(
    "typed",
    ["", "BCD34", "BCD3467", "BCD34O", "BCD340", "BCD341", "BCD34A", "BCD34\u0412", "B" * 5_000],
)
def test_what_cannot_be_a_code_is_none(typed):
    assert cleaned_code(typed) is None


def test_a_very_long_text_is_not_even_looked_through():
    assert cleaned_code("BCD346" + " " * 100) is None


@quick
@given(codes)
def test_a_code_survives_being_shown_and_typed(code):
    assert spaced(code) == f"{code[:3]} {code[3:]}"
    assert cleaned_code(spaced(code).lower()) == code


@quick
@given(st.text(max_size=60))
def test_any_text_is_a_code_or_none(text):
    found = cleaned_code(text)

    assert found is None or (len(found) == LENGTH and set(found) <= set(ALPHABET))
