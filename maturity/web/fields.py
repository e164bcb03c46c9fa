"""Form fields whose value is clean text, and what is in a file that was sent."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from maturity.web.text import TextProblem, clean_text


class PlainTextField(forms.Field):
    """A line of text, or several with `multiline`; its value is what `clean_text` returns.

    The limit is checked on the cleaned text and also given to the browser.
    """

    widget = forms.TextInput

    def __init__(self, *, max_length: int, multiline: bool = False, **kwargs: Any) -> None:
        self.max_length = max_length
        self.multiline = multiline
        if multiline:
            kwargs.setdefault("widget", forms.Textarea)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """Return clean text; nothing typed is the empty text."""
        if value is None:
            return ""
        try:
            return clean_text(str(value), max_length=self.max_length, multiline=self.multiline)
        except TextProblem as problem:
            raise ValidationError(str(problem), code="text") from problem

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Let the browser stop at the limit.

        Not for several lines: the browser counts a line break as one character and sends two.
        """
        attributes = dict(super().widget_attrs(widget))
        if not self.multiline and not widget.is_hidden:
            attributes["maxlength"] = str(self.max_length)
        return attributes


def set_choices(form: forms.BaseForm, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Give a field of the form the choices that it has this time."""
    cast(forms.ChoiceField, form.fields[name]).choices = list(choices)


def bytes_of(sent: UploadedFile[bytes], *, most: int, advice: str = "") -> bytes:
    """Return what is in a file that was sent, which is not read when it is too large.

    `advice` says what to do then. Raises: ValidationError.
    """
    if sent.size is None or sent.size > most:
        text = f"The file is larger than {most // 1_000_000} MB. {advice}"
        raise ValidationError(text.rstrip())
    content: bytes = sent.read()
    return content
