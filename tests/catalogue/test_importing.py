"""Files that are not taken; how soon that is said, the bench measures."""

import json

import pytest

from maturity.catalogue.importing import read_model
from maturity.web.strict_json import InvalidDocument, read_json
from tests.catalogue.documents import small_model
from tests.odd_files import MODELS

SMALL = json.dumps(small_model())


def refusal(data: bytes | str) -> list[str]:
    """Return why a file is refused."""
    with pytest.raises(InvalidDocument) as refused:
        read_model(data)
    return [str(problem) for problem in refused.value.problems]


def test_read_model_returns_the_document() -> None:
    assert read_model(SMALL) == small_model()
    assert read_model(SMALL.encode()) == small_model()


def test_read_model_unwraps_a_fixture(journey_text: str, journey: dict[str, object]) -> None:
    assert read_model(journey_text) == journey


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [1],
        [{"model": "auth.user", "fields": {}}],
        [{"model": "catalogue.maturitymodel", "fields": {"document": {}}}] * 2,
        [{"model": "catalogue.maturitymodel", "fields": []}],
    ],
)
def test_read_model_refuses_a_fixture_of_anything_else(rows: list[object]) -> None:
    assert refusal(json.dumps(rows)) == [
        "file: is a list; a fixture holding exactly one catalogue.maturitymodel was expected"
    ]


def test_read_model_refuses_a_fixture_whose_row_says_otherwise() -> None:
    fields = {"key": "small", "version": "2", "document": small_model()}
    rows = [{"model": "catalogue.maturitymodel", "fields": fields}]

    assert refusal(json.dumps(rows)) == ['fields.version: is "2", but the document says "1.0.0"']


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "is not JSON: line 1, column 1: Expecting value"),
        (b"{\n'a': 1}", "is not JSON: line 2, column 1: "
         "Expecting property name enclosed in double quotes"),
        (b"\x89PNG\r\n\x1a\n", "is not UTF-8 text (byte 1 cannot be read)"),
        (SMALL.encode("utf-16"), "is not UTF-8 text (byte 1 cannot be read)"),
        (b"\xef\xbb\xbf{}", "starts with a byte order mark; save it as UTF-8 without one"),
        ('"\ud800"', "has half a character (a lone surrogate)"),
        (b'{"a": "\\ud800"}', "has half a character (a lone surrogate such as \\ud800)"),
        (b'{"a": 1, "b": {"c": 1, "c": 2}}', 'has the key "c" twice in one object'),
        (b'{"a": NaN}', "has the number NaN, which JSON does not know"),
        (b'{"a": -Infinity}', "has the number -Infinity, which JSON does not know"),
        (b'{"a": 1e999}', "has a number that is too long or too large"),
        (b'{"a": 0.' + b"1" * 5_000 + b"}", "has a number that is too long or too large"),
        (b'{"a": ' + b"9" * 5_000 + b"}", "has a number of more than 18 digits"),
        (MODELS["10,000 lists in each other"], "is nested deeper than 40 levels"),
        (MODELS["10,000 objects in each other"], "is nested deeper than 40 levels"),
        (MODELS["no end of lists"], "is nested deeper than 40 levels"),
        (MODELS["a million objects"], "has more than 100,000 objects and lists"),
        (MODELS["50 MB of blanks"], "is larger than 5 MB; a file of ours is far smaller"),
    ],
    ids=range(18),
)  # fmt: skip
def test_read_model_refuses_a_bad_file(data: bytes | str, problem: str) -> None:
    assert refusal(data) == [f"file: {problem}"]


def test_read_json_names_several_faults_of_the_text_at_once() -> None:
    with pytest.raises(InvalidDocument) as refused:
        read_json('{"a": NaN, "a": NaN, "b": 12345678901234567890}', max_bytes=1_000)

    assert str(refused.value).splitlines() == [
        "file: has the number NaN, which JSON does not know",
        "file: has a number of more than 18 digits",
        'file: has the key "a" twice in one object',
    ]


def test_read_json_counts_brackets_in_texts_for_nothing() -> None:
    text = json.dumps({"a": "[" * 100, "b": '\\"' + "{" * 100})

    assert read_json(text, max_bytes=1_000) == json.loads(text)


def test_read_json_keeps_to_the_size_it_is_given() -> None:
    assert read_json(b"[12]", max_bytes=4) == [12]
    with pytest.raises(InvalidDocument, match="larger than 3 bytes"):
        read_json(b"[12]", max_bytes=3)


@pytest.mark.parametrize("what", MODELS)
def test_read_model_refuses_a_large_odd_file(what: str) -> None:
    assert refusal(MODELS[what]) != []
