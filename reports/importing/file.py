"""PURE. waymark-report/1 read back: the assessment in it, or every reason why it is not taken.

Answers, settings and what frames them are read; every figure and sentence follows from those and is
made anew, as it was made for the file. Where a score is said in it, it must be the one the answers
give. A place in a message reads like `answers.respondents[0].ratings["strategy.1.01"]`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import Any, Final, cast

from assessments.scoring.answers_file import answers_in
from assessments.scoring.frozen import DoneStep
from assessments.scoring.placement_file import placement_document
from assessments.scoring.scored import score
from assessments.scoring.sheets import NOT_APPLICABLE, AnswerSheet
from assessments.workshops.rules.protocol_checks import check_protocol
from maturity.catalogue.matrix import Matrix
from maturity.web.strict_json import InvalidDocument, Problem, read_json
from maturity.web.validation import Findings, TooMany, shown

FORMAT: Final = "waymark-report/1"
MOST_BYTES: Final = 10_000_000
MOST_RESULTS: Final = 1_000
EARLIEST: Final = date(2000, 1, 1)
_LONGEST: Final = 200
_LONGEST_STEP: Final = 400
_MOST_STEPS: Final = 1_000
_MOST_WORKSHOPS: Final = 100
_MOST_WEIGHT: Final = 10
_REQUIRED: Final = (
    "format",
    "organisation",
    "date",
    "model",
    "result",
    "anonymous",
    "counts_from_first",
)
_MADE_ANEW: Final = ("stages", "overall", "dimensions", "three_steps", "roadmap", "method")


class InvalidReport(ValueError):
    """A file that is not taken; `problems` holds every reason, each with its place."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class ReportFile:
    """An assessment out of a file.

    `number` and `closed_date` are those of a frozen result, 0 and None of an open one. `workshops`
    are documents of `assessments.workshops.rules.protocol_file`, the earliest first.
    """

    sheet: AnswerSheet
    purpose: str
    scope: str
    is_anonymous: bool
    number: int
    closed_date: date | None
    counts_from_first: bool
    steps: tuple[DoneStep, ...]
    workshops: tuple[Mapping[str, Any], ...]


def read_document(data: bytes) -> Mapping[str, Any]:
    """Return the file parsed strictly, when it is an object of this format. Raises: InvalidReport.

    The model it names is in it then: `["model"]["key"]` and `["version"]` are texts.
    """
    try:
        document = read_json(data, max_bytes=MOST_BYTES)
    except InvalidDocument as error:
        raise InvalidReport(error.problems) from None
    found = Findings()
    fields = found.object_at(
        "", document, required=("format", "model"), optional=(*_all(document),)
    )
    if fields.get("format", FORMAT) != FORMAT:
        found.add("format", f"must be {shown(FORMAT)}, is {shown(fields['format'])}")
    if "model" in fields:
        known = ("key", "version", "title")
        model = found.object_at("model", fields["model"], required=known)
        for key in known:
            found.text_at("model", model, key, most=_LONGEST)
    _refuse_if_any(found)
    return fields


def read_report(
    document: Mapping[str, Any], matrix: Matrix, *, organisation: str | None, today: date
) -> ReportFile:
    """Return the assessment of a parsed file, checked against the model it names.

    `organisation` is whose it must be; None takes anybody's. Raises: InvalidReport, with every
    problem at once.
    """
    reader = _ReportReader(matrix, today)
    try:
        read = reader.read(document, organisation)
    except TooMany:
        more = Problem("document", "has more problems than those named so far")
        raise InvalidReport((*reader.found.problems, more)) from None
    _refuse_if_any(reader.found)
    return cast("ReportFile", read)


def _all(document: object) -> tuple[str, ...]:
    return tuple(document) if isinstance(document, dict) else ()


def _refuse_if_any(found: Findings) -> None:
    if found.problems:
        raise InvalidReport(tuple(found.problems))


