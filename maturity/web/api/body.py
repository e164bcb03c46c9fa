"""The strict reader of every body the API takes."""

from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser

from maturity.web.api.building import MOST_BYTES
from maturity.web.api.problems import Place, Refused
from maturity.web.strict_json import InvalidDocument, read_json


class StrictParser(Parser):
    """Reads a body as every JSON file of ours is read: no key twice, no NaN, no endless depth."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Return what is in the body. Raises: Refused."""
        if request.content_type != "application/json":
            raise Refused(415)
        if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
            raise Refused(413)
        try:
            return read_json(request.body, max_bytes=MOST_BYTES)
        except InvalidDocument as invalid:
            places = [Place("body", f"It {each.text}.") for each in invalid.problems]
            raise Refused(
                400, "The body is not JSON as it should be.", code="not_json", problems=places
            ) from None
