"""PURE. waymark-answers/1: an answer sheet as a file, read strictly and written back.

A place in a message reads like `respondents[0].ratings["strategy.1.01"]`.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, TypeVar, cast

from assessments.scoring.sheets import (
    NOT_APPLICABLE,
    UNKNOWN,
    Answer,
    AnswerSheet,
    RespondentAnswers,
)
from maturity.catalogue.matrix import Matrix, share_of
from maturity.web.strict_json import InvalidDocument, Problem, read_json
from maturity.web.text import refused_in, without_odd_blanks
from maturity.web.validation import KEY, Findings, TooMany, inside, kind_of, shown

FORMAT = "waymark-answers/1"
MAX_BYTES = 5_000_000
MAX_NAME = 200
MAX_NOTE = 5_000
MAX_RESPONDENTS = 5_000
MAX_WEIGHT = 1_000_000

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FRACTION = re.compile(r"[0-9]{1,12}/[0-9]{1,12}")
_Value = TypeVar("_Value")


class InvalidAnswers(ValueError):
    """An answers file that is not taken; `problems` holds every reason, each with its place."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def model_named_in(data: bytes | str) -> str:
    """Return the key of the model an answers file says it answers, and nothing but a key.

    Raises: InvalidAnswers, also for anything that could be the name of a file: answers come from
    others, and must not choose what is opened.
    """
    document = _read(data)
    found = Findings()
    fields = document if isinstance(document, dict) else {}
    if not isinstance(document, dict):
        found.add("", f"must be an object, is {kind_of(document)}")
    elif "model" not in fields:
        found.add("model", "is missing")
    elif not isinstance(fields["model"], str) or not KEY.fullmatch(fields["model"]):
        found.add("model", f"must be a model's key, is {shown(fields['model'])}")
    _refuse_if_any(found)
    return cast("str", fields["model"])


def read_answers(data: bytes | str, matrix: Matrix) -> AnswerSheet:
    """Return the answers of a file, checked against the model they answer.

    `format` and `model` must be there, everything else may be left out. Texts are composed (NFC)
    and line breaks become plain ones. A weight or a score of an earlier time is a number, or a
    fraction as text such as "1/3".
    Raises: InvalidAnswers, with every problem at once.
    """
    return answers_in(_read(data), matrix)


def answers_in(document: object, matrix: Matrix) -> AnswerSheet:
    """Return the answers of a file that was parsed already. Raises: as `read_answers`."""
    reader = _AnswersReader(matrix)
    sheet = AnswerSheet()
    try:
        sheet = reader.sheet(document)
    except TooMany:
        reader.found.problems.append(
            Problem("document", "has more problems than those named so far")
        )
    _refuse_if_any(reader.found)
    return sheet


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


def _read(data: bytes | str) -> object:
    try:
        return read_json(data, max_bytes=MAX_BYTES)
    except InvalidDocument as error:
        raise InvalidAnswers(error.problems) from None


def _refuse_if_any(found: Findings) -> None:
    if found.problems:
        raise InvalidAnswers(tuple(found.problems))


