"""PURE. The OpenAPI document laid out for people: each endpoint, what goes in, what comes out.

It knows nothing of the endpoints but what the document says, so the two cannot differ.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_PARAMETER = re.compile(r"\{(\w+)\}")


Words = tuple[tuple[bool, str], ...]
"""A text in pieces; of each is said whether it is a word for programs."""


@dataclass(frozen=True, slots=True)
class FieldDoc:
    """A question in the address, or a field of a body; `kind` says in words what it takes."""

    name: str
    kind: str
    is_needed: bool
    about: Words


@dataclass(frozen=True, slots=True)
class ResponseDoc:
    """What may come back: a status, and the fields of what comes with it."""

    status: str
    about: Words
    is_file: bool
    fields: tuple[FieldDoc, ...]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One address with one method. `address` and `example` are for an example of a call."""

    id: str
    method: str
    path: str
    summary: str
    paragraphs: tuple[Words, ...]
    scope: str
    questions: tuple[FieldDoc, ...]
    body: tuple[FieldDoc, ...]
    about_body: Words
    answer: ResponseDoc
    refusals: tuple[str, ...]
    address: str
    example: str


@dataclass(frozen=True, slots=True)
class EndpointGroup:
    """What belongs together."""

    name: str
    endpoints: tuple[Endpoint, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a token may be allowed."""

    name: str
    about: str


@dataclass(frozen=True, slots=True)
class ApiReference:
    """Everything there is."""

    version: str
    scopes: tuple[Scope, ...]
    groups: tuple[EndpointGroup, ...]


def reference_of(document: Mapping[str, Any], *, base: str) -> ApiReference:
    """Return an OpenAPI document of ours laid out, in the order it has.

    `base` is what all its addresses begin with.
    """
    schemas = document["components"]["schemas"]
    groups: dict[str, list[Endpoint]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            endpoint = _endpoint(path, method.upper(), operation, schemas, base)
            groups.setdefault(operation["tags"][0], []).append(endpoint)
    schemes = document["components"]["securitySchemes"]
    return ApiReference(
        version=document["info"]["version"],
        scopes=tuple(
            Scope(name.lower(), scheme["description"])
            for name, scheme in schemes.items()
            if name != "Anything"
        ),
        groups=tuple(EndpointGroup(name, tuple(found)) for name, found in groups.items()),
    )


def _endpoint(
    path: str, method: str, operation: Mapping[str, Any], schemas: Mapping[str, Any], base: str
) -> Endpoint:
    body = operation.get("requestBody", {}).get("content", {}).get("application/json")
    schema = _resolved(body["schema"], schemas) if body else {}
    examples = schema.get("examples") or []
    responses = operation["responses"]
    good = next(status for status in responses if status < "300")
    return Endpoint(
        id=operation["operationId"].replace("_", "-"),
        method=method,
        path=path,
        summary=operation["summary"],
        paragraphs=tuple(map(_words, operation["description"].split("\n\n"))),
        scope=next(iter(operation["security"][0])).lower().replace("anything", "any"),
        questions=tuple(
            FieldDoc(
                name=each["name"],
                kind=_kind(each["schema"], schemas),
                is_needed=each["required"],
                about=_words(each.get("description", "")),
            )
            for each in operation["parameters"]
            if each["in"] == "query"
        ),
        body=_fields(schema, schemas),
        about_body=_words(schema.get("description", "")),
        answer=_answer(good, responses[good], schemas),
        refusals=tuple(status for status in responses if status >= "300"),
        address=_PARAMETER.sub(lambda found: found[1].upper(), path.removeprefix(base)),
        example=json.dumps(examples[0], ensure_ascii=False) if examples else "",
    )


def _answer(status: str, response: Mapping[str, Any], schemas: Mapping[str, Any]) -> ResponseDoc:
    content = response.get("content", {})
    if "application/json" not in content or len(content) > 1:
        return ResponseDoc(status, (), True, ())
    schema = _resolved(content["application/json"]["schema"], schemas)
    return ResponseDoc(
        status, _words(schema.get("description", "")), False, _fields(schema, schemas)
    )


def _words(text: str) -> Words:
    """Return a text in pieces: what stands between backticks is for programs."""
    pieces = " ".join(text.split()).split("`")
    return tuple((at % 2 == 1, piece) for at, piece in enumerate(pieces) if piece)


def _fields(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> tuple[FieldDoc, ...]:
    needed = schema.get("required", ())
    return tuple(
        FieldDoc(
            name=name,
            kind=_kind(each, schemas),
            is_needed=name in needed,
            about=_words(each.get("description", "")),
        )
        for name, each in schema.get("properties", {}).items()
    )


def _resolved(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Mapping[str, Any]:
    while "$ref" in schema:
        found: Mapping[str, Any] = schemas[schema["$ref"].rpartition("/")[2]]
        schema = found
    return schema


_WORDS = {"integer": "whole number", "boolean": "true or false", "string": "text", "null": "null"}
_FORMATS = {"date": "day", "date-time": "moment"}
_MOST_CHOICES = 8


def _kind(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> str:
    """Return what a value is, in words."""
    if choices := schema.get("anyOf"):
        return " or ".join(dict.fromkeys(_kind(each, schemas) for each in choices))
    schema = _resolved(schema, schemas)
    if "const" in schema:
        return f"“{schema['const']}”"
    if choices := schema.get("enum"):
        named = [f"“{each}”" for each in choices if each]
        return ", ".join(named) if len(named) <= _MOST_CHOICES else "one of a list"
    kind = schema.get("type", "")
    if kind == "array":
        return f"list of: {_kind(schema['items'], schemas)}"
    if kind == "object":
        inner = schema.get("additionalProperties")
        if isinstance(inner, dict) and inner:
            return f"object of: {_kind(inner, schemas)}"
        names = schema.get("properties", {})
        return f"object with {', '.join(names)}" if names else "object"
    words: str = _FORMATS.get(schema.get("format", ""), _WORDS.get(kind, kind))
    least, most = schema.get("minimum"), schema.get("maximum")
    if least is not None and most is not None:
        return f"{words} from {least:,} to {most:,}"
    if (longest := schema.get("maxLength")) is not None:
        return f"{words}, at most {longest:,} characters"
    return words
