"""What the page tests share: recording answers, and reading a page as a browser would."""

import re
from typing import Any

from assessments.answering.services.answers import AnswerChange, record_changes
from assessments.models import SecretLink
from tests.assessments.conftest import NOW


def answer(link: SecretLink, **values: Any) -> None:
    """Record ratings; double underscores stand for dots and a hyphen."""
    changes = [
        AnswerChange("rating", key.replace("__", "."), "value", value)
        for key, value in values.items()
    ]
    record_changes(link.respondent, changes, now=NOW)


def text_of(response: Any) -> str:
    return str(response.content.decode())


def form_of(response: Any) -> dict[str, str]:
    """Return what a browser would send: every named field of the page as it stands."""
    page = text_of(response)
    fields: dict[str, str] = {}
    for tag in re.findall(r"<input [^>]*>", page):
        attributes = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if attributes.get("type") == "radio" and " checked" not in tag:
            continue
        if "name" in attributes:
            fields[attributes["name"]] = attributes.get("value", "")
    for name, value in re.findall(
        r'<textarea[^>]* name="([^"]*)"[^>]*>\n?(.*?)</textarea>', page, re.S
    ):
        fields[name] = value
    return fields
