"""PURE. Every fault of a workshop in a file, each with its place.

What passes is a document that `protocol_file` reads; its figures are those its votes give.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from assessments.scoring.sheets import UNKNOWN
from assessments.workshops.rules.kinds import SHOWN, NoSuchQuestion, Question, RoundKind, State
from assessments.workshops.rules.protocol_file import (
    MOMENT,
    moment_in,
    protocol_document,
    protocol_of_document,
    question_in,
)
from maturity.catalogue.matrix import Matrix
from maturity.web.text import TextProblem, clean_text
from maturity.web.validation import Findings, inside, shown

_MOST_ROUNDS: Final = 200
_MOST_PEOPLE: Final = 10_000
_MOST_NOTES: Final = 2_000
_MOST_GROUPS: Final = 20
_MOST_WEIGHT: Final = 10
_TITLE: Final = 120
_NAME: Final = 200
_TEXT: Final = 5_000
_GROUP: Final = ("options", "is_rest", "middle")
_EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
_WORKSHOP: Final = (
    "title",
    "began_at",
    "ended_at",
    "run_by",
    "is_anonymous",
    "fewest",
    "joined",
    "removed",
    "names",
    "rounds",
)
_ROUND: Final = (
    "number",
    "attempt",
    "kind",
    "dimension",
    "gate_to",
    "state",
    "votes",
    "phones",
    "hands",
    "at_least",
    "hidden",
    "asked",
    "steps",
    "notes",
    "decision",
    "reason",
    "dissent",
)
_ASKED: Final = ("key", "counts", "hidden", "groups")


def check_protocol(
    found: Findings, at: str, value: object, matrix: Matrix, *, latest: datetime
) -> None:
    """Note every fault of a workshop in a file; one without any is a document as above.

    No workshop begins after `latest`.
    """
    _Checker(found, matrix, latest).workshop(at, value)


class _Checker:
    """Notes the faults of one workshop in `found` and goes on."""

    def __init__(self, found: Findings, matrix: Matrix, latest: datetime) -> None:
        self.found = found
        self.matrix = matrix
        self.latest = latest

    def workshop(self, at: str, value: object) -> None:
        before = len(self.found.problems)
        data = self.found.object_at(at, value, required=_WORKSHOP)
        if data.keys() < set(_WORKSHOP):
            return
        self._text(f"{at}.title", data["title"], most=_TITLE)
        began = self._moment_at(f"{at}.began_at", data["began_at"], self.latest)
        if data["ended_at"] is not None and began is not None:
            self._moment_at(
                f"{at}.ended_at", data["ended_at"], began + timedelta(days=1), least=began
            )
        self._flag(at, data, "is_anonymous")
        self._count(at, data, "fewest", least=3, most=100)
        for key in ("joined", "removed"):
            self._count(at, data, key)
        names = self._texts(at, data, "names", most=_MOST_PEOPLE)
        self._texts(at, data, "run_by", most=_MOST_PEOPLE)
        is_anonymous = data["is_anonymous"] is True
        if names and is_anonymous:
            self.found.add(f"{at}.names", "must be empty, as the workshop was anonymous")
        elif isinstance(data["joined"], int) and len(names) > data["joined"]:
            self.found.add(f"{at}.names", f"has more names than the {data['joined']} who joined")
        for place, each in self.found.items_at(at, data, "rounds", most=_MOST_ROUNDS):
            self._round(place, each, is_anonymous=is_anonymous)
        if len(self.found.problems) == before:
            self._figures(at, data)

    def _round(self, at: str, value: object, *, is_anonymous: bool) -> None:
        data = self.found.object_at(at, value, required=_ROUND)
        if data.keys() < set(_ROUND):
            return
        before = len(self.found.problems)
        for key in ("number", "attempt"):
            self._count(at, data, key, least=1, most=_MOST_ROUNDS)
        for key in ("phones", "hands"):
            self._count(at, data, key)
        for key in ("at_least", "hidden"):
            self._flag(at, data, key)
        state = self.found.choice_at(at, data, "state", choices=[each.value for each in State])
        kind = self.found.choice_at(at, data, "kind", choices=[each.value for each in RoundKind])
        for key in ("reason", "dissent"):
            self._text(f"{at}.{key}", data[key], multiline=True)
        self._notes(at, data, is_anonymous=is_anonymous)
        self._steps(at, data)
        if len(self.found.problems) > before:
            return
        try:
            question = question_in(self.matrix, data)
        except (NoSuchQuestion, TypeError) as error:
            # What is no text or number at all is no dimension and no gate either.
            why = error if isinstance(error, NoSuchQuestion) else "The model has no such question."
            self.found.add(at, str(why))
            return
        self._asked(at, data, question)
        self._decision(at, data, question, state)
        told = [key for key in ("asked", "steps", "notes", "decision") if data[key]]
        if state not in SHOWN and told:
            self.found.add(f"{at}.{told[0]}", f"must be empty, as the round is {shown(state)}")
        if kind == RoundKind.STEPS.value and data["asked"]:
            self.found.add(f"{at}.asked", "must be empty: of steps there are only dots")
        if kind != RoundKind.STEPS.value and data["steps"]:
            self.found.add(f"{at}.steps", "must be empty: the round did not ask for steps")

    def _asked(self, at: str, data: Mapping[str, Any], question: Question) -> None:
        rows = list(self.found.items_at(at, data, "asked", most=1_000))
        keys = []
        for place, value in rows:
            each = self.found.object_at(place, value, required=_ASKED)
            if each.keys() < set(_ASKED):
                continue
            keys.append(each["key"])
            self._flag(place, each, "hidden")
            self._groups(place, each, question)
            self._counts(place, each, question)
        is_told = data["state"] in SHOWN and not data["hidden"]
        wanted = list(question.keys) if is_told and question.kind is not RoundKind.STEPS else []
        if len(keys) == len(rows) and keys != wanted:
            words = ", ".join(wanted) or "nothing"
            self.found.add(f"{at}.asked", f"must tell of {words}, in this order")

    def _counts(self, at: str, data: Mapping[str, Any], question: Question) -> None:
        values: list[object] = []
        for place, value in self.found.items_at(at, data, "counts", most=100):
            each = self.found.object_at(place, value, required=("value", "votes"))
            if each.keys() == {"value", "votes"}:
                self._count(place, each, "votes")
                values.append(each["value"])
        options = list(question.values)
        rest = values[len(options) :]
        if data["hidden"] is True:
            if values:
                self.found.add(f"{at}.counts", "must be empty, as it is hidden")
        elif not (
            _same(values[: len(options)], options)
            and all(isinstance(each, str) and each in question.words for each in rest)
            and len(set(map(str, rest))) == len(rest)
        ):
            self.found.add(f"{at}.counts", "must have every answer on offer once, in their order")

    def _groups(self, at: str, data: Mapping[str, Any], question: Question) -> None:
        for place, value in self.found.items_at(at, data, "groups", most=_MOST_GROUPS):
            each = self.found.object_at(place, value, required=("list", "groups"))
            if each.keys() < {"list", "groups"}:
                continue
            self._text(f"{place}.list", each["list"], most=_NAME)
            for inner, row in self.found.items_at(place, each, "groups", most=_MOST_PEOPLE):
                group = self.found.object_at(inner, row, required=_GROUP)
                if group.keys() < set(_GROUP):
                    continue
                self._flag(inner, group, "is_rest")
                options = self.found.items_at(inner, group, "options", most=_MOST_PEOPLE)
                names = [self._text(at_option, option, most=_NAME) for at_option, option in options]
                middle = group["middle"]
                if not names:
                    self.found.add(f"{inner}.options", "must have one at least")
                if middle is not None and not _is_middle(middle, question):
                    self.found.add(f"{inner}.middle", "must be two answers on offer, in order")

    def _steps(self, at: str, data: Mapping[str, Any]) -> None:
        for place, value in self.found.items_at(at, data, "steps", most=1_000):
            known = ("id", "dots", "first")
            each = self.found.object_at(place, value, required=known)
            if each.keys() < set(known):
                continue
            if data["hidden"] is True:
                if each["dots"] is not None:
                    self.found.add(f"{place}.dots", "must be null, as they are hidden")
            else:
                self._count(place, each, "dots")

    def _notes(self, at: str, data: Mapping[str, Any], *, is_anonymous: bool) -> None:
        for place, value in self.found.items_at(at, data, "notes", most=_MOST_NOTES):
            each = self.found.object_at(place, value, required=("by", "text"))
            if each.keys() < {"by", "text"}:
                continue
            self._text(f"{place}.text", each["text"], may_be_empty=False, multiline=True)
            if self._text(f"{place}.by", each["by"], most=_NAME) and is_anonymous:
                self.found.add(f"{place}.by", "must be empty, as the workshop was anonymous")
            if data["hidden"] is True:
                self.found.add(place, "must not be there, as the round is hidden")

    def _decision(self, at: str, data: Mapping[str, Any], question: Question, state: str) -> None:
        place = f"{at}.decision"
        decision = data["decision"]
        if not isinstance(decision, dict):
            self.found.add(place, "must be an object")
            return
        for key, value in decision.items():
            if key not in question.keys:
                self.found.add(inside(place, shown(key)), "is not part of the question")
            elif not _is_decision(question, value):
                self.found.add(inside(place, shown(key)), "is not on offer")
        if state != "agreed" and (decision or data["reason"] or data["dissent"]):
            self.found.add(place, "nothing is decided in a round that is not agreed")

    def _figures(self, at: str, data: Mapping[str, Any]) -> None:
        """Refuse a workshop whose figures are not those its votes give."""
        made = protocol_document(protocol_of_document(data, self.matrix, ""))
        for number, (told, right) in enumerate(zip(data["rounds"], made["rounds"], strict=True)):
            place = f"{at}.rounds[{number}]"
            self._same(place, told, right, ("votes",))
            for index, (one, other) in enumerate(zip(told["asked"], right["asked"], strict=True)):
                self._same(f"{place}.asked[{index}]", one, other, _ASKED)
            self._same(place, told, right, ("steps",))

    def _same(
        self, at: str, told: Mapping[str, Any], right: Mapping[str, Any], keys: Sequence[str]
    ) -> None:
        for key in keys:
            if told[key] != right[key]:
                self.found.add(
                    f"{at}.{key}", f"is {shown(told[key])}, and the votes give {shown(right[key])}"
                )

    # --- single values ----------------------------------------------------------------------------

    def _moment_at(
        self, at: str, value: object, latest: datetime, *, least: datetime | None = None
    ) -> datetime | None:
        try:
            moment = moment_in(value) if isinstance(value, str) and len(value) == 17 else None
        except ValueError:
            moment = None
        earliest = least or _EARLIEST
        if moment is not None and earliest <= moment <= latest:
            return moment
        self.found.add(
            at,
            f"must be a minute in UTC from {earliest:{MOMENT}} to {latest:{MOMENT}},"
            f" is {shown(value)}",
        )
        return None

    def _count(
        self,
        at: str,
        data: Mapping[str, Any],
        key: str,
        *,
        least: int = 0,
        most: int = _MOST_PEOPLE,
    ) -> None:
        value = data[key]
        if type(value) is not int or not least <= value <= most:
            self.found.add(
                f"{at}.{key}",
                f"must be a whole number from {least} to {most:,}, is {shown(value)}",
            )

    def _flag(self, at: str, data: Mapping[str, Any], key: str) -> None:
        if not isinstance(data[key], bool):
            self.found.add(f"{at}.{key}", f"must be true or false, is {shown(data[key])}")

    def _texts(
        self, at: str, data: Mapping[str, Any], key: str, *, most: int, length: int = _NAME
    ) -> list[str]:
        rows = self.found.items_at(at, data, key, most=most)
        return [self._text(place, each, most=length, may_be_empty=False) for place, each in rows]

    def _text(
        self,
        at: str,
        value: object,
        *,
        most: int = _TEXT,
        may_be_empty: bool = True,
        multiline: bool = False,
    ) -> str:
        text = value if isinstance(value, str) else ""
        if not isinstance(value, str) or not (text or may_be_empty):
            self.found.add(at, f"must be a text, is {shown(value)}")
            return ""
        try:
            cleaned = clean_text(text, max_length=most, multiline=multiline)
        except TextProblem as problem:
            self.found.add(at, str(problem))
            return ""
        if cleaned != text:
            self.found.add(at, "has blanks at an end, or characters that are not composed (NFC)")
        return cleaned


def _same(values: Sequence[object], options: Sequence[int]) -> bool:
    # 1 equals True in Python, and is another thing in the file.
    return list(values) == list(options) and all(type(each) is int for each in values)


def _is_middle(value: object, question: Question) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 2
        and all(type(each) is int and each in question.values for each in value)
        and value[0] <= value[1]
    )


def _is_decision(question: Question, value: object) -> bool:
    if isinstance(value, str):
        return value in question.words and value != UNKNOWN
    if type(value) is not int:
        return False
    if question.kind is RoundKind.IMPORTANCE:
        return 0 <= value <= _MOST_WEIGHT
    return value in question.values
