"""PURE. From the bytes of a file to a checked model document, or every reason why not."""

from typing import Any, cast

from maturity.catalogue.checks import problems_in
from maturity.web.strict_json import InvalidDocument, read_json, refuse
from maturity.web.validation import Problem, shown

MAX_MODEL_BYTES = 5_000_000
_FIXTURE_MODEL = "catalogue.maturitymodel"


def read_model(data: bytes | str) -> dict[str, Any]:
    """Return the model document in a file: the document itself, or a fixture that holds just it.

    Raises: InvalidDocument, with every problem in it at once.
    """
    document = _unwrapped(read_json(data, max_bytes=MAX_MODEL_BYTES))
    problems = problems_in(document)
    if problems:
        raise InvalidDocument(tuple(problems))
    return cast("dict[str, Any]", document)


def _unwrapped(value: object) -> object:
    """Return the document inside a Django fixture; anything else is returned as it is."""
    if not isinstance(value, list):
        return value
    rows = [each for each in value if isinstance(each, dict) and "fields" in each]
    models = [row for row in rows if row.get("model") == _FIXTURE_MODEL]
    if len(models) != 1 or len(value) != 1 or not isinstance(models[0]["fields"], dict):
        refuse("file", f"is a list; a fixture holding exactly one {_FIXTURE_MODEL} was expected")
    fields = models[0]["fields"]
    document = fields.get("document")
    if isinstance(document, dict):
        # The row's key and version are what the database goes by: they must tell the truth.
        wrong = [
            Problem(
                f"fields.{name}",
                f"is {shown(fields.get(name))}, but the document says {shown(document.get(name))}",
            )
            for name in ("key", "version")
            if fields.get(name) != document.get(name)
        ]
        if wrong:
            raise InvalidDocument(tuple(wrong))
    return cast("object", document)
