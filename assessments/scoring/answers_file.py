"""PURE. waymark-answers/1: an answer sheet as a file, read strictly and written back.

A place in a message reads like `respondents[0].ratings["strategy.1.01"]`.
"""

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    ValidationInfo,
)

from assessments.scoring.sheets import (
    NOT_APPLICABLE,
    UNKNOWN,
    Answer,
    AnswerSheet,
    RespondentAnswers,
)
from maturity.catalogue.matrix import Matrix, share_of
from maturity.web.strict_json import read_json
from maturity.web.validation import KEY, Shape, not_huge, shaped, shown, spelled, text

FORMAT = "waymark-answers/1"
MAX_BYTES = 5_000_000
MAX_NAME = 200
MAX_NOTE = 5_000
MAX_RESPONDENTS = 5_000
MAX_WEIGHT = 1_000_000

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FRACTION = re.compile(r"[0-9]{1,12}/[0-9]{1,12}")
_Value = TypeVar("_Value")


# --- the shape; what validates it is told the matrix ----------------------------------------------


def _matrix(info: ValidationInfo[Any]) -> Matrix:
    matrix: Matrix = info.context["matrix"]
    return matrix


def _part_of_model(what: str, *mappings: str) -> AfterValidator:
    def check(key: str, info: ValidationInfo[Any]) -> str:
        if any(key in getattr(_matrix(info), each) for each in mappings):
            return key
        raise ValueError(f"is no {what} of this model")

    return AfterValidator(check)


def _model(value: object, info: ValidationInfo[Any]) -> str:
    key: str = _matrix(info).key
    if value == key:
        return key
    raise ValueError(f"must be {shown(key)}, is {shown(value)}")


def _rating(value: Any, info: ValidationInfo[Any]) -> Answer:
    top = _matrix(info).top_step
    answer: Answer = value
    # True is 1 in Python, and 1.0 equals it, but neither is a step in the file.
    if value in (NOT_APPLICABLE, UNKNOWN) or (type(value) is int and 0 <= value <= top):
        return answer
    words = f"{shown(NOT_APPLICABLE)} or {shown(UNKNOWN)}"
    raise ValueError(f"must be a step from 0 to {top}, {words}, is {shown(value)}")


def _stage(value: Any, info: ValidationInfo[Any]) -> int:
    first, top = _matrix(info).first_stage, _matrix(info).top_stage
    if type(value) is int and first <= value <= top:
        return value
    raise ValueError(f"must be a stage from {first} to {top}, is {shown(value)}")


def _weight(value: Any) -> Fraction:
    number = _number(value)
    if number is not None and 0 <= number <= MAX_WEIGHT:
        return number
    raise ValueError(f"must be a number from 0 to {MAX_WEIGHT:,}, is {shown(value)}")


def _some_weight(weights: dict[str, Fraction], info: ValidationInfo[Any]) -> dict[str, Fraction]:
    if not any(weights.get(key, 1) for key in _matrix(info).dimension_by_key):
        raise ValueError("are all 0; give at least one dimension a weight above 0")
    return weights


def _earlier_score(value: Any, info: ValidationInfo[Any]) -> Fraction:
    number = _number(value)
    first, top = _matrix(info).first_stage, _matrix(info).top_stage
    if number is not None and first <= number <= top:
        return number
    raise ValueError(f"must be a score from {first} to {top}, is {shown(value)}")


def _number(value: Any) -> Fraction | None:
    if type(value) in (int, float):
        return share_of(value)
    if isinstance(value, str) and _FRACTION.fullmatch(value) and int(value.partition("/")[2]):
        return Fraction(value)
    return None


def _day(value: object) -> str:
    try:
        if value == "" or (
            isinstance(value, str) and _DAY.fullmatch(value) and date.fromisoformat(value)
        ):
            return value
    except ValueError:
        pass
    raise ValueError(f"must be a day such as 2026-11-22, is {shown(value)}")


_Line = Annotated[str, text(MAX_NAME, may_be_empty=True, tidied=True)]
_Note = Annotated[str, text(MAX_NOTE, may_be_empty=True, multiline=True, tidied=True)]
_Descriptor = Annotated[str, _part_of_model("descriptor", "descriptors")]
_Dimension = Annotated[str, _part_of_model("dimension", "dimension_by_key")]
_Noted = Annotated[
    str, _part_of_model("descriptor and no dimension", "descriptors", "dimension_by_key")
]
_Ratings = Annotated[
    dict[_Descriptor, Annotated[Answer, PlainValidator(_rating)]], BeforeValidator(not_huge)
]
_Notes = Annotated[dict[_Noted, _Note], BeforeValidator(not_huge)]
_ByDimension = Annotated[dict[_Dimension, _Value], BeforeValidator(not_huge)]
_Stages = _ByDimension[Annotated[int, PlainValidator(_stage)]]


