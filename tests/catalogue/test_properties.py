"""What holds for any document, found or made up."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maturity.catalogue.advice import advice_on
from maturity.catalogue.checks import problems_in
from maturity.catalogue.importing import read_model
from maturity.catalogue.matrix import matrix_of, ramp_position
from maturity.catalogue.reading import dimension_page_of, sheet_of
from maturity.web.strict_json import InvalidDocument, read_json
from tests.catalogue.documents import small_model
from tests.conftest import JOURNEY

TEXT = st.text(st.characters(exclude_categories=()), max_size=20)
# Made on drawing: Hypothesis prints its strategies, and a number of 6,000 digits cannot be.
NUMBERS = st.integers() | st.floats() | st.integers(5_000, 6_000).map(lambda n: 10**n)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)
# Values that stand somewhere in a model, so that a change often hits upon something almost sound.
FAMILIAR = st.sampled_from(
    ["practice", "condition", "a.1.1", "a.2.1", "alpha", "people", "S", "gates", "2/3", "s.1", 0, 1]
)
_JOURNEY = json.loads(JOURNEY.read_text(encoding="utf-8"))[0]["fields"]["document"]


def places_in(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to every value inside a document."""
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    else:
        inner = []
    return [way for key, each in inner for way in [(*at, key), *places_in(each, (*at, key))]]


SMALL_PLACES = places_in(small_model())
JOURNEY_PLACES = places_in(_JOURNEY)


def changed(document: Any, way: tuple[Any, ...], value: Any) -> Any:
    """Return a copy of the document with another value at the end of the way."""
    if not way:
        return value
    copy = dict(document) if isinstance(document, dict) else list(document)
    copy[way[0]] = changed(document[way[0]], way[1:], value)
    return copy


def judged(document: Any) -> None:
    """Hold that a document is either refused in words or can be used to the end."""
    problems = problems_in(document)
    for problem in problems:
        assert problem.place
        assert problem.text
        assert str(problem).isprintable()
    if not problems:
        advice_on(document)
        matrix = matrix_of(document)
        sheet_of(matrix)
        for dimension in matrix.dimensions:
            dimension_page_of(matrix, dimension.key)


@given(JSON)
def test_problems_in_never_raises(document: Any) -> None:
    assert problems_in(document) != []


@settings(max_examples=400)
@given(st.data())
def test_problems_in_judges_any_change_of_a_small_model(data: st.DataObject) -> None:
    document: Any = small_model()
    for way in data.draw(st.lists(st.sampled_from(SMALL_PLACES), min_size=1, max_size=3)):
        try:
            document = changed(document, way, data.draw(FAMILIAR | JSON))
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took that place away
    judged(document)


@settings(max_examples=60)
@given(st.sampled_from(JOURNEY_PLACES), FAMILIAR | JSON)
def test_problems_in_judges_any_change_of_the_journey(way: tuple[Any, ...], value: Any) -> None:
    judged(changed(_JOURNEY, way, value))


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_read_model_refuses_whatever_is_no_model(data: bytes | str) -> None:
    with pytest.raises(InvalidDocument) as refused:
        read_model(data)
    assert refused.value.problems


@given(JSON)
def test_read_json_reads_what_json_writes_or_refuses_it(value: Any) -> None:
    try:
        text = json.dumps(value)
        read = read_json(text, max_bytes=100_000)
    except ValueError:
        return  # a number too long to be written out, or refused on reading
    assert json.dumps(read) == text


def test_read_model_gives_back_what_was_written(journey: dict[str, Any]) -> None:
    for text in (json.dumps(journey), json.dumps(journey, ensure_ascii=False, indent=1)):
        assert read_model(text) == journey


@given(st.integers(0, 1), st.integers(2, 10))
def test_ramp_position_uses_the_whole_ramp_and_never_goes_back(first: int, count: int) -> None:
    document = small_model()
    document["stages"] = [
        {"number": first + n, "name": f"S{n}", "summary": ""} for n in range(count)
    ]
    for dimension in document["dimensions"]:
        template = dimension["cells"][1]
        dimension["cells"] = [
            {"stage": first + n, "summary": "", "descriptors": []} for n in range(count)
        ]
        dimension["cells"][-1]["descriptors"] = template["descriptors"]
    document["dimensions"][0]["cells"][-1]["descriptors"][0]["requires"] = []
    assert problems_in(document) == []
    matrix = matrix_of(document)

    ramp = [ramp_position(matrix, stage.number) for stage in matrix.stages]

    assert ramp == sorted(ramp)
    assert (ramp[0], ramp[-1]) == (1, 5)
    assert len(set(ramp)) == min(count, 5)
