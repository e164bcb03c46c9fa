"""What is wrong with a file of data: every fault is named with its place, no database needed."""

import copy
import json
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from assessments.scoring.scored import score
from assessments.scoring.sheets import AnswerSheet, RespondentAnswers
from reports.document.composing import build_document
from reports.exports.json import json_report
from reports.importing.file import InvalidReport, read_document, read_report
from tests.reports.sheets import journey_matrix, sheet, spread

TODAY = date(2026, 11, 26)


def good() -> dict:
    answers = AnswerSheet(
        respondents=(RespondentAnswers(name="Ada", ratings=spread()),),
        weights={"strategy": Fraction(2)},
        baseline={"strategy": Fraction(3, 2)},
        organisation="Alder Books",
        date="2026-11-22",
    )
    return json.loads(json_report(build_document(score(journey_matrix(), answers))))


def problems_of(document: object) -> list[str]:
    try:
        fields = read_document(json.dumps(document).encode())
        read_report(fields, journey_matrix(), organisation="Alder Books", today=TODAY)
    except InvalidReport as error:
        return [str(problem) for problem in error.problems]
    return []


def changed(path: str, value: object) -> dict:
    document = copy.deepcopy(good())
    *way, last = path.split("/")
    at = document
    for part in way:
        at = at[int(part)] if part.isdigit() else at[part]
    at[last] = value
    return document


def test_good_file_has_no_problem():
    assert problems_of(good()) == []


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        ("format", "waymark-answers/1", 'format: must be "waymark-report/1"'),
        ("model/key", 1, "model.key: must be a text, is a number"),
        ("date", "2026-13-01", "date: must be a day from 2000-01-01"),
        ("date", "1066-10-14", "date: must be a day from 2000-01-01"),
        ("purpose", "x" * 201, "purpose: must have at most 200 characters"),
        ("scope", "a\u202eb", "scope: "),
        ("anonymous", 1, "anonymous: must be "),
        ("counts_from_first", 1, "counts_from_first: must be "),
        ("result", [], "result: must be an object, is a list"),
        ("result", {"number": 1}, "result.closed_date: is missing"),
        (
            "result",
            {"number": True, "closed_date": "2026-11-27"},
            "result.number: must be from 1",
        ),
        ("answers/date", "2026-11-21", 'answers.date: is "2026-11-21", and the report’s'),
        ("answers/respondents/0/ratings", {"x": 1}, 'answers.respondents[0].ratings["x"]: is no'),
        ("answers/respondents/0/name", "a\u0007", "answers.respondents[0].name: has a control"),
        ("answers", [], "answers: must be an object"),
        ("answers/weights", {"strategy": 11}, 'answers.weights["strategy"]: must be at most 10'),
        ("answers/weights", {"strategy": "1/3"}, 'answers.weights["strategy"]: must be at most'),
        ("answers/baseline", {"strategy": "4/3"}, 'answers.baseline["strategy"]: must have at'),
        ("placement/overall/score", 4.9, "placement.overall.score: is 4.9, and the answers give"),
        ("placement/dimensions/1/stage", 5, "placement.dimensions[1].stage: is 5, and the answers"),
        ("placement/dimensions", [], "placement.dimensions: must list every dimension"),
        ("more", 1, "more: is not known here"),
        ("steps_done", [{"id": "x"}], "steps_done[0].words: is missing"),
    ],
)
def test_every_fault_is_named_with_its_place(path, value, problem):
    found = problems_of(changed(path, value))

    assert [each for each in found if each.startswith(problem)], found


def test_step_done_is_checked():
    step = {
        "id": "none",
        "words": "",
        "done_date": "2027-01-01",
        "share_before": "2/4",
        "share_now": 1,
    }

    found = problems_of(changed("steps_done", [step]))

    assert [each.partition(":")[0] for each in found] == [
        "steps_done[0].id",
        "steps_done[0].done_date",
        "steps_done[0].share_before",
        "steps_done[0].share_now",
        "steps_done[0].words",
    ]


def test_all_problems_are_named_at_once():
    document = changed("purpose", 5) | {"scope": 5, "date": None}
    document["answers"]["respondents"][0]["ratings"]["strategy.1.01"] = 9

    assert len(problems_of(document)) == 4


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "file: "),
        (b"\xff", "file: is not UTF-8"),
        (b"[]", "document: must be an object"),
        (b'{"format": "waymark-report/1"', "file: "),
        (b"[" * 5_000, "file: "),
        (b'{"format": 1, "format": 2}', "file: has the key"),
        (b"PK\x03\x04", "file: "),
        (b" " * 10_000_001, "file: is larger than"),
    ],
)
def test_file_that_is_none_is_refused(data, problem):
    with pytest.raises(InvalidReport) as error:
        read_document(data)

    assert str(error.value).startswith(problem)


def test_data_of_a_report_without_a_database_comes_in_too():
    document = replace(build_document(score(journey_matrix(), sheet())), workshops=())

    fields = read_document(json_report(document))
    file = read_report(fields, journey_matrix(), organisation=None, today=TODAY)

    assert file.sheet == document.sheet