class _SharedAnswers(Shape):
    ratings: _Ratings = {}
    picks: _Stages = {}


class _Respondent(_SharedAnswers):
    name: _Line = ""
    notes: _Notes = {}


class _Answers(Shape):
    format: Literal["waymark-answers/1"]
    model: Annotated[str, PlainValidator(_model)]
    organisation: _Line = ""
    date: Annotated[str, PlainValidator(_day)] = ""
    respondents: Annotated[list[_Respondent], Field(max_length=MAX_RESPONDENTS)] = []
    agreed: _SharedAnswers = _SharedAnswers()
    targets: _Stages = {}
    weights: Annotated[
        _ByDimension[Annotated[Fraction, PlainValidator(_weight)]], AfterValidator(_some_weight)
    ] = {}
    baseline: _ByDimension[Annotated[Fraction, PlainValidator(_earlier_score)]] = {}


class _Named(Shape):
    model_config = ConfigDict(extra="ignore")

    model: Annotated[str, spelled(KEY, "a model's key")]


# --- read and written -----------------------------------------------------------------------------


def model_named_in(data: bytes | str) -> str:
    """Return the key of the model an answers file says it answers, and nothing but a key.

    Raises: InvalidDocument, also for anything that could be the name of a file: answers come from
    others, and must not choose what is opened.
    """
    return shaped(_Named, read_json(data, max_bytes=MAX_BYTES)).model


def read_answers(data: bytes | str, matrix: Matrix) -> AnswerSheet:
    """Return the answers of a file, checked against the model they answer.

    `format` and `model` must be there, everything else may be left out. Texts are composed (NFC)
    and line breaks become plain ones. A weight or a score of an earlier time is a number, or a
    fraction as text such as "1/3".
    Raises: InvalidDocument, with every problem at once.
    """
    return answers_in(read_json(data, max_bytes=MAX_BYTES), matrix)


def answers_in(document: object, matrix: Matrix, *, place: str = "") -> AnswerSheet:
    """Return the answers of a file that was parsed already, found at a place of it.

    Raises: as `read_answers`.
    """
    read = shaped(_Answers, document, place=place, matrix=matrix)
    return AnswerSheet(
        respondents=tuple([RespondentAnswers(**dict(each)) for each in read.respondents]),
        agreed_ratings=read.agreed.ratings,
        agreed_picks=read.agreed.picks,
        targets=read.targets,
        weights=read.weights,
        baseline=read.baseline,
        organisation=read.organisation,
        date=read.date,
    )


def answers_of(sheet: AnswerSheet, matrix_key: str) -> dict[str, Any]:
    """Return a sheet as the values of an answers file; `read_answers` gives the same sheet back.

    Respondents keep their order; what each of them said is in the order of its keys, whatever order
    it was said in.
    """
    return {
        "format": FORMAT,
        "model": matrix_key,
        "organisation": sheet.organisation,
        "date": sheet.date,
        "respondents": [
            {
                "name": each.name,
                "ratings": _sorted(each.ratings),
                "picks": _sorted(each.picks),
                "notes": _sorted(each.notes),
            }
            for each in sheet.respondents
        ],
        "agreed": {
            "ratings": _sorted(sheet.agreed_ratings),
            "picks": _sorted(sheet.agreed_picks),
        },
        "targets": _sorted(sheet.targets),
        "weights": {key: _number_of(value) for key, value in _sorted(sheet.weights).items()},
        "baseline": {key: _number_of(value) for key, value in _sorted(sheet.baseline).items()},
    }


def _sorted(values: Mapping[str, _Value]) -> dict[str, _Value]:
    return {key: values[key] for key in sorted(values)}


def _number_of(value: Fraction) -> int | float | str:
    """Return the number JSON can hold exactly, else the fraction as text."""
    if value.denominator == 1:
        return value.numerator
    if share_of(float(value)) == value:
        return float(value)
    return f"{value.numerator}/{value.denominator}"
