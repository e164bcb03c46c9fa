"""The strict parser of request bodies."""

from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser

from maturity.web.api.building import MOST_BYTES
from maturity.web.api.problems import ApiError, FieldProblem
from maturity.web.strict_json import InvalidDocument, read_json


class StrictParser(Parser):
    """Reads a body with the limits of our JSON files: no repeated key, no NaN, limited depth."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Return the parsed body. Raises: ApiError."""
        if request.content_type != "application/json":
            raise ApiError(415)
        if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
            raise ApiError(413)
        try:
            return read_json(request.body, max_bytes=MOST_BYTES)
        except InvalidDocument as invalid:
            problems = [FieldProblem("body", f"It {each.text}.") for each in invalid.problems]
            raise ApiError(
                400, "The body is not valid JSON.", code="invalid_json", problems=problems
            ) from None
