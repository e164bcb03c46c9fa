"""The answers file: taken exactly, or refused with every problem named."""

import json
from fractions import Fraction as F

import pytest

from assessments.scoring.answers_file import (
    answers_of,
    model_named_in,
    read_answers,
)
from assessments.scoring.placement_file import number
from assessments.scoring.sheets import AnswerSheet, RespondentAnswers
from maturity.web.strict_json import InvalidDocument
from tests.odd_files import ANSWERS
from tests.scoring.models import model

MATRIX = model({"a": ("cc", "pp", "p"), "b": ("c", "p", "p")})
LEAST = {"format": "waymark-answers/1", "model": "small"}


def problems(document) -> list[str]:
    """Return what is wrong with a document, or with a text, each as one line."""
    data = document if isinstance(document, str | bytes) else json.dumps(document)
    with pytest.raises(InvalidDocument) as caught:
        read_answers(data, MATRIX)
    return [str(problem) for problem in caught.value.problems]


def test_read_answers_takes_everything_a_sheet_may_hold():
    document = {
        **LEAST,
        "organisation": "Café & Söhne",
        "date": "2026-11-22",
        "respondents": [
            {
                "name": "Ana",
                "ratings": {"a.1.1": 3, "a.1.2": "unknown", "a.2.1": "not_applicable"},
                "picks": {"a": 2},
                "notes": {"a.1.1": "One\r\ntwo", "b": "Row"},
            },
            {},
        ],
        "agreed": {"ratings": {"a.2.2": 0}, "picks": {"b": 3}},
        "targets": {"a": 3},
        "weights": {"a": 2, "b": 0.1},
        "baseline": {"a": 1.5, "b": "4/3"},
    }

    assert read_answers(json.dumps(document), MATRIX) == AnswerSheet(
        organisation="Café & Söhne",
        date="2026-11-22",
        respondents=(
            RespondentAnswers(
                name="Ana",
                ratings={"a.1.1": 3, "a.1.2": "unknown", "a.2.1": "not_applicable"},
                picks={"a": 2},
                notes={"a.1.1": "One\ntwo", "b": "Row"},
            ),
            RespondentAnswers(),
        ),
        agreed_ratings={"a.2.2": 0},
        agreed_picks={"b": 3},
        targets={"a": 3},
        weights={"a": F(2), "b": F(1, 10)},
        baseline={"a": F(3, 2), "b": F(4, 3)},
    )


def test_read_answers_needs_format_and_model_only():
    assert read_answers(json.dumps(LEAST).encode(), MATRIX) == AnswerSheet()


def test_read_answers_composes_accents():
    sheet = read_answers(json.dumps({**LEAST, "organisation": "Cafe\u0301"}), MATRIX)

    assert sheet.organisation == "Caf\u00e9"


