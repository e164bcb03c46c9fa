"""What a newcomer is told: how to answer, what the words mean, and which dimension this is."""

import re

import pytest

from assessments.models import SecretLink
from maturity.catalogue.matrix import Matrix
from tests.assessments.conftest import Guest
from tests.assessments.reading import answer, text_of


@pytest.mark.parametrize("rest", ["guided/strategy/", "everything/strategy/", "everything/"])
def test_words_are_explained_where_statements_are_asked(guest: Guest, rest: str) -> None:
    page = text_of(guest.get(rest))

    assert '<details class="how" open>' in page
    for word in ("practices", "conditions", "Still true?", "Don’t know", "Clear answer"):
        assert f"<strong>{word}</strong>" in page
    assert "“No longer” takes you furthest" in page


def test_gates_are_explained_only_where_they_are_asked(guest: Guest) -> None:
    told = "<strong>gate</strong>"

    assert told in text_of(guest.get("guided/strategy/"))
    assert told not in text_of(guest.get("everything/strategy/"))


def test_explanation_folds_up_after_the_first_answer(link: SecretLink, guest: Guest) -> None:
    answer(link, strategy__1__01=1)

    page = text_of(guest.get("guided/metrics/"))

    assert '<details class="how">' in page


def test_quick_says_what_to_do_between_two_descriptions(guest: Guest) -> None:
    page = text_of(guest.get("quick/strategy/"))

    assert "If you are between two, choose the lower one." in page
    assert 'class="how"' not in page


def test_page_says_which_dimension_of_how_many_it_is(guest: Guest, matrix: Matrix) -> None:
    last = matrix.dimensions[-1].key

    assert "Dimension 1 of 8" in text_of(guest.get("quick/strategy/"))
    assert "Dimension 8 of 8" in text_of(guest.get(f"guided/{last}/"))
    assert not re.search(r"Dimension \d", text_of(guest.get("everything/")))
