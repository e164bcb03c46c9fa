"""The answers on offer: in the questionnaire's words, and read back whatever their capitals."""

import pytest

from assessments.scoring.answers_table import listed, offers_of
from tests.reports.sheets import journey_matrix

OFFERS = offers_of(journey_matrix())


@pytest.mark.parametrize("kind", OFFERS)
def test_every_answer_comes_back(kind):
    offer = OFFERS[kind]

    assert [offer.answer_of(text) for text in offer.words] == [each for _, each in offer.answers]
    assert [offer.text_of(answer) for _, answer in offer.answers] == list(offer.words)
    assert len(set(offer.words)) == len(offer.words)
    assert offer.text_of(None) == ""


def test_conditions_are_asked_the_other_way_round():
    assert OFFERS["practice"].answer_of("fully") == 3
    assert OFFERS["condition"].answer_of("NO LONGER  TRUE") == 3
    assert OFFERS["condition"].answer_of("Still true: fully") == 0
    assert OFFERS["condition"].answer_of("Fully") is None
    assert OFFERS["practice"].answer_of("don't know") == "unknown"
    assert OFFERS["stage"].answer_of("2 experimental") == 2


def test_offers_are_listed_in_quotes():
    assert listed(("A", "B")) == "“A”, “B”"
