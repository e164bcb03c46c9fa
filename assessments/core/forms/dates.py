"""Days as fields: each says in plain words which days it takes."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from maturity.web.words import day_text

EARLIEST = date(2000, 1, 1)
LATEST_DUE = date(2100, 12, 31)


class DayField(forms.DateField):
    """A day from `EARLIEST` to `LATEST_DUE`, with the browser's own way to choose one."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        super().__init__(**options)
        self.error_messages["invalid"] = (
            "Please give the day as year-month-day, such as 2026-11-22."
        )

    @property
    def latest(self) -> date:
        """The last day it takes."""
        return LATEST_DUE

    def clean(self, value: Any) -> date | None:
        """Refuse a day that cannot be meant."""
        day: date | None = super().clean(value)
        try:
            return day and check_day(day, latest=self.latest)
        except ValueError as wrong:
            raise ValidationError(str(wrong)) from None


class AssessedField(DayField):
    """The day of an assessment: one year from today at the latest."""

    def __init__(self) -> None:
        super().__init__(
            label="Date of the assessment",
            help_text="Stands on the result and the report.",
            error_messages={"required": "Please give the day of the assessment."},
        )

    @property
    def latest(self) -> date:
        """The last day it takes."""
        return _latest_assessed()


def check_day(day: date, *, latest: date = LATEST_DUE) -> date:
    """Return the day. Raises: ValueError, for one that cannot be meant."""
    if not EARLIEST <= day <= latest:
        raise ValueError(f"Please give a day from {day_text(EARLIEST)} to {day_text(latest)}.")
    return day


def check_assessed(day: date) -> date:
    """Return the day of an assessment. Raises: ValueError, for one more than a year from today."""
    return check_day(day, latest=_latest_assessed())


def _latest_assessed() -> date:
    today = timezone.localdate()
    # Of a 29 February, the day before: the next year has none.
    day = 28 if (today.month, today.day) == (2, 29) else today.day
    return date(today.year + 1, today.month, day)
