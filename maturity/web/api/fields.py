"""Types of fields in request bodies: cleaned by the same rules as the pages' form fields."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from maturity.web.text import clean_text

_ISO_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class PlainText:
    """Marks a string that is cleaned as `PlainTextField` cleans it.

    `required` refuses a blank one; `pattern` is a regular expression for all of it.
    """

    max_length: int
    multiline: bool = False
    required: bool = False
    pattern: str | None = None

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        text = core_schema.str_schema(
            min_length=1 if self.required else None,
            max_length=self.max_length,
            pattern=self.pattern,
        )
        return core_schema.no_info_after_validator_function(self._clean, text)

    def _clean(self, value: str) -> str:
        text = clean_text(value, max_length=self.max_length, multiline=self.multiline)
        if self.required and not text:
            raise PydanticCustomError("missing", "blank")
        return text


def _iso_day(value: object) -> dt.date:
    """Return the day; numbers and times, which pydantic would take, are refused."""
    try:
        if isinstance(value, str) and _ISO_DAY.fullmatch(value):
            return dt.date.fromisoformat(value)
    except ValueError:
        pass
    raise PydanticCustomError("date_parsing", "no day")


Day = Annotated[dt.date, BeforeValidator(_iso_day)]
"""A date written as 2026-11-22."""