class _AnswersReader:
    """Reads one document, noting every fault in `found` and going on."""

    def __init__(self, matrix: Matrix) -> None:
        self.matrix = matrix
        self.found = Findings()

    def sheet(self, document: object) -> AnswerSheet:
        fields = self.found.object_at(
            "",
            document,
            required=("format", "model"),
            optional=("organisation", "date", "respondents", "agreed", "targets", "weights")
            + ("baseline",),
        )
        if not isinstance(document, dict):
            return AnswerSheet()
        for key, wanted in (("format", FORMAT), ("model", self.matrix.key)):
            if key in fields and fields[key] != wanted:
                self.found.add(key, f"must be {shown(wanted)}, is {shown(fields[key])}")
        agreed = self._object("", fields, "agreed", optional=("ratings", "picks"))
        return AnswerSheet(
            organisation=self._text("", fields, "organisation"),
            date=self._date(fields),
            respondents=self._respondents(fields),
            agreed_ratings=self._ratings("agreed", agreed),
            agreed_picks=self._stages("agreed", agreed, "picks"),
            targets=self._stages("", fields, "targets"),
            weights=self._weights(fields),
            baseline=self._by_dimension("", fields, "baseline", self._earlier_score),
        )

    def _respondents(self, fields: Mapping[str, Any]) -> tuple[RespondentAnswers, ...]:
        respondents = []
        for place, value in self.found.items_at("", fields, "respondents", most=MAX_RESPONDENTS):
            known = ("name", "ratings", "picks", "notes")
            each = self.found.object_at(place, value, required=(), optional=known)
            respondents.append(
                RespondentAnswers(
                    name=self._text(place, each, "name"),
                    ratings=self._ratings(place, each),
                    picks=self._stages(place, each, "picks"),
                    notes=self._notes(place, each),
                )
            )
        return tuple(respondents)

    def _object(
        self, place: str, parent: Mapping[str, Any], key: str, *, optional: Sequence[str]
    ) -> Mapping[str, Any]:
        if key not in parent:
            return {}
        return self.found.object_at(inside(place, key), parent[key], required=(), optional=optional)

    def _entries(
        self, place: str, parent: Mapping[str, Any], key: str
    ) -> Iterator[tuple[str, str, object]]:
        """Return (place, name, value) of the object under `key`; note that it is none."""
        if key not in parent:
            return iter(())
        at, value = inside(place, key), parent[key]
        if not isinstance(value, dict):
            self.found.add(at, f"must be an object, is {kind_of(value)}")
            return iter(())
        return iter([(f"{at}[{shown(name)}]", name, each) for name, each in value.items()])

    def _ratings(self, place: str, parent: Mapping[str, Any]) -> dict[str, Answer]:
        ratings: dict[str, Answer] = {}
        top = self.matrix.top_step
        for at, name, value in self._entries(place, parent, "ratings"):
            if name not in self.matrix.descriptors:
                self.found.add(at, "is no descriptor of this model")
            elif value in (NOT_APPLICABLE, UNKNOWN) or _is_whole(value, 0, top):
                ratings[name] = cast("Answer", value)
            else:
                words = f"{shown(NOT_APPLICABLE)} or {shown(UNKNOWN)}"
                self.found.add(at, f"must be a step from 0 to {top}, {words}, is {shown(value)}")
        return ratings

    def _by_dimension(
        self,
        place: str,
        parent: Mapping[str, Any],
        key: str,
        taken: Callable[[str, object], _Value | None],
    ) -> dict[str, _Value]:
        values: dict[str, _Value] = {}
        for at, name, value in self._entries(place, parent, key):
            if name not in self.matrix.dimension_by_key:
                self.found.add(at, "is no dimension of this model")
            elif (good := taken(at, value)) is not None:
                values[name] = good
        return values

    def _stages(self, place: str, parent: Mapping[str, Any], key: str) -> dict[str, int]:
        return self._by_dimension(place, parent, key, self._stage)

    def _stage(self, at: str, value: object) -> int | None:
        first, top = self.matrix.first_stage, self.matrix.top_stage
        if _is_whole(value, first, top):
            return cast("int", value)
        self.found.add(at, f"must be a stage from {first} to {top}, is {shown(value)}")
        return None

    def _weights(self, fields: Mapping[str, Any]) -> dict[str, Fraction]:
        before = len(self.found.problems)
        weights = self._by_dimension("", fields, "weights", self._weight)
        whole = [weights.get(key, 1) for key in self.matrix.dimension_by_key]
        if len(self.found.problems) == before and not any(whole):
            self.found.add("weights", "are all 0; give at least one dimension a weight above 0")
        return weights

    def _weight(self, at: str, value: object) -> Fraction | None:
        number = _number(value)
        if number is not None and 0 <= number <= MAX_WEIGHT:
            return number
        self.found.add(at, f"must be a number from 0 to {MAX_WEIGHT:,}, is {shown(value)}")
        return None

    def _earlier_score(self, at: str, value: object) -> Fraction | None:
        number = _number(value)
        first, top = self.matrix.first_stage, self.matrix.top_stage
        if number is not None and first <= number <= top:
            return number
        self.found.add(at, f"must be a score from {first} to {top}, is {shown(value)}")
        return None

    def _notes(self, place: str, parent: Mapping[str, Any]) -> dict[str, str]:
        notes = {}
        for at, name, value in self._entries(place, parent, "notes"):
            if name in self.matrix.descriptors or name in self.matrix.dimension_by_key:
                notes[name] = self._clean(at, value, most=MAX_NOTE, multiline=True)
            else:
                self.found.add(at, "is no descriptor and no dimension of this model")
        return notes

    def _date(self, fields: Mapping[str, Any]) -> str:
        value = fields.get("date", "")
        if value == "":
            return ""
        try:
            if isinstance(value, str) and _DAY.fullmatch(value) and date.fromisoformat(value):
                return value
        except ValueError:
            pass
        self.found.add("date", f"must be a day such as 2026-11-22, is {shown(value)}")
        return ""

    def _text(self, place: str, parent: Mapping[str, Any], key: str) -> str:
        if key not in parent:
            return ""
        return self._clean(inside(place, key), parent[key], most=MAX_NAME, multiline=False)

    def _clean(self, at: str, value: object, *, most: int, multiline: bool) -> str:
        if not isinstance(value, str):
            self.found.add(at, f"must be a text, is {kind_of(value)}")
            return ""
        text = without_odd_blanks(value)
        if not multiline and "\n" in text:
            self.found.add(at, "must be on one line")
        if fault := refused_in(text):
            self.found.add(at, f"has {fault}")
            return ""
        text = unicodedata.normalize("NFC", text).strip()
        if len(text) > most:
            self.found.add(at, f"must have at most {most:,} characters, has {len(text):,}")
        return text


def _is_whole(value: object, least: int, most: int) -> bool:
    # True is 1 in Python, and 1.0 equals it, but neither is a step in the file.
    return type(value) is int and least <= value <= most


def _number(value: object) -> Fraction | None:
    if type(value) in (int, float):
        return share_of(cast("float", value))
    if isinstance(value, str) and _FRACTION.fullmatch(value):
        try:
            return Fraction(value)
        except ZeroDivisionError:
            return None
    return None