class _ReportReader:
    """Reads one document, noting every fault in `found` and going on."""

    def __init__(self, matrix: Matrix, today: date) -> None:
        self.matrix = matrix
        self.today = today
        self.found = Findings()

    def read(self, document: Mapping[str, Any], organisation: str | None) -> ReportFile | None:
        fields = self.found.object_at(
            "",
            document,
            required=(*_REQUIRED, "purpose", "scope", "placement", "answers"),
            optional=(*_MADE_ANEW, "workshops", "steps_done"),
        )
        if organisation is not None and fields.get("organisation", organisation) != organisation:
            self.found.add(
                "organisation",
                f"is {shown(fields['organisation'])}, and this is {shown(organisation)}",
            )
        self._choice(fields, "anonymous", (False, True))
        self._choice(fields, "counts_from_first", (False, True))
        latest = self.today + timedelta(days=366)
        self._day("date", fields.get("date"), latest, is_missing="date" not in fields)
        number, closed = self._result(fields)
        steps = self._steps(fields)
        workshops = self._workshops(fields, closed or self.today + timedelta(days=1))
        purpose, scope = (
            self.found.text_at("", fields, key, most=_LONGEST, may_be_empty=True)
            for key in ("purpose", "scope")
        )
        sheet = self._answers(fields)
        if self.found.problems or sheet is None:
            return None
        self._scores(fields["placement"], sheet)
        return ReportFile(
            sheet=sheet,
            purpose=purpose,
            scope=scope,
            is_anonymous=fields["anonymous"],
            number=number,
            closed_date=closed,
            counts_from_first=fields["counts_from_first"],
            steps=steps,
            workshops=workshops,
        )

    def _choice(self, fields: Mapping[str, Any], key: str, choices: tuple[object, ...]) -> None:
        # 1 equals True in Python, and is another thing in the file.
        if key in fields and not any(
            type(each) is type(fields[key]) and each == fields[key] for each in choices
        ):
            words = " or ".join(shown(each) for each in choices)
            self.found.add(key, f"must be {words}, is {shown(fields[key])}")

    def _day(
        self, at: str, value: object, latest: date, *, is_missing: bool = False
    ) -> date | None:
        if is_missing:
            return None
        try:
            day = date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
        except ValueError:
            day = None
        if day is not None and EARLIEST <= day <= latest:
            return day
        self.found.add(
            at,
            f"must be a day from {EARLIEST.isoformat()} to {latest.isoformat()},"
            f" such as 2026-11-22, is {shown(value)}",
        )
        return None

    def _result(self, fields: Mapping[str, Any]) -> tuple[int, date | None]:
        if fields.get("result") is None:
            return 0, None
        known = ("number", "closed_date")
        result = self.found.object_at("result", fields["result"], required=known)
        number = result.get("number", 1)
        if type(number) is not int or not 1 <= number <= MOST_RESULTS:
            self.found.add(
                "result.number", f"must be from 1 to {MOST_RESULTS:,}, is {shown(number)}"
            )
        is_missing = "closed_date" not in result
        closed = self._day(
            "result.closed_date", result.get("closed_date"), self.today, is_missing=is_missing
        )
        return number, closed

    def _steps(self, fields: Mapping[str, Any]) -> tuple[DoneStep, ...]:
        read = []
        known = ("id", "words", "done_date", "share_before", "share_now")
        said = ("dimension", "statement", "verdict")
        for at, value in self.found.items_at("", fields, "steps_done", most=_MOST_STEPS):
            each = self.found.object_at(at, value, required=known, optional=said)
            if each.keys() < set(known):
                continue
            if each["id"] not in self.matrix.descriptors:
                self.found.add(f"{at}.id", "is no descriptor of this model")
            self._day(f"{at}.done_date", each["done_date"], self.today)
            before, now = (self._share(f"{at}.{key}", each[key]) for key in known[3:])
            words = self.found.text_at(at, each, "words", most=_LONGEST_STEP)
            read.append(DoneStep(each["id"], words, each["done_date"], before, now))
        return tuple(read)

    def _workshops(
        self, fields: Mapping[str, Any], last_day: date
    ) -> tuple[Mapping[str, Any], ...]:
        latest = datetime.combine(last_day, time(23, 59), UTC)
        read = list(self.found.items_at("", fields, "workshops", most=_MOST_WORKSHOPS))
        for at, value in read:
            check_protocol(self.found, at, value, self.matrix, latest=latest)
        return tuple(cast("Mapping[str, Any]", value) for _, value in read)

    def _share(self, at: str, value: object) -> str | None:
        if value is None or value == NOT_APPLICABLE:
            return cast("str | None", value)
        try:
            share = Fraction(value) if isinstance(value, str) and len(value) < 40 else None
        except (ValueError, ZeroDivisionError):
            share = None
        if share is not None and 0 <= share <= 1 and str(share) == value:
            return value
        self.found.add(at, f'must be a share from 0 to 1 such as "2/3", is {shown(value)}')
        return None

    def _answers(self, fields: Mapping[str, Any]) -> AnswerSheet | None:
        if "answers" not in fields:
            return None
        try:
            sheet = answers_in(fields["answers"], self.matrix, place="answers")
        except InvalidDocument as error:
            self.found.problems.extend(error.problems)
            return None
        for key, value in (("organisation", sheet.organisation), ("date", sheet.date)):
            if fields.get(key, value) != value:
                self.found.add(
                    f"answers.{key}", f"is {shown(value)}, and the report’s {shown(fields[key])}"
                )
        for key, weight in sheet.weights.items():
            if weight > _MOST_WEIGHT or weight * 100 % 1:
                self.found.add(
                    f"answers.weights[{shown(key)}]",
                    f"must be at most {_MOST_WEIGHT}, with at most two decimals",
                )
        for key, baseline in sheet.baseline.items():
            if baseline * 10_000 % 1:
                self.found.add(f"answers.baseline[{shown(key)}]", "must have at most four decimals")
        return sheet

    def _scores(self, told: object, sheet: AnswerSheet) -> None:
        """Refuse a file whose scores are not those its answers give."""
        computed = placement_document(score(self.matrix, sheet).placement)
        known = tuple(computed)
        fields = self.found.object_at("placement", told, required=known)
        overall = fields.get("overall")
        if isinstance(overall, dict):
            self._same("placement.overall", overall, computed["overall"])
        rows = fields.get("dimensions")
        if not isinstance(rows, list) or len(rows) != len(computed["dimensions"]):
            self.found.add("placement.dimensions", "must list every dimension of the model")
            return
        for index, (row, right) in enumerate(zip(rows, computed["dimensions"], strict=True)):
            place_of = f"placement.dimensions[{index}]"
            if isinstance(row, dict):
                self._same(place_of, row, right)
            else:
                self.found.add(place_of, "must be an object")

    def _same(self, place_of: str, told: Mapping[str, Any], right: Mapping[str, Any]) -> None:
        for key in ("key", "score", "stage"):
            if key in right and told.get(key) != right[key]:
                self.found.add(
                    f"{place_of}.{key}",
                    f"is {shown(told.get(key))}, and the answers give {shown(right[key])}",
                )