def test_read_answers_names_every_problem_at_once():
    document = {
        "format": "waymark-answers/2",
        "model": "other",
        "extra": 1,
        "date": "22.11.2026",
        "respondents": [
            {
                "ratings": {"gone": 1, "a.1.1": 4, "a.1.2": True, "a.2.1": 1.0, "a.2.2": "yes"},
                "picks": {"gone": 1, "a": 4},
                "notes": {"gone": "x", "a": 5},
                "mood": "fine",
            },
            "Bo",
        ],
        "agreed": {"ratings": [], "votes": {}},
        "targets": {"a": 0, "b": None},
        "weights": {"a": -1, "b": "heavy"},
        "baseline": {"a": 3.5, "b": False},
    }

    assert problems(document) == [
        'format: must be "waymark-answers/1", is "waymark-answers/2"',
        'model: must be "small", is "other"',
        'date: must be a day such as 2026-11-22, is "22.11.2026"',
        'respondents[0].ratings["gone"]: is no descriptor of this model',
        *(
            f'respondents[0].ratings["{name}"]: must be a step from 0 to 3, "not_applicable" or '
            f'"unknown", is {shown}'
            for name, shown in [
                ("a.1.1", "4"),
                ("a.1.2", "true"),
                ("a.2.1", "1.0"),
                ("a.2.2", '"yes"'),
            ]
        ),
        'respondents[0].picks["gone"]: is no dimension of this model',
        'respondents[0].picks["a"]: must be a stage from 1 to 3, is 4',
        'respondents[0].notes["gone"]: is no descriptor and no dimension of this model',
        'respondents[0].notes["a"]: must be a text, is a number',
        "respondents[0].mood: is not known here; known are ratings, picks, name, notes",
        "respondents[1]: must be an object, is a text",
        "agreed.ratings: must be an object, is a list",
        "agreed.votes: is not known here; known are ratings, picks",
        'targets["a"]: must be a stage from 1 to 3, is 0',
        'targets["b"]: must be a stage from 1 to 3, is null',
        'weights["a"]: must be a number from 0 to 1,000,000, is -1',
        'weights["b"]: must be a number from 0 to 1,000,000, is "heavy"',
        'baseline["a"]: must be a score from 1 to 3, is 3.5',
        'baseline["b"]: must be a score from 1 to 3, is false',
        "extra: is not known here; known are format, model, organisation, date, respondents, "
        "agreed, targets, weights, baseline",
    ]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (
            {"weights": {"a": 0, "b": 0}},
            "weights: are all 0; give at least one dimension a weight above 0",
        ),
        (
            {"weights": {"a": "1/0"}},
            'weights["a"]: must be a number from 0 to 1,000,000, is "1/0"',
        ),
        ({"date": "2026-02-30"}, 'date: must be a day such as 2026-11-22, is "2026-02-30"'),
        ({"date": "20261122"}, 'date: must be a day such as 2026-11-22, is "20261122"'),
        ({"date": None}, "date: must be a day such as 2026-11-22, is null"),
        ({"respondents": {}}, "respondents: must be a list, is an object"),
        ({"organisation": "x" * 201}, "organisation: must have at most 200 characters, has 201"),
        ({"organisation": "a\nb"}, "organisation: must be on one line"),
        (
            {"organisation": "a\u0000b"},
            "organisation: has a control character (U+0000) at position 2",
        ),
        (
            {"organisation": "\u202eevil"},
            "organisation: has a hidden mark that changes the reading direction (U+202E)"
            " at position 1",
        ),
        (
            {"organisation": "o" + "\u0315\u0300" * 200_000},
            "organisation: has more accents on one letter than any language (position 2)",
        ),
        (
            {"respondents": [{"name": "\ufffe"}]},
            "respondents[0].name: has a broken character (U+FFFE) at position 1",
        ),
        (
            {"respondents": [{"notes": {"a": "x" * 5_001}}]},
            'respondents[0].notes["a"]: must have at most 5,000 characters, has 5,001',
        ),
    ],
)
def test_read_answers_refuses(change, found):
    assert problems({**LEAST, **change}) == [found]


@pytest.mark.parametrize(
    "data",
    [
        "",
        "[]",
        "null",
        "not json",
        b"\xff\xfe",
        b"\x89PNG\r\n",
        '{"format": "waymark-answers/1", "format": "waymark-answers/1", "model": "small"}',
        '{"format": "waymark-answers/1", "model": "small", "weights": {"a": NaN}}',
        '{"format": "waymark-answers/1", "model": "small", "weights": {"a": 1e999}}',
        '{"format": "waymark-answers/1", "model": "small", "weights": {"a": ' + "9" * 5000 + "}}",
        '{"format": "waymark-answers/1", "model": "small", "organisation": "\\ud800"}',
        *ANSWERS.values(),
    ],
    ids=lambda data: repr(data[:30]),
)
def test_read_answers_refuses_what_is_no_answers_file(data):
    assert problems(data)


def test_read_answers_sums_up_endless_problems():
    document = {**LEAST, "targets": {f"gone-{n}": 1 for n in range(5_000)}}

    assert len(problems(document)) == 1_001


def test_read_answers_refuses_endless_keys():
    document = {**LEAST, "targets": {f"gone-{n}": 1 for n in range(10_001)}}

    assert problems(document) == ["targets: must have at most 10,000 keys, has 10,001"]


def test_model_named_in_finds_the_key_before_anything_else_is_read():
    assert model_named_in('{"model": "any", "format": "?"}') == "any"
    for data in ("{}", "[]", '{"model": 3}', '{"model": ""}', '{"model": "a/b.json"}'):
        with pytest.raises(InvalidDocument):
            model_named_in(data)


def test_answers_of_writes_numbers_exactly():
    document = answers_of(
        AnswerSheet(weights={"a": F(2), "b": F(1, 3)}, baseline={"a": F(3, 2)}), "small"
    )

    assert (document["weights"], document["baseline"]) == ({"a": 2, "b": "1/3"}, {"a": 1.5})


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, None),
        (F(7, 3), 2.3333),
        (F(17, 6), 2.8333),
        # Halves go to the even neighbour, exactly: as floats these two would lie beside the half.
        (F(100005, 100000), 1.0),
        (F(100015, 100000), 1.0002),
        (F(2), 2.0),
    ],
)
def test_numbers_are_rounded_at_the_very_end(value, written):
    assert number(value) == written
