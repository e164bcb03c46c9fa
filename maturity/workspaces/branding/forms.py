"""A workspace's look: two colours that can be read, a line at the foot, a logo."""

from typing import Any

from django import forms

from maturity.web.fields import PlainTextField, bytes_of
from maturity.workspaces.branding.colours import (
    FOOTER_LENGTH,
    RULE_RATIO,
    TEXT_RATIO,
    WHITE,
    Branding,
    NotAColour,
    colour_of,
    contrast,
    darkened,
    ratio_text,
)

_PLAIN = {"autocomplete": "off", "spellcheck": "false"}


class BrandingForm(forms.Form):
    """Colours and footer; what is left empty is Waymark's own."""

    accent = PlainTextField(
        max_length=20,
        required=False,
        label="Accent colour",
        help_text=(
            "Headings, table heads, the numbers of steps, and today’s scores in pictures."
            " Like #0F5C78; empty for Waymark’s own."
        ),
        widget=forms.TextInput(attrs=_PLAIN),
    )
    second = PlainTextField(
        max_length=20,
        required=False,
        label="Second colour",
        help_text="Rules, on the cover and in tables. Empty for the accent.",
        widget=forms.TextInput(attrs=_PLAIN),
    )
    footer = PlainTextField(
        max_length=FOOTER_LENGTH,
        required=False,
        label="Line at the foot",
        help_text="On every page, slide and printed sheet: your name, an address, “Confidential”.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, branding: Branding) -> None:
        super().__init__(
            data,
            initial={
                "accent": branding.accent,
                "second": branding.second,
                "footer": branding.footer,
            },
        )

    def clean_accent(self) -> str:
        """Refuse a colour that cannot be read as text."""
        return _readable(self.cleaned_data["accent"], needed=TEXT_RATIO, what="headings and text")

    def clean_second(self) -> str:
        """Refuse a colour that cannot be seen as a rule."""
        return _readable(self.cleaned_data["second"], needed=RULE_RATIO, what="rules")


def _readable(typed: str, *, needed: float, what: str) -> str:
    if not typed:
        return ""
    try:
        colour = colour_of(typed)
    except NotAColour as problem:
        raise forms.ValidationError(str(problem)) from problem
    reached = contrast(colour, WHITE)
    if reached < needed:
        raise forms.ValidationError(
            f"On white, {colour} reaches a contrast of {ratio_text(reached)};"
            f" {what} need {ratio_text(needed)}."
            f" The nearest shade that does is {darkened(colour, ratio=needed)}."
        )
    return colour


class LogoForm(forms.Form):
    """The logo; its cleaned value is a `maturity.web.files.images.Picture`."""

    logo = forms.FileField(
        label="Choose a PNG or JPEG",
        widget=forms.ClearableFileInput(attrs={"accept": ".png,.jpg,.jpeg,image/png,image/jpeg"}),
        error_messages={
            "required": "Please choose a file first.",
            "empty": "This file is empty.",
            "max_length": "Please give the file a shorter name.",
        },
    )

    def clean_logo(self) -> Any:
        """Refuse what is too large before reading it, and make the rest anew."""
        # A heavy library: only who sends a logo pays for it.
        from maturity.web.files.images import MOST_BYTES, PictureRefused, remade

        advice = "Make the picture smaller and choose that file."
        content = bytes_of(self.cleaned_data["logo"], most=MOST_BYTES, advice=advice)
        try:
            return remade(content)
        except PictureRefused as problem:
            raise forms.ValidationError(str(problem)) from problem
